import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareNames, searchFunctions } from './search.ts';
import { editDistance, similarIds } from './similar.ts';

const list = [
  'runtime.main',
  'main.main',
  'main.(*Client).Call',
  'net/rpc.(*Client).Call',
  'net/rpc.(*Client).Go',
  'calc::arith::mul(int, int) const',
  'domain_list',
  '_start',
  'encoding/json.Marshal',
];
const names = prepareNames(list);
const found = (query: string, limit?: number) =>
  searchFunctions(names, query, limit).matches.map(({ id }) => list[id] ?? '');

describe('searching', () => {
  it('puts exact names before beginnings before middles', () => {
    expect(found('main')).toEqual(['main.main', 'runtime.main', 'main.(*Client).Call', 'domain_list']);
  });

  it('puts a function before its copies and cold parts, whatever their names sort like', () => {
    const query = 'store::Engine::query(int, std::mersenne_twister_engine<unsigned long>&)';
    const parts = prepareNames([`${query} [clone .isra.0.cold]`, `${query} [clone .isra.0]`, 'main.cold', 'main']);
    const order = (text: string) => searchFunctions(parts, text).matches.map(({ id }) => id);
    expect(order('query')).toEqual([1, 0]);
    expect(order('main')).toEqual([3, 2]);
    expect(order('')).toEqual([3, 2, 1, 0]);
  });

  it('wants every word, in any order, in any letter case', () => {
    expect(found('RPC call')).toEqual(['net/rpc.(*Client).Call']);
    expect(found('call rpc')).toEqual(['net/rpc.(*Client).Call']);
    expect(found('rpc nothing')).toEqual([]);
  });

  it('takes punctuation as it stands', () => {
    expect(found('(*Client).Go')).toEqual(['net/rpc.(*Client).Go']);
    expect(found('arith::mul(')).toEqual(['calc::arith::mul(int, int) const']);
    expect(found('.*')).toEqual([]);
  });

  it('tells what matched, and how many match in all', () => {
    const { matches, total } = searchFunctions(names, 'rpc call', 1);
    const [match] = matches;
    const text = list[match?.id ?? -1] ?? '';
    expect(total).toBe(1);
    expect(text.slice(match?.ranges[0], match?.ranges[1])).toBe('rpc');
    expect(text.slice(match?.ranges[2], match?.ranges[3])).toBe('Call');
    expect(searchFunctions(names, 'a', 2)).toMatchObject({ total: 8, matches: [{}, {}] });
  });

  it('begins with the program’s own functions for an empty query', () => {
    expect(found(' ', 3)).toEqual(['main.(*Client).Call', 'main.main', 'calc::arith::mul(int, int) const']);
    expect(found('')).toHaveLength(list.length);
    expect(searchFunctions(prepareNames([]), 'x')).toEqual({ total: 0, matches: [] });
  });

  it('finds just the names that hold the words', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'B', ':', '.', 'İ', '('), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.array(word, { minLength: 1, maxLength: 2 }), (all, words) => {
        const ascii = (value: string) => value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
        if (words.some((value) => value.includes('İ'))) return;
        const expected = all.filter((name) => words.every((value) => ascii(name).includes(ascii(value)))).length;
        const result = searchFunctions(prepareNames(all), words.join(' '));
        expect(result.total).toBe(expected);
        expect(new Set(result.matches.map(({ id }) => id)).size).toBe(expected);
      }),
    );
  });

  it('answers within a keystroke for 110,000 long names', () => {
    const many = Array.from(
      { length: 110_000 },
      (_, i) => `ns${i % 97}::Class${i % 1013}<Arg${i}>::method_${i}(int, char const*)`,
    );
    const prepared = prepareNames(many);
    const least = (work: () => unknown) =>
      Math.min(
        ...Array.from({ length: 5 }, () => {
          const started = performance.now();
          work();
          return performance.now() - started;
        }),
      );
    for (const query of ['e', 'method', 'class12 method', 'ns1 arg5', 'zzz', '']) {
      // Against the plainest search there is (10 to 20 ms), in the same moment: a busy machine slows both.
      const plain = least(() => many.filter((name) => name.toLowerCase().includes('method')));
      const search = least(() => searchFunctions(prepared, query));
      expect(search / plain).toBeLessThan(40);
    }
  });
});

describe('similar names', () => {
  it('finds slips of the finger and names in other places', () => {
    const similar = (wanted: string) => similarIds({ names, wanted }).map((id) => list[id]);
    expect(similar('json.Marshall')).toEqual(['encoding/json.Marshal']);
    expect(similar('rpc.Call')).toContain('net/rpc.(*Client).Call');
    expect(similar('qqqqqqqqqqqq')).toEqual([]);
  });

  it('takes two letters that changed places for one slip', () => {
    expect(similarIds({ names, wanted: 'arith::mlu' }).map((id) => list[id])).toEqual([
      'calc::arith::mul(int, int) const',
    ]);
    expect(editDistance('raed', 'read', 1)).toBe(1);
  });

  it('counts changes up to a bound', () => {
    expect([editDistance('kitten', 'sitting', 3), editDistance('kitten', 'sitting', 2)]).toEqual([3, null]);
  });
});
