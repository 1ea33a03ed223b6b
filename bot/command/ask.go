package command

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"example.org/attache/bot/command/words"
	"example.org/attache/corpus/text"
	"example.org/attache/index"
)

// nearestShown is how many passages are shown where there is no answer.
const nearestShown = 2

// ask shows the quotes that answer a question.
func ask(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	if r, ok := b.smallTalk(ctx, c.Options["question"], c); ok {
		return r, nil
	}
	ix, err := b.ready()
	if err != nil {
		return Reply{}, err
	}
	asked, start := c.Options["question"], time.Now()
	found, err := ix.Ask(ctx, index.Question{Text: asked, Limit: c.offset + c.page() + 1, Filter: c.filter(), Explain: c.Explain})
	if err != nil {
		return Reply{}, err
	}
	took := time.Since(start)
	shown, further := part(c, c.page(), found.Quotes)
	r := Reply{
		Tone:    Answer,
		Title:   asked,
		Private: c.Options["private"] == "true",
		Records: []any{b.answersRecord(asked, found.Answered, shown, took)},
	}
	if found.Answered {
		r.Sections, r.Actions = quoteSections(c.Words, shown), turning(c, c.page(), further)
	} else {
		if err := r.unanswered(ix, shown, c); err != nil {
			return Reply{}, err
		}
		if err := r.suggest(ctx, ix, asked, c); err != nil {
			return Reply{}, err
		}
		b.keepUnanswered(asked, c)
		r.offerFollow(b, c)
	}
	r.Notes = append(r.Notes, otherLanguages(c.Words, found.Language, shown)...)
	r.addVotes(shown, b, c)
	if len(shown) > 0 {
		r.offerShare(c)
	}
	return r, nil
}

// otherLanguages says in which languages quotes are, where that is not the one that
// was asked in: they are never translated.
func otherLanguages(w words.Catalogue, asked string, quotes []index.Quote) []string {
	var all []string
	names := display.Languages(language.Make(w.Language()))
	for _, q := range quotes {
		name := names.Name(language.Make(q.Source.Language))
		if q.Source.Language != "" && q.Source.Language != asked && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	if asked == "" || len(all) == 0 {
		return nil
	}
	return []string{w.Say("ask.language", words.M{"Languages": strings.Join(all, ", ")})}
}

// unanswered says in words that the documents hold no answer, and shows the
// nearest passages, of which nothing is sure.
func (r *Reply) unanswered(ix *index.Index, nearest []index.Quote, c *Call) error {
	stats, err := ix.Stats()
	if err != nil {
		return err
	}
	key := "ask.nothing"
	if len(nearest) > 0 {
		key = "ask.unanswered"
	}
	r.Tone = Nearest
	nearest = slices.Clone(nearest[:min(len(nearest), max(nearestShown, c.Limit))])
	for i := range nearest {
		nearest[i].Bold = nil
	}
	r.Sections = append([]Section{{Lines: []string{c.Words.Say(key, words.M{"Count": stats.Documents})}}}, quoteSections(c.Words, nearest)...)
	return nil
}

// unquotedSpeaker says that nobody is called like the speaker that a question
// was narrowed to.
func unquotedSpeaker(ctx context.Context, ix *index.Index, c *Call) []string {
	name := c.Options["speaker"]
	if name == "" {
		return nil
	}
	found, err := ix.Said(ctx, name, "", index.Filter{}, 1)
	if err != nil || found.Speaker != "" {
		return nil
	}
	return []string{c.Words.Say("said.nobody", words.M{"Name": name})}
}

// quoteSections shows quotes, those of one document together, in the order of
// the best of each.
func quoteSections(w words.Catalogue, quotes []index.Quote) []Section {
	var sections []Section
	at := map[string]int{}
	for _, q := range quotes {
		i, known := at[q.Source.Document]
		if !known || q.Reasons != nil {
			i = len(sections)
			at[q.Source.Document] = i
			sections = append(sections, Section{Lines: explained(w, q)})
		}
		sections[i].Quotes = append(sections[i].Quotes, quote(w, q))
	}
	return sections
}

// explained lists what the score of a quote rests on, what adds or takes most
// first, where that was asked for.
func explained(w words.Catalogue, q index.Quote) []string {
	if q.Reasons == nil {
		return nil
	}
	lines := []string{w.Say("ask.score", words.M{"Score": fmt.Sprintf("%.3f", q.Score)})}
	reasons := slices.DeleteFunc(slices.Clone(q.Reasons), func(r index.Reason) bool { return r.Adds() == 0 })
	slices.SortStableFunc(reasons, func(a, b index.Reason) int { return cmp.Compare(math.Abs(b.Adds()), math.Abs(a.Adds())) })
	for _, r := range reasons {
		lines = append(lines, fmt.Sprintf("%+8.3f = %7.3f × %+7.3f  %-16s %s", r.Adds(), r.Value, r.Weight, r.Name, r.Meaning))
	}
	return lines
}

// quote makes a quote that was found one that can be shown, with what can be
// done with it.
func quote(w words.Catalogue, q index.Quote) Quote {
	const most = 6 // other documents that are named
	shown, lead := withMarks(q)
	named := q.Also[:min(len(q.Also), most)]
	out := Quote{Text: shown, Bold: within(moved(q.Bold, lead), shown), Speaker: q.Speaker, Kind: q.Kind, Source: q.Source, Page: q.Page, Second: q.Second,
		Span: q.Span, Further: len(q.Also) - len(named), Actions: quoteActions(w, q), path: QuotePath(q)}
	for _, document := range named {
		out.Also = append(out.Also, index.Source{Document: document})
	}
	return out
}

// quotationMarks are what may surround a quotation.
const quotationMarks = "\"'“”„‟«»‹›‘’‚「」『』"

// withMarks is the text of a quote, of a quotation with the marks that the document
// has around it: without them it would look like the document's own words. lead
// is how many bytes come before the text.
func withMarks(q index.Quote) (shown string, lead int) {
	at := strings.Index(q.Context, q.Text)
	if at < 0 {
		return q.Text, 0
	}
	start, end := at, at+len(q.Text)
	if r, n := utf8.DecodeLastRuneInString(q.Context[:start]); strings.ContainsRune(quotationMarks, r) {
		start -= n
	}
	if r, n := utf8.DecodeRuneInString(q.Context[end:]); strings.ContainsRune(quotationMarks, r) {
		end += n
	}
	return q.Context[start:end], at - start
}

// moved returns spans of a text before which so many bytes have come.
func moved(spans []text.Span, by int) []text.Span {
	out := make([]text.Span, len(spans))
	for i, s := range spans {
		out[i] = text.Span{Start: s.Start + by, End: s.End + by}
	}
	return out
}

func quotesOf(w words.Catalogue, found []index.Quote) (shown []Quote) {
	for _, q := range found {
		shown = append(shown, quote(w, q))
	}
	return shown
}

// within keeps the spans that lie in s, in order and without overlap, so that
// fronts can rely on it.
func within(spans []text.Span, s string) []text.Span {
	var kept []text.Span
	end := 0
	for _, span := range spans {
		if span.Start >= end && span.Start < span.End && span.End <= len(s) {
			kept = append(kept, span)
			end = span.End
		}
	}
	return kept
}
