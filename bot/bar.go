package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"example.org/attache/bot/command/words"
	"example.org/attache/index"
)

// bar is a progress bar on standard error, where that is a terminal.
type bar struct {
	*progressbar.ProgressBar
	words words.Catalogue
}

func (p *program) bar() *bar {
	f, ok := p.errs.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return &bar{}
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		width = 80
	}
	return newBar(p.words, p.errs, width, progressbar.OptionThrottle(100*time.Millisecond))
}

// newBar returns a progress bar that stays on one line of so many columns, 40 at
// least: a narrow one has no times.
func newBar(own words.Catalogue, w io.Writer, width int, more ...progressbar.Option) *bar {
	const (
		figures = 34 // columns that words and counts take: "Reading 100% || (99999/99999) "
		times   = 24 // "[12m34s:56m78s]", and how many a second
	)
	wide := width >= figures+times+20
	if wide {
		width -= times
	}
	options := []progressbar.Option{progressbar.OptionSetWriter(w), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetWidth(min(max(width-figures, 4), 40)), progressbar.OptionSetDescription(own.Say("bar.reading")),
		progressbar.OptionSetPredictTime(wide), progressbar.OptionSetElapsedTime(wide)}
	return &bar{progressbar.NewOptions(-1, append(options, more...)...), own}
}

func (b *bar) show(p index.Progress) {
	if b.ProgressBar == nil {
		return
	}
	if p.Total > 0 {
		b.ChangeMax(p.Total)
	}
	if p.Writing {
		b.Describe(b.words.Say("bar.writing"))
	}
	b.Set(p.Done)
}

func (b *bar) finish() {
	if b.ProgressBar != nil {
		b.Finish()
	}
}
