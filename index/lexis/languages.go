package lexis

import (
	"maps"
	"slices"
	"unicode"

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
)

// dialect is how the words of one language become terms: bleve's filters, by
// name, on the word in lower case, and what follows from how it is written.
type dialect struct {
	stop       string                // bleve's list of words without meaning
	filters    []string              // that stem
	proclitics string                // letters that are written together with the word they come before
	weak       string                // letters that come and go with a word's form
	nounNext   bool                  // the noun asked for stands right behind the words that ask
	nounBefore bool                  // … right before them
	nouns      bool                  // all of them begin with a capital, not only names
	scripts    []*unicode.RangeTable // that it is written in; Latin when empty
}

// languages is one row a language. A language without a row is folded and
// nothing else; scripts without spaces are cut into pairs in any language.
var languages = map[string]dialect{
	"ar": {scripts: []*unicode.RangeTable{unicode.Arabic}, stop: "stop_ar", filters: []string{"normalize_ar", "stemmer_ar"}, proclitics: "بلفكس", nounNext: true, weak: "اويةهىئؤء"},
	"bg": {scripts: []*unicode.RangeTable{unicode.Cyrillic}, stop: "stop_bg"},
	"ca": {stop: "stop_ca"},
	"cs": {stop: "stop_cs"},
	"da": {stop: "stop_da", filters: []string{"stemmer_da_snowball"}},
	"de": {nouns: true, stop: "stop_de", filters: []string{"normalize_de", "stemmer_de_snowball"}},
	"el": {scripts: []*unicode.RangeTable{unicode.Greek}, stop: "stop_el"},
	"en": {stop: "stop_en", filters: []string{"stemmer_en_snowball"}},
	"es": {stop: "stop_es", filters: []string{"stemmer_es_snowball"}},
	"fa": {scripts: []*unicode.RangeTable{unicode.Arabic}, stop: "stop_fa", filters: []string{"normalize_ar", "normalize_fa"}},
	"fi": {stop: "stop_fi", filters: []string{"stemmer_fi_snowball"}},
	"fr": {stop: "stop_fr", filters: []string{"stemmer_fr_snowball"}},
	"hi": {scripts: []*unicode.RangeTable{unicode.Devanagari}, stop: "stop_hi", filters: []string{"normalize_in", "normalize_hi", "stemmer_hi"}},
	"hu": {stop: "stop_hu", filters: []string{"stemmer_hu_snowball"}},
	"id": {stop: "stop_id"},
	"it": {stop: "stop_it", filters: []string{"stemmer_it_snowball"}},
	"ja": {nounBefore: true, scripts: []*unicode.RangeTable{unicode.Hiragana, unicode.Katakana, unicode.Han}},
	"ko": {nounBefore: true, scripts: []*unicode.RangeTable{unicode.Hangul}},
	"nb": {stop: "stop_no", filters: []string{"stemmer_no_snowball"}},
	"nl": {stop: "stop_nl", filters: []string{"stemmer_nl_snowball"}},
	"pl": {stop: "stop_pl", filters: []string{"stemmer_pl"}},
	"pt": {stop: "stop_pt", filters: []string{"stemmer_pt_light"}},
	"ro": {stop: "stop_ro", filters: []string{"stemmer_ro_snowball"}},
	"ru": {scripts: []*unicode.RangeTable{unicode.Cyrillic}, stop: "stop_ru", filters: []string{"stemmer_ru_snowball"}},
	"sv": {stop: "stop_sv", filters: []string{"stemmer_sv_snowball"}},
	"tr": {stop: "stop_tr", filters: []string{"stemmer_tr_snowball"}},
	"zh": {scripts: []*unicode.RangeTable{unicode.Han}},
}

// Languages lists the languages that have a row, in order.
func Languages() []string { return slices.Sorted(maps.Keys(languages)) }
