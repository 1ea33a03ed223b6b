package format

import (
	"encoding/json"
	"regexp"
	"strings"

	"example.org/attache/corpus/date"
)

// linkedData is what a page's blocks of JSON-LD describe.
type linkedData struct {
	articles []map[string]any
	pages    []map[string]any          // the page itself, a recipe, a video
	byID     map[string]map[string]any // what others refer to
	broken   []string                  // blocks that are no JSON, of which there are many
	date     string                    // when the article was published, as it is written
	other    date.Date                 // when what is no article was published
}

// add takes a block.
func (l *linkedData) add(block string) {
	var v any
	if err := json.Unmarshal([]byte(block), &v); err != nil {
		l.broken = append(l.broken, block)
		return
	}
	l.value(v, 0)
}

func (l *linkedData) value(v any, depth int) {
	const deepest = 4
	if depth > deepest {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			l.value(item, depth+1)
		}
	case map[string]any:
		l.value(v["@graph"], depth+1)
		l.value(v["mainEntity"], depth+1)
		if id := scalar(v["@id"]); id != "" && len(v) > 1 {
			if l.byID == nil {
				l.byID = map[string]map[string]any{}
			}
			l.byID[id] = v
		}
		switch {
		case isKind(v["@type"], "Article", "Posting", "Report"):
			l.articles = append(l.articles, v)
		case isKind(v["@type"], "Page", "Recipe", "VideoObject", "AudioObject", "Episode", "CreativeWork", "HowTo", "Dataset", "Book"):
			l.pages = append(l.pages, v)
		}
	}
}

// tell fills d with what the blocks say of the article.
func (l *linkedData) tell(d *Document) {
	for _, v := range l.articles {
		d.metadata("title", v["headline"])
		if d.Published.IsZero() {
			l.date = scalar(v["datePublished"])
			d.Published = date.Parse(l.date)
		}
		d.metadata("author", l.resolved(v["author"]))
		d.metadata("publisher", l.resolved(v["publisher"]))
		d.metadata("url", v["url"])
		d.metadata("language", v["inLanguage"])
		if d.Tags == nil {
			d.metadata("tags", v["keywords"])
		}
	}
	for _, v := range l.pages {
		for _, key := range []string{"datePublished", "uploadDate", "dateCreated"} {
			if l.other.IsZero() {
				l.other = date.Parse(scalar(v[key]))
			}
		}
		if len(l.articles) == 0 {
			d.metadata("author", l.resolved(v["author"]))
			d.metadata("publisher", l.resolved(v["publisher"]))
		}
	}
	for _, block := range l.broken {
		if m := brokenDate.FindStringSubmatch(block); m != nil && d.Published.IsZero() {
			d.Published = date.Parse(m[1])
		}
	}
}

var brokenDate = regexp.MustCompile(`"datePublished"\s*:\s*"([^"]{8,40})"`)

// resolved returns a value in place of a reference to it.
func (l *linkedData) resolved(v any) any {
	switch v := v.(type) {
	case []any:
		var all []any
		for _, item := range v {
			all = append(all, l.resolved(item))
		}
		return all
	case map[string]any:
		if to := l.byID[scalar(v["@id"])]; to != nil && scalar(v["name"]) == "" {
			return scalar(to["name"])
		}
		return scalar(v["name"])
	}
	return v
}

// isKind reports whether one of the types of an object ends in one of these
// words.
func isKind(types any, ends ...string) bool {
	for _, t := range append(list(types), scalar(types)) {
		for _, end := range ends {
			if strings.HasSuffix(t, end) {
				return true
			}
		}
	}
	return false
}
