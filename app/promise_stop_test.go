package app_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"waypost/internal/testkit/site"
)

// TestStopFinishesRequestsInFlight ends a site while a form is still being sent: the
// rest is read, the story is saved and the answer says so; then nobody answers.
func TestStopFinishesRequestsInFlight(t *testing.T) {
	t.Parallel()
	s := site.New(t, site.Demo, site.RealTime, site.Running)
	form := newStory(s, s.SignIn(), "Sent while the server stopped", "To the end.")
	owner, late := s.SignIn(), s.Reader()
	form.Values.Set("do", "save")
	conn, in := begin(t, s, "/desk/stories/new", "waypost="+owner.Cookie("waypost"), form.Values)

	stopped := make(chan struct{})
	go func() { s.Stop(); close(stopped) }()
	eventually(t, "the word that the program is stopping", func() bool {
		return s.Health.Ready(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/readyz", nil)) != nil
	})
	if _, err := conn.Write([]byte(form.Values.Encode())); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(in, nil)
	if err != nil {
		t.Fatalf("the form in flight has no answer: %v", err)
	}
	if to := answer.Header.Get("Location"); answer.StatusCode != http.StatusSeeOther || !strings.HasPrefix(to, "/desk/stories/") {
		t.Errorf("the form in flight is answered %d, %q", answer.StatusCode, to)
	}
	<-stopped
	if err := late.Fails("/"); err == nil {
		t.Error("somebody still answers")
	}
	again := site.New(t, site.In(s.Folder, s.Place))
	if n := site.Rows[int64](again, `SELECT count(*) FROM stories WHERE title = 'Sent while the server stopped'`)[0]; n != 1 {
		t.Errorf("the story was saved %d times", n)
	}
}

// begin sends the head of a request and waits until its handler asks for the body
// (RFC 9110, section 10.1.1).
func begin(t *testing.T, s *site.Site, path, cookie string, form url.Values) (net.Conn, *bufio.Reader) {
	t.Helper()
	host := strings.TrimPrefix(s.URL, "http://")
	conn, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	_, err = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nCookie: %s\r\nExpect: 100-continue\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n", path, host, s.URL, cookie, len(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(conn)
	line, err := in.ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "HTTP/1.1 100 ") {
		t.Fatalf("the handler does not ask for the body: %q, %v", line, err)
	}
	if _, err := in.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	return conn, in
}
