package stem_test

import (
	"slices"
	"testing"

	"example.org/attache/index/internal/stem"
)

func TestStem(t *testing.T) {
	english, err := stem.New("possessive_en", "stemmer_porter")
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{"harbours": "harbour", "minister's": "minist", "": "", "港口": "港口"} {
		if got := english.Stem(word); got != want {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
	if got := (stem.Stemmer{}).Stem("harbours"); got != "harbours" {
		t.Errorf("without filters: %q", got)
	}
	if _, err := stem.New("stemmer_none"); err == nil {
		t.Error("an unknown stemmer is no error")
	}
}

func TestStops(t *testing.T) {
	words, err := stem.Stops("stop_en")
	if err != nil || !slices.Contains(slices.Collect(words), "the") {
		t.Errorf("the list is without \"the\", or %v", err)
	}
	if _, err := stem.Stops("stop_none"); err == nil {
		t.Error("an unknown list is no error")
	}
}
