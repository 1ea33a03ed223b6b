package feed

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// listing is what a source lists.
type listing struct {
	kind     string // one of the kinds below
	title    string // of the source
	language string
	entries  []entry // newest first
	children []entry // other sitemaps
	partial  bool    // there are more than are listed
}

// The kinds of sources.
const (
	kindFeed    = "feed"
	kindSitemap = "sitemap"
	kindPage    = "page"
)

// entry is one thing that a source lists.
type entry struct {
	key       string // stays the same as long as it is the same thing
	link      string // of its page, absolute; empty where it has none
	title     string
	author    string
	content   string // HTML
	tags      []string
	published time.Time // zero: unknown
	updated   time.Time
}

// signal stands for all that a listing says of an entry: where it changes, the
// entry may have.
func (e entry) signal() string {
	return digest(24, e.title, e.author, e.content, strings.Join(e.tags, "\x00"), e.published.UTC().Format(time.RFC3339), e.updated.UTC().Format(time.RFC3339))
}

// list reads what a source lists: data is what is found at address.
func (f Feed) list(data []byte, address string, now time.Time) (l listing, err error) {
	base, err := url.Parse(address)
	if err != nil {
		return l, fmt.Errorf("reading the address %q: %w", address, err)
	}
	if data, err = unpacked(data); err != nil {
		return l, err
	}
	switch root := rootOf(data); root {
	case "rss", "feed", "rdf", "json":
		l, err = readFeed(data, base, now)
	case "urlset", "sitemapindex":
		l, err = readSitemap(data, base, f.matches(), now)
	case "":
		return l, errors.New("it is empty, or no feed, sitemap or page; look at its address in a browser")
	default:
		if f.Pattern == "" {
			return l, errors.New(`it is a page rather than a feed or a sitemap; set pattern to what the addresses of its documents look like, as "https://mfa.example/statements/*"`)
		}
		l, err = readPage(data, base, f.matches())
	}
	if err != nil {
		return l, err
	}
	slices.SortStableFunc(l.entries, func(a, b entry) int { return b.newest().Compare(a.newest()) })
	seen := map[string]bool{}
	l.entries = slices.DeleteFunc(l.entries, func(e entry) bool {
		again := seen[e.key]
		seen[e.key] = true
		return again
	})
	l.trim()
	return l, nil
}

// trim keeps the newest entries, as many as a source may have.
func (l *listing) trim() {
	if len(l.entries) > mostEntries {
		l.entries, l.partial = l.entries[:mostEntries], true
	}
}

// unpacked is data without the compression of sitemaps that are files.
func unpacked(data []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err == nil {
		data, err = io.ReadAll(io.LimitReader(z, mostListing+1))
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("unpacking it: %w", err)
	case len(data) > mostListing:
		return nil, fmt.Errorf("unpacked it is larger than %d MB", mostListing>>20)
	}
	return data, nil
}

// newDecoder reads XML as leniently as the feeds of the world need.
func newDecoder(data []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // only ASCII matters here
	return d
}

// rootOf is the name of the outermost element, in lower case; "json" for an
// object of JSON.
func rootOf(data []byte) string {
	data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	if bytes.HasPrefix(data, []byte("{")) {
		return "json"
	}
	d := newDecoder(data)
	for {
		token, err := d.RawToken()
		if err != nil {
			if len(data) > 0 {
				return "html" // which is no XML
			}
			return ""
		}
		if e, ok := token.(xml.StartElement); ok {
			return strings.ToLower(e.Name.Local)
		}
	}
}

// What a feed may have at most: the library for feeds goes down without a bound,
// and makes much of every element.
const (
	deepest      = 200 // elements in one another
	mostElements = 300_000
)

// bounded refuses a feed that would take too much memory to take apart.
func bounded(data []byte) error {
	depth, elements := 0, bytes.Count(data, []byte("{"))
	for d := newDecoder(data); elements <= mostElements; {
		token, err := d.RawToken()
		if err != nil { // who reads it says so
			return nil
		}
		switch token.(type) {
		case xml.StartElement:
			elements++
			if depth++; depth > deepest {
				return fmt.Errorf("its elements lie more than %d deep in one another", deepest)
			}
		case xml.EndElement:
			depth--
		}
	}
	return fmt.Errorf("it has more than %d elements", mostElements)
}

// readFeed reads RSS, Atom or JSON Feed.
func readFeed(data []byte, base *url.URL, now time.Time) (l listing, err error) {
	if err := bounded(data); err != nil {
		return l, fmt.Errorf("reading the feed: %w; it is damaged, or no feed to be read again and again", err)
	}
	parsed, err := parseFeed(data)
	if err != nil {
		return l, fmt.Errorf("reading the feed: %w; it is damaged at its source", err)
	}
	l = listing{kind: kindFeed, title: plain(parsed.Title), language: parsed.Language}
	for _, i := range parsed.Items {
		if i == nil {
			continue
		}
		e := entry{link: resolve(base, i.Link), title: plain(i.Title), content: cmp.Or(strings.TrimSpace(i.Content), strings.TrimSpace(i.Description)),
			published: sane(i.PublishedParsed, now), updated: sane(i.UpdatedParsed, now)}
		if e.published.IsZero() && strings.TrimSpace(i.Published) == "" {
			e.published = e.updated
		}
		for _, a := range i.Authors {
			if a == nil {
				continue
			}
			if name := plain(a.Name); name != "" {
				e.author += ", " + name
			}
		}
		e.author = strings.TrimPrefix(e.author, ", ")
		for _, c := range i.Categories {
			if c = plain(c); c != "" && !slices.Contains(e.tags, c) && len(e.tags) < 20 {
				e.tags = append(e.tags, c)
			}
		}
		if e.key = cmp.Or(strings.TrimSpace(i.GUID), e.link); e.key == "" {
			e.key = digest(24, e.title, e.content)
		}
		if e.link != "" || plain(e.content) != "" {
			l.entries = append(l.entries, e)
		}
	}
	l.tellApart()
	return l, nil
}

// tellApart gives entries keys of their own where the feed gives several pages
// one.
func (l *listing) tellApart() {
	link := map[string]string{}
	shared := map[string]bool{}
	for _, e := range l.entries {
		if before, ok := link[e.key]; ok && before != e.link {
			shared[e.key] = true
		}
		link[e.key] = e.link
	}
	for i := range l.entries {
		if e := &l.entries[i]; shared[e.key] {
			e.key = cmp.Or(e.link, digest(24, e.title, e.content))
		}
	}
}

// parseFeed hands data to the library, whose faults are the data's.
func parseFeed(data []byte) (parsed *gofeed.Feed, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("it can't be taken apart (%v)", p)
		}
	}()
	return gofeed.NewParser().Parse(bytes.NewReader(data))
}

// readSitemap reads a sitemap, or an index of sitemaps.
func readSitemap(data []byte, base *url.URL, matches func(string) bool, now time.Time) (listing, error) {
	l := listing{kind: kindSitemap}
	d := newDecoder(data)
	for {
		token, err := d.Token()
		if err == io.EOF {
			return l, nil
		}
		if err != nil {
			return l, fmt.Errorf("reading the sitemap: %w; it is damaged at its source", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "url" && start.Name.Local != "sitemap" {
			continue
		}
		var told struct {
			Loc      string `xml:"loc"`
			Modified string `xml:"lastmod"`
			News     struct {
				Title string `xml:"title"`
				Date  string `xml:"publication_date"`
			} `xml:"news"`
		}
		if err := d.DecodeElement(&told, &start); err != nil {
			return l, fmt.Errorf("reading the sitemap: %w; it is damaged at its source", err)
		}
		e := entry{link: resolve(base, told.Loc), title: plain(told.News.Title), published: moment(told.News.Date, now), updated: moment(told.Modified, now)}
		switch e.key = e.link; {
		case e.link == "":
		case start.Name.Local == "sitemap":
			if len(l.children) == mostEntries {
				l.partial = true
				return l, nil
			}
			l.children = append(l.children, e)
		case matches(e.link):
			if len(l.entries) == 5*mostEntries { // as many as a sitemap may have
				l.partial = true
				return l, nil
			}
			l.entries = append(l.entries, e)
		}
	}
}

// moment reads a date of a sitemap; zero where it is none.
func moment(s string, now time.Time) time.Time {
	s = strings.TrimSpace(s)
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02", "2006-01"} {
		if t, err := time.Parse(form, s); err == nil {
			return sane(&t, now)
		}
	}
	return time.Time{}
}

// readPage reads the links of a page that match.
func readPage(data []byte, base *url.URL, matches func(string) bool) (listing, error) {
	l := listing{kind: kindPage}
	z := html.NewTokenizer(bytes.NewReader(data))
	z.SetMaxBuf(1 << 20)
	self := *base
	self.Fragment = ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); err != io.EOF {
				return l, fmt.Errorf("reading the page: %w", err)
			}
			return l, nil
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			href := attribute(t, "href")
			switch {
			case t.DataAtom == atom.Base && href != "":
				if u, err := base.Parse(href); err == nil {
					base = u
				}
			case t.DataAtom == atom.A && href != "":
				link := resolve(base, href)
				if link != "" && link != self.String() && matches(link) {
					l.entries = append(l.entries, entry{key: link, link: link})
				}
			case t.DataAtom == atom.Html:
				l.language = attribute(t, "lang")
			}
			if len(l.entries) > 5*mostEntries {
				l.partial = true
				return l, nil
			}
		}
	}
}

func attribute(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// resolve makes a link that is in a page at base absolute, without its
// fragment; empty where it leads to no page.
func resolve(base *url.URL, link string) string {
	const longest = 2000
	link = strings.TrimSpace(link)
	if link == "" || len(link) > longest {
		return ""
	}
	u, err := base.Parse(link)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	u.Fragment = ""
	return u.String()
}

// plain is the text of something that may be HTML, on one line.
func plain(s string) string {
	const longest = 1 << 20
	s = s[:min(len(s), longest)]
	if strings.ContainsAny(s, "<&") {
		var b strings.Builder
		z := html.NewTokenizer(strings.NewReader(s))
		hidden := 0
		for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
			name, _ := z.TagName()
			switch at := atom.Lookup(name); {
			case kind == html.TextToken && hidden == 0:
				b.WriteString(html.UnescapeString(string(z.Text())))
			case at == atom.Script || at == atom.Style:
				if kind == html.StartTagToken {
					hidden++
				} else if kind == html.EndTagToken && hidden > 0 {
					hidden--
				}
			case kind == html.StartTagToken && (at == atom.Br || at == atom.P || at == atom.Div || at == atom.Li):
				b.WriteByte(' ')
			}
		}
		s = html.UnescapeString(b.String())
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
}
