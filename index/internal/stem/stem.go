// Package stem has bleve's stemmers and lists of words without meaning, by the names
// that bleve gives them: https://github.com/blevesearch/bleve, folder analysis/lang.
package stem

import (
	"fmt"
	"iter"
	"maps"

	"github.com/blevesearch/bleve/v2/analysis"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/ar"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/bg"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/ca"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/cs"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/da"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/de"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/el"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/en"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/es"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/fa"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/fi"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/fr"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/hi"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/hu"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/id"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/it"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/nl"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/no"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/pl"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/pt"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/ro"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/ru"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/sv"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/tr"
	"github.com/blevesearch/bleve/v2/registry"
)

var known = registry.NewCache()

// A Stemmer cuts words to their stems. The zero Stemmer leaves them as they are.
type Stemmer struct{ filters []analysis.TokenFilter }

// New returns the stemmer that applies bleve's filters of these names one after the
// other. It fails for a name that bleve doesn't know.
func New(filters ...string) (s Stemmer, err error) {
	for _, name := range filters {
		f, err := known.TokenFilterNamed(name)
		if err != nil {
			return Stemmer{}, fmt.Errorf("finding bleve's stemmer %s: %w", name, err)
		}
		s.filters = append(s.filters, f)
	}
	return s, nil
}

// Stem returns the stem of a word in lower case; the word itself where nothing would
// be left of it.
func (s Stemmer) Stem(word string) string {
	if len(s.filters) == 0 {
		return word
	}
	tokens := analysis.TokenStream{&analysis.Token{Term: []byte(word)}}
	for _, f := range s.filters {
		tokens = f.Filter(tokens)
	}
	if len(tokens) == 0 || len(tokens[0].Term) == 0 {
		return word
	}
	return string(tokens[0].Term)
}

// Stops returns bleve's list of this name of words without meaning, in any order. It
// fails for a name that bleve doesn't know.
func Stops(list string) (iter.Seq[string], error) {
	words, err := known.TokenMapNamed(list)
	if err != nil {
		return nil, fmt.Errorf("finding bleve's list of words %s: %w", list, err)
	}
	return maps.Keys(words), nil
}
