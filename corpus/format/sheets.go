package format

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"iter"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

var errNoSheets = errors.New("it holds no sheets; save it again")

// readXLSX reads the sheets that Excel and its like save, like a table in CSV: each
// row is a document where a column has a text, else the sheet is one. What is
// hidden is left out.
func readXLSX(ctx context.Context, f File) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		w, err := openWorkbook(ctx, f)
		if err != nil {
			yield(Document{}, err)
			return
		}
		var about Document
		w.describe(&about)
		for _, s := range w.sheets {
			part := ""
			if len(w.sheets) > 1 {
				part = "#" + innerName(s.name)
			}
			rows, err := w.rows(ctx, s)
			if err != nil {
				if !yield(Document{Part: part}, fmt.Errorf("reading the sheet %s: %w", s.name, err)) {
					return
				}
				continue
			}
			for d := range s.documents(rows) {
				switch {
				case d.Part != "" && part != "":
					d.Part = part + "!" + d.Part[1:]
				case d.Part == "":
					d.Part = part
					d.Title, d.Maker = about.Title, about.Maker
				}
				if len(d.Blocks) > 0 && !yield(d, nil) {
					return
				}
			}
		}
	}
}

// workbook is a file of sheets.
type workbook struct {
	office
	sheets  []sheet
	strings []string     // that cells refer to by number
	formats []cellFormat // likewise
	since   time.Time    // the day with the number 0
}

// sheet is one sheet of a workbook.
type sheet struct{ name, part string }

// cellFormat is how the cells of a format are shown.
type cellFormat struct {
	show   numberFormat
	struck bool
}

type numberFormat uint8

const (
	plainNumber numberFormat = iota
	dayNumber                // a day, in days
	percentNumber
)

// cell is a cell of a sheet that is not empty.
type cell struct {
	column int // from 0
	text   string
}

func openWorkbook(ctx context.Context, f File) (w workbook, err error) {
	if w.office, err = openOffice(ctx, f); err != nil {
		return w, err
	}
	main := w.main("xl/workbook.xml")
	related := w.relations(main)
	parts := map[string]string{}
	for _, r := range related["worksheet"] {
		parts[r.id] = r.part
	}
	w.since = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	_, err = w.walk(main, xmlRules{start: func(_ *xmlWalker, e xml.StartElement) {
		switch e.Name.Local {
		case "workbookPr":
			if v := attr(e, "date1904"); v == "1" || v == "true" {
				w.since = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
			}
		case "sheet":
			shown := attr(e, "state") == "" || attr(e, "state") == "visible"
			for _, a := range e.Attr {
				if a.Name.Local == "id" && parts[a.Value] != "" && shown {
					w.sheets = append(w.sheets, sheet{attr(e, "name"), parts[a.Value]})
				}
			}
		}
	}})
	if errors.Is(err, errNoPart) || err == nil && len(w.sheets) == 0 {
		return w, errNoSheets
	}
	if err != nil {
		return w, err
	}
	for _, r := range related["sharedStrings"] {
		if err := w.readStrings(r.part); err != nil {
			return w, fmt.Errorf("reading its strings: %w", err)
		}
	}
	for _, r := range related["styles"] {
		w.readFormats(r.part)
	}
	return w, nil
}

// readStrings reads the strings that cells refer to.
func (w *workbook) readStrings(part string) error {
	_, err := w.walk(part, xmlRules{
		skip:  set("rPh phoneticPr"),
		only:  "t",
		start: cellLook,
		end: func(x *xmlWalker, name string) {
			if name == "si" {
				w.strings = append(w.strings, settleRaised(x.text.String()))
				x.text.Reset()
			}
		},
	})
	return err
}

// cellLook follows how the characters of a string are set.
func cellLook(w *xmlWalker, e xml.StartElement) {
	switch name := e.Name.Local; {
	case name == "r" || name == "si" || name == "is":
		w.look = look{}
	case w.within("r", "rPr"):
		w.look.set(name, attr(e, "val"))
	}
}

// readFormats reads how cells are shown.
func (w *workbook) readFormats(part string) {
	codes := map[string]string{}
	var struck []bool                                                            // by font
	_, _ = w.walk(part, xmlRules{start: func(x *xmlWalker, e xml.StartElement) { // without it numbers are numbers
		switch name := e.Name.Local; {
		case name == "numFmt":
			codes[attr(e, "numFmtId")] = attr(e, "formatCode")
		case name == "font" && x.within("fonts"):
			struck = append(struck, false)
		case name == "strike" && x.within("fonts", "font"):
			struck[len(struck)-1] = wordToggle(attr(e, "val")) == on
		case name == "xf" && x.within("cellXfs"):
			id := attr(e, "numFmtId")
			font, err := strconv.Atoi(attr(e, "fontId"))
			w.formats = append(w.formats, cellFormat{
				show:   numberFormatOf(id, codes[id]),
				struck: err == nil && font >= 0 && font < len(struck) && struck[font],
			})
		}
	}})
}

var formatNoise = regexp.MustCompile(`"[^"]*"|\\.|\[[^\]]*\]|_.|\*.`)

// numberFormatOf returns how numbers of a format are shown: those that every
// workbook has are known by number.
func numberFormatOf(id, code string) numberFormat {
	switch n, _ := strconv.Atoi(id); {
	case code != "":
		code = strings.ToLower(formatNoise.ReplaceAllString(code, ""))
		first, _, _ := strings.Cut(code, ";")
		switch {
		case strings.ContainsAny(first, "yd") && !strings.Contains(first, "general"):
			return dayNumber
		case strings.HasSuffix(first, "%"):
			return percentNumber
		}
	case n == 9 || n == 10:
		return percentNumber
	case n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 31 || n == 36 || n >= 50 && n <= 54 || n >= 57 && n <= 58:
		return dayNumber
	}
	return plainNumber
}

// rows reads the cells of a sheet, row by row.
func (w *workbook) rows(ctx context.Context, s sheet) (rows [][]cell, err error) {
	var row []cell
	var c cell
	var kind, value string
	var format cellFormat
	hiddenRow, hidden := false, columns{}
	size := 0
	_, err = w.walk(s.part, xmlRules{
		skip: set("rPh f"),
		start: func(x *xmlWalker, e xml.StartElement) {
			switch e.Name.Local {
			case "col":
				hidden.hide(e)
			case "row":
				row, hiddenRow = nil, wordToggle(attr(e, "hidden")) == on && attr(e, "hidden") != ""
			case "c":
				c.column = cellColumn(attr(e, "r"), c.column+1, len(row) == 0)
				kind, value, format = attr(e, "t"), "", cellFormat{}
				if n, err := strconv.Atoi(attr(e, "s")); err == nil && n >= 0 && n < len(w.formats) {
					format = w.formats[n]
				}
			case "v", "t":
				x.text.Reset()
			default:
				cellLook(x, e)
			}
		},
		end: func(x *xmlWalker, name string) {
			switch name {
			case "v", "t":
				value += x.text.String()
				x.text.Reset()
			case "c":
				c.text = strings.TrimSpace(w.shown(kind, settleRaised(value), format))
				if c.text != "" && !hidden.has(c.column) && !hiddenRow {
					row = append(row, c)
					size += len(c.text)
				}
			case "row":
				if len(row) > 0 && size < maxEntry {
					rows = append(rows, row)
				}
			}
		},
	})
	if err == nil {
		err = ctx.Err()
	}
	if err == nil && size >= maxEntry {
		err = errBomb
	}
	return rows, err
}

// columns are those of a sheet that are hidden.
type columns struct {
	hidden []bool
	told   int // how often the sheet told of some
}

func (c *columns) hide(e xml.StartElement) {
	const often = 1000
	if v := attr(e, "hidden"); v != "1" && v != "true" || c.told == often {
		return
	}
	c.told++
	if c.hidden == nil {
		c.hidden = make([]bool, mostColumns)
	}
	from, _ := strconv.Atoi(attr(e, "min"))
	to, _ := strconv.Atoi(attr(e, "max"))
	for n := max(from, 1); n <= min(to, mostColumns); n++ {
		c.hidden[n-1] = true
	}
}

func (c *columns) has(n int) bool { return n >= 0 && n < len(c.hidden) && c.hidden[n] }

// mostColumns is how many columns a sheet has at most.
const mostColumns = 16_384

// cellColumn returns the number of the column of a reference such as "AB12"; of a cell
// without one it is the next.
func cellColumn(ref string, next int, first bool) int {
	n := 0
	for _, r := range ref {
		if r < 'A' || r > 'Z' || n > mostColumns {
			break
		}
		n = n*26 + int(r-'A') + 1
	}
	switch {
	case n > 0:
		return n - 1
	case first:
		return 0
	}
	return next
}

// shown returns a value as a cell shows it.
func (w *workbook) shown(kind, value string, format cellFormat) string {
	if format.struck {
		return ""
	}
	switch kind {
	case "s":
		if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && n >= 0 && n < len(w.strings) {
			return w.strings[n]
		}
		return ""
	case "e":
		return "" // an error such as #N/A
	case "b":
		return map[string]string{"1": "TRUE", "0": "FALSE"}[value]
	case "inlineStr", "str", "d":
		return value
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil {
		return value
	}
	const latest = 2_958_465 // 9999-12-31
	switch {
	case format.show == dayNumber && n >= 1 && n <= latest:
		day := w.since.Add(time.Duration(math.Round(n*24*60)) * time.Minute)
		if n == math.Trunc(n) {
			return day.Format(time.DateOnly)
		}
		return day.Format("2006-01-02 15:04")
	case format.show == percentNumber:
		return strconv.FormatFloat(roundTo15(n*100), 'f', -1, 64) + "%"
	case math.Abs(n) < 1e15:
		return strconv.FormatFloat(roundTo15(n), 'f', -1, 64)
	}
	return value
}

// roundTo15 rounds a number to the fifteen digits that are shown of it.
func roundTo15(n float64) float64 {
	r, _ := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64)
	return r
}

// documents yields the documents of a sheet: its rows where the first of them, or
// one below a few lines that tell what the sheet is, names a column of texts.
func (s sheet) documents(rows [][]cell) iter.Seq[Document] {
	return func(yield func(Document) bool) {
		const deepest = 20 // rows
		for i, head := range rows[:min(len(rows), deepest)] {
			names := make([]string, len(head))
			for j, c := range head {
				names[j] = c.text
			}
			at := textColumn(names)
			if at < 0 {
				continue
			}
			byColumn, byKey := map[int]string{}, map[string]int{}
			for _, c := range slices.Backward(head) {
				byColumn[c.column], byKey[columnKey(c.text)] = c.text, c.column
			}
			for n, row := range rows[i+1:] {
				d := Document{Part: "#" + strconv.Itoa(n+1)}
				for _, c := range row {
					if c.column == head[at].column {
						d.Blocks = cellBlocks(c.text)
					} else if name := byColumn[c.column]; name != "" {
						d.metadata(name, c.text)
					}
				}
				d.rowVoice(func(key string) string {
					column, ok := byKey[key]
					at := slices.IndexFunc(row, func(c cell) bool { return c.column == column })
					if !ok || at < 0 {
						return ""
					}
					return strings.Join(strings.Fields(row[at].text), " ")
				}, func(key string) bool { _, ok := byKey[key]; return ok }, head[at].text)
				if !yield(d) {
					return
				}
			}
			return
		}
		var d Document
		for _, row := range rows {
			var texts []string
			for _, c := range row {
				texts = append(texts, strings.Join(strings.Fields(c.text), " "))
			}
			d.Blocks = append(d.Blocks, Block{Text: strings.Join(texts, " | "), Row: len(texts) > 1})
		}
		yield(d)
	}
}
