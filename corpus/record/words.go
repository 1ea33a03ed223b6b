package record

import (
	"strings"
	"sync"

	"example.org/attache/corpus/language"
)

// class is what a word or a phrase in the languages' files of records can be.
type class uint64

const (
	honorific class = 1 << iota
	woman
	man
	office
	chair
	particle
	asker
	answerer
	nobody
	outlet
	never
	speechNoun
	byWord
	joint
	asking
	end
	proceeding
	bodyWord
	between
	occasion
	self
	behind
	presiding
	inChair
	acting
	conjunction
	ofPlace
	byline
	askedBy
	askedOf
	begin
	bill
	preamble
	imprint
	officeEnd
	listing
	ledBy
	openingNoun
	beforeStop
	soleOffice
	thanks
	letters
	member
	noble
	interviewed
	ofOffice
	toldApart
	inTheChair
	smallOffice // an office in a language that writes it in small letters; no section
)

var sections = map[string]class{
	"honorific": honorific, "woman": woman, "man": man, "office": office, "chair": chair, "particle": particle,
	"asker": asker, "answerer": answerer, "nobody": nobody, "outlet": outlet, "never": never, "speech": speechNoun,
	"by": byWord, "joint": joint, "asking": asking, "end": end, "proceeding": proceeding, "body": bodyWord, "between": between, "occasion": occasion, "self": self, "behind": behind, "presiding": presiding,
	"in the chair": inChair, "acting": acting, "and": conjunction, "place": ofPlace, "byline": byline, "asked by": askedBy, "asked of": askedOf, "begin": begin, "bill": bill, "preamble": preamble, "imprint": imprint,
	"office behind": officeEnd, "listing": listing, "led by": ledBy, "opening": openingNoun, "before stop": beforeStop,
	"office alone": soleOffice, "thanks": thanks, "letters": letters, "form of address": member,
	"noble": noble, "interviewed": interviewed, "office of": ofOffice, "nobody number": toldApart, "chair named by": inTheChair,
}

// vocabulary is the words of all languages by entry, and by section where
// entries are looked for within a line. They are in lower case and without stops.
type vocabulary struct {
	class map[string]class
	list  map[class][]string
}

var words = sync.OnceValue(func() vocabulary {
	v := vocabulary{map[string]class{}, map[class][]string{}}
	for _, s := range language.Everywhere(language.Records) {
		c := sections[s.Name]
		for _, entry := range s.Entries() {
			v.class[entry] |= c
			v.list[c] = append(v.list[c], entry)
		}
	}
	v.noteSmallOffices()
	return v
})

// noteSmallOffices notes the offices that are written in small letters before a name, as
// those of English and German aren't.
func (v vocabulary) noteSmallOffices() {
	capital := map[string]bool{}
	for _, code := range []string{"en", "de"} {
		for _, entry := range language.Of(code, language.Records).Entries("office") {
			capital[entry] = true
		}
	}
	for _, entry := range v.list[office] {
		if !capital[entry] {
			v.class[entry] |= smallOffice
		}
	}
}

// is reports whether an entry is of a class.
func (v vocabulary) is(entry string, c class) bool { return v.class[entry]&c != 0 }

// classOf is what a word can be, whatever its case and its stops.
func classOf(word string) class {
	w := plain(word)
	if first, second, ok := strings.Cut(w, "/"); ok && words().class[first]&words().class[second]&office != 0 {
		return office // "Representative/Vice-President"
	}
	c, known := words().class[w]
	if undotted := strings.ReplaceAll(w, ".", ""); !known && undotted != w && words().class[undotted]&honorific != 0 {
		return honorific // "H.E."
	}
	if !known && endsAsOffice(w) {
		c = office
	}
	return c
}

// endsAsOffice reports whether a word that is in no list is an office of several
// words in one: "verkehrsminister".
func endsAsOffice(w string) bool {
	const least = 3 // bytes before it
	for _, e := range words().list[officeEnd] {
		if len(w) >= len(e)+least && strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// plain is a word in lower case without the signs around it.
func plain(word string) string {
	return strings.ToLower(strings.TrimFunc(word, func(r rune) bool { return strings.ContainsRune(".,;:()[]\"“”'’ªº", r) }))
}
