package clean

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/language"
)

// phrases are lists of lower-case phrases in any language, by the section of
// language.Pages.
var phrases = sync.OnceValue(func() map[string][]string {
	lists := map[string][]string{}
	for _, s := range language.Everywhere(language.Pages) {
		lists[s.Name] = append(lists[s.Name], s.Entries()...)
	}
	return lists
})

// index holds the lists in the shape they are looked up in.
type index struct {
	exact    map[string]bool
	rubrics  map[string]bool
	sections map[string]bool
	after    map[string]bool
	prefixes map[byte][]string // of notices, by their first byte
	captions map[byte][]string // what captions begin with, likewise
	inside   []string          // what captions hold
}

var indexed = sync.OnceValue(func() index {
	x := index{exact: map[string]bool{}, rubrics: map[string]bool{}, sections: map[string]bool{}, after: map[string]bool{}, prefixes: map[byte][]string{}, captions: map[byte][]string{}}
	for _, p := range phrases()["exact"] {
		x.exact[p] = true
	}
	for _, p := range phrases()["rubric"] {
		x.rubrics[p] = true
	}
	for _, p := range phrases()["section"] {
		x.sections[p] = true
	}
	for _, p := range phrases()["after"] {
		x.after[p] = true
	}
	for _, p := range phrases()["prefix"] {
		x.prefixes[p[0]] = append(x.prefixes[p[0]], p)
	}
	for _, p := range phrases()["caption"] {
		x.captions[p[0]] = append(x.captions[p[0]], p)
		if strings.Contains(marks, p[:1]) {
			x.inside = append(x.inside, p)
		}
	}
	return x
})

// marks begin the credits that may stand anywhere in a caption.
const marks = "([/"

// isNotice reports whether a line is none of the document's own: a link to
// something else, a button, a notice of the site.
func isNotice(t string) bool {
	const longest = 240
	if t == "" || len(t) > longest {
		return false
	}
	low := strings.ToLower(t)
	if indexed().exact[strings.TrimRight(low, " .:…»›>→!?*")] || beginsWith(low, indexed().prefixes) || beginsWith(strings.TrimLeft(low, "([*•›»→▶ "), indexed().prefixes) {
		return true
	}
	if isContact(t) || clock.MatchString(t) || strings.IndexFunc(t, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) < 0 {
		return true
	}
	if beginsAndHolds(low, phrases()["both"]) {
		return true
	}
	end := strings.TrimRight(low, ".!? ")
	for _, p := range phrases()["suffix"] {
		if strings.HasSuffix(end, p) {
			return true
		}
	}
	return false
}

// beginsAndHolds reports whether a line, in lower case, begins with what stands
// before the star of one of the phrases and then holds what follows it.
func beginsAndHolds(low string, phrases []string) bool {
	for _, p := range phrases {
		begin, rest, _ := strings.Cut(p, "*")
		if behind, ok := strings.CutPrefix(low, begin); ok && strings.Contains(" "+strings.TrimRight(behind, ".!? ")+" ", rest+" ") {
			return true
		}
	}
	return false
}

// isMaking reports whether a line says who made the text, and nothing else.
func isMaking(t string) bool {
	const longest = 160
	return len(t) <= longest && beginsAndHolds(strings.ToLower(strings.TrimLeft(t, "([*•› ")), phrases()["credit"])
}

// clock is a line that tells a time of day and nothing else, as between the
// entries of a running report.
var clock = regexp.MustCompile(`^[0-9]{1,2}[:.][0-9]{2}\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:[A-Z]{2,5})?$`)

func beginsWith(low string, by map[byte][]string) bool {
	if low == "" {
		return false
	}
	for _, p := range by[low[0]] {
		if strings.HasPrefix(low, p) {
			return true
		}
	}
	return false
}

// isRubric reports whether a line above the title says what kind of text it
// is, or who issues it.
func isRubric(t string) bool {
	const most = 8 // words
	low := strings.ToLower(t)
	if indexed().rubrics[strings.TrimRight(low, " :")] {
		return true
	}
	for _, p := range phrases()["issuer"] {
		if strings.HasPrefix(low, p) {
			return len(strings.Fields(low)) <= most && !endsLikeSentence(t)
		}
	}
	return false
}

// isContact reports whether a line is somebody's address.
func isContact(t string) bool {
	const longest = 80
	if len(t) > longest || endsLikeSentence(t) {
		return false
	}
	at := strings.IndexByte(t, '@')
	return at > 0 && strings.Contains(t[at:], ".") && t[at-1] != ' '
}

// isCaption reports whether a line is the text under a picture.
func isCaption(t string) bool {
	const longest, reach = 500, 40 // bytes of a line; of what a caption begins with
	if t == "" || len(t) > longest {
		return false
	}
	if isCredit(t) || beginsWith(strings.ToLower(t[:min(len(t), reach)]), indexed().captions) {
		return true
	}
	at := strings.IndexAny(t, marks)
	if at < 0 {
		return false
	}
	low := strings.ToLower(t[at:])
	for _, p := range indexed().inside {
		if strings.Contains(low, p) {
			return true
		}
	}
	return false
}

// isCredit reports whether a line names who took a picture and for whom, as in
// "Ann Moe/Coast Pictures".
func isCredit(t string) bool {
	const most = 6 // words
	who, agency, ok := strings.Cut(t, "/")
	return ok && len(strings.Fields(t)) <= most && strings.Contains(who, " ") && !endsLikeSentence(t) &&
		who == strings.TrimSpace(who) && agency == strings.TrimSpace(agency) && isCapitalised(who) && isCapitalised(agency)
}

func isCapitalised(t string) bool {
	for w := range strings.FieldsSeq(t) {
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) {
			return false
		}
	}
	return t != ""
}

// endsDocument reports whether under a line nothing of the document follows but
// what its site has besides.
func endsDocument(t string) bool {
	const longest = 60
	if len(t) > longest {
		return false
	}
	low := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) || strings.ContainsRune("()[]:.…»›>→!*+", r) {
			return -1
		}
		return r
	}, strings.ToLower(t))
	return indexed().after[strings.Join(strings.Fields(low), " ")]
}

// labelled takes a line apart that says what it holds, as "Author: Ann Moe"
// does, into the name of the list that knows the label, and the value.
func labelled(t string) (label, value string) {
	const longest = 40
	name, value, ok := strings.Cut(t, ":")
	if !ok {
		name, value, ok = strings.Cut(t, "：")
	}
	if !ok || len(name) > longest {
		return "", ""
	}
	name = strings.ToLower(strings.TrimSpace(name))
	for _, label := range []string{"author", "published", "publisher", "url", "title"} {
		for _, p := range phrases()[label] {
			if name == p {
				return label, strings.TrimSpace(value)
			}
		}
	}
	return "", ""
}
