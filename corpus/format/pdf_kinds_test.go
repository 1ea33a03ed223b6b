package format_test

import (
	"context"
	"errors"
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"

	"example.org/attache/corpus/format"
	"example.org/attache/corpus/internal/budget"
)

// visual writes text from the right as a PDF shows it: its signs from left to
// right. Numbers and what is between braces keep their order.
func visual(text string) string {
	var out []string
	runes := []rune(text)
	isDigit := func(i int) bool { return i < len(runes) && '0' <= runes[i] && runes[i] <= '9' }
	for i := 0; i < len(runes); {
		end := i + 1
		switch {
		case runes[i] == '{':
			end = i + slices.Index(runes[i:], '}') + 1
		case isDigit(i):
			for isDigit(end) {
				end++
			}
		}
		out = append(out, string(runes[i:end]))
		i = end
	}
	slices.Reverse(out)
	return strings.Join(out, "")
}

// rightAligned sets lines of text from the right.
func rightAligned(text ...string) (pieces []piece) {
	const right, size = 520, 12
	for i, t := range text {
		width := 0.0
		for _, r := range strings.ReplaceAll(strings.ReplaceAll(t, "{", ""), "لا}", "}") {
			if r != '}' {
				width += size / 2
			}
		}
		width += float64(strings.Count(t, "{")) * size / 2
		pieces = append(pieces, piece{right - width, 760 - float64(i)*18, size, visual(t)})
	}
	return pieces
}

// shifted writes text as it comes out of fonts that tell only the numbers of
// their signs.
func shifted(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r -= 29; r > ' ' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

const (
	quay1 = "The harbour council met behind closed doors for most of the week, and"
	quay2 = "its chairwoman said that the old pier had been measured twice before"
	quay3 = "the flood. Both towns want the ferry to sail four times a day."
)

func TestKindsOfPDF(t *testing.T) {
	text := strings.Join([]string{quay1, quay2, quay3}, " ")
	page := func(more ...piece) []piece { return append(lines(quay1, quay2, quay3), more...) }
	half := func(s string) float64 { return float64(len(s)) * 5 } // width at 10 points
	numberedPage := func(step int, x func(n int) float64) (pieces []piece) {
		for i := range 30 {
			y := 760 - float64(i)*20
			pieces = append(pieces, piece{110, y, 10, []string{quay1, quay2, quay3}[i%3]})
			if n := i + 1; n%step == 0 {
				pieces = append(pieces, piece{x(n), y, 10, fmt.Sprint(n)})
			}
		}
		return pieces
	}
	thirty := strings.TrimSpace(strings.Repeat(text+" ", 10))
	rows := map[string]struct {
		pages [][]piece
		want  string
	}{
		"raised number": {[][]piece{page(piece{72, 700, 10, "It fell in 1742"}, piece{72 + half("It fell in 1742"), 704, 6, "13"},
			piece{72 + half("It fell in 1742") + 6, 700, 10, " and rose."})}, text + "\nIt fell in 1742 and rose."},
		"raised letters": {[][]piece{page(piece{72, 700, 10, "It is the 33"}, piece{72 + half("It is the 33"), 704, 6, "rd"},
			piece{72 + half("It is the 33") + 6, 700, 10, " pier of the coast."})}, text + "\nIt is the 33rd pier of the coast."},
		"square": {[][]piece{page(piece{72, 700, 10, "It has 40 km"}, piece{72 + half("It has 40 km"), 704, 6, "2"},
			piece{72 + half("It has 40 km") + 3, 700, 10, " of reeds."})}, text + "\nIt has 40 km² of reeds."},
		"lowered number": {[][]piece{page(piece{72, 700, 10, "No CO"}, piece{72 + half("No CO"), 698, 6, "2"},
			piece{72 + half("No CO") + 3, 700, 10, " was found."})}, text + "\nNo CO2 was found."},
		"number of a note, not raised": {[][]piece{page(piece{72, 700, 10, "It fell in 1742"}, piece{72 + half("It fell in 1742"), 700, 10, "1"},
			piece{72 + half("It fell in 1742") + 5, 700, 10, " and rose again in 1911."}, piece{72, 90, 7, "1. Harbour office, sheet 4."})},
			text + "\nIt fell in 1742 and rose again in 1911.\n1. Harbour office, sheet 4."},
		"a sentence goes on behind notes": {[][]piece{
			append(lines(quay1, quay2), piece{72, 700, 10, "the ferry, which is"}, piece{72, 90, 7, "1 Harbour office, sheet 4."}),
			lines("old, sails."),
		}, quay1 + " " + quay2 + "\nthe ferry, which is old, sails.\n1 Harbour office, sheet 4."},
		"header of two pages": {[][]piece{
			append(lines(quay1, quay2), piece{200, 810, 9, "Harbour Office of Marrow"}, piece{280, 40, 9, "HO/7 1/2"}),
			append(lines(quay3, quay1), piece{200, 810, 9, "Harbour Office of Marrow"}, piece{280, 40, 9, "HO/7 2/2"}),
		}, text + " " + quay1},
		"header of the second page": {[][]piece{
			lines(quay1, quay2),
			append([]piece{{72, 810, 9, "Harbour Office"}, {430, 810, 9, "HO/7"}}, lines("the flood.")...),
		}, quay1 + " " + quay2 + " the flood."},
		"a heading on top of a page is none": {[][]piece{
			lines(quay1, quay2, quay3),
			append([]piece{{72, 790, 14, "The second pier"}}, lines(quay1, quay2, quay3)...),
		}, text + "\n# The second pier\n" + text},
		"lines are counted":               {[][]piece{numberedPage(1, func(int) float64 { return 72 })}, thirty},
		"lines are counted, right":        {[][]piece{numberedPage(1, func(int) float64 { return 530 })}, thirty},
		"every fifth line is counted":     {[][]piece{numberedPage(5, func(n int) float64 { return 85 - 5*float64(len(fmt.Sprint(n))) })}, thirty},
		"a list is not counted":           {[][]piece{lines("1 North pier", "2 South pier", "3 East pier", "4 West pier", "5 Old pier", "6 New pier")}, "1 North pier 2 South pier 3 East pier 4 West pier 5 Old pier 6 New pier"},
		"drop cap":                        {[][]piece{{{72, 700, 40, "T"}, {72, 780, 16, "On the pier"}, {96, 718, 10, quay1[1:]}, {96, 704, 10, quay2}, {72, 690, 10, quay3}}}, "= On the pier\n" + text},
		"drop cap that is a word":         {[][]piece{{{72, 700, 40, "A"}, {96, 718, 10, "pier fell, and the pier rose again in the week after the storm of"}, {96, 704, 10, "the year."}}}, "A pier fell, and the pier rose again in the week after the storm of the year."},
		"U+2010 breaks words":             {[][]piece{lines("The harbour coun\u2010", "cil met behind closed doors for most of the week, as it did be\u2010", "fore.")}, "The harbour council met behind closed doors for most of the week, as it did before."},
		"a sentence is no item":           {[][]piece{lines("The storm was stronger than any that had come over the wide and open", "sea. The towns had known of it.")}, "The storm was stronger than any that had come over the wide and open sea. The towns had known of it."},
		"from the right":                  {[][]piece{rightAligned("اجتمع مجلس الميناء هذا ا{لا}سبوع خلف أبواب مغلقة وقالت", "رئيسة المجلس في 1742 إن العبارة ستبحر أربع مرات.")}, "اجتمع مجلس الميناء هذا الاسبوع خلف أبواب مغلقة وقالت رئيسة المجلس في 1742 إن العبارة ستبحر أربع مرات."},
		"brackets of text from the right": {[][]piece{rightAligned("وقالت «لن تبحر العبارة» في الميناء (القديم) وعادت.")}, "وقالت «لن تبحر العبارة» في الميناء (القديم) وعادت."},
		"brackets that are turned":        {[][]piece{rightAligned("وقالت »لن تبحر العبارة« في الميناء )القديم( وعادت.")}, "وقالت «لن تبحر العبارة» في الميناء (القديم) وعادت."},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			if got := texts(t, "a.pdf", pdf(row.pages...)); got != row.want {
				t.Errorf("got\n%s\nwant\n%s", got, row.want)
			}
		})
	}
}

// What can't be read of a file is told, page by page; a wrong text is worse than
// none.
func TestPagesWithoutText(t *testing.T) {
	letter, scan := lines(quay1, quay2, quay3), []piece(nil)
	bad := lines(shifted(quay1), shifted(quay2), shifted(quay3))
	var forty [][]piece
	for i := range 40 {
		forty = append(forty, lines(strings.Repeat("pier ", i)+quay1, quay2+strings.Repeat(" quay", i), strings.Repeat("sea ", i)+quay3))
	}
	for name, c := range map[string]struct {
		pages  [][]piece
		docs   int
		part   string
		reason string
	}{
		"letter before scans":   {[][]piece{letter, scan, scan, scan, scan}, 1, "#pages=2-5", "4 of its 5 pages (2–5) hold no text"},
		"scans on both sides":   {[][]piece{scan, scan, letter, scan}, 1, "#pages=1-2,4", "3 of its 4 pages (1–2, 4) hold no text"},
		"a cover and a map":     {slices.Concat([][]piece{scan}, forty, [][]piece{scan}), 1, "", ""},
		"scans":                 {[][]piece{scan, scan, scan}, 0, "", "pictures without text"},
		"fonts without a map":   {[][]piece{bad, bad}, 0, "", "fonts do not tell"},
		"most pages are so":     {[][]piece{letter, bad, bad}, 0, "", "fonts do not tell"},
		"some pages are so":     {[][]piece{letter, bad, letter}, 1, "#pages=2", "1 of its 3 pages (2) are set in fonts"},
		"signs of one's own":    {[][]piece{lines(strings.Repeat("\ue012\ue013\ue014 ", 30))}, 0, "", "fonts do not tell"},
		"wrong code page":       {[][]piece{lines("Ïðåäñåäàòåëü ïðàâèòåëüñòâà ñîîáùèë", "ïîñëå âñòðå÷è, ÷òî äîãîâîð áóäåò ïîäïèñàí", "îáåèìè ñòîðîíàìè")}, 0, "", "fonts do not tell"},
		"few vowels, but words": {[][]piece{lines("Krztoń, Szczwrk, PSL and the NGO of Strč v Brdch met at CZT HQ", "Prst skrz krk vlk zmrzl, strč prst, and nothing else is in the text")}, 1, "", ""},
	} {
		docs, errs := readAll("a.pdf", pdf(c.pages...))
		switch {
		case len(docs) != c.docs || (len(errs) > 0) != (c.reason != ""):
			t.Errorf("%s: %d documents, errors %v", name, len(docs), errs)
		case c.reason != "" && (!strings.HasPrefix(errs[0].Error(), c.part+": ") || !strings.Contains(errs[0].Error(), c.reason)):
			t.Errorf("%s: %v", name, errs)
		case strings.Contains(fmt.Sprint(docs), shifted("harbour")):
			t.Errorf("%s: signs are text: %v", name, docs)
		}
	}
}

var errSmudged = errors.New("a smudge")

// What is recognised in pictures of pages is a document of its own beside what the
// file tells, and is marked.
func TestPagesAreRecognised(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	picture, blank, letter := []piece{{100, 100, 300, ""}}, []piece(nil), lines(quay1, quay2, quay3)
	bad := lines(shifted(quay1), shifted(quay2), shifted(quay3))
	unready := fmt.Errorf("%w: it is not installed", format.ErrUnready)
	for name, c := range map[string]struct {
		pages [][]piece
		err   error    // of the recogniser
		want  []string // documents and errors
		seen  int      // pictures
	}{
		"scans":               {[][]piece{picture, blank, picture}, nil, []string{" recognised p1 The harbour road. p3 The harbour road."}, 2},
		"letter before scans": {[][]piece{letter, picture, picture, blank}, nil, []string{" p1 " + quay1 + " " + quay2 + " " + quay3, "#pages=2-4 recognised p2 The harbour road. p3 The harbour road."}, 2},
		"bad fonts":           {[][]piece{bad}, nil, []string{" recognised p1 The harbour road."}, 1},
		"blank":               {[][]piece{blank, blank}, nil, []string{"! pages are pictures"}, 0},
		"no program":          {[][]piece{letter, picture, picture}, unready, []string{" p1 " + quay1 + " " + quay2 + " " + quay3, "#pages=2-3! it is not installed"}, 1},
		"one page fails":      {[][]piece{picture, picture}, errSmudged, []string{" recognised p2 The harbour road.", "#pages=1! a smudge"}, 2},
		"no program, scans":   {[][]piece{picture, picture}, unready, []string{"! it is not installed"}, 1},
	} {
		seen := 0
		f := format.File{Path: "a.pdf", Data: pdf(c.pages...), Language: "sv", Recognize: func(_ context.Context, picture *image.Gray, language string) ([][]string, error) {
			if seen++; language != "sv" || picture.Rect.Dy() < 3000 {
				t.Errorf("%s: a picture of %v in %q", name, picture.Rect, language)
			}
			if c.err == errSmudged && seen > 1 {
				return [][]string{{"The har-", "bour road."}}, nil
			}
			return [][]string{{"The har-", "bour road."}}, c.err
		}}
		var got []string
		for d, err := range format.Read(t.Context(), f) {
			out := d.Part
			if err != nil {
				out += "! " + err.Error()
				if c.err != nil && !errors.Is(err, c.err) {
					t.Errorf("%s: %v is not of the program", name, err)
				}
			}
			if d.Recognised {
				out += " recognised"
			}
			for _, b := range d.Blocks {
				out += fmt.Sprintf(" p%d %s", b.Page, b.Text)
			}
			got = append(got, out)
		}
		same := len(got) == len(c.want)
		for i := range got {
			begin, end, fault := strings.Cut(c.want[min(i, len(c.want)-1)], "! ")
			same = same && (got[i] == begin && !fault || fault && strings.HasPrefix(got[i], begin+"! ") && strings.Contains(got[i], end))
		}
		if !same || seen != c.seen {
			t.Errorf("%s: got %q of %d pictures, want %q", name, got, seen, c.want)
		}
	}
}

// A page of more lines than paper has is read in time.
func TestPageOfManyLines(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const many = 20_000
	var numbers, initials []piece
	for i := range many {
		y := float64(many-i) * 12
		numbers = append(numbers, piece{72, y, 10, fmt.Sprint(i + 1)})
		initials = append(initials, piece{72, y, 10, "T"})
	}
	print(format.File{Path: "a.pdf", Data: pdf(lines(quay1))}) // starting what reads them is no part of it
	for _, page := range [][]piece{numbers, initials} {
		budget.Within(t, func() { readAll("a.pdf", pdf(page)) })
	}
}
