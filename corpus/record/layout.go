package record

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"attache/corpus/format"
)

// How sure a label is by itself.
const (
	weak = iota
	medium
	strong
)

func (l *label) strength() int {
	has := func(s shape) bool { return l.shape&s != 0 }
	named := len(l.name) > 0
	switch {
	case l.ending == line:
		return weak
	case l.ending == stop:
		if has(capitals) || has(bare) {
			return strong
		}
		return medium
	case has(asks) && l.name == nil && (l.ending == space || l.ending == colon || l.ending == dash):
		return strong
	case named && has(honoured|capitals|bracketed), named && has(titled) && !has(single|bare), has(bold) && named && has(full|bracketed|titled|honoured|described):
		return strong
	case has(full|described|bare|answers|anonymous|titled|bold) && !has(single), has(bold):
		return medium
	}
	return weak
}

// believed are the labels that the document as a whole bears out; none where it
// is no talk.
func (r *reader) believed(found []label) []label {
	r.readHead(found[0].block)
	times := map[string]int{}
	strongs, lines := map[string]bool{}, 0
	asked := r.asksByHeading()
	for i := range found {
		l := &found[i]
		times[l.key]++
		if l.strength() == strong {
			strongs[l.key+string(rune('0'+l.ending))] = true
		}
		if l.shape&asks != 0 && l.strength() == strong {
			asked = true
		}
		if r.isLine(l) {
			lines++
		}
	}
	recurring := 0
	for i := range found {
		if l := &found[i]; l.ending != line && times[l.key] > 1 && l.strength() >= medium {
			recurring++
		}
	}
	dashes := 0
	for k := range strongs {
		if strings.HasSuffix(k, string(rune('0'+dash))) {
			dashes++
		}
	}
	byLine := lines >= 3 && lines*12 >= len(r.d.Blocks)
	inHead := slices.ContainsFunc(found, func(l label) bool { return l.ending != line && l.strength() >= medium && r.headNames(&l) })
	honouredTwice := map[string]bool{}
	for i := range found {
		if l := &found[i]; l.ending == stop && l.shape&(honoured|titled) != 0 && len(l.name) > 0 && times[l.key] > 1 {
			honouredTwice[l.key] = true
		}
	}
	stops := len(honouredTwice)
	for k := range strongs {
		if strings.HasSuffix(k, string(rune('0'+stop))) {
			stops++
		}
	}
	talk := stops >= 2 || len(strongs) >= 2 || len(strongs) == 1 && asked && r.asksByHeading() || len(strongs) == 1 && (recurring >= 2 || inHead) || inHead && recurring >= 2 || recurring >= 4 && asked
	if !talk && !byLine {
		return nil
	}
	r.alike = map[string]bool{}
	var kept []label
	for i := range found {
		l := &found[i]
		if l.ending == line {
			if byLine && r.isLine(l) {
				r.alike[l.key] = true
			}
			continue
		}
		if talk && (l.strength() == strong || l.strength() == medium && (times[l.key] > 1 || r.headNames(l) || l.shape&(bare|anonymous|answers|titled) != 0 || l.ending == dash && dashes > 1 || l.ending == stop && stops > 1 && l.shape&(honoured|titled|bracketed) != 0)) {
			r.alike[l.key] = true
		}
	}
	for i := range found {
		l := found[i]
		switch {
		case l.ending == line:
			if !byLine || !r.alike[l.key] && !r.alikeName(&l) || !r.speaksBelow(&l) {
				continue
			}
		case r.alike[l.key]:
		case asked && r.asksHere(&l):
			l.shape |= asks
			l.key = "q"
		case !r.alikeName(&l) && (times[l.key] < 2 || l.strength() == weak && !talk):
			continue
		}
		if asked && l.shape&(asks|honoured|titled|bold) == 0 && (l.shape&capitals == 0 || len(l.name) == 1 && r.asksByHeading()) && len(l.name) > 0 && !r.headNames(&l) && r.asksAlways(found, l.key) {
			l.shape |= asks
			l.key = "q"
		}
		kept = append(kept, l)
	}
	return kept
}

// joinNames joins a name on a line with the brackets on the line below: "Jane
// Moor", "(Eastport) (Lib)".
func (r *reader) joinNames() {
	out := r.d.Blocks[:0]
	for _, b := range r.d.Blocks {
		if n := len(out); n > 0 && onlyBrackets.MatchString(b.Text) && len(out[n-1].Text) < 80 && !strings.ContainsAny(out[n-1].Text, ".:?!") {
			out[n-1].Text += " " + b.Text
			continue
		}
		out = append(out, b)
	}
	r.d.Blocks = out
}

var onlyBrackets = regexp.MustCompile(`^(?:\(\p{Lu}[^()]{1,60}\)\s*)+$`)

// isRoster reports whether a label is an entry of a list rather than what
// somebody says: "President: Mr. Duval (Arenne)".
func (r *reader) isRoster(l *label) bool {
	if l.ending != colon || l.shape&bare == 0 {
		return false
	}
	rest := strings.TrimSpace(r.said(l))
	last, _ := utf8.DecodeLastRuneInString(rest)
	return rest != "" && len(strings.Fields(rest)) <= 8 && !strings.ContainsRune(".?!…”", last) && len(peopleIn(rest)) > 0
}

// isLine reports whether a label that is a line of its own looks like a name with
// what tells it from a heading: brackets, an honorific, an office.
func (r *reader) isLine(l *label) bool {
	if l.ending != line || len(l.name) == 0 && l.shape&bare == 0 {
		return false
	}
	if l.shape&capitals != 0 && l.shape&(honoured|bracketed) == 0 {
		return false
	}
	return l.shape&(bracketed|honoured|titled) != 0 && r.speaksBelow(l)
}

// speaksBelow reports whether the block below a line is running text.
func (r *reader) speaksBelow(l *label) bool {
	if l.block+1 >= len(r.d.Blocks) {
		return false
	}
	b := r.d.Blocks[l.block+1]
	last, _ := utf8.DecodeLastRuneInString(b.Text)
	return b.Kind != format.Title && strings.ContainsRune(".?!…”\"’):;—–。？！", last)
}

// alikeName reports whether a label has the family name of one that is believed.
func (r *reader) alikeName(l *label) bool {
	if len(l.name) == 0 {
		return false
	}
	last := plain(l.name[len(l.name)-1])
	for k := range r.alike {
		k, _, _ = strings.Cut(k, "/")
		if k == keyOf(l.name) || len(l.name) == 1 && strings.HasSuffix(k, " "+last) {
			return true
		}
	}
	return false
}

// asksByHeading reports whether the heading tells of a press conference or an
// interview.
func (r *reader) asksByHeading() bool {
	all := strings.ToLower(r.d.Title + "\n" + strings.Join(r.head, "\n"))
	return slices.ContainsFunc(words().list[asking], func(p string) bool { return strings.Contains(all, p) })
}

// asksHere reports whether somebody whom nothing bears out asks a question.
func (r *reader) asksHere(l *label) bool {
	return l.shape&(honoured|titled|bold) == 0 && l.ending == colon && strings.Contains(r.said(l), "?") || l.shape&asks != 0
}

// asksAlways reports whether all that stands under a label asks something.
func (r *reader) asksAlways(found []label, key string) bool {
	for i := range found {
		if found[i].key == key && !strings.ContainsAny(r.said(&found[i]), "?？؟") {
			return false
		}
	}
	return true
}

// said is the text of a label's block behind the label.
func (r *reader) said(l *label) string { return r.d.Blocks[l.block].Text[l.length:] }
