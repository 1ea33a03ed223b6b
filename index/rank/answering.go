package rank

import (
	"math"
	"strings"

	"example.org/attache/index/lexis"
)

// A question has a topic, which the title of a document that answers it mostly
// names, and a relation: what it asks of the topic. "When was the Treaty of
// Ghent ratified" asks of a treaty when it was ratified. A sentence that is
// about the topic alone is near to the answer, and none.

// topic notes which units are of the topic: those that the document's title
// names, or where it names none of them the names.
func (r *reader) topic(document title) []bool {
	of := make([]bool, len(r.q.Units))
	any := false
	for i, l := range document.levels {
		of[i] = l >= Own && !r.q.Units[i].Light
		any = any || of[i]
	}
	for i := range of {
		if u := &r.q.Units[i]; !any {
			of[i] = u.Name
		}
	}
	return of
}

// answering weighs how well the sentence says what is asked, and not only of
// what.
func (r *reader) answering(f *Features, s *sentence, p *Passage, around *vicinity) {
	q := r.q
	topic := around.topic
	is := func(i int) bool { return topic[i] }
	of := func(i int) bool { return !topic[i] && !q.Units[i].Light }
	relation, topical := q.weight(of), q.weight(is)
	for i, l := range s.levels {
		w := q.Units[i].Weight
		switch {
		case of(i):
			if l < Own {
				f[RelationAbsent] += w / max(relation, tiny)
				f[RelationLike] += w * l / max(relation, tiny)
			}
		case is(i):
			f[TopicAbsent] += w * (1 - l) / max(topical, tiny)
		}
	}
	r.open(f, s, topic, around)
	f[StrongAbsent] = q.absent(s.levels, func(u *Unit) bool { return u.strong })
	f[TitleAsked], f[HeadingAsked] = around.document.asked, around.heading.asked
	f[TitleNamed] = truth(around.document.asked > 0.99)
	f[Opening] = math.Exp(-float64(p.Offset+s.span.Start) / opening)
	r.begins(f, s, is, topical)
	r.otherYear(f, s)
	if relation == 0 {
		of, relation = is, topical
	}
	for _, i := range r.telling {
		near := r.nearness(s, i, of) / max(relation, tiny)
		f[RelationNear] = max(f[RelationNear], near)
		if r.precise(s, i) {
			f[Precise], f[PreciseNear] = 1, max(f[PreciseNear], near)
		}
		if q.Kind == lexis.Number && i+1 < len(s.tokens) && q.analyzer.Measures(&s.tokens[i+1]) {
			f[Measured] = 1
		}
		if f[Bracketed] == 0 && r.bracketed(s, i, p.Text) {
			f[Bracketed] = 1
		}
	}
}

// lightShare is what a word that only shapes the question counts, of one that
// names something.
const lightShare = 0.5

// open counts which words of the relation are not met. Common ones count as
// much as rare ones: where the topic is rare, "first" or "made of" is what an
// answer turns on.
func (r *reader) open(f *Features, s *sentence, topic []bool, around *vicinity) {
	all, here, anywhere := 0.0, 0.0, 0.0
	for i := range r.q.Units {
		u := &r.q.Units[i]
		if topic[i] {
			continue
		}
		n := 1.0
		if u.Light {
			n = lightShare
		}
		all += n
		here += n * (1 - s.levels[i])
		anywhere += n * (1 - max(s.levels[i], around.previous[i], around.whole[i]))
	}
	if all > 0 {
		f[RelationOpen], f[RelationAround] = here/all, anywhere/all
	}
	if r.q.focus >= 0 {
		f[FocusAbsent] = 1 - s.levels[r.q.focus]
	}
	for i := len(r.q.Units) - 1; i >= 0; i-- {
		if u := &r.q.Units[i]; !u.Name && !u.Number {
			f[LastAbsent] = 1 - s.levels[i]
			break
		}
	}
}

// precise reports whether a token that shows the kind asked for is not only of
// those that often stand with it.
func (r *reader) precise(s *sentence, i int) bool {
	t := &s.tokens[i]
	beside := func(j int) bool {
		return j >= 0 && j < len(s.tokens) && s.tokens[min(i, j)].End+1 == s.tokens[max(i, j)].Start && s.tokens[j].Is(lexis.Capital) && r.shows(r.q.Kind, s, j)
	}
	switch r.q.Kind {
	case lexis.Time:
		return year(t.Word) || r.q.analyzer.Month(s.tokens[i:]) > 0
	case lexis.Number:
		return t.Is(lexis.Digits)
	case lexis.Person, lexis.Name:
		return t.Is(lexis.Gram) || t.Is(lexis.Capital) && (beside(i-1) || beside(i+1))
	case lexis.Place:
		return t.Is(lexis.Capital) && i > 0 && s.tokens[i-1].Tells.Has(lexis.Place)
	}
	return true
}

// opening is how many bytes from its beginning a document still introduces what
// it is about.
const opening = 400

// weight is that of the units which are such.
func (q *Question) weight(such func(i int) bool) (sum float64) {
	for i := range q.Units {
		if such(i) {
			sum += q.Units[i].Weight
		}
	}
	return sum
}

// nearness is the weight of the units which are such, each by how near to a token
// it stands.
func (r *reader) nearness(s *sentence, token int, such func(i int) bool) (sum float64) {
	best := r.blank(0)
	for _, m := range s.marks {
		if d := math.Abs(float64(m.token - s.first - token)); such(m.unit) {
			best[m.unit] = max(best[m.unit], m.level*math.Exp(-d/4))
		}
	}
	for i, b := range best {
		sum += b * r.q.Units[i].Weight
	}
	return sum
}

// How many words a sentence that defines something has at most before it says
// so, and how many of a sentence are its beginning.
const (
	longestSubject = 14
	firstWords     = 5
)

// begins weighs what the sentence begins with: the topic, and "is a" behind
// what the question names.
func (r *reader) begins(f *Features, s *sentence, topic func(i int) bool, topical float64) {
	met, first := r.blank(1), r.blank(2)
	m := 0
	for i := range s.tokens[:min(len(s.tokens), longestSubject)] {
		for ; m < len(s.marks) && s.marks[m].token-s.first <= i; m++ {
			u := s.marks[m].unit
			met[u] = max(met[u], s.marks[m].level)
			if i < firstWords && topic(u) {
				first[u] = met[u]
			}
		}
		if f[Defines] == 0 && s.tokens[i].Tells.Has(lexis.Definition) {
			for u, l := range met {
				f[Defines] += l * r.q.Units[u].Weight / max(r.q.Weight, tiny)
			}
		}
	}
	for u, l := range first {
		f[TopicFirst] += l * r.q.Units[u].Weight / max(topical, tiny)
	}
}

// otherYear notes that the sentence tells another year than the question.
func (r *reader) otherYear(f *Features, s *sentence) {
	for i, u := range r.q.Units {
		if u.Year == 0 || s.levels[i] >= Own {
			continue
		}
		for j := range s.tokens {
			if year(s.tokens[j].Word) {
				f[OtherYear] = 1
			}
		}
	}
}

// bracketed reports whether a token is in brackets that open behind a word
// of the question.
func (r *reader) bracketed(s *sentence, token int, t string) bool {
	at := int(s.tokens[token].Start)
	from := min(at, max(s.span.Start, at-longestBracket)) // some tokens begin before the span
	open := strings.LastIndexAny(t[from:at], "(（)）")
	if open < 0 || t[from+open] == ')' || strings.HasPrefix(t[from+open:], "）") {
		return false
	}
	open += from
	for _, m := range s.marks {
		end := int(s.tokens[m.token-s.first].End)
		if m.level >= Own && end <= open && open-end <= 2 {
			return true
		}
	}
	return false
}
