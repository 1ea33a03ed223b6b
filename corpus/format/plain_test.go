package format_test

import (
	"slices"
	"testing"
)

// The lines of a transcript become the paragraphs that its speakers are named by.
func TestLinesOfTranscripts(t *testing.T) {
	tests := map[string]struct {
		text string
		want []string
	}{
		"numbers that a court sets before its lines": {
			" 1  Trial hearing\n 2  (The hearing starts.)\n 3  MR QUILL: Good morning.\n 4  THE WITNESS: Good morning.\n 5  MR QUILL: Who was at the quay?\n 6  THE WITNESS: Two men.\n 7  MR QUILL: And the boat?\n 8  THE WITNESS: It was gone.\n 9  (The hearing ends.)\n",
			[]string{"Trial hearing", "(The hearing starts.)", "MR QUILL: Good morning.", "THE WITNESS: Good morning.", "MR QUILL: Who was at the quay?", "THE WITNESS: Two men.", "MR QUILL: And the boat?", "THE WITNESS: It was gone.", "(The hearing ends.)"},
		},
		"numbers of a table stay": {
			"1  Brod\n2  Alden\n3  Norport\n4  Kessar\n5  Tamun\n6  Delmar\n7  Estmark\n8  Kalvia\n9  Vessin\n",
			[]string{"1  Brod", "2  Alden", "3  Norport", "4  Kessar", "5  Tamun", "6  Delmar", "7  Estmark", "8  Kalvia", "9  Vessin"},
		},
		"turns of one line that are set in": {
			"    The Chairman. We will hear today who guards the harbour, and who paid\nfor the new quay that nobody has seen yet, and why it is not there at all.\n    Senator Quill. Ambassador, would a second quay be of help, yes or no?\n    Ambassador Lunde. A second quay would help us, Senator, if it had a crane\nand if anybody knew how to work it, which today is not the case in Brod.\n",
			[]string{"The Chairman. We will hear today who guards the harbour, and who paid for the new quay that nobody has seen yet, and why it is not there at all.", "Senator Quill. Ambassador, would a second quay be of help, yes or no?", "Ambassador Lunde. A second quay would help us, Senator, if it had a crane and if anybody knew how to work it, which today is not the case in Brod."},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			docs, errs := readAll("a.txt", []byte(tt.text))
			if len(errs) > 0 {
				t.Fatal(errs)
			}
			var got []string
			for _, d := range docs {
				for _, b := range d.Blocks {
					got = append(got, b.Text)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got\n%q\nwant\n%q", got, tt.want)
			}
		})
	}
}
