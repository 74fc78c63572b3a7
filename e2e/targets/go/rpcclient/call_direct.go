//go:build direct

package main

import "net/rpc"

// A direct call: an optimising compiler inlines net/rpc.(*Client).Call here and no symbol of that name is left.
func callServer(client *rpc.Client, request *Request, reply *Reply) error {
	return client.Call("Sleeper.Sleep", request, reply)
}
