package browser

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// Passkeys is a keeper of passkeys in the tab's machine, which has checked who is there.
type Passkeys struct {
	b  *Tab
	id webauthn.AuthenticatorID
}

// Passkeys gives the machine one, which says yes to everything.
func (b *Tab) Passkeys() *Passkeys {
	b.t.Helper()
	p := &Passkeys{b: b}
	b.do("keep passkeys",
		command(webauthn.Enable, webauthn.EnableParams{}),
		chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			made, err := cdp.Call(ctx, t, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
				Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal, HasResidentKey: true,
				HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true}})
			p.id = made.AuthenticatorID
			return err
		}))
	return p
}

// Present says whether somebody is there who says yes; without them a request waits.
func (p *Passkeys) Present(yes bool) {
	p.b.t.Helper()
	p.b.do("say yes", command(webauthn.SetAutomaticPresenceSimulation, webauthn.SetAutomaticPresenceSimulationParams{AuthenticatorID: p.id, Enabled: yes}))
}
