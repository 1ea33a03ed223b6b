package format_test

import (
	"strings"
	"testing"
)

// What is raised and stands for a note is no text; other raised letters and
// digits are, and never grow together with a number.
func TestMarksOfNotesOnPages(t *testing.T) {
	for text, want := range map[string]string{
		`It ended in 1815<sup><a href="#fn1">1</a></sup> for good.`:                                                        "It ended in 1815 for good.",
		`It came back in 1923.<sup class="reference" id="r"><a href="#cite_note-2">[2]</a></sup> Why?`:                     "It came back in 1923. Why?",
		`It ended in 1815<a href="#fn1" class="footnote-ref" role="doc-noteref"><sup>1</sup></a>.`:                         "It ended in 1815.",
		`It ended in 1815<a href="#_ftn1" name="_ftnref1"><span class="MsoFootnoteReference">[1]</span></a>.`:              "It ended in 1815.",
		`It ended in 1815<sup class="footnote">1</sup>.`:                                                                   "It ended in 1815.",
		`It ended in 1815<sup>1</sup> in the town<sup>2, 3</sup>.`:                                                         "It ended in 1815 in the town.",
		`Free at last.<sup>12</sup> So they said.*<sup>*</sup>`:                                                            "Free at last. So they said.*",
		`The 21<sup>st</sup> lock has 40 m<sup>2</sup> and 4 × 10<sup>6</sup> l.`:                                          "The 21st lock has 40 m² and 4 × 10⁶ l.",
		`The 1<sup>er</sup> May of CO<sub>2</sub>.`:                                                                        "The 1er May of CO2.",
		`<a href="#fnref1">[1]</a> Log of the port. <a href="#fnref1" class="footnote-backref">↩</a>`:                      "Log of the port.",
		`See <a href="/log">1</a> and <a href="https://port.example/7#berth">berth</a>.`:                                   "See 1 and berth.",
		`History<span class="mw-editsection">[<a href="/e">edit</a>]</span> of it<sup class="noprint">[<a>who?</a>]</sup>`: "History of it",
		`<sup>All of this line is raised, and it is a whole sentence.</sup>`:                                               "All of this line is raised, and it is a whole sentence.",
	} {
		if got := told("a.html", "<html><body><p>"+text+"</p></body></html>"); got != " (; ; ) "+want+"\n" {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// What a page doesn't show, or strikes, is not quoted.
func TestHiddenAndStruckTextOfPages(t *testing.T) {
	for text, want := range map[string]string{
		`The toll is <del>ten</del> <ins>two</ins> francs, the <s>old</s> <strike>former</strike> port said.`: "The toll is two francs, the port said.",
		`The toll is two francs<span style="color:red; display: none">, wrongly</span>.`:                      "The toll is two francs.",
		`The toll is two francs<span style="VISIBILITY:hidden">!</span>.`:                                     "The toll is two francs.",
		`The toll is two francs<span hidden> at least</span><span aria-hidden="true">|</span>.`:               "The toll is two francs.",
		`<span class="sr-only">Skip to content</span>The toll is two francs.`:                                 "The toll is two francs.",
	} {
		if got := told("a.html", "<html><body><p>"+text+"</p></body></html>"); got != " (; ; ) "+want+"\n" {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
	page := `<html><body style="visibility:hidden"><div style="display:none"><p>The toll is two francs.</p></div></body></html>`
	if got := told("a.html", page); !strings.Contains(got, "The toll is two francs.") {
		t.Errorf("a page that a script shows is lost: %q", got)
	}
	mail := ferryMail("Ferry", "text/html", `<div style="display:none;max-height:0">Preview of the mail.</div><p>The pier opens at noon.</p>`)
	if got := told("a.eml", mail); strings.Contains(got, "Preview") {
		t.Errorf("what a mail hides is read: %q", got)
	}
}
