// Package lexis turns text into terms: it knows words, not documents.
//
// An [Analyzer] cuts a text of one language into [Token]s, each with the term
// that stands for all forms of its word ("visited", "visits": visit). Names
// that the vocabulary knows by several spellings ("ROK", "South Korea") bear
// the same concept, whatever their language. What each language needs is one
// file of questions in corpus/language; what is known about
// names and synonyms is data too.
package lexis

// Token is one word of a text.
type Token struct {
	Start, End int32   // byte offsets into the analysed text
	Term       string  // the word's stem, folded; the word itself for names and numbers
	Word       string  // the word in lower case, folded, not stemmed
	Concept    string  // what the vocabulary calls the words from here on; empty for nothing
	Words      int8    // how many tokens the concept spans
	Tells      KindSet // which kinds of things the word shows
	Shape      Shape
	Written    uint64 // equal numbers: the same word in the same writing; it may have several

	known *known
}

// Consonants are the letters of the term that stay the same in its forms, for
// the languages that change a word from within; empty for the others.
func (t *Token) Consonants() string { return t.known.consonants }

// Shape is what the writing of a word tells, and what the word is good for.
type Shape uint8

// Shapes combine.
const (
	Capital Shape = 1 << iota // begins with a capital letter, or has only characters that foreign names are written with
	Acronym                   // is all capitals, two or more with the digits: "UN", "G7"
	Digits                    // holds a digit
	Gram                      // a pair of characters of a script without spaces
	Stop                      // carries no meaning of its own: "the", "of"
	Light                     // shapes a question and names nothing: "kind", "called"
	Pronoun                   // stands for something named before
	Strong                    // says which of many: "first", "largest"
)

// Is reports whether the token has the shape.
func (t Token) Is(s Shape) bool { return t.Shape.is(s) }

func (s Shape) is(o Shape) bool { return s&o == o }
