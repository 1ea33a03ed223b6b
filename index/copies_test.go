package index_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.org/attache/index"
)

// One story as an agency tells it, and what outlets make of it.
const (
	agency = `Ferry line to Marrow opens after nine years

TOLLAND, 4 May 2021 (NTS) — The council of Tolland opened the ferry line to Marrow on Tuesday, nine years after storms broke the old pier. Ada Quist, who leads the council, cut a ribbon in front of some two hundred people.

“We have waited long enough for this boat,” Quist said at the pier. She thanked the fishermen, who had carried mail and medicine in their own boats since the winter of 2012.

The line is served by two ships that were built in Harrow. A crossing takes forty minutes and costs eleven crowns, and children travel free of charge.

The opposition had asked for a tunnel instead. Its speaker, Jonas Halvorsen, stayed away from the ceremony and called the ferry a toy in a letter to the council.

The league of islands paid half of the cost. It wants to connect all of its members by ship until the end of the decade, and has ordered three more vessels from the yard in Harrow.
`
	shortened = `Boats again between Tolland and Marrow

The council of Tolland opened the ferry line to Marrow on Tuesday, nine years after storms broke the old pier. Ada Quist, who leads the council, cut a ribbon in front of some two hundred people.

"We have waited long enough for this boat," Quist said at the pier. She thanked the fishermen, who had carried mail and medicine in their own boats since the winter of 2012.

The line is served by two ships that were built in Harrow. A crossing takes forty minutes and costs eleven crowns.
`
	edited = `A pier, a ribbon, a boat

Marrow (Island Post) - The Council of Tolland re-opened the ferry line to Marrow on Tuesday, nine years after storms broke the old pier. Ada Quist, who now leads the council, cut a ribbon in front of some two hundred people.

“We have waited long enough for this boat,” Quist said at the pier on Tuesday. She thanked the fishermen, who had carried mail and medicine in their own boats since the winter of 2012.

The line is served by two ships that were built in Harrow. A crossing takes forty minutes and costs eleven crowns, and children travel free.

Its passengers will find a café on board, with coffee roasted in Marrow.

The opposition had asked for a tunnel instead. Its speaker, Jonas Halvorsen, stayed away from the ceremony and called the ferry a toy in a letter to the council.
`
	corrected = `Ferry line opens

The council of Tolland opened the ferry line to Marrow on Tuesday, nine years after storms broke the old pier. Ada Quist, who leads the council, cut a ribbon in front of some two hundred people.

The line is served by two ships that were built in Harrow. A crossing takes forty minutes and costs fourteen crowns, and children travel free of charge.
`
)

var elsewhere = map[string]string{
	"salt.txt":   "Tax on salt\n\nThe council of Tolland raised the tax on salt to nine crowns. Nobody had asked for it, and the fishermen of the island protested in front of the town hall.\n",
	"school.txt": "A school\n\nThe school of Marrow was rebuilt in two years. It has room for sixty children, who no longer have to travel to Tolland by boat.\n",
	"yard.txt":   "The yard\n\nThe yard in Harrow builds small ships. It has eighty workers and was founded by a fisherman in 1931.\n",
}

func island(more map[string]string) map[string]string {
	all := map[string]string{}
	for _, m := range []map[string]string{elsewhere, more} {
		for name, text := range m {
			all[name] = text
		}
	}
	return all
}

func TestOneStoryInSeveralDocuments(t *testing.T) {
	ix := indexed(t, folder(island(map[string]string{"agency.txt": agency, "edited.txt": edited, "shortened.txt": shortened})))
	for question, printed := range map[string][]string{
		"When did storms break the old pier of Tolland?":        {"agency.txt", "edited.txt", "shortened.txt"},
		"Who cut a ribbon in front of two hundred people?":      {"agency.txt", "edited.txt", "shortened.txt"},
		"Where were the two ships of the ferry line built?":     {"agency.txt", "edited.txt", "shortened.txt"},
		"Who called the ferry a toy in a letter?":               {"agency.txt", "edited.txt"},
		"How many vessels were ordered from the yard?":          {"agency.txt"},
		"Where was the coffee that is served on board roasted?": {"edited.txt"},
	} {
		a := answers(t, ix, index.Question{Text: question, Limit: 10})
		if len(a.Quotes) == 0 {
			t.Errorf("%s: no answer", question)
			continue
		}
		got := slices.Sorted(slices.Values(append([]string{a.Quotes[0].Source.Document}, a.Quotes[0].Also...)))
		if !slices.Equal(got, printed) {
			t.Errorf("%s: %q is said to be in %q, want %q", question, a.Quotes[0].Text, got, printed)
		}
		for i, q := range a.Quotes {
			for _, o := range a.Quotes[:i] {
				if strings.Contains(q.Text, "ribbon") && strings.Contains(o.Text, "ribbon") {
					t.Errorf("%s: one sentence is two answers:\n%s\n%s", question, q.Text, o.Text)
				}
			}
		}
	}
}

// Another process may take a generation away while it is opened.
func TestTableVanishesWhileOpening(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, folder(island(map[string]string{"agency.txt": agency, "shortened.txt": shortened})))
	gen := filepath.Join(dir, "gen-000001")
	edit(t, gen, `"files": `, `"files": [], "before": `)
	remove(t, gen, "documents")
	if _, err := index.Open(dir); !errors.Is(err, index.ErrNone) || !strings.Contains(err.Error(), "documents") {
		t.Errorf("opening: %v, want ErrNone with the file", err)
	}
}

// What a later report corrects is another answer.
func TestACorrectionIsNoCopy(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, folder(island(map[string]string{"agency.txt": agency, "corrected.txt": corrected})))
	a := answers(t, open(t, dir), index.Question{Text: "How many crowns does a crossing cost?"})
	for _, want := range []string{"eleven crowns", "fourteen crowns"} {
		if !slices.ContainsFunc(a.Quotes, func(q index.Quote) bool { return strings.Contains(q.Text, want) && len(q.Also) == 0 }) {
			t.Errorf("no answer of its own says %q: %+v", want, a.Quotes)
		}
	}
}

func TestFiltersHoldForCopies(t *testing.T) {
	ix := indexed(t, folder(island(map[string]string{"agency.txt": agency, "edited.txt": edited, "shortened.txt": shortened})))
	a := answers(t, ix, index.Question{Text: "When did storms break the old pier?", Filter: index.Filter{Source: "shortened"}})
	if len(a.Quotes) == 0 || a.Quotes[0].Source.Document != "shortened.txt" || a.Quotes[0].Also != nil {
		t.Errorf("of one source: %+v", a.Quotes)
	}
	sources, err := ix.Sources(t.Context(), "")
	if err != nil || len(sources) != len(elsewhere)+3 {
		t.Errorf("%d sources, want each document: %v", len(sources), err)
	}
}

func TestSayingsInCopies(t *testing.T) {
	ix := indexed(t, folder(island(map[string]string{"agency.txt": agency, "edited.txt": edited, "shortened.txt": shortened})))
	for _, topic := range []string{"", "boat"} {
		said, err := ix.Said(t.Context(), "Ada Quist", topic, index.Filter{}, 0)
		if err != nil || len(said.Quotes) != 2 || len(said.Quotes[0].Also) != 2 || len(said.Quotes[1].Also) != 2 {
			t.Errorf("on %q: %+v, %v", topic, said.Quotes, err)
		}
	}
	who, err := ix.Who(t.Context(), "Jonas Halvorsen", index.Filter{}, 0)
	if err != nil || len(who.Profiles) != 1 || len(who.Profiles[0].Mentions) != 1 || who.Profiles[0].Documents != 2 {
		t.Errorf("%+v, %v", who, err)
	}
}

// How sure an answer is, and what else is found, doesn't depend on how many
// outlets print the story.
func TestAStoryThatIsEverywhere(t *testing.T) {
	ask := func(outlets int) []index.Quote {
		docs := island(map[string]string{"agency.txt": agency})
		for n := range outlets {
			head := strings.Repeat("From our correspondent on the islands. ", n%4) // so that passages begin elsewhere
			docs[fmt.Sprintf("outlet%02d.txt", n)] = fmt.Sprintf("Headline %d\n\n%s%s", n, head, shortened)
		}
		dir := t.TempDir()
		build(t, dir, folder(docs))
		a := answers(t, open(t, dir), index.Question{Text: "When did storms break the old pier of Tolland?", Limit: 3, Explain: true, Apart: true})
		if !a.Answered {
			t.Fatalf("with %d outlets there is no answer: %+v", outlets, a.Quotes)
		}
		return a.Quotes
	}
	one, many := ask(0), ask(60)
	if n := len(many[0].Also); n != 60 {
		t.Errorf("the answer is said to be in %d other documents, want 60", n)
	}
	if a, b := one[0].Score, many[0].Score; b < a-0.05 {
		t.Errorf("its score is %.3f by itself and %.3f with sixty copies\n%v\n%v", a, b, one[0].Reasons, many[0].Reasons)
	}
	if a, b := reason(one[0], "mass"), reason(many[0], "mass"); b < a*0.8 {
		t.Errorf("how rare its words are: %.3f by itself, %.3f with sixty copies", a, b)
	}
	for _, q := range one[1:] {
		if !slices.ContainsFunc(many, func(o index.Quote) bool { return o.Text == q.Text }) {
			t.Errorf("copies crowd out %q", q.Text)
		}
	}
}

// A rebuild knows copies among documents that it doesn't read again.
func TestCopiesOfWhatWasThere(t *testing.T) {
	dir := t.TempDir()
	docs := island(map[string]string{"agency.txt": agency})
	build(t, dir, folder(docs))
	docs["edited.txt"] = edited
	build(t, dir, folder(docs))
	ask := func() index.Quote {
		return answers(t, open(t, dir), index.Question{Text: "Who cut a ribbon in front of two hundred people?"}).Quotes[0]
	}
	if q := ask(); len(q.Also) != 1 {
		t.Errorf("added later: %+v", q)
	}
	delete(docs, "agency.txt")
	build(t, dir, folder(docs))
	if q := ask(); q.Source.Document != "edited.txt" || len(q.Also) != 0 {
		t.Errorf("after the other one is gone: %+v", q)
	}
}

func TestTimelineOfCopies(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, folder(island(map[string]string{"agency.txt": agency, "edited.md": "---\ndate: 2021-05-06\n---\n" + edited})))
	quotes, err := open(t, dir).Timeline(context.Background(), "old pier storms", index.Filter{}, 5)
	if err != nil || len(quotes) == 0 || len(quotes[0].Also) != 1 {
		t.Errorf("%+v, %v", quotes, err)
	}
}
