package index_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"example.org/attache/corpus"
	"example.org/attache/index"
)

// talks are three documents in which two people speak.
var talks = map[string]string{
	"2021.md": "---\ntitle: Ferries\ndate: 2021-03-04\n---\n" +
		"Transport Minister Helena Marsh spoke on Thursday. “The ferries will sail every hour from June on,” said Helena Marsh.\n\n" +
		"“Nobody asked the fishermen whether they wanted any ferries,” said Oskar Lindqvist, a member of parliament.\n",
	"2022.md": "---\ntitle: Bridges\ndate: 2022-05-06\n---\n" +
		"“The old bridge is safe for another forty years,” said Helena Marsh, the transport minister.\n\n" +
		"Oskar Lindqvist disagreed. “That bridge should have been closed long ago,” Lindqvist said.\n",
	"2023.md": "---\ntitle: Harvests\ndate: 2023-07-08\n---\n" +
		"“Rye will be scarce this winter unless it rains soon,” said Helena Marsh, now minister of agriculture.\n",
	"undated.txt": "Notes\n\n“Every village deserves a ferry of its own,” said Helena Marsh.\n",
}

func quotesOf(all []index.Quote) (texts []string) {
	for _, q := range all {
		texts = append(texts, strings.TrimRight(q.Text, ","))
	}
	return texts
}

func talking(t *testing.T) *index.Index {
	t.Helper()
	dir := t.TempDir()
	build(t, dir, folder(talks))
	return open(t, dir)
}

func TestSaid(t *testing.T) {
	ix := talking(t)
	for name, c := range map[string]struct {
		speaker, topic string
		filter         index.Filter
		want           []string
	}{
		"newest first, undated last": {"Helena Marsh", "", index.Filter{}, []string{
			"Rye will be scarce this winter unless it rains soon", "The old bridge is safe for another forty years",
			"The ferries will sail every hour from June on", "Every village deserves a ferry of its own"}},
		"by a part of the name":  {"lindqvist", "", index.Filter{}, []string{"That bridge should have been closed long ago", "Nobody asked the fishermen whether they wanted any ferries"}},
		"on a topic":             {"Marsh", "bridges", index.Filter{}, []string{"The old bridge is safe for another forty years"}},
		"best on the topic":      {"Marsh", "a ferry for a village", index.Filter{}, []string{"Every village deserves a ferry of its own", "The ferries will sail every hour from June on"}},
		"since":                  {"Marsh", "", index.Filter{Since: corpus.Date{Year: 2022, Month: 6}}, []string{"Rye will be scarce this winter unless it rains soon"}},
		"until":                  {"Marsh", "", index.Filter{Until: corpus.Date{Year: 2021}}, []string{"The ferries will sail every hour from June on"}},
		"source":                 {"Marsh", "", index.Filter{Source: "bridges"}, []string{"The old bridge is safe for another forty years"}},
		"nothing on the topic":   {"Marsh", "volcano", index.Filter{}, nil},
		"somebody who is silent": {"Nobody Known", "", index.Filter{}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ix.Said(t.Context(), c.speaker, c.topic, c.filter, 0)
			if err != nil || !slices.Equal(quotesOf(got.Quotes), c.want) {
				t.Errorf("%q, %v; want %q", quotesOf(got.Quotes), err, c.want)
			}
			for _, q := range got.Quotes {
				if q.Speaker != got.Speaker || !strings.Contains(q.Context, q.Text) {
					t.Errorf("%q is said by %q, in %q", q.Text, q.Speaker, q.Context)
				}
			}
		})
	}
}

// What several documents print is one quote.
func TestSaidInSeveralDocuments(t *testing.T) {
	texts := maps.Clone(talks)
	texts["copy.md"] = strings.Replace(talks["2023.md"], "2023-07-08", "2023-07-09", 1)
	dir := t.TempDir()
	build(t, dir, folder(texts))
	got, err := open(t, dir).Said(t.Context(), "Helena Marsh", "", index.Filter{}, 1)
	if err != nil || len(got.Quotes) != 1 || got.Quotes[0].Source.Document != "copy.md" || !slices.Equal(got.Quotes[0].Also, []string{"2023.md"}) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestSaidByNearSpelling(t *testing.T) {
	got, err := talking(t).Said(t.Context(), "Oscar Lindquist", "", index.Filter{}, 1)
	if err != nil || got.Speaker != "Oskar Lindqvist" || !got.Near || got.Total != 2 || len(got.Quotes) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestSpeakers(t *testing.T) {
	got, err := talking(t).Speakers(t.Context(), "", 5)
	if err != nil || !slices.Equal(got, []string{"Helena Marsh", "Oskar Lindqvist"}) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestTitlesOverTime(t *testing.T) {
	who, err := talking(t).Who(t.Context(), "Helena Marsh", index.Filter{}, 0)
	if err != nil || len(who.Profiles) != 1 {
		t.Fatalf("%+v, %v", who, err)
	}
	p := who.Profiles[0]
	if p.Documents != 4 || p.First.String() != "2021-03-04" || p.Last.String() != "2023-07-08" {
		t.Errorf("%d documents from %v to %v", p.Documents, p.First, p.Last)
	}
	var titles []string
	for _, title := range p.Titles {
		titles = append(titles, title.Title)
		if !strings.Contains(title.Quote.Text, title.Title) {
			t.Errorf("%q does not show the title %q", title.Quote.Text, title.Title)
		}
	}
	if !slices.IsSortedFunc(p.Titles, func(a, b index.Title) int { return -strings.Compare(a.Last.String(), b.Last.String()) }) {
		t.Errorf("titles are not newest first: %q", titles)
	}
}

func TestTimeline(t *testing.T) {
	ix := talking(t)
	got, err := ix.Timeline(t.Context(), "bridge ferries", index.Filter{}, 0)
	if err != nil || len(got) < 2 {
		t.Fatalf("%q, %v", quotesOf(got), err)
	}
	for i, q := range got {
		if q.Source.Published.IsZero() || i > 0 && q.Source.Published.String() < got[i-1].Source.Published.String() {
			t.Errorf("%q is of %v, out of order", q.Text, q.Source.Published)
		}
	}
}

func TestTimelineKeepsToItsTopic(t *testing.T) {
	got, err := talking(t).Timeline(t.Context(), "ferries", index.Filter{}, 0)
	if err != nil || len(got) == 0 {
		t.Fatalf("%q, %v", quotesOf(got), err)
	}
	for _, q := range got {
		if !strings.Contains(strings.ToLower(q.Text), "ferr") {
			t.Errorf("%q speaks of no ferry", q.Text)
		}
	}
}

func TestQuotations(t *testing.T) {
	n := 0
	for q, err := range talking(t).Statements(t.Context(), index.Filter{Source: "2022"}) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; !strings.Contains(q.Text, "bridge") || q.Cue != "said" || q.Speaker == "" || !strings.Contains(q.Speaker, strings.TrimPrefix(q.Written, "Oskar ")) {
			t.Errorf("%+v", q)
		}
	}
	if n != 2 {
		t.Errorf("%d quotations, want 2", n)
	}
}
