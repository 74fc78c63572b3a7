// names [calls=2000]: names that only differ in their types: overloads, template instances and a call operator, whose
// demangled spellings have spaces, stars, brackets and parentheses.
#include <string>
#include <vector>

#include "../c/truth.h"

static ledger whole{"_ZN6shapes5scaleEl", {}, {}, {}, {}}, text{"_ZN6shapes5scaleERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE", {}, {}, {}, {}};
static ledger of_int{"_ZN6shapes5totalIiEET_RKSt6vectorIS1_SaIS1_EE", {}, {}, {}, {}};
static ledger of_double{"_ZN6shapes5totalIdEET_RKSt6vectorIS1_SaIS1_EE", {}, {}, {}, {}};
static ledger call_operator{"_ZN6shapes6SquareclEPKc", {}, {}, {}, {}};

namespace shapes {

TRACED long scale(long x) {
  ledger_enter(&whole);
  return x * 2;
}

TRACED long scale(const std::string &x) {
  ledger_enter(&text);
  return static_cast<long>(x.size());
}

template <typename T>
TRACED T total(const std::vector<T> &values) {
  ledger_enter(sizeof(T) == sizeof(int) ? &of_int : &of_double);
  T sum{};
  for (T value : values) sum += value;
  return sum;
}

struct Square {
  TRACED long operator()(const char *name);
};

long Square::operator()(const char *name) {
  ledger_enter(&call_operator);
  return name[0];
}

}  // namespace shapes

int main(int argc, char **argv) {
  long calls = truth_argument(argc, argv, 1, 2000);
  const std::vector<int> ints(8, 1);
  const std::vector<double> doubles(8, 0.5);
  const std::string word = "word";
  shapes::Square square;
  truth_gate("start");
  for (long i = 0; i < calls; i++) {
    shapes::scale(i);
    whole.returned++;
    if (i % 2 == 0) {
      shapes::scale(word);
      text.returned++;
    }
    if (i % 4 == 0) {
      shapes::total(ints);
      of_int.returned++;
    }
    if (i % 5 == 0) {
      shapes::total(doubles);
      of_double.returned++;
    }
    if (i % 8 == 0) {
      square("s");
      call_operator.returned++;
    }
  }
  ledger *all[] = {&whole, &text, &of_int, &of_double, &call_operator};
  truth_print(all, 5, "");
  truth_gate("end");
}
