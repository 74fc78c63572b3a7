/* exec [calls=2000]: makes calls, then replaces itself (same pid, same file) from inside three nested calls, then makes
 * as many calls again. The three that exec cut off are "open"; the truth line covers both images. */
#include "truth.h"

enum { DEPTH = 3 };

struct ledger ledger = {.symbol = "work"};
static char **arguments;

static void replace_image(void) {
  char calls[32], returned[32], count[32];
  snprintf(count, sizeof count, "%s", arguments[1]);
  snprintf(calls, sizeof calls, "%ld", (long)ledger.calls);
  snprintf(returned, sizeof returned, "%ld", (long)ledger.returned);
  execl("/proc/self/exe", arguments[0], count, calls, returned, (char *)NULL);
}

TRACED long work(long depth, int replace) {
  ledger_enter(&ledger);
  if (depth > 1) {
    long below = work(depth - 1, replace);
    ledger.returned++;
    return below + 1;
  }
  if (replace) replace_image();
  return 1;
}

static void series(long calls) {
  for (long i = 0; i < calls; i++) {
    work(1, 0);
    ledger.returned++;
  }
}

int main(int argc, char **argv) {
  char *defaults[] = {argv[0], "2000", NULL};
  arguments = argc > 1 ? argv : defaults;
  long calls = atol(arguments[1]);
  if (argc <= 3) {
    truth_gate("start");
    series(calls);
    work(DEPTH, 1);
    return 4; /* exec failed */
  }
  ledger.calls = atol(argv[2]);
  ledger.returned = atol(argv[3]);
  ledger.open = DEPTH;
  series(calls);
  truth_print_one(&ledger, ",\"images\":2");
  truth_gate("end");
  return 0;
}
