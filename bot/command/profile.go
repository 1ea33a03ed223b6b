package command

import (
	"strings"

	"attache/bot/command/words"
	"attache/index"
)

// evidencePage is how many quotes a reply shows of a person: as many as a
// message has room for where each has a long address.
const evidencePage = 6

// evidence is a quote that says something of a person, and as what.
type evidence struct {
	kind  kind
	quote Quote
}

// kind is what a quote is of a person, in the order in which they are shown.
type kind int

const (
	asTitle kind = iota
	asSpeaker
	asMentioned
)

var kindHeadings = map[kind]string{asTitle: "who.titles", asSpeaker: "who.says", asMentioned: "who.said"}

// facts is what is known of a person, without evidence.
func facts(p index.Profile) Section {
	s := Section{Lines: []string{words.Say("who.documents", words.M{"Count": p.Documents, "Period": period(p.First, p.Last)})}}
	if len(p.Aliases) > 0 {
		s.Lines = append(s.Lines, words.Say("who.aliases", words.M{"Names": strings.Join(p.Aliases, ", ")}))
	}
	if len(p.With) > 0 {
		s.Lines = append(s.Lines, words.Say("who.with", words.M{"Names": strings.Join(p.With, ", ")}))
	}
	return s
}

// evidenceOf returns the quotes on a person: a title, a saying and a mention in
// turn, so that the first of them show something of all.
func evidenceOf(p index.Profile) (all []evidence) {
	for i := range max(len(p.Titles), len(p.Quotes), len(p.Mentions)) {
		if i < len(p.Titles) {
			all = append(all, evidence{asTitle, titleQuote(p.Titles[i])})
		}
		if i < len(p.Quotes) {
			all = append(all, evidence{asSpeaker, quote(p.Quotes[i])})
		}
		if i < len(p.Mentions) {
			all = append(all, evidence{asMentioned, quote(p.Mentions[i])})
		}
	}
	return all
}

// titleQuote shows a title with the sentence that gives it.
func titleQuote(t index.Title) Quote {
	q := quote(t.Quote)
	q.Label = t.Title
	if p := period(t.First, t.Last); p != "" {
		q.Label += " (" + p + ")"
	}
	return q
}

// evidenceSections groups quotes on a person by what they are.
func evidenceSections(all []evidence) (sections []Section) {
	for k := asTitle; k <= asMentioned; k++ {
		s := Section{Heading: words.Say(kindHeadings[k])}
		for _, e := range all {
			if e.kind == k {
				s.Quotes = append(s.Quotes, e.quote)
			}
		}
		if len(s.Quotes) > 0 {
			sections = append(sections, s)
		}
	}
	return sections
}
