/* recursion [rounds=200] [depth=100]: the traced function calls itself; many frames are open at once on one thread. */
#include "truth.h"

struct ledger ledger = {.symbol = "descend"};

TRACED long descend(long depth) {
  ledger_enter(&ledger);
  if (depth <= 1) return 1;
  long below = descend(depth - 1);
  ledger.returned++;
  return below + depth;
}

int main(int argc, char **argv) {
  long rounds = truth_argument(argc, argv, 1, 200), depth = truth_argument(argc, argv, 2, 100);
  truth_gate("start");
  for (long i = 0; i < rounds; i++) {
    if (descend(depth) != depth * (depth + 1) / 2) return 4;
    ledger.returned++;
    truth_sleep(1000000);
  }
  truth_print_one(&ledger, "");
  truth_gate("end");
  return 0;
}
