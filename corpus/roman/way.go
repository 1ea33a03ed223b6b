package roman

import "strings"

// way is how a name is written in Latin letters: for each of its letters, one after
// the other, any of several.
type way [][]string

// fits reports whether a word, in small letters without accents, is one of the ways
// to write it.
func (w way) fits(word string) bool {
	if len(w) == 0 || len(word) > 3*longest {
		return false
	}
	at := map[int]bool{0: true} // how much of the word the letters so far can write
	for _, letter := range w {
		next := map[int]bool{}
		for from := range at {
			for _, s := range letter {
				if strings.HasPrefix(word[from:], s) {
					next[from+len(s)] = true
				}
			}
		}
		if len(next) == 0 {
			return false
		}
		at = next
	}
	return at[len(word)]
}

// fewestNear is how many letters a word has at least for one of another letter to be
// taken for it.
const fewestNear = 5

// near reports whether it is a way to write the word but for one letter put in or
// left out, or two exchanged: people spell their own names as they please.
func (w way) near(word string) bool {
	if len(word) < fewestNear || len(word) > longest {
		return false
	}
	for i := range len(word) {
		if w.fits(word[:i]+word[i+1:]) || i > 0 && w.fits(word[:i-1]+word[i:i+1]+word[i-1:i]+word[i+1:]) {
			return true
		}
		for c := 'a'; c <= 'z'; c++ {
			if w.fits(word[:i] + string(c) + word[i:]) {
				return true
			}
		}
	}
	return false
}
