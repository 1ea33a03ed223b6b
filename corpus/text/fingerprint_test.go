package text_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"attache/corpus/text"
)

// report returns a report of n sentences that no other seed shares.
func report(seed, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Delegation %d of country %d met envoy %d about treaty %d in city %d. ", seed+i, seed*7+i, seed*13+i, seed*17+i, seed*19+i)
	}
	return b.String()
}

func TestFingerprintFindsTheSameReport(t *testing.T) {
	original := report(1000, 40)
	rows := map[string]struct {
		other    string
		from, to float64
	}{
		"itself":                  {original, 1, 1},
		"set otherwise":           {strings.ToUpper(strings.ReplaceAll(original, ". ", " –\n")), 1, 1},
		"another lead":            {"OSLO (NTB) — It was a long day. " + original, 0.85, 1},
		"cut by a quarter":        {original[:len(original)*3/4], 0.55, 0.95},
		"another report":          {report(900000, 40), 0, 0.15},
		"too short to be sure of": {"The road is open.", 0, 0},
	}
	f := text.NewFingerprint(original)
	for name, row := range rows {
		o := text.NewFingerprint(row.other)
		got := f.Similarity(o)
		if got < row.from || got > row.to {
			t.Errorf("%s: similarity %.2f, want %.2f to %.2f", name, got, row.from, row.to)
		}
		shared := slices.ContainsFunc(o.Bands(), func(b uint64) bool { return slices.Contains(f.Bands(), b) })
		if got > 0.7 != shared && (got > 0.7 || got < 0.2) {
			t.Errorf("%s: similarity %.2f, a band in common: %v", name, got, shared)
		}
	}
}

func TestFingerprintIsStored(t *testing.T) {
	for _, body := range []string{report(1, 30), "short", strings.Repeat("两国外长在奥斯陆会晤，同意重新开放边境。", 3)} {
		f := text.NewFingerprint(body)
		data, err := f.MarshalText()
		var back text.Fingerprint
		if err != nil || back.UnmarshalText(data) != nil || back != f {
			t.Errorf("%.20q: %v, %v", body, err, back)
		}
	}
	var f text.Fingerprint
	if err := f.UnmarshalText([]byte("AAAA")); err == nil {
		t.Error("four letters are read as a fingerprint")
	}
}

func BenchmarkFingerprint(b *testing.B) {
	body := report(1, 80)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		text.NewFingerprint(body)
	}
}
