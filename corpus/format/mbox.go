package format

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"regexp"
	"strconv"
	"strings"
)

// separator matches the line above each mail of a mailbox, with the first field
// of the mail. A line of a mail that begins alike has no time in it.
var separator = regexp.MustCompile(`(?m)^From [^\r\n]*\d\d:\d\d[^\r\n]*\r?\n(?:>?From [^\r\n]*\r?\n)*[!-9;-~]+:`)

var errNoMbox = errors.New("it is no mailbox: no line of it begins a mail; export it again from the mail program")

// readMbox reads the mails of a mailbox, each like a file of its own.
func readMbox(ctx context.Context, f File) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		n := 0
		for message := range mboxMessages(f.Data) {
			n++
			for d, err := range readMail(ctx, File{Path: f.Path, Data: message, Explain: f.Explain, depth: f.depth + 1}) {
				d.Part = "#" + strconv.Itoa(n) + d.Part
				if ctx.Err() != nil || !yield(d, err) {
					return
				}
			}
		}
		if n == 0 {
			yield(Document{}, errNoMbox)
		}
	}
}

// mboxMessages yields the mails of a mailbox, without the line above them.
func mboxMessages(data []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		begin := -1 // of the mail under way
		for at := 0; at < len(data); {
			m := separator.FindIndex(data[at:])
			if m == nil {
				break
			}
			start := at + m[0]
			_, line, _ := bytes.Cut(data[start:], []byte("\n"))
			if start == 0 || endsInBlankLine(data[:start]) {
				if begin >= 0 && !yield(unescapeFrom(data[begin:start])) {
					return
				}
				begin = len(data) - len(line)
			}
			at = len(data) - len(line)
		}
		if begin >= 0 {
			yield(unescapeFrom(data[begin:]))
		}
	}
}

func endsInBlankLine(data []byte) bool {
	return bytes.HasSuffix(data, []byte("\n\n")) || bytes.HasSuffix(data, []byte("\n\r\n"))
}

var escapedFrom = regexp.MustCompile(`(?m)^>(>*From )`)

// unescapeFrom takes back what mail programs write before lines of a mail that
// begin like a separator.
func unescapeFrom(message []byte) []byte {
	return escapedFrom.ReplaceAll(message, []byte("$1"))
}

// isMbox reports whether a file begins like a mailbox.
func isMbox(data []byte) bool {
	return strings.HasPrefix(string(data[:min(len(data), 5)]), "From ") && separator.Match(data[:min(len(data), 2048)])
}
