package extract_test

import (
	"fmt"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/extract"
	"example.org/attache/corpus/text"
)

// A quotation has its speaker's full name from the sentence before.
func ExampleFrom() {
	body := "Minister Ida Falk opened the pier on Monday.\n\n“The ferries come back,” Falk said."
	t := speech.Text{Body: body, Language: "en", Paragraphs: text.Paragraphs(body)}
	for _, p := range t.Paragraphs {
		t.Sentences = append(t.Sentences, text.Sentences(body, p, t.Language)...)
	}
	said, people := extract.From(t)
	for _, s := range said {
		fmt.Printf("%s, as %q: %s\n", s.Speaker(people), body[s.Written.Start:s.Written.End], body[s.Span.Start:s.Span.End])
	}
	// Output:
	// Ida Falk, as "Falk": The ferries come back,
}
