package terminal

import (
	"strings"
	"testing"
	"unicode"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
	"example.org/attache/corpus"
	"example.org/attache/corpus/text"
	"example.org/attache/index"
)

var reply = command.Reply{
	Title: "Who met whom?",
	Sections: []command.Section{{
		Heading: "Found",
		Lines:   []string{"1 document", "> not a quotation"},
		Quotes: []command.Quote{{
			Text: "The envoy met the minister on Tuesday.", Bold: []text.Span{{Start: 4, End: 9}, {Start: 18, End: 26}},
			Speaker: "Ana Ruiz", Page: 12, Also: []index.Source{{Document: "b.txt"}},
			Source:  index.Source{Document: "a.txt", Title: "A meeting", Publisher: "The Gazette", Published: corpus.Date{Year: 2023, Month: 5}, URL: "https://gazette.example/1"},
			Actions: []command.Action{{ID: "cite:1", Label: "Cite"}},
		}},
	}},
	Notes:   []string{"Try other words."},
	Actions: []command.Action{{ID: "more:3", Label: "More"}},
}

func TestPrint(t *testing.T) {
	for name, c := range map[string]struct {
		p    Printer
		want string
	}{
		"piped": {Printer{}, `Who met whom?

Found
1 document
 > not a quotation

> The envoy met the minister on Tuesday.
  — Ana Ruiz, in A meeting (The Gazette, 2023-05, p. 12), a.txt, https://gazette.example/1 (also in: b.txt)

Try other words.
`},
		"narrow": {Printer{Width: 30, Numbers: true}, `Who met whom?

Found
1 document
 > not a quotation

> The envoy met the minister
> on Tuesday.
  — Ana Ruiz, in A meeting
  (The Gazette, 2023-05, p.
  12), a.txt,
  https://gazette.example/1
  (also in: b.txt)
  /1 Cite

Try other words.
  /2 More
`},
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			c.p.Out = &out
			if err := c.p.Print(reply); err != nil || out.String() != c.want {
				t.Errorf("%v\n%s\nwant\n%s", err, out.String(), c.want)
			}
		})
	}
}

func TestWhatIsForCopyingIsNotWrapped(t *testing.T) {
	var out strings.Builder
	Printer{Out: &out, Width: 30}.Print(command.Reply{Sections: []command.Section{{Code: true, Lines: []string{"@misc{a,", "  title = {A meeting of the envoy and the minister},"}}}})
	if want := "@misc{a,\n  title = {A meeting of the envoy and the minister},\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

func TestColours(t *testing.T) {
	var out strings.Builder
	Printer{Out: &out, Colour: true, Width: 30}.Print(reply)
	if s := out.String(); !strings.Contains(s, "> The \x1b[1;33menvoy\x1b[0m met") {
		t.Errorf("%q", s)
	}
}

func TestPlainLinesKeepsLines(t *testing.T) {
	if got, want := PlainLines("The \x1b[31mred\x1b[0m ship\r\n\n\u202esank.\n"), "The red ship \n\nsank.\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPlain(t *testing.T) {
	for s, want := range map[string]string{
		"\x1b[31mred\x1b[0m":         "red",
		"\x1b]0;title\x07text":       "text",
		"a\u202eb\u2066c\u200b":      "abc",
		"one\ntwo\tthree":            "one two three",
		"می\u200cخواهم":              "می\u200cخواهم",
		"\x9b31m C1 \u009b31m":       "�31m C1 31m",
		"bell\x07 back\x08 del\x7f.": "bell back del.",
	} {
		if got := Plain(s); got != want {
			t.Errorf("Plain(%q) = %q, want %q", s, got, want)
		}
	}
}

func FuzzNothingCommandsTheTerminal(f *testing.F) {
	f.Add("> quoted\n\x1b[2J", 20)
	f.Add("\u009b31m\x1b]8;;http://x\x1b\\", 0)
	f.Fuzz(func(t *testing.T, s string, width int) {
		var out strings.Builder
		r := command.Reply{Title: s, Notes: []string{s}, Sections: []command.Section{{Heading: s, Lines: []string{s}}}}
		Printer{Out: &out, Width: width % 200}.Print(r)
		for line := range strings.Lines(out.String()) {
			if strings.HasPrefix(line, ">") {
				t.Errorf("%q prints %q, which looks like a quotation", s, line)
			}
			for _, r := range strings.TrimSuffix(line, "\n") {
				if unicode.IsControl(r) {
					t.Errorf("%q prints the control character %U", s, r)
				}
			}
		}
	})
}

func TestParse(t *testing.T) {
	for line, want := range map[string]string{
		"When?":                              "ask|When?",
		"/ask When?":                         "ask|When?",
		"/ASK When?":                         "ask|When?",
		"When was it -- exactly?":            "ask|When|was|it|--|exactly?",
		"/ask When? --since last week":       "ask|When? since=last week",
		"/ask --since=2023 --source \"x y\"": "ask since=2023 source=x y",
		"/ask --source=\"x y\" Why?":         "ask|Why? source=x y",
		"/ask --source \"x y\" Why?":         "ask|Why? source=x y",
		"/ask Why? --private":                "ask|Why? private=true",
		"/ask --private Why?":                "ask|Why? private=true",
		"/ask Who is --private Park Jin":     "ask|Who|is|Park|Jin private=true",
		"/compare \"a b\" 'c d' e\" \"":      "compare|\"a b\"|'c d'|e\"|\"",
		"/reindex":                           "admin reindex",
		"/admin reindex":                     "admin reindex",
		"/dance with me":                     "dance",
		"/":                                  "",
	} {
		name, options, unnamed := parse(words.Catalogue{}, line)
		got := strings.Join(append([]string{name}, unnamed...), "|")
		for _, o := range []string{"private", "since", "source"} {
			if v, ok := options[o]; ok {
				got += " " + o + "=" + v
			}
		}
		if got != want {
			t.Errorf("parse(%q) = %q, want %q", line, got, want)
		}
	}
}

// Commands and options go by their names in the language of the prompt, and in
// English.
func TestParseInAnotherLanguage(t *testing.T) {
	for line, want := range map[string]string{
		"/인물 Park Jin":                        "who|Park|Jin",
		"/who Park Jin":                       "who|Park|Jin",
		"/팔로우 인물 Park Jin":                    "follow who|Park|Jin",
		"/질문 When? --시작일 last week":           "ask|When? since=last week",
		"/질문 When? --since=2023 --출처 \"x y\"": "ask|When? since=2023 source=x y",
		"/wer Park Jin":                       "wer",
	} {
		name, options, unnamed := parse(words.In("ko"), line)
		got := strings.Join(append([]string{name}, unnamed...), "|")
		for _, o := range []string{"since", "source"} {
			if v, ok := options[o]; ok {
				got += " " + o + "=" + v
			}
		}
		if got != want {
			t.Errorf("parse(%q) = %q, want %q", line, got, want)
		}
	}
	p := Prompt{Bot: port(t), Words: words.In("ko")}
	for line, want := range map[string]string{"/인물 Bli": "/인물 Ørjan Blix|Karin Blixt", "/연": "/연표 ", "/time": "/timeline ", "/질문 Who? --발": "/질문 Who? --발언자 "} {
		longer, list := p.complete(t.Context(), line)
		if got := longer; len(list) > 0 && want != "/인물 "+strings.Join(list, "|") || len(list) == 0 && got != want {
			t.Errorf("%q becomes %q %q, want %q", line, longer, list, want)
		}
	}
}

func TestRecognisedTextIsCitedAsSuch(t *testing.T) {
	var b strings.Builder
	Printer{Out: &b}.Print(command.Reply{Sections: []command.Section{{Quotes: []command.Quote{{Text: "The harbour rnaster signed.", Page: 3,
		Source: index.Source{Document: "scan.pdf", Title: "The harbour pact", Recognised: true}}}}}})
	if want := "The harbour pact (p. 3, recognised text), scan.pdf"; !strings.Contains(b.String(), want) {
		t.Errorf("got %q, want %q in it", b.String(), want)
	}
}
