package extract_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"example.org/attache/corpus/internal/budget"
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/extract"
	"example.org/attache/corpus/text"
)

// FuzzRead: whatever a text holds, statements are slices of it in order, those
// of one kind without overlap, and everything else points into it, on the
// boundaries of runes.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"“We will talk,” said Chancellor Lena Ortmann. ‘No,’ he said.",
		"''We begin,'' Mr. Haldane said. \"And",
		"«Nous» „wir“ 「我們」 ”wrong“ way\nO'Neil's “5'11\"” — U.S. J.R. al-Assad,",
		"\xff\xfe“\xe2\x80\x9d ’s ’s Mr. Jr., III",
		"His father was Robert Stone, Jr. Statement or not, he left.",
		strings.Repeat("“ ", 50) + strings.Repeat("Mr. ", 50),
		"Ortmann said that the talks, which “nobody wanted”, had failed, while Mr. Haldane, who called for more, denied it.",
		"« Oui », a-t-elle dit. Selon Jean Morel, « non ».",
		"وقال وزير الخارجية كارل هالدين: “نعم”.",
		"Selon B\xab\"oui\".",
		"外交部长王明毅表示，“是”。",
		"岸本文雄首相（アントン・ハルデン氏）は「はい」と述べた。",
		"박민수(Park Min) 장관은 “네”라고 말했다. 박 장관",
	} {
		for _, language := range []string{"en", "fr", "ru", "ar", "zh", "ja", "ko", "nl"} {
			f.Add(s, language)
		}
	}
	f.Fuzz(func(t *testing.T, body, language string) {
		budget.Read(t, body, 8<<10, func(body string) { checkRead(t, body, language) })
	})
}

func checkRead(t *testing.T, body, language string) {
	x := textOf(body)
	x.Language = language
	statements, people := extract.From(x)
	inside := func(what string, s text.Span) {
		if s.Start < 0 || s.End < s.Start || s.End > len(body) {
			t.Fatalf("%s %v is no slice of %d bytes", what, s, len(body))
		}
		if utf8.ValidString(body) && !utf8.ValidString(s.In(body)) {
			t.Fatalf("%s %q splits a rune", what, s.In(body))
		}
	}
	start, ends := 0, map[speech.StatementKind]int{}
	for _, q := range statements {
		inside("statement", q.Span)
		inside("speaker", q.Written)
		inside("cue", q.Cue)
		if q.Span.Start < start {
			t.Fatalf("statement %v stands behind one that begins at %d", q.Span, start)
		}
		if start = q.Span.Start; q.Span.Start < ends[q.Kind] || q.Span.Len() == 0 {
			t.Fatalf("%v %v overlaps the one before, which ends at %d, or is empty", q.Kind, q.Span, ends[q.Kind])
		}
		ends[q.Kind] = q.Span.End
	}
	for _, p := range people {
		if p.Name == "" || len(p.Mentions) == 0 {
			t.Fatalf("a person without name or mention: %+v", p)
		}
		for _, m := range p.Mentions {
			inside("mention", m.Span)
			inside("title", m.Title)
			inside("second title", m.Also)
		}
	}
}
