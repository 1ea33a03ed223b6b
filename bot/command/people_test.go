package command_test

import (
	"bytes"
	"fmt"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"

	"example.org/attache/bot/command"
	"example.org/attache/corpus"
)

var embassy = fstest.MapFS{
	"embassy.txt": file("Embassy to reopen in Tallinn\n\nJanuary 12, 2023\n\n“We will reopen the embassy in March,” said Foreign Minister Maria Lindqvist on Thursday.\n\nTrade Minister Luc Moreau said: “The embassy will serve our exporters.”\n"),
	"visit.txt":   file("A visit by train\n\nMay 9, 2023\n\nForeign Minister Maria Lindqvist opened the new embassy building.\n\nThe mayor, Anne Moreau, gave her a key.\n"),
}

func TestWhichPersonIsAsked(t *testing.T) {
	b := newBot(t, embassy)
	r := b.Do(t.Context(), "who", call("name", "Moreau"))
	if !strings.Contains(said(r), "Which one?") || len(r.Menus) != 1 || !r.Menus[0].Asks || quotes(r) != "" {
		t.Fatalf("said %q, %+v", said(r), r.Menus)
	}
	if a := r.Menus[0].Actions; len(a) != 2 || a[0].Detail != "Trade Minister · 1 document · 2023-01-12" {
		t.Fatalf("%+v", a)
	}
	anne := press(t, b, r, "Anne Moreau")
	if anne.Failed || anne.Title != "Anne Moreau" || !strings.Contains(quotes(anne), "gave her a key") || !anne.Private {
		t.Errorf("%+v", anne)
	}
}

func TestFromAPersonToTheirQuotations(t *testing.T) {
	b := newBot(t, embassy)
	r := b.Do(t.Context(), "who", call("name", "Maria Lindqvist"))
	t.Log(said(r), quotes(r))
	all := press(t, b, r, "All that they say")
	if all.Failed || quotes(all) != "> “We will reopen the embassy in March,”\n" {
		t.Errorf("%+v", all)
	}
}

// A family name alone means whoever by far the most documents name; else the reply
// asks which, somebody known by nothing but that name among them.
func TestFamilyNames(t *testing.T) {
	files := fstest.MapFS{
		"bare.txt": {Data: []byte("Critics attacked Mr. Arden after the vote on the harbour toll.\n")},
		"one.txt":  {Data: []byte("Clara Arden opened the harbour on Monday. Nora Arden came late.\n")},
		"anna.txt": {Data: []byte("Trade Minister Anna Brandt opened the museum on Friday.\n")},
	}
	for i := range 12 {
		files[fmt.Sprintf("otto-%d.txt", i)] = &fstest.MapFile{Data: []byte(fmt.Sprintf("Otto Brandt visited harbour number %d on Tuesday.\n", i))}
	}
	b := newBot(t, files)
	if r := b.Do(t.Context(), "who", call("name", "Arden")); len(quoted(r)) > 0 || len(r.Menus) != 1 || !r.Menus[0].Asks {
		t.Errorf("Arden, who is one of several: %+v", r)
	}
	if r := b.Do(t.Context(), "who", call("name", "brandt")); r.Title != "Otto Brandt" || !strings.Contains(said(r), "Anna Brandt") {
		t.Errorf("Brandt, of whom one is in 12 documents: %q\n%s", r.Title, said(r))
	}
}

// A person of whom the documents say much is shown in short, and by views of a
// few quotes each.
func TestMuchOfAPersonIsShownInParts(t *testing.T) {
	docs := fstest.MapFS{}
	for n := range 4 {
		docs[fmt.Sprintf("%d.md", n)] = file(fmt.Sprintf("---\ntitle: Round %d\ndate: 2023-0%d-11\n---\n\nThe talks were led by Foreign Minister Maria Lindqvist in round %d.\n\n“We agree on item %d,” Maria Lindqvist said.\n\nLindqvist left the hall at %d o'clock.\n", n, n+1, n, n, n+1))
	}
	b := newBot(t, docs)
	r := b.Do(t.Context(), "who", call("name", "Maria Lindqvist", "private", "true"))
	if len(r.Sections) != 2 || r.Sections[0].Quotes[0].Label != "Foreign Minister (2023-01-11 – 2023-04-11)" || r.Sections[1].Heading != "Says" || len(r.Sections[1].Quotes) != 2 {
		t.Errorf("%+v", r.Sections)
	}
	if got := strings.Join(labels(r), ", "); got != "Export, Share, All that they say, Titles, Mentions, Timeline" {
		t.Errorf("leads to %s", got)
	}
	first := press(t, b, r, "Mentions")
	next := press(t, b, first, "More")
	if len(quoted(first)) != 3 || len(quoted(next)) == 0 || next.Title != r.Title || !next.Replace || !strings.HasPrefix(next.Sections[0].Heading, "Mentions: 4 to ") {
		t.Errorf("%+v\n%+v", first, next)
	}
	for _, q := range quoted(next) {
		if strings.Contains(quotes(first), q.Text) {
			t.Errorf("%q again", q.Text)
		}
	}
	if back := press(t, b, next, "Back"); quotes(back) != quotes(first) {
		t.Errorf("back at\n%s", quotes(back))
	}
	if short := press(t, b, next, "In short"); quotes(short) != quotes(r) {
		t.Errorf("in short\n%s", quotes(short))
	}
	before := ""
	for _, q := range quoted(press(t, b, r, "Timeline")) {
		d := q.Source.Published.String()
		if d < before {
			t.Errorf("%s after %s", d, before)
		}
		before = d
	}
	if all := b.Do(t.Context(), "who", &command.Call{Options: map[string]string{"name": "Maria Lindqvist"}, Limit: 100}); len(quoted(all)) <= 6 {
		t.Errorf("%d quotes without a limit", len(quoted(all)))
	}
}

func TestNamesComplete(t *testing.T) {
	b := newBot(t, embassy)
	for _, c := range []struct{ command, option, typed, want string }{
		{"who", "name", "lind", "Maria Lindqvist"},
		{"who", "name", "MOR", "Luc Moreau, Anne Moreau"},
		{"said", "speaker", "lu", "Luc Moreau"},
		{"ask", "speaker", "lindq", "Maria Lindqvist"},
		{"who", "name", "zzz", ""},
		{"ask", "question", "wh", ""},
		{"dance", "name", "a", ""},
		{"admin remove", "document", "emb", "embassy.txt"},
	} {
		if got := strings.Join(b.Complete(t.Context(), c.command, c.option, c.typed, &command.Call{Admin: true}), ", "); got != c.want {
			t.Errorf("%s %s %q completes to %q, want %q", c.command, c.option, c.typed, got, c.want)
		}
	}
}

func TestTimelineHasAChartWhenThereIsEnoughToShow(t *testing.T) {
	if r := newBot(t, embassy).Do(t.Context(), "timeline", call("topic", "embassy")); r.Picture != nil || quotes(r) == "" {
		t.Errorf("two months: %+v", r)
	}
	docs := fstest.MapFS{}
	for month := 1; month <= 9; month += 2 {
		for day := 1; day <= 2; day++ {
			docs[fmt.Sprintf("%d-%d.md", month, day)] = file(fmt.Sprintf("---\ntitle: Herring talks %d\ndate: 2023-%02d-%02d\n---\n\nThe herring talks went on for a day in round %d.\n", month, month, day, month*10+day))
		}
	}
	b := newBot(t, docs)
	r := b.Do(t.Context(), "timeline", call("topic", "herring talks"))
	if r.Picture == nil || !strings.Contains(r.Picture.Alt, "herring talks") {
		t.Fatalf("%+v", r)
	}
	if _, err := png.Decode(bytes.NewReader(r.Picture.PNG)); err != nil {
		t.Error(err)
	}
	if h := r.Sections[0].Heading; h != "January 2023" {
		t.Errorf("the first month is %q", h)
	}
	if next := press(t, b, r, "More"); next.Picture != nil || quotes(next) == quotes(r) {
		t.Errorf("%+v", next)
	}
}

func TestCompare(t *testing.T) {
	b := newBot(t, embassy)
	r := b.Do(t.Context(), "compare", call("topic", "embassy", "speaker_a", "lindqvist", "speaker_b", "Nobody Known"))
	if len(r.Sections) != 2 || r.Sections[0].Heading != "Maria Lindqvist" || len(r.Sections[0].Quotes) != 1 || !strings.Contains(said(r), "hold no words of anybody called Nobody Known") {
		t.Errorf("%+v", r)
	}
}

func TestCompareGoesOn(t *testing.T) {
	docs := fstest.MapFS{}
	for n := range 5 {
		docs[fmt.Sprintf("%d.txt", n)] = file(fmt.Sprintf("Round %d\n\n“The embassy opens in round %d,” said Foreign Minister Maria Lindqvist.\n", n, n))
	}
	docs["other.txt"] = file("Round nine\n\n“The embassy stays shut,” said Trade Minister Luc Moreau.\n")
	b := newBot(t, docs)
	r := b.Do(t.Context(), "compare", call("topic", "embassy", "speaker_a", "Maria Lindqvist", "speaker_b", "Luc Moreau"))
	next := press(t, b, r, "More")
	if len(quoted(r)) != 4 || len(quoted(next)) != 2 || !next.Replace || strings.Contains(quotes(r), strings.SplitAfter(quotes(next), "\n")[0]) {
		t.Errorf("first\n%sthen\n%s", quotes(r), quotes(next))
	}
	if back := press(t, b, next, "Back"); quotes(back) != quotes(r) {
		t.Errorf("back at\n%s", quotes(back))
	}
}

// Whatever quotes a reply shows, each leads to its context, and from there to
// how it is cited.
func TestEveryCitationHasItsContext(t *testing.T) {
	b := newBot(t, embassy)
	for name, c := range map[string]*command.Call{
		"ask":          call("question", "Who opened the embassy building?"),
		"who":          call("name", "Maria Lindqvist"),
		"said":         call("speaker", "Luc Moreau"),
		"timeline":     call("topic", "embassy"),
		"compare":      call("topic", "embassy", "speaker_a", "Luc Moreau", "speaker_b", "Maria Lindqvist"),
		"Find sources": call("message", "Lindqvist opened the new embassy building."),
	} {
		r := b.Do(t.Context(), name, c)
		if len(quoted(r)) == 0 {
			t.Errorf("%s quotes nothing: %s", name, said(r))
		}
		for _, q := range quoted(r) {
			around := press(t, b, command.Reply{Subject: r.Subject, Actions: q.Actions}, "Context")
			if around.Failed || !strings.Contains(quotes(around), q.Text) {
				t.Errorf("%s: the context of %q is\n%s%s", name, q.Text, quotes(around), said(around))
			}
			if cited := press(t, b, around, "Cite"); cited.Failed || !strings.Contains(said(cited), "Chicago") {
				t.Errorf("%s: cited as %s", name, said(cited))
			}
		}
	}
}

func TestQuotesAndTheirContextsNameThePage(t *testing.T) {
	b := newBot(t, fstest.MapFS{"volume.xml": file(`<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>A volume</title></titleStmt></fileDesc></teiHeader><text><body>
<pb n="11"/><p>The herring talks began in the morning and went on until noon.</p>
<pb n="12"/><p>The envoy signed the herring treaty at midnight.</p></body></text></TEI>`)})
	for name, c := range map[string]*command.Call{
		"ask":          call("question", "When did the envoy sign the herring treaty?"),
		"Find sources": call("message", "The envoy signed the herring treaty at midnight."),
	} {
		r := b.Do(t.Context(), name, c)
		q := quoted(r)
		if len(q) == 0 || q[0].Page != 12 {
			t.Errorf("%s: %+v", name, q)
			continue
		}
		around := press(t, b, command.Reply{Subject: r.Subject, Actions: q[0].Actions}, "Context")
		if all := quoted(around); len(all) != 2 || len(all[1].Bold) == 0 || all[1].Page != 12 {
			t.Errorf("%s: the context is %+v", name, all)
		}
	}
}

func TestFindSources(t *testing.T) {
	b := newBot(t, corpus.Builtin())
	r := b.Do(t.Context(), "Find sources", call("message", "I heard that Secretary Blinken will be in India on November 10. Is that so? > not a quote"))
	if r.Failed || !r.Private || !strings.Contains(quotes(r), "November 10") {
		t.Errorf("%+v", r)
	}
	r = b.Do(t.Context(), "Find sources", call("message", "Zebras juggle quinces."))
	if r.Failed || !strings.Contains(said(r), "found nothing") {
		t.Errorf("said %q", said(r))
	}
}

func TestWhereNothingIsFoundIsSaidWhatMayHelp(t *testing.T) {
	b := newBot(t, corpus.Builtin())
	for name, c := range map[string]struct {
		command   string
		call      *command.Call
		want, not string
	}{
		"speaker whom nobody quotes": {"ask", call("question", "missiles", "speaker", "Nobody Known"), "hold no words of anybody called Nobody Known", "No person"},
		"speaker who is quoted":      {"ask", call("question", "zebras", "speaker", "Donald Lu"), "Ask without the filters", "hold no words"},
		"filtered timeline":          {"timeline", call("topic", "India", "since", "2030"), "leave out the source", "hold no words"},
		"timeline":                   {"timeline", call("topic", "zebras"), "other words", "filters"},
		"sayings of nobody":          {"said", call("speaker", "Nobody Known"), "another spelling", "leave out"},
		"sayings on nothing":         {"said", call("speaker", "Donald Lu", "topic", "zebras"), "leave out the topic", "spelling"},
	} {
		t.Run(name, func(t *testing.T) {
			r := b.Do(t.Context(), c.command, c.call)
			got := said(r) + strings.Join(labels(r), " ")
			if !strings.Contains(got, c.want) || strings.Contains(got, c.not) {
				t.Errorf("said %q; want %q, and not %q", got, c.want, c.not)
			}
		})
	}
}

func TestAMisspeltNameIsSuggested(t *testing.T) {
	b := newBot(t, embassy)
	r := b.Do(t.Context(), "ask", call("question", "What does Maria Lindqist think of volcanoes?", "since", "2030"))
	if got := strings.Join(labels(r), ", "); got != "Did you mean Maria Lindqvist?, Ask without the filters" || len(r.Notes) > 0 {
		t.Errorf("offers %s; said %q", got, said(r))
	}
	if meant := press(t, b, r, "Did you mean Maria Lindqvist?"); meant.Title != "What does Maria Lindqvist think of volcanoes?" || meant.Subject.Options["since"] != "2030" {
		t.Errorf("%+v", meant)
	}
	if wide := press(t, b, r, "Ask without the filters"); wide.Title != r.Title || len(wide.Subject.Options) != 1 {
		t.Errorf("%+v", wide)
	}
}

// Where a question names somebody who says something on its topic, that is
// offered instead of an answer.
func TestWhatSomebodySaysOnATopicIsSuggested(t *testing.T) {
	b := newBot(t, embassy)
	r := b.Do(t.Context(), "ask", call("question", "How much money will Luc Moreau lend to the exporters?"))
	if r.Tone != command.Nearest || len(quoted(r)) > 2 {
		t.Fatalf("%+v", r)
	}
	all := press(t, b, r, "All statements by Luc Moreau on exporters")
	if all.Failed || !strings.Contains(quotes(all), "will serve our exporters") {
		t.Errorf("%+v", all)
	}
}

func TestMessagesWithoutTextAndLongOnes(t *testing.T) {
	b := newBot(t, corpus.Builtin())
	if r := b.Do(t.Context(), "Find sources", call()); !r.Failed || !strings.Contains(said(r), "no text") {
		t.Errorf("said %q", said(r))
	}
	long := "I heard that Secretary Blinken will be in India on November 10. " + strings.Repeat("And so on. ", 500)
	if r := b.Do(t.Context(), "Find sources", call("message", long)); r.Failed || !strings.Contains(quotes(r), "> ") {
		t.Errorf("said %q", said(r))
	}
}

func TestDatesNarrowWhatButtonsLeadToToo(t *testing.T) {
	b := newBot(t, fstest.MapFS{
		"old.txt": file("Harbour talks\n\nMay 3, 2020\n\n“The harbour is closed,” said Foreign Minister Otto Brandt on Monday.\n"),
		"new.txt": file("Harbour opens\n\nMay 3, 2023\n\n“The harbour is open,” said Foreign Minister Otto Brandt on Monday.\n"),
	})
	r := b.Do(t.Context(), "who", call("name", "Otto Brandt", "until", "2021"))
	all := press(t, b, r, "All that they say")
	if s := quotes(all); !strings.Contains(s, "closed") || strings.Contains(s, "open,") {
		t.Errorf("got\n%s%s", s, said(all))
	}
}

func TestPrivateRepliesCanBeShared(t *testing.T) {
	b := newBot(t, corpus.Builtin())
	for name, c := range map[string]*command.Call{
		"ask":      call("question", "When will Blinken be in India?", "private", "true"),
		"who":      call("name", "Antony Blinken", "private", "true"),
		"said":     call("speaker", "Antony Blinken", "private", "true"),
		"timeline": call("topic", "Korea", "private", "true"),
		"compare":  call("topic", "missiles", "speaker_a", "Antony Blinken", "speaker_b", "Chang Jae-Bok", "private", "true"),
	} {
		r := b.Do(t.Context(), name, c)
		shared := press(t, b, r, "Share")
		if shared.Private || shared.Failed || quotes(shared) != quotes(r) || shared.Title != r.Title {
			t.Errorf("%s: private %v, said %q", name, shared.Private, said(shared))
		}
	}
}

// A message can be one word of thousands of letters, and of any script.
func TestFindSourcesOfOneLongWord(t *testing.T) {
	b := newBot(t, corpus.Builtin())
	for _, letter := range []string{"x", "é", "한", "字", "あ", "ж", "-", "\u0301"} {
		r := b.Do(t.Context(), "Find sources", call("message", strings.Repeat(letter, 6000)))
		if r.Failed || quotes(r) != "" && !strings.Contains(said(r), "found nothing") {
			t.Errorf("of %q: %s", letter, said(r))
		}
	}
}
