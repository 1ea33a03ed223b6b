package attribute

import (
	"sort"

	"example.org/attache/corpus/speech/internal/clause"
	"example.org/attache/corpus/speech/internal/word"
	"example.org/attache/corpus/text"
)

// attribution chooses for each quotation of an outline the phrase that names
// its speaker.
type attribution struct {
	clause.Reader
	phrases []clause.Phrase
	byPara  []int32 // of each paragraph: its first phrase; one more at the end
	score   scorer
	chosen  []int   // of each quotation: a phrase, -1 for none
	namedIn [][]int // of each quotation: the people it names
}

// How far from a quotation its speaker and its verb are looked for.
const (
	mostBefore  = 45 // phrases
	mostAfter   = 20
	farthestCue = 100 // items
)

func newAttribution(o clause.Reader, phrases []clause.Phrase, paras int) *attribution {
	a := &attribution{Reader: o, phrases: phrases, byPara: make([]int32, paras+1), chosen: make([]int, len(o.Quotes)), namedIn: make([][]int, len(o.Quotes))}
	a.score = weighBy(speakerWeights())
	for i := range phrases {
		a.byPara[phrases[i].Paragraph(o)+1] = int32(i + 1)
	}
	for i := range paras {
		a.byPara[i+1] = max(a.byPara[i+1], a.byPara[i])
	}
	return a
}

// candidates are the phrases that can name the speaker of quotation q: those
// of its paragraph and of the one before, the nearest ones of a long text, and
// the last speaker.
func (a *attribution) candidates(q int) []int {
	para := a.Quotes[q].Paragraph
	first, end := int(a.byPara[max(0, para-1)]), int(a.byPara[para+1])
	here := a.phraseFrom(int(a.At[q]))
	first, end = max(first, here-mostBefore), min(end, here+mostAfter)
	var out []int
	if q > 0 && a.chosen[q-1] >= 0 && a.chosen[q-1] < first {
		out = append(out, a.chosen[q-1])
	}
	for i := first; i < end; i++ {
		if a.phrases[i].Relation != clause.Relay {
			out = append(out, i)
		}
	}
	return out
}

// phraseFrom is the first phrase that begins at item i or behind it.
func (a *attribution) phraseFrom(i int) int {
	return sort.Search(len(a.phrases), func(x int) bool { return a.phrases[x].From >= i })
}

// choose attributes quotation q, after those before it, and returns how sure
// it is of the person: the phrases that mean one person count together.
func (a *attribution) choose(q int) float64 {
	s := a.around(q)
	cands := a.candidates(q)
	scores := make([]float64, 0, len(cands)+1)
	for _, x := range cands {
		scores = append(scores, a.weigh(&s, x))
	}
	scores = append(scores, a.weighNone(&s, q))
	chances(scores)
	best, sum := len(cands), scores[len(cands)]
	for i, x := range cands {
		if together := a.together(cands, scores, x); together > sum || together == sum && scores[i] > scores[best] {
			best, sum = i, together
		}
	}
	a.chosen[q] = -1
	if best < len(cands) {
		a.chosen[q] = cands[best]
	}
	return sum
}

// agree lets the quotations of one sentence that chose the same phrase bear
// each other out. One between two of them that might have no
// speaker joins them.
func (a *attribution) agree(sure []float64) {
	same := func(q, b int) bool { return a.Items[a.At[b]].Sentence == a.Items[a.At[q]].Sentence }
	for q := range sure {
		for b := q - 1; b >= max(0, q-8) && same(q, b); b-- {
			if a.chosen[b] == a.chosen[q] {
				both := 1 - (1-max(sure[q], sure[b]))*(1-min(sure[q], sure[b])/4)
				sure[q], sure[b] = both, both
			}
		}
	}
	for q := 1; q+1 < len(sure); q++ {
		if a.chosen[q] < 0 && sure[q] < sureEnough && a.chosen[q-1] == a.chosen[q+1] && same(q-1, q) && same(q, q+1) {
			a.chosen[q], sure[q] = a.chosen[q-1], min(sure[q-1], sure[q+1])
		}
	}
}

// together adds up the chances of the phrases that mean the person of phrase x.
func (a *attribution) together(cands []int, scores []float64, x int) float64 {
	person, sum := a.phrases[x].Person, 0.0
	for i, y := range cands {
		if y == x || person >= 0 && a.phrases[y].Person == person {
			sum += scores[i]
		}
	}
	return sum
}

// written is what names the speaker in phrase x: the name with its honorific
// and the title before it, or the whole of another phrase.
func (a *attribution) written(x int) text.Span {
	s := a.spanOf(x)
	if m := a.phrases[x].Mention; m != nil && m.Title.Len() > 0 && m.Title.Start < s.Start {
		s.Start = m.Title.Start
	}
	return s
}

// spanOf is the text of a phrase, of a name without its title.
func (a *attribution) spanOf(x int) text.Span {
	p := &a.phrases[x]
	from := p.Core
	for from > p.From && a.Token(from-1).Is(word.Honorific) && a.Token(from-1).Caps {
		from--
	}
	return text.Span{Start: a.Token(from).Start, End: a.Token(p.To - 1).End}
}
