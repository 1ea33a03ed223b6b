package command

import (
	"context"
	"time"

	"example.org/attache/bot/command/words"
	"example.org/attache/index"
)

// status says what the index holds, and what the last reading could not read.
func status(_ context.Context, b *Bot, c *Call) (Reply, error) {
	ix, err := b.ready()
	if err != nil {
		return Reply{}, err
	}
	s, err := ix.Stats()
	if err != nil {
		return Reply{}, err
	}
	lines := []string{
		c.Words.Say("count.documents", words.M{"Count": s.Documents}),
		c.Words.Say("count.statements", words.M{"Count": s.Statements}),
		c.Words.Say("count.people", words.M{"Count": s.People}),
		c.Words.Say("status.index", words.M{"Size": size(c.Words, s.Bytes), "Time": s.Built.Format("2006-01-02 15:04:05 MST"), "Age": age(c.Words, b.now().Sub(s.Built))}),
	}
	if b.State != nil {
		removed, err := b.State.Removed()
		if err != nil {
			return Reply{}, err
		}
		if len(removed) > 0 {
			lines = append(lines, c.Words.Say("status.removed", words.M{"Count": len(removed)}))
		}
	}
	r := Reply{Title: c.Words.Say("status.title"), Sections: []Section{{Lines: lines, List: true}}, Private: true, Records: []any{s}}
	if b.Failures != nil {
		unread, err := b.Failures()
		if err != nil {
			return Reply{}, err
		}
		if len(unread) > 0 {
			r.Sections = append(r.Sections, failures(c.Words, &index.Report{Entries: unread}))
		}
	}
	return r, nil
}

// size writes a number of bytes for people.
func size(w words.Catalogue, n int64) string {
	switch {
	case n >= 1<<30:
		return w.Say("size.gb", words.M{"Size": w.Decimal(float64(n) / (1 << 30))})
	case n >= 1<<20:
		return w.Say("size.mb", words.M{"Size": w.Decimal(float64(n) / (1 << 20))})
	}
	return w.Say("size.kb", words.M{"Size": w.Number(int((n + 1023) / 1024))})
}

// age writes a span of time to its largest unit.
func age(w words.Catalogue, d time.Duration) string {
	for _, u := range []struct {
		length time.Duration
		key    string
	}{{24 * time.Hour, "age.days"}, {time.Hour, "age.hours"}, {time.Minute, "age.minutes"}} {
		if d >= u.length {
			return w.Say(u.key, words.M{"Count": int(d / u.length)})
		}
	}
	return w.Say("age.now")
}
