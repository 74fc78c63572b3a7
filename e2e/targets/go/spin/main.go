// spin [seconds=0] [calls a second=400]: runs until SIGTERM/SIGINT, or for so many seconds. The latency has four modes,
// for looking at charts: about 50 us (busy) for most calls, 2 ms, 20 ms, and 300 ms for one call in 200.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"targets/truth"
)

var ledger truth.Ledger

//go:noinline
func handle(i int) {
	ledger.Enter()
	switch {
	case i%200 == 199:
		time.Sleep(300 * time.Millisecond)
	case i%20 == 7:
		time.Sleep(20 * time.Millisecond)
	case i%4 == 1:
		time.Sleep(2 * time.Millisecond)
	default:
		// A timer is too coarse for 50 us.
		for began := time.Now(); time.Since(began) < 50*time.Microsecond; {
		}
	}
}

func main() {
	seconds, rate := truth.Argument(1, 0), truth.Argument(2, 400)
	fmt.Printf("{\"pid\":%d}\n", os.Getpid())
	truth.Gate("start")
	stop := make(chan os.Signal, 2)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	if seconds > 0 {
		time.AfterFunc(time.Duration(seconds)*time.Second, func() { stop <- syscall.SIGTERM })
	}
	beat := time.NewTicker(time.Second / time.Duration(rate))
	var all sync.WaitGroup
	for i := 0; ; i++ {
		select {
		case <-beat.C:
			all.Add(1)
			go func(i int) {
				defer all.Done()
				handle(i)
				ledger.Return()
			}(i)
			continue
		case <-stop:
		}
		break
	}
	all.Wait()
	truth.Print([]string{"main.handle"}, map[string]*truth.Ledger{"main.handle": &ledger}, nil)
	truth.Gate("end")
}
