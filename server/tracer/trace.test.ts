import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SessionStatus } from '../../lib/protocol/session.ts';
import { makeWorkspace, type Workspace } from './bpftrace/workspace.ts';
import type { TraceOptions } from './observe.ts';
import { startTrace } from './trace.ts';

vi.mock('./bpftrace/workspace.ts', () => ({ makeWorkspace: vi.fn() }));
vi.mock('../../lib/program/program.ts', async (original) => ({ ...(await original<object>()), programText: () => '' }));

const noSpace = (): never => {
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
};
const workspace: Workspace = {
  directory: '/nowhere',
  symbolRoot: '/nowhere/symbols',
  programPath: '/nowhere/program.bt',
  links: [],
  write: () => {},
  remove: vi.fn(),
};
const use = (part: Partial<Workspace>): void => {
  vi.mocked(makeWorkspace).mockReturnValue({ ...workspace, ...part });
};

/** A trace of nothing, with a bpftrace that ends at once; the statuses that it goes through. */
async function statusesOf(onStatus: (status: SessionStatus) => void = () => {}): Promise<SessionStatus[]> {
  const statuses: SessionStatus[] = [];
  const options = {
    executable: {
      files: [],
      sites: [],
      isGo: false,
      spec: { scope: { kind: 'file' }, probes: [], singlesPerBucket: 1 },
    },
    siteBytes: [],
    bpftrace: { command: '/bin/false', text: '0', minor: 17 },
    filterInKernel: false,
    maxMapKeys: 1,
    onStatus(status: SessionStatus) {
      statuses.push(status);
      onStatus(status);
    },
    onTick: () => {},
    // A trace of nothing needs no more; the rest is for the program's text, which is not made here.
  } as unknown as TraceOptions;
  await startTrace(options).done;
  return statuses;
}

beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => void vi.resetAllMocks());

test('a directory that cannot be made ends the trace with the reason', async () => {
  vi.mocked(makeWorkspace).mockImplementation(noSpace);
  const [status, ...more] = await statusesOf();
  expect(status).toMatchObject({ state: 'failed', problem: { problem: 'workspace-failed', exit: 'trace-failed' } });
  expect(status).toMatchObject({ problem: { message: expect.stringContaining('the disk is full') } });
  expect(more).toEqual([]);
});

test('a full disk while its files are written: the directory is removed', async () => {
  use({ write: noSpace });
  expect(await statusesOf()).toMatchObject([{ state: 'failed', problem: { problem: 'workspace-failed' } }]);
  expect(workspace.remove).toHaveBeenCalledOnce();
});

test('an error on the way is the last status, and the directory is removed', async () => {
  use({});
  let thrown = false;
  const statuses = await statusesOf(({ state }) => {
    if (state !== 'failed' || thrown) return;
    thrown = true;
    throw new Error('a defect');
  });
  expect(statuses.at(-1)).toMatchObject({ state: 'failed', problem: { problem: 'trace-broken' } });
  expect(statuses.at(-1)).toMatchObject({ problem: { message: expect.stringContaining('a defect') } });
  expect(workspace.remove).toHaveBeenCalledOnce();
});

test('a directory that cannot be removed does not break the end', async () => {
  use({ remove: noSpace });
  expect((await statusesOf()).at(-1)).toMatchObject({ state: 'failed', problem: { problem: 'bpftrace-failed' } });
});
