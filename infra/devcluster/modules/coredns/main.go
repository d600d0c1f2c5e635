// Command coredns is CoreDNS with only the plugins a local cluster needs. The stock build links every cloud's SDK,
// which takes minutes to compile; the order of Directives is CoreDNS's own (plugin.cfg) and decides the chain.
package main

import (
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"

	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/health"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	_ "github.com/coredns/coredns/plugin/loadbalance"
	_ "github.com/coredns/coredns/plugin/ready"
)

func init() {
	dnsserver.Directives = []string{"health", "ready", "errors", "loadbalance", "cache", "kubernetes"}
}

func main() {
	coremain.Run()
}
