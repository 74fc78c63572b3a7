/* rate [threads=2] [calls each=200000]: a tiny function called as fast as it can be, by several threads at once. */
#include <pthread.h>

#include "truth.h"

struct ledger ledger = {.symbol = "step"};

TRACED long step(long i) {
  ledger_enter(&ledger);
  return i + 1;
}

static void *run(void *calls) {
  long done = 0;
  while (done < (long)calls) done = step(done);
  ledger.returned += done;
  return NULL;
}

int main(int argc, char **argv) {
  long threads = truth_argument(argc, argv, 1, 2), calls = truth_argument(argc, argv, 2, 200000);
  pthread_t *all = calloc(threads + 1, sizeof *all);
  truth_gate("start");
  for (long i = 0; i < threads; i++)
    if (pthread_create(&all[i], NULL, run, (void *)calls) != 0) return 4;
  for (long i = 0; i < threads; i++) pthread_join(all[i], NULL);
  truth_print_one(&ledger, "");
  truth_gate("end");
  return 0;
}
