package record

import (
	"regexp"
	"slices"
	"strings"

	"example.org/attache/corpus/format"
)

// joinNames joins a name on a line with the brackets on the line below: "Jane
// Moor", "(Eastport) (Lib)".
func (r *reader) joinNames() {
	out := r.d.Blocks[:0]
	for _, b := range r.d.Blocks {
		if n := len(out); n > 0 && onlyBrackets.MatchString(b.Text) && !isNotice(b.Text) && len(out[n-1].Text) < 80 && !strings.ContainsAny(beforeLabel.ReplaceAllString(out[n-1].Text, ""), ".:?!") {
			out[n-1].Text += " " + b.Text
			continue
		}
		out = append(out, b)
	}
	r.d.Blocks = out
}

// readButtons finds the lone words that a page repeats below its headings and names, such
// as "Share this contribution": they are nobody's words.
func (r *reader) readButtons() {
	const often = 3 // times
	r.cutButtons(often)
	times := map[string]int{}
	for i, b := range r.d.Blocks[:max(0, len(r.d.Blocks)-1)] {
		if i > 0 && b.Kind == format.Body && isButton(b.Text) && !strings.ContainsAny(r.d.Blocks[i-1].Text[max(0, len(r.d.Blocks[i-1].Text)-1):], ".?!") {
			times[b.Text]++
		}
	}
	r.buttons = map[string]bool{}
	for w, n := range times {
		r.buttons[w] = n >= often
	}
}

// cutButtons cuts the words of a button from the lines that several times end with it,
// behind brackets: "Lord Quill (LD) Share this contribution".
func (r *reader) cutButtons(often int) {
	const longest = 160 // bytes of a line
	behind := func(t string) string {
		at := strings.LastIndex(t, ") ")
		if at < 0 || len(t) > longest || !isButton(t[at+2:]) || !strings.Contains(t[at+2:], " ") {
			return ""
		}
		return t[at+1:]
	}
	times := map[string]int{}
	for _, b := range r.d.Blocks {
		if w := behind(b.Text); w != "" {
			times[w]++
		}
	}
	for i := range r.d.Blocks {
		b := &r.d.Blocks[i]
		if w := behind(b.Text); times[w] >= often {
			b.Text = strings.TrimSuffix(b.Text, w)
			b.Lead = min(b.Lead, len(b.Text))
			times[strings.TrimSpace(w)] = often
		}
	}
	for i := range r.d.Blocks { // and of those without brackets
		b := &r.d.Blocks[i]
		if len(b.Text) > longest {
			continue
		}
		for at, c := range b.Text {
			if c == ' ' && times[b.Text[at+1:]] >= often {
				b.Text, b.Lead = b.Text[:at], min(b.Lead, at)
				break
			}
		}
	}
}

// isButton reports whether a line can be that of a button: a word, or several of which one
// is no name's.
func isButton(line string) bool {
	const longest = 40 // bytes
	if len(line) > longest || !isCapital(line) || strings.ContainsAny(line, ".,:;!?…()") {
		return false
	}
	ws := strings.Fields(line)
	if slices.ContainsFunc(ws, func(w string) bool { return classOf(w)&(asker|answerer|nobody|office|honorific) != 0 }) {
		return false
	}
	return len(ws) == 1 || slices.ContainsFunc(ws, func(w string) bool { return !isCapital(w) && classOf(w)&particle == 0 })
}

var onlyBrackets = regexp.MustCompile(`^(?:\(\p{Lu}[^()]{1,60}\)\s*)+$`)
