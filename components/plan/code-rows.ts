/** A function's code with the plan's sites in it, as rows of a list. */
import type { CodeLine, CodeListing } from '../../lib/protocol/code.ts';
import type { PlanReport, Site } from '../../lib/protocol/plan.ts';

export type CodeRow =
  | { readonly kind: 'heading'; readonly key: string; readonly title: string }
  | {
      readonly kind: 'line';
      readonly key: string;
      readonly offset: string;
      readonly bytes: string;
      readonly text: string;
      readonly site: Site | null;
    };

/** A place in the rows that one wants to go to. */
export interface Mark {
  readonly index: number;
  readonly name: string;
}

const NAMES: Readonly<Record<Site['kind'], string>> = {
  entry: 'entry',
  return: 'exit',
  'tail-call': 'exit',
  'maybe-tail-call': 'exit',
  landing: 'landing',
};

export function codeRows(
  { pieces, omitted }: CodeListing,
  { entry, exits, landings }: Pick<PlanReport, 'entry' | 'exits' | 'landings'>,
): readonly CodeRow[] {
  const sites = new Map([...(entry ? [entry] : []), ...exits].map((site) => [site.address, site] as const));
  const rows: CodeRow[] = [];
  pieces.forEach(({ name, from, lines }, at) => {
    // The function's own name is above; only what was moved away needs its own.
    if (at > 0) rows.push({ kind: 'heading', key: `piece ${from}`, title: name });
    for (const line of lines) rows.push(lineRow(line, from, sites.get(line.address) ?? null));
  });
  if (omitted > 0) rows.push({ kind: 'heading', key: 'omitted', title: `${omitted} more instructions are not listed` });
  if (landings.length > 0) rows.push({ kind: 'heading', key: 'landings', title: 'Where unwinding lands' });
  for (const site of landings) {
    const { address, place, instruction, path } = site;
    rows.push({ kind: 'line', key: `${path} ${address}`, offset: place, bytes: '', text: instruction, site });
  }
  return rows;
}

function lineRow({ address, bytes, text }: CodeLine, from: number, site: Site | null): CodeRow {
  const offset = `+0x${(address - from).toString(16)}`;
  return { kind: 'line', key: String(address), offset, bytes: spaced(bytes), text, site };
}

const spaced = (bytes: string): string => bytes.replace(/..(?=.)/g, '$& ');

/** The sites in the order of the rows: `entry`, `exit 1`, `exit 2`, `landing`. */
export function marksIn(rows: readonly CodeRow[]): readonly Mark[] {
  const found = rows.flatMap((row, index) => (row.kind === 'line' && row.site ? [{ index, site: row.site }] : []));
  const totals = new Map<string, number>();
  for (const { site } of found) totals.set(NAMES[site.kind], (totals.get(NAMES[site.kind]) ?? 0) + 1);
  const seen = new Map<string, number>();
  return found.map(({ index, site }) => {
    const name = NAMES[site.kind];
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return { index, name: totals.get(name) === 1 ? name : `${name} ${number}` };
  });
}

/** What a site is and how it is run: `exit by tail call, single-stepped`. */
export function siteWords({ kind, cost, note }: Site): string {
  const what = {
    entry: 'entry',
    return: 'exit by return',
    'tail-call': 'exit by tail call',
    'maybe-tail-call': 'exit if it leaves',
    landing: 'landing',
  }[kind];
  return [what, cost, ...(kind === 'entry' && note ? [note] : [])].join(', ');
}
