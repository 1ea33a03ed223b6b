// Package extract reads who says what in a text: its direct quotations and
// reported speech with their speakers, and the people it names with what it calls
// them. Where the text leaves a speaker open the speaker stays empty, for an
// unknown speaker misleads nobody and a wrong one does.
//
// The passes, in their order, each a package below corpus/speech/internal:
//
//	quote      pairs quotation marks
//	token      cuts words and looks them up in the lists of package word
//	people     cuts names from runs of capitals, scores them as people, joins
//	           the spellings of one person, finds titles
//	outline    shrinks each quotation to one item, so that the sentences
//	           around quotations read as sentences
//	clause     finds verbs, and the phrases that can name a speaker
//	attribute  scores the phrases as speakers by fitted weights (English),
//	           resolves "he" and "the senator", finds reported speech
//	rule       does the same by rules, for other languages: plain cases only
//	script     reads Chinese, Japanese and Korean, in the place of all the above
//	turn       adds what the layout of a record says: turns and speeches
//
// What the passes know is data: word lists in corpus/language, and weights beside
// package attribute, fitted by the command corpus/speech/internal/fit.
package extract

import (
	"cmp"
	"slices"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/internal/attribute"
	"example.org/attache/corpus/speech/internal/limit"
	"example.org/attache/corpus/speech/internal/outline"
	"example.org/attache/corpus/speech/internal/people"
	"example.org/attache/corpus/speech/internal/quote"
	"example.org/attache/corpus/speech/internal/rule"
	"example.org/attache/corpus/speech/internal/script"
	"example.org/attache/corpus/speech/internal/token"
	"example.org/attache/corpus/speech/internal/turn"
)

// From returns the statements of t in the order of the text, and the people it
// names in the order of their first mention. A text whose time is over has
// neither.
func From(t speech.Text) ([]speech.Statement, []speech.Person) {
	defer limit.Recover()
	read := spaced
	if script.Reads(t.Language) {
		read = script.Read
	}
	prose, named := read(t)
	turns, named := turn.Statements(&t, named)
	return inOrder(turns, prose), named
}

// spaced reads the prose of a text whose words are spaced.
func spaced(t speech.Text) ([]speech.Statement, []speech.Person) {
	r := prepare(t)
	attributed := rule.Statements
	if english(t) {
		attributed = attribute.Statements
	}
	said := attributed(t, r.outline, r.people, r.mentions)
	named, at := people.Export(t.Body, r.outline.Tokens, r.people, r.mentions)
	for i := range said {
		if p := said[i].Person; p != speech.NoPerson {
			said[i].Person = at[p]
		}
	}
	return said, named
}

// prepared is a text as the passes need it that look for speakers.
type prepared struct {
	outline  *outline.Outline
	people   []people.Person
	mentions []people.Mention
}

// prepare takes the passes that need no speaker.
func prepare(t speech.Text) prepared {
	quotes := quote.Find(t)
	toks := token.Split(t)
	token.MarkQuotes(toks, quotes)
	limit.Check(t.Over)
	named, mentions, ok := rule.People(toks, t.Language)
	if !ok {
		named, mentions = people.Find(toks, len(t.Paragraphs), !english(t), t.Over)
	}
	return prepared{outline.New(t.Body, toks, quotes), named, mentions}
}

// english reports whether the fitted weights are for the language of a text.
func english(t speech.Text) bool { return t.Language == "en" || t.Language == "" }

// inOrder joins the turns of a text and the statements of its prose, by where
// they begin. Of two that begin together a turn comes first, then the longer.
func inOrder(turns, prose []speech.Statement) []speech.Statement {
	slices.SortStableFunc(prose, func(a, b speech.Statement) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(b.Span.End, a.Span.End))
	})
	if len(turns) == 0 {
		return prose
	}
	all := append(turns, prose...)
	slices.SortStableFunc(all, func(a, b speech.Statement) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return all
}

// Choices reads an English text as From does, but lets choose see each choice in
// turn and make it: with the index of an option, or below 0 to leave it to the
// weights. Later choices build on earlier ones. The command that fits the weights
// learns from it.
func Choices(t speech.Text, choose func(attribute.Choice) int) {
	r := prepare(t)
	attribute.Choices(t, r.outline, r.people, r.mentions, choose)
}
