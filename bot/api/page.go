package api

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
	"example.org/attache/bot/export"
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/text"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

var (
	pageTemplate = template.Must(template.New("page").Parse(pageHTML))
	stylePolicy  = func() string {
		sum := sha256.Sum256([]byte(pageCSS))
		return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	}()
)

// mostAround is how much of a paragraph is shown on each side of the quote, and
// of the paragraphs before and after it, in bytes.
const mostAround = 3000

// shownPage is what the page of a quote shows.
type shownPage struct {
	Style      template.CSS
	Language   string // of the bot's own words
	Direction  string // of these
	Quoted     string // the language of the document; empty where it is unknown
	Title      string
	Facts      []string // of the source: outlet, author, date, page
	Quote      string
	Speaker    string
	Paragraphs [][]piece
	URL        string
	Citations  []citation
	Gone       string // why there is nothing to show
	Words      map[string]string
	own        words.Catalogue
}

// piece is a part of a paragraph.
type piece struct {
	Text   string
	Marked bool
}

type citation struct{ Style, Text string }

// page shows a quote in its document: /q/DOCUMENT/START-END?h=CHECKSUM.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	document, span, ok := readQuotePath(strings.TrimPrefix(r.URL.EscapedPath(), "/q/"))
	if !ok {
		fail(w, http.StatusNotFound, "the address of a quote is /q/DOCUMENT/START-END?h=CHECKSUM")
		return
	}
	own := words.Preferred(r.Header.Get("Accept-Language"))
	w.Header().Set("Vary", "Accept-Language")
	p := shownPage{Style: template.CSS(pageCSS), Language: own.Language(), Direction: "ltr", own: own}
	if own.Leftwards() {
		p.Direction = "rtl"
	}
	title, quotes, err := s.bot.Passage(document, span, r.URL.Query().Get("h"))
	status := http.StatusOK
	switch {
	case err == nil:
		p.show(title, quotes)
	case errors.Is(err, command.ErrChanged):
		status, p.Title, p.Gone = http.StatusGone, own.Say("page.changed"), command.Explain(own, err)
	case errors.Is(err, command.ErrGone):
		status, p.Title, p.Gone = http.StatusNotFound, own.Say("page.gone"), command.Explain(own, err)
	case s.bot.Index() == nil:
		w.Header().Set("Retry-After", "30")
		status, p.Title, p.Gone = http.StatusServiceUnavailable, own.Say("page.reading"), command.Explain(own, err)
	default:
		s.Log.Error("a quote could not be shown", "error", err)
		status, p.Title, p.Gone = http.StatusInternalServerError, own.Say("page.broken"), own.Say("error.internal")
	}
	p.Words = map[string]string{}
	for _, key := range []string{"page.open", "page.cite", "page.verbatim"} {
		p.Words[strings.TrimPrefix(key, "page.")] = own.Say(key)
	}
	var data bytes.Buffer
	if err := pageTemplate.Execute(&data, p); err != nil {
		s.Log.Error("a page could not be written", "error", err)
		fail(w, http.StatusInternalServerError, "the page could not be written; the log says why")
		return
	}
	w.Header().Set("Content-Security-Policy", stylePolicy)
	if status != http.StatusOK {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		w.Write(data.Bytes())
		return
	}
	send(w, r, "text/html; charset=utf-8", data.Bytes())
}

// readQuotePath takes apart DOCUMENT/START-END, as command.QuotePath writes it.
func readQuotePath(path string) (document string, span text.Span, ok bool) {
	at := strings.LastIndexByte(path, '/')
	if at <= 0 {
		return "", span, false
	}
	from, to, dash := strings.Cut(path[at+1:], "-")
	var err1, err2, err3 error
	span.Start, err1 = strconv.Atoi(from)
	span.End, err2 = strconv.Atoi(to)
	document, err3 = url.PathUnescape(path[:at])
	return document, span, dash && errors.Join(err1, err2, err3) == nil && span.Start >= 0 && span.Start < span.End
}

// show fills the page with the paragraphs of a quote.
func (p *shownPage) show(title string, quotes []command.Quote) {
	p.Title = title
	for _, q := range quotes {
		if len(q.Bold) == 0 {
			before := len(p.Paragraphs) == 0
			if before {
				q.Text = lastOf(q.Text)
			} else {
				q.Text = firstOf(q.Text)
			}
			p.Paragraphs = append(p.Paragraphs, []piece{{q.Text, false}})
			continue
		}
		mark := q.Bold[0]
		p.Paragraphs = append(p.Paragraphs, []piece{{lastOf(q.Text[:mark.Start]), false}, {mark.In(q.Text), true}, {firstOf(q.Text[mark.End:]), false}})
		p.Quote, p.Speaker = mark.In(q.Text), q.Speaker
		if q.Speaker != "" && q.Kind == speech.Reported.String() {
			p.Speaker += " " + p.own.Say("cited.reported")
		}
		p.cite(q)
	}
}

// cite fills in what is known of the source.
func (p *shownPage) cite(q command.Quote) {
	s := q.Source
	s.Title = cmp.Or(s.Title, p.Title)
	p.Quoted = s.Language
	p.URL = webAddress(s.URL)
	page := ""
	if q.Page > 0 {
		page = p.own.Say("cited.page", words.M{"Page": q.Page})
	}
	day := ""
	if d := s.Published; !d.IsZero() {
		day = p.own.Date(d.Year, d.Month, d.Day)
	}
	facts := append([]string{s.Publisher, s.Author, day, page, export.Clock(q.Second)}, command.Caveats(p.own, s)...)
	p.Facts = slices.DeleteFunc(facts, func(f string) bool { return f == "" })
	c := export.Citation{Source: s, Page: q.Page, Second: q.Second}
	p.Citations = []citation{{p.own.Say("cite.chicago"), c.Chicago()}, {p.own.Say("cite.apa"), c.APA()}, {p.own.Say("cite.bibtex"), strings.Join(c.BibTeX(), "\n")}}
}

// lastOf returns the end of a text that is too long to be shown, from a word on.
func lastOf(s string) string {
	if len(s) <= mostAround {
		return s
	}
	at := len(s) - mostAround
	for at < len(s) && !utf8.RuneStart(s[at]) {
		at++
	}
	if n := strings.IndexByte(s[at:], ' '); n >= 0 && n < 100 {
		at += n + 1
	}
	return "… " + s[at:]
}

// firstOf returns the beginning of a text that is too long to be shown, to the
// end of a word.
func firstOf(s string) string {
	if len(s) <= mostAround {
		return s
	}
	end := mostAround
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	if n := strings.LastIndexByte(s[:end], ' '); n > end-100 {
		end = n
	}
	return s[:end] + " …"
}
