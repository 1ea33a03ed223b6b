// Package fetch gets documents from the addresses that the configuration
// allows.
//
// An admin of a chat server is not an admin of the machine: what is fetched
// never comes from a private network, whatever a name resolves to or a
// redirect says, and is bounded in size and time.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strings"
	"syscall"
	"time"
)

const (
	maxSize      = 50 << 20 // bytes of a document
	maxTime      = 30 * time.Second
	maxRedirects = 5
)

// ErrNotAllowed is the error for an address that the configuration does not
// allow.
var ErrNotAllowed = errors.New("the configuration does not allow this address")

// File is a document that was fetched.
type File struct {
	Name string // as the address or its server names it; not to be trusted
	Data []byte
}

// Fetcher gets documents.
type Fetcher struct {
	allowed []string
	permit  func(netip.Addr) bool
}

// New returns a Fetcher for the addresses that begin with one of allowed.
func New(allowed []string) *Fetcher { return &Fetcher{allowed, public} }

// Get gets the document at address.
func (f *Fetcher) Get(ctx context.Context, address string) (File, error) {
	u, err := url.Parse(address)
	if err != nil || !f.allows(u) {
		return File{}, fmt.Errorf("fetching %q: %w", address, ErrNotAllowed)
	}
	ctx, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return File{}, fmt.Errorf("fetching %s: %w", u.Redacted(), err)
	}
	req.Header.Set("User-Agent", "Attache (+a bot that quotes documents)")
	client := f.client()
	defer client.CloseIdleConnections()
	resp, err := client.Do(req)
	if err != nil {
		return File{}, fmt.Errorf("fetching a document: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return File{}, fmt.Errorf("fetching %s: the server answered %s", u.Redacted(), resp.Status)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxSize+1))
	if err != nil {
		return File{}, fmt.Errorf("fetching %s: %w", u.Redacted(), err)
	}
	if len(data) > maxSize {
		return File{}, fmt.Errorf("fetching %s: the document is larger than %d MB", u.Redacted(), maxSize>>20)
	}
	return File{Name: name(resp), Data: data}, nil
}

// allows reports whether u begins with one of the allowed addresses: the same
// scheme and host, and a path below theirs.
func (f *Fetcher) allows(u *url.URL) bool {
	if u.User != nil || u.Opaque != "" {
		return false
	}
	for _, a := range f.allowed {
		have, err := url.Parse(a)
		if err != nil || u.Scheme != have.Scheme || !strings.EqualFold(u.Host, have.Host) {
			continue
		}
		at := path.Clean("/" + u.Path)
		below := strings.TrimSuffix(path.Clean("/"+have.Path), "/")
		if at == below || strings.HasPrefix(at, below+"/") {
			return true
		}
	}
	return false
}

// client returns a client that keeps the rules at each connection it makes and
// each redirect it follows.
func (f *Fetcher) client() *http.Client {
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: f.control}
	return &http.Client{
		Transport: &http.Transport{ // no proxy: it would connect for us, and look at no rule
			DialContext:           dialer.DialContext,
			TLSHandshakeTimeout:   10 * time.Second,
			ResponseHeaderTimeout: 15 * time.Second,
		},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			switch {
			case len(via) > maxRedirects:
				return fmt.Errorf("more than %d redirects", maxRedirects)
			case !f.allows(req.URL):
				return fmt.Errorf("redirected to %s: %w", req.URL.Redacted(), ErrNotAllowed)
			}
			return nil
		},
	}
}

// control refuses to connect to what is not public. It sees the address that a
// name has been resolved to, so that a name can't change in between.
func (f *Fetcher) control(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("connecting to %s: %w", address, err)
	}
	if !f.permit(to.Addr()) {
		return fmt.Errorf("connecting to %s, which is no public address: %w", to.Addr(), ErrNotAllowed)
	}
	return nil
}

// special are networks that are not public though netip has no word for them.
var special = func() (p []netip.Prefix) {
	for _, s := range []string{
		"::/96", "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "240.0.0.0/4", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fec0::/10",
	} {
		p = append(p, netip.MustParsePrefix(s))
	}
	return p
}()

// public reports whether an address is one of the open Internet.
func public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() {
		return false
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// name is what a response calls its document, with the extension of its kind.
func name(resp *http.Response) string {
	n := path.Base(resp.Request.URL.Path)
	if _, params, err := mime.ParseMediaType(resp.Header.Get("Content-Disposition")); err == nil && params["filename"] != "" {
		n = path.Base(params["filename"])
	}
	if n == "/" || n == "." {
		n = resp.Request.URL.Hostname()
	}
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if ext, ok := extensions[kind]; ok && path.Ext(n) != ext && !(ext == ".html" && path.Ext(n) == ".htm") {
		n += ext
	}
	return n
}

// extensions are those of the kinds of documents that are named by their
// server rather than by their address.
var extensions = map[string]string{
	"text/html":                               ".html",
	"application/xhtml+xml":                   ".html",
	"application/pdf":                         ".pdf",
	"message/rfc822":                          ".eml",
	"application/tei+xml":                     ".xml",
	"application/epub+zip":                    ".epub",
	"text/csv":                                ".csv",
	"text/markdown":                           ".md",
	"application/jsonl":                       ".jsonl",
	"application/x-ndjson":                    ".jsonl",
	"application/zip":                         ".zip",
	"application/gzip":                        ".gz",
	"application/vnd.oasis.opendocument.text": ".odt",
	"application/rtf":                         ".rtf",
	"text/rtf":                                ".rtf",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   ".docx",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         ".xlsx",
}
