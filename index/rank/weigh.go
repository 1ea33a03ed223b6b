package rank

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/attache/corpus/text"
	"example.org/attache/index/lexis"
)

// passage appends the candidates of one passage.
func (r *reader) passage(dst []Candidate, p *Passage) []Candidate {
	name, above, _ := strings.Cut(p.Title, "\n")
	document, heading := r.title(name, p.Language), r.title(above, p.Language)
	title := r.copied(document.levels)
	r.q.gain(title, heading.levels)
	title = r.dated(title, p)
	topic := r.topic(document)
	voices := make([][]float64, len(p.Voices))
	for i, v := range p.Voices {
		voices[i] = r.title(v.Name, p.Language).levels
	}
	r.read(p.Text, p.Language)
	all := r.sentences(p)
	whole := r.levels(r.marks)
	for i := p.First; i < p.Last; i++ {
		around := &vicinity{title: title, whole: whole, previous: r.none, next: r.none, document: document, heading: heading, topic: topic}
		if i > 0 {
			around.previous, around.before = all[i-1].levels, all[i-1].traces
		}
		if i+1 < len(all) {
			around.next, around.after = all[i+1].levels, all[i+1].traces
		}
		for _, s := range r.parts(p.Text, r.opened(p, all, i)) {
			var spoken bool
			if around.voice, spoken = r.voice(p, voices, s.span); p.OnlyVoices && !spoken {
				continue
			}
			if r.q.says { // neither who says it nor what was asked need be named in it
				s.levels = r.copied(s.levels)
				r.q.gain(s.levels, around.voice)
				r.q.sign(&s.traces, around.voice)
				r.q.entitle(&s, around.voice)
				r.reply(&s, p, all, i)
			}
			if around.said = r.none; i > 0 && p.oneVoice(all[i-1].span, s.span) {
				around.said = around.previous
			}
			c := Candidate{Passage: p, Span: s.span, Features: r.weigh(p, &s, around)}
			r.note(&s, around)
			dst = append(dst, c)
		}
	}
	return dst
}

// dated adds to what the title meets the times in the question that the
// passage was published at.
func (r *reader) dated(title []float64, p *Passage) []float64 {
	if p.Year == 0 {
		return title
	}
	var all []float64
	for i, u := range r.q.Units {
		if u.Year+u.Month == 0 || u.Year > 0 && u.Year != p.Year || u.Month > 0 && u.Month != p.Month || u.Day > 0 && u.Day != p.Day {
			continue
		}
		if all == nil {
			all = r.copied(title)
		}
		all[i] = 1
	}
	if all == nil {
		return title
	}
	return all
}

// vicinity is how well what surrounds a sentence meets the question, and
// what of its wording the sentences before and after it have.
type vicinity struct {
	title, whole, previous, next, voice []float64
	said                                []float64 // previous, where the same statement holds it
	before, after                       traces
	document, heading                   title
	topic                               []bool // which units the title names
}

// voice is how well the names of those who say something of a sentence meet
// the question, and whether somebody does.
func (r *reader) voice(p *Passage, voices [][]float64, s text.Span) (levels []float64, spoken bool) {
	levels = r.none
	for i, v := range p.Voices {
		if !v.Span.Overlaps(s) {
			continue
		}
		if spoken {
			levels = r.copied(levels)
			r.q.gain(levels, voices[i])
			continue
		}
		levels, spoken = voices[i], true
	}
	return levels, spoken
}

// weigh measures one sentence.
func (r *reader) weigh(p *Passage, s *sentence, around *vicinity) (f Features) {
	r.coverage(&f, s)
	r.context(&f, s, around)
	if r.best > 0 {
		f[PassageRank] = p.Score / r.best
		f[DocumentRank] = r.byDoc[p.Document] / r.mostDoc
	}
	r.position(&f, s)
	r.form(&f, s, p.Text)
	r.kind(&f, s)
	r.answering(&f, s, p, around)
	f[OffTopic] = truth(r.q.offTopic(s, around))
	f[Rival] = truth(r.rival(s))
	f[Carried] = f[Refers] * f[Previous]
	return f
}

// coverage says what of the question the sentence holds.
func (r *reader) coverage(f *Features, s *sentence) {
	q := r.q
	squares, rare := 0.0, 0.0
	for i, l := range s.levels {
		u := &q.Units[i]
		switch {
		case l == 1:
			f[Exact] += u.Weight
		case l >= Own:
			f[Near] += u.Weight * l
		case l > 0:
			f[Like] += u.Weight
		}
		squares += u.Weight * u.Weight
		rare += u.Weight * u.Weight * l
	}
	w := max(q.Weight, tiny)
	f[Exact] /= w
	f[Near] /= w
	f[Like] /= w
	f[Rare] = rare / max(squares, tiny)
	f[NumberAbsent] = q.absent(s.levels, func(u *Unit) bool { return u.Number })
}

const tiny = 1e-9

// absent is the share of the units which are such that is not met.
func (q *Question) absent(levels []float64, such func(*Unit) bool) float64 {
	all, open := 0.0, 0.0
	for i, l := range levels {
		if u := &q.Units[i]; such(u) {
			all += u.Weight
			open += u.Weight * (1 - l)
		}
	}
	return open / max(all, tiny)
}

// context says what of the rest is around the sentence, the nearest
// first.
func (r *reader) context(f *Features, s *sentence, around *vicinity) {
	q := r.q
	met := r.copied(s.levels)
	f[Spoken] = q.spoken(s, around.voice)
	f[Voiced] = q.gain(met, around.voice)
	f[NameAbsent] = q.absent(met, func(u *Unit) bool { return u.Name })
	f[NameOut] = q.lost(met)
	f[Previous] = q.gain(met, around.previous)
	f[InTitle] = q.gain(met, around.title)
	f[InParagraph] = q.gain(met, around.whole)
	f[NameLost] = q.lost(met)
	thing := func(u *Unit) bool { return !u.Name && !u.Number && !u.Light }
	f[ThingMissing] = q.absent(met, thing)
	f[ThingAbsent] = q.absent(s.levels, thing)
	f[NameMissing] = q.absent(met, func(u *Unit) bool { return u.Name })
	for i, l := range met {
		w := q.Units[i].Weight / max(q.Weight, tiny)
		f[ParagraphShare] += l * w
		e := max(s.levels[i], 0.8*around.voice[i], 0.6*around.previous[i], 0.5*around.title[i], 0.4*around.next[i], 0.3*around.whole[i])
		f[Evident] += w * math.Log(0.1+0.9*e)
	}
	s.around = met
}

// lost is how little of the least met name is met.
func (q *Question) lost(levels []float64) float64 {
	worst := 0.0
	for i, l := range levels {
		if q.Units[i].Name {
			worst = max(worst, 1-l)
		}
	}
	return worst
}

// rival reports whether the question has a name of the vocabulary that the
// sentence does not, and the sentence has another.
func (r *reader) rival(s *sentence) bool {
	missing := false
	for i := range r.q.Units {
		missing = missing || r.q.Units[i].proper && s.levels[i] < Own
	}
	return missing && slices.ContainsFunc(s.tokens, func(t lexis.Token) bool {
		if !strings.HasPrefix(t.Concept, "=") {
			return false
		}
		_, asked := r.match(&t)
		return !asked
	})
}

// reported is how much of being quoted it is to be reported.
const reported = 0.6

// mostWordsApart is how far from the verb whoever a sentence reports is named, in
// words.
const mostWordsApart = 6

// spoken returns how surely the sentence is by somebody whom the question names
// and asks the words of: it is that one's statement, or it reports one. The
// statement of somebody else is never a report.
func (q *Question) spoken(s *sentence, voice []float64) float64 {
	if !q.says {
		return 0
	}
	any := false
	for i := range q.Units {
		if q.saysIt(i) && voice[i] >= Own {
			return 1
		}
		any = any || voice[i] > 0
	}
	for at, t := range s.tokens {
		if any || !t.Tells.Has(lexis.Speech) {
			continue
		}
		for _, m := range s.marks {
			if d := at - (m.token - s.first); q.saysIt(m.unit) && m.level >= Own && -mostWordsApart <= d && d <= mostWordsApart {
				return reported
			}
		}
	}
	return 0
}

// entitle adds to a statement of whoever the question asks the words of the title that
// the question gives that one: "President" is not written in a president's own words.
func (q *Question) entitle(s *sentence, voice []float64) {
	if q.speaker.empty() || q.verbFinal() || voice[q.speaker.end-1] < Own {
		return
	}
	for i := q.speaker.first; i < q.speaker.end; i++ {
		s.levels[i] = 1
		s.traces.join(&q.Units[i].traces)
	}
}

// saysIt reports whether a unit of the question names the one who says it: of
// several names of one speaker, the last, which is the family name or the country
// spoken for. Where topic and speaker can't be distinguished, any name may.
func (q *Question) saysIt(unit int) bool {
	if q.speaker.empty() || q.verbFinal() {
		return q.Units[unit].Name
	}
	return unit == q.speaker.end-1
}

// unknownShare is what a word counts that no document holds, in the topic of
// somebody's words: it may only be worded otherwise.
const unknownShare = 0.5

// leastOfTopic is the share of a topic from which on a statement is about it.
const leastOfTopic = 0.3

// offTopic reports whether the question asks for somebody's words about
// something, and the sentence holds too little of that. What was asked of the
// speaker is in the sentence's levels.
func (q *Question) offTopic(s *sentence, around *vicinity) bool {
	if q.Kind != lexis.Speech {
		return false
	}
	met, all := 0.0, 0.0
	for i := range q.Units {
		u := &q.Units[i]
		if u.Light || u.Year+u.Month > 0 || q.speaker.has(i) && !q.verbFinal() || around.voice[i] >= Own || q.saysIt(i) && q.verbFinal() {
			continue
		}
		w := u.Weight
		if !u.Known {
			w *= unknownShare
		}
		all += w
		met += w * max(s.levels[i], around.said[i])
	}
	return met < leastOfTopic*all
}

// gain raises met to levels, and returns the share of the question gained.
func (q *Question) gain(met, levels []float64) float64 {
	sum := 0.0
	for i, l := range levels {
		if l > met[i] {
			sum += (l - met[i]) * q.Units[i].Weight
			met[i] = l
		}
	}
	return sum / max(q.Weight, tiny)
}

// BM25's constants, for sentences, and a sentence's usual length in words.
const (
	k1         = 1.2
	b          = 0.6
	meanLength = 25
)

// position weighs how the matched words stand: often, together, in order.
func (r *reader) position(f *Features, s *sentence) {
	q := r.q
	if len(s.marks) == 0 {
		return
	}
	counts := r.zeros()
	for _, m := range s.marks {
		counts[m.unit] += m.level
	}
	norm := k1 * (1 - b + b*float64(len(s.tokens))/meanLength)
	w := max(q.Weight, tiny)
	for i, n := range counts {
		f[Dense] += q.Units[i].Weight / w * n / (n + norm)
	}
	for i := 1; i < len(s.marks); i++ {
		a, b := s.marks[i-1], s.marks[i]
		if a.unit == b.unit {
			continue
		}
		gap := float64(b.token - a.token)
		weight := (q.Units[a.unit].Weight*a.level + q.Units[b.unit].Weight*b.level) / 2 / w
		f[Together] += weight / gap
		if b.unit-a.unit == 1 && gap <= 3 {
			f[Adjacent] += weight
		}
	}
	f[Ordered] = r.ordered(s.marks) / w
}

// ordered is the weight of the heaviest run of marks in the question's order.
func (r *reader) ordered(marks []mark) float64 {
	best := r.zeros() // heaviest run that ends with the unit
	most := 0.0
	for _, m := range marks {
		run := 0.0
		for u := range m.unit {
			run = max(run, best[u])
		}
		best[m.unit] = max(best[m.unit], run+r.q.Units[m.unit].Weight*m.level)
		most = max(most, best[m.unit])
	}
	return most
}

// form weighs how the sentence is made.
func (r *reader) form(f *Features, s *sentence, t string) {
	subject := -1
	for i := range s.tokens {
		if s.tokens[i].Is(lexis.Pronoun) {
			f[Refers] = 1
		}
		if subject < 0 && !s.tokens[i].Is(lexis.Stop) {
			subject = i
		}
	}
	if subject >= 0 {
		if m, ok := r.match(&s.tokens[subject]); ok {
			f[Subject] = m.level
		}
	}
	in := s.span.In(t)
	f[Short] = truth(len(s.tokens) < 6)
	f[Long] = truth(utf8.RuneCountInString(in) > 250)
	in = strings.TrimRight(in, "\"'”’)」』»]")
	f[Asks] = truth(strings.HasSuffix(in, "?") || strings.HasSuffix(in, "？") || strings.HasSuffix(in, "؟"))
	f[Pronoun] = truth(len(s.tokens) > 0 && s.tokens[0].Is(lexis.Pronoun))
}
