/* branches [calls=6000]: `classify` has several returns on different conditions; `dispatch` has a jump table inside,
 * whose indirect jump stays within the function and is no exit. */
#include "truth.h"

struct ledger classify_ledger = {.symbol = "classify"}, dispatch_ledger = {.symbol = "dispatch"};
static volatile long sink;

TRACED long note(long x) {
  sink += x;
  return x;
}

/* Each branch saves different registers or none, so that the compiler gives them returns of their own. */
TRACED long classify(long x, const char *text) {
  ledger_enter(&classify_ledger);
  if (x % 7 == 0) return -1;
  if (x % 5 == 0) {
    long sum = 0;
    for (const char *p = text; *p != 0; p++) sum += note(*p);
    return sum + x;
  }
  if (x % 3 == 0) return note(x) + note(x + 1);
  return x;
}

TRACED long dispatch(int kind, long x) {
  long result = 0;
  ledger_enter(&dispatch_ledger);
  switch (kind) {
    case 0: result = note(x) + 1; break;
    case 1: result = note(x + 1) * 2; break;
    case 2: result = note(x * 3) - note(x); break;
    case 3: sink = x; result = x; break;
    case 4: result = note(sink) ^ x; break;
    case 5: result = note(x) + note(x + 2) + note(x + 4); break;
    case 6: sink ^= 3; break;
    case 7: result = -note(-x); break;
    default: return -1;
  }
  return result + sink % 2;
}

int main(int argc, char **argv) {
  long calls = truth_argument(argc, argv, 1, 6000);
  truth_gate("start");
  for (long i = 0; i < calls; i++) {
    classify(i, "abc");
    classify_ledger.returned++;
    dispatch((int)(i % 9), i);
    dispatch_ledger.returned++;
  }
  struct ledger *all[] = {&classify_ledger, &dispatch_ledger};
  truth_print(all, 2, "");
  truth_gate("end");
  return 0;
}
