package language

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

var update = flag.Bool("update", false, "write the tables of LANGUAGES.md anew")

const page = "../../bot/docs/LANGUAGES.md"

// The page on languages shows what each of them has and lacks, and what the
// sections are: both are made from the files.
func TestThePageOnLanguages(t *testing.T) {
	b, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	want := string(b)
	for name, table := range map[string]string{"languages": languageTable(), "sections": sectionTable()} {
		begin, end := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->"
		before, rest, ok := strings.Cut(want, begin)
		_, after, closed := strings.Cut(rest, end)
		if !ok || !closed {
			t.Fatalf("%s has no %s… %s", page, begin, end)
		}
		want = before + begin + "\n" + table + "\n" + end + after
	}
	if want == string(b) {
		return
	}
	if !*update {
		t.Fatalf("%s is not what the files hold; go test ./corpus/language -update writes it", page)
	}
	if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// byLanguage are the topics that any language can have a file on.
var byLanguage = []Topic{Writing, Questions, FollowUps, Dates, Speech, Pages, Records}

// languageTable has a row for each language: how many words it has on each
// topic, and what it lacks of what most others have.
func languageTable() string {
	var b strings.Builder
	b.WriteString("| | language |")
	for _, topic := range byLanguage {
		fmt.Fprintf(&b, " %s |", topic)
	}
	b.WriteString(" lacks |\n|---|---|" + strings.Repeat("---:|", len(byLanguage)) + "---|\n")
	for _, code := range Codes() {
		fmt.Fprintf(&b, "| %s | %s |", code, display.English.Languages().Name(language.Make(code)))
		for _, topic := range byLanguage {
			n := 0
			for _, s := range slices.Concat(words(code, topic)...) {
				n += len(s.Entries())
			}
			if n == 0 {
				b.WriteString(" – |")
			} else {
				fmt.Fprintf(&b, " %d |", n)
			}
		}
		fmt.Fprintf(&b, " %s |\n", strings.Join(lacks(code), ", "))
	}
	return b.String()
}

// words are a language's files on a topic; how it reports speech can be in
// files of other names.
func words(code string, topic Topic) []Words {
	if topic == Speech {
		return []Words{Of(code, Speech), Of(code, Script), Of(code, Cues)}
	}
	return []Words{Of(code, topic)}
}

// wanted is what a language needs to be read as well as the best: any one
// section of each line.
var wanted = []struct {
	name     string
	topic    Topic
	sections []string
}{
	{"commonest words", Writing, []string{"common", "borrowed script"}},
	{"abbreviations", Writing, []string{"abbreviations"}},
	{"questions", Questions, []string{"asks person"}},
	{"stop words", Questions, []string{"stop", "stop list"}},
	{"stems", Questions, []string{"stemmer", "prefixes", "endings", "particles"}},
	{"answers", Questions, []string{"tells place", "tells speech"}},
	{"synonyms", Questions, []string{"synonyms"}},
	{"follow-ups", FollowUps, []string{"leads"}},
	{"months", Dates, []string{"months"}},
	{"weekdays", Dates, []string{"days"}},
	{"speech", Speech, []string{"said", "said male", "core"}},
	{"pages", Pages, []string{"exact"}},
	{"records", Records, []string{"asker"}},
}

// lacks names what a language lacks of it, and none where only its script is
// known.
func lacks(code string) (all []string) {
	for _, w := range wanted {
		if !slices.ContainsFunc(words(code, w.topic), func(f Words) bool { return slices.ContainsFunc(w.sections, f.Says) }) {
			all = append(all, w.name)
		}
	}
	if len(all) >= len(wanted)-1 {
		return []string{"all but its script or dates"}
	}
	return all
}

// sectionTable lists the sections that each file may have.
func sectionTable() string {
	var b strings.Builder
	for _, topic := range Topics {
		fmt.Fprintf(&b, "`%s.txt`\n\n", topic)
		for _, s := range sections[topic] {
			name := strings.TrimSuffix(s.name, " ")
			if name != s.name {
				name += " …"
			}
			fmt.Fprintf(&b, "- `[%s]`", name)
			if s.means != "" {
				fmt.Fprintf(&b, ": %s", s.means)
			}
			b.WriteString("\n")
		}
		b.WriteString("\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// The languages that questions are asked in are complete enough to be asked in.
func TestLanguagesOfQuestions(t *testing.T) {
	for _, code := range With(Questions) {
		w := Of(code, Questions)
		if !w.Says("asks person") {
			continue // a stemmer and nothing else
		}
		for _, name := range []string{"asks place", "asks time", "asks number", "asks reason", "asks thing", "tells time", "tells number"} {
			if !w.Says(name) {
				t.Errorf("%s/questions.txt asks for people but lacks [%s]", code, name)
			}
		}
	}
	for _, code := range With(Dates) {
		for name, n := range map[string]int{"months": 12, "days": 7} {
			if lines := Of(code, Dates).Lines(name); len(lines) != 0 && len(lines) != n {
				t.Errorf("%s/dates.txt: [%s] has %d lines, want %d", code, name, len(lines), n)
			}
		}
	}
}
