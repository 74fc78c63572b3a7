// Package truth is how a target tells what really happened in it: counts kept by the program itself.
package truth

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Ledger counts the calls of one traced function. A program adds to it by itself, never from what a tracer says.
type Ledger struct{ calls, returned, unwound, open int64 }

// Enter is the first thing a traced function does.
func (l *Ledger) Enter() { atomic.AddInt64(&l.calls, 1) }

// Return is what the caller does after a call came back by the function's own return.
func (l *Ledger) Return() { atomic.AddInt64(&l.returned, 1) }

// Unwind counts n calls that ended without returning (panic recovered further out, Goexit).
func (l *Ledger) Unwind(n int) { atomic.AddInt64(&l.unwound, int64(n)) }

// Leave counts n calls that are still open when the program ends.
func (l *Ledger) Leave(n int) { atomic.AddInt64(&l.open, int64(n)) }

// Calls is the number of calls entered so far.
func (l *Ledger) Calls() int64 { return atomic.LoadInt64(&l.calls) }

// Returned is the number of calls that came back so far.
func (l *Ledger) Returned() int64 { return atomic.LoadInt64(&l.returned) }

// Fields is the ledger as the truth line spells it.
func (l *Ledger) Fields() map[string]any {
	return map[string]any{
		"calls": atomic.LoadInt64(&l.calls), "returned": atomic.LoadInt64(&l.returned),
		"unwound": atomic.LoadInt64(&l.unwound), "open": atomic.LoadInt64(&l.open),
	}
}

// Print writes the truth: the first symbol's counts at the top, every symbol's under "symbols" when there are several,
// then what else the program measured. A ledger that does not balance is a bug of the target: exit 3.
func Print(names []string, ledgers map[string]*Ledger, more map[string]any) {
	line := ledgers[names[0]].Fields()
	symbols := map[string]any{}
	for _, name := range names {
		l := ledgers[name]
		symbols[name] = l.Fields()
		if l.calls != l.returned+l.unwound+l.open {
			fmt.Fprintf(os.Stderr, "%s: %d calls, but %d returned + %d unwound + %d open\n", name, l.calls, l.returned, l.unwound, l.open)
			os.Exit(3)
		}
	}
	if len(names) > 1 {
		line["symbols"] = symbols
	}
	for name, value := range more {
		line[name] = value
	}
	text, err := json.Marshal(line)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(text))
}

var stdin = bufio.NewReader(os.Stdin)

// Gate stops at "start" or "end" until a line (or the end) of standard input, if TARGET_GATE names that point: a tracer
// can then attach before the first call, or look at a process that has made its last one. Before "start" it prints the pid.
func Gate(point string) {
	for _, name := range strings.Split(os.Getenv("TARGET_GATE"), ",") {
		if name != point {
			continue
		}
		if point == "start" {
			fmt.Printf("{\"ready\":true,\"pid\":%d}\n", os.Getpid())
		}
		_, _ = stdin.ReadString('\n')
	}
}

// Argument is the i-th argument (1 is the first) as a number, or fallback.
func Argument(i int, fallback int) int {
	if len(os.Args) <= i {
		return fallback
	}
	n, err := strconv.Atoi(os.Args[i])
	if err != nil || n < 0 {
		fmt.Fprintf(os.Stderr, "not a count: %q\n", os.Args[i])
		os.Exit(64)
	}
	return n
}

// Median of measured times, in nanoseconds.
func Median(times []time.Duration) int64 {
	if len(times) == 0 {
		return 0
	}
	sorted := append([]time.Duration(nil), times...)
	sort.Slice(sorted, func(a, b int) bool { return sorted[a] < sorted[b] })
	return int64(sorted[len(sorted)/2])
}
