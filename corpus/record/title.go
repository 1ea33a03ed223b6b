package record

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/date"
)

// longestTitle is how long a title taken from a heading is at most, in bytes.
const longestTitle = 250

// title returns the lines of the heading that name the event: those of a speech,
// briefing or sitting, else the first that is neither a date, a number, a body's name
// nor said by the record itself; empty where there is none.
func (r *reader) title() string {
	best, score := "", 0
	for i := 0; i < len(r.head); {
		line, n := titleAt(r.head[i:])
		if s := titleScore(line); s > score {
			best, score = line, s
		}
		i += n
	}
	return best
}

// titleAt joins the line that lines begin with and those that continue it, and
// returns how many they are: further lines in capitals, and lines that begin in lower
// case or with a word like "by".
func titleAt(lines []string) (title string, n int) {
	title = strings.Join(strings.Fields(lines[0]), " ")
	for n = 1; n < len(lines); n++ {
		more := strings.Join(strings.Fields(lines[n]), " ")
		first, _ := utf8.DecodeRuneInString(more)
		word, _, _ := strings.Cut(more, " ")
		continues := unicode.IsLower(first) || classOf(word)&byWord != 0
		capitals := isCapitals(title) && isCapitals(more) && !endsTitle(title)
		switch {
		case len(title)+len(more) > longestTitle, date.Parse(more).Day != 0, isImprint(title), isImprint(more), endsTitle(more):
			return title, n
		case !continues && !capitals, isBodyLine(title) && !continues:
			return title, n
		}
		title += " " + more
	}
	return title, n
}

// titleScore says how well a line names an event; 0 and less are no title.
func titleScore(line string) (score int) {
	ws := strings.Fields(line)
	if len(line) > longestTitle || len(ws) == 0 || isImprint(line) || endsTitle(line) || isDateLine(line) || isBodyLine(line) || isTerm(ws) {
		return 0
	}
	score = 1
	low := " " + strings.ToLower(line) + " "
	names := func(c class) bool {
		for _, p := range words().list[c] {
			if strings.Contains(low, " "+p+" ") || strings.Contains(low, " "+p+"’s ") || strings.Contains(low, " "+p+"'s ") {
				return true
			}
		}
		return false
	}
	switch {
	case names(speechNoun), names(asking):
		score += 4
	case names(occasion):
		score += 3
		if strings.ContainsFunc(line, unicode.IsDigit) {
			score++ // "41st plenary meeting" rather than "Eighty-sixth session"
		}
	case len(ws) < 2 && len(line) < 12:
		return 0
	}
	if len(ws) > 3 {
		score++
	}
	if len(peopleIn(line)) > 0 {
		score += 2
	}
	for _, p := range words().list[byline] {
		if strings.HasPrefix(low, " "+p+" ") {
			return 0
		}
	}
	if date.Parse(line).Day != 0 {
		return score
	}
	return score - numbered(ws)
}

// numbered is by how much the numbers in a line speak against a title: those of a
// volume, a session, a document.
func numbered(ws []string) (n int) {
	for _, w := range ws {
		if strings.ContainsFunc(w, unicode.IsDigit) {
			n++
		}
	}
	return max(n-1, 0) * 2
}

// endsTitle reports whether a line is a sentence or leads to what follows it, so
// that it is no title.
func endsTitle(line string) bool {
	last, _ := utf8.DecodeLastRuneInString(line)
	return strings.ContainsRune(".:;,—", last) && date.Parse(line).Day == 0
}

// isDateLine reports whether a line is a day, with its place and hour at most.
func isDateLine(line string) bool {
	if date.Parse(line).Day == 0 || len(strings.Fields(line)) > 8 {
		return false
	}
	at := strings.IndexFunc(line, unicode.IsDigit)
	before := strings.Fields(line[:max(at, 0)])
	for _, w := range before {
		if classOf(w)&(speechNoun|asking|occasion) != 0 {
			return false
		}
	}
	return len(before) < 4 || strings.Contains(line[:at], ",")
}

// isTerm reports whether a line is an hour, a bullet, or begins with a word before
// a colon that is no part of a title: "Speaker: …".
func isTerm(ws []string) bool {
	first, _ := utf8.DecodeRuneInString(ws[0])
	word, colon := strings.CutSuffix(ws[0], ":")
	occasionNamed := slices.ContainsFunc(ws, func(w string) bool { return classOf(w)&(speechNoun|asking|occasion) != 0 })
	return unicode.IsDigit(first) && len(ws) <= 3 && !occasionNamed || !unicode.IsLetter(first) && !unicode.IsDigit(first) && !strings.ContainsRune("«»“‘\"'„「『《", first) ||
		colon && classOf(word)&(never|office|asker|answerer|nobody) != 0
}

// isBodyLine reports whether a line is the name of a body alone.
func isBodyLine(line string) bool {
	body := false
	for w := range strings.FieldsSeq(line) {
		c := classOf(w)
		if c&(speechNoun|asking|occasion) != 0 || words().is(plain(w), byline) {
			return false
		}
		body = body || c&(bodyWord|outlet) != 0
	}
	return body && len(strings.Fields(line)) <= 8
}

// isImprint reports whether a line says how a record was issued: "For immediate
// release", a line in brackets.
func isImprint(line string) bool {
	low := strings.ToLower(strings.Trim(line, `"“”*()[]-– .`))
	if strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") || strings.HasPrefix(line, "(") && strings.HasSuffix(line, ")") {
		return true
	}
	for _, p := range words().list[imprint] {
		if low == p || strings.HasPrefix(low, p+" ") {
			return true
		}
	}
	return !strings.ContainsFunc(line, unicode.IsLetter)
}
