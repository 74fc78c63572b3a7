/* fibers [fibers=16] [calls each=400]: ucontext fibers switch stacks inside the traced call, so that on one thread many
 * calls are open at once and return in an order that no single stack would give. Half of the stacks are static, half
 * from malloc. */
#include <ucontext.h>

#include "truth.h"

enum { STACK = 64 * 1024, MOST = 64 };

struct ledger ledger = {.symbol = "step"};
static char static_stacks[MOST / 2][STACK];
static ucontext_t scheduler, fibers[MOST];
static int done[MOST];
static long calls_each;
static int count;

/* One call: leaves the fiber's stack in the middle, once or twice, and comes back whenever the scheduler likes. */
TRACED long step(int fiber, long i) {
  ledger_enter(&ledger);
  swapcontext(&fibers[fiber], &scheduler);
  if ((i + fiber) % 3 == 0) swapcontext(&fibers[fiber], &scheduler);
  return i;
}

static void live(int fiber) {
  for (long i = 0; i < calls_each; i++) {
    step(fiber, i);
    ledger.returned++;
  }
  done[fiber] = 1;
}

static void prepare(int fiber) {
  ucontext_t *context = &fibers[fiber];
  getcontext(context);
  context->uc_stack.ss_sp = fiber % 2 == 0 ? static_stacks[fiber / 2] : malloc(STACK);
  context->uc_stack.ss_size = STACK;
  context->uc_link = &scheduler;
  makecontext(context, (void (*)(void))live, 1, fiber);
}

static void schedule(void) {
  int living = count;
  /* A fixed pseudo-random order: every run interleaves the fibers in the same way. */
  for (unsigned random = 12345; living > 0;) {
    random = random * 1103515245u + 12345u;
    int f = (int)(random >> 16) % count;
    while (done[f]) f = (f + 1) % count;
    swapcontext(&scheduler, &fibers[f]);
    if (done[f]) living--;
    if (random % 64 == 0) truth_sleep(1000000);
  }
}

int main(int argc, char **argv) {
  count = (int)truth_argument(argc, argv, 1, 16);
  calls_each = truth_argument(argc, argv, 2, 400);
  if (count > MOST) return 64;
  for (int f = 0; f < count; f++) prepare(f);
  truth_gate("start");
  schedule();
  truth_print_one(&ledger, "");
  truth_gate("end");
  return 0;
}
