/** What happens at a site, in the kernel: a call begins, ends, or is found to have been left behind. */
import { printDead, tagOf } from './dead.ts';
import { EPOCH } from './epoch.ts';
import type { ProbeSpec, ProgramSpec } from './spec.ts';
import { locate, registers } from './who.ts';

/** Rounds of the binary search: enough for 131,072 open calls of one goroutine. */
const SEARCH_ROUNDS = 17;
/** Value of `CallField.outcome`. */
const UNWOUND = '(uint64)1';
/** Calls nested deeper than this switch the listing off as well: each would be a line. */
const DEEPEST_LISTED = 64;
/** Statements that create a process's counters. */
export const zeroCounters = (pid: string): string =>
  ['e', 'r', 's', 'u', 'x', 'k', 'y'].map((name) => `@${name}[${pid}] = sum(0);`).join(' ');

/** Sets $lo to the number of open calls (of $n) that are less deep than `limit`. */
function search(limit: string): string {
  // $lo starts from a map's value and not from a literal: the verifier then treats it as unknown and
  // does not follow each path of the search on its own.
  return `      $lo = @zero[0]; $hi = $n;
      unroll(${SEARCH_ROUNDS}) {
        if ($lo < $hi) {
          $m = ($lo + $hi + 1) >> 1; $q = @c[$p, $w, $m];
          if ($q.0 < ${limit}) { $lo = $m; } else { $hi = $m - 1; }
        }
      }
`;
}

/**
 * Open calls of a thread that are not on its own stack: a landing while there are any may have left some of them,
 * and which ones cannot be told. Only where such stacks are recognised at all.
 */
const watchesForeignStacks = ({ pairing, hasBtf }: ProgramSpec): boolean => pairing === 'thread' && hasBtf;

const foreignBegun = '    if ($w == $sp) { $y = @fo[$p, (uint64)tid]; @fo[$p, (uint64)tid] = $y + 1; }\n';
const foreignEnded =
  '    if ($w == $sp) { $y = @fo[$p, (uint64)tid]; if ($y > 0) { @fo[$p, (uint64)tid] = $y - 1; } }\n';
const foreignLanding =
  '    $y = @fo[$p, (uint64)tid];\n    if ($y > 0) { @y[$p] = sum(1); @fo[$p, (uint64)tid] = (uint64)0; }\n';

/**
 * An exit without an entry. Calls that were open when counting began (or when their process was forked) return
 * each from a shallower depth than the one before; any other exit without an entry means that entries and exits of
 * this function do not fit together, and makes the counts bounds.
 */
function unmatched({ scope }: ProgramSpec): string {
  const none = scope.kind === 'family' ? `    if ($p == ${scope.root}) { @y[$p] = sum(1); }\n` : '';
  return ` else {
    @x[$p] = sum(1);
    $last = @ud[$p, $w];
    if ($last != 0) { if ($d >= $last) { @y[$p] = sum(1); } }
    @ud[$p, $w] = $d;
${none}  }`;
}

function firstSight(): string {
  return `  if ($n == 0) { $n = (uint64)1; @w[0] = @w[0] + 1; ${zeroCounters('$p')} }\n`;
}

export function entryBody(spec: ProgramSpec): string {
  const dead = `$t.0 >= $d`;
  const pop = `    if (${dead}) {
${search('$d')}      @u[$p] = sum($n - $lo);
${printDead(spec, UNWOUND)}      $n = $lo;
    }
`;
  const loop = `    if ($t.0 == $d) { $turn = (uint64)1; } else {\n${pop}    }\n`;
  const begun = `    @e[$p] = sum(1);
    $n = $n + 1;
    @n[$p, $w] = $n + 1;
    if ($n > ${DEEPEST_LISTED}) { @w[0] = (uint64)1000000; }
${watchesForeignStacks(spec) ? foreignBegun : ''}    $caller = ${registers(spec).caller}; $tag = ${tagOf(spec)};
    @c[$p, $w, $n] = ($d, (uint64)nsecs, $caller, $tag);
`;
  return `  if (@on[0] == 1) {
${locate(spec)}  $n = @n[$p, $w];
${firstSight()}  $n = $n - 1;
${spec.entryIsLoopHead ? '  $turn = (uint64)0;\n' : ''}  if ($n > 0) {
    $t = @c[$p, $w, $n];
${spec.entryIsLoopHead ? loop : pop}  }
${spec.entryIsLoopHead ? `  if ($turn == 0) {\n${begun}  }\n` : begun}  }
`;
}

export function exitBody(spec: ProgramSpec, shared: boolean): string {
  return `  $now = (uint64)nsecs;
  if (@on[0] == 1) {
${locate(spec)}  $n = @n[$p, $w];
${shared ? '  if ($n != 0) {\n' : firstSight()}  $n = $n - 1;
  $ok = (uint64)0; $start = (uint64)0;
  if ($n > 0) {
    $t = @c[$p, $w, $n];
    if ($t.0 == $d) { $ok = 1; $start = $t.1; $n = $n - 1; }
    else if ($t.0 > $d) {
${search('$d')}      $keep = $lo;
      $t = @c[$p, $w, $lo + 1];
      if ($t.0 == $d) { $ok = 1; $start = $t.1; $lo = $lo + 1; }
      @u[$p] = sum($n - $lo);
${printDead(spec, UNWOUND)}      $n = $keep;
    }
  }
  @n[$p, $w] = $n + 1;
  if ($ok == 1) {
${watchesForeignStacks(spec) ? foreignEnded : ''}${returned(spec)}  }${shared ? ' }' : unmatched(spec)}
  }
`;
}

/** Of a program by hand: bpftrace's own histogram, in microseconds for older ones end at 2^31. */
function returnedByHand(): string {
  return `    $l = $now - $start;
    if ($now < $start) { $l = (uint64)0; }
    @r[$p] = sum(1);
    @s[$p] = sum($l);
    @mn[0] = min($l);
    @mx[0] = max($l);
    @latency_us = hist($l / 1000);
`;
}

/** Bucket index as in lib/latency/buckets.ts, the counters, and the single call while its bucket is below the cap. */
function returned(spec: ProgramSpec): string {
  if (spec.byHand) return returnedByHand();
  const goroutine =
    spec.pairing === 'thread'
      ? '(uint64)0'
      : spec.goidOffset === null
        ? '(uint64)0'
        : `*(uint64*)uptr($w + ${spec.goidOffset})`;
  return `    $l = $now - $start;
    if ($now < $start) { $l = (uint64)0; }
    $v = $l; $i = $l; $h = (uint64)0;
    if ($v >= 4294967296) { $v = $v >> 32; $h = $h + 32; }
    if ($v >= 65536) { $v = $v >> 16; $h = $h + 16; }
    if ($v >= 256) { $v = $v >> 8; $h = $h + 8; }
    if ($v >= 16) { $v = $v >> 4; $h = $h + 4; }
    if ($v >= 4) { $v = $v >> 2; $h = $h + 2; }
    if ($v >= 2) { $h = $h + 1; }
    if ($h > 5) { $h = $h - 5; $i = ($h * 32) + ($l >> $h); }
    $z = @z[$i]; $epoch = $now / ${EPOCH};
    if (($z >> 8) != $epoch) { $z = $epoch << 8; @b[$i] = sum(0); }
    @r[$p] = sum(1);
    @b[$i] = sum(1);
    if (($z & 255) < ${spec.singlesPerBucket}) {
      @z[$i] = $z + 1;
      printf("c %llu %llu %llu %llu %llu %llu %llu\\n", $now, $l, $p, (uint64)tid, ${goroutine}, ${registers(spec).caller}, (uint64)reg("${registers(spec).ip}"));
    }
    @s[$p] = sum($l);
    @mn[0] = min($l);
    @mx[0] = max($l);
`;
}

export function landingBody(spec: ProgramSpec, kind: Extract<ProbeSpec, { role: 'landing' }>['kind']): string {
  return `  if (@on[0] == 1) {\n${landed(spec, kind)}  }\n`;
}

function landed(spec: ProgramSpec, kind: Extract<ProbeSpec, { role: 'landing' }>['kind']): string {
  const popDeeper = `  $n = @n[$p, $w];
  if ($n > 1) {
    $n = $n - 1; $t = @c[$p, $w, $n];
    if ($t.0 > $d) {
${search('$d + 1')}      @u[$p] = sum($n - $lo);
${printDead(spec, UNWOUND)}      @n[$p, $w] = $lo + 1;
    }
  }
`;
  switch (kind.type) {
    case 'native':
      return `${locate(spec)}${watchesForeignStacks(spec) ? foreignLanding : ''}${popDeeper}`;
    case 'go-recovery':
      return `  $p = (uint64)pid;
  $buf = *(uint64*)uptr(${registers(spec).argument});
  $w = $buf - ${kind.gobufOffset};
  $d = *(uint64*)uptr($w + 8) - *(uint64*)uptr($buf);
${popDeeper}`;
    case 'go-exit':
      return `${locate(spec)}  $n = @n[$p, $w];
  if ($n > 1) {
    $n = $n - 1; $lo = @zero[0];
    @u[$p] = sum($n); @n[$p, $w] = (uint64)1;
${printDead(spec, UNWOUND)}  }
`;
  }
}
