package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"example.org/attache/bot/command/words"
	"example.org/attache/index"
)

func TestTheProgressBarStaysOnOneLine(t *testing.T) {
	for _, width := range []int{40, 41, 60, 79, 80, 100, 200} {
		var out bytes.Buffer
		b := newBar(words.Catalogue{}, &out, width)
		for _, total := range []int{0, 9, 843, 41667} {
			for _, done := range []int{0, total / 2, total} {
				b.show(index.Progress{Done: done, Total: total})
				b.show(index.Progress{Done: done, Total: total, Writing: true})
			}
		}
		b.finish()
		frames := strings.Split(out.String(), "\r")
		for _, frame := range frames {
			if n := ansi.StringWidth(frame); n >= width || strings.Contains(frame, "\n") {
				t.Errorf("in %d columns a frame has %d: %q", width, n, frame)
			}
		}
		if !strings.Contains(out.String(), "Reading") || len(frames) < 10 {
			t.Errorf("%d columns: %q", width, out.String())
		}
	}
}
