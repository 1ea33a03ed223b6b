package main

import (
	"slices"
	"strings"
	"unicode"

	"example.org/attache/corpus/speech/internal/attribute"
	"example.org/attache/corpus/text"
)

// reported is the marked reported speech of a document.
type reported struct {
	Document string     `json:"document"`
	Units    []sentence `json:"units"`
	Ignore   []string   `json:"ignore"`
}

// sentence is one that reports what somebody says or, where it is not of speech,
// thinks or means.
type sentence struct {
	Sentence string   `json:"sentence"`
	Name     string   `json:"name"`
	Heads    []string `json:"heads"`
	Speech   bool     `json:"speech"`
}

// judge marks the right one of the two options of a choice about reported
// speech, neither where the annotation leaves it open, and names who speaks.
func (r *reported) judge(c attribute.Choice, body string) (name string, right []bool) {
	right = make([]bool, len(c.Options))
	if r == nil {
		return "", right
	}
	words := counted(c.Text.In(body))
	speaker := folded(c.Options[0].Span.In(body))
	marked, other := false, false
	for _, s := range r.Units {
		if !meets(words, counted(s.Sentence)) {
			continue
		}
		marked = true
		if !slices.ContainsFunc(speaker, func(w string) bool { return slices.Contains(s.Heads, w) }) {
			continue
		}
		if s.Speech {
			right[0] = true
			return s.Name, right
		}
		other = true
	}
	ignored := slices.ContainsFunc(r.Ignore, func(s string) bool { return meets(words, counted(s)) })
	right[1] = !other && (marked || !ignored || strings.ContainsAny(c.Text.In(body), "\"“”"))
	return "", right
}

// meets reports whether two texts share three fifths of the words of the
// shorter one.
func meets(a, b map[string]int) bool {
	shared, n, m := 0, 0, 0
	for w, k := range a {
		n += k
		shared += min(k, b[w])
	}
	for _, k := range b {
		m += k
	}
	return 5*shared >= 3*min(n, m)
}

func counted(s string) map[string]int {
	m := map[string]int{}
	for _, w := range folded(s) {
		m[w]++
	}
	return m
}

// folded are the words of a text.
func folded(s string) []string {
	return strings.FieldsFunc(text.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' })
}
