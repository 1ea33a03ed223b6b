package index

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/language"
	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/people"
	"example.org/attache/index/internal/store"
	"example.org/attache/index/lexis"
)

// holder is somebody whom documents give an office, with the newest title that
// does.
type holder struct {
	entry int
	doc   int // of the title's quote
	title Title
}

// mostHolders is of how many people the titles are read for one office.
const mostHolders = 40

// holders returns the people whose titles, in documents that accept takes, contain
// all words of an office such as "foreign minister of India", newest title first.
// Former and acting holders match only where "former" or "acting" is asked for.
func (g *generation) holders(ctx context.Context, office string, accept func(doc int) bool) (all []holder, err error) {
	language := g.languageOf(office)
	wanted := officeTerms(language, office)
	if len(wanted) == 0 {
		return nil, nil
	}
	var found []int
	for i, ways := range wanted {
		var with []int
		for _, term := range ways {
			with = append(with, g.people.WithTitle(term)...)
		}
		with = people.Distinct(with)
		if i == 0 {
			found = with
			continue
		}
		found = slices.DeleteFunc(found, func(e int) bool { _, ok := slices.BinarySearch(with, e); return !ok })
	}
	folded := text.Fold(office)
	for _, e := range found[:min(len(found), mostHolders)] {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p := g.profiler(e, accept, map[int]*store.Record{})
		if err := p.titles(); err != nil {
			return nil, err
		}
		if at := slices.IndexFunc(p.Titles, func(t Title) bool { return isOffice(language, t.Title, folded, wanted) }); at >= 0 {
			all = append(all, holder{e, p.entry.Titles[at].Evidence[0].At.Doc, p.Titles[at]})
		}
	}
	slices.SortStableFunc(all, func(a, b holder) int {
		return cmp.Or(b.title.Last.Compare(a.title.Last), cmp.Compare(b.title.Documents, a.title.Documents))
	})
	return all, nil
}

// officeTerms are the terms that a title must have, each in one of several ways.
func officeTerms(language, office string) (wanted [][]string) {
	tokens := lexis.For(language).Question(office)
	same := sameOffices(language)
	for i := 0; i < len(tokens); i++ {
		switch t := &tokens[i]; {
		case t.Is(lexis.Stop) && t.Concept == "":
		case same[keyOf(t)] != nil:
			wanted = append(wanted, same[keyOf(t)])
		case t.Concept != "" && t.Words < 2:
			wanted = append(wanted, []string{t.Concept, t.Term})
		default:
			wanted = append(wanted, []string{keyOf(t)})
		}
		i += max(int(tokens[i].Words), 1) - 1
	}
	return wanted
}

// keyOf is the concept of a token, or else its term.
func keyOf(t *lexis.Token) string { return cmp.Or(t.Concept, t.Term) }

// sameOffices are, by the concept or term of an office, those of all names that it has
// in the language: "foreign minister" is "external affairs minister". Words that are
// merely alike, such as "leader", are none.
func sameOffices(code string) map[string][]string {
	if known, ok := offices.Load(code); ok {
		return known.(map[string][]string)
	}
	all := map[string][]string{}
	for _, line := range language.Of(code, language.Questions).Lines("same office") {
		var keys []string
		for _, name := range line {
			if tokens := lexis.For(code).Tokens(nil, name); len(tokens) > 0 && len(tokens) == max(1, int(tokens[0].Words)) {
				keys = append(keys, keyOf(&tokens[0]))
			}
		}
		for _, key := range keys {
			all[key] = keys
		}
	}
	offices.Store(code, all)
	return all
}

var offices sync.Map // of a language: see sameOffices

// isOffice reports whether a title has all that is wanted, and nothing that makes
// another office of it.
func isOffice(language, title, asked string, wanted [][]string) bool {
	has := lexis.Terms(language, title)
	for _, ways := range wanted {
		if !slices.ContainsFunc(ways, func(w string) bool { _, ok := slices.BinarySearch(has, w); return ok }) {
			return false
		}
	}
	if namesAnother(language, title, wanted) {
		return false
	}
	isPhrase := func(ways []string) bool { return strings.HasPrefix(ways[0], "+") } // an office as a whole, in several words
	head := headOf(language, title)
	if !slices.ContainsFunc(wanted, isPhrase) && !slices.ContainsFunc(wanted, func(ways []string) bool {
		return slices.ContainsFunc(ways, func(w string) bool { return slices.Contains(head, w) })
	}) {
		return false // a country alone
	}
	for w := range strings.FieldsFuncSeq(text.Fold(title), func(r rune) bool { return r == ' ' || r == '-' }) {
		if slices.Contains(people.Changing, w) && !strings.Contains(asked, w) {
			return false
		}
	}
	return true
}

// namesAnother reports whether a name that is wanted is only the beginning of another
// in the title: "president of the United States Chamber of Commerce".
func namesAnother(language, title string, wanted [][]string) bool {
	tokens := lexis.For(language).Tokens(nil, title)
	isWanted := func(t *lexis.Token) bool {
		return slices.ContainsFunc(wanted, func(ways []string) bool { return slices.Contains(ways, t.Concept) || slices.Contains(ways, t.Term) })
	}
	for i := range tokens {
		next := i + max(1, int(tokens[i].Words))
		if !strings.HasPrefix(tokens[i].Concept, "=") || !isWanted(&tokens[i]) || next >= len(tokens) || isWanted(&tokens[next]) {
			continue
		}
		r, _ := utf8.DecodeRuneInString(title[tokens[next].Start:])
		if beside := title[tokens[next-1].End:tokens[next].Start]; beside == " " && unicode.IsUpper(r) {
			return true
		}
	}
	return false
}

// headOf are the terms of what a title is at its core: the last word before "of",
// "for" or a comma, with what the word before it adds to its meaning.
func headOf(language, title string) []string {
	for _, sep := range []string{", ", " of ", " for ", " to ", " at ", " in "} {
		title, _, _ = strings.Cut(title, sep)
	}
	words := strings.Fields(title)
	n := len(words)
	if n < 2 {
		return lexis.Terms(language, title)
	}
	before := lexis.Terms(language, words[n-2])
	return slices.DeleteFunc(lexis.Terms(language, words[n-2]+" "+words[n-1]), func(t string) bool { return slices.Contains(before, t) })
}
