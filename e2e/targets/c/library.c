/* library [calls=10000]: calls a function of libtally.so, which lies beside the executable. */
#include "tally.h"
#include "truth.h"

struct ledger ledger = {.symbol = "tally_add"};

int main(int argc, char **argv) {
  long calls = truth_argument(argc, argv, 1, 10000);
  truth_gate("start");
  for (long i = 1; i <= calls; i++) {
    if (tally_add(i) != i * (i + 1) / 2) return 4;
    ledger.returned++;
  }
  ledger.calls = tally_calls();
  truth_print_one(&ledger, "");
  truth_gate("end");
  return 0;
}
