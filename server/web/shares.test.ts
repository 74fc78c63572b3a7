import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { isProblem } from '../../lib/problem.ts';
import { ALL_OFF } from '../../lib/share/switches.ts';
import { createShares, type Shares } from './shares.ts';

const CHOICE = { sessionId: 'one', switches: ALL_OFF, lifetime: '1 hour' } as const;
const HOUR = 3_600_000;
const opened: Shares[] = [];
afterEach(() => {
  for (const shares of opened.splice(0)) shares.close();
});

function setUp({ data = mkdtempSync(join(tmpdir(), 'heatprobe-')), secure = false } = {}) {
  const clock = { now: 1e12 };
  const ended: string[] = [];
  const shares = createShares({ data, secure, onEnded: (id) => ended.push(id), now: () => clock.now });
  opened.push(shares);
  const create = (choice: Parameters<Shares['create']>[0] = CHOICE): string => {
    const made = shares.create(choice);
    if (isProblem(made)) throw new Error(made.message);
    return made.token;
  };
  return { data, shares, clock, ended, create };
}

/** What a browser sends that was given this cookie. */
const withCookie = (cookie: string) => ({ headers: { cookie: cookie.split(';')[0] } }) as unknown as IncomingMessage;

test('a link opens its share in any browser, and its cookie lets look through that share only', () => {
  const { shares, create } = setUp();
  const [token, other] = [create(), create()];
  const opened = shares.exchange(token);
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(opened?.cookie).toMatch(
    /^heatprobe-share-[\w-]{12}=[\w-]{43}; Path=\/; Max-Age=3600; HttpOnly; SameSite=Lax$/,
  );
  expect(shares.exchange(token)).toEqual(opened);
  const browser = withCookie(opened?.cookie ?? '');
  const otherId = shares.exchange(other)?.id ?? '';
  expect(shares.admit(browser, opened?.id ?? '')?.sessionId).toBe('one');
  expect(shares.admit(browser, otherId)).toBeNull();
  expect(shares.admit(withCookie((opened?.cookie ?? '').replace(opened?.id ?? '', otherId)), otherId)).toBeNull();
  expect(shares.admit(withCookie(`heatprobe-share-${opened?.id}=${token}`), opened?.id ?? '')).toBeNull();
  expect(shares.admitsAny(browser)).toBe(true);
  expect(shares.admitsAny(withCookie('other=1'))).toBe(false);
  for (const wrong of ['', 'x', token.slice(1), `${token}a`, 'A'.repeat(43)]) expect(shares.exchange(wrong)).toBeNull();
});

test('over TLS the cookie goes over TLS only, and no other host can set it', () => {
  const { shares, create } = setUp({ secure: true });
  expect(shares.exchange(create())?.cookie).toMatch(/^__Host-heatprobe-share-.*; HttpOnly; SameSite=Lax; Secure$/);
});

test('neither the link nor its cookie is on disk, and nobody else can read what is', () => {
  const { data, shares, create } = setUp();
  const token = create();
  const cookie = shares.exchange(token)?.cookie ?? '';
  const [file = ''] = readdirSync(join(data, 'shares'));
  const path = join(data, 'shares', file);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const text = readFileSync(path, 'utf8');
  expect(text).not.toContain(token);
  expect(text).not.toContain(/=([\w-]{43});/.exec(cookie)?.[1]);
});

test('a share outlives the server, with its cookies', () => {
  const { data, shares, create } = setUp();
  const token = create();
  const before = shares.exchange(token);
  const { shares: later } = setUp({ data });
  expect(later.exchange(token)).toEqual(before);
  expect(later.admit(withCookie(before?.cookie ?? ''), before?.id ?? '')?.switches).toEqual(ALL_OFF);
  expect(isProblem(later.revoke(before?.id ?? ''))).toBe(false);
  expect(setUp({ data }).shares.exchange(token)).toBeNull();
});

test('revoked, expired, and removed from the disk: nobody is let in any more, and who is in is cut off', () => {
  vi.useFakeTimers();
  try {
    const { data, shares, clock, ended, create } = setUp();
    const [revoked, expiring, removed] = [create(), create(), create({ ...CHOICE, lifetime: 'until revoked' })];
    const of = (token: string) => shares.exchange(token) ?? { id: '', cookie: '' };
    const [first, second, third] = [of(revoked), of(expiring), of(removed)];
    shares.revoke(first.id);
    expect(ended).toEqual([first.id]);
    expect(isProblem(shares.revoke(first.id))).toBe(true);
    clock.now += HOUR;
    // At once, whether it has been noticed or not.
    expect(shares.admit(withCookie(second.cookie), second.id)).toBeNull();
    expect(shares.of('one')).toEqual([third.id]);
    vi.advanceTimersByTime(1000);
    expect(ended).toEqual([first.id, second.id]);
    rmSync(join(data, 'shares', `${third.id}.json`));
    vi.advanceTimersByTime(1000);
    expect(ended).toEqual([first.id, second.id, third.id]);
    for (const token of [revoked, expiring, removed]) expect(shares.exchange(token)).toBeNull();
    expect(readdirSync(join(data, 'shares'))).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

test('the list of a session says when each was used, and who looks now', () => {
  const { data, shares, clock, create } = setUp();
  const id = shares.exchange(create())?.id ?? '';
  create({ ...CHOICE, sessionId: 'two' });
  expect(shares.list('one')).toEqual([
    expect.objectContaining({ id, lastUsedAt: null, viewers: 0, expiresAt: clock.now + HOUR }),
  ]);
  shares.setViewers(id, 2);
  expect(shares.list('one')[0]).toMatchObject({ lastUsedAt: clock.now, viewers: 2 });
  expect(JSON.stringify(shares.list('one'))).not.toMatch(/hash/i);
  expect(setUp({ data }).shares.list('one')[0]).toMatchObject({ lastUsedAt: clock.now, viewers: 0 });
});

test('where links cannot be kept, none is made', () => {
  const data = join(mkdtempSync(join(tmpdir(), 'heatprobe-')), 'a file');
  writeFileSync(data, '');
  const { shares } = setUp({ data });
  const made = shares.create(CHOICE);
  expect(isProblem(made) && made.message).toContain(data);
  expect(shares.of('one')).toEqual([]);
});
