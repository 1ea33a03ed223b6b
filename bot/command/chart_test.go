package command

import (
	"bytes"
	"image/color"
	"image/png"
	"slices"
	"testing"

	"example.org/attache/bot/command/words"
	"example.org/attache/corpus"
	"example.org/attache/index"
)

func datedQuotes(months ...int) (quotes []index.Quote) {
	for _, m := range months {
		quotes = append(quotes, index.Quote{Source: index.Source{Published: corpus.Date{Year: m / 12, Month: m%12 + 1, Day: 5}}})
	}
	return quotes
}

func TestHistogramsCountTimeAsItPasses(t *testing.T) {
	const march2024 = 2024*12 + 2
	for name, c := range map[string]struct {
		quotes []index.Quote
		step   int
		counts []int
		first  string
	}{
		"too few months": {datedQuotes(march2024, march2024, march2024, march2024+1, march2024+1, march2024+1), 0, nil, ""},
		"too few quotes": {datedQuotes(march2024, march2024+1, march2024+2), 0, nil, ""},
		"months":         {datedQuotes(march2024, march2024, march2024+1, march2024+4, march2024+4, march2024+4), 1, []int{2, 1, 0, 0, 3}, "March 2024"},
		"quarters":       {datedQuotes(march2024, march2024+2, march2024+3, march2024+20, march2024+20, march2024+21), 3, []int{1, 2, 0, 0, 0, 0, 0, 3}, "Q1 2024"},
		"years":          {datedQuotes(march2024, march2024+12, march2024+60, march2024+60, march2024+61, march2024+61), 12, []int{1, 1, 0, 0, 0, 4}, "2024"},
	} {
		h, ok := histogramOf(c.quotes)
		if ok != (c.counts != nil) {
			t.Errorf("%s: drawn %v", name, ok)
		}
		if ok && (h.step != c.step || !slices.Equal(h.counts, c.counts) || h.name(words.Catalogue{}, 0, false) != c.first) {
			t.Errorf("%s: %+v, from %s", name, h, h.name(words.Catalogue{}, 0, false))
		}
	}
}

// The font of charts has no characters for some scripts: below the bars stand
// figures there.
func TestTheFontOfChartsHasTheNamesOfAllLanguages(t *testing.T) {
	parsed, err := chartFont()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range words.Languages {
		for _, step := range []int{1, 3, 12, 24} {
			h := histogram{first: 2024 * 12, step: step, counts: make([]int, 12)}
			for bar := range h.counts {
				name := h.name(words.In(language), bar, true)
				for _, r := range name {
					if glyph, err := parsed.GlyphIndex(nil, r); err != nil || glyph == 0 {
						t.Errorf("%s: no %q for %q", language, r, name)
					}
				}
			}
		}
	}
}

func TestTheChartIsDarkHasNoBarForZeroAndSaysItsFigures(t *testing.T) {
	const march2024 = 2024*12 + 2
	p, err := chartOf(words.Catalogue{}, datedQuotes(march2024, march2024, march2024+1, march2024+3, march2024+3, march2024+3, march2024+3), "the harbour")
	if err != nil || p == nil {
		t.Fatal(p, err)
	}
	if want := "Bar chart of the quotes on “the harbour”. March 2024: 2, April 2024: 1, June 2024: 4."; p.Alt != want {
		t.Errorf("it says %q", p.Alt)
	}
	im, err := png.Decode(bytes.NewReader(p.PNG))
	if err != nil || im.Bounds().Dx() != 800 || im.Bounds().Dy() != 380 {
		t.Fatal(im.Bounds(), err)
	}
	// The heights of the bars, in the middle of the slots of the four months.
	var heights []int
	for bar := range 4 {
		x, height := chartMargin+186*bar+93, 0
		for y := range im.Bounds().Dy() {
			if c := color.NRGBAModel.Convert(im.At(x, y)).(color.NRGBA); c == (color.NRGBA{0x58, 0x65, 0xF2, 0xFF}) {
				height++
			}
		}
		heights = append(heights, height)
	}
	if near := func(a, b int) bool { return a-b <= 2 && b-a <= 2 }; heights[2] != 0 || !near(heights[0], 2*heights[1]) || !near(heights[3], 4*heights[1]) || heights[1] < 40 {
		t.Errorf("the bars are %v high", heights)
	}
	if r, g, b, _ := im.At(2, 2).RGBA(); r > 0x4000 || g > 0x4000 || b > 0x4000 {
		t.Error("the ground is not dark")
	}
}
