package format

import (
	"cmp"
	"encoding/json"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"attache/corpus/date"
)

// metaNames are the names under which pages hide metadata in <meta>, and what
// Document calls it. Of two names for one thing the first of the list counts.
var metaNames = []struct{ name, field string }{
	{"og:title", "title"}, {"citation_title", "title"}, {"dc.title", "title"}, {"dcterms.title", "title"}, {"parsely-title", "title"},
	{"sailthru.title", "title"}, {"twitter:title", "title"},
	{"article:published_time", "date"}, {"og:published_time", "date"}, {"datepublished", "date"}, {"citation_publication_date", "date"},
	{"parsely-pub-date", "date"}, {"sailthru.date", "date"}, {"dc.date.issued", "date"}, {"dcterms.issued", "date"}, {"dc.date", "date"},
	{"dcterms.date", "date"}, {"dcterms.created", "date"}, {"pubdate", "date"}, {"publishdate", "date"}, {"publish-date", "date"},
	{"publish_date", "date"}, {"publication_date", "date"}, {"date", "date"}, {"article.published", "date"},
	{"og:site_name", "publisher"}, {"application-name", "publisher"}, {"dc.publisher", "publisher"}, {"dcterms.publisher", "publisher"},
	{"citation_journal_title", "publisher"}, {"publisher", "publisher"}, {"copyright", "publisher"},
	{"author", "author"}, {"article:author", "author"}, {"dc.creator", "author"}, {"dcterms.creator", "author"}, {"citation_author", "author"},
	{"parsely-author", "author"}, {"sailthru.author", "author"}, {"byl", "author"},
	{"og:url", "url"}, {"parsely-link", "url"}, {"citation_fulltext_html_url", "url"}, {"twitter:url", "url"},
	{"og:locale", "language"}, {"dc.language", "language"}, {"content-language", "language"},
	{"article:tag", "tags"}, {"keywords", "tags"}, {"news_keywords", "tags"},
}

// pageMetadata fills d with what a page tells of itself: JSON-LD first, then
// <meta>, then <link> and <time>, then <title>.
func (d *Document) pageMetadata(root *html.Node) {
	p := pageMeta{meta: map[string][]string{}}
	p.gather(root)
	for _, block := range p.jsonLD {
		d.linkedData(block)
	}
	for _, m := range metaNames {
		values := p.meta[m.name]
		if m.field == "author" && len(values) > 0 && strings.HasPrefix(values[0], "http") || m.field == "tags" && d.Tags != nil {
			continue
		}
		d.metadata(m.field, strings.Join(values[:min(len(values), 1)], ""))
	}
	if p.canonical != "" {
		d.URL = p.canonical
	}
	d.URL = cmp.Or(d.URL, p.savedFrom)
	if d.Published.IsZero() {
		d.Published = date.Parse(p.time)
	}
	d.Author = strings.TrimPrefix(strings.TrimPrefix(d.Author, "By "), "by ")
	p.fromHeading(d)
	d.Title = withoutSite(cmp.Or(d.Title, p.title), d.Publisher)
}

// fromHeading takes title and publisher from a <title> that joins the page's
// heading with the name of the site.
func (p *pageMeta) fromHeading(d *Document) {
	const most = 6 // words of a name
	for _, heading := range p.headings {
		rest, ok := strings.CutPrefix(p.title, heading)
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
	for _, sep := range []string{" | ", " – ", " — ", " - ", " · ", " :: "} {
		if at := strings.LastIndex(title, sep); at > 0 {
			rest := title[at+len(sep):]
			if strings.EqualFold(rest, site) || sep == " | " && len(strings.Fields(rest)) <= 4 {
				return title[:at]
			}
		}
	}
	return title
}

// pageMeta is where a page may say something of itself.
type pageMeta struct {
	meta      map[string][]string
	jsonLD    []string
	canonical string
	savedFrom string
	time      string
	title     string
	headings  []string
}

var savedFrom = regexp.MustCompile(`saved from url=\(\d+\)(\S+)`)

func (p *pageMeta) gather(n *html.Node) {
	switch {
	case n.Type == html.CommentNode:
		if m := savedFrom.FindStringSubmatch(n.Data); m != nil {
			p.savedFrom = cmp.Or(p.savedFrom, m[1])
		}
	case n.DataAtom == atom.Meta:
		name := cmp.Or(attribute(n, "property"), attribute(n, "name"), attribute(n, "itemprop"), attribute(n, "http-equiv"))
		if content := strings.TrimSpace(attribute(n, "content")); name != "" && content != "" {
			name = strings.ToLower(name)
			p.meta[name] = append(p.meta[name], content)
		}
	case n.DataAtom == atom.Link && attribute(n, "rel") == "canonical":
		if href := attribute(n, "href"); strings.HasPrefix(href, "http") {
			p.canonical = cmp.Or(p.canonical, href)
		}
	case n.DataAtom == atom.Time && (attribute(n, "itemprop") == "datePublished" || n.Parent != nil && p.time == ""):
		p.time = cmp.Or(attribute(n, "datetime"), strings.TrimSpace(textOf(n)), p.time)
	case n.DataAtom == atom.Title && n.Namespace == "":
		p.title = cmp.Or(p.title, strings.Join(strings.Fields(textOf(n)), " "))
	case headingKind(n) != Body:
		p.headings = append(p.headings, strings.Join(strings.Fields(textOf(n)), " "))
	case n.DataAtom == atom.Script && strings.EqualFold(attribute(n, "type"), "application/ld+json"):
		p.jsonLD = append(p.jsonLD, textOf(n))
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.gather(c)
	}
}

// linkedData takes metadata from a block of JSON-LD that describes an article.
// Broken blocks, of which there are many, tell nothing.
func (d *Document) linkedData(block string) {
	var v any
	if json.Unmarshal([]byte(block), &v) == nil {
		d.linkedValue(v, 0)
	}
}

func (d *Document) linkedValue(v any, depth int) {
	const deepest = 4
	if depth > deepest {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			d.linkedValue(item, depth+1)
		}
	case map[string]any:
		if graph, ok := v["@graph"]; ok {
			d.linkedValue(graph, depth+1)
		}
		if isArticle(v["@type"]) {
			d.metadata("title", v["headline"])
			d.metadata("date", v["datePublished"])
			d.metadata("author", v["author"])
			d.metadata("publisher", v["publisher"])
			d.metadata("url", v["url"])
			d.metadata("language", v["inLanguage"])
			d.metadata("tags", v["keywords"])
		}
	}
}

func isArticle(kind any) bool {
	for _, k := range append(list(kind), scalar(kind)) {
		if strings.HasSuffix(k, "Article") || strings.HasSuffix(k, "Posting") || k == "Report" {
			return true
		}
	}
	return false
}
