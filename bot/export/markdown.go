package export

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode"

	"example.org/attache/bot/command/words"
)

// markdown writes the dossier as Markdown with footnotes. Each line that begins
// with > is document text, and nothing else is.
func (d Dossier) markdown(w io.Writer) error {
	out := bufio.NewWriter(w)
	put := func(format string, args ...any) { fmt.Fprintf(out, format, args...) }
	put("# %s\n", plain(d.Title))
	for _, line := range d.head() {
		put("\n%s\n", plain(line))
	}
	var notes []string
	for _, g := range d.Groups {
		if g.Heading != "" {
			put("\n## %s\n", plain(g.Heading))
		}
		for _, r := range g.Remarks {
			put("\n%s\n", plain(r))
		}
		for i, q := range g.Quotes {
			if lead := g.lead(d.Words, q); lead != "" {
				put("\n**%s**\n", plain(lead))
			}
			put("\n> ")
			for piece, marked := range q.pieces {
				piece = plain(piece)
				if marked {
					piece = emphasised(piece)
				}
				put("%s", piece)
			}
			if g.cited(i) {
				notes = append(notes, q.markdownNote(d.Words))
				put("[^%d]", len(notes))
			}
			put("\n")
		}
	}
	if len(notes) > 0 {
		put("\n")
	}
	for i, n := range notes {
		put("[^%d]: %s\n", i+1, n)
	}
	return out.Flush()
}

// head is what is between the title and the quotes: how the dossier was
// narrowed, what to know of it, and when it was made.
func (d Dossier) head() (lines []string) {
	if d.Narrowed != "" {
		lines = append(lines, d.Narrowed)
	}
	lines = append(lines, d.Remarks...)
	made := words.M{"Count": d.Quotes(), "Date": d.Words.Date(d.Made.Year(), int(d.Made.Month()), d.Made.Day())}
	return append(lines, d.Words.Say("export.made", made))
}

// lead is what is above a quote: what it shows, who says it, and when it was
// printed. The paragraphs of a passage have none.
func (g Group) lead(w words.Catalogue, q Quote) string {
	if g.Passage {
		return ""
	}
	by := w.Isolate(q.Speaker)
	if by != "" && q.Reported {
		by += " " + w.Say("cited.reported")
	}
	return nonEmpty([]string{w.Isolate(q.Label), by, dated(w, q.Source.Published)}, " · ")
}

func (q Quote) markdownNote(w words.Catalogue) string {
	before, address, after := q.note(w)
	if address = linkable(address); address != "" {
		address = "<" + address + ">"
	}
	return plain(before) + address + plain(after) + plain(q.alsoIn(w))
}

// alsoIn names the other documents that print the same.
func (q Quote) alsoIn(w words.Catalogue) string {
	if len(q.Also) == 0 {
		return ""
	}
	return " " + w.Say("cited.also", words.M{"Titles": strings.Join(q.Also, "; ")})
}

// linkable is a web address as it can stand where a link is written; empty
// where it is none.
func linkable(s string) string {
	lower := strings.ToLower(s)
	if !strings.HasPrefix(lower, "https://") && !strings.HasPrefix(lower, "http://") {
		return ""
	}
	var b strings.Builder
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// emphasised sets words off; Markdown wants no white space within the marks.
func emphasised(s string) string {
	inner := strings.TrimSpace(s)
	if inner == "" {
		return s
	}
	from := strings.Index(s, inner)
	return s[:from] + "**" + inner + "**" + s[from+len(inner):]
}

// Signs that Markdown, or HTML in it, could take for its own: anywhere, and at
// the beginning of a line.
var (
	signs     = regexp.MustCompile("[\\\\`*_\\[\\]<>|~&$^]|:/|@")
	beginning = regexp.MustCompile(`^(#|\+|-|=|:|\d+[.)])`)
	spaces    = regexp.MustCompile(`\s+`)
)

// plain writes a text so that Markdown shows it as it is, in one line.
func plain(s string) string {
	s = strings.Map(printable, spaces.ReplaceAllString(s, " "))
	s = signs.ReplaceAllStringFunc(s, func(sign string) string { return `\` + sign })
	return beginning.ReplaceAllStringFunc(s, func(start string) string {
		last := len(start) - 1
		return start[:last] + `\` + start[last:]
	})
}

// printable drops what can't be seen.
func printable(r rune) rune {
	if unicode.IsControl(r) || r == '\ufffe' || r == '\uffff' {
		return -1
	}
	return r
}
