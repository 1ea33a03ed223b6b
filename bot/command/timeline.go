package command

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/wcharczuk/go-chart/v2"

	"attache/bot/command/words"
	"attache/corpus"
	"attache/index"
)

const (
	timelinePage   = 6   // quotes of a timeline that a reply shows
	timelineQuotes = 200 // quotes of a timeline in all
	chartMonths    = 3   // a chart needs so many months,
	chartQuotes    = 6   // and so many quotes
)

// timeline shows dated quotes on a topic in the order of time, by month.
func timeline(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	ix, err := b.ready()
	if err != nil {
		return Reply{}, err
	}
	topic := c.Options["topic"]
	found, err := ix.Timeline(ctx, topic, c.filter(), timelineQuotes)
	if err != nil {
		return Reply{}, err
	}
	size := timelinePage
	if c.Limit > 0 {
		size = c.Limit
	}
	shown, further := part(c, size, found)
	r := Reply{Tone: Listing, Title: topic, Sections: byMonth(shown), Actions: turning(c, size, further),
		Private: c.Options["private"] == "true"}
	if len(found) == 0 {
		r.Sections = []Section{{Lines: []string{words.Say("timeline.none")}}}
		r.Notes = c.tries()
	}
	if c.offset == 0 {
		if r.Picture, err = chartOf(found, topic); err != nil { // the quotes are there without it
			b.Log.Error("a timeline has no chart", "error", err)
		}
	}
	for _, q := range quoteRecords(shown) {
		r.Records = append(r.Records, q)
	}
	r.offerShare(c)
	return r, nil
}

// byMonth groups quotes that are in the order of time.
func byMonth(quotes []index.Quote) (sections []Section) {
	for _, q := range quotes {
		heading := month(q.Source.Published)
		if n := len(sections); n == 0 || sections[n-1].Heading != heading {
			sections = append(sections, Section{Heading: heading})
		}
		s := &sections[len(sections)-1]
		s.Quotes = append(s.Quotes, quote(q))
	}
	return sections
}

func month(d corpus.Date) string {
	d.Day = 0
	return written(d, "January 2006")
}

// chartOf draws how many quotes there are in each month; nil where they are
// too few to show anything.
func chartOf(quotes []index.Quote, topic string) (*Picture, error) {
	var bars []chart.Value
	first, count := monthNumber(quotes), map[int]int{}
	last := first
	for _, q := range quotes {
		if d := q.Source.Published; d.Month > 0 {
			n := d.Year*12 + d.Month - 1
			count[n]++
			last = max(last, n)
		}
	}
	if len(count) < chartMonths || len(quotes) < chartQuotes {
		return nil, nil
	}
	// Of a long time the bars stand for several months each.
	step := (last-first)/24 + 1
	for n := first; n <= last; n += step {
		v := chart.Value{Label: fmt.Sprintf("%04d-%02d", n/12, n%12+1)}
		for m := n; m < n+step; m++ {
			v.Value += float64(count[m])
		}
		bars = append(bars, v)
	}
	var png bytes.Buffer
	graph := chart.BarChart{Width: 1000, Height: 320, BarWidth: max(8, 800/len(bars)-10), Bars: bars,
		Background: chart.Style{Padding: chart.Box{Top: 20}},
		XAxis:      chart.Style{TextRotationDegrees: 45},
		YAxis:      chart.YAxis{ValueFormatter: chart.IntValueFormatter, Range: &chart.ContinuousRange{Min: 0, Max: highest(bars)}}}
	if err := graph.Render(chart.PNG, &png); err != nil {
		return nil, fmt.Errorf("drawing the chart of a timeline: %w", err)
	}
	return &Picture{Name: "timeline.png", Alt: words.Say("timeline.chart", words.M{"Topic": topic}), PNG: png.Bytes()}, nil
}

// monthNumber counts the month of the first dated quote.
func monthNumber(quotes []index.Quote) int {
	for _, q := range quotes {
		if d := q.Source.Published; d.Month > 0 {
			return d.Year*12 + d.Month - 1
		}
	}
	return int(time.January)
}

func highest(bars []chart.Value) float64 {
	top := 1.0
	for _, b := range bars {
		top = max(top, b.Value)
	}
	return top
}
