package index

import (
	"testing"

	"example.org/attache/corpus/language"
)

// A language that has brief questions for words has the whole one too, with a star for the
// name and one for the topic in each.
func TestPatternsOfBriefQuestions(t *testing.T) {
	some := 0
	for _, code := range language.With(language.Questions) {
		w := speechWordsOf(code) // panics at a pattern without two stars
		if (len(w.brief) > 0) != (w.full != pattern{}) {
			t.Errorf("%s has %d brief questions, and as a whole %+v", code, len(w.brief), w.full)
		}
		some += len(w.brief)
		for _, p := range w.brief {
			if p.between == "" {
				t.Errorf("%s: nothing is between name and topic in %+v", code, p)
			}
		}
	}
	if some == 0 {
		t.Error("no language has any")
	}
}
