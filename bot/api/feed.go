package api

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
	"example.org/attache/corpus"
	"example.org/attache/index"
)

// How many quotes a feed is made of, and how many it has: of what bears on a
// topic the newest are taken.
const (
	feedFrom = 200
	feedSize = 50
)

// The parts of an Atom feed (RFC 4287).
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Author  atomPerson  `xml:"author"`
		Links   []atomLink  `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}
	atomEntry struct {
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Author  *atomPerson `xml:"author"`
		Links   []atomLink  `xml:"link"`
		Content atomText    `xml:"content"`
	}
	atomPerson struct {
		Name string `xml:"name"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	atomText struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	}
)

// feed answers with an Atom feed of what a command finds, newest first.
func (s *Server) feed(name string) http.Handler {
	i := slices.IndexFunc(queries, func(q query) bool { return q.name == name })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given, err := parameters(r, queries[i].options)
		if err != nil {
			fail(w, http.StatusBadRequest, err.Error())
			return
		}
		reply, ok := s.do(w, r, name, &command.Call{Options: given, Limit: feedFrom})
		if !ok {
			return
		}
		f := s.atom(r, reply)
		data, err := xml.Marshal(f)
		if err != nil {
			s.Log.Error("a feed could not be written", "error", err)
			fail(w, http.StatusInternalServerError, "the feed could not be written; the log says why")
			return
		}
		send(w, r, "application/atom+xml; charset=utf-8", append([]byte(xml.Header), data...))
	})
}

// atom makes a feed of a reply.
func (s *Server) atom(r *http.Request, reply command.Reply) atomFeed {
	self := s.address(r) + r.URL.RequestURI()
	title := []string{reply.Title}
	for o, v := range reply.Narrowed() {
		title = append(title, o.Label(words.Catalogue{})+" "+v)
	}
	f := atomFeed{ID: identity(r.URL.Path, r.URL.Query().Encode()), Title: visible(strings.Join(title, " · ")), Updated: instant(corpus.Date{}),
		Author: atomPerson{"Attaché"}, Links: []atomLink{{"self", self}}}
	var quotes []command.Quote
	for _, section := range reply.Sections {
		quotes = append(quotes, section.Quotes...)
	}
	slices.SortStableFunc(quotes, func(a, b command.Quote) int {
		return cmp.Compare(s.moment(b.Source), s.moment(a.Source))
	})
	for _, q := range quotes[:min(len(quotes), feedSize)] {
		e := s.entry(q)
		f.Updated = max(f.Updated, e.Updated)
		f.Entries = append(f.Entries, e)
	}
	return f
}

// entry makes an entry of a quote. Its ID is that of the words in their document,
// wherever there they stand.
func (s *Server) entry(q command.Quote) atomEntry {
	source := cmp.Or(q.Source.Title, q.Source.Document)
	lead := q.Speaker
	if lead == "" {
		lead = source
	}
	words := []rune(q.Text)
	short := string(words)
	if len(words) > 120 {
		short = string(words[:119]) + "…"
	}
	e := atomEntry{ID: identity(q.Source.Document, q.Text), Title: visible(lead + ": " + short), Updated: s.moment(q.Source),
		Content: atomText{"html", "<blockquote>" + html.EscapeString(visible(q.Text)) + "</blockquote><p>" + html.EscapeString(visible(cited(q))) + "</p>"}}
	if q.Speaker != "" {
		e.Author = &atomPerson{visible(q.Speaker)}
	}
	if link := webAddress(cmp.Or(q.Source.URL, q.Link)); link != "" {
		e.Links = []atomLink{{"alternate", link}}
	}
	return e
}

// cited says who says a quote and where it is printed.
func cited(q command.Quote) string {
	by := q.Speaker
	if by != "" && q.Kind == "reported" {
		by += " " + words.Say("cited.reported")
	}
	facts := []string{by, cmp.Or(q.Source.Title, q.Source.Document), q.Source.Publisher, q.Source.Published.String()}
	return strings.Join(slices.DeleteFunc(facts, func(f string) bool { return f == "" }), " · ")
}

// identity is an identifier that stays the same for the same parts.
func identity(parts ...string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("attache:"+strings.Join(parts, "\x00"))).URN()
}

// moment writes the date of a document as a time, which Atom wants of each entry.
// One without a date is from when its file changed last.
func (s *Server) moment(d index.Source) string {
	if at := s.bot.Modified(d.Document); d.Published.IsZero() && !at.IsZero() {
		return at.UTC().Format(time.RFC3339)
	}
	return instant(d.Published)
}

// instant is a date as a time: where no day is known the first that it may be, and of
// an unknown date one long past, so that nobody takes the entry for new.
func instant(d corpus.Date) string {
	return time.Date(max(d.Year, 1970), time.Month(max(d.Month, 1)), max(d.Day, 1), 0, 0, 0, 0, time.UTC).Format(time.RFC3339)
}

// visible drops what XML can't hold.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == '\ufffe' || r == '\uffff' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// webAddress is an address that a reader may follow; empty where it is none.
func webAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

// send answers with data, unless the reader has it already.
func send(w http.ResponseWriter, r *http.Request, kind string, data []byte) {
	sum := sha256.Sum256(data)
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "private, no-cache")
	w.Header().Set("ETag", fmt.Sprintf("%q", base64.RawURLEncoding.EncodeToString(sum[:12])))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}
