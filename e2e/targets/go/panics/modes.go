// The modes: each makes its calls of work and guarded in one way.
package main

import "runtime"

func everyThird(i int) int {
	if i%3 == 2 {
		return byPanic
	}
	return byReturn
}

func caught(o *open, calls int) {
	for i := 0; i < calls; i++ {
		protect(o, func() { callWork(o, 1, everyThird(i)) })
	}
}

func own(o *open, calls int) {
	for i := 0; i < calls; i++ {
		callGuarded(o, 1, everyThird(i))
	}
}

func deep(o *open, calls int) {
	for i := 0; i < calls/50; i++ {
		protect(o, func() { callWork(o, 50, everyThird(i)) })
	}
}

// middle: ten calls outside stay open (and return) while the ten inside a guarded call are unwound.
func middle(o *open, calls int) {
	for i := 0; i < calls/20; i++ {
		end := byGuardedReturn
		if everyThird(i) == byPanic {
			end = byGuardedPanic
		}
		callWork(o, 10, end)
	}
}

func again(o *open, calls int) {
	for i := 0; i < calls/3; i++ {
		protect(o, func() {
			defer func() { panic("a second one") }()
			callWork(o, 3, byPanic)
		})
	}
}

func goexit(_ *open, calls int) {
	for i := 0; i < calls/3; i++ {
		done := make(chan bool)
		go func() {
			var o open
			defer close(done)
			defer func() { settle(&o, open{}) }()
			callWork(&o, 1, byReturn)
			callWork(&o, 2, byGoexit)
		}()
		<-done
	}
}

// last: if the tracer waits for a goroutine's next call to notice that one was unwound, it never will here.
func last(_ *open, calls int) {
	for i := 0; i < calls/30; i++ {
		ready := make(chan bool)
		go func() {
			var o open
			caught(&o, 30)
			close(ready)
			select {}
		}()
		<-ready
	}
}

func gc(o *open, calls int) {
	for i := 0; i < calls/30; i++ {
		caught(o, 30)
		if i%5 == 0 {
			runtime.GC()
		}
	}
}
