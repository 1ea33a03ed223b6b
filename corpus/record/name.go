package record

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/format"
	"example.org/attache/corpus/speech/names"
)

// voiceOf finds out who a label names: by the label itself, the heading, the
// other labels and, where search is set, the text.
func (r *reader) voiceOf(l *label, search bool) format.Voice {
	v := format.Voice{Office: l.office}
	g := gender(l.honorific + " " + l.office)
	v.Female, v.Male = g == "f", g == "m"
	switch {
	case l.shape&(asks|anonymous) != 0:
		v.Office = l.key
		return v
	case l.shape&answers != 0:
		if p, ok := r.answererAt(l.block); ok {
			v.Name, v.Office = r.nameOf(p), p.office
		} else {
			v.Office = l.key
		}
		return v
	}
	name := l.name
	if len(name) == 1 {
		if whole := r.initialled(name[0]); whole != nil {
			name = whole
		}
	}
	if len(name) == 0 && search {
		p, ok := r.holder(l)
		if !ok {
			return v
		}
		name = p.name
	}
	if len(name) == 0 {
		return v
	}
	if search {
		if l.shape&titled != 0 && l.shape&(honoured|bracketed) == 0 {
			if p, ok := r.calledAs(l.text); ok {
				name = p.name
			}
		}
		name = r.wellSpelled(l, name)
	}
	if search && len(name) == 1 {
		name = r.fullName(l, name)
	} else if search && len(name) > 1 {
		name = r.longerName(name)
	}
	if search {
		if as := r.printed(strings.Join(name, " ")); as != "" {
			name = strings.Fields(as)
		}
	}
	v.Name = strings.Join(spelled(name), " ")
	if p := l.parties(); r.un && len(p) == 1 {
		v.For = strings.TrimPrefix(p[0], "the ")
	}
	if v.Office == "" {
		v.Office = l.officeBehind()
	}
	if r.isTurkic() {
		v.Name = turkicSpelled(name)
	}
	return v
}

// nameOf is the name of whoever the heading names.
func (r *reader) nameOf(p person) string {
	name := p.name
	if as := r.printed(strings.Join(name, " ")); as != "" {
		name = strings.Fields(as)
	}
	return strings.Join(spelled(name), " ")
}

// spelled writes a name that is in capitals with a capital at the beginning of
// each part.
func spelled(name []string) []string {
	out := make([]string, len(name))
	for i, w := range name {
		if c := classOf(w); i > 0 && i < len(name)-1 && c&particle != 0 && isUpper(w) {
			out[i] = strings.ToLower(w)
			continue
		}
		if out[i] = w; isInitials(w) {
			continue
		}
		if isUpper(w) || i < len(name)-1 && isCapitals(w) && len(w) > 2 {
			out[i] = names.Cased(w)
		}
	}
	return out
}

// isTurkic reports whether the text writes the i without a dot as Turkish does.
func (r *reader) isTurkic() bool {
	return strings.Contains(r.all(), "ı") && strings.ContainsAny(r.text, "ğşİ")
}

// turkicSpelled writes a name like spelled; an I is one without a dot.
func turkicSpelled(name []string) string {
	out := spelled(name)
	for i, w := range name {
		if isUpper(w) && !isInitials(w) {
			first, size := utf8.DecodeRuneInString(w)
			out[i] = string(first) + strings.ToLowerSpecial(unicode.TurkishCase, w[size:])
		}
	}
	return strings.Join(out, " ")
}

// printed is a name in capitals as the text prints it elsewhere; empty where it
// doesn't, and for a name that isn't in capitals.
func (r *reader) printed(name string) string {
	if !isCapitals(name) {
		return ""
	}
	all := r.all()
	for from := 0; ; {
		at := indexFold(all[from:], strings.ToLower(name))
		if at < 0 {
			return ""
		}
		at += from
		from = at + len(name)
		if found := all[at:from]; !isCapitals(found) && isCapital(found) && found[1:] != strings.ToLower(found[1:]) || !isCapitals(found) && !strings.Contains(found, " ") && isCapital(found) {
			return found
		}
	}
}
