package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

func TestOnlyAllowedAddresses(t *testing.T) {
	f := New([]string{"https://gazette.example/news/", "http://archive.example"}, nil)
	for address, want := range map[string]bool{
		"https://gazette.example/news/1.html":        true,
		"https://GAZETTE.example/news/1.html":        true,
		"http://archive.example":                     true,
		"http://archive.example/any/thing?q=1":       true,
		"http://gazette.example/news/1.html":         false, // not the scheme
		"https://gazette.example/newspaper":          false,
		"https://gazette.example/news/../admin":      false,
		"https://gazette.example/news/%2e%2e/admin":  false,
		"https://gazette.example:8443/news/1.html":   false,
		"https://gazette.example.evil.example/news/": false,
		"https://gazette.example@evil.example/news/": false,
		"https://user:pass@gazette.example/news/1":   false,
		"file:///etc/passwd":                         false,
		"https:gazette.example/news/1":               false,
		"//gazette.example/news/1":                   false,
	} {
		u, err := url.Parse(address)
		if got := err == nil && f.allows(u); got != want {
			t.Errorf("%s is allowed: %v", address, got)
		}
	}
	if _, err := f.Get(t.Context(), "ftp://x"); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("got %v", err)
	}
}

func TestPublic(t *testing.T) {
	for address, want := range map[string]bool{
		"8.8.8.8": true, "2606:4700::1111": true,
		"127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false,
		"100.64.0.1": false, "0.0.0.0": false, "0.1.2.3": false, "255.255.255.255": false, "224.0.0.1": false, "198.18.0.1": false,
		"::1": false, "::": false, "::7f00:1": false, "fe80::1%eth0": false, "fd00::1": false, "::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false,
		"64:ff9b::7f00:1": false, "2002:7f00:1::": false, "ff02::1": false,
	} {
		if got := public(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s is public: %v", address, got)
		}
	}
}

func TestPrivateNetworksAreNotReached(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the server was reached") }))
	defer s.Close()
	if _, err := New([]string{s.URL}, nil).Get(t.Context(), s.URL+"/a.txt"); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("got %v", err)
	}
}

// local returns a Fetcher that may reach the test's own server.
func local(allowed string) *Fetcher {
	return New([]string{allowed}, func(netip.Addr) bool { return true })
}

func TestGet(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/docs/a.txt", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "A report.") })
	mux.HandleFunc("/docs/story", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, "<p>A report.</p>")
	})
	mux.HandleFunc("/docs/dl", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/pdf")
		w.Header().Set("Content-Disposition", `attachment; filename="../../evil"`)
	})
	mux.HandleFunc("/docs/large", func(w http.ResponseWriter, _ *http.Request) {
		for chunk := strings.Repeat("x", 1<<20); ; {
			if _, err := fmt.Fprint(w, chunk); err != nil {
				return
			}
		}
	})
	mux.Handle("/docs/away", http.RedirectHandler("/secret", http.StatusFound))
	mux.Handle("/docs/near", http.RedirectHandler("/docs/a.txt", http.StatusFound))
	mux.Handle("/docs/round", http.RedirectHandler("/docs/round", http.StatusFound))
	mux.HandleFunc("/secret", func(http.ResponseWriter, *http.Request) { t.Error("a redirect led out") })
	s := httptest.NewServer(mux)
	defer s.Close()

	for address, want := range map[string]string{"/docs/a.txt": "a.txt", "/docs/near": "a.txt", "/docs/story": "story.html", "/docs/dl": "evil.pdf"} {
		if f, err := local(s.URL+"/docs").Get(t.Context(), s.URL+address); err != nil || f.Name != want {
			t.Errorf("%s: got %q, %v", address, f.Name, err)
		}
	}
	for address, want := range map[string]string{"/docs/missing": "404", "/docs/large": "larger than", "/docs/away": "does not allow", "/docs/round": "redirects"} {
		if _, err := local(s.URL+"/docs").Get(t.Context(), s.URL+address); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", address, err)
		}
	}
}

// A name that leads to the open Internet at first and to a private network later is
// followed only as long as it does the first.
func TestANameThatLeadsToAPrivateNetworkLater(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "A report.") }))
	defer s.Close()
	var leads atomic.Value
	leads.Store([4]byte{127, 0, 0, 1})
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	address := "http://gazette.test:" + u.Port() + "/"
	f := New([]string{address}, func(a netip.Addr) bool { return a.String() == "127.0.0.1" }) // the Internet of this test
	f.resolver = &net.Resolver{PreferGo: true, Dial: names(t, &leads)}
	if got, err := f.Get(t.Context(), address+"a.txt"); err != nil || string(got.Data) != "A report." {
		t.Fatalf("at first: %q, %v", got.Data, err)
	}
	for _, private := range [][4]byte{{10, 0, 0, 1}, {127, 0, 0, 2}, {169, 254, 169, 254}} {
		leads.Store(private)
		if _, err := f.Get(t.Context(), address+"a.txt"); !errors.Is(err, ErrNotAllowed) || !strings.Contains(err.Error(), "no public address") {
			t.Errorf("when it leads to %v: %v", private, err)
		}
	}
}

// names is a server of names of which each leads to one address; it returns what
// reaches it.
func names(t *testing.T, leads *atomic.Value) func(context.Context, string, string) (net.Conn, error) {
	t.Helper()
	server, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	go func() {
		for buf := make([]byte, 1500); ; {
			n, from, err := server.ReadFrom(buf)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(buf[:n]) != nil || len(m.Questions) != 1 {
				continue
			}
			m.Response, m.Additionals = true, nil
			if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
				m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 1},
					Body: &dnsmessage.AResource{A: leads.Load().([4]byte)}}}
			}
			if answer, err := m.Pack(); err == nil {
				server.WriteTo(answer, from)
			}
		}
	}()
	return func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", server.LocalAddr().String())
	}
}

func TestAnAnswerThatNeverEnds(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/drips" {
			fmt.Fprint(w, "A")
			http.NewResponseController(w).Flush()
		}
		<-r.Context().Done()
	}))
	defer s.Close()
	f := local(s.URL)
	f.patience = 50 * time.Millisecond
	for _, path := range []string{"/drips", "/silent"} {
		if _, err := f.Get(t.Context(), s.URL+path); err == nil || !strings.Contains(err.Error(), path+": it took longer than 50ms") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// An answer that announces more than is taken isn't read at all.
func TestAnAnswerThatAnnouncesTooMuch(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(2<<30))
		w.WriteHeader(http.StatusOK)
		http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}))
	defer s.Close()
	if _, err := local(s.URL).Get(t.Context(), s.URL+"/dump"); !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}
