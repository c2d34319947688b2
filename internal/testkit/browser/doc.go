// Package browser shows pages of the site to a real Chromium and looks at them
// as a person would: text, keys, pictures, dark and narrow, with and without
// script, and what axe finds.
//
//	tab := browser.New(t, site.URL)
//	tab.Open("/stories")
//	tab.Click("nav a[href='/topics']")
//	tab.NoAxeFindings()
//
// One Chromium runs for a test process, with a profile that is gone afterwards;
// each Tab has cookies and a cache of its own, so tests may run in parallel. A
// Tab is for one goroutine.
//
// A Tab listens for what must not happen: a request to another origin, a
// refusal by the Content-Security-Policy, an error in the console. What a test
// does not ask for with Outside, Refused or Errors fails it at its end. The
// browser resolves no name but localhost: nothing leaves the machine.
//
// Tests that use it are called TestBrowser…, so that `make test` runs them
// apart. They need Chromium and axe-core, which scripts/test-deps installs; a
// test whose browser is missing fails.
package browser
