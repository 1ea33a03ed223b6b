package record

import (
	"slices"
	"strings"

	"example.org/attache/corpus/format"
)

// marker cuts the labels from the blocks of a talk and gives each block its voice, one
// after the other.
type marker struct {
	*reader
	out   []format.Block
	next  int         // the label that comes next
	voice int         // whose turn it is; 0 for nobody's
	kind  format.Kind // of the blocks of the turn

	first     int // the block that what is said may begin with
	opening   int // whose words stand above the first label; 0 for nobody's
	answering int // whose words follow a question, where only questions have labels

	opened        bool // somebody's words stand above the first label
	asked         bool // questions are set off
	onlyQuestions bool // all labels are those of who asks
	quietCapitals bool // capitals set headings off
}

// mark gives the blocks their voices.
func (r *reader) mark() {
	r.voices = map[string]int{}
	first := r.firstSaid()
	opening := r.opening(first)
	m := &marker{reader: r, first: first, opening: opening, answering: opening, opened: opening > 0, quietCapitals: !r.shouts(),
		asked:         r.setOffQuestions() > 1,
		onlyQuestions: !slices.ContainsFunc(r.labels, func(l label) bool { return l.shape&asks == 0 })}
	for i, b := range r.d.Blocks {
		m.block(i, b)
	}
	r.d.Blocks = m.out
}

// block marks block i.
func (m *marker) block(i int, b format.Block) {
	switch {
	case m.labelAt(i):
		b = m.label(b)
		if b.Text == "" {
			return
		}
		if m.onlyQuestions {
			b.Kind, b.Voice = m.kind, m.voice
			m.out = append(m.out, b)
			m.voice, m.kind = m.answering, format.Body
			return
		}
	case m.voice == 0 && m.opening > 0 && m.next == 0 && i >= m.first && b.Kind == format.Body && m.isHeadingWithin(i):
		b.Kind = format.Heading
	case m.voice == 0 && m.opening > 0 && m.next == 0 && i >= m.first && b.Kind == format.Body && (isSentence(b.Text) || !isSetOff(b)):
		b.Voice = m.opening
	}
	m.turn(i, &b)
	m.out = append(m.out, b)
}

// labelAt reports whether the next label is in block i.
func (m *marker) labelAt(i int) bool { return m.next < len(m.labels) && m.labels[m.next].block == i }

// label begins the turn of the next label, whose block it is, and returns what is said in
// that block.
func (m *marker) label(b format.Block) format.Block {
	l := &m.labels[m.next]
	m.next++
	m.voice, m.kind = m.reader.voice(l), format.Body
	if l.shape&asks != 0 {
		m.kind = format.Question
	}
	head := b
	head.Text, head.Kind, head.Voice, head.Lead = strings.TrimSpace(b.Text[:l.length]), format.Label, m.voice, 0
	m.out = append(m.out, head)
	b.Text, b.Kind, b.Lead = strings.TrimSpace(b.Text[l.length:]), format.Body, 0
	return b
}

// turn decides whether block i goes on the turn, ends it, or is no part of it.
func (m *marker) turn(i int, b *format.Block) {
	switch {
	case m.namesChair(i):
		m.voice, b.Voice, b.Kind = 0, 0, format.Aside
	case isAside(b.Text) || m.buttons[b.Text] || onlyClock.MatchString(b.Text) || isNotice(b.Text):
		b.Kind, b.Voice = format.Aside, 0
	case m.next > 0 && isLink(b.Text):
		m.voice, b.Voice, m.opening, m.answering = 0, 0, 0, 0
	case words().is(strings.ToLower(strings.Trim(b.Text, " :")), asking):
		m.voice, b.Voice, b.Kind = 0, 0, format.Heading // "Q&A"
	case m.doubtful[i]:
		m.voice, b.Voice = 0, 0
	case i >= m.first && isRule(b.Text) || m.isOfWriter(b.Text):
		m.voice, b.Voice, m.opening = 0, 0, 0
	case m.labelAt(i+1) && m.opened && isSetOffQuestion(*b):
		b.Kind, b.Voice = format.Question, m.add(format.Voice{Office: "q"})
	case m.voice > 0 && m.asked && isSetOffQuestion(*b):
		m.voice, m.kind = m.add(format.Voice{Office: "q"}), format.Question
		b.Voice, b.Kind = m.voice, m.kind
	case m.voice > 0 && (m.quietCapitals && isCapitalsHeading(b.Text) || m.labelAt(i+1) && m.goesOn() && isTopic(b.Text)):
		m.voice, b.Kind = 0, format.Heading
	case isEnd(b.Text):
		m.voice, b.Kind = 0, format.Aside
	case b.Kind == format.Title || b.Kind == format.Heading || isProceeding(b.Text):
		m.voice = 0
	case m.voice > 0:
		b.Voice, b.Kind = m.voice, m.kind
	}
}

// goesOn reports whether the block before is of the same turn.
func (m *marker) goesOn() bool {
	last := len(m.out) - 1
	return last >= 0 && m.out[last].Kind == format.Body && m.out[last].Voice == m.voice
}
