/* How a target tells what really happened in it: counts kept by the program itself, printed as one JSON line. */
#ifndef TRUTH_H
#define TRUTH_H

#ifdef __cplusplus
#include <atomic>
typedef std::atomic<long> truth_count;
#else
#include <stdatomic.h>
typedef atomic_long truth_count;
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A traced function: never inlined, cloned or specialised, so that its symbol is the only copy of it. */
#define TRACED __attribute__((noipa))

struct ledger {
  const char *symbol;
  truth_count calls;    /* entered: counted first thing in the traced function */
  truth_count returned; /* counted by the caller, after the call came back */
  truth_count unwound;  /* ended without returning */
  truth_count open;     /* still open at the end of the process image */
};

/* What a traced function does first. Not inlined: the kernel refuses a probe on a lock prefix, and an atomic increment
 * must not become the first instruction of the function. */
__attribute__((noipa, unused)) static void ledger_enter(struct ledger *l) { l->calls++; }

static inline void truth_gate_print_ready(void) {
  printf("{\"ready\":true,\"pid\":%d}\n", (int)getpid());
  fflush(stdout);
}

/* Stops at "start" or "end" until a line (or the end) of standard input if TARGET_GATE names that point ("start,end"
 * for both): a tracer can attach before the first call, or look at a process that has made its last one. */
static inline void truth_gate(const char *point) {
  const char *gates = getenv("TARGET_GATE");
  if (gates == NULL || strstr(gates, point) == NULL) return;
  if (strcmp(point, "start") == 0) truth_gate_print_ready();
  char c;
  while (read(0, &c, 1) == 1 && c != '\n') {
  }
}

static inline long truth_argument(int argc, char **argv, int i, long fallback) {
  return argc > i ? atol(argv[i]) : fallback;
}

static inline void truth_fields(const struct ledger *l) {
  printf("\"calls\":%ld,\"returned\":%ld,\"unwound\":%ld,\"open\":%ld", (long)l->calls, (long)l->returned,
         (long)l->unwound, (long)l->open);
}

/* The first symbol's counts at the top, each symbol's under "symbols" when there are several, then more (JSON members,
 * each with a leading comma, or ""). A ledger that does not balance is a bug of the target: exit 3. */
static inline void truth_print(struct ledger *const *ledgers, int n, const char *more) {
  printf("{");
  truth_fields(ledgers[0]);
  for (int i = 0; i < n && n > 1; i++) {
    printf(i == 0 ? ",\"symbols\":{" : ",");
    printf("\"%s\":{", ledgers[i]->symbol);
    truth_fields(ledgers[i]);
    printf(i == n - 1 ? "}}" : "}");
  }
  printf("%s}\n", more);
  fflush(stdout);
  for (int i = 0; i < n; i++) {
    const struct ledger *l = ledgers[i];
    if (l->calls == l->returned + l->unwound + l->open) continue;
    fprintf(stderr, "%s: the counts do not balance\n", l->symbol);
    _exit(3);
  }
}

static inline void truth_print_one(struct ledger *l, const char *more) { truth_print(&l, 1, more); }

static inline long truth_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000L + t.tv_nsec;
}

static inline void truth_sleep(long nanoseconds) {
  struct timespec t;
  t.tv_sec = nanoseconds / 1000000000L;
  t.tv_nsec = nanoseconds % 1000000000L;
  while (nanosleep(&t, &t) != 0) {
  }
}

#endif
