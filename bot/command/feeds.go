package command

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"example.org/attache/bot/command/words"
	"example.org/attache/bot/feed"
)

// feeds lists the sources that documents come from by themselves, and how each
// of them does.
func feeds(_ context.Context, b *Bot, c *Call) (Reply, error) {
	if b.Feeds == nil {
		return Reply{}, tell("state.none")
	}
	all, err := b.Feeds()
	if err != nil {
		return Reply{}, err
	}
	shown, further := part(c, c.lines(), all)
	r := Reply{Title: c.Words.Say("feeds.title"), Private: true, Actions: turning(c, c.lines(), further)}
	if len(all) == 0 {
		r.Sections = []Section{{Lines: []string{c.Words.Say("feeds.none")}}}
	}
	for _, s := range shown {
		r.Sections = append(r.Sections, Section{Heading: s.Feed, Lines: b.feedLines(c.Words, s), List: true})
		r.Records = append(r.Records, s)
	}
	return r, nil
}

// feedLines says how a feed does.
func (b *Bot) feedLines(w words.Catalogue, s feed.Status) []string {
	lines := []string{s.Address}
	switch {
	case s.Failing && s.Success.IsZero():
		lines = append(lines, w.Say("feeds.failed.ever", words.M{"Failure": s.Failure}))
	case s.Failing:
		lines = append(lines, w.Say("feeds.failed", words.M{"Failure": s.Failure, "Age": b.since(w, s.Success)}))
	case s.Success.IsZero():
		lines = append(lines, w.Say("feeds.unread"))
	default:
		lines = append(lines, w.Say("feeds.read", words.M{"Age": b.since(w, s.Success)}))
	}
	if s.Failure != "" && !s.Failing {
		lines = append(lines, w.Say("feeds.failed.before", words.M{"Failure": s.Failure, "Age": b.since(w, s.Failed)}))
	}
	lines = append(lines, w.Say("feeds.documents", words.M{"Count": s.Documents}))
	if s.New > 0 {
		lines = append(lines, w.Say("feeds.new", words.M{"Count": s.New, "Age": b.since(w, s.Came)}))
	}
	if s.Unread > 0 {
		lines = append(lines, w.Say("feeds.entries.unread", words.M{"Count": s.Unread}))
	}
	if s.Gone > 0 {
		lines = append(lines, w.Say("feeds.gone", words.M{"Count": s.Gone}))
	}
	return lines
}

func (b *Bot) since(w words.Catalogue, t time.Time) string { return age(w, b.now().Sub(t)) }

// FeedPreview says what a new feed would bring. Where the configuration does not
// allow its address yet, missing is what to add to it.
func FeedPreview(w words.Catalogue, f feed.Feed, p feed.Preview, missing string) Reply {
	r := Reply{Tone: Admin, Title: w.Say("feeds.check.title", words.M{"Address": f.Address}), Private: true, Words: w}
	lines := []string{w.Say("feeds.check."+p.Kind, words.M{"Count": p.Entries})}
	if p.Title != "" {
		lines = append(lines, w.Say("feeds.check.name", words.M{"Name": p.Title}))
	}
	r.Sections = []Section{{Lines: lines, List: true}}
	for _, s := range p.First {
		facts := []string{nonEmpty([]string{dayOf(s.Published), s.Address}, ", ")}
		if s.Failure != "" {
			facts = append(facts, w.Say("feeds.check.unread", words.M{"Failure": s.Failure}))
		} else {
			facts = append(facts, w.Say("count.words", words.M{"Count": s.Words}))
		}
		r.Sections = append(r.Sections, Section{Heading: cmp.Or(s.Title, s.Address), Lines: facts})
		r.Records = append(r.Records, s)
	}
	if missing != "" {
		r.Notes = append(r.Notes, w.Say("feeds.check.addresses", words.M{"Address": missing}))
	}
	r.Sections = append(r.Sections, Section{Heading: w.Say("feeds.check.add"), Code: true, Lines: feedKeys(f)})
	return r
}

// feedKeys is a feed as the configuration has it.
func feedKeys(f feed.Feed) []string {
	lines := []string{"[[feed]]", "address = " + strconv.Quote(f.Address)}
	if f.Pattern != "" {
		lines = append(lines, "pattern = "+strconv.Quote(f.Pattern))
	}
	if f.Full {
		lines = append(lines, "full = true")
	}
	return lines
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
