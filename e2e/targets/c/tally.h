#ifndef TALLY_H
#define TALLY_H
long tally_add(long x);
long tally_calls(void);
#endif
