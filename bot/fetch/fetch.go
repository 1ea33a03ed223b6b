// Package fetch gets documents from the addresses that the configuration
// allows: single ones, and what feeds list.
//
// An admin of a chat server is not an admin of the machine: what is fetched
// never comes from a private network, whatever a name resolves to or a
// redirect says, and is bounded in size and time.
package fetch

import (
	"cmp"
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
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	maxSize      = 50 << 20 // bytes of a document
	maxTime      = 30 * time.Second
	maxRedirects = 5
)

// Agent is the name by which servers, and their robots.txt, know the program.
const Agent = "Attache"

// ErrTooLarge is that an answer has more bytes than were asked for.
var ErrTooLarge = errors.New("the document is larger")

// ErrNotAllowed is the error for an address that the configuration does not
// allow.
var ErrNotAllowed = errors.New("the configuration does not allow this address")

// File is a document that was fetched.
type File struct {
	Name string // as the address or its server names it; not to be trusted
	Data []byte
}

// Request is what to get. ETag and Modified are what the server said of it the
// last time: it then answers only when that has changed.
type Request struct {
	Address  string
	ETag     string
	Modified string // a Last-Modified
	Most     int64  // bytes of the answer at most; 0: those of a document, 50 MB
}

// Response is what a server answered.
type Response struct {
	File
	Address   string // where it was found, after redirects
	Type      string // its media type, without parameters
	ETag      string
	Modified  string
	Unchanged bool // it is as it was the last time, and there is no File
}

// StatusError is the error for an answer that is no document.
type StatusError struct {
	Address string
	Code    int
	Status  string        // the code in words
	Wait    time.Duration // for which the server wants no request; 0 where it doesn't say
}

func (e *StatusError) Error() string {
	s := fmt.Sprintf("fetching %s: the server answered %s", e.Address, e.Status)
	if e.Wait > 0 {
		s += fmt.Sprintf(" and asks for a pause of %v", e.Wait)
	}
	return s
}

// Gone reports whether there is nothing at the address any more.
func (e *StatusError) Gone() bool { return e.Code == http.StatusNotFound || e.Code == http.StatusGone }

// Fetcher gets documents.
type Fetcher struct {
	allowed  []string
	permit   func(netip.Addr) bool
	patience time.Duration // for a document
	resolver *net.Resolver // of names; nil: the system's
}

// New returns a Fetcher for the addresses that begin with one of allowed and
// that lie on the open Internet. The networks of other machines are reached only
// where permit says so; it may be nil, and is for tests.
func New(allowed []string, permit func(netip.Addr) bool) *Fetcher {
	if permit == nil {
		permit = public
	}
	return &Fetcher{allowed: allowed, permit: permit, patience: maxTime}
}

// Allows reports whether the configuration allows an address.
func (f *Fetcher) Allows(address string) bool {
	u, err := url.Parse(address)
	return err == nil && f.allows(u)
}

// Get gets the document at address.
func (f *Fetcher) Get(ctx context.Context, address string) (File, error) {
	r, err := f.Fetch(ctx, Request{Address: address})
	return r.File, err
}

// Fetch gets what a request asks for. An answer that is no document is a
// [StatusError].
func (f *Fetcher) Fetch(ctx context.Context, r Request) (Response, error) {
	return f.fetch(ctx, r, f.allows)
}

// Robots gets the robots.txt of the host of an address that is allowed.
func (f *Fetcher) Robots(ctx context.Context, address string) (Response, error) {
	const most = 512 << 10
	u, err := url.Parse(address)
	if err != nil || !f.allows(u) {
		return Response{}, fmt.Errorf("fetching the robots.txt of %q: %w", address, ErrNotAllowed)
	}
	robots := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	return f.fetch(ctx, Request{Address: robots.String(), Most: most}, func(to *url.URL) bool {
		return f.allows(to) || to.User == nil && to.Scheme == u.Scheme && strings.EqualFold(to.Host, u.Host) && to.Path == robots.Path
	})
}

// fetch gets what a request asks for from an address that allows takes, and
// over redirects to such.
func (f *Fetcher) fetch(ctx context.Context, r Request, allows func(*url.URL) bool) (Response, error) {
	u, err := url.Parse(r.Address)
	if err != nil || !allows(u) {
		return Response{}, fmt.Errorf("fetching %q: %w", r.Address, ErrNotAllowed)
	}
	most := cmp.Or(r.Most, maxSize)
	slow := fmt.Errorf("fetching %s: it took longer than %v", u.Redacted(), f.patience)
	ctx, cancel := context.WithTimeoutCause(ctx, f.patience, slow)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return Response{}, fmt.Errorf("fetching %s: %w", u.Redacted(), err)
	}
	req.Header.Set("User-Agent", Agent+"/1 (a bot that quotes documents and cites them)")
	for header, value := range map[string]string{"If-None-Match": r.ETag, "If-Modified-Since": r.Modified} {
		if value != "" {
			req.Header.Set(header, value)
		}
	}
	client := f.client(allows)
	defer client.CloseIdleConnections()
	resp, err := client.Do(req)
	if context.Cause(ctx) == slow {
		return Response{}, slow
	}
	if err != nil {
		return Response{}, fmt.Errorf("fetching a document: %w", err)
	}
	defer resp.Body.Close()
	out := Response{Address: resp.Request.URL.String(), ETag: resp.Header.Get("ETag"), Modified: resp.Header.Get("Last-Modified")}
	switch {
	case resp.StatusCode == http.StatusNotModified && (r.ETag != "" || r.Modified != ""):
		out.Unchanged = true
		return out, nil
	case resp.StatusCode != http.StatusOK:
		return Response{}, &StatusError{u.Redacted(), resp.StatusCode, resp.Status, retryAfter(resp.Header, time.Now())}
	}
	large := fmt.Errorf("fetching %s: %w than %s", u.Redacted(), ErrTooLarge, size(most))
	if resp.ContentLength > most {
		return Response{}, large
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	switch {
	case context.Cause(ctx) == slow:
		return Response{}, slow
	case err != nil:
		return Response{}, fmt.Errorf("fetching %s: %w", u.Redacted(), err)
	case int64(len(data)) > most:
		return Response{}, large
	}
	out.Type, _, _ = mime.ParseMediaType(resp.Header.Get("Content-Type"))
	out.File = File{Name: name(resp), Data: data}
	return out, nil
}

func size(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d kB", n>>10)
	}
	return fmt.Sprintf("%d MB", n>>20)
}

// longestWait is the longest pause that a server is believed to want.
const longestWait = 7 * 24 * time.Hour

// retryAfter reads for how long a server wants no request: seconds, or a date.
func retryAfter(h http.Header, now time.Time) time.Duration {
	told := strings.TrimSpace(h.Get("Retry-After"))
	if n, err := strconv.ParseUint(told, 10, 31); err == nil {
		return min(time.Duration(n)*time.Second, longestWait)
	}
	if at, err := http.ParseTime(told); err == nil {
		return min(max(at.Sub(now).Round(time.Second), 0), longestWait)
	}
	return 0
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
// each redirect it follows, which allows takes.
func (f *Fetcher) client(allows func(*url.URL) bool) *http.Client {
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: f.control, Resolver: f.resolver}
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
			case !allows(req.URL):
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
