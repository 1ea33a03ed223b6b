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
// The words that tell a record are data: the topic records of corpus/language.
package record

import (
	"fmt"
	"regexp"
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
	r.splitQuestions()
	switch {
	case r.talk():
	case r.interview():
	case r.address():
	default:
		return
	}
	r.describe()
}

// reader reads one document.
type reader struct {
	d        *format.Document
	labels   []label // of the blocks that are believed to begin with one, in order
	head     []string
	families map[string]bool // of the full names in the heading; nil until they are needed
	above    []chairing      // whom labels on lines of their own name, in order; nil until it is needed
	known    []person        // whom the heading names
	voices   map[string]int
	read     map[string]int  // the voice of each label, by how it is written
	listed   []person        // whom lines such as "Chair: Ms. Lind" name
	buttons  map[string]bool // lone words that a page repeats below its headings
	doubtful map[int]bool    // blocks that begin with what may be a label, yet isn't believed
	chairing []chairing      // lines that name who presides, in order
	un       bool            // brackets hold whom one speaks for
	text     string          // of the whole document, once it is needed
}

// talk reads a document whose labels tell who speaks.
func (r *reader) talk() bool {
	r.joinNames()
	r.readButtons()
	found, unread := r.findLabels()
	found = r.withoutDatelines(found)
	if r.beginsWithHeadline(found) {
		found = found[1:]
	}
	if len(found) < 2 {
		return false
	}
	r.labels = r.believed(found)
	if len(r.labels) == 0 {
		return false
	}
	r.doubtful = r.leftOut(found)
	for _, i := range unread {
		r.doubtful[i] = true
	}
	r.readHead(r.labels[0].block)
	r.splitOffices()
	r.speaksForCountries()
	r.readChairing()
	r.mark()
	return true
}

// beginsWithHeadline reports whether the first label is the beginning of a headline:
// "Governor Brandt: the harbour will open".
func (r *reader) beginsWithHeadline(found []label) bool {
	if len(found) == 0 || found[0].block > 0 || r.d.Title != "" {
		return false
	}
	said := strings.TrimSpace(r.said(&found[0]))
	return !slices.ContainsFunc(found[1:], found[0].isLike) || found[0].ending == colon && said != "" && !isSentence(said)
}

// findLabels finds what may be labels, and the blocks that begin as one but can't be
// read. Whom lists name is noted.
func (r *reader) findLabels() (found []label, unread []int) {
	glued := r.answersUnderA()
	for i, b := range r.d.Blocks {
		if b.Kind == format.Title || b.Row {
			continue
		}
		l := labelOf(b)
		if glued && gluedAsker.MatchString(b.Text) {
			l = label{text: b.Text[:1], length: 1, ending: space, shape: asks, key: "q"}
		}
		if l.block = i; l.ending == line && i+1 < len(r.d.Blocks) && onlyClock.MatchString(r.d.Blocks[i+1].Text) {
			l.shape |= timed
		}
		switch {
		case l.ending == none:
			if standsAsLabel(b.Text) {
				unread = append(unread, i)
			}
		case l.ending == colon && l.shape&capitals != 0 && l.shape&(honoured|titled|bracketed) == 0 && isHeadline(b.Text[l.length:]) && !(r.speaksBelow(&l) && r.comesAgain(&l)):
			// "MEMBERS PRESENT:"
		case l.ending == colon && l.shape&asks != 0 && l.length >= len(strings.TrimRight(b.Text, " ")) && len(strings.Fields(l.text)) > 2:
			// "From answers to media questions:"
		case l.ending == colon && l.length >= len(strings.TrimRight(b.Text, " ")) && isByline(l.text):
			// "BY MS. OSEI:"
		case r.isRoster(&l):
			r.enlist(b.Text)
		default:
			found = append(found, l)
		}
	}
	return found, unread
}

// isByline reports whether a label begins with "by" and says who asks what follows.
func isByline(label string) bool {
	first, _, _ := strings.Cut(label, " ")
	return words().is(plain(first), byWord) && words().is(plain(first), byline)
}

// enlist notes whom an entry of a list names.
func (r *reader) enlist(entry string) {
	for _, p := range peopleIn(strings.Replace(dotLeaders.ReplaceAllString(entry, " "), ":", " ", 1)) {
		p.inColumns = strings.Contains(entry, "\t") || strings.Contains(entry, "  ") || dotLeaders.MatchString(entry)
		r.listed = append(r.listed, p)
	}
}

// standsAsLabel reports whether a text begins with an honorific and nothing but words of
// a name and brackets up to a colon: somebody speaks there, though the label can't be
// read.
func standsAsLabel(t string) bool {
	const most = 250 // bytes
	first, _, _ := strings.Cut(t, " ")
	if classOf(first)&honorific == 0 || !isCapital(first) {
		return false
	}
	head, _, ok := strings.Cut(bracket.ReplaceAllString(t[:min(len(t), most)], ""), ":")
	return ok && !slices.ContainsFunc(strings.Fields(head), func(w string) bool { return !isCapital(w) && classOf(w)&particle == 0 })
}

// withoutDatelines leaves out capitals before a dash where there are fewer than
// three: a report begins so too, "PORT ALDEN (Wire) — ".
func (r *reader) withoutDatelines(found []label) []label {
	const few = 3
	bare := func(l label) bool {
		return l.ending == dash && l.shape&bold == 0 && capitalsLabel.MatchString(l.text) && !strings.Contains(r.d.Blocks[l.block].Text[len(l.text):l.length], ".")
	}
	n := 0
	for _, l := range found {
		if bare(l) {
			n++
		}
	}
	if n >= few {
		return found
	}
	return slices.DeleteFunc(found, bare)
}

// leftOut are the blocks whose labels aren't believed although they stand as most
// of those that are: somebody else may speak there, so nobody is named.
func (r *reader) leftOut(found []label) map[int]bool {
	ways, kept := map[ending]int{}, map[int]bool{}
	common := bold | capitals // what all labels look like
	for i := range r.labels {
		l := &r.labels[i]
		if l.shape&(asks|answers|anonymous|bare) == 0 {
			common &= l.shape
		} else {
			common &= l.shape | capitals
		}
		ways[l.ending]++
		kept[l.block] = true
	}
	out := map[int]bool{}
	for i := range found {
		l := &found[i]
		switch {
		case kept[l.block]:
		case l.ending == line && l.shape&bold != 0 && l.shape&titled != 0:
			out[l.block] = true
		case l.shape&common == common && l.ending != line && ways[l.ending]*2 > len(r.labels) && (l.strength() >= medium || l.shape&bold != 0):
			out[l.block] = true
		}
	}
	return out
}

// gluedAsker is a Q that has lost its colon or space: "QWhat would have happened?"
var gluedAsker = regexp.MustCompile(`^Q["“]?\p{Lu}[\p{Ll}’']`)

// answersUnderA reports whether answers stand under the label "A".
func (r *reader) answersUnderA() bool {
	n := 0
	for _, b := range r.d.Blocks {
		if l, ok := askerOf(b.Text); ok && l.shape&answers != 0 {
			n++
		}
	}
	return n > 1
}

// splitOffices takes the name from the end of labels in capitals that look like an
// office all through, where the heading or another label has its family name:
// "SECRETARY OF PORTS WALTER BRAND".
func (r *reader) splitOffices() {
	for i := range r.labels {
		l := &r.labels[i]
		ws := strings.Fields(l.office)
		n := len(ws)
		if len(l.name) > 0 || n < 4 || !isCapitals(l.office) || classOf(ws[n-1])&(office|particle) != 0 || classOf(ws[n-2])&(office|particle) != 0 {
			continue
		}
		last := plain(ws[n-1])
		named := r.headNamesPerson(last) || slices.ContainsFunc(r.labels, func(o label) bool { return len(o.name) > 0 && plain(o.name[len(o.name)-1]) == last })
		if !named {
			continue
		}
		l.office, l.name, l.key = strings.Join(ws[:n-2], " "), ws[n-2:], ""
		l.shape &^= bare
		l.finish()
	}
}

// isHeadline reports whether what follows a colon goes on with a heading in
// capitals, or is nothing.
func isHeadline(rest string) bool {
	rest = strings.TrimSpace(rest)
	return rest == "" || isCapitals(rest) && len(strings.Fields(rest)) > 2
}

// comesAgain reports whether a line that may be a label stands elsewhere too.
func (r *reader) comesAgain(l *label) bool {
	return slices.ContainsFunc(r.d.Blocks, func(b format.Block) bool {
		return b.Text != r.d.Blocks[l.block].Text && strings.HasPrefix(b.Text, l.text+":") || strings.EqualFold(strings.TrimRight(b.Text, ": "), strings.Join(l.name, " "))
	}) || strings.Count(r.all(), "\n"+r.d.Blocks[l.block].Text+"\n") > 1
}

// isLike reports whether two labels can be one speaker's: their keys are the same,
// or in capitals one is the family name of the other.
func (l *label) isLike(o label) bool {
	return l.key == o.key || isCapitals(l.text) && len(l.name) > 0 && len(o.name) > 0 && plain(l.name[len(l.name)-1]) == plain(o.name[len(o.name)-1])
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

// mostVoices is of how many different labels the names are filled up: hardly a
// record has more, and each is looked for in the whole text.
const mostVoices = 300

// voice is the number of whoever a label names.
func (r *reader) voice(l *label) int {
	p, _ := r.presidesAt(l.block)
	if l.shape&answers != 0 {
		p, _ = r.namedAbove(l.block)
	}
	key := fmt.Sprintf("%s\x00%d\x00%s", l.text, l.shape, keyOf(p.name))
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
