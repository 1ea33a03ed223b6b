// Package followup reads a follow-up with the question before it: "and in
// Japan?" after "When will the minister be in India?" asks when the minister
// will be in Japan.
//
// What a follow-up names takes the place of its own kind in the question: a
// person that of a person, a state that of a state, a time that of a time; what
// it does not name is carried over. What asks alone ("why?") asks of the whole
// question, which then follows it in brackets.
//
// The package is beside the ranker's reading of questions, and not with those who
// talk with people, since it needs the same: the words of a language, the
// vocabulary of names and the people of the documents. It knows no conversation,
// only two texts.
package followup

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/language"
	"example.org/attache/corpus/text"
	"example.org/attache/index/lexis"
)

// Question is what a follow-up asks.
type Question struct {
	Text   string
	Person string // whom the follow-up names; the last, where there are several
	Timed  bool   // it names a time
	Asks   bool   // it has a word that asks
}

// Read returns the question that a follow-up asks after the question before it,
// both in a language (ISO 639-1). known reports whether a name is somebody's. ok is false where
// said stands by itself.
func Read(before, said, language string, known func(name string) bool) (q Question, ok bool) {
	r := &reader{a: lexis.For(language), w: wordsOf(language), known: known}
	head, base := parts(clean(before))
	b, f := r.parse(base), r.parseFollowUp(clean(said))
	q.Text, q.Timed, q.Asks = said, f.has(when), f.asks()
	for _, p := range f.phrases {
		if p.kind == person {
			q.Person = f.string[p.start:p.end]
		}
	}
	if len(b.tokens) == 0 || len(f.tokens) == 0 {
		return q, false
	}
	t := turn{reader: r, head: head, base: b, said: f}
	if !t.read() {
		if f.lead != "" && f.asks() {
			q.Text = capital(f.string)
		}
		return q, false
	}
	q.Text = t.question()
	return q, true
}

// Asks reports whether a text in a language begins with words that ask.
func Asks(s, language string) bool {
	a, w := lexis.For(language), wordsOf(language)
	for range 3 {
		_, n := w.lead(s)
		s = strings.TrimLeft(s[n:], points)
	}
	at, n, _ := a.Asked(a.Question(s))
	return n > 0 && at == 0
}

// Languages lists the languages that follow-ups are read in, English first.
func Languages() []string {
	others := slices.DeleteFunc(language.With(language.FollowUps), func(code string) bool { return code == "en" })
	return append([]string{"en"}, others...)
}

func clean(s string) string { return strings.Join(strings.Fields(s), " ") }

// parts are the two that a question of Read's may have: what asks, and in
// brackets the question it is asked of.
func parts(s string) (head, base string) {
	head, rest, ok := strings.Cut(s, " (")
	base, closed := strings.CutSuffix(rest, ")")
	if !ok || !closed || !asksAtEnd(head) || strings.TrimSpace(base) == "" {
		return "", s
	}
	return head, base
}

// marks end a question in one script or another; points are these and what else
// stands around one.
const (
	marks  = "?？؟"
	points = marks + "¿¡ !.,;:。、，"
)

func asksAtEnd(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(marks, r)
}

// turn is a follow-up being read: it changes the question before it.
type turn struct {
	*reader
	head string // what is asked of base, where that is more than base itself
	base reading
	said reading
	own  string // the question where said asks it by itself, once its pronouns are told
}

// question is what is asked in the end.
func (t *turn) question() string {
	switch {
	case t.own != "":
		return t.own
	case t.head != "":
		return t.head + " (" + t.base.string + ")"
	}
	return t.base.string
}

// read changes the base as the follow-up says. It is false where that asks by
// itself.
func (t *turn) read() bool {
	s := &t.said
	if !s.asks() {
		return t.readPhrase()
	}
	others := s.count(thing)
	switch {
	case len(s.pronouns) > 0 && len(s.phrases) > 0 && t.sameSpeech():
		return t.replace(s.phrases)
	case len(s.pronouns) > 0:
		return t.resolve()
	case len(s.phrases) == 0:
		return t.askAnew()
	case s.kind == lexis.Person && s.has(person):
		return false // "who is Park?"
	case others == 0 && s.kind != lexis.Definition && s.bare():
		return t.replace(s.phrases) && t.askAnew()
	case t.sameSpeech() && (s.lead != "" || t.w.elides && !s.has(person)):
		return t.replace(s.phrases)
	case s.lead == "" && t.onlyNoun():
		return t.askAnew()
	}
	return false
}

// readPhrase reads a follow-up that has no word that asks: "and in Japan?". One
// without a word that leads it in is one only where it names a single thing of
// a kind that the question has.
func (t *turn) readPhrase() bool {
	s := &t.said
	switch {
	case len(s.phrases) == 0:
		return false
	case s.lead == "":
		p := s.phrases[0]
		if len(s.phrases) > 1 || p.kind == thing && p.before == "" || len(s.tokens) > 6 {
			return false
		}
		if _, ok := t.slot(p); !ok && p.before == "" {
			return false
		}
	}
	return t.replace(s.phrases)
}

// sameSpeech reports whether both ask what is said, in which all else than
// names, times and topics is the same.
func (t *turn) sameSpeech() bool { return t.said.speaks && t.base.speaks }

// onlyNoun reports whether the follow-up is words that ask and, right behind
// them, what they ask for: "which countries?".
func (t *turn) onlyNoun() bool {
	s := &t.said
	if s.kind == lexis.Definition || len(s.phrases) != 1 || s.phrases[0].kind != thing || s.askStart > 0 {
		return false
	}
	p := s.phrases[0]
	return strings.TrimSpace(s.string[s.askEnd:p.start]) == "" && strings.Trim(s.string[p.end:], points) == ""
}

// adjuncts are what is asked for by words that can stand for one another without
// any other change.
var adjuncts = []lexis.Kind{lexis.Time, lexis.Place, lexis.Reason, lexis.Manner, lexis.Duration}

// askAnew lets the words of the follow-up that ask ask of the base: in the place
// of those there, or before it.
func (t *turn) askAnew() bool {
	s, b := &t.said, &t.base
	if !s.asks() || s.kind == b.kind && len(s.phrases) > s.count(thing) {
		return true // it asks for the same
	}
	asking := strings.TrimSpace(s.string[s.askStart:s.askEnd])
	rest := strings.Trim(s.string[:s.askStart]+s.string[s.askEnd:], points)
	if t.head == "" && rest == "" && b.asks() && slices.Contains(adjuncts, s.kind) && slices.Contains(adjuncts, b.kind) {
		t.set(b.string[:b.askStart] + like(asking, b.string[b.askStart:b.askEnd]) + b.string[b.askEnd:])
		return true
	}
	t.ask()
	return true
}

// ask lets the follow-up ask of the whole base.
func (t *turn) ask() {
	t.head = capital(strings.TrimRight(t.said.string, points)) + mark(t.base.string)
}

// set gives the base other words.
func (t *turn) set(s string) { t.base = t.parse(s) }

// like writes s with a capital where other has one.
func like(s, other string) string {
	if r, _ := utf8.DecodeRuneInString(other); unicode.IsUpper(r) {
		return capital(s)
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// mark is the mark that a question ends with, or that its script would have.
func mark(question string) string {
	if r, _ := utf8.DecodeLastRuneInString(question); strings.ContainsRune(marks, r) {
		return string(r)
	}
	return "?"
}

// replace puts phrases of the follow-up in the places of their kinds; where there
// is none, behind the question. It is false where one finds no place.
func (t *turn) replace(phrases []phrase) bool {
	for _, p := range phrases {
		at, ok := t.slot(p)
		b := &t.base
		switch {
		case ok:
			named := t.said.string[p.article:p.end]
			if at.whole {
				named = t.said.string[p.from:p.end]
			}
			t.set(b.string[:at.start] + named + t.w.agree(named, b.string[at.end:]))
		case p.kind == when && t.w.timeLeads:
			time := t.said.string[p.start:p.end]
			t.set(time + text.Between(time, b.string) + b.string)
		case p.before != "" || p.kind == when:
			end := strings.TrimRight(b.string, points)
			t.set(end + " " + t.said.string[p.from:p.end] + strings.TrimLeft(b.string[len(end):], ".,;"))
		default:
			t.ask()
			return true
		}
	}
	return true
}

// place is a part of the base that a phrase takes the place of.
type place struct {
	start, end int
	whole      bool // with the little word before it
}

// slot finds where in the base a phrase belongs.
func (t *turn) slot(p phrase) (place, bool) {
	b := &t.base
	find := func(fits func(phrase) bool, last bool) (phrase, bool) {
		all := slices.Clone(b.phrases)
		if last {
			slices.Reverse(all)
		}
		if i := slices.IndexFunc(all, fits); i >= 0 {
			return all[i], true
		}
		return phrase{}, false
	}
	inner := func(q phrase) place { return place{start: q.article, end: q.end} }
	if p.kind == when {
		if q, ok := find(func(q phrase) bool { return q.kind == when }, true); ok {
			return place{q.from, q.end, true}, true
		}
		return place{}, false
	}
	if p.before != "" {
		if start, end, ok := b.topic(); ok && p.topic {
			return place{start: start, end: end}, true
		}
		q, ok := find(func(q phrase) bool { return q.kind != when && t.w.alike(q.before, p.before) }, true)
		if q.before != p.before { // "en Inde", "au Japon"
			return place{q.from, q.end, true}, ok
		}
		return inner(q), ok
	}
	kinds := map[kind][]kind{person: {person, proper}, name: {name, proper}, proper: {proper, person, name}, thing: {thing}}[p.kind]
	if t.said.lead != "" && p.kind == person {
		kinds = append(kinds, name) // "and Austin?" after what a state says
	}
	about := slices.Contains(t.w.about, t.said.lead)
	for _, k := range kinds {
		if k == thing {
			break
		}
		// "and Japan?" is who acts where there are two, "what about Japan?" what it is about
		q, ok := find(func(q phrase) bool { return q.kind == k && q.before == "" }, false)
		if about || !ok {
			q, ok = find(func(q phrase) bool { return q.kind == k }, true)
		}
		if ok {
			return inner(q), true
		}
	}
	if start, end, ok := b.topic(); ok && p.kind != person {
		return place{start: start, end: end}, true
	}
	if p.kind == thing {
		if q, ok := find(func(q phrase) bool { return q.kind == thing && q.article < q.start && p.article < p.start }, false); ok {
			return inner(q), true // "and the prime minister?"
		}
	}
	return place{}, false
}

// resolve puts what the pronouns of the follow-up stand for in their places.
// Where that can't be told, the question before is asked of.
func (t *turn) resolve() bool {
	s, b := &t.said, &t.base
	out, at := "", 0
	for _, p := range s.pronouns {
		meant, ok := b.meant(p)
		if p.owns && ok {
			if t.w.owner == "" {
				ok = false
			}
			meant += t.w.owner
		}
		if !ok || len(s.phrases) == 0 && p.kind == it {
			t.ask()
			return true
		}
		out += s.string[at:p.start] + meant
		at = p.end
	}
	t.own = capital(out + s.string[at:])
	return true
}
