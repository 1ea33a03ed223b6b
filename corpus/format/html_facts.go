package format

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// fact is what an element of a page says about the page, or about something else on
// it: where it is decides.
type fact struct {
	kind  factKind
	at    int // how many blocks stand above it
	value string
}

type factKind uint8

// The kinds of facts, of one thing the surest first.
const (
	noFact        factKind = iota
	datePublished          // microdata
	dateEntry              // the hentry microformat, pubdate
	dateTime               // <time>
	dateNamed              // an element that is called a date
	authorProp             // microdata
	authorLink             // rel=author, the hentry microformat
	authorNamed            // an element that is called a byline
	headlineProp           // microdata, the hentry microformat
)

func (k factKind) isDate() bool { return k >= datePublished && k <= dateNamed }

// Names of elements, as words in their class or id.
var (
	entryDates  = set("entry-date post-date published dt-published date-published article-date publish-date pubdate article__date post__date post-time dateline article-dateline publication-date pub-date news-date timestamp article-time")
	dateWords   = set("date datum fecha datetime time timestamp published publish pubdate veröffentlicht fechahora publishingdate publicationdate releasedate creationdate newsdate articledate postdate created submitted stand datestamp dateline")
	updateWords = set("updated update modified modify modification aktualisiert actualizado event events calendar copyright comment comments countdown expires duration read reading")
	authorNames = set("author byline entry-author post-author article-author author-name authorname author__name article__author autor autorname c-byline by-author post-meta-author meta-author contributor-name p-author story-byline article-byline byline__name byline-name writer firma autor-name redakteur")
	rdfaDates   = set("schema:dateCreated schema:datePublished datePublished dc:date dc:created dcterms:created dcterms:issued dc:issued")
	headlines   = set("entry-title post-title article-title article-headline headline p-name article__title article__headline post__title story-title")
)

// outsideWords are the words in the names of elements that hold other stories,
// or what readers say.
var outsideWords = set("related recirc recommended recommendations comment comments commentlist respond reply replies disqus sidebar menu nav navigation navbar popular trending mostread teaser teasers latest widget carousel slider outbrain taboola newsletter cookie banner")

// factOf returns what an element tells.
func factOf(n *html.Node) (kind factKind, value string) {
	var prop, class, rel, property, id string
	pubdate := false
	for _, a := range n.Attr {
		switch a.Key {
		case "itemprop":
			prop = a.Val
		case "property":
			property = a.Val
		case "class":
			class = a.Val
		case "id", "data-testid":
			id += " " + a.Val
		case "rel":
			rel = a.Val
		case "pubdate":
			pubdate = true
		}
	}
	switch {
	case prop == "" && class == "" && rel == "" && property == "" && id == "" && n.DataAtom != atom.Time || n.DataAtom == atom.Body:
		return noFact, ""
	case strings.Contains(prop, "datePublished"):
		return datePublished, machineDate(n)
	case strings.Contains(prop, "dateModified") || strings.Contains(prop, "startDate") || strings.Contains(prop, "endDate"):
		return noFact, ""
	case n.DataAtom != atom.Meta && isAny(strings.Fields(property), rdfaDates):
		return dateEntry, machineDate(n)
	case prop == "headline":
		return headlineProp, plainText(n)
	case hasWord(prop, "author"):
		return authorProp, authorOf(n)
	case hasWord(rel, "author"):
		return authorLink, plainText(n)
	}
	names := strings.Fields(strings.ToLower(class))
	words := nameWords(class + id)
	updated := isUpdate(words)
	switch {
	case pubdate && !updated, !updated && isAny(names, entryDates):
		return dateEntry, machineDate(n)
	case n.DataAtom == atom.Time && !updated && !strings.Contains(prop, "date"):
		return dateTime, machineDate(n)
	case !updated && (len(words) <= 12 && isAny(words, dateWords) || isAny(names, dateWords)):
		return dateNamed, machineDate(n)
	case isAny(names, authorNames):
		return authorNamed, authorOf(n)
	case headingKind(n) != Body && isAny(names, headlines):
		return headlineProp, plainText(n)
	}
	return noFact, ""
}

func hasWord(s, word string) bool { return s != "" && slices.Contains(strings.Fields(s), word) }

// machineDate returns the date of an element as it gives it to programs, else
// its text.
func machineDate(n *html.Node) string {
	const longest = 160 // bytes
	for _, key := range []string{"content", "datetime", "data-datetime"} {
		if v := attribute(n, key); v != "" {
			return v
		}
	}
	if n.DataAtom == atom.Abbr {
		if v := attribute(n, "title"); v != "" {
			return v
		}
	}
	if t := find(n, atom.Time); t != nil && t != n && !isUpdate(nameWords(attribute(t, "class"))) {
		return machineDate(t)
	}
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil && b.Len() <= longest; c = c.NextSibling {
			walk(c)
			b.WriteByte(' ') // labels and values stand in elements of their own
		}
	}
	walk(n)
	if t := strings.Join(strings.Fields(b.String()), " "); len(t) <= longest {
		return t
	}
	return ""
}

// isUpdate reports whether the words in an element's names say that it tells
// when the page was changed, or of an event.
func isUpdate(words []string) bool {
	return isAny(words, updateWords) && !slices.Contains(words, "published")
}

// authorOf returns the author that an element names, in an element of its own
// perhaps.
func authorOf(n *html.Node) string {
	if v := attribute(n, "content"); v != "" {
		return v
	}
	if name := findBy(n, func(n *html.Node) bool { return attribute(n, "itemprop") == "name" }); name != nil && name != n {
		if v := attribute(name, "content"); v != "" {
			return v
		}
		return plainText(name)
	}
	if name := findBy(n, func(n *html.Node) bool {
		return hasWord(attribute(n, "class"), "fn") || hasWord(attribute(n, "rel"), "author")
	}); name != nil && name != n {
		return plainText(name)
	}
	return plainText(n)
}

func findBy(n *html.Node, is func(*html.Node) bool) *html.Node {
	if n.Type == html.ElementNode && is(n) {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if found := findBy(c, is); found != nil {
			return found
		}
	}
	return nil
}

// plainText returns the text of a small element in one line; of a large one, its
// beginning.
func plainText(n *html.Node) string {
	const most = 2000 // bytes
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.DataAtom == atom.Script || n.DataAtom == atom.Style || n.DataAtom == atom.Svg:
			return
		case n.DataAtom == atom.Br || isBlock(n):
			b.WriteByte(' ')
		}
		for c := n.FirstChild; c != nil && b.Len() < most; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(strings.ToValidUTF8(b.String(), "")), " ")
}

// takeFact notes what an element tells.
func (w *htmlWalker) takeFact(n *html.Node) {
	if !w.factual || w.away > 0 || n.Type != html.ElementNode || w.outside[n] {
		return
	}
	if kind, value := factOf(n); kind != noFact && value != "" {
		w.facts = append(w.facts, fact{kind, len(w.out), value})
	}
}

// scanFacts notes what the elements tell in one that is not read: pages hide
// dates, and keep bylines in boxes with links to share the page.
func (w *htmlWalker) scanFacts(n *html.Node) {
	if !w.factual || w.away > 0 || w.outside[n] {
		return
	}
	switch n.DataAtom {
	case atom.Aside, atom.Nav, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Svg, atom.Object, atom.Select, atom.Head:
		return
	case atom.Footer:
		if !isIn(n, atom.Article) {
			return
		}
	}
	if line := lineOf(n); line != "" && n.DataAtom == atom.P {
		w.facts = append(w.facts, fact{dateNamed, len(w.out), line})
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			w.takeFact(c)
			w.scanFacts(c)
		}
	}
}

// lineOf returns the text of an element that is a short line with a date alone,
// else nothing.
func lineOf(n *html.Node) string {
	const longest = 120 // bytes
	if t := plainText(n); len(t) <= longest && dateInParts(t, "").Day > 0 {
		return t
	}
	return ""
}

// isIn reports whether an element lies in one of the kind.
func isIn(n *html.Node, a atom.Atom) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom == a {
			return true
		}
	}
	return false
}

// author returns the author that the facts between two blocks name; several of
// one kind, who are together, are joined.
func (w *htmlWalker) author(from, to int) string {
	const near = 2 // blocks
	for kind := authorProp; kind <= authorNamed; kind++ {
		var names []string
		last := 0
		for _, f := range w.facts {
			if f.kind != kind || f.at < from || f.at > to || len(names) > 0 && f.at > last+near {
				continue
			}
			if name := personIn(f.value); name != "" && !slices.ContainsFunc(names, func(n string) bool { return strings.Contains(n, name) || strings.Contains(name, n) }) {
				names, last = append(names, name), f.at
			}
		}
		if len(names) > 0 {
			return strings.Join(names, ", ")
		}
	}
	return ""
}

var (
	byWord   = regexp.MustCompile(`(?i)^(?:(?:view all posts|zeige alle beiträge|alle beiträge|voir tous les articles|ver todas las entradas|post author|beitrag|und interview|interview|posted|written|published|story|words|text|reported|geschrieben|verfasst|publicado|escrito|écrit|publié)\s+)?(?:by|von|par|por|di|door|af|av|przez|tekst|text|autor(?:in)?|author|auteur|autore|redaktion|автор)\s*:?\s+`)
	nameEnd  = regexp.MustCompile(`\s+(?:[|·•–—]|-|//|\(|am\s+\d|on\s+\d|\d{1,2}[./:]|@).*$|[,;]\s+\d.*$|\s*[|·•(].*$`)
	noPerson = set("admin administrator editor editors webmaster user guest unknown anonymous redaktion redaction newsroom author autor artikel")
)

// personIn returns the name of people in a line such as "By Ann Moe | 4 May";
// empty when it holds none.
func personIn(line string) string {
	const longest, words = 100, 9
	t := strings.TrimSpace(strings.Trim(line, " \u00a0'\"|,:;–-"))
	for range 2 {
		t = byWord.ReplaceAllString(t, "")
	}
	t = strings.TrimSpace(strings.Trim(nameEnd.ReplaceAllString(t, ""), " ,;:|'\"–-"))
	first, _ := utf8.DecodeRuneInString(t)
	switch {
	case t == "" || len(t) > longest || len(strings.Fields(t)) > words || !unicode.IsLetter(first):
		return ""
	case strings.ContainsAny(t, "@/<>=") || strings.Contains(t, "www.") || strings.Contains(t, "http"):
		return ""
	case noPerson[strings.ToLower(t)] || strings.HasSuffix(t, ".") && len(strings.Fields(t)) > 4:
		return ""
	}
	return t
}

// headline returns the heading of the page nearest above the block first.
func (w *htmlWalker) headline(first int) (at int, text string) {
	const reach = 15 // blocks
	for i := min(first, len(w.out)-1); i >= max(0, first-reach); i-- {
		if w.out[i].Kind == Title {
			return i, w.out[i].Text
		}
	}
	return -1, ""
}
