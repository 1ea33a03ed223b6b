package identity

import (
	"slices"
	"strings"
	"unicode"

	"example.org/attache/corpus/speech/names"
)

// Title returns what precedes a name, or behind it and a comma, folded:
// "foreign minister" of "Foreign Minister Park Jin" and of "Park Jin, foreign
// minister". Honorifics are left out.
func Title(name string) string { return names.Parse(name).Title }

// Keys returns the folded keys under which a person of this name is looked
// up: the name in either order, without middle names, with initials, and the
// family name alone. A typed name finds a person when the two share a key; the
// first key is the whole name. Titles and accents are left out.
func Keys(name string) []string {
	k := names.Parse(name)
	if k.Whole == "" {
		return nil
	}
	keys := []string{k.Whole}
	add := func(parts ...string) {
		key := strings.Join(parts, " ")
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	if k.Given != "" {
		add(k.Given, k.Family)
		add(k.Family, k.Given)
		if r := []rune(k.Given); unicode.IsLetter(r[0]) && r[0] < 0x2E80 {
			add(string(r[:1]), k.Family)
		}
		if joined := strings.NewReplacer("-", "", " ", "").Replace(k.Given); joined != k.Given {
			add(joined, k.Family)
			add(k.Family, joined)
		}
		add(k.Family)
		if at := strings.LastIndexByte(k.Family, ' '); at >= 0 {
			add(k.Family[at+1:])
		}
	}
	return keys
}
