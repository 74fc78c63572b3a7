// pair [calls=8000] [microseconds=200]: the same work in every process. Started twice, the two processes of one binary
// reuse the same goroutine addresses; each prints only its own counts.
package main

import (
	"os"
	"sync"
	"time"

	"targets/truth"
)

var ledger truth.Ledger

//go:noinline
func work(pause time.Duration) {
	ledger.Enter()
	time.Sleep(pause)
}

func main() {
	calls, pause := truth.Argument(1, 8000), time.Duration(truth.Argument(2, 200))*time.Microsecond
	truth.Gate("start")
	var all sync.WaitGroup
	for g := 0; g < 4; g++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for i := 0; i < calls/4; i++ {
				work(pause)
				ledger.Return()
			}
		}()
	}
	all.Wait()
	truth.Print([]string{"main.work"}, map[string]*truth.Ledger{"main.work": &ledger}, map[string]any{"pid": os.Getpid()})
	truth.Gate("end")
}
