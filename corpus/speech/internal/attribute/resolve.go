package attribute

import (
	"slices"
	"sort"
	"strings"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/internal/clause"
	"example.org/attache/corpus/speech/internal/people"
	"example.org/attache/corpus/speech/internal/word"
)

// resolver finds the person whom a pronoun or "the senator" means.
type resolver struct {
	*attribution
	people   []people.Person
	speakers []int // of each quotation so far: a person, -1 for none
	score    scorer
	done     int // phrases before it are resolved

	strangers map[string]int  // last words of capitalised names that are nobody's
	called    []speech.Gender // of each person: the pronouns that surely meant them so far
	most      int             // how often the text names whom it names most
}

// referent is a person whom a pronoun can mean, with the last place before it
// that names the person.
type referent struct {
	person int
	phrase int // the last phrase that means the person
	named  int // the last one that names the person
	rank   int // how many others were named since
	times  int // how often, nearby
}

const (
	maybe        = 0.40 // chance of a phrase, to take it for the speaker's at all
	sureEnough   = 0.62 // to name the person
	sureOfHim    = 0.74 // to name the person whom a pronoun means
	sureOfBody   = 0.70 // to name a body or a country
	sureOfGender = 0.90 // to learn a person's gender from a pronoun
	evens        = 0.50 // of two who can be meant alike
	lookBack     = 80   // phrases
)

func newResolver(a *attribution, people []people.Person) *resolver {
	r := &resolver{attribution: a, people: people, speakers: make([]int, len(a.Quotes)), strangers: map[string]int{}, called: make([]speech.Gender, len(people))}
	for i := range people {
		r.most = max(r.most, people[i].Count)
	}
	r.score = weighBy(pronounWeights())
	for i := range r.speakers {
		r.speakers[i] = -1
	}
	return r
}

// resolveBefore resolves the phrases before the quotation after q. What stays
// uncertain still serves the next ones as a guess.
func (r *resolver) resolveBefore(q int) {
	end := len(r.Items)
	if q+1 < len(r.At) {
		end = int(r.At[q+1])
	}
	for ; r.done < len(r.phrases) && r.phrases[r.done].From < end; r.done++ {
		p := &r.phrases[r.done]
		if p.Kind == clause.Nominal && p.Person < 0 {
			p.Person = r.holder(r.done)
			p.Held = p.Person >= 0
		}
		if p.Kind != clause.Pronoun || p.Person >= 0 {
			continue
		}
		refs := r.referents(r.done)
		if best, sure := r.best(r.done, refs); best >= 0 && refs[best].person >= 0 {
			p.Person, p.Sure = refs[best].person, sure
			if sure >= sureOfGender {
				r.called[p.Person] |= p.Gender
			}
		}
	}
}

// holder is the one person of those named before phrase x whom its noun fits,
// "the envoy"; -1 for none, and where two fit.
func (r *resolver) holder(x int) int {
	p := &r.phrases[x]
	switch r.Token(p.From).Key {
	case "the", "this", "that":
	default:
		return -1
	}
	head := r.Token(p.Head).Key
	found := -1
	for i := x - 1; i >= 0 && i > x-lookBack; i-- {
		b := &r.phrases[i]
		if b.Kind != clause.Named || b.Person == found || !r.people[b.Person].Roles[head] {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = b.Person
	}
	return found
}

// referents are the people whom pronoun x can mean, the last named first.
func (r *resolver) referents(x int) []referent {
	var out []referent
	p := &r.phrases[x]
	for i := x - 1; i >= 0 && i > x-lookBack; i-- {
		b := &r.phrases[i]
		who := b.Person
		if b.Kind == clause.Unknown && who < 0 {
			who = r.stranger(b)
		} else if who < 0 || r.clash(p.Gender, who) {
			continue
		}
		k := slices.IndexFunc(out, func(o referent) bool { return o.person == who })
		if k < 0 {
			k = len(out)
			out = append(out, referent{person: who, phrase: i, named: -1, rank: k})
		}
		out[k].times++
		if b.Kind == clause.Named && out[k].named < 0 {
			out[k].named = i
		}
	}
	return out
}

// stranger is a number below -1 for a capitalised name that is nobody's so
// far: it can be what a pronoun means, and then the pronoun means no person.
func (r *resolver) stranger(p *clause.Phrase) int {
	key := r.Token(p.Head).Key
	n, ok := r.strangers[key]
	if !ok {
		n = -2 - len(r.strangers)
		r.strangers[key] = n
	}
	return n
}

func (r *resolver) clash(g speech.Gender, person int) bool {
	h := r.genderOf(person)
	return h != 0 && h&g == 0
}

func (r *resolver) genderOf(person int) speech.Gender {
	p := &r.people[person]
	if p.Gender == 0 {
		p.Gender = word.GivenGender(p.Given)
	}
	return p.Gender
}

// best weighs the referents of pronoun x.
func (r *resolver) best(x int, refs []referent) (best int, sure float64) {
	if len(refs) == 0 {
		return -1, 0
	}
	scores := make([]float64, len(refs))
	for i := range refs {
		scores[i] = r.weighReferent(x, &refs[i])
	}
	chances(scores)
	for i := range scores {
		if scores[i] > scores[best] {
			best = i
		}
	}
	if r.oneOfTwo(refs, best) {
		scores[best] = min(scores[best], evens)
	}
	return best, scores[best]
}

// oneOfTwo reports whether the likeliest referent was last named together with
// another, who can be meant as well: "Haldane and Lund arrived. He said".
func (r *resolver) oneOfTwo(refs []referent, best int) bool {
	b := &r.phrases[refs[best].phrase]
	return b.Joint && slices.ContainsFunc(refs, func(o referent) bool {
		p := &r.phrases[o.phrase]
		return o.person >= 0 && o.person != refs[best].person && p.Joint && p.Verb == b.Verb
	})
}

// weighReferent scores one referent of pronoun x.
func (r *resolver) weighReferent(x int, ref *referent) float64 {
	f := &r.score
	p, b := &r.phrases[x], &r.phrases[ref.phrase]
	far := r.apart(p, b)
	rel := b.Relation.String()
	f.fact("apart", far)
	f.fact("apart", far, rel)
	f.fact("apart", far, b.Kind.String())
	f.fact("rank", small(ref.rank))
	f.fact("rank", small(ref.rank), far)
	f.fact("times", small(ref.times-1))
	if ref.person < 0 {
		r.weighStranger(x, ref, far)
		return f.take()
	}
	known := "gender unknown"
	if r.genderOf(ref.person) != 0 {
		known = "gender agrees"
	}
	f.fact(known)
	f.fact(known, far)
	if b.Joint {
		f.fact("one of several", far)
	}
	switch g := r.called[ref.person]; {
	case g == p.Gender:
		f.fact("called so")
		f.fact("called so", far)
	case g != 0:
		f.fact("called otherwise")
	}
	if 4*r.people[ref.person].Count >= 3*r.most {
		f.fact("named most")
		f.fact("named most", far)
	}
	if r.opensSentence(b) {
		f.fact("opens", far)
		f.fact("opens", far, rel)
	}
	if ref.named >= 0 {
		n := &r.phrases[ref.named]
		f.fact("named", r.apart(p, n))
		f.fact("named", r.apart(p, n), n.Relation.String())
	} else {
		f.fact("named far")
	}
	f.fact("in all", small(r.people[ref.person].Count/2))
	if len(r.people[ref.person].Forms[0]) > 0 && !strings.Contains(r.people[ref.person].Forms[0], " ") {
		f.fact("bare name")
	}
	if r.namedBeside(x, ref.person) {
		f.fact("named in it")
		f.fact("named in it", far)
	}
	if r.frames(b) {
		f.fact("frames", far)
	} else if r.framedByAnother(ref) {
		f.fact("framed", far)
		f.fact("framed", far, rel)
	}
	r.factsOfSpeech(x, ref)
	return f.take()
}

// namedBeside reports whether a quotation in the sentence of phrase x names a
// person, who then is hardly the one who says it.
func (r *resolver) namedBeside(x, person int) bool {
	from, to := r.Sentence(r.phrases[x].From)
	for i := max(from, r.phrases[x].From-farthestCue); i < min(to, r.phrases[x].From+farthestCue); i++ {
		if q := r.Items[i].Quote; q >= 0 && slices.Contains(r.namedIn[q], person) {
			return true
		}
	}
	return false
}

// framedByAnother reports whether a referent is inside a clause that is attributed
// to somebody else: "Lund has left, Ortmann said."
func (r *resolver) framedByAnother(ref *referent) bool {
	b := &r.phrases[ref.phrase]
	for i := ref.phrase + 1; i < len(r.phrases) && i < ref.phrase+8 && r.Items[r.phrases[i].From].Sentence == r.Items[b.From].Sentence; i++ {
		if p := &r.phrases[i]; r.frames(p) && p.Person != ref.person {
			return true
		}
	}
	return false
}

// weighStranger scores a capitalised name that is nobody's.
func (r *resolver) weighStranger(x int, ref *referent, far string) {
	f := &r.score
	b := &r.phrases[ref.phrase]
	words := small(b.To - b.From)
	f.fact("stranger")
	f.fact("stranger", far, words)
	f.fact("stranger", b.Relation.String())
	f.fact("stranger", b.Relation.String(), words)
	if t := r.Token(b.Head); t.Is(word.Body | word.Place | word.SpeakingBody | word.Demonym) {
		f.fact("stranger", "no person")
	}
	if b.Verb >= 0 && r.Token(b.Verb).Is(word.CoreCue) {
		f.fact("stranger", "says")
	}
}

// factsOfSpeech notes whether a referent spoke last, and how near.
func (r *resolver) factsOfSpeech(x int, ref *referent) {
	f := &r.score
	p := &r.phrases[x]
	last := sort.Search(len(r.At), func(q int) bool { return int(r.At[q]) > p.From }) - 1
	for q := last; q >= max(0, last-lookBack); q-- {
		if r.speakers[q] < 0 {
			continue
		}
		where := "far"
		switch d := r.Items[p.From].Paragraph - r.Items[r.At[q]].Paragraph; {
		case r.Items[p.From].Sentence == r.Items[r.At[q]].Sentence:
			where = "same sentence"
		case d == 0:
			where = "here"
		case d == 1:
			where = "paragraph before"
		case d == 2:
			where = "two before"
		}
		if r.speakers[q] == ref.person {
			f.fact("spoke", where)
			f.fact("spoke", where, p.Relation.String())
		} else {
			f.fact("another spoke", where)
		}
		return
	}
	f.fact("nobody spoke")
}

// apart is how far apart two phrases are, in classes.
func (r *resolver) apart(p, b *clause.Phrase) string {
	x, y := r.Items[p.From], r.Items[b.From]
	d := x.Sentence - y.Sentence
	switch {
	case d == 0:
		return "same sentence"
	case x.Paragraph == y.Paragraph && d == 1:
		return "sentence before"
	case x.Paragraph == y.Paragraph:
		return "same paragraph"
	case x.Paragraph == y.Paragraph+1 && d <= 2:
		return "paragraph before, near"
	case x.Paragraph == y.Paragraph+1:
		return "paragraph before"
	case x.Paragraph == y.Paragraph+2:
		return "two before"
	case x.Paragraph <= y.Paragraph+4:
		return "few before"
	}
	return "far"
}

// opensSentence reports whether a phrase is the first of its sentence.
func (r *resolver) opensSentence(p *clause.Phrase) bool {
	from, _ := r.Sentence(p.From)
	return p.From-from <= 1
}

func small(n int) string {
	switch {
	case n <= 0:
		return "0"
	case n == 1:
		return "1"
	case n <= 3:
		return "2"
	case n <= 7:
		return "4"
	}
	return "8"
}
