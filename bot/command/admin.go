package command

import (
	"context"
	"errors"
	"math"
	"strings"
	"time"

	"example.org/attache/bot/command/words"
	"example.org/attache/index"
)

// shownFailures is how many files that can't be read a reply lists.
const shownFailures = 10

// reindex reads the documents anew, and shows how far that is.
func reindex(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	report, err := b.Reindex(ctx, progressTo(b, c))
	if errors.Is(err, index.ErrBusy) {
		return Reply{}, tell("reindex.running")
	}
	if excuse(err) != "error.internal" {
		return Reply{}, err
	}
	if err != nil && ctx.Err() == nil {
		b.Log.Error("the documents could not be read", "error", err)
		return Reply{}, tell("reindex.broken", words.M{"Error": err.Error()})
	}
	if err != nil {
		return Reply{}, err
	}
	return Report(c.Words, report), nil
}

// progressTo shows the one who called how far a rebuild is.
func progressTo(b *Bot, c *Call) func(index.Progress) {
	if c.Progress == nil {
		return nil
	}
	return func(p index.Progress) { c.Progress(progress(c.Words, p, b.now())) }
}

// progress says how far a rebuild is, how fast, and how long it will take.
func progress(w words.Catalogue, p index.Progress, now time.Time) Reply {
	r := Reply{Title: w.Say("reindex.reading"), Private: true, Progress: &Progress{p.Done, p.Total}, Words: w}
	if p.Writing {
		r.Title = w.Say("reindex.writing")
	}
	passed := now.Sub(p.Started).Seconds()
	if passed < 1 {
		return r
	}
	rate := float64(p.Done) / passed
	r.Notes = []string{w.Say("reindex.rate", words.M{"Rate": int(rate)})}
	if left := p.Total - p.Done; left > 0 && rate > 0 {
		minutes := math.Round(float64(left) / rate / 60)
		if minutes < 1 {
			r.Notes = append(r.Notes, w.Say("reindex.soon"))
		} else {
			r.Notes = append(r.Notes, w.Say("reindex.left", words.M{"Count": int(minutes)}))
		}
	}
	return r
}

// Report says what a rebuild did with the documents.
func Report(w words.Catalogue, report *index.Report) Reply {
	r := Reply{Title: w.Say("reindex.done"), Private: true, Words: w}
	counts := Section{List: len(report.Entries) > 0}
	for _, s := range []index.Status{index.Added, index.Changed, index.Removed, index.Unchanged} {
		if n := report.Count(s); n > 0 {
			counts.Lines = append(counts.Lines, w.Say("reindex."+string(s), words.M{"Count": n}))
		}
	}
	switch {
	case len(report.Entries) == 0:
		counts.Lines = []string{w.Say("reindex.empty")}
	case len(counts.Lines) == 0:
		counts.Lines = []string{w.Say("reindex.none")}
	}
	switch {
	case errors.Is(report.Damaged, index.ErrOtherRelease):
		r.Notes = []string{w.Say("reindex.other")}
	case report.Damaged != nil:
		r.Notes = []string{w.Say("reindex.damaged")}
	}
	r.Sections = []Section{counts}
	if failures := failures(w, report); len(failures.Lines) > 0 {
		r.Sections = append(r.Sections, failures)
	}
	for _, e := range report.Entries {
		r.Records = append(r.Records, entryRecord(e))
	}
	return r
}

// Reason says why a file could not be read, without its name.
func Reason(e index.Entry) string {
	return strings.TrimPrefix(e.Err.Error(), "reading "+e.Document+": ")
}

// failures lists the files that could not be read, each with the reason.
func failures(w words.Catalogue, report *index.Report) Section {
	n := report.Count(index.Failed)
	s := Section{Heading: w.Say("reindex.failed", words.M{"Count": n}), List: true}
	for _, e := range report.Entries {
		if e.Status != index.Failed {
			continue
		}
		if len(s.Lines) == shownFailures {
			s.Lines = append(s.Lines, w.Say("list.more", words.M{"Count": n - shownFailures}))
			break
		}
		s.Lines = append(s.Lines, e.Document+": "+Reason(e))
	}
	return s
}
