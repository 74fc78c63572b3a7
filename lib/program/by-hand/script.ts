/**
 * A shell script that measures one function with bpftrace alone: it writes the alias ELF, points bpftrace to it with
 * `BCC_SYMFS`, starts counting when all probes are in place, and prints what was counted.
 */
import { type Alias, aliasElf } from '../../elf/alias.ts';
import type { ProgramSpec } from '../spec.ts';
import { handProgram } from './program.ts';
import { base64, comment, hexadecimal, word } from './shell.ts';

/** A traced file with the names of its sites. */
export interface HandFile {
  /** A path by which the file can be opened as long as its process runs. */
  readonly openPath: string;
  readonly buildIdNote: Uint8Array | null;
  readonly aliases: readonly Alias[];
  /** Instructions that must stand in the file, by offset: proof that it is the build that was planned. */
  readonly expected: readonly { readonly offset: number; readonly bytes: Uint8Array }[];
}

export interface HandScript {
  /** Readable names, for comments. */
  readonly functionName: string;
  readonly path: string;
  readonly files: readonly HandFile[];
  readonly spec: Omit<ProgramSpec, 'files' | 'byHand' | 'bpftraceMinor'>;
}

/** Stands in the program for the directory that the script makes. */
const DIRECTORY = '/heatprobe-directory';

/** The whole script, for `sh`. */
export function handScript({ functionName, path, files, spec }: HandScript): string {
  const program = handProgram({ ...spec, files: files.map((_, i) => `${DIRECTORY}/t${i}`) });
  return `#!/bin/sh
${comment(`Latency of ${functionName}`)}
${comment(`in ${path}${spec.scope.kind === 'process' ? `, process ${spec.scope.pid}` : ', every process that runs it'}`)}
# measured with bpftrace alone, at the sites that heatprobe found.
# Arguments: seconds to count; without them until Ctrl-C. BPFTRACE=/path chooses another bpftrace. Needs root.
set -u
fail() { printf '%s\\n' "$*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || fail 'Probes need root: run this script with sudo.'
bpftrace=\${BPFTRACE:-bpftrace}
command -v "$bpftrace" >/dev/null || fail "There is no $bpftrace. Install it, or name one: BPFTRACE=/path/to/bpftrace"
case \${1:-} in *[!0-9.]*) fail "Not a number of seconds: $1" ;; esac
dir=$(mktemp -d /run/heatprobe-by-hand.XXXXXX) || exit 1
bpf= timer=
trap 'rm -rf "$dir"; [ -z "$timer" ] || kill "$timer" 2>/dev/null' EXIT

# Sites are addresses in one build of a file. FILE OFFSET LENGTH BYTES
expect() {
  [ "$(od -An -v -tx1 -j "$2" -N "$3" "$1" | tr -d ' \\n')" = "$4" ] ||
    fail "$1 is not the file that was planned for (it differs at byte $2), or its process has ended. Make the script anew."
}
mkdir -p "$dir/symbols$dir" || exit 1
${files.map(fileText).join('')}
# The program
sed "s#${DIRECTORY}#$dir#g" > "$dir/program.bt" <<'END_OF_PROGRAM'
${program}END_OF_PROGRAM

# A session of its own, so that Ctrl-C reaches this script alone. Tracepoints need tracefs: where it is not mounted,
# it is mounted for bpftrace alone.
run() {
  export BCC_SYMFS="$dir/symbols" __BPFTRACE_NOTIFY_PROBES_ATTACHED=1
  export BPFTRACE_MAP_KEYS_MAX=200000 BPFTRACE_MAX_MAP_KEYS=200000
  if [ -e /sys/kernel/tracing/events ] || [ -e /sys/kernel/debug/tracing/events ]; then exec setsid "$@"; fi
  exec setsid unshare --mount sh -c 'mount -t tracefs nodev /sys/kernel/tracing && exec "$@"' sh "$@"
}
run "$bpftrace" "$dir/program.bt" $$ < /dev/null > "$dir/out" 2> "$dir/err" &
bpf=$!
stopped=
trap 'stopped=1; kill -WINCH "$bpf" 2>/dev/null' INT TERM HUP
until grep -qs __BPFTRACE_NOTIFY_PROBES_ATTACHED "$dir/out" "$dir/err"; do
  readlink "/proc/$bpf/exe" > /dev/null || { cat "$dir/err" >&2; fail 'bpftrace ended before its probes were in place.'; }
  [ -z "$stopped" ] || { kill "$bpf"; wait "$bpf"; exit 1; }
  sleep 0.1
done

# SIGURG begins counting, SIGWINCH ends it: all probes at one moment. Both are ignored by bpftrace itself.
kill -URG "$bpf"
printf 'Counting. %s\\n' "\${1:+$1 s.} Ctrl-C ends it." >&2
[ -z "\${1:-}" ] || { (sleep "$1"; kill -WINCH "$bpf") > /dev/null 2>&1 & timer=$!; }
# A signal ends the first wait; bpftrace then still has to remove its probes.
wait "$bpf"
wait "$bpf" 2> /dev/null
grep -q '^@entered' "$dir/out" || { cat "$dir/err" >&2; fail 'Nothing was counted.'; }
sed -e '/^__BPFTRACE/d' -e '/^Attach/d' "$dir/out"
`;
}

function fileText({ openPath, buildIdNote, aliases, expected }: HandFile, index: number): string {
  const checks = expected.map(
    ({ offset, bytes }) => `expect "$file" ${offset} ${bytes.length} ${hexadecimal(bytes)}\n`,
  );
  return `
# Names for the sites of this file, as an ELF file that holds nothing else
file=${word(openPath)}
${checks.join('')}ln -s "$file" "$dir/t${index}"
base64 -d > "$dir/symbols$dir/t${index}" <<'END_OF_ALIASES'
${base64(aliasElf(aliases, buildIdNote))}
END_OF_ALIASES
`;
}
