package format_test

import (
	"context"
	"testing"

	"example.org/attache/corpus/format"
)

func TestSubtitles(t *testing.T) {
	const vtt = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v Lea Brandt>We open the harbour\n\n00:00:03.000 --> 00:00:05.000\n<v Lea Brandt>on <i>Monday</i>.\n\n00:01:05.000 --> 00:01:07.000\n<v Tim Okoro>And the toll?\n"
	const srt = "1\n00:00:01,000 --> 00:00:03,000\nBRANDT: We open the harbour\non Monday.\n\n2\n00:00:03,500 --> 00:00:05,000\nOKORO: And the toll?\n\n3\n00:00:05,000 --> 00:00:07,000\nBRANDT: It is gone.\n"
	type block struct {
		text, voice string
		second      int
	}
	tests := map[string]struct {
		file, data string
		want       []block
	}{
		"voices":            {"talk.vtt", vtt, []block{{"We open the harbour on Monday.", "Lea Brandt", 2}, {"And the toll?", "Tim Okoro", 66}}},
		"labels in the cue": {"talk.srt", srt, []block{{"BRANDT: We open the harbour on Monday.", "", 2}, {"OKORO: And the toll?", "", 4}, {"BRANDT: It is gone.", "", 6}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			for d, err := range format.Read(context.Background(), format.File{Path: tt.file, Data: []byte(tt.data)}) {
				if err != nil || len(d.Blocks) != len(tt.want) {
					t.Fatalf("%+v, %v", d.Blocks, err)
				}
				for i, b := range d.Blocks {
					got := block{text: b.Text, second: b.Second}
					if b.Voice > 0 {
						got.voice = d.Voices[b.Voice-1].Name
					}
					if got != tt.want[i] {
						t.Errorf("got %+v, want %+v", got, tt.want[i])
					}
				}
			}
		})
	}
}

func FuzzSubtitles(f *testing.F) {
	f.Add("WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v Lea>We <c.x>open</c>\n")
	f.Add("1\n00:00:01,000 --> 00:00:03,000\nWe open\n")
	f.Add("00000000:000-->")
	f.Fuzz(func(t *testing.T, s string) {
		for _, name := range []string{"a.srt", "a.vtt"} {
			for range format.Read(context.Background(), format.File{Path: name, Data: []byte(s)}) {
			}
		}
	})
}
