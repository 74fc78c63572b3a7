/* selftail [calls=1000]: self tail recursion that the compiler turns into a loop. One call by the caller is one call,
 * however often the loop goes round ("rounds"). `head_is_entry` is written in assembler so that the loop's head is
 * certainly the function's first instruction: a probe on it fires once a round ("entryHits"), and only one of those
 * is a call. */
#include "truth.h"

struct ledger countdown_ledger = {.symbol = "countdown"}, head_ledger = {.symbol = "head_is_entry"};
static volatile long rounds;

TRACED long countdown(long n) {
  rounds = rounds + 1;
  if (n <= 1) return n;
  return countdown(n - 1);
}

long head_is_entry(long n);
__asm__(
    ".text\n.p2align 4\n.globl head_is_entry\n.type head_is_entry, @function\n"
    "head_is_entry:\n"
    "  push %rbx\n"
    "  pop %rbx\n"
    "  dec %rdi\n"
    "  jg head_is_entry\n"
    "  mov %rdi, %rax\n"
    "  ret\n"
    ".size head_is_entry, .-head_is_entry\n");

int main(int argc, char **argv) {
  long calls = truth_argument(argc, argv, 1, 1000), depth = 20;
  truth_gate("start");
  for (long i = 0; i < calls; i++) {
    countdown_ledger.calls++;
    countdown(depth);
    countdown_ledger.returned++;
    head_ledger.calls++;
    head_is_entry(depth);
    head_ledger.returned++;
  }
  char more[128];
  snprintf(more, sizeof more, ",\"rounds\":%ld,\"entryHits\":%ld", rounds, calls * depth);
  struct ledger *all[] = {&countdown_ledger, &head_ledger};
  truth_print(all, 2, more);
  truth_gate("end");
  return 0;
}
