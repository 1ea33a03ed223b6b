// Package record reads the layout of records of what was said: briefings, press
// conferences, debates, verbatim records, interviews and speeches.
//
// [Read] finds out which layout a document has before it believes any label. In
// a talk, labels name who says what follows; a label alone is a weak witness, so
// it needs a second one: it recurs, others of its shape are there, or the heading
// names the person. In a speech the heading names whose words all of it is.
// Whoever a document names by an office or a family name alone is looked for in
// the heading, among the other labels, and in the text.
//
// What a record is told by is data: see words.txt.
package record

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"example.org/attache/corpus/format"
)

// Read finds who says what in d. It sets labels off as blocks of their own, marks
// reporters' questions and asides, and names the voice of each block that is
// somebody's words. Title and date are taken from the heading of a record that
// tells them. A document that is no record, and one whose structure already names
// its speakers, stays as it is.
func Read(d *format.Document) {
	if len(d.Voices) > 0 {
		return
	}
	r := &reader{d: d}
	switch {
	case r.talk():
	case r.address():
	default:
		return
	}
	r.describe()
}

// reader reads one document.
type reader struct {
	d      *format.Document
	labels []label // of the blocks that are believed to begin with one, in order
	head   []string
	known  []person // whom the heading names
	voices map[string]int
	read   map[string]int // the voice of each label, by how it is written
	listed []person       // whom lines such as "Chair: Ms. Lind" name
	un     bool           // brackets hold whom one speaks for
	text   string         // of the whole document, once it is needed
}

// talk reads a document whose labels tell who speaks.
func (r *reader) talk() bool {
	r.joinNames()
	var found []label
	for i, b := range r.d.Blocks {
		if b.Kind == format.Title || b.Row {
			continue
		}
		if l := labelOf(b); l.ending != none {
			l.block = i
			if l.ending == colon && l.shape&capitals != 0 && l.shape&(honoured|titled|bracketed) == 0 && strings.TrimSpace(b.Text[l.length:]) == "" && !r.speaksBelow(&l) {
				continue // "MEMBERS PRESENT:"
			}
			if r.isRoster(&l) {
				r.listed = append(r.listed, peopleIn(strings.Replace(b.Text, ":", " ", 1))...)
				continue
			}
			found = append(found, l)
		}
	}
	if len(found) > 0 && found[0].block == 0 && r.d.Title == "" && !slices.ContainsFunc(found[1:], func(l label) bool { return l.key == found[0].key }) {
		found = found[1:] // the headline: "Governor Brandt: the harbour will open"
	}
	if len(found) < 2 {
		return false
	}
	r.labels = r.believed(found)
	if len(r.labels) == 0 {
		return false
	}
	r.readHead(r.labels[0].block)
	r.speaksForCountries()
	r.mark()
	return true
}

// speaksForCountries decides whether the brackets behind names hold whom one
// speaks for, as in the records of the United Nations: one bracket each, behind
// an honorific and a family name, of at least two countries.
func (r *reader) speaksForCountries() {
	different, named, one := map[string]bool{}, 0, 0
	for i := range r.labels {
		l := &r.labels[i]
		if len(l.name) == 0 {
			continue
		}
		named++
		if p := l.parties(); len(p) == 1 && l.shape&honoured != 0 && len(l.name) <= 3 && (!isUpper(p[0]) || strings.Contains(p[0], " ")) {
			one++
			different[p[0]] = true
		}
	}
	r.un = len(different) >= 2 && one*2 > named
}

// parties are the brackets of a label that tell no language, time or manner.
func (l *label) parties() (all []string) {
	for _, p := range l.party {
		if isCapital(strings.TrimPrefix(p, "the ")) && !strings.ContainsFunc(p, unicode.IsDigit) && !strings.HasPrefix(p, "As ") && !strings.HasSuffix(p, ".") && !strings.Contains(strings.ToLower(p), "interpret") {
			all = append(all, p)
		}
	}
	return all
}

// mark cuts the labels from the blocks and gives each block its voice.
func (r *reader) mark() {
	r.voices = map[string]int{}
	var out []format.Block
	next, voice, kind := 0, 0, format.Body
	first := r.firstSaid()
	opening := r.opening(first)
	for i, b := range r.d.Blocks {
		if next < len(r.labels) && r.labels[next].block == i {
			l := &r.labels[next]
			next++
			voice, kind = r.voice(l), format.Body
			if l.shape&asks != 0 {
				kind = format.Question
			}
			head := b
			head.Text, head.Kind, head.Voice, head.Lead = strings.TrimSpace(b.Text[:l.length]), format.Label, voice, 0
			out = append(out, head)
			b.Text, b.Kind, b.Lead = strings.TrimSpace(b.Text[l.length:]), format.Body, 0
			if b.Text == "" {
				continue
			}
		} else if voice == 0 && opening > 0 && next == 0 && i >= first && b.Kind == format.Body {
			b.Voice = opening
		}
		switch {
		case isAside(b.Text):
			b.Kind = format.Aside
		case b.Kind == format.Title || b.Kind == format.Heading || isEnd(b.Text):
			voice = 0
			if isEnd(b.Text) {
				b.Kind = format.Aside
			}
		case isProceeding(b.Text):
			voice = 0
		case voice > 0:
			b.Voice, b.Kind = voice, kind
		}
		out = append(out, b)
	}
	r.d.Blocks = out
}

// opening is the voice of what stands above the first label where the heading
// calls it somebody's speech; 0 for none.
func (r *reader) opening(first int) int {
	if first >= r.labels[0].block {
		return 0
	}
	p, ok := r.orator()
	if !ok && r.asksByHeading() && len(r.known) > 0 && !slices.ContainsFunc(r.known[1:], func(o person) bool { return keyOf(o.name) != keyOf(r.known[0].name) }) {
		p, ok = r.known[0], true
	}
	if !ok || !r.speaks(first, r.labels[0].block, p) {
		return 0
	}
	return r.add(format.Voice{Name: r.nameOf(p), Office: p.office, Whole: true})
}

// mostVoices is of how many different labels the names are filled up: hardly a
// record has more, and each is looked for in the whole text.
const mostVoices = 300

// voice is the number of whoever a label names.
func (r *reader) voice(l *label) int {
	key := fmt.Sprintf("%s\x00%d", l.text, l.shape)
	if n := r.read[key]; n > 0 {
		return n
	}
	if r.read == nil {
		r.read = map[string]int{}
	}
	r.read[key] = r.add(r.voiceOf(l, len(r.read) < mostVoices))
	return r.read[key]
}

// add returns the number of a voice, from 1.
func (r *reader) add(v format.Voice) int {
	key := strings.ToLower(v.Name) + "\x00" + v.For
	if v.Name == "" {
		key = "\x00" + v.Office
	}
	if n := r.voices[key]; n > 0 {
		return n
	}
	r.d.Voices = append(r.d.Voices, v)
	if r.voices == nil {
		r.voices = map[string]int{}
	}
	r.voices[key] = len(r.d.Voices)
	return len(r.d.Voices)
}
