/* fork [calls=300]: every call forks inside; the child returns from the call too (a return without an entry of its own:
 * "childReturned"), makes one call more ("childCalls", all of which return), and exits. calls/returned are the parent's. */
#include <sys/mman.h>
#include <sys/wait.h>

#include "truth.h"

struct shared {
  truth_count calls, returned_inherited, returned_own;
};

struct ledger ledger = {.symbol = "work"};
static struct shared *child;

TRACED pid_t work(int split) {
  ledger_enter(&ledger);
  return split ? fork() : getpid();
}

static void live_as_child(void) {
  child->returned_inherited++;
  child->calls++;
  work(0);
  child->returned_own++;
  _exit(0);
}

int main(int argc, char **argv) {
  long calls = truth_argument(argc, argv, 1, 300);
  child = mmap(NULL, sizeof *child, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (child == MAP_FAILED) return 4;
  truth_gate("start");
  for (long i = 0; i < calls; i++) {
    pid_t pid = work(1);
    if (pid == 0) live_as_child();
    if (pid < 0) return 4;
    ledger.returned++;
    int status;
    if (waitpid(pid, &status, 0) != pid || status != 0) return 4;
  }
  char more[128];
  snprintf(more, sizeof more, ",\"childReturned\":%ld,\"childCalls\":%ld", (long)child->returned_inherited,
           (long)child->returned_own);
  truth_print_one(&ledger, more);
  truth_gate("end");
  return child->calls == child->returned_own ? 0 : 3;
}
