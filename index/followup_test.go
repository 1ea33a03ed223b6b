package index_test

import "testing"

func TestFollowUpsAreReadWithThePeopleOfTheDocuments(t *testing.T) {
	ix := talking(t)
	for said, want := range map[string]string{
		"and Lindqvist?":        "What did Lindqvist say about Norway?",
		"and Oskar Lindqvist?":  "What did Oskar Lindqvist say about Norway?",
		"what about Japan?":     "What did Helena Marsh say about Japan?",
		"what about the ferry?": "What did Helena Marsh say about the ferry?",
	} {
		q, ok, err := ix.FollowUp("What did Helena Marsh say about Norway?", said)
		if q.Text != want || !ok || err != nil {
			t.Errorf("%q asks %+v (%v, %v), want %q", said, q, ok, err, want)
		}
	}
	if q, ok, _ := ix.FollowUp("What did Helena Marsh say about Norway?", "Who is the minister of agriculture?"); ok {
		t.Errorf("a question of its own is %+v", q)
	}
}
