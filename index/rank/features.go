package rank

import (
	"math"
	"strings"

	"attache/corpus/text"
	"attache/index/lexis"
)

// Feature is one thing that the model weighs.
type Feature int

// The features of a sentence. Shares are of the question's weight: rare words
// and names weigh more.
const (
	Exact          Feature = iota // share whose own words stand in the sentence
	Near                          // share met by synonyms and look-alikes, by how well
	Rare                          // like Exact and Near together, by squared weight: the rarest words
	Dense                         // BM25 of the sentence, by its true length
	Previous                      // share met only by the sentence before
	Next                          // … only by the one after
	InTitle                       // … only by title and heading
	InParagraph                   // … only by the rest of the paragraph
	InBefore                      // … only by the paragraph before
	NameMissing                   // share of names that neither sentence, title nor paragraph holds
	NameAbsent                    // share of names that the sentence does not hold
	Adjacent                      // share of neighbours in the question that stand together here
	Together                      // how close the matched words stand
	Ordered                       // share that comes in the question's order
	Focus                         // "which country": the country is met
	PassageRank                   // retrieval score of the passage, by that of the best
	DocumentRank                  // the same of the document
	ParagraphShare                // share met by the whole paragraph with its title
	Length                        // of the sentence, logarithm of its words
	Short                         // shorter than six words
	Long                          // longer than 250 characters
	New                           // words that the question does not have
	Asks                          // is a question itself
	Fragment                      // does not end as a sentence does
	Pronoun                       // begins with a pronoun
	First                         // begins its paragraph
	TellsPerson                   // a person is asked for and told; so on
	TellsPlace
	TellsTime
	TellsNumber
	TellsDuration
	TellsReason
	TellsManner
	TellsDefinition
	TellsName
	TellsSpeech
	KindNear // how near to the question's words the asked-for kind stands
	Features_
)

var featureNames = [Features_]string{"exact", "near", "rare", "dense", "previous", "next", "in_title", "in_paragraph", "name_missing", "name_absent", "adjacent", "together", "ordered", "focus", "passage_rank", "document_rank", "paragraph_share", "length", "short", "long",
	"new", "asks", "fragment", "pronoun", "first", "tells_person", "tells_place", "tells_time", "tells_number", "tells_duration", "tells_reason",
	"tells_manner", "tells_definition", "tells_name", "tells_speech", "kind_near"}

// String is the feature's name in model.json and in explanations.
func (f Feature) String() string { return featureNames[f] }

// Features are a sentence's values.
type Features [Features_]float64

// passage appends the candidates of one passage.
func (r *reader) passage(dst []Candidate, p *Passage) []Candidate {
	q := r.q
	title := r.title(p.Title)
	r.read(p.Text)
	all := r.sentences(p)
	whole := r.levels(r.marks)
	for i := p.First; i < p.Last; i++ {
		s := &all[i]
		c := Candidate{Passage: p, Sentence: i}
		f := &c.Features
		r.coverage(f, s.levels)
		previous, next := r.none, r.none
		if i > 0 {
			previous = all[i-1].levels
		}
		if i+1 < len(all) {
			next = all[i+1].levels
		}
		left := make([]float64, len(q.Units)) // what the sentence leaves open
		for u := range left {
			left[u] = 1 - s.levels[u]
		}
		f[Previous] = q.fill(left, previous)
		f[InTitle] = q.fill(left, title)
		f[Next] = q.fill(left, next)
		f[InParagraph] = q.fill(left, whole)
		q.names(f, s.levels, left)
		f[ParagraphShare] = 1 - q.share(left)
		r.position(f, s)
		if r.best > 0 {
			f[PassageRank] = p.Score / r.best
			f[DocumentRank] = r.byDoc[p.Document] / r.mostDoc
		}
		r.form(f, s, p.Text)
		f[First] = truth(i == 0 || strings.Contains(p.Text[all[i-1].span.End:s.span.Start], "\n"))
		r.kind(f, s)
		for _, m := range s.marks {
			t := r.tokens[m.token]
			c.Matches = append(c.Matches, Matched{text.Span{Start: int(t.Start), End: int(t.End)}, m.unit, m.level})
		}
		dst = append(dst, c)
	}
	return dst
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// share is the share of the question's weight that levels hold.
func (q *Question) share(levels []float64) float64 {
	if q.Weight == 0 {
		return 0
	}
	sum := 0.0
	for i, l := range levels {
		sum += l * q.Units[i].Weight
	}
	return sum / q.Weight
}

// fill takes from left what levels hold, and returns the share taken.
func (q *Question) fill(left, levels []float64) float64 {
	sum := 0.0
	for i, l := range levels {
		got := min(left[i], l)
		left[i] -= got
		sum += got * q.Units[i].Weight
	}
	return sum / max(q.Weight, 1e-9)
}

func (r *reader) coverage(f *Features, levels []float64) {
	q := r.q
	squares, rare := 0.0, 0.0
	for i, l := range levels {
		w := q.Units[i].Weight
		if l == 1 {
			f[Exact] += w
		} else {
			f[Near] += w * l
		}
		squares += w * w
		rare += w * w * l
	}
	w := max(q.Weight, 1e-9)
	f[Exact] /= w
	f[Near] /= w
	f[Rare] = rare / max(squares, 1e-9)
}

// names tells what share of the question's names is not held.
func (q *Question) names(f *Features, levels, left []float64) {
	all := 0.0
	for i, u := range q.Units {
		if !u.Name && !u.Number {
			continue
		}
		all += u.Weight
		f[NameAbsent] += u.Weight * (1 - levels[i])
		f[NameMissing] += u.Weight * left[i]
	}
	if all > 0 {
		f[NameAbsent] /= all
		f[NameMissing] /= all
	}
}

// BM25's constants, for sentences of the mean length.
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
	counts := make([]float64, len(q.Units))
	for _, m := range s.marks {
		counts[m.unit] += m.level
	}
	norm := k1 * (1 - b + b*float64(len(s.tokens))/meanLength)
	sum := 0.0
	for i, n := range counts {
		sum += q.Units[i].Weight * n * (k1 + 1) / (n + norm)
	}
	w := max(q.Weight, 1e-9)
	f[Dense] = sum / w / (k1 + 1)
	pair, together := 0.0, 0.0
	for i := 1; i < len(s.marks); i++ {
		a, b := s.marks[i-1], s.marks[i]
		if a.unit == b.unit {
			continue
		}
		gap := float64(b.token - a.token)
		weight := (q.Units[a.unit].Weight*a.level + q.Units[b.unit].Weight*b.level) / 2
		together += weight / gap
		if b.unit-a.unit == 1 && gap <= 3 {
			pair += weight
		}
	}
	f[Adjacent] = min(pair/w, 1)
	f[Together] = min(together/w, 2)
	f[Ordered] = q.ordered(s.marks) / w
	if q.focus >= 0 {
		f[Focus] = s.levels[q.focus]
	}
}

// ordered is the weight of the heaviest run of marks in the question's order.
func (q *Question) ordered(marks []mark) float64 {
	best := make([]float64, len(q.Units)) // heaviest run that ends with the unit
	for _, m := range marks {
		run := 0.0
		for u := range m.unit {
			run = max(run, best[u])
		}
		best[m.unit] = max(best[m.unit], run+q.Units[m.unit].Weight*m.level)
	}
	most := 0.0
	for _, w := range best {
		most = max(most, w)
	}
	return most
}

// form weighs how the sentence is made.
func (r *reader) form(f *Features, s *sentence, t string) {
	n := 0
	for i := range s.tokens {
		if !s.tokens[i].Is(lexis.Stop) {
			n++
		}
	}
	in := s.span.In(t)
	f[Length] = math.Log(1 + float64(len(s.tokens)))
	f[Short] = truth(len(s.tokens) < 6)
	f[Long] = truth(len([]rune(in)) > 250)
	f[New] = math.Log(1 + float64(max(n-len(s.marks), 0)))
	in = strings.TrimRight(in, "\"'”’)」』»]")
	f[Asks] = truth(strings.HasSuffix(in, "?") || strings.HasSuffix(in, "？") || strings.HasSuffix(in, "؟"))
	f[Fragment] = truth(in == "" || !strings.ContainsAny(in[max(0, len(in)-3):], ".!?。！？؟।…"))
	f[Pronoun] = truth(len(s.tokens) > 0 && s.tokens[0].Is(lexis.Pronoun))
}

// kind weighs whether the sentence tells what is asked for.
func (r *reader) kind(f *Features, s *sentence) {
	k := r.q.Kind
	feature, ok := tells[k]
	if !ok {
		return
	}
	at := 0
	for i := range s.tokens {
		if !r.shows(k, s, i) {
			continue
		}
		f[feature] = 1
		near := 0.0
		for _, m := range s.marks {
			d := m.token - s.first - i
			if d < 0 {
				d = -d
			}
			near += r.q.Units[m.unit].Weight * m.level / float64(2+d)
		}
		f[KindNear] = max(f[KindNear], 2*near/max(r.q.Weight, 1e-9))
		at++
	}
}

var tells = map[lexis.Kind]Feature{lexis.Person: TellsPerson, lexis.Place: TellsPlace, lexis.Time: TellsTime, lexis.Number: TellsNumber,
	lexis.Duration: TellsDuration, lexis.Reason: TellsReason, lexis.Manner: TellsManner, lexis.Definition: TellsDefinition,
	lexis.Name: TellsName, lexis.Speech: TellsSpeech}

// shows reports whether token i of the sentence shows the kind, and is not a
// word of the question.
func (r *reader) shows(k lexis.Kind, s *sentence, i int) bool {
	t := &s.tokens[i]
	if _, asked := r.match(t); asked {
		return false
	}
	switch k {
	case lexis.Person, lexis.Name:
		return t.Is(lexis.Capital) && !t.Is(lexis.Stop) && (i > 0 || len(s.tokens) > 1 && s.tokens[1].Is(lexis.Capital))
	case lexis.Place:
		return t.Is(lexis.Capital) && i > 0 && s.tokens[i-1].Tells.Has(lexis.Place) || strings.HasPrefix(t.Concept, "=") || strings.HasPrefix(t.Concept, "@")
	case lexis.Time:
		return t.Tells.Has(k) || year(t.Word)
	case lexis.Number:
		return t.Is(lexis.Digits) || t.Tells.Has(k)
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
