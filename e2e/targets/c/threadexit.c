/* threadexit [mode=all] [threads=200]: threads that end inside traced calls (three deep), after ten calls that return.
 *   exit  pthread_exit in the innermost call      cancel  pthread_cancel while the innermost call sleeps */
#include <pthread.h>

#include "truth.h"

enum { DEPTH = 3, ORDINARY = 10 };

struct ledger ledger = {.symbol = "work"};
static truth_count sleeping;

enum end { BY_RETURN, BY_EXIT, BY_CANCEL };

TRACED long work(long depth, enum end end) {
  ledger_enter(&ledger);
  if (depth > 1) {
    long below = work(depth - 1, end);
    ledger.returned++;
    return below + 1;
  }
  if (end == BY_EXIT) pthread_exit(NULL);
  if (end == BY_CANCEL) {
    sleeping++;
    for (;;) pause();
  }
  return 1;
}

static void *run(void *end) {
  for (int i = 0; i < ORDINARY; i++) {
    work(1, BY_RETURN);
    ledger.returned++;
  }
  work(DEPTH, (enum end)(long)end);
  ledger.returned++; /* never reached; if it were, the counts would not balance */
  return NULL;
}

static int series(long threads, enum end end) {
  for (long i = 0; i < threads; i++) {
    pthread_t thread;
    sleeping = 0;
    if (pthread_create(&thread, NULL, run, (void *)(long)end) != 0) return 4;
    if (end == BY_CANCEL) {
      while (sleeping == 0) truth_sleep(100000);
      pthread_cancel(thread);
    }
    pthread_join(thread, NULL);
    ledger.unwound += DEPTH;
  }
  return 0;
}

int main(int argc, char **argv) {
  const char *mode = argc > 1 ? argv[1] : "all";
  long threads = truth_argument(argc, argv, 2, 200);
  int all = strcmp(mode, "all") == 0, failed = 0;
  truth_gate("start");
  if (all || strcmp(mode, "exit") == 0) failed |= series(threads, BY_EXIT);
  if (all || strcmp(mode, "cancel") == 0) failed |= series(threads, BY_CANCEL);
  truth_print_one(&ledger, "");
  truth_gate("end");
  return failed;
}
