package format

import (
	_ "embed"
	"net/mail"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"example.org/attache/corpus/date"
)

//go:embed mail_words.txt
var mailWordsFile string

// mailWords are the words of one line of mail_words.txt, by their name.
var mailWords = sync.OnceValue(func() map[string]map[string]bool {
	words := map[string]map[string]bool{}
	for line := range strings.Lines(mailWordsFile) {
		name, list, ok := strings.Cut(line, ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		if words[name] == nil {
			words[name] = map[string]bool{}
		}
		for w := range strings.FieldsSeq(list) {
			words[name][strings.ReplaceAll(w, "_", " ")] = true
		}
	}
	return words
})

// quotedMail is a mail that another one has below its own text.
type quotedMail struct {
	forwarded bool // passed on, not answered
	author    string
	subject   string
	sent      date.Date
	lines     []string
}

// splitMail finds the lines of a mail that its sender wrote, and the mail below
// them that it answers or passes on, nil when there is none. Lines that are
// quoted with > are not the sender's, nor is the line above that says who wrote
// them, nor a signature.
func splitMail(lines []string) (own []int, quoted *quotedMail) {
	signed := false
	for i, line := range lines {
		if head, n := mailHead(lines[i:]); n > 0 {
			head.lines = lines[i+n:]
			return withoutRule(lines, own), &head
		}
		switch {
		case signed:
		case line == "-- ":
			signed = true
		case strings.HasPrefix(line, ">"):
			own = withoutAttribution(lines, own)
		default:
			own = append(own, i)
		}
	}
	return own, nil
}

// document makes a document of a mail that is passed on.
func (q *quotedMail) document() Document {
	d := Document{Part: "#forwarded", Title: q.subject, Author: q.author, Published: q.sent}
	own, _ := splitMail(q.lines)
	d.Blocks = plainBlocks(strings.Join(picked(q.lines, own), "\n"))
	return d
}

// picked returns the items that have these numbers.
func picked[T any](all []T, numbers []int) []T {
	var some []T
	for _, i := range numbers {
		some = append(some, all[i])
	}
	return some
}

// mailHead reads what is above an answered or forwarded mail, and returns
// how many of the lines it takes, 0 when they begin none: a line that says so
// between dashes, the fields From, Sent, To and Subject, or both.
func mailHead(lines []string) (head quotedMail, n int) {
	first := plainLine(lines[0])
	switch mark := strings.ToLower(strings.TrimSpace(strings.Trim(first, "-_—– \t:"))); {
	case mark == "":
	case strings.HasPrefix(first, "--") && mailWords()["answered"][mark]:
		n = 1
	case strings.HasPrefix(first, "--") && mailWords()["forwarded"][mark], mailWords()["begin"][mark]:
		n, head.forwarded = 1, true
	}
	if field, _ := fieldOf(first); n == 0 && field != "from" {
		return quotedMail{}, 0
	}
	fields, taken := mailFields(lines[n:])
	switch {
	case fields["from"] != "" && len(fields) > 2, n > 0 && len(fields) > 1:
		head.author, head.subject, head.sent = senderName(fields["from"]), fields["subject"], date.Parse(fields["sent"])
		return head, n + taken
	case n > 0:
		return head, n
	}
	return quotedMail{}, 0
}

// mailFields reads the fields that lines begin with, and returns how many lines
// they take.
func mailFields(lines []string) (map[string]string, int) {
	const most = 24 // lines
	lines = lines[:min(len(lines), most)]
	fields, last := map[string]string{}, ""
	for i, line := range lines {
		line = plainLine(line)
		switch field, value := fieldOf(line); {
		case line == "" && len(fields) == 0:
		case field == "other":
			last = "to"
		case field != "" && fields[field] == "":
			fields[field], last = value, field
		case last == "to" && strings.Contains(line, "@"): // addressees on several lines
		default:
			return fields, i
		}
	}
	return fields, len(lines)
}

// plainLine is a line without the emphasis that programs leave around labels.
func plainLine(line string) string {
	line = strings.TrimSpace(strings.ReplaceAll(line, "\u00a0", " "))
	if strings.HasPrefix(line, "*") {
		line = strings.TrimSpace(strings.ReplaceAll(line, "*", ""))
	}
	return line
}

// fieldOf returns which field of a head a line gives, "from", "sent", "to",
// "subject" or "other", and its value; empty for none.
func fieldOf(line string) (field, value string) {
	const longest = 40 // bytes of a label
	at := strings.IndexAny(line[:min(len(line), longest)], ":：")
	if at <= 0 {
		return "", ""
	}
	_, size := utf8.DecodeRuneInString(line[at:])
	label := strings.ToLower(strings.TrimSpace(line[:at]))
	for _, field := range []string{"from", "sent", "to", "subject", "other"} {
		if mailWords()[field][label] {
			return field, strings.TrimSpace(line[at+size:])
		}
	}
	return "", ""
}

// senderName takes the name from a field such as "Otto Braun <otto@a.example>".
func senderName(from string) string {
	if a, err := mail.ParseAddress(from); err == nil {
		return a.Name
	}
	name, _, _ := strings.Cut(from, "<")
	name, _, _ = strings.Cut(name, "[")
	if strings.Contains(name, "@") {
		return ""
	}
	return strings.Trim(strings.TrimSpace(name), `"'`)
}

var clockTime = regexp.MustCompile(`\d{1,2}[:.h]\d{2}`)

// withoutAttribution takes the lines from the end of own that say who wrote
// what is quoted below: "On Mon, 13 May 2024 at 8:00, Otto Braun wrote:".
func withoutAttribution(lines []string, own []int) []int {
	const longest, most = 250, 3 // bytes, lines
	end := len(own)
	for end > 0 && strings.TrimSpace(lines[own[end-1]]) == "" {
		end--
	}
	joined, from := "", len(own) // where the line begins that names an address
	for i := end - 1; i >= max(0, end-most) && strings.TrimSpace(lines[own[i]]) != ""; i-- {
		joined = strings.TrimSpace(lines[own[i]] + " " + joined)
		switch {
		case len(joined) > longest || !strings.HasSuffix(joined, ":") && !strings.HasSuffix(joined, "："):
			return own[:from]
		case clockTime.MatchString(joined) || date.Parse(joined).Day > 0:
			return own[:i]
		case strings.Contains(joined, "@"):
			from = min(from, i)
		}
	}
	return own[:from]
}

// withoutRule takes the lines from the end of own that are drawn above an
// answered mail.
func withoutRule(lines []string, own []int) []int {
	for len(own) > 0 && strings.Trim(lines[own[len(own)-1]], "_-—* \t") == "" {
		own = own[:len(own)-1]
	}
	return own
}

// passesOn reports whether a subject says that the mail passes another one on.
func passesOn(subject string) bool {
	prefix, _, ok := strings.Cut(strings.ReplaceAll(subject, "：", ":"), ":")
	return ok && mailWords()["passes"][strings.ToLower(strings.TrimSpace(prefix))]
}

// unflow joins the lines of a text of format=flowed (RFC 3676): a line that ends
// in a space goes on in the next, without that space where delsp says so.
func unflow(t string, delsp bool) string {
	var b strings.Builder
	flows, depth := false, 0 // the line before goes on; how deep it is quoted
	for line := range strings.SplitSeq(t, "\n") {
		rest := strings.TrimLeft(line, ">")
		deep := len(line) - len(rest)
		rest = strings.TrimPrefix(rest, " ")
		signs := rest == "-- "
		if (!flows || deep != depth || signs) && b.Len() > 0 {
			b.WriteByte('\n')
		}
		if (!flows || deep != depth || signs) && deep > 0 {
			b.WriteString(strings.Repeat(">", deep))
		}
		flows, depth = strings.HasSuffix(rest, " ") && !signs, deep
		if flows && delsp {
			rest = rest[:len(rest)-1]
		}
		b.WriteString(rest)
	}
	return b.String()
}
