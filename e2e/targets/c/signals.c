/* signals [mode=nested] [calls=5000]: a signal handler on its own stack (sigaltstack) calls the traced function while
 * a call of it is open. The alternate stack lies elsewhere than the thread's: depth comparisons must survive that.
 *   nested  the handler's call returns, then the open call returns
 *   jump    the handler leaves by siglongjmp: its own call and the interrupted one are both unwound */
#include <setjmp.h>
#include <signal.h>

#include "truth.h"

struct ledger ledger = {.symbol = "work"};
static sigjmp_buf landing;
static int jump;
static long in_handler, calls;

TRACED long work(long i, int interrupt) {
  ledger_enter(&ledger);
  if (interrupt) raise(SIGUSR1);
  if (jump && i < 0) siglongjmp(landing, 1);
  return i + 1;
}

static void on_signal(int number) {
  (void)number;
  in_handler++;
  work(-1, 0);
  ledger.returned++;
}

int main(int argc, char **argv) {
  jump = argc > 1 && strcmp(argv[1], "jump") == 0;
  calls = truth_argument(argc, argv, 2, 5000);
  stack_t stack = {.ss_sp = malloc(64 * 1024), .ss_size = 64 * 1024};
  struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_ONSTACK};
  if (sigaltstack(&stack, NULL) != 0 || sigaction(SIGUSR1, &action, NULL) != 0) return 4;
  truth_gate("start");
  for (volatile long i = 0; i < calls; i++) {
    if (sigsetjmp(landing, 1) != 0) {
      ledger.unwound += 2;
      continue;
    }
    work(i, i % 5 == 4);
    ledger.returned++;
  }
  char more[64];
  snprintf(more, sizeof more, ",\"inHandler\":%ld", in_handler);
  truth_print_one(&ledger, more);
  truth_gate("end");
  return 0;
}
