/* exits [calls=1000]: one function for each form of exit that x86-64 code has, in assembler, since no compiler can be
 * made to emit all of them: ret, rep ret, bnd ret, ret imm16, two rets around a conditional jump, and a conditional
 * jump out of the function (which may leave or not: no plain exit probe can tell). The kernel refuses a probe on
 * lock_first's entry. */
#include "truth.h"

#if !defined(__x86_64__)
#error "x86-64 only"
#endif

enum { SYMBOLS = 7 };

#define FUNCTION(name, body) \
  __asm__(".text\n.p2align 4\n.globl " name "\n.type " name ", @function\n" name ":\n" body ".size " name ", .-" name "\n")

FUNCTION("plain_ret", "  lea 1(%rdi), %rax\n  ret\n");
FUNCTION("rep_ret", "  lea 1(%rdi), %rax\n  .byte 0xf3, 0xc3\n");
FUNCTION("bnd_ret", "  push %rbp\n  mov %rsp, %rbp\n  lea 1(%rdi), %rax\n  pop %rbp\n  .byte 0xf2, 0xc3\n");
FUNCTION("pop_ret_8", "  mov 8(%rsp), %rax\n  inc %rax\n  ret $8\n");
FUNCTION("two_rets", "  test $1, %dil\n  jne 1f\n  mov %rdi, %rax\n  ret\n1: lea 1(%rdi), %rax\n  ret\n");
FUNCTION("leave_if_odd", "  mov %rdi, %rax\n  test $1, %dil\n  jne plain_ret\n  ret\n");

FUNCTION("lock_first", "  lock incq locked(%rip)\n  lea 1(%rdi), %rax\n  ret\n");

long locked;
long plain_ret(long), lock_first(long), rep_ret(long), bnd_ret(long), two_rets(long), leave_if_odd(long);

/* pop_ret_8 takes its argument on the stack and removes it itself. The red zone must be out of the way. */
static long call_pop_ret_8(long x) {
  long result;
  __asm__ volatile("sub $128, %%rsp\n  push %1\n  call pop_ret_8\n  add $128, %%rsp"
                   : "=a"(result)
                   : "r"(x)
                   : "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "memory", "cc");
  return result;
}

int main(int argc, char **argv) {
  long calls = truth_argument(argc, argv, 1, 1000), wrong = 0;
  const char *names[] = {"plain_ret", "rep_ret", "bnd_ret", "pop_ret_8", "two_rets", "leave_if_odd", "lock_first"};
  long (*functions[])(long) = {plain_ret, rep_ret, bnd_ret, call_pop_ret_8, two_rets, leave_if_odd, lock_first};
  static struct ledger ledgers[SYMBOLS];
  struct ledger *all[SYMBOLS];
  for (int f = 0; f < SYMBOLS; f++) {
    ledgers[f].symbol = names[f];
    all[f] = &ledgers[f];
  }
  truth_gate("start");
  for (long i = 0; i < calls; i++) {
    for (int f = 0; f < SYMBOLS; f++) {
      ledgers[f].calls++;
      long expected = (f == 4 || f == 5) && i % 2 == 0 ? i : i + 1;
      if (functions[f](i) != expected) wrong++;
      ledgers[f].returned++;
    }
    /* plain_ret is also the end of every odd leave_if_odd: an entry of plain_ret that nobody called. */
    if (i % 2 == 1) {
      ledgers[0].calls++;
      ledgers[0].returned++;
    }
  }
  truth_print(all, SYMBOLS, "");
  truth_gate("end");
  return wrong == 0 ? 0 : 4;
}
