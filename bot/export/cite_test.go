package export

import (
	"strings"
	"testing"

	"example.org/attache/corpus"
	"example.org/attache/index"
)

func TestCitationStyles(t *testing.T) {
	full := index.Source{Document: "a.txt", Title: "Fish & Treaties: Who Gains?", Author: "Ruiz, Ana", Publisher: "The Gazette",
		Published: corpus.Date{Year: 2023, Month: 11, Day: 7}, URL: "https://gazette.example/a_1"}
	month := index.Source{Document: "b.txt", Title: "A {brief} report", Publisher: "Norland Desk", Published: corpus.Date{Year: 2024, Month: 5}}
	bare := index.Source{Document: "notes/c.txt"}
	scan := index.Source{Document: "scan.pdf", Title: "The harbour pact", Recognised: true}
	marked := index.Source{Document: "d.txt", Title: "誰が来たか？", URL: "https://desk.example/~ed/{x}?a=1&b=50%25#c"}
	for _, c := range []struct{ style, got, want string }{
		{"Chicago", Citation{Source: full}.Chicago(), "Ruiz, Ana. “Fish & Treaties: Who Gains?” The Gazette, November 7, 2023. https://gazette.example/a_1."},
		{"Chicago", Citation{Source: month}.Chicago(), "“A {brief} report.” Norland Desk, May 2024."},
		{"Chicago", Citation{Source: bare}.Chicago(), "“notes/c.txt.”"},
		{"APA", Citation{Source: full}.APA(), "Ruiz, Ana. (2023, November 7). Fish & Treaties: Who Gains? The Gazette. https://gazette.example/a_1"},
		{"APA", Citation{Source: month}.APA(), "A {brief} report. (2024, May). Norland Desk."},
		{"APA", Citation{Source: bare}.APA(), "notes/c.txt. (n.d.)."},
		{"BibTeX", strings.Join(Citation{Source: full}.BibTeX(), "\n"), `@misc{fish-treaties-who-2023,
  author = {Ruiz, Ana},
  title = {Fish \& Treaties: Who Gains?},
  howpublished = {The Gazette},
  year = {2023},
  month = {November},
  url = {https://gazette.example/a_1},
}`},
		{"BibTeX", strings.Join(Citation{Source: month}.BibTeX(), "\n"), `@misc{a-brief-report-2024,
  title = {A \{brief\} report},
  howpublished = {Norland Desk},
  year = {2024},
  month = {May},
}`},
		{"Chicago", Citation{Source: index.Source{Title: "He said: “We stay.”"}}.Chicago(), "“He said: “We stay.””"},
		{"APA", Citation{Source: marked}.APA(), "誰が来たか？ (n.d.). https://desk.example/~ed/{x}?a=1&b=50%25#c"},
		{"BibTeX", strings.Join(Citation{Source: marked}.BibTeX(), "\n"), `@misc{document,
  title = {誰が来たか？},
  url = {https://desk.example/~ed/%7Bx%7D?a=1&b=50%25#c},
}`},
		{"Chicago", Citation{Source: scan}.Chicago(), "“The harbour pact.” [Recognised text.]"},
		{"APA", Citation{Source: scan}.APA(), "The harbour pact. (n.d.). [Recognised text.]"},
		{"BibTeX", strings.Join(Citation{Source: scan}.BibTeX(), "\n"), "@misc{the-harbour-pact,\n  title = {The harbour pact},\n  note = {[Recognised text.]},\n}"},
		{"BibTeX", strings.Join(Citation{Source: bare}.BibTeX(), "\n"), "@misc{notes-c-txt,\n  title = {notes/c.txt},\n}"},
	} {
		if c.got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.style, c.got, c.want)
		}
	}
}
