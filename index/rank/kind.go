package rank

import (
	"math"
	"slices"
	"strings"

	"example.org/attache/index/lexis"
)

// tells is the feature of each kind that can be asked for.
var tells = map[lexis.Kind]Feature{lexis.Person: TellsPerson, lexis.Place: TellsPlace, lexis.Time: TellsTime, lexis.Number: TellsNumber,
	lexis.Duration: TellsDuration, lexis.Reason: TellsReason, lexis.Manner: TellsManner, lexis.Definition: TellsDefinition,
	lexis.Name: TellsName, lexis.Speech: TellsSpeech}

// kind weighs whether the sentence says what is asked for.
func (r *reader) kind(f *Features, s *sentence) {
	f[OfClass] = truth(r.belongs(s))
	k := r.q.Kind
	r.telling = r.telling[:0]
	feature, ok := tells[k]
	if !ok {
		return
	}
	for i := range s.tokens {
		if !r.shows(k, s, i) {
			continue
		}
		r.telling = append(r.telling, i)
		f[feature] = 1
		if k == lexis.Person && i > 0 && s.tokens[i].Start == s.tokens[i-1].End+1 && r.shows(k, s, i-1) {
			f[FullName] = 1
		}
		for _, m := range s.marks {
			d := m.token - s.first - i
			if r.q.focus == m.unit && d > 0 && d <= 3 && (k == lexis.Number || k == lexis.Duration) {
				f[Counted] = 1
			}
		}
		f[KindNear] = max(f[KindNear], r.closeness(s, i))
	}
}

// closeness is how much of the question is near token i of the sentence.
func (r *reader) closeness(s *sentence, i int) float64 {
	sum := 0.0
	for _, m := range s.marks {
		d := m.token - s.first - i
		sum += r.q.Units[m.unit].Weight * m.level * math.Exp(-math.Abs(float64(d))/6)
	}
	return sum / max(r.q.Weight, tiny)
}

// belongs reports whether the sentence names a member of a class asked for that
// the question does not.
func (r *reader) belongs(s *sentence) bool {
	if r.q.classes == 0 {
		return false
	}
	return slices.ContainsFunc(s.tokens, func(t lexis.Token) bool {
		if !r.q.analyzer.Belongs(&t, r.q.classes) {
			return false
		}
		_, asked := r.match(&t)
		return !asked
	})
}

// shows reports whether token i of the sentence shows the kind, and is not a
// word of the question.
func (r *reader) shows(k lexis.Kind, s *sentence, i int) bool {
	t := &s.tokens[i]
	if _, asked := r.match(t); asked {
		return false
	}
	switch k {
	case lexis.Person, lexis.Name:
		if r.q.analyzer.NounsAreCapital() {
			return r.q.analyzer.Name(s.tokens, i)
		}
		if strings.HasPrefix(t.Concept, "=") && k == lexis.Person || t.Tells.Has(lexis.Time) {
			return false // a state, a month
		}
		return t.Tells.Has(k) || t.Is(lexis.Capital) && !t.Is(lexis.Stop) && (i > 0 || t.Is(lexis.Gram) || len(s.tokens) > 1 && s.tokens[1].Is(lexis.Capital))
	case lexis.Place:
		return t.Is(lexis.Capital) && i > 0 && s.tokens[i-1].Tells.Has(lexis.Place) || strings.HasPrefix(t.Concept, "=") || strings.HasPrefix(t.Concept, "@")
	case lexis.Time:
		return t.Tells.Has(k) || year(t.Word)
	case lexis.Number:
		return t.Is(lexis.Digits) && !year(t.Word) || t.Tells.Has(k)
	case lexis.Duration:
		return t.Tells.Has(k) && i > 0 && (s.tokens[i-1].Is(lexis.Digits) || s.tokens[i-1].Tells.Has(lexis.Number))
	}
	return t.Tells.Has(k)
}

// year reports whether a word is a year, or a decade: "1990s".
func year(w string) bool {
	w = strings.TrimSuffix(w, "s")
	return len(w) == 4 && (w[0] == '1' || w[0] == '2') && strings.Trim(w, "0123456789") == ""
}
