/* threads [long-lived=8] [calls each=1500] [short-lived=300]: more threads than cores, and threads that come and go
 * (ten calls each), so that thread ids are not a small fixed set. */
#include <pthread.h>

#include "truth.h"

struct ledger ledger = {.symbol = "work"};

TRACED long work(long i) {
  ledger_enter(&ledger);
  if (i % 4 == 0) truth_sleep(500000);
  return i + 1;
}

static void *run(void *calls) {
  for (long i = 0; i < (long)calls; i++) {
    work(i);
    ledger.returned++;
  }
  return NULL;
}

int main(int argc, char **argv) {
  long threads = truth_argument(argc, argv, 1, 8), calls = truth_argument(argc, argv, 2, 1500);
  long brief = truth_argument(argc, argv, 3, 300);
  pthread_t *all = calloc(threads + 1, sizeof *all), one;
  truth_gate("start");
  for (long i = 0; i < threads; i++)
    if (pthread_create(&all[i], NULL, run, (void *)calls) != 0) return 4;
  for (long i = 0; i < brief; i++) {
    if (pthread_create(&one, NULL, run, (void *)10L) != 0) return 4;
    pthread_join(one, NULL);
  }
  for (long i = 0; i < threads; i++) pthread_join(all[i], NULL);
  truth_print_one(&ledger, "");
  truth_gate("end");
  return 0;
}
