// recursion [rounds=20] [depth=1000]: the traced function calls itself, and the goroutine's stack grows (moves) while
// hundreds of calls are open. Each round runs on a new goroutine with a small stack.
package main

import (
	"runtime"
	"unsafe"

	"targets/truth"
)

var ledger truth.Ledger
var moved int

//go:noinline
func descend(depth int) int {
	ledger.Enter()
	var frame [160]byte
	// The address of a local tells whether the stack was copied while the inner calls ran.
	before := uintptr(unsafe.Pointer(&frame))
	frame[depth%160] = byte(depth)
	sum := depth
	if depth > 1 {
		sum += descend(depth - 1)
		ledger.Return()
	}
	if uintptr(unsafe.Pointer(&frame)) != before {
		moved++
	}
	return sum + int(frame[depth%160]) - int(byte(depth))
}

func main() {
	rounds, depth := truth.Argument(1, 20), truth.Argument(2, 1000)
	truth.Gate("start")
	for round := 0; round < rounds; round++ {
		sum := make(chan int)
		go func() {
			result := descend(depth)
			ledger.Return()
			sum <- result
		}()
		if <-sum != depth*(depth+1)/2 {
			panic("wrong sum")
		}
		if round%5 == 4 {
			runtime.GC()
		}
	}
	truth.Print([]string{"main.descend"}, map[string]*truth.Ledger{"main.descend": &ledger}, map[string]any{"moved": moved})
	truth.Gate("end")
}
