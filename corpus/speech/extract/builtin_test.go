package extract_test

import (
	"context"
	"path"
	"slices"
	"strings"
	"testing"

	"example.org/attache/corpus"
	"example.org/attache/corpus/identity"
	"example.org/attache/corpus/speech"
)

const (
	asiaTrip  = "blinken-heads-to-japan-south-korea-india.txt"
	envoyTalk = "korean-envoy-on-the-quad-and-india.txt"
	agreement = "us-korea-science-and-technology-agreement.txt"
)

func builtin(t *testing.T) map[string]*corpus.Document {
	docs := map[string]*corpus.Document{}
	for r := range corpus.Read(context.Background(), corpus.Builtin()) {
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		docs[path.Base(r.Path)] = r.Document
	}
	return docs
}

// TestBuiltinPeople: everybody whom the built-in documents name, with every
// title that they give, and nobody else.
func TestBuiltinPeople(t *testing.T) {
	want := map[string][]string{
		"Antony Blinken":          {"Secretary", "Secretary of State", "U.S. Secretary of State"},
		"Fumio Kishida":           {"Japanese Prime Minister"},
		"Yoko Kamikawa":           {"Foreign Minster"},
		"Daniel Kritenbrink":      {"the State Department’s assistant secretary for East Asian and Pacific Affairs"},
		"Yoon Suk Yeol":           {"South Korean President"},
		"Park Jin":                {"South Korean Foreign Minister"},
		"Lloyd Austin":            {"Secretary of Defense"},
		"Donald Lu":               {"the State Department’s assistant secretary for South and Central Asian Affairs"},
		"Subrahmanyam Jaishankar": {"India’s Minister for External Affairs"},
		"Rajnath Singh":           {"Minister of Defense"},
		"Chang Jae-Bok":           {"South Korean Envoy"},
		"Jaideep Mazumdar":        {"Secretary East in the Ministry of External Affairs"},
		"Putin":                   {"President"},
	}
	var all identity.Directory
	docs := builtin(t)
	for id, d := range docs {
		all.Add(id, d.Published.String(), d.People)
	}
	for _, e := range all.People() {
		var titles []string
		for _, a := range e.Appearances {
			d := docs[a.Document]
			for _, m := range d.People[a.Person].Mentions {
				if m.Title.Len() > 0 && !slices.Contains(titles, m.Title.In(d.Text)) {
					titles = append(titles, m.Title.In(d.Text))
				}
			}
		}
		slices.Sort(titles)
		if w, ok := want[e.Name]; !ok || !slices.Equal(titles, w) {
			t.Errorf("%s: titles %q, want %q", e.Name, titles, w)
		}
		delete(want, e.Name)
	}
	for name := range want {
		t.Errorf("%s is missing", name)
	}
}

// TestBuiltinQuotations: every direct quotation of the built-in documents, by
// its first words, with its speaker or deliberately without.
func TestBuiltinQuotations(t *testing.T) {
	tests := map[string][][2]string{
		asiaTrip: {
			{"support a free and open", ""},
			{"We anticipate that discussions", "Daniel Kritenbrink"},
			{"Secretary Blinken will be in India", "Donald Lu"},
			{"a terrorist attack", "India"},
			{"With India, we share", "Donald Lu"},
		},
		envoyTalk: {
			{"global pivotal state", "Chang Jae-Bok"},
			{"establishing new norms", "Chang Jae-Bok"},
			{"maintaining also its defence", "Chang Jae-Bok"},
			{"India, as the world’s largest", "Chang Jae-Bok"},
			{"India has also been strengthening", "Chang Jae-Bok"},
			{"We have attained a level", "Jaideep Mazumdar"},
			{"hub-and-spoke", "Chang Jae-Bok"},
			{"lattice-like", "Chang Jae-Bok"},
			{"a formidable web of alliances", "Chang Jae-Bok"},
			{"essential", "Chang Jae-Bok"},
			{"Our Indo-Pacific strategy", "Chang Jae-Bok"},
		},
		agreement: {
			{"Today’s agreement will expand", ""},
			{"We reaffirmed our commitment", "Antony Blinken"},
			{"We’re increasing our trilateral", "Antony Blinken"},
			{"For the past seven decades", "Antony Blinken"},
			{"I’m confident that we’ve taken", "Antony Blinken"},
		},
	}
	docs := builtin(t)
	for id, want := range tests {
		d := docs[id]
		if d == nil {
			t.Fatalf("%s is no built-in document", id)
		}
		quotes := quotationsOf(d.Statements)
		if len(quotes) != len(want) {
			t.Errorf("%s: %d quotations, want %d", id, len(quotes), len(want))
			continue
		}
		for i, q := range quotes {
			if got := q.Span.In(d.Text); !strings.HasPrefix(got, want[i][0]) || q.Speaker(d.People) != want[i][1] {
				t.Errorf("%s: %q by %q, want %q by %q", id, got, q.Speaker(d.People), want[i][0], want[i][1])
			}
		}
	}
}

// TestBuiltinReported: what the built-in documents report that somebody said,
// by its first words, with its speaker or deliberately without.
func TestBuiltinReported(t *testing.T) {
	tests := map[string][][2]string{
		asiaTrip: {
			{"Senior U.S. officials told reporters", ""},
			{"Kritenbrink said the military cooperation", "Daniel Kritenbrink"},
			{"Washington and Seoul have vowed", ""},
			{"India has condemned", "India"},
		},
		envoyTalk: {
			{"Korea has embarked", "Chang Jae-Bok"},
			{"Terming the India and Republic of Korea relationship", "Jaideep Mazumdar"},
			{"he said while talking of defence cooperation", "Jaideep Mazumdar"},
			{"Noting that the U.S. Indo-Pacific strategy", "Chang Jae-Bok"},
		},
		agreement: {
			{"The United States and South Korea continue", "Antony Blinken"},
			{"Secretary Blinken emphasized", "Antony Blinken"},
		},
	}
	docs := builtin(t)
	for id, want := range tests {
		d := docs[id]
		reported := slices.DeleteFunc(slices.Clone(d.Statements), func(s speech.Statement) bool { return s.Kind != speech.Reported })
		if len(reported) != len(want) {
			t.Errorf("%s: %d reported statements, want %d", id, len(reported), len(want))
			continue
		}
		for i, s := range reported {
			if got := s.Span.In(d.Text); !strings.HasPrefix(got, want[i][0]) || s.Speaker(d.People) != want[i][1] {
				t.Errorf("%s: %q by %q, want %q by %q", id, got, s.Speaker(d.People), want[i][0], want[i][1])
			}
		}
	}
}
