// crash [calls=2000]: dies of a panic that nobody recovers (exit status 2) while calls are open: five goroutines blocked
// inside the traced function, and the call that panics. The truth line comes before the panic.
package main

import (
	"sync"
	"time"

	"targets/truth"
)

const blocked = 5

var ledger truth.Ledger

//go:noinline
func work(inside func()) {
	ledger.Enter()
	inside()
}

func main() {
	calls := truth.Argument(1, 2000)
	truth.Gate("start")
	for i := 0; i < calls; i++ {
		work(func() { time.Sleep(100 * time.Microsecond) })
		ledger.Return()
	}
	var entered sync.WaitGroup
	entered.Add(blocked)
	for g := 0; g < blocked; g++ {
		go work(func() { entered.Done(); select {} })
	}
	entered.Wait()
	work(func() {
		ledger.Leave(blocked + 1)
		truth.Print([]string{"main.work"}, map[string]*truth.Ledger{"main.work": &ledger}, nil)
		truth.Gate("end")
		panic("nobody recovers this")
	})
}
