//go:build !direct

package main

import "net/rpc"

// caller hides the concrete type, so that the compiler cannot inline net/rpc.(*Client).Call away.
type caller interface {
	Call(method string, request any, reply any) error
}

//go:noinline
func hide(client *rpc.Client) caller { return client }

func callServer(client *rpc.Client, request *Request, reply *Reply) error {
	return hide(client).Call("Sleeper.Sleep", request, reply)
}
