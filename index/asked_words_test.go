package index_test

import (
	"strings"
	"testing"

	"example.org/attache/index"
)

// record is a folder in which several people say something, each in another
// way.
var record = map[string]string{
	"briefing.txt": "Press Briefing by Press Secretary Nora Hale and Harbour Commissioner Tim Okoro, 3 May 2031\n\n" +
		"MS. HALE:  Good morning, everybody. The ferry to Sarn sails again on Monday.\n\n" +
		"Q    Has the ministry an answer to the complaint about the toll?\n\n" +
		"MS. HALE:  We have read it and we shall not change a thing.\n\n" +
		"Q    Mr. Okoro, will the dredging end before the winter?\n\n" +
		"MR. OKORO:  Not before March, and I would rather be slow than sorry. The pilots have asked for two more tugs.\n",
	"interview.md": "---\ntitle: Two views on the lock\ndate: 2031-05-09\n---\n" +
		"“The lock at Arle is too narrow for the new barges,” said Karin Aldous.\n\n" +
		"“The lock at Arle has served us for ninety years,” said Ole Berg.\n\n" +
		"Karin Aldous said that the quarry would close before the summer.\n",
}

// Who asks what somebody said about something gets that one's words about it:
// from a turn, a quotation or a report, or what was answered to a question about
// it.
func TestWordsThatAreAskedFor(t *testing.T) {
	ix := indexed(t, folder(record))
	for _, c := range []struct{ question, speaker, words string }{
		{"What did Nora Hale say about the ferry to Sarn?", "Nora Hale", "sails again on Monday"},
		{"what did hale say about the toll", "Nora Hale", "shall not change a thing"},
		{"What did Tim Okoro say about the dredging?", "Tim Okoro", "Not before March"},
		{"What did Mr. Okoro say about tugs?", "Tim Okoro", "two more tugs"},
		{"What did Karin Aldous say about the lock at Arle?", "Karin Aldous", "too narrow"},
		{"What did Ole Berg say about the lock at Arle?", "Ole Berg", "ninety years"},
		{"What did Aldous say about the quarry?", "Karin Aldous", "would close before the summer"},
	} {
		a := answers(t, ix, index.Question{Text: c.question})
		if len(a.Quotes) == 0 {
			t.Errorf("%s: nothing", c.question)
		} else if q := a.Quotes[0]; !a.Answered || q.Speaker != c.speaker || !strings.Contains(q.Text, c.words) {
			t.Errorf("%s: claimed %v, %s: %q (%.2f)", c.question, a.Answered, q.Speaker, q.Text, q.Score)
		}
	}
}

// What somebody else said, or what was said about something else, is never
// claimed.
func TestWordsThatNobodySaid(t *testing.T) {
	ix := indexed(t, folder(record))
	for _, question := range []string{
		"What did Nora Hale say about the lock at Arle?",
		"What did Nora Hale say about the dredging?",
		"What did Tim Okoro say about the toll?",
		"What did Tim Okoro say about lighthouses?",
		"What did Ole Berg say about the quarry?",
		"what did karin aldous say about the ferry",
		"What did Ama Serwaa say about the lock at Arle?",
	} {
		if a := answers(t, ix, index.Question{Text: question}); a.Answered {
			t.Errorf("%s: claims %s: %q (%.2f)", question, a.Quotes[0].Speaker, a.Quotes[0].Text, a.Quotes[0].Score)
		}
	}
}
