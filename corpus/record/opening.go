package record

import (
	"slices"
	"strings"

	"example.org/attache/corpus/format"
)

// opening is the voice of what is above the first label where the heading
// calls it somebody's speech; 0 for none.
func (r *reader) opening(first int) int {
	if first >= r.labels[0].block {
		return 0
	}
	p, ok := r.orator()
	if !ok && r.asksByHeading() {
		p, ok = r.opens()
	}
	if !ok || !r.speaks(first, r.labels[0].block, p) && !r.isOpening(first, p) {
		return 0
	}
	return r.add(format.Voice{Name: r.nameOf(p), Office: p.office, Whole: true})
}

// opens is whoever may speak above the first label where journalists ask: the one
// whom the record says it is the briefing of, the one whom the heading names, or the
// one who answers all questions.
func (r *reader) opens() (person, bool) {
	for _, h := range r.head {
		if all := peopleIn(h); isPreamble(h) && len(all) == 1 && r.isAmongLabels(all[0]) {
			return all[0], true
		}
	}
	writers := r.writers()
	known := slices.DeleteFunc(slices.Clone(r.known), func(p person) bool {
		return slices.ContainsFunc(writers, func(w []string) bool { return keyOf(w) == keyOf(p.name) })
	})
	if len(known) > 0 {
		p := known[0]
		only := !slices.ContainsFunc(known, func(o person) bool { return keyOf(o.name) != keyOf(p.name) })
		if only || r.answersFirst(p) {
			return p, true
		}
	}
	return r.onlyAnswerer()
}

// isAmongLabels reports whether a label is somebody's.
func (r *reader) isAmongLabels(p person) bool {
	for i := range r.labels {
		if l := &r.labels[i]; l.shape&(asks|anonymous) == 0 {
			if v := r.d.Voices[r.voice(l)-1]; strings.EqualFold(v.Name, r.nameOf(p)) {
				return true
			}
		}
	}
	return false
}

// onlyAnswerer is whoever answers all questions, where the title names them, perhaps
// with another ending.
func (r *reader) onlyAnswerer() (p person, ok bool) {
	for i := range r.labels {
		l := &r.labels[i]
		if l.shape&(asks|anonymous) != 0 {
			continue
		}
		if len(l.name) == 0 || ok && l.key != keyOf(p.name) && keyOf(l.name) != keyOf(p.name) {
			return person{}, false
		}
		p, ok = person{office: l.office, name: l.name}, true
	}
	return p, ok && r.titleHas(p)
}

// titleHas reports whether the title has the family name of a person; where there is none,
// the first line, or one that speaks of a speech or a press conference.
func (r *reader) titleHas(p person) bool {
	has := func(h string) bool { return indexFold(h, stemOf(p)) >= 0 }
	if r.d.Title != "" {
		return has(r.d.Title)
	}
	return slices.ContainsFunc(r.head, func(h string) bool { return (h == r.head[0] || beginsWithSpeech(h) || asksIn(h)) && has(h) })
}

// stemOf is a family name without an ending that changes with the case, in lower case.
func stemOf(p person) string {
	const shortest = 6 // letters of a name that has an ending
	last := p.name[len(p.name)-1]
	if at := strings.LastIndexByte(last, '.'); at >= 0 && at+1 < len(last) {
		last = last[at+1:] // "А.В.Лопухина"
	}
	rs := []rune(plain(last))
	if len(rs) >= shortest {
		rs = rs[:len(rs)-1]
	}
	return string(rs)
}

// isOpening reports whether the text from a block to the first label is a
// statement by whoever answers behind it, though it doesn't speak as I or we: a line
// calls it so, or the title names them alone, and it isn't about them.
func (r *reader) isOpening(first int, p person) bool {
	const most = 40 // blocks
	end := r.labels[0].block
	if end-first > most {
		return false
	}
	called := false
	for i := max(0, first-2); i < end; i++ {
		t := strings.ToLower(strings.Trim(r.d.Blocks[i].Text, "[]()*: "))
		called = called || words().is(t, openingNoun)
		if i >= first && (indexFold(r.d.Blocks[i].Text, stemOf(p)) >= 0 || !isSentence(r.d.Blocks[i].Text) && !isSetOff(r.d.Blocks[i])) {
			return false
		}
	}
	if called {
		return true
	}
	only, ok := r.onlyAnswerer()
	return ok && keyOf(only.name) == keyOf(p.name)
}

// answersFirst reports whether the first label that asks nothing is somebody's.
func (r *reader) answersFirst(p person) bool {
	for i := range r.labels {
		if l := &r.labels[i]; l.shape&(asks|anonymous) == 0 {
			v := r.voiceOf(l, true)
			return v.Name != "" && plain(v.Name[strings.LastIndexByte(v.Name, ' ')+1:]) == plain(p.name[len(p.name)-1])
		}
	}
	return false
}
