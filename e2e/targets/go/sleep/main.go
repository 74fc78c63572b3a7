// sleep [repeat=1]: the traced function sleeps 1 ms (200 times), 5 ms (100 times) and 20 ms (40 times), one after another.
// The medians it measured around its own calls are what a tracer must come close to.
package main

import (
	"time"

	"targets/truth"
)

var ledger truth.Ledger

//go:noinline
func pause(d time.Duration) {
	ledger.Enter()
	time.Sleep(d)
}

func main() {
	repeat := truth.Argument(1, 1)
	truth.Gate("start")
	medians := map[string]int64{}
	for _, kind := range []struct {
		name  string
		sleep time.Duration
		calls int
	}{{"1ms", time.Millisecond, 200}, {"5ms", 5 * time.Millisecond, 100}, {"20ms", 20 * time.Millisecond, 40}} {
		var times []time.Duration
		for i := 0; i < kind.calls*repeat; i++ {
			began := time.Now()
			pause(kind.sleep)
			times = append(times, time.Since(began))
			ledger.Return()
		}
		medians[kind.name] = truth.Median(times)
	}
	truth.Print([]string{"main.pause"}, map[string]*truth.Ledger{"main.pause": &ledger}, map[string]any{"medianNs": medians})
	truth.Gate("end")
}
