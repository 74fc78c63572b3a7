// panics [mode=all] [calls=1500]: calls that end otherwise than by their return. One mode a run, or all of them.
//
//	caught   every third call panics and its caller recovers        own      every third call recovers its own panic
//	deep     50 calls deep, one panic ends them all                 middle   a recovery half way out of 20 calls
//	again    a deferred function panics anew while unwinding        goexit   runtime.Goexit inside the call
//	last     the goroutine's last call panics, then it idles        gc       recovery, then runtime.GC, then more calls
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"

	"targets/truth"
)

var workLedger, guardedLedger truth.Ledger

// How a call ends.
const (
	byReturn = iota
	byPanic
	byGoexit
	byGuardedReturn // after a guarded call that goes well
	byGuardedPanic  // after a guarded call that recovered
)

// open is one goroutine's own count of its open calls of each traced function.
type open struct{ work, guarded int }

// work calls itself depth-1 times more; the innermost call ends as told.
//
//go:noinline
func work(o *open, depth int, end int) int {
	workLedger.Enter()
	o.work++
	if depth > 1 {
		n := work(o, depth-1, end)
		o.work--
		workLedger.Return()
		return n + 1
	}
	switch end {
	case byPanic:
		panic("on purpose")
	case byGoexit:
		runtime.Goexit()
	case byGuardedReturn:
		callGuarded(o, 10, byReturn)
	case byGuardedPanic:
		callGuarded(o, 10, byPanic)
	}
	return 1
}

// guarded recovers what work panics: such a call still leaves by its own return.
//
//go:noinline
func guarded(o *open, depth int, end int) (n int) {
	guardedLedger.Enter()
	o.guarded++
	before := o.work
	defer func() {
		if recover() != nil {
			workLedger.Unwind(o.work - before)
			o.work = before
		}
	}()
	n = work(o, depth, end)
	o.work--
	workLedger.Return()
	return n
}

// protect calls f and settles the account of every call that a panic ended.
func protect(o *open, f func()) {
	before := *o
	defer func() {
		_ = recover()
		settle(o, before)
	}()
	f()
}

func settle(o *open, before open) {
	workLedger.Unwind(o.work - before.work)
	guardedLedger.Unwind(o.guarded - before.guarded)
	*o = before
}

func callWork(o *open, depth int, end int) {
	work(o, depth, end)
	o.work--
	workLedger.Return()
}

func callGuarded(o *open, depth int, end int) {
	guarded(o, depth, end)
	o.guarded--
	guardedLedger.Return()
}

func main() {
	modes := []string{"caught", "own", "deep", "middle", "again", "goexit", "last", "gc"}
	programs := map[string]func(*open, int){"caught": caught, "own": own, "deep": deep, "middle": middle, "again": again,
		"goexit": goexit, "last": last, "gc": gc}
	mode := "all"
	if len(os.Args) > 1 {
		mode = os.Args[1]
	}
	if mode != "all" {
		if programs[mode] == nil {
			fmt.Fprintln(os.Stderr, "no such mode:", mode)
			os.Exit(64)
		}
		modes = []string{mode}
	}
	truth.Gate("start")
	// Four goroutines that live through all the modes: after each recovery they call again.
	var all sync.WaitGroup
	for g := 0; g < 4; g++ {
		all.Add(1)
		go func() {
			defer all.Done()
			var o open
			for _, name := range modes {
				programs[name](&o, truth.Argument(2, 1500)/4)
			}
		}()
	}
	all.Wait()
	truth.Print([]string{"main.work", "main.guarded"},
		map[string]*truth.Ledger{"main.work": &workLedger, "main.guarded": &guardedLedger}, nil)
	truth.Gate("end")
}
