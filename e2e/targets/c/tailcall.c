/* tailcall [calls=2000]: functions that leave by jumping to another function (needs -O2).
 *   relay          leaves only by `jmp finish`             relay_odd   by `jmp finish` or by a return of its own
 *   hand_over      leaves by an indirect jump through a function pointer
 *   is_even/is_odd tail-call each other: the same function entered again and again at the same stack depth
 * "returned" counts calls that came back to the caller, whoever executed the last return. "tail" says how many of a
 * symbol's calls left by a jump. */
#include "truth.h"

struct ledger finish_ledger = {.symbol = "finish"}, relay_ledger = {.symbol = "relay"};
struct ledger relay_odd_ledger = {.symbol = "relay_odd"}, hand_over_ledger = {.symbol = "hand_over"};
struct ledger even_ledger = {.symbol = "is_even"}, odd_ledger = {.symbol = "is_odd"};
static long relay_odd_tail, even_tail, odd_tail;

TRACED long finish(long x) {
  ledger_enter(&finish_ledger);
  finish_ledger.returned++; /* its callers have gone: nobody else could count, and nothing after this can fail */
  return x + 1;
}

TRACED long relay(long x) {
  ledger_enter(&relay_ledger);
  return finish(x * 2);
}

TRACED long relay_odd(long x) {
  ledger_enter(&relay_odd_ledger);
  if (x % 2 == 0) return x;
  relay_odd_tail++;
  return finish(x);
}

TRACED long hand_over(long (*next)(long), long x) {
  ledger_enter(&hand_over_ledger);
  return next(x);
}

TRACED long is_odd(long n);

TRACED long is_even(long n) {
  ledger_enter(&even_ledger);
  even_ledger.returned++; /* it always comes back, by its own return or by the last one's */
  if (n == 0) return 1;
  even_tail++;
  return is_odd(n - 1);
}

TRACED long is_odd(long n) {
  ledger_enter(&odd_ledger);
  odd_ledger.returned++;
  if (n == 0) return 0;
  odd_tail++;
  return is_even(n - 1);
}

int main(int argc, char **argv) {
  long calls = truth_argument(argc, argv, 1, 2000);
  truth_gate("start");
  for (long i = 0; i < calls; i++) {
    finish(i);
    relay(i);
    relay_ledger.returned++;
    relay_odd(i);
    relay_odd_ledger.returned++;
    hand_over(finish, i);
    hand_over_ledger.returned++;
    if (i % 10 == 0 && is_even(10) != 1) return 4;
  }
  char more[200];
  snprintf(more, sizeof more, ",\"tail\":{\"relay\":%ld,\"relay_odd\":%ld,\"hand_over\":%ld,\"is_even\":%ld,\"is_odd\":%ld}",
           (long)relay_ledger.calls, relay_odd_tail, (long)hand_over_ledger.calls, even_tail, odd_tail);
  struct ledger *all[] = {&relay_ledger, &finish_ledger, &relay_odd_ledger, &hand_over_ledger, &even_ledger, &odd_ledger};
  truth_print(all, 6, more);
  truth_gate("end");
  return 0;
}
