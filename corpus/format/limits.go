package format

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"example.org/attache/corpus/text"
)

// The budget of one document, and of one file. What is over it is refused
// before it costs more: reading takes some 150 bytes of memory a word.
const (
	maxText      = 8 << 20   // bytes of a document's text
	maxWords     = 1_000_000 // words, numbers and signs of it
	maxTags      = 500_000   // tags of a page
	maxBlocks    = 300_000   // paragraphs of a document
	maxItems     = 100_000   // of a feed
	maxCues      = 100_000   // of a recording: some days
	maxField     = 64 << 10  // bytes of a field that are looked at
	maxColumns   = 10_000    // of a table
	maxParted    = 200_000   // signs in a line that part columns, those within texts too
	maxRow       = 16 << 20  // bytes of a row of a table
	maxObject    = 32 << 20  // bytes of an object of JSON
	maxValues    = 300_000   // of an object of JSON, with the names of its keys
	maxAttribute = 100_000   // of an element of XML
	maxDocuments = 250_000   // of a file
)

// checkText refuses what is too much text for one document.
func checkText(t string) error {
	var b budget
	return b.spend(t)
}

// markupShare is how many times the memory of plain text marked-up text takes.
const markupShare = 3

// checkMarkup refuses marked-up text whose parts would take too much memory.
func checkMarkup(t string) error {
	if text.Words(t) > maxWords/markupShare {
		return fmt.Errorf("%w: more than %s words and signs, which is the most that is read with its markup; split it, or save it as plain text", ErrTooBig, thousands(maxWords/markupShare))
	}
	return nil
}

// budget is what a document has used up.
type budget struct{ bytes, words int }

// spend uses up a text.
func (b *budget) spend(t string) error {
	if b.bytes += len(t); b.bytes > maxText {
		return fmt.Errorf("%w: more than %d MB of text, which is the most that is read as one document; split it", ErrTooBig, maxText>>20)
	}
	if b.words += text.Words(t); b.words > maxWords {
		return fmt.Errorf("%w: more than %s words and signs, which is the most that is read as one document; split it", ErrTooBig, thousands(maxWords))
	}
	return nil
}

// checkTags refuses pages with so many tags that taking them apart would take
// more memory than any page is worth.
func checkTags(page string) error {
	if n := strings.Count(page, "<"); n > maxTags {
		return fmt.Errorf("%w: it has %s tags, and at most %s are read; split it, or save it as plain text", ErrTooBig, thousands(n), thousands(maxTags))
	}
	return nil
}

// isWide reports whether a line is cut into more columns than any table has.
func isWide(line string, separator rune) bool {
	return len(line) > maxColumns && strings.Count(line, string(separator)) > maxColumns
}

// asking reads from a reader until the context is over, and ends what takes apart
// what it reads.
type asking struct {
	ctx  context.Context
	from io.Reader
}

func (a asking) Read(b []byte) (int, error) {
	if err := a.ctx.Err(); err != nil {
		return 0, err
	}
	return a.from.Read(b)
}

// thousands writes a number with its thousands parted.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for at := len(s) - 3; at > 0; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return s
}

// parts are the parts of a file that were read.
type parts struct {
	seen   map[string]bool
	base   string // of the last one, which is numbered
	number int    // 0 when it is not
	count  int
}

// again reports whether a part of that name was read already. Of parts that are
// numbered one after the other, of which there may be many, only the last is
// remembered.
func (p *parts) again(name string) bool {
	p.count++
	base, number := partNumber(name)
	if number > 0 && base == p.base && p.number > 0 && number > p.number {
		p.number = number
		return false
	}
	again := p.seen[name]
	if p.seen == nil {
		p.seen = map[string]bool{}
	}
	p.seen[name] = true
	p.base, p.number = base, number
	return again
}

// partNumber parts the name of a part as "#3" from its number, which is 0 when it
// has none.
func partNumber(name string) (base string, number int) {
	at := strings.LastIndexByte(name, '#')
	if at < 0 {
		return name, 0
	}
	number, err := strconv.Atoi(name[at+1:])
	if err != nil || number < 1 {
		return name, 0
	}
	return name[:at], number
}

// mostAlike is how many faults of a file that are the same are told one by one.
const mostAlike = 100

// alike counts the faults of a file that are the same.
type alike struct {
	counts map[string]*fault
	order  []*fault
}

type fault struct {
	err   error
	count int
	last  string // part
}

// tell reports whether a fault of a part is to be told by itself. Faults of too
// many kinds are all told: their texts are short.
func (a *alike) tell(part string, err error) bool {
	if a.counts == nil {
		a.counts = map[string]*fault{}
	}
	f := a.counts[err.Error()]
	if f == nil {
		f = &fault{err: err}
		a.counts[err.Error()] = f
		a.order = append(a.order, f)
	}
	f.count++
	f.last = part
	return f.count <= mostAlike
}

// rest yields how often the faults that were not told occurred.
func (a *alike) rest(yield func(Document, error) bool) bool {
	for _, f := range a.order {
		if more := f.count - mostAlike; more > 0 && !yield(Document{}, fmt.Errorf("%s more parts of it, up to %s: %w", thousands(more), f.last, f.err)) {
			return false
		}
	}
	return true
}
