// rpcserver [microseconds=1000]: a net/rpc server whose method takes a known time. Prints its port, serves until
// standard input ends (or SIGTERM), then prints the truth about main.(*Sleeper).Sleep.
package main

import (
	"fmt"
	"io"
	"net"
	"net/rpc"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"targets/truth"
)

var ledger truth.Ledger
var took struct {
	sync.Mutex
	times []time.Duration
}

// Sleeper is the service.
type Sleeper struct{ pause time.Duration }

// Request names nothing but a number, so that the time goes into the call and not into decoding.
type Request struct{ Number int }

// Reply repeats the number.
type Reply struct{ Number int }

// Sleep is the traced method. net/rpc calls it by reflection, one goroutine a request.
//
//go:noinline
func (s *Sleeper) Sleep(request *Request, reply *Reply) error {
	ledger.Enter()
	began := time.Now()
	time.Sleep(s.pause)
	reply.Number = request.Number
	took.Lock()
	took.times = append(took.times, time.Since(began))
	took.Unlock()
	// Reflection is the caller, so nobody there could count: nothing after this line can fail.
	ledger.Return()
	return nil
}

func main() {
	pause := time.Duration(truth.Argument(1, 1000)) * time.Microsecond
	if err := rpc.Register(&Sleeper{pause}); err != nil {
		panic(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("{\"port\":%d,\"pid\":%d}\n", listener.Addr().(*net.TCPAddr).Port, os.Getpid())
	go rpc.Accept(listener)

	ended := make(chan os.Signal, 2)
	signal.Notify(ended, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		ended <- syscall.SIGTERM
	}()
	<-ended
	took.Lock()
	defer took.Unlock()
	truth.Print([]string{"main.(*Sleeper).Sleep"}, map[string]*truth.Ledger{"main.(*Sleeper).Sleep": &ledger},
		map[string]any{"medianNs": truth.Median(took.times)})
}
