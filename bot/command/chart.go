package command

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"example.org/attache/bot/command/words"
	"example.org/attache/index"
)

// A chart shows how many quotes of a timeline there are in each month, or where
// the time is long in each quarter, year or span of years. It is drawn for a
// phone, which shows it at less than half its size: few bars, large figures.
const (
	chartMonths = 3  // a chart needs so many months,
	chartQuotes = 6  // and so many quotes
	chartBars   = 16 // it has at most so many bars

	chartWidth, chartHeight = 800, 380
	chartMargin             = 28
	chartText               = 26 // pixels
)

var (
	chartGround = color.RGBA{0x24, 0x24, 0x29, 0xff} // the ground of a card on Discord
	chartBar    = color.RGBA{0x58, 0x65, 0xf2, 0xff}
	chartInk    = color.RGBA{0xdf, 0xe0, 0xe2, 0xff}
	chartFaint  = color.RGBA{0x9b, 0x9c, 0xa3, 0xff}
	chartLine   = color.RGBA{0x4e, 0x4f, 0x58, 0xff}
)

// chartFont is the font of charts.
var chartFont = sync.OnceValues(func() (*opentype.Font, error) { return opentype.Parse(goregular.TTF) })

// chartSteps are how many months a bar may stand for.
var chartSteps = []int{1, 3, 12, 24, 60, 120, 240, 600, 1200}

// histogram counts quotes by spans of time of one length, those without a quote
// included.
type histogram struct {
	first  int   // month that the first bar begins with, counted from the year 0
	step   int   // months that a bar stands for
	counts []int // quotes of each bar
}

// histogramOf counts the quotes whose month is known. ok is false when they are
// too few to show anything.
func histogramOf(quotes []index.Quote) (h histogram, ok bool) {
	months := map[int]int{}
	first, last := 0, 0
	for _, q := range quotes {
		d := q.Source.Published
		if d.Month == 0 {
			continue
		}
		n := d.Year*12 + d.Month - 1
		if len(months) == 0 {
			first, last = n, n
		}
		first, last = min(first, n), max(last, n)
		months[n]++
	}
	if len(months) < chartMonths || len(quotes) < chartQuotes {
		return h, false
	}
	for _, h.step = range chartSteps {
		h.first = first - first%h.step
		if (last-h.first)/h.step < chartBars {
			break
		}
	}
	h.counts = make([]int, (last-h.first)/h.step+1)
	for n, count := range months {
		h.counts[(n-h.first)/h.step] += count
	}
	return h, true
}

// name is the span of time of a bar: "March 2024", "Q1 2024", "2020–2024". In
// brief it has only characters that the font of charts has.
func (h histogram) name(w words.Catalogue, bar int, brief bool) string {
	n := h.first + bar*h.step
	year := n / 12
	switch {
	case h.step == 1 && brief:
		return words.Direct(w.Say("chart.month", words.M{"Month": strings.Split(w.Say("chart.months"), "|")[n%12], "Year": year})) // it stands alone
	case h.step == 1:
		return w.Date(year, n%12+1, 0)
	case h.step == 3:
		return w.Say("chart.quarter", words.M{"Quarter": n%12/3 + 1, "Year": year})
	case h.step == 12:
		return strconv.Itoa(year)
	}
	return fmt.Sprintf("%d–%d", year, year+h.step/12-1)
}

// chartOf draws the chart of a timeline; nil where its quotes are too few.
func chartOf(w words.Catalogue, quotes []index.Quote, topic string) (*Picture, error) {
	h, ok := histogramOf(quotes)
	if !ok {
		return nil, nil
	}
	png, err := h.draw(w)
	if err != nil {
		return nil, fmt.Errorf("drawing the chart of a timeline: %w", err)
	}
	var figures []string
	for i, n := range h.counts {
		if n > 0 {
			figures = append(figures, fmt.Sprintf("%s: %d", h.name(w, i, false), n))
		}
	}
	alt := w.Say("timeline.chart", words.M{"Topic": topic, "Figures": w.List(figures)})
	return &Picture{Name: "timeline.png", Alt: alt, PNG: png}, nil
}

// draw draws the bars over a line that is zero, each with its count, and below
// the line the names of as many bars as have room.
func (h histogram) draw(w words.Catalogue) ([]byte, error) {
	parsed, err := chartFont()
	if err != nil {
		return nil, err
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: chartText, DPI: 72}) // so that points are pixels
	if err != nil {
		return nil, err
	}
	defer face.Close()
	c := canvas{image.NewRGBA(image.Rect(0, 0, chartWidth, chartHeight)), face}
	c.box(chartGround, 0, 0, chartWidth, chartHeight)

	zero := chartHeight - chartMargin - chartText - 14
	slot := (chartWidth - 2*chartMargin) / len(h.counts)
	width := min(slot*3/4, 90)
	tallest, highest := zero-chartMargin-chartText-10, 1
	for _, n := range h.counts {
		highest = max(highest, n)
	}
	free := 0 // where the next name may begin
	for i, n := range h.counts {
		middle := chartMargin + slot*i + slot/2
		if n > 0 {
			top := zero - max(tallest*n/highest, 2)
			c.box(chartBar, middle-width/2, top, middle+width/2, zero)
			c.centred(chartInk, strconv.Itoa(n), middle, top-8)
		}
		name := h.name(w, i, true)
		half := c.width(name) / 2
		at := min(max(middle, half+4), chartWidth-half-4)
		if at-half >= free {
			c.centred(chartFaint, name, at, zero+chartText+14)
			free = at + half + chartText
		}
	}
	c.box(chartLine, chartMargin, zero, chartWidth-chartMargin, zero+2)
	var file bytes.Buffer
	err = png.Encode(&file, c.picture)
	return file.Bytes(), err
}

// canvas is a picture that boxes and words of one font are drawn on.
type canvas struct {
	picture draw.Image
	face    font.Face
}

func (c canvas) box(with color.Color, left, top, right, bottom int) {
	draw.Draw(c.picture, image.Rect(left, top, right, bottom), image.NewUniform(with), image.Point{}, draw.Src)
}

// width is how many pixels wide a text is.
func (c canvas) width(s string) int { return font.MeasureString(c.face, s).Ceil() }

// centred draws a text around the middle, on a line.
func (c canvas) centred(with color.Color, s string, middle, line int) {
	d := font.Drawer{Dst: c.picture, Src: image.NewUniform(with), Face: c.face, Dot: fixed.P(middle-c.width(s)/2, line)}
	d.DrawString(s)
}
