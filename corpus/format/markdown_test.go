package format_test

import (
	"strings"
	"testing"
)

// What generators of sites take for commands is no text; what is between an
// opening and a closing one is.
func TestCommandsOfSiteGenerators(t *testing.T) {
	for text, want := range map[string]string{
		"{% include toc.html %}\nThe pier opens.\n{: .lead}":                                                                 "The pier opens.",
		"The pier opens.\n\n{{< figure\n  src=\"a.png\"\n  title=\"A boat\" >}}\n\n{{% note %}}\nIt is free.\n{{% /note %}}": "The pier opens. | It is free.",
		"The pier of {{ site.city }} opens.":                                                                                 "The pier of opens.",
		"{% comment %}\nInternal.\n{% endcomment %}\nThe pier opens.":                                                        "The pier opens.",
		":::tip Heads up\nThe pier opens.\n:::\n\n::: {.box}\nIt is free.\n:::":                                              "The pier opens. | It is free.",
		"!!! warning \"Note\"\n    The pier opens.\n\n    It is free.\n\nSo is tea.":                                         "The pier opens. | It is free. | So is tea.",
		"??? note\n    The pier opens.":                                                                                      "The pier opens.",
		"=== \"Bus\"\n    The pier opens.":                                                                                   "The pier opens.",
		"> [!NOTE]\n> The pier opens.":                                                                                       "The pier opens.",
		"import Box from '@site/box'\n\nThe pier opens.":                                                                     "The pier opens.",
		"[[_TOC_]]\n\nThe [[Gull|ferry]] sails to [[Lund]]. ![[map.png]]":                                                    "The ferry sails to Lund.",
		"## The pier {#pier .wide}\n\nIt opens.":                                                                             "The pier | It opens.",
		"```\n!!! note\n[[a]]\n```":                                                                                          "!!! note | [[a]]",
		"The set {1, 2} is small: x !!! note it.":                                                                            "The set {1, 2} is small: x !!! note it.",
		"The rule {{ is never closed.":                                                                                       "The rule {{ is never closed.",
	} {
		if got := told("a.md", text); got != " (; ; ) "+want+"\n" {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// Marks of notes are no text; the notes are paragraphs of their own at the end.
func TestFootnotesOfMarkdown(t *testing.T) {
	got := told("a.md", "The pier opens.[^1] It is free.[^free] So is tea.[^none]\n\n[^1]: At noon.\n[^free]: Since May.\n\n    Not on Sundays.\n\nThe end.\n")
	if want := " (; ; ) The pier opens. It is free. So is tea. | The end. | At noon. | Since May. | Not on Sundays.\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRaisedNumbersOfMarkdown(t *testing.T) {
	got := told("a.md", "It ended in 1815<sup>1</sup> on 3 × 10<sup>6</sup> boats, the 21<sup>st</sup> of May.<sup>[2](#n2)</sup> <sup>never closed")
	if want := " (; ; ) It ended in 1815 on 3 × 10⁶ boats, the 21st of May. never closed\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What is struck was taken back by its author.
func TestStruckTextIsNotRead(t *testing.T) {
	for _, text := range []string{
		"The pier opens at ~~ten~~ noon.", "The pier opens at <del>ten</del> noon.", "The pier opens at <s>*ten*</s> noon.",
		"The pier opens <strike>at ten</strike>\nat <ins>noon</ins>.", "<div>The pier opens <del>at ten</del> at noon.</div>",
	} {
		if got := told("a.md", text); got != " (; ; ) The pier opens at noon.\n" {
			t.Errorf("%q: got %q", text, got)
		}
	}
	if got := told("a.md", "A <s>line that is\n\nnever closed."); !strings.HasSuffix(got, "| never closed.\n") {
		t.Errorf("an element that is not closed reaches too far: %q", got)
	}
}
