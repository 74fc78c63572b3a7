/* sleep [repeat=1]: the traced function sleeps 1 ms (200 times), 5 ms (100 times), 20 ms (40 times). The medians that
 * the program measured around its own calls are what a tracer must come close to. */
#include "truth.h"

struct ledger ledger = {.symbol = "doze"};

TRACED void doze(long nanoseconds) {
  ledger_enter(&ledger);
  truth_sleep(nanoseconds);
}

static int ascending(const void *a, const void *b) {
  long x = *(const long *)a, y = *(const long *)b;
  return (x > y) - (x < y);
}

static long median_of(long nanoseconds, long calls) {
  long *times = calloc(calls, sizeof *times);
  for (long i = 0; i < calls; i++) {
    long began = truth_now();
    doze(nanoseconds);
    times[i] = truth_now() - began;
    ledger.returned++;
  }
  qsort(times, calls, sizeof *times, ascending);
  long median = times[calls / 2];
  free(times);
  return median;
}

int main(int argc, char **argv) {
  long repeat = truth_argument(argc, argv, 1, 1);
  truth_gate("start");
  long one = median_of(1000000, 200 * repeat), five = median_of(5000000, 100 * repeat);
  long twenty = median_of(20000000, 40 * repeat);
  char more[160];
  snprintf(more, sizeof more, ",\"medianNs\":{\"1ms\":%ld,\"5ms\":%ld,\"20ms\":%ld}", one, five, twenty);
  truth_print_one(&ledger, more);
  truth_gate("end");
  return 0;
}
