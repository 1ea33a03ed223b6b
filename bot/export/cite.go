package export

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"example.org/attache/bot/command/words"
	"example.org/attache/corpus"
	"example.org/attache/corpus/date"
	"example.org/attache/corpus/text"
	"example.org/attache/index"
)

// Citation is a document as it is cited, and the place in it.
type Citation struct {
	Source   index.Source
	Page     int       // 0 where there are no pages
	Second   int       // of a recording, from 1; 0 where there is none
	Link     string    // where the words can be read, for a source without an address; may be empty
	Accessed time.Time // when the document was asked; zero: not told
}

// Title is the title of a document, or its name where it has none.
func Title(s index.Source) string { return cmp.Or(s.Title, s.Document) }

// address is where the document can be read.
func (c Citation) address() string { return cmp.Or(c.Source.URL, c.Link) }

// place is where in the document the words stand, in words: "p. 4", "1:02:33".
func (c Citation) place(w words.Catalogue) string {
	page := ""
	if c.Page > 0 {
		page = w.Say("cited.page", words.M{"Page": c.Page})
	}
	return nonEmpty([]string{page, Clock(c.Second)}, ", ")
}

// Clock writes the second of a recording, from 1, as players show it: "1:02:33";
// empty for 0, where there is no recording.
func Clock(second int) string {
	if second == 0 {
		return ""
	}
	s := second - 1
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// sentence ends s with a full stop, unless it has its own mark, if need be
// before what closes a quotation.
func sentence(s string) string {
	if s == "" || ended(s) {
		return s
	}
	return s + "."
}

func ended(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, closingMarks))
	return strings.ContainsRune(".?!…。！？؟", last)
}

// closingMarks may follow the mark that ends a sentence.
const closingMarks = "\"'“”„‟«»‹›‘’‚「」『』)"

// recognised says of a document that it is cited as a program made it out.
func (c Citation) recognised(w words.Catalogue) string {
	if !c.Source.Recognised {
		return ""
	}
	return w.Say("cite.recognised")
}

// Chicago cites in the notes-and-bibliography style of the Chicago Manual, as
// an entry of a bibliography.
func (c Citation) Chicago() string {
	s := c.Source
	title := sentence(Title(s))
	parts := []string{sentence(s.Author), "“" + title + "”", sentence(nonEmpty([]string{s.Publisher, Date(s.Published, "January 2, 2006")}, ", ")), sentence(s.URL), c.recognised(words.Catalogue{})}
	return nonEmpty(parts, " ")
}

// note cites in the same style as a footnote, with the place and the date of
// access, in the language of a catalogue. The address belongs between the two texts, so that it can be a link.
func (c Citation) note(w words.Catalogue) (before, address, after string) {
	s := c.Source
	address = c.address()
	file := "" // which tells where to look
	if address == "" && s.Title != "" {
		file = s.Document
	}
	rest := nonEmpty([]string{s.Publisher, dated(w, s.Published), c.place(w), file}, ", ")
	title := Title(s)
	if !ended(title) && (rest != "" || address != "") {
		title += ","
	}
	before = nonEmpty([]string{nonEmpty([]string{s.Author, "“" + title + "”"}, ", "), rest}, " ")
	switch {
	case address == "":
	case rest == "":
		before += " "
	default:
		before += ", "
	}
	if !c.Accessed.IsZero() {
		after = " (" + w.Say("cite.accessed", words.M{"Date": w.Date(c.Accessed.Year(), int(c.Accessed.Month()), c.Accessed.Day())}) + ")"
	}
	return before, address, nonEmpty([]string{after + ".", c.recognised(w)}, " ")
}

// APA cites in the style of the American Psychological Association.
func (c Citation) APA() string {
	s := c.Source
	date := "n.d."
	if d := s.Published; !d.IsZero() {
		date = Date(d, "2006, January 2")
	}
	parts := []string{sentence(s.Author), sentence(Title(s)), "(" + date + ").", sentence(s.Publisher), s.URL, c.recognised(words.Catalogue{})}
	if s.Author != "" {
		parts[1], parts[2] = parts[2], parts[1]
	}
	return nonEmpty(parts, " ")
}

// BibTeX cites as an entry of a BibTeX file, line by line.
func (c Citation) BibTeX() []string {
	s := c.Source
	lines := []string{"@misc{" + citeKey(s) + ","}
	year, month := "", ""
	if !s.Published.IsZero() {
		year = fmt.Sprint(s.Published.Year)
		month = Date(corpus.Date{Month: s.Published.Month}, "January")
	}
	for _, f := range [][2]string{{"author", texText.Replace(s.Author)}, {"title", texText.Replace(Title(s))},
		{"howpublished", texText.Replace(s.Publisher)}, {"year", year}, {"month", month}, {"url", texAddress.Replace(s.URL)}, {"note", c.recognised(words.Catalogue{})}} {
		if f[1] != "" {
			lines = append(lines, "  "+f[0]+" = {"+f[1]+"},")
		}
	}
	return append(lines, "}")
}

// TeX sets a text, and takes an address as it is, but for what would end the
// field.
var (
	texText = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "%", `\%`, "&", `\&`, "#", `\#`, "$", `\$`, "_", `\_`,
		"~", `\textasciitilde{}`, "^", `\textasciicircum{}`)
	texAddress = strings.NewReplacer(`\`, "%5C", "{", "%7B", "}", "%7D", " ", "%20")
)

// RIS cites as a record of an RIS file, line by line.
func (c Citation) RIS() []string {
	s := c.Source
	kind, container := "GEN", "PB"
	if c.address() != "" {
		kind, container = "ELEC", "T2"
	}
	lines := []string{"TY  - " + kind}
	add := func(tag, value string) {
		if value = oneLine(value); value != "" {
			lines = append(lines, tag+"  - "+value)
		}
	}
	add("TI", Title(s))
	for _, a := range authors(s.Author) {
		add("AU", a.ris())
	}
	add(container, s.Publisher)
	if d := s.Published; !d.IsZero() {
		add("PY", fmt.Sprintf("%04d", d.Year))
		add("DA", slashed(d))
	}
	if c.Page > 0 {
		add("SP", fmt.Sprint(c.Page))
	}
	add("UR", c.address())
	if !c.Accessed.IsZero() {
		add("Y2", slashed(date.Of(c.Accessed)))
	}
	add("LA", s.Language)
	for _, t := range s.Tags {
		add("KW", t)
	}
	add("N1", c.remark())
	return append(lines, "ER  - ")
}

// remark is what a citation has no field for: the time in a recording, and that
// a program recognised the text.
func (c Citation) remark() string {
	at := Clock(c.Second)
	if at != "" {
		at = words.Say("cite.at", words.M{"Time": at})
	}
	return nonEmpty([]string{at, c.recognised(words.Catalogue{})}, " ")
}

// slashed writes a date as RIS has it: "2023/11/07/", "2023/11//", "2023///".
func slashed(d corpus.Date) string {
	month, day := "", ""
	if d.Month > 0 {
		month = fmt.Sprintf("%02d", d.Month)
	}
	if d.Day > 0 {
		day = fmt.Sprintf("%02d", d.Day)
	}
	return fmt.Sprintf("%04d/%s/%s/", d.Year, month, day)
}

// author is one of those who wrote a document. Only of a name that is written
// "Family, Given" it is known which part is which.
type author struct{ family, given, literal string }

func (a author) ris() string {
	if a.family != "" {
		return a.family + ", " + a.given
	}
	return a.literal
}

// authors takes apart the names that a document gives in one line: those of
// several people are joined by semicolons or, where each has two words or more,
// by commas.
func authors(line string) (all []author) {
	for name := range strings.SplitSeq(line, ";") {
		parts := strings.Split(oneLine(name), ", ")
		single := false
		for _, p := range parts {
			single = single || len(strings.Fields(p)) == 1
		}
		switch {
		case parts[0] == "":
		case len(parts) == 2 && single:
			all = append(all, author{family: parts[0], given: parts[1]})
		case single:
			all = append(all, author{literal: strings.Join(parts, ", ")})
		default:
			for _, p := range parts {
				all = append(all, author{literal: p})
			}
		}
	}
	return all
}

// The parts of an item of CSL-JSON.
type (
	cslItem struct {
		ID        string    `json:"id"`
		Type      string    `json:"type"`
		Title     string    `json:"title"`
		Author    []cslName `json:"author,omitempty"`
		Container string    `json:"container-title,omitempty"`
		Publisher string    `json:"publisher,omitempty"`
		Issued    *cslDate  `json:"issued,omitempty"`
		Accessed  *cslDate  `json:"accessed,omitempty"`
		Page      string    `json:"page,omitempty"`
		URL       string    `json:"URL,omitempty"`
		Language  string    `json:"language,omitempty"`
		Note      string    `json:"note,omitempty"`
	}
	cslName struct {
		Family  string `json:"family,omitempty"`
		Given   string `json:"given,omitempty"`
		Literal string `json:"literal,omitempty"`
	}
	cslDate struct {
		Parts [][]int `json:"date-parts"`
	}
)

func (c Citation) csl() cslItem {
	s := c.Source
	item := cslItem{ID: citeKey(s), Type: "document", Title: Title(s), Publisher: s.Publisher, Issued: cslDateOf(s.Published),
		Accessed: cslDateOf(date.Of(c.Accessed)), URL: c.address(), Language: s.Language, Note: c.remark()}
	if item.URL != "" {
		item.Type, item.Container, item.Publisher = "webpage", s.Publisher, ""
	}
	if c.Page > 0 {
		item.Page = fmt.Sprint(c.Page)
	}
	for _, a := range authors(s.Author) {
		item.Author = append(item.Author, cslName{a.family, a.given, a.literal})
	}
	return item
}

func cslDateOf(d corpus.Date) *cslDate {
	if d.IsZero() {
		return nil
	}
	parts := []int{d.Year}
	if d.Month > 0 {
		if parts = append(parts, d.Month); d.Day > 0 {
			parts = append(parts, d.Day)
		}
	}
	return &cslDate{[][]int{parts}}
}

// CSL cites as CSL-JSON, a list of one item, line by line.
func (c Citation) CSL() []string {
	var b strings.Builder
	encodeCSL(&b, []cslItem{c.csl()}) // a Builder takes everything
	return strings.Split(strings.TrimSpace(b.String()), "\n")
}

// brokenDate is a date as the encoder breaks it into lines. No text is taken for
// one: in JSON the line ends of texts are escaped.
var brokenDate = regexp.MustCompile(`\{\n\s+"date-parts": \[\n\s+\[\n\s+(\d+)(?:,\n\s+(\d+))?(?:,\n\s+(\d+))?\n\s+\]\n\s+\]\n\s+\}`)

// encodeCSL writes a field a line.
func encodeCSL(w io.Writer, items []cslItem) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(items); err != nil {
		return err
	}
	_, err := w.Write(brokenDate.ReplaceAllFunc(b.Bytes(), func(date []byte) []byte {
		return []byte(strings.NewReplacer("[ ", "[", " ]", "]").Replace(oneLine(string(date))))
	}))
	return err
}

// csl writes the sources as a list of CSL-JSON, with IDs that differ.
func (d Dossier) csl(w io.Writer) error {
	items, used := []cslItem{}, map[string]bool{}
	for _, c := range d.sources() {
		item := c.csl()
		for key, n := item.ID, 2; used[item.ID]; n++ {
			item.ID = fmt.Sprint(key, "-", n)
		}
		used[item.ID] = true
		items = append(items, item)
	}
	return encodeCSL(w, items)
}

// citeKey is the first words of the title and the year.
func citeKey(s index.Source) string {
	words := strings.FieldsFunc(text.Fold(Title(s)), func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	key := strings.Join(words[:min(3, len(words))], "-")
	if !s.Published.IsZero() {
		key += fmt.Sprintf("-%d", s.Published.Year)
	}
	if key == "" {
		return "document"
	}
	return key
}

// Date writes a date in a layout of package time, as far as it is known.
func Date(d corpus.Date, layout string) string {
	if d.Month == 0 {
		layout = strings.ReplaceAll(layout, "January", "")
	}
	if d.Day == 0 {
		layout = strings.TrimSuffix(strings.ReplaceAll(layout, " 2,", ""), " 2")
	}
	if d.Year == 0 && d.Month == 0 {
		return ""
	}
	t := time.Date(max(d.Year, 1), time.Month(max(d.Month, 1)), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
	return strings.Trim(t.Format(layout), " ,")
}

// oneLine folds white space, so that a text stays in its line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// nonEmpty joins the parts that say something.
func nonEmpty(parts []string, sep string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}
