/** `heatprobe compare`: two traces or exported sessions against each other, for people and for CI. */
import { readFileSync } from 'node:fs';
import { compare } from '../../lib/compare/compare.ts';
import { judge } from '../../lib/compare/conditions.ts';
import type { NamedSet } from '../../lib/compare/document-set.ts';
import { fileSet } from '../../lib/compare/exported-set.ts';
import { type ComparedFiles, comparisonDocument, comparisonText } from '../../lib/compare/report.ts';
import { isProblem, type Problem, problem } from '../../lib/problem.ts';
import type { Command } from './arguments.ts';

type CompareCommand = Extract<Command, { name: 'compare' }>;

const HELD = 1;
const UNDECIDED = 4;

/** @returns the exit status: a condition that holds comes before one that cannot be judged. */
export function compareCommand(command: CompareCommand): number | Problem {
  const [a, b] = [readSet(command.a), readSet(command.b)];
  if (isProblem(a)) return a;
  if (isProblem(b)) return b;
  const sets = { a: a.set, b: b.set };
  const judgements = judge(command.conditions, sets, command.anyChange);
  const compared: ComparedFiles = {
    a: { ...a, file: command.a },
    b: { ...b, file: command.b },
    comparison: compare(sets.a, sets.b),
    judgements,
  };
  const text = command.json ? JSON.stringify(comparisonDocument(compared)) : comparisonText(compared).join('\n');
  process.stdout.write(`${text}\n`);
  if (judgements.some(({ outcome }) => outcome === 'met')) return HELD;
  return judgements.some(({ outcome }) => outcome === 'undecided') ? UNDECIDED : 0;
}

function readSet(path: string): NamedSet | Problem {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return problem('document-missing', { path, why: reasonOf(error) });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return problem('document-wrong', { path, why: 'it is not JSON' });
  }
  const found = fileSet(value);
  return 'wrong' in found ? problem('document-wrong', { path, why: found.wrong }) : found;
}

/** `ENOENT: no such file or directory, open '/x'` without the code and the path. */
const reasonOf = (error: unknown): string =>
  error instanceof Error ? (/^[A-Z]+: ([^,]+)/.exec(error.message)?.[1] ?? error.message) : String(error);
