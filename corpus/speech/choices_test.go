package speech_test

import (
	"slices"
	"testing"

	"attache/corpus/speech"
)

const twoSpeeches = "Lena Ortmann met Peter Lund in Bonn.\n“The treaty is ready,” Ortmann said. “It will be signed this week,” she added."

func TestChoices(t *testing.T) {
	type seen struct {
		quotation string
		pronoun   bool
	}
	var got []seen
	speech.Choices(textOf(twoSpeeches), func(c speech.Choice) int {
		got = append(got, seen{c.Quotation.In(twoSpeeches), c.Pronoun})
		for _, o := range c.Options {
			if len(o.Facts) == 0 {
				t.Errorf("no facts of %q", o.Span.In(twoSpeeches))
			}
		}
		if c.Pronoun {
			return slices.IndexFunc(c.Options, func(o speech.Option) bool { return o.Name == "Lena Ortmann" })
		}
		if nobody := c.Options[len(c.Options)-1]; nobody.Span.Len() > 0 {
			t.Errorf("the last option is %q, want nobody", nobody.Span.In(twoSpeeches))
		}
		word := "Ortmann"
		if len(got) > 1 {
			word = "she"
		}
		return slices.IndexFunc(c.Options, func(o speech.Option) bool { return o.Span.In(twoSpeeches) == word })
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
		speech.Choices(textOf(twoSpeeches), func(c speech.Choice) int {
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
