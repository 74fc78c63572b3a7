// goroutines [goroutines=200] [calls each=100]: calls that block inside (sleep, channel, mutex), so that goroutines
// change threads in the middle of a call. More Ps than cores make that frequent.
package main

import (
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"targets/truth"
)

var ledger truth.Ledger
var migrated int64
var mutex sync.Mutex
var echo = make(chan chan int)

//go:noinline
func work(i int) int {
	ledger.Enter()
	thread := syscall.Gettid()
	switch i % 3 {
	case 0:
		time.Sleep(time.Duration(50+i%7*50) * time.Microsecond)
	case 1:
		answer := make(chan int)
		echo <- answer
		i += <-answer
	case 2:
		mutex.Lock()
		runtime.Gosched()
		mutex.Unlock()
	}
	if syscall.Gettid() != thread {
		atomic.AddInt64(&migrated, 1)
	}
	return i
}

func main() {
	runtime.GOMAXPROCS(8)
	count, each := truth.Argument(1, 200), truth.Argument(2, 100)
	for i := 0; i < 4; i++ {
		go func() {
			for answer := range echo {
				answer <- 1
			}
		}()
	}
	truth.Gate("start")
	var all sync.WaitGroup
	for g := 0; g < count; g++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for i := 0; i < each; i++ {
				work(i)
				ledger.Return()
			}
		}()
	}
	all.Wait()
	truth.Print([]string{"main.work"}, map[string]*truth.Ledger{"main.work": &ledger}, map[string]any{"migrated": migrated})
	truth.Gate("end")
}
