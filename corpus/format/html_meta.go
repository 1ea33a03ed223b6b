package format

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"example.org/attache/corpus/date"
	"example.org/attache/corpus/text"
)

// metaNames are the names under which pages hide metadata in <meta>, and what
// Document calls it. Of two names for one thing the first of the list counts.
var metaNames = []struct{ name, field string }{
	{"citation_title", "title"}, {"og:title", "title"}, {"dc.title", "title"}, {"dcterms.title", "title"}, {"parsely-title", "title"},
	{"sailthru.title", "title"}, {"twitter:title", "title"},
	{"article:published_time", "date"}, {"og:published_time", "date"}, {"datepublished", "date"}, {"citation_publication_date", "date"},
	{"parsely-pub-date", "date"}, {"sailthru.date", "date"}, {"dc.date.issued", "date"}, {"dcterms.issued", "date"}, {"dc.date", "date"},
	{"dcterms.date", "date"}, {"dcterms.created", "date"}, {"pubdate", "date"}, {"publishdate", "date"}, {"publish-date", "date"},
	{"publish_date", "date"}, {"publication_date", "date"}, {"article.published", "date"}, {"citation_date", "date"}, {"citation_online_date", "date"},
	{"bepress_citation_date", "date"}, {"bepress_citation_publication_date", "date"}, {"eprints.date", "date"}, {"article_date_original", "date"},
	{"cxenseparse:recs:publishtime", "date"}, {"article.created", "date"}, {"article:published", "date"}, {"published_time", "date"}, {"published", "date"},
	{"og:article:published_time", "date"}, {"publish_time", "date"}, {"publishtime", "date"}, {"pub_date", "date"}, {"originalpublicationdate", "date"},
	{"displaydate", "date"}, {"dc:date", "date"}, {"dc:date:issued", "date"}, {"dc.date.created", "date"}, {"dc:created", "date"}, {"date.created", "date"}, {"datecreated", "date"},
	{"release_date", "date"}, {"video:release_date", "date"}, {"weibo:article:create_at", "date"}, {"apub:time", "date"}, {"shareaholic:article_published_time", "date"},
	{"date", "date"},
	{"og:site_name", "publisher"}, {"application-name", "publisher"}, {"dc.publisher", "publisher"}, {"dcterms.publisher", "publisher"},
	{"citation_journal_title", "publisher"}, {"publisher", "publisher"}, {"copyright", "publisher"},
	{"author", "author"}, {"article:author", "author"}, {"dc.creator", "author"}, {"dcterms.creator", "author"}, {"citation_author", "author"},
	{"parsely-author", "author"}, {"sailthru.author", "author"}, {"byl", "author"},
	{"og:url", "url"}, {"parsely-link", "url"}, {"citation_fulltext_html_url", "url"}, {"twitter:url", "url"},
	{"og:locale", "language"}, {"dc.language", "language"}, {"content-language", "language"},
	{"article:tag", "tags"}, {"keywords", "tags"}, {"news_keywords", "tags"},
}

// metaOf gathers what the page says about itself in its head.
func metaOf(root *html.Node) *pageMeta {
	p := &pageMeta{meta: map[string][]string{}}
	p.gather(root, false)
	p.language = attribute(find(root, atom.Html), "lang")
	for _, name := range []string{"og:locale", "content-language", "dc.language", "language"} {
		if p.language == "" && len(p.meta[name]) > 0 {
			p.language = p.meta[name][0]
		}
	}
	for _, block := range p.jsonLD {
		p.linked.add(block)
	}
	p.linked.tell(&p.told)
	p.inUTC = isUTC(p.linked.date)
	for _, m := range metaNames {
		values := p.meta[m.name]
		if len(values) == 0 || m.field == "tags" && p.told.Tags != nil {
			continue
		}
		switch {
		case m.field == "date":
			if p.told.Published.Day == 0 {
				if d := date.ParseIn(values[0], p.language); !d.IsZero() && (d.Day > 0 || p.told.Published.IsZero()) {
					p.told.Published, p.inUTC = d, isUTC(values[0])
				}
			}
		case m.field == "author" && m.name == "citation_author":
			p.author = cmp.Or(p.author, strings.Join(values, ", "))
		case m.field == "author":
			p.author = cmp.Or(p.author, personIn(cellText(values[0])))
		default:
			p.told.metadata(m.field, values[0])
		}
	}
	p.fromHeading(&p.told)
	p.title = cmp.Or(p.told.Title, p.heading)
	return p
}

// description is what the page says of itself in a sentence or two.
func (p *pageMeta) description() string {
	for _, name := range []string{"description", "og:description", "twitter:description"} {
		if values := p.meta[name]; len(values) > 0 {
			return cellText(values[0])
		}
	}
	return ""
}

// isUTC reports whether a value is a time in UTC.
func isUTC(value string) bool {
	return strings.Contains(value, "T") && (strings.HasSuffix(value, "Z") || strings.HasSuffix(value, "+00:00") || strings.HasSuffix(value, "+0000"))
}

// titles returns all that the page gives as its title.
func (p *pageMeta) titles() []string { return []string{p.told.Title, p.heading} }

// tell fills d with what a page says about itself: JSON-LD first, then <meta>, then
// what surrounds the article.
func (p *pageMeta) tell(d *Document, page *htmlWalker, at article) {
	const above, below = 6, 4 // blocks
	own := *d
	*d = p.told
	d.Blocks, d.Explain = own.Blocks, own.Explain
	d.URL = cmp.Or(p.canonical, d.URL, p.savedFrom)
	d.Language = cmp.Or(LanguageCode(p.language), d.Language)
	top, headline := page.headline(at.first + 1)
	from, to := max(0, at.first-above), at.last+below
	if top >= 0 {
		from = max(0, min(top, at.first)-above)
	}
	if d.Published.Day == 0 {
		for _, found := range []date.Date{p.linked.other, page.published(from, to, p.language), page.dateLine(from, page.textFrom(at.first)+1, p.language), dateInParts(p.heading, p.language), date.OfAddress(d.URL), page.labelledDate(p.language)} {
			if d.Published.Day == 0 && !found.IsZero() {
				d.Published = found
			}
		}
	}
	if shown := page.dateLine(from, page.textFrom(at.first)+1, p.language); p.inUTC && shown.Beside(d.Published) {
		d.Published = shown // the site tells programs the time of London
	}
	p.nameTitle(d, page, from, at, headline)
	d.Author = p.pickAuthor(d, page, from, to)
}

// pickAuthor returns who the page says wrote it. Some pages name in <meta> who
// runs the site: then a name beside the title goes before.
func (p *pageMeta) pickAuthor(d *Document, page *htmlWalker, from, to int) string {
	for _, name := range []string{personIn(d.Author), p.author} {
		if name != "" && !p.isSite(name, d) {
			return name
		}
	}
	if name := page.author(from, to); !p.isSite(name, d) {
		return name
	}
	return ""
}

// isSite reports whether a name is that of the site, and not of a person.
func (p *pageMeta) isSite(name string, d *Document) bool {
	name = text.Fold(name)
	site := text.Fold(d.Publisher)
	if name == "" || name == site || strings.Contains(name, " e. v.") || strings.Contains(name, " e.v.") || strings.HasSuffix(name, " gmbh") {
		return true
	}
	_, host, _ := strings.Cut(d.URL, "://")
	host, _, _ = strings.Cut(host, "/")
	bare := strings.ReplaceAll(name, " ", "")
	domain := strings.Split(strings.TrimPrefix(host, "www."), ".")
	return strings.Contains(bare, ".") && !strings.Contains(name, " ") || slices.Contains(domain, bare)
}

// nameTitle gives d the title that the page shows above its text, where it has
// to do with the one that the page tells; else the latter.
func (p *pageMeta) nameTitle(d *Document, page *htmlWalker, from int, at article, headline string) {
	told := withoutSite(cmp.Or(d.Title, p.heading), d.Publisher)
	shown := ""
	for _, f := range page.facts {
		if f.kind == headlineProp && shown == "" && f.at >= from && f.at <= at.first+1 {
			shown = f.value
		}
	}
	for _, t := range []string{headline, shown} {
		if t != "" && isTitleOf(t, told) && !strings.EqualFold(t, d.Publisher) {
			told = t
			break
		}
	}
	d.Title = told
}

// isTitleOf reports whether a heading is the page's title: it shares most of its
// words with one that the page tells.
func isTitleOf(heading string, told ...string) bool {
	const longest = 300 // bytes
	words := strings.FieldsFunc(text.Fold(heading), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 || len(heading) > longest {
		return false
	}
	for _, t := range told {
		own := map[string]bool{}
		for _, w := range strings.FieldsFunc(text.Fold(t), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			own[w] = true
		}
		shared := 0
		for _, w := range words {
			if own[w] {
				shared++
			}
		}
		if shared*2 >= len(words) || len(own) > 0 && shared*3 >= len(own)*2 {
			return true
		}
	}
	return false
}

// fromHeading takes title and publisher from a <title> that joins the page's
// heading with the name of the site.
func (p *pageMeta) fromHeading(d *Document) {
	const most = 6 // words of a name
	for _, heading := range p.headings {
		rest, ok := strings.CutPrefix(p.heading, heading)
		site := strings.TrimLeft(rest, " |–—-·:")
		if ok && heading != "" && site != rest && site != "" && len(strings.Fields(site)) <= most {
			d.Title = cmp.Or(d.Title, heading)
			d.Publisher = cmp.Or(d.Publisher, site)
			return
		}
	}
}

// withoutSite takes the name of the site from the end of a page's title.
func withoutSite(title, site string) string {
	for _, sep := range []string{" | ", " – ", " — ", " - ", " · ", " :: ", " » ", " › ", " « ", " ǀ ", " │ ", " • ", " / ", " : "} {
		if at := strings.LastIndex(title, sep); at > 0 {
			rest := title[at+len(sep):]
			if strings.EqualFold(rest, site) || sep == " | " && len(strings.Fields(rest)) <= 4 {
				return title[:at]
			}
		}
	}
	return title
}

// pageMeta is what a page says of itself outside its text.
type pageMeta struct {
	meta      map[string][]string
	jsonLD    []string
	linked    linkedData
	told      Document // what JSON-LD and <meta> tell, but for the author in <meta>
	title     string   // as told, else the <title>
	author    string   // as <meta> tells it
	inUTC     bool     // the date told is that of a time in UTC
	canonical string
	savedFrom string
	language  string // tag
	heading   string // <title>
	headings  []string
}

var savedFrom = regexp.MustCompile(`saved from url=\(\d+\)(\S+)`)

func (p *pageMeta) gather(n *html.Node, head bool) {
	switch {
	case n.Type == html.CommentNode:
		if m := savedFrom.FindStringSubmatch(n.Data); m != nil {
			p.savedFrom = cmp.Or(p.savedFrom, m[1])
		}
	case n.DataAtom == atom.Head:
		head = true
	case n.DataAtom == atom.Meta:
		name := cmp.Or(attribute(n, "property"), attribute(n, "name"), attribute(n, "http-equiv"))
		if head {
			name = cmp.Or(name, attribute(n, "itemprop"))
		}
		if content := strings.TrimSpace(attribute(n, "content")); name != "" && content != "" {
			name = strings.ToLower(strings.TrimSpace(name))
			p.meta[name] = append(p.meta[name], content)
		}
	case n.DataAtom == atom.Link && attribute(n, "rel") == "canonical":
		if href := attribute(n, "href"); strings.HasPrefix(href, "http") {
			p.canonical = cmp.Or(p.canonical, href)
		}
	case n.DataAtom == atom.Title && n.Namespace == "":
		p.heading = cmp.Or(p.heading, cellText(textOf(n)))
	case headingKind(n) != Body:
		p.headings = append(p.headings, strings.Join(strings.Fields(textOf(n)), " "))
	case n.DataAtom == atom.Script && strings.EqualFold(attribute(n, "type"), "application/ld+json"):
		p.jsonLD = append(p.jsonLD, textOf(n))
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.gather(c, head)
	}
}
