package followup

import (
	"slices"
	"strings"

	"example.org/attache/corpus/text"
	"example.org/attache/index/lexis"
)

// kind is what a phrase names.
type kind uint8

const (
	thing  kind = iota
	person      // somebody whom the documents know
	name        // a state or an organisation of the vocabulary
	proper      // a name of neither
	when        // a time
)

// phrase is what a text names in one place, in byte offsets.
type phrase struct {
	kind       kind
	start, end int
	article    int    // where its article begins, or itself
	from       int    // where the little word before it begins, or itself
	before     string // that word: "in", "about"
	topic      bool   // that word leads in what is spoken of
}

// pronoun is a word that stands for something named before.
type pronoun struct {
	kind       stands
	start, end int
	owns       bool // "his"
	only       bool // it never stands alone
	topic      bool // what is spoken of: "about it"
}

// stands is what a pronoun stands for.
type stands uint8

const (
	he    stands = iota // somebody
	there               // a place
	it                  // anything
)

// reading is a question or a follow-up, as far as this package reads it.
type reading struct {
	string
	lead             string // what makes it a follow-up: "what about"
	tokens           []lexis.Token
	kind             lexis.Kind
	askStart, askEnd int // the words that ask
	speaks           bool
	phrases          []phrase
	pronouns         []pronoun // those that nothing before them in the text explains
	read             int       // up to where pronouns of a script without spaces were looked for
}

func (t *reading) asks() bool { return t.kind != lexis.Unasked }

func (t *reading) count(k kind) (n int) {
	for _, p := range t.phrases {
		if p.kind == k {
			n++
		}
	}
	return n
}

func (t *reading) has(k kind) bool { return t.count(k) > 0 }

// bare reports whether there is nothing but words that ask and what is named.
func (t *reading) bare() bool {
	at := 0
	left := ""
	for _, p := range t.phrases {
		left += t.string[at:max(p.from, at)]
		at = p.end
	}
	left += t.string[at:]
	asking := t.string[t.askStart:t.askEnd]
	return strings.Trim(strings.Replace(left, asking, "", 1), points) == ""
}

// topic is the part of a question that says what is spoken of, without the word
// that leads it in: to the end, or to the time that follows.
func (t *reading) topic() (start, end int, ok bool) {
	i := slices.IndexFunc(t.phrases, func(p phrase) bool { return p.topic })
	if i < 0 {
		return 0, 0, false
	}
	end = len(strings.TrimRight(t.string, points))
	for _, p := range t.phrases[i+1:] {
		if p.kind == when {
			end = len(strings.TrimRight(t.string[:p.from], " ,"))
			break
		}
	}
	return t.phrases[i].article, end, true
}

// meant is what a pronoun after the text stands for.
func (t *reading) meant(p pronoun) (string, bool) {
	pick := func(kinds ...kind) (string, bool) {
		for _, k := range kinds {
			for _, q := range t.phrases {
				if q.kind == k {
					return t.string[q.start:q.end], true
				}
			}
		}
		return "", false
	}
	switch p.kind {
	case he:
		return pick(person, proper, name)
	case there:
		for _, q := range slices.Backward(t.phrases) {
			if q.kind == name || q.kind == proper && q.before != "" {
				return strings.TrimSpace(t.string[q.from:q.end]), true
			}
		}
		return "", false
	}
	if start, end, ok := t.topic(); ok && p.topic {
		return t.string[start:end], true
	}
	return "", false
}

// reader reads texts of one language.
type reader struct {
	a     *lexis.Analyzer
	w     *words
	known func(name string) bool
}

// mostTokens is as much of a text as is read.
const mostTokens = 100

// parseFollowUp parses a follow-up: what leads it in and what trails it tell
// that it is one.
func (r *reader) parseFollowUp(s string) reading {
	rest, lead := s, ""
	for range 3 { // "and then what about"
		l, n := r.w.lead(rest)
		if n == 0 {
			break
		}
		lead, rest = l, strings.TrimLeft(rest[n:], " ,;:–—-…¿،、，")
	}
	end := mark(s)
	bare := strings.TrimRight(rest, points)
	if cut, trail := r.w.trail(bare); trail != "" && cut != "" {
		if bare = cut; lead == "" {
			lead = trail
		}
		rest = bare + end
	}
	t := r.parse(rest)
	t.lead = lead
	return t
}

// parse reads a text.
func (r *reader) parse(s string) reading {
	t := reading{string: s, tokens: r.a.Question(s)}
	t.tokens = t.tokens[:min(len(t.tokens), mostTokens)]
	at, n, k := r.a.Asked(t.tokens)
	if t.kind = k; n > 0 {
		t.askStart, t.askEnd = int(t.tokens[at].Start), int(t.tokens[at+n-1].End)
	}
	uncased := strings.ToLower(s) != strings.ToUpper(s) && !slices.ContainsFunc(t.tokens[min(1, len(t.tokens)):], func(t lexis.Token) bool { return t.Is(lexis.Capital) })
	for i := 0; i < len(t.tokens); {
		if n > 0 && i >= at && i < at+n && (i == at || t.tokens[i].Concept == "") {
			i++
			continue
		}
		p, used, ok := r.phraseAt(&t, i, uncased)
		if !ok {
			r.takeWord(&t, i)
			i++
			continue
		}
		r.leadIn(&t, i, &p)
		i += used
		last := len(t.phrases) - 1
		if last >= 0 && joins(s, t.phrases[last], p) {
			t.phrases[last].end = p.end
			continue
		}
		t.phrases = append(t.phrases, p)
	}
	return t
}

// joins reports whether a phrase goes on with the one before it: words of a
// thing, of a name that nobody knows, of a date.
func joins(s string, a, b phrase) bool {
	return a.kind == b.kind && b.from == b.start && strings.Trim(s[a.end:b.start], " ,-") == "" && (a.kind == thing || a.kind == proper || a.kind == when) &&
		(a.kind == when || !strings.Contains(s[a.end:b.start], ","))
}

// takeWord reads a token that names nothing.
func (r *reader) takeWord(t *reading, i int) {
	tok := t.tokens[i]
	t.speaks = t.speaks || tok.Tells.Has(lexis.Speech) && !tok.Is(lexis.Gram)
	p, ok := r.w.pronouns[tok.Word]
	end := int(tok.End)
	if tok.Is(lexis.Gram) {
		if int(tok.Start) < t.read {
			return
		}
		var n int
		p, n, ok = r.w.pronounAt(t.string[tok.Start:])
		end = int(tok.Start) + n
		t.read = end
	}
	if !ok {
		return
	}
	explained := slices.ContainsFunc(t.phrases, func(q phrase) bool {
		return p.kind == he && (q.kind == person || q.kind == name || q.kind == proper) || p.kind == there && (q.kind == name || q.kind == proper) || p.kind == it && q.kind != when && q.kind != person
	})
	if explained {
		return
	}
	p.start, p.end = int(tok.Start), end
	if i > 0 {
		_, p.topic = r.w.topics[t.tokens[i-1].Word]
	}
	if p.owns = p.owns && i+1 < len(t.tokens) && !t.tokens[i+1].Is(lexis.Stop) && t.tokens[i+1].Start == tok.End+1; p.owns || !p.only {
		t.pronouns = append(t.pronouns, p)
	}
}

// phraseAt returns the phrase that begins at token i, and how many tokens it has.
func (r *reader) phraseAt(t *reading, i int, uncased bool) (p phrase, n int, ok bool) {
	tok := t.tokens[i]
	span := func(k kind, n int) (phrase, int, bool) {
		start, end := int(tok.Start), int(t.tokens[i+n-1].End)
		end -= r.w.particle(t.string[start:end])
		return phrase{kind: k, start: start, end: end, article: start, from: start}, n, true
	}
	if _, n := r.a.When(t.tokens[i:]); n > 0 {
		return span(when, n)
	}
	if r.dates(t.tokens, i) {
		p, n, ok := span(when, 1)
		for _, unit := range []string{"年", "년"} {
			if !strings.HasPrefix(t.string[p.end:], unit) {
				continue
			}
			if i+1 < len(t.tokens) && int(t.tokens[i+1].Start) == p.end {
				n++
			}
			p.end += len(unit)
		}
		return p, n, ok
	}
	if n := r.somebody(t, i, uncased); n > 0 {
		return span(person, n)
	}
	if strings.HasPrefix(tok.Concept, "=") || strings.HasPrefix(tok.Concept, "@") {
		return span(name, max(int(tok.Words), 1))
	}
	if tok.Is(lexis.Gram) {
		return r.someone(t, i)
	}
	_, little := r.w.little[tok.Word]
	switch {
	case tok.Is(lexis.Stop) && !tok.Is(lexis.Acronym), tok.Is(lexis.Light), little, tok.Tells.Has(lexis.Speech):
		return p, 0, false
	case r.w.pronoun(tok.Word):
		return p, 0, false
	case i > 0 && r.a.Name(t.tokens, i):
		return span(proper, 1)
	}
	return span(thing, 1)
}

// dates reports whether token i is a part of a date.
func (r *reader) dates(tokens []lexis.Token, i int) bool {
	digits := func(i int) bool { return i >= 0 && i < len(tokens) && tokens[i].Is(lexis.Digits) }
	t := tokens[i]
	switch {
	case year(t.Word):
		return true
	case r.a.Month(tokens[i:]) > 0:
		return t.Is(lexis.Capital) && i > 0 || digits(i+1) || digits(i-1)
	}
	return digits(i) && len(t.Word) <= 2 && (i > 0 && r.a.Month(tokens[i-1:]) > 0 || i+1 < len(tokens) && r.a.Month(tokens[i+1:]) > 0)
}

func year(w string) bool {
	return len(w) == 4 && (w[0] == '1' || w[0] == '2') && strings.Trim(w, "0123456789") == ""
}

// mostNameWords is how many words a name may have.
const mostNameWords = 4

// somebody returns how many tokens from i on name somebody whom the documents
// know. A single word has to be written as a name is, unless none is.
func (r *reader) somebody(t *reading, i int, uncased bool) int {
	first := t.tokens[i]
	_, little := r.w.little[first.Word]
	if first.Is(lexis.Gram) || first.Is(lexis.Stop) && !first.Is(lexis.Capital) || little || r.w.pronoun(first.Word) {
		return 0
	}
	for n := min(mostNameWords, len(t.tokens)-i); n > 0; n-- {
		last := t.tokens[i+n-1]
		words := t.string[first.Start:last.End]
		words = words[:len(words)-r.w.particle(words)]
		if n == 1 && (first.Is(lexis.Stop) || strings.HasPrefix(first.Concept, "=") || !first.Is(lexis.Capital) && !uncased && cased(words)) {
			continue
		}
		if len(strings.Fields(words)) == n && r.known(words) {
			return n
		}
	}
	return 0
}

// cased reports whether a word is of a script that has capitals.
func cased(w string) bool { return strings.ToLower(w) != strings.ToUpper(w) }

// someone is phraseAt for scripts without spaces: the longest run of characters
// that is somebody's name.
func (r *reader) someone(t *reading, i int) (phrase, int, bool) {
	const most, least = 12, 2 // characters
	start := int(t.tokens[i].Start)
	run := []rune(t.string[start:])
	for n := range run {
		if !text.Unspaced(run[n]) && run[n] != '·' && run[n] != '・' {
			run = run[:n]
			break
		}
	}
	for n := min(most, len(run)); n >= least; n-- {
		end := start + len(string(run[:n]))
		if !r.known(t.string[start:end]) {
			continue
		}
		used := 1
		for i+used < len(t.tokens) && int(t.tokens[i+used].Start) < end {
			used++
		}
		return phrase{kind: person, start: start, end: end, article: start, from: start}, used, true
	}
	return phrase{}, 0, false
}

// leadIn finds the article and the little word before the phrase at token i.
func (r *reader) leadIn(t *reading, i int, p *phrase) {
	for i--; i >= 0; i-- {
		tok := t.tokens[i]
		if _, ok := r.w.articles[tok.Word]; ok && p.article == p.start {
			p.article, p.from = int(tok.Start), int(tok.Start)
			continue
		}
		if _, ok := r.w.little[tok.Word]; ok && (len(t.phrases) == 0 || t.phrases[len(t.phrases)-1].end <= int(tok.Start)) && int(tok.Start) >= t.askEnd {
			p.before, p.from = tok.Word, int(tok.Start)
			_, p.topic = r.w.topics[tok.Word]
		}
		return
	}
}
