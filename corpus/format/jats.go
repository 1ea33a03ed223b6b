package format

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"strings"

	"example.org/attache/corpus/date"
)

// readJATS reads an article of a journal in JATS, as publishers and archives of
// papers have it.
func readJATS(ctx context.Context, f File) (Document, error) {
	d := Document{}
	if front := segments(f.Data, "front"); len(front) > 0 {
		d.jatsFront(xmlTree(ctx, front[0]))
	}
	w, err := walkXML(ctx, bytes.NewReader(f.Data), jatsRules())
	d.Blocks = w.out
	if size(d.Blocks) > 0 {
		err = nil // a paper that breaks off is read up to there
	}
	return d, err
}

func jatsRules() xmlRules {
	var raised []bool // of each <sup> and <xref> that is open: it refers to a note
	return xmlRules{
		block: map[string]Kind{"p": Body, "title": Heading, "article-title": Title, "subtitle": Heading, "list-item": Body, "disp-quote": Body, "attrib": Body,
			"verse-line": Body, "speaker": Body, "td": Body, "th": Body, "tr": Body, "caption": unquoted, "label": unquoted, "abstract": Body, "sec": Body, "body": Body},
		skip: set("journal-meta ref-list back/ref-list fig table-wrap-foot graphic media disp-formula tex-math contrib-group aff author-notes pub-date history permissions article-id article-categories volume issue fpage lpage elocation-id counts kwd-group funding-group custom-meta-group self-uri related-article processing-meta sub-article response counter"),
		cell: set("td th"),
		row:  "tr",
		start: func(w *xmlWalker, e xml.StartElement) {
			switch kind := attr(e, "ref-type"); {
			case e.Name.Local == "xref":
				raised = append(raised, kind == "fn" || kind == "aff" || kind == "corresp" || kind == "author-notes")
			case e.Name.Local == "sup":
				raised = append(raised, true)
			default:
				return
			}
			if raised[len(raised)-1] {
				w.write(raisedBegin)
			}
		},
		end: func(w *xmlWalker, name string) {
			if n := len(raised); n > 0 && (name == "sup" || name == "xref") {
				if raised[n-1] {
					w.write(raisedEnd)
				}
				raised = raised[:n-1]
			}
		},
	}
}

// jatsFront takes what the front matter of an article says about it.
func (d *Document) jatsFront(front *xmlNode) {
	first := func(path ...string) string {
		for _, n := range front.in(path...) {
			if s := n.string("xref", "fn"); s != "" {
				return s
			}
		}
		return ""
	}
	d.Title = first("article-meta", "title-group", "article-title")
	d.Publisher = cmp.Or(first("journal-meta", "journal-title"), first("journal-meta", "publisher-name"))
	var authors []string
	for _, c := range front.in("article-meta", "contrib") {
		if kind := c.at("contrib-type"); kind != "" && kind != "author" {
			continue
		}
		var name []string
		for _, part := range []string{"given-names", "surname"} {
			for _, n := range c.all(part)[:min(1, len(c.all(part)))] {
				name = append(name, n.string())
			}
		}
		if len(name) == 0 {
			for _, other := range []string{"string-name", "collab"} {
				for _, n := range c.all(other) {
					name = append(name, n.string("xref"))
				}
			}
		}
		if len(name) > 0 {
			authors = append(authors, strings.Join(name, " "))
		}
	}
	d.Author = strings.Join(authors, ", ")
	for _, p := range front.in("article-meta", "pub-date") {
		if found := jatsDate(p); found.Day > 0 || d.Published.IsZero() {
			d.Published = found
			if found.Day > 0 {
				break
			}
		}
	}
	for _, id := range front.in("article-meta", "article-id") {
		if id.at("pub-id-type") == "doi" && d.URL == "" {
			d.URL = "https://doi.org/" + id.string()
		}
	}
	for _, k := range front.in("article-meta", "kwd") {
		d.Tags = append(d.Tags, k.string())
	}
}

// jatsDate reads a date whose day, month and year are elements.
func jatsDate(n *xmlNode) date.Date {
	if iso := n.at("iso-8601-date"); iso != "" {
		return date.Parse(iso)
	}
	part := func(name string) string {
		for _, e := range n.all(name) {
			return e.string()
		}
		return ""
	}
	year, month, day := part("year"), part("month"), part("day")
	switch {
	case month == "":
		return date.Parse(year)
	case strings.Trim(month, "0123456789") != "":
		return date.Parse(strings.TrimSpace(day + " " + month + " " + year))
	case day == "":
		return date.Parse(fmt.Sprintf("%s-%02s", year, month))
	}
	return date.Parse(fmt.Sprintf("%s-%02s-%02s", year, month, day))
}
