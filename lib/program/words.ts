/**
 * What may come from outside into a program's text: whole numbers, paths and names that heatprobe made, registers.
 * A file's symbol or a user's words never do; something else here is a mistake in the planner, and must not run.
 */
import type { JumpOperand } from '../plan/instruction.ts';
import type { ProbeSpec, ProgramSpec } from './spec.ts';

const PATH = /^\/[\w./-]+$/;
const ALIAS = /^[a-z][a-z0-9_]*$/;
const REGISTER = /^[a-z0-9]{1,3}$/;

/** Throws if the spec holds a word that the text must not contain. */
export function checkWords(spec: ProgramSpec): void {
  for (const file of spec.files) check(PATH.test(file), file);
  const { scope } = spec;
  if (scope.kind !== 'file') checkCount(scope.kind === 'process' ? scope.pid : scope.root);
  for (const number of [spec.tracerPid, spec.bpftraceMinor, spec.singlesPerBucket]) checkCount(number);
  if (spec.goidOffset !== null) checkCount(spec.goidOffset);
  for (const probe of spec.probes) checkProbe(spec, probe);
}

function checkProbe(spec: ProgramSpec, probe: ProbeSpec): void {
  check(ALIAS.test(probe.alias), probe.alias);
  check(spec.files[probe.file] !== undefined, probe.file);
  if (probe.role === 'landing' && probe.kind.type === 'go-recovery') checkCount(probe.kind.gobufOffset);
  if (probe.role !== 'exit' || probe.when.kind !== 'target-outside') return;
  for (const { from, to } of probe.when.inside) for (const bound of [from, to]) checkNumber(bound);
  checkOperand(probe.when.operand);
}

function checkOperand(operand: JumpOperand): void {
  if (operand.kind === 'register') check(REGISTER.test(operand.register), operand.register);
  if (operand.kind !== 'memory') return;
  for (const register of [operand.base, operand.index]) if (register !== null) check(REGISTER.test(register), register);
  checkCount(operand.scale);
  checkNumber(operand.displacement);
}

/** A number that is written as it is; the generator writes others with their sign apart. */
const checkCount = (value: number): void => check(Number.isSafeInteger(value) && value >= 0, value);
const checkNumber = (value: number): void => check(Number.isSafeInteger(value), value);

function check(isFine: boolean, word: string | number): void {
  if (!isFine) throw new Error(`not a word for a program: ${JSON.stringify(word)}`);
}
