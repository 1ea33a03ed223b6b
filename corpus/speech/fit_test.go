package speech

import (
	"bufio"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"attache/corpus/text"
)

// TestFit fits the weights of the scorers to marked texts and writes them to
// the data files:
//
//	go test ./corpus/speech -run TestFit -fit FILE -texts DIR
//
// FILE holds a JSON object a line: "document", a path below DIR, and "gold",
// its quotations, each with "at" and "source_at" (from and to, in code points),
// the "class" of its source, its "heads" (words) and the "name" of the speaker.
var (
	fitFile  = flag.String("fit", "", "marked quotations to fit the weights to")
	fitTexts = flag.String("texts", "", "folder of the marked texts")
	fitHalf  = flag.Int("half", -1, "fit to one half of the texts only, 0 or 1")
)

type goldDocument struct {
	Document string     `json:"document"`
	Gold     []goldUnit `json:"gold"`
	Ignore   []string   `json:"ignore"`
}

type goldUnit struct {
	Text     string   `json:"text"`
	At       [2]int   `json:"at"`
	SourceAt [2]int   `json:"source_at"`
	Class    string   `json:"class"`
	Name     string   `json:"name"`
	Heads    []string `json:"heads"`
}

// example is one choice: the facts of every candidate, and which are right.
type example struct {
	facts [][]string
	right []bool
}

func TestFit(t *testing.T) {
	if *fitFile == "" {
		t.Skip("needs marked texts: -fit FILE -texts DIR")
	}
	var speakers, pronouns []example
	for _, g := range readGold(t) {
		if *fitHalf >= 0 && halfOf(g.Document) != *fitHalf {
			continue
		}
		s, p := examplesOf(t, g)
		speakers, pronouns = append(speakers, s...), append(pronouns, p...)
	}
	writeWeights(t, "speaker", speakers)
	writeWeights(t, "pronoun", pronouns)
}

func halfOf(name string) int {
	h := fnv.New32a()
	h.Write([]byte(filepath.Base(name)))
	return int(h.Sum32()>>8) & 1
}

func readGold(t *testing.T) []goldDocument {
	f, err := os.Open(*fitFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []goldDocument
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var g goldDocument
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		out = append(out, g)
	}
	return out
}

// textOf reads a text as the corpus does.
func textOf(t *testing.T, name string) Text {
	b, err := os.ReadFile(filepath.Join(*fitTexts, name))
	if err != nil {
		t.Fatal(err)
	}
	x := Text{Body: string(b), Language: "en"}
	x.Paragraphs = text.Paragraphs(x.Body)
	for _, p := range x.Paragraphs {
		x.Sentences = append(x.Sentences, text.Sentences(x.Body, p, "en")...)
	}
	return x
}

// examplesOf reads one text, with the right speaker in the place of each
// choice, so that later choices are learned from right ones.
func examplesOf(t *testing.T, g goldDocument) (speakers, pronouns []example) {
	x := textOf(t, g.Document)
	r := read(x)
	offsets := byteOffsets(x.Body)
	a := r.resolver()
	units := make([]*goldUnit, len(r.marks))
	for i := range g.Gold {
		u := &g.Gold[i]
		from, to := offsets[u.At[0]], offsets[min(u.At[1], len(offsets)-1)]
		for q, m := range r.marks {
			if m.Start < to && from < m.End && units[q] == nil {
				units[q] = u
			}
		}
	}
	for q := range r.marks {
		u := units[q]
		a.resolveBefore(q)
		cands := a.candidates(q)
		var right []bool
		if u != nil && len(u.Heads) > 0 && u.Class != "secondhand" {
			right = a.rightOnes(cands, u, offsets)
		} else if u == nil && strings.Count(r.marks[q].In(x.Body), " ") >= 2 && !ignored(g.Ignore, r.marks[q].In(x.Body)) {
			right = make([]bool, len(cands)+1)
			right[len(cands)] = true
		}
		at := slices.Index(right, true)
		if at >= 0 {
			speakers = append(speakers, a.example(q, cands, right))
			a.chosen[q] = -1
			if at < len(cands) {
				a.chosen[q] = cands[at]
			}
		} else {
			a.choose(q)
		}
		c := a.chosen[q]
		if c < 0 {
			continue
		}
		p := &a.phrases[c]
		if at >= 0 && u != nil && p.kind == pronoun && u.Name != "" {
			if e, ok := a.pronounExample(c, u.Name); ok {
				pronouns = append(pronouns, e)
				p.person, p.sure = max(-1, a.referents(c)[slices.Index(e.right, true)].person), 1
			}
		}
		a.speakers[q] = p.person
	}
	return speakers, pronouns
}

func ignored(list []string, s string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return spaced(w) == spaced(s) })
}

// rightOnes marks the candidates that name the source of a unit.
func (a *attribution) rightOnes(cands []int, u *goldUnit, offsets []int) []bool {
	right := make([]bool, len(cands)+1)
	from, to := offsets[u.SourceAt[0]], offsets[min(u.SourceAt[1], len(offsets)-1)]
	for i, c := range cands {
		s := a.spanOf(c)
		if s.Start < to && from < s.End {
			for _, w := range strings.FieldsFunc(text.Fold(s.In(a.body)), func(r rune) bool { return r == ' ' || r == '.' || r == ',' || r == '-' }) {
				right[i] = right[i] || slices.Contains(u.Heads, w)
			}
		}
	}
	return right
}

func (a *attribution) example(q int, cands []int, right []bool) example {
	e := example{right: right}
	s := a.around(q)
	for _, x := range cands {
		var facts []string
		a.score.seen = &facts
		a.weigh(&s, x)
		e.facts = append(e.facts, facts)
	}
	var facts []string
	a.score.seen = &facts
	a.weighNone(&s, q)
	a.score.seen = nil
	e.facts = append(e.facts, facts)
	return e
}

// pronounExample is the choice of the person whom pronoun x means.
func (r *resolver) pronounExample(x int, name string) (example, bool) {
	var e example
	for _, ref := range r.referents(x) {
		var facts []string
		r.score.seen = &facts
		r.weighReferent(x, &ref)
		e.facts = append(e.facts, facts)
		k := keyOf(name)
		if ref.person < 0 {
			e.right = append(e.right, r.token(r.phrases[ref.phrase].head).key == k.family)
			continue
		}
		q := keyOf(r.people[ref.person].forms[0])
		e.right = append(e.right, k.family == q.family && (k.given == "" || q.given == "" || words().sameGiven(k.given, q.given)))
	}
	r.score.seen = nil
	return e, slices.Contains(e.right, true)
}

func byteOffsets(s string) []int {
	var out []int
	for i := range s {
		out = append(out, i)
	}
	return append(out, len(s))
}

// fit finds the weights under which the right candidates are likeliest, by
// gradient descent with a penalty on large weights.
func fit(examples []example) map[string]float64 {
	const rounds, rate, penalty = 30, 0.15, 1e-4
	weights, squares := map[string]float64{}, map[string]float64{}
	rng := rand.New(rand.NewPCG(1, 2))
	mean := map[string]float64{} // over the later rounds: steadier than the last
	for round := range rounds {
		for _, k := range rng.Perm(len(examples)) {
			e := &examples[k]
			all, among := make([]float64, len(e.facts)), make([]float64, len(e.facts))
			for i, facts := range e.facts {
				for _, f := range facts {
					all[i] += weights[f]
				}
				among[i] = all[i]
				if !e.right[i] {
					among[i] = math.Inf(-1)
				}
			}
			chances(all)
			chances(among)
			for i, facts := range e.facts {
				g := all[i] - among[i]
				if math.Abs(g) < 1e-4 {
					continue
				}
				for _, f := range facts {
					g := g + penalty*weights[f]*100
					squares[f] += g * g
					weights[f] -= rate * g / (1 + math.Sqrt(squares[f]))
				}
			}
		}
		if round >= rounds/2 {
			for f, w := range weights {
				mean[f] += w / float64(rounds-rounds/2)
			}
		}
	}
	return mean
}

// writeWeights fits a scorer and writes the weights that matter.
func writeWeights(t *testing.T, name string, examples []example) {
	count := map[string]int{}
	for _, e := range examples {
		seen := map[string]bool{}
		for _, facts := range e.facts {
			for _, f := range facts {
				seen[f] = true
			}
		}
		for f := range seen {
			count[f]++
		}
	}
	for i := range examples {
		for j, facts := range examples[i].facts {
			examples[i].facts[j] = slices.DeleteFunc(facts, func(f string) bool { return count[f] < 8 })
		}
	}
	weights := fit(examples)
	var lines []string
	for f, w := range weights {
		if math.Abs(w) >= 0.1 {
			lines = append(lines, fmt.Sprintf("%s\t%.2f", f, w))
		}
	}
	slices.SortFunc(lines, cmp.Compare[string])
	head := "# Fitted by TestFit: what a fact adds to a candidate's score.\n"
	if err := os.WriteFile("data/"+name+".weights", []byte(head+strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: %d examples, %d weights", name, len(examples), len(lines))
}
