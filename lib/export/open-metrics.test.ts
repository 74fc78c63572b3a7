import { expect, test } from 'vitest';
import { exampleSource } from './example.ts';
import { openMetrics } from './open-metrics.ts';

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const SUFFIXES = { counter: ['_total'], gauge: [''], histogram: ['_bucket', '_sum', '_count'] } as const;
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/;

/** A strict reader: grammar, order and types of OpenMetrics 1.0; what is not allowed throws. */
function parse(text: string): Map<string, Sample[]> {
  if (!text.endsWith('\n# EOF\n')) throw new Error('no end');
  const families = new Map<string, Sample[]>();
  let family: { name: string; type: keyof typeof SUFFIXES; said: string[] } | null = null;
  for (const line of text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1)) {
    const meta = /^# (TYPE|UNIT|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/.exec(line);
    if (meta) {
      const [, kind = '', name = '', rest = ''] = meta;
      if (kind === 'TYPE') {
        if (families.has(name)) throw new Error(`${name} comes twice`);
        if (!(rest in SUFFIXES)) throw new Error(`type ${rest}`);
        family = { name, type: rest as keyof typeof SUFFIXES, said: [] };
        families.set(name, []);
      }
      if (family?.name !== name || family.said.includes(kind)) throw new Error(`misplaced ${line}`);
      if (kind === 'UNIT' && !name.endsWith(`_${rest}`)) throw new Error(`unit ${line}`);
      if ((families.get(name)?.length ?? 0) > 0) throw new Error(`too late: ${line}`);
      family.said.push(kind);
      continue;
    }
    const [, name = '', inside = '', value = ''] = /^([a-z_]+)\{(.*)\} (\S+)$/.exec(line) ?? [];
    if (!family || !SUFFIXES[family.type].some((suffix) => name === `${family?.name}${suffix}`)) throw new Error(line);
    const labels: Record<string, string> = {};
    let rest = inside;
    while (rest !== '') {
      const [whole = '', label = '', text = ''] = LABEL.exec(rest) ?? [];
      if (whole === '' || label in labels) throw new Error(`labels ${inside}`);
      labels[label] = text.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char));
      rest = rest.slice(whole.length);
    }
    if (!/^(\d+(\.\d+)?(e[+-]?\d+)?)$/.test(value)) throw new Error(`value ${value}`);
    families.get(family.name)?.push({ name, labels, value: Number(value) });
  }
  return families;
}

const NAME = 'operator<<"a\\b"(\n)';
const one = exampleSource({
  functionName: NAME,
  ticks: [
    [
      { start: 1e9, duration: 255 },
      { start: 1e9, duration: 256, standsFor: 10 },
      { start: 1e9, duration: 3_000_000_000 },
      { start: 1e9, duration: 5, outcome: 'unwound' },
    ],
  ],
  open: [{ start: 1e9, pid: 1, who: '1', tid: 1, goroutine: -1, caller: 0 }],
  lost: 2,
});
const two = { ...exampleSource({ ticks: [[]] }), head: { ...exampleSource({ ticks: [] }).head, id: 'other' } };

test('each session has a histogram whose buckets are cumulative and add up to its count', () => {
  const samples = parse(openMetrics([one, two])).get('heatprobe_call_duration_seconds') ?? [];
  const ofOne = samples.filter(({ labels }) => labels.session === 'abc');
  const buckets = ofOne.filter(({ name }) => name.endsWith('_bucket'));
  expect(buckets.map(({ value }) => value)).toEqual(buckets.map(({ value }) => value).toSorted((a, b) => a - b));
  const at = (le: string) => buckets.find(({ labels }) => labels.le === le)?.value;
  // A call of 255 ns is not above this bound, one of 256 ns is.
  expect([at('2.55e-7'), at('5.11e-7'), at('+Inf')]).toEqual([1, 11, 12]);
  const bounds = buckets.slice(0, -1).map(({ labels }) => Math.round(Number(labels.le) * 1e9) + 1);
  expect(bounds).toEqual(bounds.map((_, index) => 2 ** (8 + index)));
  expect(buckets.at(-1)?.labels.le).toBe('+Inf');
  expect(ofOne.find(({ name }) => name.endsWith('_count'))?.value).toBe(12);
  expect(ofOne.find(({ name }) => name.endsWith('_sum'))?.value).toBeCloseTo(3.000002815, 9);
  expect(samples.filter(({ labels }) => labels.session === 'other').every(({ value }) => value === 0)).toBe(true);
});

test('names come through as they are, and all the other counts are there', () => {
  const families = parse(openMetrics([one]));
  const value = (name: string) => families.get(name)?.[0]?.value;
  expect(families.get('heatprobe_calls_entered')?.[0]?.labels).toEqual({
    session: 'abc',
    function: NAME,
    binary: '/srv/bin/server',
    pid: '42',
  });
  expect(value('heatprobe_calls_entered')).toBe(14);
  expect(value('heatprobe_calls_unwound')).toBe(1);
  expect(value('heatprobe_calls_in_progress')).toBe(1);
  expect(value('heatprobe_events_lost')).toBe(2);
});

test('without a session there are families, and no samples', () => {
  for (const samples of parse(openMetrics([])).values()) expect(samples).toEqual([]);
});
