package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
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
