package feed

import (
	"bytes"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/attache/bot/fetch"
	"example.org/attache/bot/state"
	"example.org/attache/corpus"
)

// site is a local web of sources, which a test changes as it goes.
type site struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]page
	asked []string // the paths that were asked for, robots.txt aside
	agent string
}

// page is what a site has at a path. Its text may name the site as HOST.
type page struct {
	text, kind, etag string
	status           int
	header           map[string]string
	serve            http.HandlerFunc // in place of all that
}

func newSite(t *testing.T) *site {
	s := &site{pages: map[string]page{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	p, ok := s.pages[r.URL.RequestURI()]
	if r.URL.Path != "/robots.txt" {
		s.asked = append(s.asked, r.URL.RequestURI())
	}
	s.agent = r.UserAgent()
	s.mu.Unlock()
	switch {
	case !ok:
		http.NotFound(w, r)
		return
	case p.serve != nil:
		p.serve(w, r)
		return
	}
	for k, v := range p.header {
		w.Header().Set(k, v)
	}
	if p.kind != "" {
		w.Header().Set("Content-Type", p.kind)
	}
	if p.etag != "" {
		w.Header().Set("ETag", p.etag)
		if r.Header.Get("If-None-Match") == p.etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if p.status != 0 {
		w.WriteHeader(p.status)
	}
	fmt.Fprint(w, strings.ReplaceAll(p.text, "HOST", s.URL))
}

func (s *site) put(path string, p page) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = p
}

func (s *site) drop(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.pages, path)
}

// requests returns what was asked for since it was called last.
func (s *site) requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := s.asked
	s.asked = nil
	return asked
}

// desk is a Poller with a corpus of its own.
type desk struct {
	*Poller
	t      *testing.T
	dir    string
	log    bytes.Buffer
	store  state.Store
	change int
}

func everywhere(netip.Addr) bool { return true }

func newDesk(t *testing.T, s *site, feeds ...Feed) *desk {
	t.Helper()
	d := &desk{t: t, dir: t.TempDir()}
	var err error
	if d.store, err = state.Open(t.TempDir(), time.Hour); err != nil {
		t.Fatal(err)
	}
	for i := range feeds {
		f := &feeds[i]
		f.Address = s.URL + f.Address
		if f.Name == "" {
			f.Name = "ministry"
		}
		if f.Every == 0 {
			f.Every = DefaultEvery
		}
		if f.Keep == (Keep{}) {
			f.Keep = DefaultKeep
		}
		if f.Pattern != "" {
			f.Pattern = s.URL + f.Pattern
		}
		if err := f.Check(); err != nil {
			t.Fatal(err)
		}
	}
	d.Poller = New(feeds, Options{Web: fetch.New([]string{s.URL}, everywhere), Store: d.store, Corpus: d.dir,
		Log: slog.New(slog.NewTextHandler(&d.log, nil)), Changed: func() { d.change++ }, Pause: time.Millisecond})
	return d
}

// round asks all feeds once, and fails the test where one can't be read.
func (d *desk) round() {
	d.t.Helper()
	if err := d.Once(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

// later lets time pass for what is known of entries.
func (d *desk) later(by time.Duration) {
	d.t.Helper()
	for _, f := range d.feeds {
		k, items, err := load(d.store, f)
		if err != nil {
			d.t.Fatal(err)
		}
		for _, it := range items {
			it.Looked, it.First = it.Looked.Add(-by), it.First.Add(-by)
			for i := range it.Versions {
				it.Versions[i].Until = it.Versions[i].Until.Add(-by)
			}
			if err := save(d.store, f, k, it); err != nil {
				d.t.Fatal(err)
			}
		}
	}
}

// documents are those of the corpus, as it reads them, by their titles.
func (d *desk) documents() map[string]*corpus.Document {
	d.t.Helper()
	found := map[string]*corpus.Document{}
	for r := range corpus.Read(d.t.Context(), os.DirFS(d.dir)) {
		if r.Err != nil {
			d.t.Errorf("reading %s: %v", r.Path, r.Err)
			continue
		}
		if found[r.Document.Title] != nil {
			d.t.Errorf("two documents are called %q", r.Document.Title)
		}
		found[r.Document.Title] = r.Document
	}
	return found
}

// files are the names of the files below the corpus.
func (d *desk) files() (names []string) {
	filepath.WalkDir(d.dir, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(d.dir, name)
			names = append(names, filepath.ToSlash(rel))
		}
		return err
	})
	slices.Sort(names)
	return names
}

func (d *desk) status() Status {
	d.t.Helper()
	all, err := Statuses(d.store, d.feeds)
	if err != nil {
		d.t.Fatal(err)
	}
	return all[0]
}
