package join

import (
	"encoding/json"
	"net/http"

	"waypost/members/passkeys"
	"waypost/web/kit"
	"waypost/web/shell"
)

// ByPasskey signs people in by their passkeys. Both halves are for the script of the
// page: without script there are no passkeys, and mail is there.
type ByPasskey struct {
	*shell.Shell
	Proxies  kit.Proxies
	Passkeys *passkeys.Service
}

const bodyPasskey = 64 << 10

// Routes are its lines of the site map.
func (j *ByPasskey) Routes() []kit.Route {
	post := func(path string, h kit.Handler) kit.Route {
		return kit.Route{Path: path, Methods: []string{http.MethodPost}, Roles: []string{kit.Anyone}, Body: bodyPasskey, Cache: kit.Private, Handler: h}
	}
	return []kit.Route{
		post("/sign-in/passkey/options", j.options),
		post("/sign-in/passkey", j.signIn),
	}
}

// options answers POST /sign-in/passkey/options, the same for everybody.
func (j *ByPasskey) options(w http.ResponseWriter, r *http.Request) error {
	options, err := j.Passkeys.BeginSignIn(r.Context(), j.Browser(w, r), j.Proxies.Network(r))
	if err != nil {
		return err
	}
	return shell.AnswerJSON(w, r, http.StatusOK, options)
}

// signIn answers POST /sign-in/passkey with where to go on.
func (j *ByPasskey) signIn(w http.ResponseWriter, r *http.Request) error {
	var given struct {
		Credential json.RawMessage `json:"credential"`
		Next       string          `json:"next"`
	}
	if err := kit.ParseJSON(r, &given); err != nil {
		return err
	}
	secret, account, err := j.Passkeys.SignIn(r.Context(), j.KnownBrowser(r), given.Credential, shell.Device(r))
	if err != nil {
		return err
	}
	if err := j.Begin(w, r, secret); err != nil {
		return err
	}
	next, err := j.Landing(r.Context(), account, given.Next)
	if err != nil {
		return err
	}
	return shell.Answer(w, r, http.StatusOK, shell.Sent{Next: next})
}
