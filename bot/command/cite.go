package command

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"example.org/attache/bot/command/words"
	"example.org/attache/corpus"
	"example.org/attache/corpus/text"
	"example.org/attache/index"
)

// cite shows how to cite the document of a quote. It needs only the document,
// which may have changed since.
func cite(ctx context.Context, b *Bot, _ *Call, args string) (Reply, error) {
	ix, err := b.ready()
	if err != nil {
		return Reply{}, err
	}
	parts := strings.SplitN(args, ":", 4)
	if len(parts) != 4 {
		return Reply{}, tell("action.unknown")
	}
	s, err := source(ctx, ix, parts[3])
	if err != nil {
		return Reply{}, err
	}
	s.Title = cmp.Or(s.Title, b.opening(s.Document))
	return Reply{Tone: Listing, Title: words.Say("cite.title"), Sections: []Section{
		{Heading: words.Say("cite.chicago"), Lines: []string{chicago(s)}, Code: true},
		{Heading: words.Say("cite.apa"), Lines: []string{apa(s)}, Code: true},
		{Heading: words.Say("cite.bibtex"), Lines: bibtex(s), Code: true},
	}}, nil
}

// named is the title of a document, or its name where it has none.
func named(s index.Source) string {
	if s.Title == "" {
		return s.Document
	}
	return s.Title
}

// sentence ends s with a full stop, unless it has its own mark, if need be
// before what closes a quotation.
func sentence(s string) string {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, quotationMarks+")"))
	if s == "" || strings.ContainsRune(".?!…。！？؟", last) {
		return s
	}
	return s + "."
}

// recognised says of a document that it is cited as a program made it out.
func recognised(s index.Source) string {
	if !s.Recognised {
		return ""
	}
	return words.Say("cite.recognised")
}

// chicago cites in the notes-and-bibliography style of the Chicago Manual.
func chicago(s index.Source) string {
	title := sentence(named(s))
	parts := []string{sentence(s.Author), "“" + title + "”", sentence(nonEmpty([]string{s.Publisher, written(s.Published, "January 2, 2006")}, ", ")), sentence(s.URL), recognised(s)}
	return nonEmpty(parts, " ")
}

// apa cites in the style of the American Psychological Association.
func apa(s index.Source) string {
	date := "n.d."
	if d := s.Published; !d.IsZero() {
		date = written(d, "2006, January 2")
	}
	parts := []string{sentence(s.Author), sentence(named(s)), "(" + date + ").", sentence(s.Publisher), s.URL, recognised(s)}
	if s.Author != "" {
		parts[1], parts[2] = parts[2], parts[1]
	}
	return nonEmpty(parts, " ")
}

// bibtex cites as an entry of a BibTeX file.
func bibtex(s index.Source) []string {
	lines := []string{"@misc{" + citeKey(s) + ","}
	year, month := "", ""
	if !s.Published.IsZero() {
		year = fmt.Sprint(s.Published.Year)
		month = written(corpus.Date{Month: s.Published.Month}, "January")
	}
	for _, f := range [][2]string{{"author", texText.Replace(s.Author)}, {"title", texText.Replace(named(s))},
		{"howpublished", texText.Replace(s.Publisher)}, {"year", year}, {"month", month}, {"url", texAddress.Replace(s.URL)}, {"note", recognised(s)}} {
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

// citeKey is the first words of the title and the year.
func citeKey(s index.Source) string {
	words := strings.FieldsFunc(text.Fold(named(s)), func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	key := strings.Join(words[:min(3, len(words))], "-")
	if !s.Published.IsZero() {
		key += fmt.Sprintf("-%d", s.Published.Year)
	}
	if key == "" {
		return "document"
	}
	return key
}

// written writes a date in a layout of package time, as far as it is known.
func written(d corpus.Date, layout string) string {
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
