package browser

import (
	"context"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Network is how a tab reaches the site.
type Network struct {
	Offline bool
	Only    string        // path, which may have *, of the requests that it is for; empty for all
	Latency time.Duration // of each answer
	Bytes   float64       // a second, each way; 0 for as many as there are
}

// Over lets the tab reach the site through such a network from now on. What the
// browser says of itself, navigator.onLine, follows.
func (b *Tab) Over(n Network) {
	b.t.Helper()
	rate := n.Bytes
	if rate == 0 {
		rate = -1
	}
	ms, pattern := float64(n.Latency.Milliseconds()), ""
	if n.Only != "" {
		pattern = b.watch.origin + n.Only
	}
	b.do("change the network", chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{URLPattern: pattern, Offline: n.Offline, Latency: ms, DownloadThroughput: rate, UploadThroughput: rate}}})
		return err
	}), command(network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: n.Offline && n.Only == "", Latency: ms, DownloadThroughput: rate, UploadThroughput: rate}))
}
