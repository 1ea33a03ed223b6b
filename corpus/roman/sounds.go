package roman

import (
	"slices"
	"strings"
)

// sounds are the consonants of a name as the letters of other languages write them:
// each a class written as one of it.
type sounds []string

// Consonants that one language writes where another has the next.
var classes = map[byte]byte{
	'b': 'p', 'f': 'p', 'p': 'p', 'v': 'p',
	'd': 't', 't': 't',
	'c': 'k', 'g': 'k', 'k': 'k', 'q': 'k',
	's': 's', 'z': 's', 'x': 's', 'j': 's',
	'l': 'l', 'r': 'l',
	'm': 'n', 'n': 'n',
}

// mostSounds is how many ways of sounding are kept of a name.
const mostSounds = 64

// sounds are the consonants of each way to write a name, in the order of the ways.
func (w way) sounds() sounds {
	all := sounds{""}
	for _, letter := range w {
		var next sounds
		for _, before := range all {
			for _, s := range letter {
				if k := join(before, skeleton(s)); len(next) < mostSounds && !slices.Contains(next, k) {
					next = append(next, k)
				}
			}
		}
		all = next
	}
	return all
}

// join is a skeleton with another behind it; two of one class in a row are one.
func join(a, b string) string {
	if a != "" && b != "" && a[len(a)-1] == b[0] {
		return a + b[1:]
	}
	return a + b
}

// asHeard are letters that sound as others do.
var asHeard = strings.NewReplacer("tch", "s", "sch", "s", "ch", "s", "sh", "s", "ph", "f", "th", "t", "ck", "k", "ce", "se", "ci", "si", "cy", "sy", "ts", "s", "tz", "s")

// skeleton are the classes of the consonants of a word in Latin letters.
func skeleton(word string) string {
	word = asHeard.Replace(word)
	if strings.HasSuffix(word, "ng") {
		word = word[:len(word)-1]
	}
	var b []byte
	for i := range len(word) {
		if c := classes[word[i]]; c != 0 && (len(b) == 0 || b[len(b)-1] != c) {
			b = append(b, c)
		}
	}
	return string(b)
}

// withoutCoda is a word without the r that English leaves unspoken: "Carter".
func withoutCoda(word string) string {
	var b []byte
	for i := range len(word) {
		if word[i] == 'r' && i > 0 && (i+1 == len(word) || !strings.ContainsRune("aeiouyr", rune(word[i+1]))) {
			continue
		}
		b = append(b, word[i])
	}
	return string(b)
}

// fewestSounds is how many consonants two names must share to sound alike: shorter
// ones are shared by too many.
const fewestSounds = 3

// like reports whether a word in Latin letters has the consonants of the name.
func (s sounds) like(word string) bool {
	return s.has(skeleton(word)) || s.has(skeleton(withoutCoda(word)))
}

func (s sounds) has(k string) bool { return len(k) >= fewestSounds && slices.Contains(s, k) }
