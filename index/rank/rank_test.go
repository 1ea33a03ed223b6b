package rank_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"example.org/attache/corpus/text"
	"example.org/attache/index/lexis"
	"example.org/attache/index/rank"
)

// lexicon knows how many passages hold a word, of a thousand.
type lexicon map[string]int

func (l lexicon) Frequency(term string) int     { return l[term] }
func (l lexicon) Size() int                     { return 1000 }
func (l lexicon) Similar(string) (string, bool) { return "", false }

var known = lexicon{"treati": 40, "sign": 90, "=norway": 12, "tarn": 3, "harbour": 20, "2022": 5, "ambassador": 9}

var now = time.Date(2023, 6, 15, 0, 0, 0, 0, time.UTC)

func TestUnderstand(t *testing.T) {
	for _, c := range []struct {
		question string
		kind     lexis.Kind
		units    string
	}{
		{"When did Norway sign the treaty of Tarn?", lexis.Time, "Norway sign treaty Tarn"},
		{"who signed it", lexis.Person, "signed"},
		{"What did the ambassador say about Tarn?", lexis.Speech, "ambassador say Tarn"},
		{"What did they build in Tarn?", lexis.Thing, "build Tarn"},
		{"What is a treaty?", lexis.Definition, "treaty"},
		{"Which harbour was closed last year?", lexis.Name, "harbour closed last year"},
		{"norway tarn treaty", lexis.Unasked, "norway tarn treaty"},
	} {
		q := rank.Understand(c.question, "en", now, known)
		var units []string
		for _, u := range q.Units {
			units = append(units, u.Text)
		}
		if got := strings.Join(units, " "); q.Kind != c.kind || got != c.units {
			t.Errorf("%q asks for %v with %q, want %v with %q", c.question, q.Kind, got, c.kind, c.units)
		}
	}
}

// Arabic writes "in" together with what it is in. The bare word is the one that
// the documents use more: the first letter of "hotels" is its own.
func TestUnderstandUnbindsLetters(t *testing.T) {
	cities := lexicon{"ميلبورن": 9, "بميلبورن": 2, "فنادق": 30, "نادق": 4}
	for _, c := range []struct {
		question string
		forms    []string
	}{
		{"من يحكم بميلبورن", []string{"ميلبورن", "بميلبورن"}},
		{"من يحكم ميلبورن", []string{"ميلبورن", "بميلبورن"}},
		{"من بنى فنادق", []string{"فنادق"}},
		{"من بنى نادق", []string{"نادق"}},
	} {
		units := rank.Understand(c.question, "ar", now, cities).Units
		forms := units[len(units)-1].Forms
		held := 0
		for f := range forms {
			held += min(cities[f], 1)
		}
		for _, f := range c.forms {
			if forms[f] != 1 || held != len(c.forms) {
				t.Errorf("%q is looked up as %v, want %v", c.question, forms, c.forms)
			}
		}
	}
}

func TestTimesToldFromThePresent(t *testing.T) {
	q := rank.Understand("Which treaty did Norway sign last month?", "en", now, known)
	u := q.Units[len(q.Units)-1]
	if u.Year != 2023 || u.Month != 5 || u.Day != 0 {
		t.Errorf("last month is %d-%d-%d", u.Year, u.Month, u.Day)
	}
}

// passage is sentences without anything around them.
func passage(document string, sentences ...string) rank.Passage {
	p := rank.Passage{Document: document, Language: "en", Last: len(sentences), Score: 1}
	for _, s := range sentences {
		start := len(p.Text)
		p.Text += s + " "
		p.Sentences = append(p.Sentences, text.Span{Start: start, End: start + len(s)})
	}
	return p
}

// ranked is what Rank makes of the passages.
func ranked(t *testing.T, q *rank.Question, passages []rank.Passage) []rank.Candidate {
	t.Helper()
	all, err := rank.Rank(context.Background(), q, passages)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestRank(t *testing.T) {
	q := rank.Understand("When did Norway sign the treaty of Tarn?", "en", now, known)
	found := ranked(t, q, []rank.Passage{
		passage("a", "The treaty of Tarn is a treaty on fish.", "Norway signed the treaty of Tarn on 4 May 2022.", "It rained."),
		passage("b", "Norway is a kingdom in the north.", "Has Norway signed the treaty of Tarn?"),
	})
	c := found[0]
	if got := c.Span.In(c.Passage.Text); !strings.Contains(got, "4 May 2022") {
		t.Errorf("first is %q", got)
	}
	best, worst := rank.Confidence(q, found, 0), rank.Confidence(q, found, len(found)-1)
	if best <= worst {
		t.Errorf("the first is as sure as the last: %.2f, %.2f", best, worst)
	}
}

// featuresOf are the features of each sentence, by its text.
func featuresOf(t *testing.T, q *rank.Question, passages ...rank.Passage) map[string]rank.Features {
	t.Helper()
	all := map[string]rank.Features{}
	for _, c := range ranked(t, q, passages) {
		all[c.Span.In(c.Passage.Text)] = c.Features
	}
	return all
}

// Of two sentences the first has more of a feature, or with the same as many.
func TestFeaturesTellSentencesApart(t *testing.T) {
	for _, c := range []struct {
		feature             rank.Feature
		language, question  string
		first, second, next string // the last stands after the second
		same                bool
	}{
		{feature: rank.Words, question: "What was the harbour named after?", first: "The harbour was named after a king.", second: "A king came, and harbours take names afterwards."},
		{feature: rank.Letters, question: "Who fortified the harbour?", first: "Fortification began.", second: "Excavation began."},
		{feature: rank.Letters, question: "What happened in 2021?", first: "It rained in 2021.", second: "It rained in 2022."},
		{feature: rank.Letters, question: "What happened in 2021?", first: "It rained in 1998.", second: "It rained in 2022.", same: true},
		{feature: rank.Letters, question: "Who saw Tarn?", first: "Stardust fell.", second: "Moondust fell.", same: true},
		{feature: rank.Letters, language: "ja", question: "カメラ", first: "カメラがある。", second: "さくら。"},
		{feature: rank.Letters, language: "ja", question: "カメラ", first: "メカとワイン。", second: "さくら。", same: true},
		{feature: rank.Letters, question: "Who visited the ROK?", first: "A king went to South Korea.", second: "A king went to South Africa."},
		{feature: rank.Letters, language: "ko", question: "박진은 누구인가", first: "박진이 말했다.", second: "김수로 말했다."},
		{feature: rank.Letters, language: "zh", question: "谁修建了港口", first: "港口开放。", second: "天下雨。"},
		{feature: rank.Letters, language: "ar", question: "أين المدارس؟", first: "مدرسة قديمة.", second: "حديقة قديمة."},
		{feature: rank.TellsPerson, language: "de", question: "Wer schloss den Hafen?", first: "Dann schloss ihn Erna Solveig.", second: "Dann schloss ihn die Polizei."},
		{feature: rank.TellsPerson, language: "zh", question: "谁修建了港口？", first: "约翰修建了港口。", second: "中国修建了港口。"},
		{feature: rank.TellsPerson, language: "zh", question: "谁修建了港口？", first: "总统修建了港口。", second: "中国修建了港口。"},
		{feature: rank.LettersPrevious, question: "Who closed the harbour of Tarn?", first: "A king did.", second: "The harbour of Tarn was closed.", next: "A king did."},
		{feature: rank.LettersNext, question: "Who closed the harbour of Tarn?", first: "A king came.", second: "Fish is dear.", next: "The harbour of Tarn was closed."},
		{feature: rank.ThingAbsent, question: "Who closed the harbour of Norway?", first: "Norway has a king.", second: "A king closed the harbour."},
		{feature: rank.Rival, question: "Who is the king of Norway?", first: "South Korea has a president.", second: "Norway and South Korea have embassies."},
		{feature: rank.Rival, question: "Who is the king of Norway?", first: "South Korea has a president.", second: "A king has an embassy."},
		{feature: rank.ThingMissing, question: "Who closed the harbour of Norway?", first: "Norway has a king.", second: "Norway closed the harbour."},
	} {
		language := cmp.Or(c.language, "en")
		a, b := passage("a", c.first), passage("b", c.second)
		switch {
		case c.feature == rank.LettersPrevious:
			a, b = passage("a", c.second, c.first), passage("b", c.second)
		case c.next != "":
			a = passage("a", c.first, c.next)
		}
		a.Language, b.Language = language, language
		all := featuresOf(t, rank.Understand(c.question, language, now, known), a, b)
		first, second := all[c.first][c.feature], all[c.second][c.feature]
		if first < second || (first == second) != c.same {
			t.Errorf("%s of %q: %v in %q, %v in %q", rank.FeatureNames()[c.feature], c.question, first, c.first, second, c.second)
		}
	}
}

// Words without letters in common are not alike.
func TestLettersOfOtherWords(t *testing.T) {
	for language, question := range map[string]string{"en": "Who closed the harbour?", "ar": "من أغلق الميناء؟"} {
		q := rank.Understand(question, language, now, known)
		for sentence, f := range featuresOf(t, q, passage("a", "Fish is dear.")) {
			if f[rank.Letters] != 0 {
				t.Errorf("%q has %.2f of the letters of %q", sentence, f[rank.Letters], question)
			}
		}
	}
}

// What a document says but once tells more in it than what another says twice,
// though among all documents they are alike.
func TestLettersOfADocument(t *testing.T) {
	q := rank.Understand("Who closed the harbour?", "en", now, known)
	all := featuresOf(t, q, passage("a", "The harbour is old.", "The harbour is deep.", "A king closed it."), passage("b", "It was closed.", "They closed it.", "Harbour fees rose."))
	rare, usual := all["A king closed it."], all["It was closed."]
	if rare[rank.DocLetters]-usual[rank.DocLetters] <= 2*(rare[rank.Letters]-usual[rank.Letters]) {
		t.Errorf("what is said once has %.2f of the letters of its document, what is said twice %.2f", rare[rank.DocLetters], usual[rank.DocLetters])
	}
}

// What the sentence before has is not had once more by the one after.
func TestNeighboursCountOnce(t *testing.T) {
	q := rank.Understand("Who closed the harbour of Tarn?", "en", now, known)
	all := featuresOf(t, q, passage("a", "The harbour of Tarn was closed.", "A king came.", "The harbour of Tarn was closed again."))
	if f := all["A king came."]; f[rank.LettersPrevious] == 0 || f[rank.LettersNext] != 0 {
		t.Errorf("the sentence before has %.2f of the letters, only the one after %.2f", f[rank.LettersPrevious], f[rank.LettersNext])
	}
}

// Who says a sentence need not be named in it.
func TestVoicesSign(t *testing.T) {
	p := passage("a", "The quota of the harbour is too low.", "The quota of the harbour is much too high.")
	p.Voices = []rank.Voice{{Span: p.Sentences[1], Name: "Ada Quist"}}
	all := featuresOf(t, rank.Understand("What did Ada Quist say about the quota?", "en", now, known), p)
	if quiet, said := all["The quota of the harbour is too low."], all["The quota of the harbour is much too high."]; said[rank.Letters] <= quiet[rank.Letters] {
		t.Errorf("what is said has %.2f of the letters, what is not %.2f", said[rank.Letters], quiet[rank.Letters])
	}
}

// Words of any length and in any number, and bytes that are no text, are read.
func TestOddWording(t *testing.T) {
	var many []string
	for i := range 300 {
		many = append(many, fmt.Sprintf("w%dx%d", i, i*i))
	}
	for _, s := range []string{"", "?", "the of", "a", strings.Repeat("treaty", 300), "\xff\xfe treaty \xe2", strings.Join(many, " "), strings.Repeat("é", 200), "ส่วย กรุงเทพ", "タワー"} {
		q := rank.Understand(s, "en", now, known)
		for _, c := range ranked(t, q, []rank.Passage{passage("a", "Norway signed the treaty of Tarn.", s+".")}) {
			for f, v := range c.Features {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Errorf("%q: %s is %v", s, rank.FeatureNames()[f], v)
				}
			}
		}
	}
}

// Who asks which countries wants their names, not the word.
func TestNounsThatAskAreNotMissed(t *testing.T) {
	for _, uses := range []int{0, 7} { // of the noun in the documents
		units := rank.Understand("Which countries signed the treaty?", "en", now, lexicon{"countri": uses, "sign": 90, "treati": 40}).Units
		if len(units) != 3 || units[0].Text != "countries" || (units[0].Weight > 0) != (uses > 0) {
			t.Errorf("with %d uses in the documents the question has the units %+v", uses, units)
		}
	}
}

// In German all nouns have a capital: two together are a name.
func TestNamesOfQuestions(t *testing.T) {
	for _, c := range []struct{ language, question, want string }{
		{"en", "When did Erna Solveig visit the harbour?", "Erna Solveig"},
		{"de", "Wann besuchte Erna Solveig den Hafen der Stadt?", "Erna Solveig"},
		{"de", "Welche Reise machte die Ministerin?", ""},
		{"de", "Wer sah den Hafen, Schiffe und Kräne?", ""},
		{"zh", "约翰何时访问港口？", "约翰"},
	} {
		var names []string
		for _, u := range rank.Understand(c.question, c.language, now, known).Units {
			if u.Name {
				names = append(names, u.Text)
			}
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("the names of %q are %q, want %q", c.question, got, c.want)
		}
	}
}

// What the documents mostly write with a capital is a name, however it is typed.
func TestNamesTypedWithoutCapitals(t *testing.T) {
	english := passage("a", "A strike closed the harbour of Tarn.", "Harbour and railway at Tarn were closed.", "Hotels of the Prime Minister closed in 2022.", "The Harbour Board met by the harbour, and signed the Pact of Tarn.")
	german := passage("b", "Das neue Hotel am Hafen.", "Ein Streik kam ins Hotel am Railway.")
	german.Language = "de"
	for question, want := range map[string]string{
		"who closed the harbour at tarn":        "tarn",
		"Who closed the harbour at tarn":        "tarn",
		"Who closed the Harbour at tarn":        "Harbour",
		"WHO CLOSED THE HARBOUR AT TARN":        "TARN",
		"who closed the hotels":                 "",
		"who closed what in 2022":               "",
		"who signed the treaty":                 "",
		"why did the prime minister close tarn": "tarn",
		"what is the railway":                   "",
	} {
		q := rank.Understand(question, "en", now, known)
		ranked(t, q, []rank.Passage{english, german})
		var names []string
		for _, u := range q.Units {
			if u.Name {
				names = append(names, u.Text)
			}
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("the names of %q are %q, want %q", question, got, want)
		}
	}
}

// What a document says twice, or two documents say, stays in one order.
func TestRankIsSteady(t *testing.T) {
	q := rank.Understand("treaty of Tarn", "en", now, known)
	a, b := passage("a", "The treaty of Tarn holds."), passage("b", "The treaty of Tarn holds.")
	newer := passage("c", "The treaty of Tarn holds.")
	newer.Year = 2023
	for range 5 {
		var order string
		for _, c := range ranked(t, q, []rank.Passage{b, newer, a}) {
			order += c.Passage.Document
		}
		if order != "cab" {
			t.Fatalf("the order is %s, want the newest first, then by name", order)
		}
	}
}

// A sentence too long to quote is judged by its clauses, none of them too long
// or cut within a word.
func TestLongSentences(t *testing.T) {
	clause := strings.Repeat("the harbour of the old town was closed to every ship that came", 2)
	long := "When the storm had passed, " + clause + "; " + clause + ", and Norway signed the treaty of Tarn in 2022, " + clause + "."
	q := rank.Understand("When did Norway sign the treaty of Tarn?", "en", now, known)
	found := ranked(t, q, []rank.Passage{passage("a", long)})
	if got := found[0].Span.In(found[0].Passage.Text); !strings.Contains(got, "signed the treaty of Tarn in 2022") {
		t.Errorf("first is %q", got)
	}
	for _, c := range found {
		if s := c.Span.In(c.Passage.Text); utf8.RuneCountInString(s) > 400 || strings.TrimSpace(s) != s {
			t.Errorf("clauses %q", s)
		}
	}
	if best, last := found[0].Features[rank.Words], found[len(found)-1].Features[rank.Words]; best <= last {
		t.Errorf("the best clauses have %.2f of the question's words, the last %.2f", best, last)
	}
}

// No clause ends within brackets or a date.
func TestClausesKeepBracketsAndDates(t *testing.T) {
	q := rank.Understand("When did Norway sign the treaty of Tarn?", "en", now, known)
	long := strings.Repeat("the old harbour of Tarn was closed to ships, ", 7) + "and Norway signed the treaty (in Tarn, at noon, on May 3, 2022) before June 1, 2022, " + strings.Repeat("while boats came and went, ", 6) + "it said."
	for _, c := range ranked(t, q, []rank.Passage{passage("a", long)}) {
		s := c.Span.In(c.Passage.Text)
		if strings.Count(s, "(") != strings.Count(s, ")") || strings.HasSuffix(s, "June 1") || strings.HasPrefix(s, "2022") {
			t.Errorf("%q is cut within brackets or a date", s)
		}
	}
}

// The runs of clauses are as long as a readable quote, and not longer.
func TestRunsOfClauses(t *testing.T) {
	q := rank.Understand("When did Norway sign the treaty of Tarn?", "en", now, known)
	long := strings.TrimSuffix(strings.Repeat("the old harbour of Tarn was closed to ships and boats, ", 30), ", ") + "."
	for i, c := range ranked(t, q, []rank.Passage{passage("a", long)}) {
		if n := utf8.RuneCountInString(c.Span.In(c.Passage.Text)); n > 360 || n < 300 {
			t.Errorf("run %d has %d characters", i, n)
		}
	}
}

// A register of names without a full stop is one sentence. It is judged in
// time that grows with it, not with its square.
func TestEndlessSentences(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	q := rank.Understand("When did Norway sign the treaty of Tarn?", "en", now, known)
	judged := func(n int) time.Duration {
		p := []rank.Passage{passage("a", strings.Repeat("Ada Quist of Norway, Olaf Brandt of Tarn, ", n)+"and others")}
		begun := time.Now()
		if len(ranked(t, q, p)) < n/10 {
			t.Error("most of the clauses were not judged")
		}
		return time.Since(begun)
	}
	if short, long := judged(1_000), judged(16_000); long > 64*short+time.Second {
		t.Errorf("16 times as long takes %v instead of %v", long, short)
	}
}

// An answer is surer when the sentences that come next are of its document.
func TestAgreement(t *testing.T) {
	of := func(documents ...string) float64 {
		var all []rank.Standing
		for i, d := range documents {
			all = append(all, rank.Standing{Score: -float64(i), Document: d})
		}
		e := make([]float64, rank.Evidence)
		rank.Compare(e, all, 0)
		return e[rank.Agree]
	}
	alone, broken, whole := of("a", "b", "a", "a"), of("a", "a", "b", "a"), of("a", "a", "a", "a")
	if alone != 0 || !(alone < broken && broken < whole) {
		t.Errorf("agreement of %v alone, %v broken, %v whole", alone, broken, whole)
	}
}

func TestRankEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	q := rank.Understand("treaty of Tarn", "en", now, known)
	if _, err := rank.Rank(ctx, q, []rank.Passage{passage("a", "The treaty of Tarn holds.")}); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

// What a question weighs doesn't depend on the order in which the forms of its
// words come out of a map.
func TestUnderstandIsSteady(t *testing.T) {
	lex := lexicon{"=norway": 2, "@oslo": 40, "sign": 90}
	first := rank.Understand("What did Norway sign?", "en", now, lex).Weight
	for range 200 {
		if w := rank.Understand("What did Norway sign?", "en", now, lex).Weight; w != first {
			t.Fatalf("the same question weighs %.2f and %.2f", first, w)
		}
	}
}

// What many sentences of a document hold tells little between them, however
// rare it is elsewhere.
func TestCommonWordsOfADocument(t *testing.T) {
	q := rank.Understand("Who signed the treaty of Tarn in the harbour?", "en", now, known)
	found := ranked(t, q, []rank.Passage{
		passage("a", "Tarn lies on the coast.", "Tarn has a treaty.", "Tarn was signed away.", "Tarn saw the harbour grow."),
		passage("b", "It rained.", "The harbour was closed.", "The harbour was open.", "The harbour was sold."),
	})
	share := map[string]float64{}
	for _, c := range found {
		share[c.Span.In(c.Passage.Text)] = c.Features[rank.DocLocal]
	}
	if share["Tarn lies on the coast."] >= share["Tarn saw the harbour grow."] || share["Tarn saw the harbour grow."] >= share["The harbour was closed."] {
		t.Errorf("shares of what tells the sentences apart are %v", share)
	}
}
