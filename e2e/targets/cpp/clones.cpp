// clones [seconds=60]: functions that gcc copies and splits (`.isra.0`, `.cold`), with long names that only differ far
// inside; each is called all the time until the seconds are over.
#include <chrono>
#include <cstdlib>
#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>
