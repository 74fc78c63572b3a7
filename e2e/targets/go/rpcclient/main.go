// rpcclient PORT [calls=1000] [goroutines=4]: calls rpcserver with net/rpc's Client.Call and measures each call itself.
package main

import (
	"fmt"
	"net/rpc"
	"sync"
	"time"

	"targets/truth"
)

// Request and Reply have the same fields as the server's.
type Request struct{ Number int }

// Reply repeats the number.
type Reply struct{ Number int }

const symbol = "net/rpc.(*Client).Call"

var ledger truth.Ledger

func main() {
	port, total, workers := truth.Argument(1, 0), truth.Argument(2, 1000), truth.Argument(3, 4)
	client, err := rpc.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		panic(err)
	}
	truth.Gate("start")

	numbers := make(chan int)
	var mutex sync.Mutex
	var times []time.Duration
	var all sync.WaitGroup
	for w := 0; w < workers; w++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for number := range numbers {
				var reply Reply
				began := time.Now()
				ledger.Enter()
				if err := callServer(client, &Request{number}, &reply); err != nil || reply.Number != number {
					panic(fmt.Sprint("wrong reply: ", err, reply))
				}
				ledger.Return()
				took := time.Since(began)
				mutex.Lock()
				times = append(times, took)
				mutex.Unlock()
			}
		}()
	}
	for number := 0; number < total; number++ {
		numbers <- number
	}
	close(numbers)
	all.Wait()

	least := times[0]
	for _, took := range times {
		if took < least {
			least = took
		}
	}
	truth.Print([]string{symbol}, map[string]*truth.Ledger{symbol: &ledger},
		map[string]any{"minNs": int64(least), "medianNs": truth.Median(times)})
	truth.Gate("end")
}
