// throw [mode=all] [calls=6000] [seconds=0]: a method that ends by exceptions, on four threads.
//   caught   every third call throws and its caller catches      frames  through a frame whose destructors run
//   deep     out of 20 nested calls at once                      rethrow caught half way, thrown on
//   inside   caught in the same call: it returns after all       all     one after another
// With seconds > 0 it repeats the mode, at a walking pace, until they are over.
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "../c/truth.h"

static ledger parse_ledger{"_ZN6Parser5parseEli", {}, {}, {}, {}};
static std::atomic<long> destroyed;

struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum End { kReturn, kThrow, kCatchInside };

class Parser {
 public:
  TRACED long parse(long depth, int end);

 private:
  long offset_ = 0;
};

long Parser::parse(long depth, int end) {
  ledger_enter(&parse_ledger);
  offset_ += depth;
  if (depth > 1) {
    long below = parse(depth - 1, end);
    parse_ledger.returned++;
    return below + 1;
  }
  if (end == kThrow) throw Failure("unexpected end of input");
  if (end == kCatchInside) {
    try {
      throw Failure("caught where it was thrown");
    } catch (const Failure &failure) {
      return static_cast<long>(std::string(failure.what()).size());
    }
  }
  return 1;
}

struct Guard {
  ~Guard() { destroyed++; }
};

// A frame that is not traced, with clean-up to run: unwinding stops here and is resumed (_Unwind_Resume).
__attribute__((noipa)) static long with_destructors(Parser &parser, long depth, int end) {
  Guard first;
  std::vector<std::string> owned(3, "a string that is too long for the small buffer");
  long result = parser.parse(depth, end);
  parse_ledger.returned++;
  Guard second;
  return result + static_cast<long>(owned.size());
}

__attribute__((noipa)) static long rethrowing(Parser &parser, long depth, int end) {
  try {
    return with_destructors(parser, depth, end);
  } catch (...) {
    destroyed++;
    throw;
  }
}

using Call = long (*)(Parser &, long, int);

static long direct(Parser &parser, long depth, int end) {
  long result = parser.parse(depth, end);
  parse_ledger.returned++;
  return result;
}

static void series(long calls, Call call, long depth, int end) {
  Parser parser;
  for (long i = 0; i < calls; i++) {
    int this_end = i % 3 == 2 ? end : kReturn;
    try {
      call(parser, depth, this_end);
    } catch (const Failure &) {
      parse_ledger.unwound += depth;
    }
  }
}

static void run(const std::string &mode, long calls) {
  bool all = mode == "all";
  if (all || mode == "caught") series(calls, direct, 1, kThrow);
  if (all || mode == "frames") series(calls, with_destructors, 1, kThrow);
  if (all || mode == "deep") series(calls / 20, direct, 20, kThrow);
  if (all || mode == "rethrow") series(calls, rethrowing, 2, kThrow);
  if (all || mode == "inside") series(calls, direct, 1, kCatchInside);
}

static void repeat(const std::string &mode, long calls, long seconds) {
  long end = truth_now() + seconds * 1000000000L;
  do {
    run(mode, seconds > 0 ? 60 : calls);
    if (seconds > 0) truth_sleep(100000000);
  } while (truth_now() < end);
}

int main(int argc, char **argv) {
  std::string mode = argc > 1 ? argv[1] : "all";
  long calls = truth_argument(argc, argv, 2, 6000) / 4, seconds = truth_argument(argc, argv, 3, 0);
  truth_gate("start");
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; t++) threads.emplace_back(repeat, mode, calls, seconds);
  for (auto &thread : threads) thread.join();
  truth_print_one(&parse_ledger, "");
  truth_gate("end");
}
