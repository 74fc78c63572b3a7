import { describe, expect, it } from 'vitest';
import { isProblem, problem } from './problem.ts';

describe('problems', () => {
  it('say what happened and what to do, and survive JSON', () => {
    const found = problem('target-not-found', { path: '/a b' });
    expect(found.message).toBe('There is no file /a b.');
    expect(found.exit).toBe('not-found');
    expect(isProblem(JSON.parse(JSON.stringify(found)))).toBe(true);
  });

  it('are told from results', () => {
    for (const value of [null, undefined, 1, 'usage', {}, { problem: 'nonsense' }, { problem: 'toString' }]) {
      expect(isProblem(value)).toBe(false);
    }
  });

  it('name functions that hold the inlined copies', () => {
    const { message, candidates } = problem('symbol-not-found', { name: 'f', path: '/p', inlinedInto: ['g', 'h'] });
    expect(message).toContain('into g, h');
    expect(candidates).toEqual(['g', 'h']);
  });

  it('do not ask for a whole path where one was given', () => {
    const words = (name: string) => problem('program-not-found', { name, directory: '/srv' });
    expect(words('/opt/a/qq')).toMatchObject({ message: 'There is no program /opt/a/qq.' });
    expect(words('/opt/a/qq').hint).not.toContain('whole path');
    expect(words('./qq')).toMatchObject({ message: 'There is no program ./qq in /srv.' });
    expect(words('qq').hint).toContain('whole path');
  });

  it('shorten long lists in sentences only', () => {
    const names = Array.from({ length: 9 }, (_, i) => `f${i}`);
    const found = problem('symbol-ambiguous', { name: 'f', candidates: names });
    expect(found.hint).toBe('Choose one: f0, f1, f2, f3, f4 and 4 more.');
    expect(found.candidates).toHaveLength(9);
  });
});
