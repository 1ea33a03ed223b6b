package index_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"example.org/attache/corpus"
	"example.org/attache/index"
)

// news are notes on one matter at several times.
var news = map[string]string{
	"2021.md": "---\ntitle: Levy\ndate: 2021-05-03\npublisher: The Quay\n---\n\nThe levy on timber was set at four percent by the trade council.\n",
	"2022.md": "---\ntitle: Levy\ndate: 2022-05-04\npublisher: The Quay\n---\n\nThe levy on timber was set at five percent by the trade council.\n",
	"2023.md": "---\ntitle: Levy\ndate: 2023-05-05\npublisher: The Mole\n---\n\nThe levy on timber was set at nine percent by the trade council.\n",
	"copy.md": "---\ntitle: Levy\ndate: 2023-05-05\npublisher: The Copy\n---\n\nThe levy on timber was set at nine percent by the trade council.\n",
	"said.md": "---\ntitle: Talks\ndate: 2022-09-01\n---\n\nForeign Minister Mara Quist said: “The levy on timber will fall before winter.” Finance Minister Olaf Brandt said: “The levy on timber pays for our schools.”\n",
}

func answers(t *testing.T, ix *index.Index, q index.Question) index.Answers {
	t.Helper()
	a, err := ix.Ask(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func newsIndex(t *testing.T) *index.Index {
	dir := t.TempDir()
	build(t, dir, folder(news))
	return open(t, dir)
}

func TestAskPrefersTheTimeOfTheQuestion(t *testing.T) {
	ix := newsIndex(t)
	now := time.Date(2023, 8, 1, 0, 0, 0, 0, time.UTC)
	for question, want := range map[string]string{
		"At how many percent was the levy on timber set in 2021?":      "four percent",
		"At how many percent was the levy on timber set in May 2022?":  "five percent",
		"At how many percent was the levy on timber set last year?":    "five percent",
		"At how many percent was the levy on timber set this year?":    "nine percent",
		"At how many percent was the levy on timber set by the trade?": "nine percent", // the newest
	} {
		a := answers(t, ix, index.Question{Text: question, Now: now})
		if len(a.Quotes) == 0 || !strings.Contains(a.Quotes[0].Text, want) {
			t.Errorf("%s: %+v, want %s", question, a.Quotes, want)
		}
	}
}

func TestAskNamesEveryDocumentThatPrintsTheQuote(t *testing.T) {
	a := answers(t, newsIndex(t), index.Question{Text: "At how many percent was the levy on timber set?"})
	var all []string
	for _, q := range a.Quotes {
		if strings.Contains(q.Text, "nine percent") {
			all = append(append(all, q.Source.Document), q.Also...)
		}
	}
	slices.Sort(all)
	if !slices.Equal(all, []string{"2023.md", "copy.md"}) {
		t.Errorf("the quote is in %q", all)
	}
}

func TestAskFilters(t *testing.T) {
	ix := newsIndex(t)
	for name, c := range map[string]struct {
		filter index.Filter
		want   []string
	}{
		"since":             {index.Filter{Since: corpus.Date{Year: 2023}}, []string{"2023.md"}},
		"until":             {index.Filter{Until: corpus.Date{Year: 2021, Month: 12}}, []string{"2021.md"}},
		"source":            {index.Filter{Source: "mole"}, []string{"2023.md"}},
		"source and period": {index.Filter{Source: "quay", Since: corpus.Date{Year: 2022}}, []string{"2022.md"}},
		"speaker":           {index.Filter{Speaker: "Brandt"}, []string{"said.md"}},
		"nobody":            {index.Filter{Speaker: "Nobody Such"}, nil},
	} {
		var got []string
		for _, q := range answers(t, ix, index.Question{Text: "levy on timber", Filter: c.filter}).Quotes {
			got = append(got, q.Source.Document)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAskWhatSomebodySaid(t *testing.T) {
	ix := newsIndex(t)
	for question, speaker := range map[string]string{
		"What did Quist say about the levy on timber?":         "Mara Quist",
		"What does Olaf Brandt say about the levy on timber?":  "Olaf Brandt",
		"what did the finance minister say about the levy":     "Olaf Brandt",
		"What did Minister Quist say about the timber levies?": "Mara Quist",
	} {
		a := answers(t, ix, index.Question{Text: question})
		if len(a.Quotes) == 0 || a.Quotes[0].Speaker != speaker {
			t.Errorf("%s: %+v, want %s's words", question, a.Quotes, speaker)
		}
	}
}

// The speaker of a quotation counts as named in it, so that an answer is sure
// of itself where the quotation does not name who says it.
func TestWhatIsSaidNeedNotNameWhoSaysIt(t *testing.T) {
	ix := indexed(t, fstest.MapFS{
		"a.txt": {Data: []byte("Talks in Bergen\n\nForeign Minister Ada Quist met traders in Bergen on Friday. “We will deepen our trade in timber,” Quist said. Tom Barlow was there. “I like it here,” Barlow said.\n")},
		"b.txt": {Data: []byte("A visit\n\nFormer Foreign Minister Ada Quist spoke in Tromsø. “Trade is peace,” the former minister said. Tom Barlow, a senator, disagreed. “Trade is war,” the senator scoffed.\n")},
	})
	for question, want := range map[string]bool{
		"What did Ada Quist say about trade?":  true,
		"What did Ada Quist say about Egypt?":  false,
		"What did Tom Barlow say about trade?": true,
	} {
		got, err := ix.Ask(t.Context(), index.Question{Text: question})
		if err != nil || got.Answered != want || want && !strings.Contains(question, got.Quotes[0].Speaker) {
			t.Errorf("%s: %+v, %v; want answered %v by whom it asks for", question, got, err, want)
		}
	}
}

// A sentence that names somebody who doesn't speak in it is no answer to what
// that one said.
// What opens a reply says nothing by itself: it is quoted with what follows, and what
// follows goes before it where that is on the topic by its own words.
func TestRepliesAreQuotedToTheirPoint(t *testing.T) {
	ix := indexed(t, folder(map[string]string{"briefing.txt": "Press Briefing by Spokesperson Nora Hale\n\n" +
		"MS. HALE: Good morning, everybody.\n\n" +
		"QUESTION: Has anybody from the embassy seen the captain?\n\n" +
		"MS. HALE: No. We asked on eleven occasions and were refused on eleven occasions.\n\n" +
		"QUESTION: Will the tolls on timber be lifted?\n\n" +
		"MS. HALE: Well, look. I say to you what I say to everybody. The tolls on timber are under review until the autumn.\n\n" +
		"QUESTION: Will there be a ferry?\n\n" +
		"MS. HALE: In May.\n"}))
	for question, want := range map[string]string{
		"what did hale say about the captain":        "No. We asked on eleven occasions",
		"What did Nora Hale say on tolls on timber?": "The tolls on timber are under review",
		"what did hale say about the ferry":          "In May.",
	} {
		if got := first(t, ix, question); !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", question, got, want)
		}
	}
}

func TestWhoDoesNotSpeakIsNotQuoted(t *testing.T) {
	ix := indexed(t, fstest.MapFS{
		"a.txt": {Data: []byte("Talks in Bergen\n\nForeign Minister Ada Quist met Senator Tom Barlow in Bergen on Friday to speak about the fishing quota. “The quota is too low,” Quist said. Boats of both countries fish off Bergen.\n")},
	})
	for question, want := range map[string]bool{
		"what did ada quist say about the quota":  true,
		"what did tom barlow say about the quota": false,
		"Who met Tom Barlow in Bergen?":           true,
	} {
		if got := answers(t, ix, index.Question{Text: question}); got.Answered != want {
			t.Errorf("%s: answered %v, want %v: %+v", question, got.Answered, want, got.Quotes)
		}
	}
}

func TestAskMarksWhatTells(t *testing.T) {
	ix := newsIndex(t)
	q := answers(t, ix, index.Question{Text: "How high was the levy on timber set in 2021?"}).Quotes[0]
	var bold []string
	for _, b := range q.Bold {
		bold = append(bold, b.In(q.Text))
	}
	if !slices.Equal(bold, []string{"four percent"}) {
		t.Errorf("%q is bold in %q", bold, q.Text)
	}
}

// Of a sentence only the words are bold that tell what is asked for, and not the
// words of the question.
func TestOnlyWhatAnswersIsBold(t *testing.T) {
	ix := indexed(t, fstest.MapFS{
		"fair.txt":   {Data: []byte("Herring fair\n\nThe herring fair of Bergen runs until October 31, the harbour master said on Tuesday.\n")},
		"lease.txt":  {Data: []byte("A lease\n\nThe lease of the fish market in Tromsø runs for twelve years from the day of its signature.\n")},
		"bridge.txt": {Data: []byte("Bridge opened\n\nThe bridge over the sound was opened by Mayor Ada Lund before a crowd of Norwegian sailors.\n")},
		"crews.txt":  {Data: []byte("Regatta\n\nForty boats sailed in the regatta at Stavanger, and two Icelandic crews won.\n")},
	})
	for question, want := range map[string]string{
		"Until when does the herring fair run?":        "October 31",
		"How long does the lease of the market run?":   "twelve years",
		"Who opened the bridge over the sound?":        "Ada Lund",
		"Where did boats sail in the regatta?":         "Stavanger",
		"How many boats sailed in the regatta?":        "Forty",
		"What did the harbour master say of the fair?": "",
	} {
		q := answers(t, ix, index.Question{Text: question}).Quotes[0]
		var bold []string
		for _, b := range q.Bold {
			bold = append(bold, b.In(q.Text))
		}
		if got := strings.Join(bold, "|"); got != want {
			t.Errorf("%s: %q is bold in %q, want %q", question, got, q.Text, want)
		}
	}
}

func TestAskOddQuestions(t *testing.T) {
	ix := newsIndex(t)
	for _, question := range []string{"", " ", "?", "the", "who", "\xff\xfe", "*:*", "+levy -timber", "levy~99", strings.Repeat("levy timber council ", 5000), "עברית", "🙂", "a.b.c.d.e.f"} {
		for _, q := range answers(t, ix, index.Question{Text: question}).Quotes {
			if q.Score < 0 || q.Score > 1 {
				t.Errorf("%.20q: score %v", question, q.Score)
			}
		}
	}
	if got := first(t, ix, "levvy on tmiber"); !strings.Contains(got, "levy on timber") {
		t.Errorf("misspelt words find %q", got)
	}
}

// reason is the value of one reason of a quote's score.
func reason(q index.Quote, name string) float64 {
	return q.Reasons[slices.IndexFunc(q.Reasons, func(r index.Reason) bool { return r.Name == name })].Value
}

// An explanation is what the score is made of: the contributions, with the
// constant of the model, add up to its log-odds.
func TestAskExplains(t *testing.T) {
	a := answers(t, newsIndex(t), index.Question{Text: "levy on timber", Explain: true})
	q, sum := a.Quotes[0], 0.0
	for _, r := range q.Reasons {
		if r.Meaning == "" {
			t.Errorf("nothing says what %s means", r.Name)
		}
		sum += r.Adds()
	}
	if odds := math.Log(q.Score / (1 - q.Score)); math.Abs(sum-odds) > 1e-6 {
		t.Errorf("the reasons add up to %.4f, the score is %.4f", sum, odds)
	}
	if a := answers(t, newsIndex(t), index.Question{Text: "levy on timber"}); a.Quotes[0].Reasons != nil {
		t.Error("an explanation that nobody asked for")
	}
}

// A question is answered in its own language first; its names are found in
// documents of other languages.
func TestAskAcrossLanguages(t *testing.T) {
	ix := indexed(t, folder(map[string]string{
		"en.txt": "Harbour news\n\nThe harbour of Tolland was reopened in March, and the ships of Norway came back to it.\n",
		"ko.txt": "회담 소식\n\n박진(Park Jin) 장관은 서울에서 노르웨이 대사를 만나 어업 협력을 논의했다고 외교부가 밝혔다.\n",
		"de.txt": "Aus dem Hafen\n\nDer Minister Jonas Halvorsen hat den Hafen mit einer Rede wieder eröffnet, und die Schiffe kamen zurück.\n",
	}))
	for question, want := range map[string]string{
		"Who is Park Jin?":                          "박진(Park Jin)",
		"What did Jonas Halvorsen do?":              "Jonas Halvorsen",
		"When was the harbour of Tolland reopened?": "reopened in March",
		"박진은 어디에서 만났나?":                             "박진(Park Jin)",
	} {
		if got := first(t, ix, question); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", question, got, want)
		}
	}
}

// How sure an answer is doesn't depend on how often it is printed.
func TestCopiesAreNoRivals(t *testing.T) {
	note := "The harbour of Tolland was reopened on 4 March 2021 by Ada Quist.\n"
	others := map[string]string{
		"tax.txt":  "The council of Tolland raised the tax on salt. Nobody had asked for it.\n",
		"fair.txt": "A fair was held in the harbour in 2019. Ships of three countries came to see it.\n",
	}
	ask := func(copies int) index.Quote {
		docs := maps.Clone(others)
		for n := range copies {
			docs[fmt.Sprintf("note%d.txt", n)] = note
		}
		dir := t.TempDir()
		build(t, dir, folder(docs))
		a := answers(t, open(t, dir), index.Question{Text: "When was the harbour of Tolland reopened?", Explain: true})
		if len(a.Quotes) == 0 || !a.Answered {
			t.Fatalf("%d copies: %+v", copies, a)
		}
		return a.Quotes[0]
	}
	one, three := ask(1), ask(3)
	if len(three.Also) != 2 || reason(three, "gap") < reason(one, "gap")/2 {
		t.Errorf("the gap to the next answer is %.2f, with three copies %.2f", reason(one, "gap"), reason(three, "gap"))
	}
}

// Who takes a report over sets its marks and capitals otherwise.
func TestCopiesWithOtherMarks(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, folder(map[string]string{
		"agency.txt": "Harbour\n\nThe minister called the harbour of Tolland “open to all”, and reopened it on 4 March 2021.\n",
		"paper.txt":  "Ports\n\nThe Minister called the harbour of Tolland \"open to all\" and reopened it on 4 March 2021.\n",
		"other.txt":  "Ports\n\nThe Minister called the harbour of Tolland \"open to all\" and reopened it on 5 March 2021.\n",
	}))
	a := answers(t, open(t, dir), index.Question{Text: "When was the harbour of Tolland reopened?"})
	if len(a.Quotes) != 2 || len(a.Quotes[0].Also)+len(a.Quotes[1].Also) != 1 {
		t.Errorf("got %+v, want two quotes, one of them in two documents", a.Quotes)
	}
}

func TestScoresFallInTheOrderOfTheAnswers(t *testing.T) {
	ix := indexed(t, corpus.Builtin())
	for _, question := range []string{"When will Blinken be in India?", "Who is Park Jin?", "What was said in Seoul?", "Who visited India?"} {
		for _, limit := range []int{3, 20} {
			quotes := answers(t, ix, index.Question{Text: question, Limit: limit}).Quotes
			if !slices.IsSortedFunc(quotes, func(a, b index.Quote) int { return cmp.Compare(b.Score, a.Score) }) {
				t.Errorf("%s: the scores are not in the order of the answers", question)
			}
		}
	}
}

// A quote from a document that has pages tells the page.
func TestQuotesNameTheirPage(t *testing.T) {
	ix := indexed(t, folder(map[string]string{"paper.xml": `<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Papers</title></titleStmt></fileDesc></teiHeader>
<text><body><div type="document" xml:id="d1"><pb n="11"/><head>1. Telegram</head><p>The ferries to Varde go on sailing.</p>
<pb n="12"/><p>The levy on timber was set at four percent.</p><p>“The levy pays for our schools,” said Minister Olaf Brandt.</p></div></body></text></TEI>`, "plain.txt": "The levy on salt was dropped.\n"}))
	for question, want := range map[string]int{"Which ferries go on sailing?": 11, "How high was the levy on timber set?": 12, "levy on salt": 0} {
		if q := answers(t, ix, index.Question{Text: question}).Quotes; len(q) == 0 || q[0].Page != want {
			t.Errorf("%s: %+v, want page %d", question, q, want)
		}
	}
	for q, err := range ix.Statements(context.Background(), index.Filter{}) {
		if err != nil || q.Page != 12 {
			t.Errorf("%q is on page %d: %v", q.Text, q.Page, err)
		}
	}
}

// What language a table or a short note is in may not be known, and a corpus
// may have nothing else.
func TestAskFindsDocumentsOfUnknownLanguage(t *testing.T) {
	tables := map[string]string{
		"fees.txt":  "Harbour fees 2023: small boats 14 kroner; large ships 310 kroner; office Bridge Street 12.\n",
		"ferry.txt": "Ferry timetables: Varde 09:15, Tolland 11:40, Lund 17:05.\n",
	}
	mixed := maps.Clone(tables)
	mixed["en.txt"] = "The council of Varde met on Monday and spoke of the schools, of the roads and of what the winter will cost. Nobody said when it would meet again.\n"
	mixed["dated.md"] = "---\ntitle: Boats\ndate: 2022-05-01\n---\n\nKutter Alma, Kutter Berta, Kutter Cilla.\n"
	for name, docs := range map[string]map[string]string{"mixed": mixed, "tables": tables} {
		dir := t.TempDir()
		build(t, dir, folder(docs))
		ix := open(t, dir)
		if s, err := ix.Source("fees.txt"); err != nil || s.Language != "" {
			t.Fatalf("the test needs a table in no language that is known: %+v, %v", s, err)
		}
		for question, want := range map[string]string{
			"What is the harbour fee for large ships?":           "fees.txt",
			"How many kroner do small boats pay in the harbour?": "fees.txt",
			"When does the ferry leave for Tolland?":             "ferry.txt",
			"kroner office Bridge Street":                        "fees.txt",
		} {
			a := answers(t, ix, index.Question{Text: question})
			if len(a.Quotes) == 0 || a.Quotes[0].Source.Document != want {
				t.Errorf("%s: %s: %+v, want %s", name, question, a, want)
			}
		}
		if name != "mixed" {
			continue
		}
		if quotes, err := ix.Timeline(context.Background(), "the Kutter Berta", index.Filter{}, 0); err != nil || len(quotes) != 1 {
			t.Errorf("timeline: %+v, %v", quotes, err)
		}
	}
}

// A name that only documents in another language hold is no unknown name.
func TestNamesOfOtherLanguagesAreKnown(t *testing.T) {
	ix := indexed(t, folder(map[string]string{
		"en.txt": "The harbour of Tolland was reopened in March, and the ships of Norway came back to it in the same week.\n",
		"de.txt": "Der Minister Jonas Halvorsen hat den Hafen mit einer Rede wieder eröffnet, und die Schiffe kamen bald zurück.\n",
	}))
	for question, want := range map[string]float64{"Where did Jonas Halvorsen speak?": 0, "Where did Jonas Quandt speak?": 1} {
		a := answers(t, ix, index.Question{Text: question, Explain: true})
		if len(a.Quotes) == 0 || reason(a.Quotes[0], "unknown_name") != want {
			t.Errorf("%s: %+v, want unknown_name %v", question, a.Quotes, want)
		}
	}
}
