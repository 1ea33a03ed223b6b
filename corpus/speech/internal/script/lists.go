package script

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"example.org/attache/corpus/language"
	"example.org/attache/corpus/speech/internal/word"
)

// script holds the words and signs by which a language that is written without
// capitals names people and reports speech.
type script struct {
	ahead, behind    []string // offices before and behind a name, the longest first
	modifier         []string
	place, stop, end []string
	body, sound      string // signs
	family           string
	given            map[string]bool
	said, quoting    []string
	quotes           []string // verbs that report nothing without a quotation
	subject, of, he  []string
	joining          []string
	bodies           []string // that speak
	spaced           bool     // words are spaced: Korean
	simplified       bool     // it is read in simplified signs: Chinese
}

// scripts are those that a language's file of that name describes, by its code.
var scripts = sync.OnceValue(func() map[string]*script {
	all := map[string]*script{}
	for _, code := range language.With(language.Script) {
		all[code] = &script{given: map[string]bool{}, spaced: code == "ko", simplified: code == "zh"}
		word.EachEntry(code, language.Script, all[code].add)
	}
	for _, s := range all {
		for _, l := range [][]string{s.ahead, s.behind, s.place, s.said, s.quoting, s.bodies} {
			slices.SortStableFunc(l, func(a, b string) int { return len(b) - len(a) })
		}
	}
	return all
})

func (s *script) add(kind, entry string) {
	lists := map[string]*[]string{"modifier": &s.modifier, "place": &s.place, "stop": &s.stop, "end": &s.end,
		"said": &s.said, "reports nothing": &s.quotes, "quoting": &s.quoting, "subject": &s.subject, "joining": &s.joining, "of": &s.of, "he": &s.he, "speaking body": &s.bodies}
	if list := lists[kind]; list != nil {
		*list = append(*list, entry)
		return
	}
	switch kind {
	case "title ahead behind":
		s.ahead, s.behind = append(s.ahead, entry), append(s.behind, entry)
	case "title ahead":
		s.ahead = append(s.ahead, entry)
	case "title behind":
		s.behind = append(s.behind, entry)
	case "body each":
		s.body = entry
	case "sound each":
		s.sound = entry
	case "family each":
		s.family = entry
	case "given":
		s.given[entry] = true
	default:
		panic("speech: no reader knows the section " + kind) // part of the build
	}
}

// WithoutOffice is a name in a script without capitals without the office behind
// it.
func WithoutOffice(s string) string {
	if isHangul(lastRune(s)) {
		return scripts()["ko"].withoutWords(s)
	}
	if c, _ := utf8.DecodeRuneInString(s); !isHan(c) && !isKatakana(c) {
		return s
	}
	for _, code := range []string{"ja", "zh"} {
		if n := suffixIn(s, scripts()[code].behind); utf8.RuneCountInString(s[:len(s)-n]) > 1 {
			s = s[:len(s)-n]
		}
	}
	return s
}

// withoutWords is a Korean name without the office behind it, and the country and
// body before that: 박진 of 박진 외교부 장관.
func (s *script) withoutWords(name string) string {
	words := strings.Fields(name)
	n := len(words)
	for n > 1 && slices.Contains(s.behind, words[n-1]) {
		n--
	}
	if n == len(words) {
		return name
	}
	for n > 1 && (slices.Contains(s.place, words[n-1]) || slices.Contains(s.modifier, words[n-1]) || strings.ContainsRune(s.body, lastRune(words[n-1]))) {
		n--
	}
	return strings.Join(words[:n], " ")
}
