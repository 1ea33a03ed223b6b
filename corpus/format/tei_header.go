package format

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"example.org/attache/corpus/date"
)

// teiHeaders returns what the headers of an edition tell, in order: of a corpus
// its own, and that of each text in it.
func teiHeaders(ctx context.Context, data []byte) (headers []Document) {
	for _, s := range segments(data, "teiHeader") {
		headers = append(headers, teiHeader(xmlTree(ctx, s)))
	}
	return headers
}

// teiHeader reads a header. The date is when the text came to be: a letter sent,
// a sitting held, a source printed; never when the edition was published.
func teiHeader(h *xmlNode) Document {
	var d Document
	for _, t := range h.in("fileDesc", "titleStmt", "title") {
		if kind := t.at("type"); d.Title == "" || kind == "main" {
			if d.Title = t.string("idno"); kind == "main" {
				break
			}
		}
	}
	var authors []string
	for _, a := range h.in("fileDesc", "titleStmt", "author") {
		if name := personName(a); name != "" && !slices.Contains(authors, name) {
			authors = append(authors, name)
		}
	}
	d.Author = strings.Join(authors, ", ")
	for _, name := range []string{"publisher", "authority", "distributor"} {
		for _, p := range h.in("fileDesc", "publicationStmt", name) {
			d.Publisher = cmp.Or(d.Publisher, p.string("idno", "address", "ref", "email"))
		}
	}
	for _, a := range h.all("correspAction") {
		if a.at("type") == "sent" && d.Published.IsZero() {
			d.Published = firstDate(a.all("date"))
		}
	}
	for _, path := range [][]string{{"profileDesc", "creation", "date"}, {"profileDesc", "settingDesc", "date"}, {"sourceDesc", "date"}, {"sourceDesc", "origDate"}} {
		if d.Published.IsZero() {
			d.Published = firstDate(h.in(path...))
		}
	}
	return d
}

// personName returns the name of a person as it is spoken: the forename first,
// however the elements stand.
func personName(n *xmlNode) string {
	person := n
	for _, name := range []string{"persName", "name"} {
		if found := n.all(name); len(found) > 0 {
			person = found[0]
			break
		}
	}
	surnames := person.all("surname")
	if len(surnames) == 0 {
		return person.string("idno", "note", "email", "ref", "affiliation", "date")
	}
	var names []string
	for _, part := range append(person.all("forename"), append(person.all("nameLink"), surnames...)...) {
		names = append(names, part.string())
	}
	return strings.Join(names, " ")
}

// firstDate returns the first date that the elements give.
func firstDate(elements []*xmlNode) date.Date {
	for _, e := range elements {
		if d := date.Parse(cmp.Or(e.at("when"), e.at("when-iso"), e.at("notBefore"), e.at("from"), e.string())); !d.IsZero() {
			return d
		}
	}
	return date.Date{}
}
