package format

import (
	"context"
	"regexp"
	"strings"

	"example.org/attache/corpus/date"
	"example.org/attache/corpus/text"
)

// markupRules tell how the headings, commands and links of a plain format of writers
// look: reStructuredText, AsciiDoc, Org.
type markupRules struct {
	heading   *regexp.Regexp // a heading in a line: its marks, its text
	underline bool           // headings are underlined
	field     *regexp.Regexp // a line above the text that tells a field: its name, its value
	command   *regexp.Regexp // a line that is no text
	block     *regexp.Regexp // the line above text that is set in, which is a block of its own; its name
	byline    bool           // below the title stand author and date
	fence     *regexp.Regexp // the line above and below a block of another kind
	inline    []replacement
}

// replacement is what stands for markup within a line.
type replacement struct {
	expr *regexp.Regexp
	by   string
}

func swap(expr, by string) replacement { return replacement{regexp.MustCompile(expr), by} }

var markups = map[string]markupRules{
	".rst": {
		underline: true,
		field:     regexp.MustCompile(`^:([A-Za-z][\w ]*):\s+(.+)$`),
		command:   regexp.MustCompile(`^\s*(?:\.\.(?:\s+_[^:]+:.*|\s+\|[^|]+\|.*|\s*$|\s+[^\[].*)|:[\w-]+:\s*.*)$`),
		block:     regexp.MustCompile(`^\s*\.\.\s+([\w-]+)::`),
		inline: []replacement{
			swap("``([^`]+)``", "$1"), swap(":[\\w:+.-]+:`([^`<]+?)\\s*(?:<[^`>]*>)?`", "$1"), swap("`([^`<]+?)\\s*<[^`>]*>`__?", "$1"), swap("`([^`]+)`__?", "$1"),
			swap(`\s?\[(?:#[\w-]*|\d+|\*)\]_`, ""), swap(`\*\*([^*\n]+)\*\*`, "$1"), swap(`(^|[\s("'])\*([^*\s][^*\n]*)\*`, "$1$2"), swap(`\|([\w -]+)\|_?`, "$1"), swap(`\b(\w+)_\b`, "$1"),
		},
	},
	".adoc": {
		byline:  true,
		heading: regexp.MustCompile(`^(={1,6}|#{1,6})\s+(.+?)(?:\s+=+)?$`),
		field:   regexp.MustCompile(`^:([A-Za-z][\w-]*):\s*(.*)$`),
		command: regexp.MustCompile(`^(?://(?:[^/].*)?|\[[^\]]*\]|(?:image|video|audio|include|toc|ifdef|ifndef|endif|ifeval)::.*|:[\w!-]+:.*|'''|<<<|\+|\.[A-Z][^.]*)$`),
		fence:   regexp.MustCompile(`^(?:={4,}|-{4,}|\.{4,}|\*{4,}|_{4,}|\+{4,}|/{4,}|--|\|===)$`),
		inline: []replacement{
			swap(`\s?footnote(?:ref)?:[\w-]*\[[^\]]*\]`, ""), swap(`(?:link:|xref:|mailto:)\S*?\[([^\]]*)\]`, "$1"), swap(`https?://[^\s\[]+\[([^\]]+)\]`, "$1"), swap(`<<[^,>]+,\s*([^>]+)>>`, "$1"),
			swap(`image:[^\s\[]*\[[^\]]*\]`, ""), swap(`\[[.#%][^\]]*\]#([^#]+)#`, "$1"), swap(`\*\*?([^*\n]+)\*\*?`, "$1"), swap("`([^`]+)`", "$1"), swap(`(^|[\s("'])_([^_\s][^_\n]*)_`, "$1$2"),
		},
	},
	".org": {
		heading: regexp.MustCompile(`^(\*+)\s+(?:(?:TODO|DONE|NEXT|WAIT(?:ING)?|CANCELL?ED)\s+)?(?:\[#[A-Z]\]\s+)?(.+?)(?:\s+:[\w@:]+:)?$`),
		field:   regexp.MustCompile(`^#\+(\w+):\s*(.*)$`),
		command: regexp.MustCompile(`^\s*(?:#(?:\s.*|\+.*)?|:[\w-]+:.*|(?:CLOSED|SCHEDULED|DEADLINE):.*|CLOCK:.*)$`),
		inline: []replacement{
			swap(`\s?\[fn:[^\]]*\]`, ""), swap(`\[\[[^\]]*\]\[([^\]]*)\]\]`, "$1"), swap(`\[\[(?:file:|image:)?[^\]]*\.(?:png|jpe?g|gif|svg)\]\]`, ""), swap(`\[\[([^\]]*)\]\]`, "$1"),
			swap(`(^|[\s("'{])[*/_=~+]([^\s*/_=~+](?:[^\n]*?[^\s])?)[*/_=~]([\s.,;:!?'")}-]|$)`, "$1$2$3"),
		},
	},
}

// readMarkup reads a text of a plain format of writers: its paragraphs and
// headings, and what its first lines tell of it.
func readMarkup(_ context.Context, f File) (Document, error) {
	t, err := text.Decode(f.Data, "")
	if err != nil {
		return Document{}, err
	}
	ext := f.extension()
	switch ext {
	case ".rest":
		ext = ".rst"
	case ".asciidoc", ".asc":
		ext = ".adoc"
	}
	r := markupReader{markupRules: markups[ext], lines: strings.Split(t, "\n")}
	r.read()
	return r.doc, nil
}

// markupReader goes through the lines of such a text.
type markupReader struct {
	markupRules
	lines  []string
	doc    Document
	body   []string // lines of the paragraph under way
	titled bool
	asides int // how far text is set in that belongs to a command; 0: none
}

func (r *markupReader) read() {
	for i := 0; i < len(r.lines); i++ {
		line := strings.TrimRight(r.lines[i], " \t")
		if r.asides > 0 && line != "" && indent(line) < r.asides {
			r.asides = 0
		}
		switch {
		case line == "":
			r.end()
		case r.asides > 0:
		case r.heading != nil && r.isHeading(line):
			i += r.bylines(r.lines[i+1:])
		case r.underline && r.overlined(i):
			r.end()
		case r.underline && i+1 < len(r.lines) && isUnderline(line, r.lines[i+1]):
			r.end()
			r.head(line)
			i++
		case r.isField(line):
		case r.fence != nil && r.fence.MatchString(line):
			r.end()
		case r.block != nil && r.block.MatchString(line):
			r.end()
			r.directive(line)
		case r.isNote(line):
		case r.command.MatchString(line):
			r.end()
		default:
			if first := strings.TrimLeft(line, " \t"); len(r.body) > 0 && isItem(first) {
				r.end()
			}
			r.body = append(r.body, line)
		}
	}
	r.end()
}

// isHeading takes a line that is a heading.
func (r *markupReader) isHeading(line string) bool {
	m := r.heading.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	r.end()
	r.head(m[2])
	return true
}

// bylines takes author and date from the lines directly below the title, and
// returns how many they are.
func (r *markupReader) bylines(lines []string) (n int) {
	if !r.byline || len(r.doc.Blocks) != 1 || r.doc.Author != "" {
		return 0
	}
	for n < min(len(lines), 2) && lines[n] != "" && !strings.HasPrefix(lines[n], ":") && !r.command.MatchString(lines[n]) {
		if d := date.Parse(lines[n]); n > 0 && !d.IsZero() {
			r.doc.Published = d
		} else if name, _, _ := strings.Cut(lines[n], "<"); n == 0 {
			r.doc.metadata("author", name)
		}
		n++
	}
	return n
}

// head takes a heading; the first is the title where none is given.
func (r *markupReader) head(line string) {
	kind := Heading
	if !r.titled && len(r.doc.Blocks) == 0 {
		kind, r.titled = Title, true
	}
	if t := r.plain(line); t != "" {
		r.doc.Blocks = append(r.doc.Blocks, Block{Text: t, Kind: kind})
	}
}

// isField takes a line above the text that says what the text is.
func (r *markupReader) isField(line string) bool {
	if len(r.body) > 0 || r.field == nil {
		return false
	}
	m := r.field.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	for _, b := range r.doc.Blocks {
		if b.Kind == Body {
			return r.command.MatchString(line)
		}
	}
	if name := strings.ToLower(m[1]); name == "revdate" {
		r.doc.metadata("date", m[2])
	} else {
		r.doc.metadata(name, strings.Trim(m[2], "<>[]"))
	}
	return true
}

var restNote = regexp.MustCompile(`^\.\.\s+\[(?:#[\w-]*|\d+|\*)\]\s+(.*)$`)
var orgNote = regexp.MustCompile(`^\[fn:[^\]]+\]\s+(.*)$`)

// isNote takes the text of a note, which is a paragraph of its own.
func (r *markupReader) isNote(line string) bool {
	for _, expr := range []*regexp.Regexp{restNote, orgNote} {
		if m := expr.FindStringSubmatch(line); m != nil {
			r.end()
			r.body = append(r.body, m[1])
			return true
		}
	}
	return false
}

var directiveText = set("note warning tip important caution danger hint attention error admonition epigraph highlights pull-quote compound container topic sidebar rubric versionadded versionchanged deprecated seealso")

// directive takes a command of reStructuredText: the text that is set in below
// it is text in a box, else none.
func (r *markupReader) directive(line string) {
	name := r.block.FindStringSubmatch(line)[1]
	_, rest, _ := strings.Cut(line, "::")
	r.asides = indent(line) + 2
	if directiveText[name] {
		if rest = strings.TrimSpace(rest); rest != "" && name != "admonition" && name != "topic" && name != "sidebar" {
			r.body = append(r.body, rest)
		}
		r.asides = 0
	}
}

// overlined reports whether a line is drawn above a heading.
func (r *markupReader) overlined(i int) bool {
	return i+2 < len(r.lines) && isRule(r.lines[i]) && isRule(r.lines[i+2]) && strings.TrimSpace(r.lines[i+1]) != ""
}

// end ends the paragraph under way.
func (r *markupReader) end() {
	if t := r.plain(joinLines(r.body)); t != "" && strings.Trim(t, "=-~^\"'`+*#|. ") != "" {
		r.doc.Blocks = append(r.doc.Blocks, Block{Text: t})
	}
	r.body = nil
}

// plain returns a text without its markup.
func (r *markupReader) plain(t string) string {
	for _, m := range r.inline {
		t = m.expr.ReplaceAllString(t, m.by)
	}
	return strings.TrimSpace(t)
}

// isUnderline reports whether next underlines a heading.
func isUnderline(line, next string) bool {
	return isRule(next) && len([]rune(strings.TrimSpace(next))) >= len([]rune(strings.TrimSpace(line))) && !isRule(line) && indent(line) <= 1
}

// isRule reports whether a line is nothing but one mark, again and again.
func isRule(line string) bool {
	line = strings.TrimSpace(line)
	return len(line) > 2 && strings.ContainsRune("=-~^\"'`+*#:._<>", rune(line[0])) && strings.Trim(line, line[:1]) == ""
}

var listItem = regexp.MustCompile(`^(?:[-*+•.]+|\d+[.)]|[a-z][.)]|#\.)\s`)

func isItem(line string) bool { return listItem.MatchString(line) }
