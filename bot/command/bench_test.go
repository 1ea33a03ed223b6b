package command_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"example.org/attache/bot/command"
)

// What a key costs while a source is typed, over 5,000 documents.
func BenchmarkCompleteSource(b *testing.B) {
	docs := fstest.MapFS{}
	for n := range 5000 {
		docs[fmt.Sprintf("%d.md", n)] = file(fmt.Sprintf("---\ntitle: Report %d on the café of Ostra\npublisher: Herald of district %d\n---\n\nThe café of Ostra had %d guests.\n", n, n%40, n))
	}
	bot := newBot(b, docs)
	for _, typed := range []string{"", "herald", "rep", "zzz"} {
		b.Run("typed="+typed, func(b *testing.B) {
			for b.Loop() {
				if got := bot.Complete(b.Context(), "ask", "source", typed, &command.Call{}); (len(got) == 0) != (typed == "zzz") {
					b.Fatalf("%q completes to %q", typed, got)
				}
			}
		})
	}
}
