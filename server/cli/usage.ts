/** The help text: the contract that scripts rely on. */
export const HELP = `heatprobe: how long does this function take, in this running process?

  heatprobe trace TARGET SYMBOL [--pid N] [--duration 10s] [--json] [--export FILE]... [-- COMMAND ARGS...]
  heatprobe symbols TARGET [QUERY] [--json] [--limit N]
  heatprobe plan TARGET SYMBOL [--pid N] [--json | --script]
  heatprobe compare A B [--fail-if 'p99 > 1.2x']... [--any-change] [--json]
  heatprobe export --session ID --format FORMAT [--output FILE] [--server URL] [--data DIR]
  heatprobe processes [--json]
  heatprobe serve [--port N] [--host ADDRESS] [--public-url URL] [--data DIR] [--no-record]
  heatprobe demo
  heatprobe doctor [--json]

TARGET   a path (of an executable or shared library) or a process id. A file whose name is a
         number: ./1234
SYMBOL   a linkage name or a demangled name, whole. Ambiguous names list their candidates.

trace    measures until --duration is over, the process or COMMAND has ended, or Ctrl-C. One line on
         stderr ("heatprobe: tracing ...") says that all probes are in place.
  --pid N         only this process of the file TARGET
  --duration D    10s, 500ms, 2m, 1h
  --json          one document on stdout at the end; nothing else is written there
  --export FILE   writes FILE as well, in the format that the end of its name says: see export
  -- COMMAND      starts COMMAND once all probes are attached, as the user who called heatprobe, and
                  measures it and its children as far as they run TARGET. With --json its output goes
                  to stderr. When --duration ends first, COMMAND is ended with SIGTERM.
symbols  prints functions; with QUERY the best matches (200 unless --limit), without it all of them.
plan     shows what trace would do: sites, pairing, verdict. Touches nothing. With --script: a shell
         script that measures the same with bpftrace alone.
compare  two documents of trace --json, or sessions exported as buckets.json, before and after: which
         percentiles and whether the rate have changed, with intervals of 95 %.
  --fail-if C     exit status 1 if C holds: FIGURE > LIMIT or FIGURE < LIMIT. FIGURE: a percentile
                  (p50, p99.9) or rate. LIMIT: 1.2x (B against A), or of B alone 5ms, 100/s. May be given
                  several times. C holds only if its whole interval lies beyond the limit.
  --any-change    C holds by the measured figures alone, however few the calls
export   a session of a running server, live or ended, as a file or on stdout.
  --session ID    as in the address of its page
  --format F      calls.csv, calls.jsonl, trace.json (Perfetto), buckets.csv, buckets.json,
                  histogram.csv, latency.hlog (HdrHistogram)
  --server URL    where the server is. Default: http://127.0.0.1:7788
serve    the dashboard; prints a one-time sign-in link. Default: 127.0.0.1, port 7788.
  --public-url U  where a proxy or a tunnel offers it to others (https://trace.example.org)
  --data DIR      where sessions, links, and all else that outlives it, are kept
  --no-record     keeps no new sessions; those that are there can be opened
demo     a harmless workload whose functions vary in latency; prints what to trace.
doctor   what works on this host, each line with its remedy.

Exit status: 0 done, 1 a condition of --fail-if holds, 2 usage, 3 target, symbol or file not found,
4 refused, or a condition that cannot be judged, 5 not permitted or bpftrace missing,
6 bpftrace failed. Durations in JSON are nanoseconds; histogram buckets are [from, to).

Environment: HEATPROBE_BPFTRACE  path of the bpftrace to use
             HEATPROBE_DATA      as --data; default: $XDG_DATA_HOME/heatprobe, ~/.local/share/heatprobe
`;
