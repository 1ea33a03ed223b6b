package index_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"example.org/attache/index"
)

// Topics are written so that a question can name them.
func TestSamplesTellWhatPeopleSpeakOf(t *testing.T) {
	ix := indexed(t, fstest.MapFS{
		"a.txt": {Data: []byte("Talks\n\nFrench Foreign Minister Odile Varenne came late. “India and the Indians are our friends, and so is Japan,” said Odile Varenne.\n")},
		"b.txt": {Data: []byte("회담\n\n박진 외교부 장관은 7일 서울에 도착했다. 박진 장관은 \"일본은 이웃이다\"라고 말했다.\n")},
	})
	found := map[string]index.Sample{}
	for s, err := range ix.Samples(t.Context(), 10) {
		if err != nil {
			t.Fatal(err)
		}
		found[s.Name] = s
	}
	if s := found["Odile Varenne"]; s.Office != "French Foreign Minister" || s.Language != "en" || !slices.Contains(s.Topics, "India") {
		t.Errorf("found %+v", s)
	}
	if s := found["박진"]; s.Language != "ko" || !slices.Equal(s.Topics, []string{"일본"}) {
		t.Errorf("found %+v", s)
	}
}
