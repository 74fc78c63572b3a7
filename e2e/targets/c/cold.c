/* cold [calls=7000]: a function whose unlikely part the compiler moves away into `parse.cold`, and which also leaves
 * from there: by a return in the cold part, and by a jump to another function. */
#include "truth.h"

struct ledger ledger = {.symbol = "parse"};
static volatile long complaints;
static long from_cold, calls_in; /* one thread: no atomics, which would change the shape of the code */

__attribute__((noipa, cold)) long complain(long x) {
  complaints = complaints + 1;
  return -x;
}

/* The hot path needs no saved register; only the cold one does. So the cold part restores and returns by itself. */
TRACED long parse(long x, long y) {
  calls_in++;
  if (__builtin_expect(x % 7 == 0, 0)) {
    from_cold++;
    long a = complain(x), b = complain(y);
    for (int i = 0; i < 3; i++) a += complain(a + b);
    return a + b;
  }
  if (__builtin_expect(y % 11 == 0, 0)) {
    from_cold++;
    return complain(x + y);
  }
  return x + y;
}

int main(int argc, char **argv) {
  long calls = truth_argument(argc, argv, 1, 7000);
  truth_gate("start");
  for (long i = 1; i <= calls; i++) {
    parse(i, i + 1);
    ledger.returned++;
  }
  ledger.calls = calls_in;
  char more[64];
  snprintf(more, sizeof more, ",\"fromCold\":%ld", from_cold);
  truth_print_one(&ledger, more);
  truth_gate("end");
  return 0;
}
