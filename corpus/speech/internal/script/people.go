package script

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/text"
)

// gather makes people of the names: a spelling that begins or ends a longer one
// is that person's where it can be of one only. It then finds names without an
// office beside them.
func (r *scripted) gather() {
	of := map[string]int{} // spellings: a person, -1 for nobody or several
	for _, s := range r.spellings() {
		i, ok := r.short[s]
		if !ok && utf8.RuneCountInString(s) == 1 {
			i = -1
		} else if !ok || i < 0 && utf8.RuneCountInString(s) > 1 {
			i = len(r.names)
			r.names = append(r.names, s)
			r.shorten(s, i)
		}
		of[s] = i
	}
	for i := range r.found {
		r.found[i].person = of[r.found[i].name.In(r.t.Body)]
	}
	r.found = slices.DeleteFunc(r.found, func(n naming) bool { return n.person < 0 })
	for s, i := range r.short {
		if _, ok := of[s]; !ok && i >= 0 && r.isLastPart(s, i) {
			of[s] = i
		}
	}
	r.findBare(of)
}

// spellings are the names beside offices, the longest first.
func (r *scripted) spellings() (all []string) {
	for _, n := range r.found {
		all = append(all, n.name.In(r.t.Body))
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	return slices.Compact(all)
}

// parts are the signs between the parts of a name.
const parts = "·・＝ "

// shorten notes the shorter spellings of a person's name: what it begins with,
// of a Korean one the family name, and of a foreign one its last part.
func (r *scripted) shorten(name string, person int) {
	note := func(s string) {
		if other, ok := r.short[s]; ok && other != person {
			r.short[s] = -1
			return
		}
		r.short[s] = person
	}
	for i := range name {
		if i > 0 && (!r.spaced || utf8.RuneCountInString(name[:i]) == 1) {
			note(name[:i])
		}
	}
	if at := strings.LastIndexAny(name, parts); at >= 0 {
		_, size := utf8.DecodeRuneInString(name[at:])
		note(name[at+size:])
	}
}

// isLastPart reports whether s is the last part of a person's name, long
// enough to be a name alone.
func (r *scripted) isLastPart(s string, person int) bool {
	before, ok := strings.CutSuffix(r.names[person], s)
	return ok && utf8.RuneCountInString(s) > 1 && strings.ContainsRune(parts, lastRune(before))
}

// findBare adds the places of spellings that have no office beside them, the longest
// of several.
func (r *scripted) findBare(of map[string]int) {
	byStart := map[string][]string{} // by their first two signs
	for s, person := range of {
		if k := firstTwo(s); k != "" && person >= 0 {
			byStart[k] = append(byStart[k], s)
		}
	}
	for _, l := range byStart {
		slices.SortFunc(l, func(a, b string) int { return len(b) - len(a) })
	}
	beside := r.found
	for at, next := 0, 0; at < len(r.t.Body); {
		if next < len(beside) && beside[next].name.Start <= at {
			at = max(at, beside[next].name.End)
			next++
			continue
		}
		n := prefix(r.t.Body[at:], byStart[firstTwo(r.t.Body[at:])])
		if n > 0 && r.standsAlone(at, at+n) {
			r.found = append(r.found, r.bare(text.Span{Start: at, End: at + n}, of))
			at += n
			continue
		}
		_, size := utf8.DecodeRuneInString(r.t.Body[at:])
		at += size
	}
	slices.SortFunc(r.found, func(a, b naming) int { return a.name.Start - b.name.Start })
}

// bare is a naming without an office beside it; with one behind a space.
func (r *scripted) bare(s text.Span, of map[string]int) naming {
	n := naming{name: s, person: of[s.In(r.t.Body)]}
	if rest := strings.TrimLeft(r.t.Body[s.End:], " "); r.spaced && prefix(rest, r.behind) > 0 {
		start := len(r.t.Body) - len(rest)
		n.title = text.Span{Start: start, End: start + prefix(rest, r.behind)}
	}
	return n
}

// firstTwo are the first two signs of s; empty where there is one only.
func firstTwo(s string) string {
	_, a := utf8.DecodeRuneInString(s)
	_, b := utf8.DecodeRuneInString(s[a:])
	if b == 0 {
		return ""
	}
	return s[:a+b]
}

// standsAlone reports whether a name is no part of a longer word.
func (r *scripted) standsAlone(from, to int) bool {
	before, after := lastRune(r.t.Body[:from]), rune(0)
	after, _ = utf8.DecodeRuneInString(r.t.Body[to:])
	switch {
	case r.spaced:
		return !isHangul(before) && (!isHangul(after) || prefix(r.t.Body[to:], r.subject) > 0 || prefix(r.t.Body[to:], r.behind) > 0)
	case len(r.quoting) > 0:
		return !isKatakana(before) && !isKatakana(after) && !isHan(after)
	}
	return before != '·' && after != '·'
}

// people are those named, in the order of their first mention.
func (r *scripted) people() (out []speech.Person, at []int) {
	at = slices.Repeat([]int{speech.NoPerson}, len(r.names))
	for _, n := range r.found {
		if at[n.person] == speech.NoPerson {
			at[n.person] = len(out)
			out = append(out, speech.Person{})
		}
		p := &out[at[n.person]]
		if called := n.name.In(r.t.Body); p.Name == "" && called == r.names[n.person] {
			p.Name = n.name.In(r.written)
		}
		p.Mentions = append(p.Mentions, speech.Mention{Span: n.name, Title: n.title})
		called := n.name.In(r.written)
		if utf8.RuneCountInString(called) == 1 {
			called = n.all().In(r.written)
		}
		for _, w := range []string{called, otherBehind(r.written[n.name.End:], r.isOther)} {
			if w != "" && !slices.Contains(p.Aliases, w) {
				p.Aliases = append(p.Aliases, w)
			}
		}
	}
	for i := range out {
		p := &out[i]
		p.Aliases = slices.DeleteFunc(p.Aliases, func(w string) bool { return w == p.Name })
	}
	return out, at
}

// otherBehind is the same name in other letters, in brackets, that s begins with: with
// capitals, "박진(Park Jin)", in kana, "林芳正（はやし・よしまさ）", or in Han.
func otherBehind(s string, isOther func(name string) bool) string {
	s = strings.TrimLeft(s, " ")
	open := prefix(s, []string{"(", "（"})
	if open == 0 {
		return ""
	}
	end := strings.IndexAny(s[:min(len(s), 60)], ")）")
	if end < 0 {
		return ""
	}
	if name := strings.TrimSpace(s[open:end]); isOther(name) {
		return name
	}
	return ""
}

// isOther reports whether the text in brackets behind a name is the name in other
// letters.
func (r *scripted) isOther(name string) bool {
	capitals := true
	for w := range strings.FieldsSeq(name) {
		c, _ := utf8.DecodeRuneInString(w)
		capitals = capitals && unicode.IsUpper(c)
	}
	only := func(is func(c rune) bool) bool {
		return !strings.ContainsFunc(name, func(c rune) bool { return !is(c) && !strings.ContainsRune(parts, c) })
	}
	n := utf8.RuneCountInString(name)
	switch {
	case capitals || n < 2:
		return capitals
	case r.spaced:
		return n <= 4 && only(isHan)
	}
	return len(r.quoting) > 0 && n >= 3 && only(func(c rune) bool { return isKatakana(c) || unicode.Is(unicode.Hiragana, c) })
}
