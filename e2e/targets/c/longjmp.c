/* longjmp [mode=all] [calls=3000]: calls left by a jump.
 *   plain  every third call is left by longjmp      deep  a jump out of 30 nested calls
 *   sig    the same as plain with sigsetjmp/siglongjmp     all  one after another
 * Built with _FORTIFY_SOURCE the jumps go through glibc's __longjmp_chk. */
#include <setjmp.h>

#include "truth.h"

struct ledger ledger = {.symbol = "work"};
static jmp_buf landing;
static sigjmp_buf sig_landing;

enum end { BY_RETURN, BY_LONGJMP, BY_SIGLONGJMP };

TRACED long work(long depth, enum end end) {
  ledger_enter(&ledger);
  if (depth > 1) {
    long below = work(depth - 1, end);
    ledger.returned++;
    return below + 1;
  }
  if (end == BY_LONGJMP) longjmp(landing, 1);
  if (end == BY_SIGLONGJMP) siglongjmp(sig_landing, 1);
  return 1;
}

static void series(long calls, long depth, enum end end) {
  for (volatile long i = 0; i < calls; i++) {
    enum end this_end = i % 3 == 2 ? end : BY_RETURN;
    if ((end == BY_SIGLONGJMP ? sigsetjmp(sig_landing, 1) : setjmp(landing)) != 0) {
      ledger.unwound += depth;
      continue;
    }
    work(depth, this_end);
    ledger.returned++;
  }
}

int main(int argc, char **argv) {
  const char *mode = argc > 1 ? argv[1] : "all";
  long calls = truth_argument(argc, argv, 2, 3000);
  int all = strcmp(mode, "all") == 0;
  truth_gate("start");
  if (all || strcmp(mode, "plain") == 0) series(calls, 1, BY_LONGJMP);
  if (all || strcmp(mode, "deep") == 0) series(calls / 30, 30, BY_LONGJMP);
  if (all || strcmp(mode, "sig") == 0) series(calls, 1, BY_SIGLONGJMP);
  truth_print_one(&ledger, "");
  truth_gate("end");
  return 0;
}
