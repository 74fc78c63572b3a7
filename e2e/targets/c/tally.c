/* The shared library that `library` calls: the traced function lives here, not in the executable. */
#include "tally.h"

#include <time.h>

static long total, calls;

__attribute__((noipa)) long tally_add(long x) {
  calls++;
  if (x % 50 == 0) {
    struct timespec millisecond = {0, 1000000};
    nanosleep(&millisecond, 0);
  }
  total += x;
  return total;
}

__attribute__((noipa)) long tally_calls(void) { return calls; }
