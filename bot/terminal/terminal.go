// Package terminal is the front for people at a terminal: it reads lines, and
// prints the replies of package command.
//
// A [Printer] renders one reply; a [Prompt] is the conversation. What documents
// and users wrote is printed without anything that a terminal could take for
// an order.
package terminal

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
	"example.org/attache/bot/export"
	"example.org/attache/corpus/speech"
	"example.org/attache/index"
)

// Printer prints replies.
type Printer struct {
	Out     io.Writer
	Width   int  // columns to wrap at; 0: lines are not wrapped
	Colour  bool // the terminal shows colours
	Numbers bool // actions are listed with the numbers that choose them
}

// The styles of a terminal, as SGR codes.
const (
	bold  = "1"
	faint = "2"
	title = "1;36"
	mark  = "1;33" // the words that bear on the question
)

func (p Printer) style(code, s string) string {
	if !p.Colour || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// Print writes one reply. Each line that begins with > is document text, and
// nothing else is.
func (p Printer) Print(r command.Reply) error {
	var w strings.Builder
	if head := head(r); head != "" {
		w.WriteString(p.block("", p.style(title, Plain(head))))
	}
	number := 0
	for _, s := range r.Sections {
		p.section(&w, r.Words, s, &number)
	}
	if len(r.Notes) > 0 && w.Len() > 0 {
		w.WriteByte('\n')
	}
	for _, n := range r.Notes {
		w.WriteString(p.block("", Plain(n)))
	}
	p.actions(&w, r.Actions, &number)
	for _, m := range r.Menus {
		p.menu(&w, m, &number)
	}
	_, err := io.WriteString(p.Out, w.String())
	return err
}

// head is the first line of a reply: "What did he say? · since 2023".
func head(r command.Reply) string {
	var parts []string
	if r.Title != "" {
		parts = append(parts, r.Title)
	}
	for o, v := range r.Narrowed() {
		parts = append(parts, o.Label(r.Words)+" "+r.Words.Isolate(v))
	}
	return strings.Join(parts, " · ")
}

func (p Printer) section(w *strings.Builder, own words.Catalogue, s command.Section, number *int) {
	if w.Len() > 0 {
		w.WriteByte('\n')
	}
	if s.Heading != "" {
		w.WriteString(p.block("", p.style(bold, Plain(s.Heading))))
	}
	lines := p
	if s.Code {
		lines.Width = 0 // what is copied has no line ends of ours
	}
	for _, l := range s.Lines {
		w.WriteString(lines.block("", Plain(l)))
	}
	for _, u := range s.Usages {
		w.WriteString(p.block("", Plain(u.Form+": "+u.Help)))
	}
	for _, source := range s.Sources {
		w.WriteString(p.block("", Plain(listed(own, source))))
	}
	for i, q := range s.Quotes {
		if i > 0 || len(s.Lines) > 0 || s.Heading != "" {
			w.WriteByte('\n')
		}
		follows := i > 0 && !s.Passage && q.Follows(s.Quotes[i-1])
		if follows && (i == 1 || !s.Quotes[i-1].Follows(s.Quotes[i-2])) {
			w.WriteString(p.block("  ", p.style(faint, own.Say("cited.same"))))
		}
		if q.Label != "" {
			w.WriteString(p.block("", p.style(bold, Plain(q.Label))))
		}
		w.WriteString(p.block("> ", p.emphasised(q)))
		switch {
		case s.Passage && i < len(s.Quotes)-1, follows && q.Speaker == "":
		case follows:
			w.WriteString(p.block("  ", p.style(faint, Plain("— "+speaker(own, q)))))
		default:
			w.WriteString(p.block("  ", p.style(faint, Plain(citation(own, q)))))
		}
		p.actions(w, q.Actions, number)
	}
}

// speaker names who says a quote, and says where the document only reports it.
func speaker(w words.Catalogue, q command.Quote) string {
	if q.Speaker != "" && q.Kind == speech.Reported.String() {
		return w.Isolate(q.Speaker) + " " + w.Say("cited.reported")
	}
	return w.Isolate(q.Speaker)
}

func (p Printer) actions(w *strings.Builder, actions []command.Action, number *int) {
	if !p.Numbers || len(actions) == 0 {
		return
	}
	labels := make([]string, 0, len(actions))
	for _, a := range actions {
		labels = append(labels, numbered(a, number))
	}
	w.WriteString(p.block("  ", p.style(faint, strings.Join(labels, "   "))))
}

// numbered is an action with the number that chooses it, where it can be chosen.
func numbered(a command.Action, number *int) string {
	if a.ID == "" {
		return Plain(a.Label)
	}
	*number++
	return fmt.Sprintf("/%d %s", *number, Plain(a.Label))
}

// menu lists the actions of a menu, a line each. Where they can't be chosen,
// only those that the reply asks about.
func (p Printer) menu(w *strings.Builder, m command.Menu, number *int) {
	if !p.Numbers && !m.Asks || len(m.Actions) == 0 {
		return
	}
	if !m.Asks {
		w.WriteString(p.block("  ", p.style(faint, Plain(m.Label))))
	}
	for _, a := range m.Actions {
		line, margin := Plain(a.Label), ""
		if p.Numbers {
			line, margin = numbered(a, number), "  "
		}
		if a.Detail != "" {
			line += " · " + Plain(a.Detail)
		}
		w.WriteString(p.block(margin, p.style(faint, line)))
	}
}

// emphasised is the text of a quote with the words that bear on the question
// standing out.
func (p Printer) emphasised(q command.Quote) string {
	var w strings.Builder
	at := 0
	for _, s := range q.Bold {
		w.WriteString(Plain(q.Text[at:s.Start]))
		w.WriteString(p.style(mark, Plain(q.Text[s.Start:s.End])))
		at = s.End
	}
	w.WriteString(Plain(q.Text[at:]))
	return w.String()
}

// citation says who says a quote and where it is printed: "— Park Jin, in Title
// (Publisher, 2023-11-02), folder/name.txt, https://…".
func citation(w words.Catalogue, q command.Quote) string {
	s := "— "
	if by := speaker(w, q); by != "" {
		s += by + ", " + w.Say("cited.in") + " "
	}
	s += w.Isolate(export.Title(q.Source))
	var facts []string
	for _, f := range []string{w.Isolate(q.Source.Publisher), w.Isolate(q.Source.Published.String())} {
		if f != "" {
			facts = append(facts, f)
		}
	}
	if at := export.Clock(q.Second); at != "" {
		facts = append(facts, at)
	}
	if q.Page > 0 {
		facts = append(facts, w.Say("cited.page", words.M{"Page": q.Page}))
	}
	facts = append(facts, command.Caveats(w, q.Source)...)
	if len(facts) > 0 {
		s += " (" + strings.Join(facts, ", ") + ")"
	}
	if q.Source.Title != "" {
		s += ", " + w.Isolate(q.Source.Document)
	}
	if q.Source.URL != "" {
		s += ", " + q.Source.URL
	}
	if len(q.Also) > 0 {
		s += " " + w.Say("cited.also", words.M{"Titles": strings.Join(q.AlsoIn(w), "; ")})
	}
	return s
}

// listed describes a document of a list: "Title (Publisher, 2024-08-28), 512
// words: folder/name.txt".
func listed(w words.Catalogue, s index.Source) string {
	var facts []string
	for _, f := range []string{w.Isolate(s.Publisher), w.Isolate(s.Published.String())} {
		if f != "" {
			facts = append(facts, f)
		}
	}
	line := w.Isolate(export.Title(s))
	if len(facts) > 0 {
		line += " (" + strings.Join(facts, ", ") + ")"
	}
	line = strings.Join(append([]string{line, w.Say("count.words", words.M{"Count": s.Words})}, command.Caveats(w, s)...), ", ")
	if s.Title != "" {
		line += ": " + w.Isolate(s.Document)
	}
	return line
}

// block wraps s and begins each of its lines with prefix. Without a prefix it
// is the bot's own words, of which no line begins with >.
func (p Printer) block(prefix, s string) string {
	var w strings.Builder
	for _, line := range p.wrap(s, p.Width-len(prefix)) {
		if prefix == "" && strings.HasPrefix(ansi.Strip(line), ">") {
			line = " " + line
		}
		w.WriteString(prefix + line + "\n")
	}
	return w.String()
}

// wrap breaks s between words into lines of so many columns; a word that is
// longer, as names of documents are, keeps whole where a terminal can hold it.
func (p Printer) wrap(s string, width int) []string {
	if p.Width <= 0 {
		return []string{s}
	}
	width = max(width, 20)
	lines, used := []string{""}, 0
	for i, word := range strings.Split(s, " ") {
		n := ansi.StringWidth(word)
		switch {
		case i > 0 && used+1+n <= width:
			lines[len(lines)-1] += " "
			used++
		case i > 0:
			lines, used = append(lines, ""), 0
		}
		parts := strings.Split(ansi.Hardwrap(word, width, true), "\n")
		lines[len(lines)-1] += parts[0]
		lines = append(lines, parts[1:]...)
		used += ansi.StringWidth(parts[len(parts)-1])
		if len(parts) > 1 {
			used = ansi.StringWidth(parts[len(parts)-1])
		}
	}
	return lines
}

// PlainLines is Plain of each line of s.
func PlainLines(s string) string {
	var w strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		w.WriteString(Plain(line) + "\n")
	}
	return strings.TrimSuffix(w.String(), "\n")
}

// Plain returns s without the characters that a terminal could take for an
// order or that change how the rest is read: controls, escape sequences, and
// marks of direction but those that isolate a text and end where they should. Line
// breaks become spaces.
func Plain(s string) string {
	balanced := words.Balanced(s)
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029':
			return ' '
		case r == '\u200c' || r == '\u200d': // joiners, which some scripts need
			return r
		case (r == '\u2068' || r == '\u2069') && balanced:
			return r
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, ansi.Strip(strings.ToValidUTF8(s, "\ufffd")))
}
