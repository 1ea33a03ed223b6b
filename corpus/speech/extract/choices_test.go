package extract_test

import (
	"slices"
	"testing"

	"example.org/attache/corpus/speech/extract"
	"example.org/attache/corpus/speech/internal/attribute"
)

const twoSpeeches = "Lena Ortmann met Peter Lund in Bonn.\n“The treaty is ready,” Ortmann said. “It will be signed this week,” she added."

func TestChoices(t *testing.T) {
	type seen struct {
		quotation string
		pronoun   bool
	}
	var got []seen
	extract.Choices(textOf(twoSpeeches), func(c attribute.Choice) int {
		if c.Reported {
			return -1
		}
		got = append(got, seen{c.Text.In(twoSpeeches), c.Pronoun})
		for _, o := range c.Options {
			if len(o.Facts) == 0 {
				t.Errorf("no facts of %q", o.Span.In(twoSpeeches))
			}
		}
		if c.Pronoun {
			return slices.IndexFunc(c.Options, func(o attribute.Option) bool { return o.Name == "Lena Ortmann" })
		}
		if nobody := c.Options[len(c.Options)-1]; nobody.Span.Len() > 0 {
			t.Errorf("the last option is %q, want nobody", nobody.Span.In(twoSpeeches))
		}
		word := "Ortmann"
		if len(got) > 1 {
			word = "she"
		}
		return slices.IndexFunc(c.Options, func(o attribute.Option) bool { return o.Span.In(twoSpeeches) == word })
	})
	want := []seen{{"The treaty is ready,", false}, {"It will be signed this week,", false}, {"It will be signed this week,", true}}
	if !slices.Equal(got, want) {
		t.Errorf("choices %v, want %v", got, want)
	}
}

// What was chosen before is among the facts of the next choice.
func TestChoicesBuildOnEachOther(t *testing.T) {
	facts := func(first int) (all []string) {
		n := 0
		extract.Choices(textOf(twoSpeeches), func(c attribute.Choice) int {
			if n++; n == 1 {
				return min(first, len(c.Options)-1)
			}
			for _, o := range c.Options {
				all = append(all, o.Facts...)
			}
			return -1
		})
		return all
	}
	if slices.Equal(facts(0), facts(1000)) {
		t.Error("the second choice has the same facts whatever the first was")
	}
}

// Of a sentence with a verb of speech it is a choice whether it reports what its
// subject says, and then whom a pronoun means.
func TestChoicesOfReportedSpeech(t *testing.T) {
	const body = "Lena Ortmann met Peter Lund in Bonn. She said that the treaty would be signed."
	var got []string
	extract.Choices(textOf(body), func(c attribute.Choice) int {
		if c.Pronoun {
			got = append(got, "whom "+c.Text.In(body)+" means")
			return slices.IndexFunc(c.Options, func(o attribute.Option) bool { return o.Name == "Lena Ortmann" })
		}
		got = append(got, c.Options[0].Span.In(body)+" in "+c.Text.In(body))
		if !c.Reported || len(c.Options[0].Facts) == 0 || len(c.Options) != 2 {
			t.Errorf("choice %+v, want a phrase with its facts, or nobody", c)
		}
		return 0
	})
	sentence := "She said that the treaty would be signed."
	if want := []string{"She in " + sentence, "whom " + sentence + " means"}; !slices.Equal(got, want) {
		t.Errorf("choices %q, want %q", got, want)
	}
}
