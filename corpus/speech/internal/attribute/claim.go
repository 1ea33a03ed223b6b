package attribute

import (
	"strings"

	"example.org/attache/corpus/speech/internal/clause"
	"example.org/attache/corpus/speech/internal/quote"
	"example.org/attache/corpus/speech/internal/token"
	"example.org/attache/corpus/speech/internal/word"
)

// A claim is a verb of speech with a phrase that may be its speaker: where it
// holds, the sentence reports what the phrase says.
type claim struct {
	phrase   int
	from, to int // items of the cue: of the verb, or of a phrase like "according to"
	link     string
}

// How a phrase and a cue hang together, beside the relations of phrases.
const (
	byWho      = "who"                   // "Lee, who called for talks,"
	bySharing  = "shares"                // "Lee stood up and said"
	byGoingOn  = "shares speaking"       // "Lee said no and added"
	bySkipping = "shares over a subject" // "Lee said Roe had left and added"
)

// How far from a cue its subject and other claims are looked for.
const (
	inverts    = 8 // items behind the cue
	mostRivals = 8 // claims before and behind it
)

// claims finds the claims of the sentence from item from to item to, in the
// order of their cues.
func (a *attribution) claims(from, to int) []claim {
	first, end := a.phraseFrom(from), a.phraseFrom(to)
	var out []claim
	for c := from; c < to; c++ {
		if a.Items[c].Quote >= 0 {
			continue
		}
		if quote.IsDouble(a.Token(c).Key) {
			return nil // a quotation that is not paired
		}
		if n := a.sourcePhrase(c, to); n > 0 {
			if x := a.phraseFrom(c + n); x < end && (a.phrases[x].Relation == clause.Source || a.phrases[x].Relation == clause.Relay) {
				out = append(out, claim{phrase: x, from: c, to: c + n, link: clause.Source.String()})
			}
			c += n - 1
			continue
		}
		if !a.reports(c) {
			continue
		}
		n := len(out)
		first, end := max(first, a.phraseFrom(c-farthestCue)), min(end, a.phraseFrom(c+inverts))
		for x := first; x < end; x++ {
			if p := &a.phrases[x]; a.isVerbOf(p, c) {
				link := p.Relation.String()
				if p.Kind == clause.Relative {
					link = byWho
				}
				out = append(out, claim{phrase: x, from: c, to: c + 1, link: link})
			}
		}
		if len(out) == n && a.shares(c) {
			out = a.sharing(out, c, first, end)
		}
	}
	return out
}

// reports reports whether item i is a verb of speech.
func (o *attribution) reports(i int) bool {
	t := o.Token(i)
	if t.Kind != token.Word || t.Caps || t.Is(word.ReportsNothing) {
		return false
	}
	if t.Is(word.BareCue) {
		b := o.Token(o.Before(i))
		return b.Is(word.Auxiliary) || b.Key == "to"
	}
	return t.Is(word.StrongCue)
}

// isVerbOf reports whether phrase p is the subject of the verb at item c.
func (o *attribution) isVerbOf(p *clause.Phrase, c int) bool {
	if p.Verb < 0 || p.Verb > c || p.Relation == clause.Object || p.Relation == clause.Told || p.Relation == clause.Owner {
		return false
	}
	for i := p.Verb; i < c; i++ {
		if !o.Token(i).Is(word.Auxiliary | word.Adverb) {
			return false
		}
	}
	return true
}

// sourcePhrase is how many items from i on are a phrase like "according to".
func (o *attribution) sourcePhrase(i, to int) int {
	for _, words := range word.Attributions() {
		n := 0
		for n < len(words) && i+n < to && o.Token(i+n).Key == words[n] {
			n++
		}
		if n == len(words) {
			return n
		}
	}
	return 0
}

// shares reports whether the verb at item c, which has no subject of its own,
// can have that of a verb before it: "stood up and said", ", saying".
func (o *attribution) shares(c int) bool {
	b := o.Before(c)
	if b < 0 || o.Items[b].Sentence != o.Items[c].Sentence {
		return false
	}
	if o.Items[b].Quote >= 0 {
		return true
	}
	t := o.Token(b)
	switch t.Key {
	case "and", "but", "or", "to", ",", "—", "–", "-", ";", "then", "before", "after", "by", "while", "when", "in":
		return true
	}
	return strings.HasSuffix(o.Token(c).Key, "ing") && t.Kind == token.Word && !t.Is(word.Function|word.Auxiliary)
}

// sharing adds the claims of a verb at item c without a subject of its own:
// that of the last subject before it, and that of the last one who speaks.
func (a *attribution) sharing(out []claim, c, first, end int) []claim {
	link := bySharing
	for x := min(end, a.phraseFrom(c)) - 1; x >= first; x-- {
		p := &a.phrases[x]
		if p.Verb < 0 || p.Verb > c || p.Relation == clause.Object || p.Relation == clause.Told || p.Relation == clause.Owner {
			continue
		}
		speaks := (p.Relation == clause.Speaking || p.Relation == clause.Inverted) && a.Token(p.Verb).Is(word.CoreCue)
		switch {
		case speaks && link == bySharing:
			return append(out, claim{phrase: x, from: c, to: c + 1, link: byGoingOn})
		case speaks:
			return append(out, claim{phrase: x, from: c, to: c + 1, link: bySkipping})
		case link == bySharing:
			out = append(out, claim{phrase: x, from: c, to: c + 1, link: link})
			link = bySkipping
		}
	}
	return out
}

// claimed is a sentence with its claims.
type claimed struct {
	from, to        int // items
	claims          []claim
	outside, inside int // words outside and inside quotation marks
}

func (a *attribution) claimedIn(from, to int) claimed {
	s := claimed{from: from, to: to, claims: a.claims(from, to)}
	if len(s.claims) == 0 {
		return s
	}
	for i := from; i < to; i++ {
		if q := a.Items[i].Quote; q >= 0 {
			s.inside += 1 + strings.Count(a.Quotes[q].In(a.Body), " ")
		} else if k := a.Token(i).Kind; k == token.Word || k == token.Number {
			s.outside++
		}
	}
	return s
}

// weighClaim scores that claim n of a sentence is reported speech: above 0 it
// rather is.
func (a *attribution) weighClaim(f *scorer, s *claimed, n int) float64 {
	c := &s.claims[n]
	p := &a.phrases[c.phrase]
	kind := p.Kind.String()
	verb, form, strength := "", "", a.strength(c)
	if strength != "source" {
		verb, form = stemOfVerb(a.Token(c.from).Key), formOf(a.Token(c.from).Key)
	}
	next, before := a.follows(c.to, s.to), a.precedes(c.from, s.from)
	clause := a.opening(p, s.from)
	outside, inside := small(s.outside/4), small(s.inside)
	f.fact("any")
	f.fact(c.link)
	f.fact(c.link, kind)
	f.fact("verb", verb)
	f.fact("verb", verb, next)
	f.fact("verb", verb, c.link)
	f.fact("next", next)
	f.fact("next", next, c.link)
	f.fact("before", before)
	f.fact("before", before, c.link)
	f.fact("words", outside)
	f.fact("words", outside, inside)
	f.fact("quoted", inside, next)
	f.fact("quoted", inside, c.link)
	f.fact(strength, next)
	f.fact(strength, c.link)
	f.fact(strength, before)
	f.fact("form", form, c.link)
	f.fact("form", form, next)
	if a.frames(p) {
		f.fact("frames", strength)
		f.fact("frames", next)
	}
	if p.Verb >= 0 && p.Verb < c.from {
		f.fact("finite", stemOfVerb(a.Token(p.Verb).Key), before)
	}
	if !strings.HasPrefix(c.link, bySharing) {
		f.fact("far", distance(p.To-1, c.from), c.link)
	}
	f.fact("clause", clause, c.link)
	f.fact("clause", clause, strength)
	f.fact("ends", a.Token(s.to-1).Key)
	a.weighRivals(f, s, n)
	return f.take()
}

// strength grades the cue of a claim as evidence of speech.
func (a *attribution) strength(c *claim) string {
	switch {
	case c.link == clause.Source.String():
		return "source"
	case a.Token(c.from).Is(word.CoreCue):
		return "core"
	}
	return "cue"
}

// weighRivals notes the other claims of the sentence of claim n: of the same
// cue, of the one before and behind it, and of one that frames it.
func (a *attribution) weighRivals(f *scorer, s *claimed, n int) {
	c := &s.claims[n]
	kind := a.phrases[c.phrase].Kind.String()
	var outer, later, framer *claim
	rival := ""
	for i := max(0, n-mostRivals); i < min(len(s.claims), n+1+mostRivals); i++ {
		b := &s.claims[i]
		switch {
		case b.from == c.from && b.phrase != c.phrase:
			if rival != "nearer" {
				rival = "farther"
			}
			if b.phrase > c.phrase {
				rival = "nearer"
			}
			f.fact("rival", b.link, c.link)
			f.fact("rival", a.phrases[b.phrase].Kind.String(), kind, c.link)
		case b.from < c.from:
			outer = b
		case b.from > c.from:
			if later == nil {
				later = b
			}
			if b.link == clause.Source.String() || a.frames(&a.phrases[b.phrase]) {
				framer = b
			}
		}
	}
	if rival != "" {
		f.fact("rival", rival, c.link)
	}
	a.weighRival(f, c, "outer", outer)
	a.weighRival(f, c, "later", later)
	if framer != nil {
		a.weighRival(f, c, "framer", framer)
	}
	if outer != nil {
		f.fact("outer", a.sameSpeaker(c, outer), a.strength(outer), a.follows(outer.to, c.from))
	}
}

// weighRival notes another claim of the sentence of claim c, nil for none.
func (a *attribution) weighRival(f *scorer, c *claim, name string, b *claim) {
	if b == nil {
		f.fact(name, "none")
		f.fact(name, "none", c.link)
		return
	}
	same, strength := a.sameSpeaker(c, b), a.strength(b)
	f.fact(name, same, strength)
	f.fact(name, same, strength, a.phrases[b.phrase].Kind.String())
	f.fact(name, same, strength, c.link)
	f.fact(name, same, strength, a.strength(c))
}

// sameSpeaker compares the speakers of two claims.
func (a *attribution) sameSpeaker(c, b *claim) string {
	p, q := &a.phrases[c.phrase], &a.phrases[b.phrase]
	switch {
	case b.phrase == c.phrase:
		return "itself"
	case p.Person >= 0 && q.Person == p.Person:
		return "same"
	}
	return "other"
}

// stemOfVerb is an English verb without its ending, near enough to gather the
// forms of one.
func stemOfVerb(key string) string {
	for _, end := range []string{"ying", "ied", "ies"} {
		if s, ok := strings.CutSuffix(key, end); ok && len(s) > 2 {
			return s + "y"
		}
	}
	for _, end := range []string{"ed", "es", "ing", "s", "e"} {
		if s, ok := strings.CutSuffix(key, end); ok && len(s) > 2 {
			return s
		}
	}
	return key
}

// formOf is the form of a verb, judged by its ending.
func formOf(key string) string {
	switch {
	case strings.HasSuffix(key, "ing"):
		return "ing"
	case strings.HasSuffix(key, "s"):
		return "present"
	case strings.HasSuffix(key, "ed"), key == "said", key == "told", key == "wrote":
		return "past"
	}
	return "bare"
}

// follows classifies the item at i, adverbs skipped.
func (o *attribution) follows(i, to int) string {
	for i < to && o.Items[i].Quote < 0 && o.Token(i).Is(word.Adverb) && !o.Token(i).Is(word.StrongCue) {
		i++
	}
	if i >= to || i+1 >= to && o.Token(i).Kind == token.Sign && o.Items[i].Quote < 0 {
		return "end"
	}
	t := o.Token(i)
	switch {
	case o.Items[i].Quote >= 0:
		return "quote"
	case t.Kind == token.Sign && o.Items[i+1].Quote >= 0:
		return t.Key + " quote"
	case t.Kind == token.Number:
		return "number"
	case t.Caps && t.Is(word.Calendar):
		return "day"
	case t.Caps && !t.Is(word.Function):
		return "capital"
	case t.Kind == token.Sign || t.Is(word.Function|word.Auxiliary):
		return t.Key
	case t.Is(word.Listener):
		return "listener"
	}
	return "word"
}

// precedes classifies the item before i, adverbs skipped.
func (o *attribution) precedes(i, from int) string {
	i--
	for i >= from && o.Items[i].Quote < 0 && o.Token(i).Is(word.Adverb) && !o.Token(i).Is(word.Function) {
		i--
	}
	if i < from {
		return "start"
	}
	t := o.Token(i)
	switch {
	case o.Items[i].Quote >= 0:
		return "quote"
	case t.Kind == token.Sign || t.Is(word.Function|word.Auxiliary):
		return t.Key
	case t.Caps:
		return "capital"
	}
	return "word"
}

// opening classifies the item before phrase p in its sentence, which begins at
// item from.
func (o *attribution) opening(p *clause.Phrase, from int) string {
	i := p.From - 1
	switch {
	case i < from:
		return "opens"
	case o.Items[i].Quote >= 0:
		return "quote"
	case o.Token(i).Kind == token.Sign || o.Token(i).Is(word.Function):
		return o.Token(i).Key
	}
	return "word"
}
