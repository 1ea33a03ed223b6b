package format

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/language"
	"example.org/attache/corpus/text"
)

// readPlain reads plain text: a paragraph a line, or, where the lines are
// broken to a width, evenly or raggedly, a paragraph between blank or indented
// lines.
func readPlain(_ context.Context, f File) (Document, error) {
	t, err := text.Decode(f.Data, "")
	if err != nil {
		return Document{}, err
	}
	return Document{Blocks: plainBlocks(t)}, nil
}

// plainBlocks cuts a text into paragraphs. What is too much for a document is
// left whole, to be refused.
func plainBlocks(t string) []Block {
	if checkText(t) != nil {
		return []Block{{Text: t}}
	}
	lines, cut := withoutFurniture(withoutLineNumbers(strings.Split(t, "\n")))
	goesOn := func(int) bool { return false }
	if width := wrapWidth(lines); width > 0 {
		goesOn = func(i int) bool { return continues(lines, i, width) }
	} else if width := raggedWidth(lines); width > 0 {
		goesOn = func(i int) bool { return continuesRagged(lines[i-1], lines[i], width) }
	}
	var blocks []Block
	for i := 0; i < len(lines); {
		end := i + 1
		for end < len(lines) && (goesOn(end) || closesBracket(lines[end-1], lines[end])) {
			end++
		}
		if joined := joinLines(lines[i:end]); joined != "" {
			if n := len(blocks); n > 0 && cut[i] && isMidSentence(blocks[n-1].Text, joined) {
				blocks[n-1].Text += text.Between(blocks[n-1].Text, joined) + joined
			} else {
				blocks = append(blocks, Block{Text: joined})
			}
		}
		i = end
	}
	return blocks
}

// numberedText is a line of a court's transcript behind its number.
var numberedText = regexp.MustCompile(`^\s{0,4}(\d{1,2})(?:\s{1,6}(\S.*))?\s*$`)

// withoutLineNumbers takes the numbers off the lines of a transcript that counts them
// on each page, as courts do: most lines have the number that follows the one before,
// and some precede labels of speakers.
func withoutLineNumbers(lines []string) []string {
	const fewest, labels = 8, 3
	out := make([]string, len(lines))
	text, following, turns, last := 0, 0, 0, -1
	for i, l := range lines {
		out[i] = l
		if strings.TrimSpace(l) == "" {
			continue
		}
		text++
		m := numberedText.FindStringSubmatch(l)
		if m == nil {
			continue
		}
		n, _ := strconv.Atoi(m[1])
		if n == last+1 || n == 1 {
			following++
			if out[i] = m[2]; beginsTurn(m[2]) {
				turns++
			}
		}
		last = n
	}
	if following < fewest || following*3 < text*2 || turns < labels {
		return lines
	}
	return out
}

// closesBracket reports whether a line closes a bracket that the line before, a long
// one, leaves open: the label of a speaker goes on over both.
func closesBracket(before, line string) bool {
	const long, near = 50, 60 // bytes
	open := strings.LastIndexByte(before, '(')
	if len(before) < long || open < 0 || strings.Contains(before[open:], ")") {
		return false
	}
	at := strings.IndexByte(line, ')')
	return at > 0 && at < near && !strings.Contains(line[:at], "(")
}

// furniture is lines between pages that are no text: numbers of
// pages, times that a record is stamped with.
var furniture = regexp.MustCompile(`^\s*(?:\[\[?Pages? [^\]]*\]\]?|[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}\s?/\s?\d{1,4}|\{time\}\s*\d*|\{\d{1,2}:?\d{2}(?::\d{2})?\}|\d{1,2}:\d{2}:\d{2}|(?:\([A-D]\)\s*){2,}|(?:.{0,70}\S)??\s*[Pp]age \d{1,4} of \d{1,4}.{0,40}|Page \d{1,4}|(?:Column|Col\.) \d+[A-Z]*)\s*$`)

// withoutFurniture takes such lines out, and the headers that pages repeat, with
// the blank lines around them; cut says which of the lines left follow one.
func withoutFurniture(lines []string) (kept []string, cut map[int]bool) {
	cut = map[int]bool{}
	running := runningHeaders(lines)
	after := false
	for _, l := range lines {
		switch blank := strings.TrimSpace(l) == ""; {
		case !blank && len(l) <= 160 && (furniture.MatchString(l) || running[headerKey(l)]):
			for len(kept) > 0 && strings.TrimSpace(kept[len(kept)-1]) == "" {
				kept = kept[:len(kept)-1]
			}
			kept = append(kept, "")
			after = true
			continue
		case blank && after:
			continue
		case after:
			cut[len(kept)] = true
			after = false
		}
		kept = append(kept, l)
	}
	return kept, cut
}

// runningHeaders are the keys of the lines that pages repeat but for their
// numbers. Such a line is set in columns, or long; what may be a heading or an
// entry of a list is kept.
func runningHeaders(lines []string) map[string]bool {
	const most, columns, long = 160, 2, 3 // bytes; how often a line in columns comes again, and another
	times := map[string]int{}
	wide := map[string]bool{}
	for _, l := range lines {
		if len(l) > most || !strings.ContainsAny(l, "0123456789") || endsSentence(l) {
			continue
		}
		k := headerKey(l)
		times[k]++
		wide[k] = wide[k] || strings.Contains(strings.TrimSpace(l), "\t") || strings.Contains(strings.TrimSpace(l), "   ")
	}
	running := map[string]bool{}
	for k, n := range times {
		if n >= columns && wide[k] || n >= long && len(strings.Fields(k)) >= 5 {
			running[k] = true
		}
	}
	return running
}

// headerKey is what the headers of left and right pages have in common: the same
// words in any order, whatever the numbers. It is empty for a line without.
func headerKey(l string) string {
	if !strings.ContainsAny(l, "0123456789") {
		return ""
	}
	ws := strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '#'
		}
		return r
	}, l))
	for i, w := range ws {
		ws[i] = digitRuns.ReplaceAllString(w, "#")
	}
	slices.Sort(ws)
	return strings.Join(ws, " ")
}

var digitRuns = regexp.MustCompile(`#+`)

// isMidSentence reports whether a sentence goes on from one line to the next.
func isMidSentence(before, line string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(before))
	first, _ := utf8.DecodeRuneInString(strings.TrimSpace(line))
	return unicode.IsLower(first) && (unicode.IsLetter(last) || unicode.IsDigit(last) || strings.ContainsRune(",;-–—’”)\"", last))
}

// raggedWidth is about how long the lines of a text are that are broken anywhere
// within sentences, as a scanner or a copy from a page breaks them; 0 where
// lines are whole. Short lines, as headings are, don't count.
func raggedWidth(lines []string) int {
	const short, fewest = 30, 2
	var lengths []int
	breaks, mid := 0, 0
	for i := 1; i < len(lines); i++ {
		a := strings.TrimSpace(lines[i-1])
		if len(a) < short || strings.TrimSpace(lines[i]) == "" {
			continue
		}
		lengths = append(lengths, utf8.RuneCountInString(a))
		if breaks++; isMidSentence(a, lines[i]) {
			mid++
		}
	}
	if mid < fewest || mid*12 < breaks {
		return 0
	}
	slices.Sort(lengths)
	return min(lengths[len(lengths)*9/10], 140)
}

// lineLabel is what a line of a transcript may begin with that a colon ends.
var lineLabel = regexp.MustCompile(`^\s*(?:Q|A|\p{Lu}[\p{L}.'’, -]{1,120}(?:\([^)]{1,60}\) ?){0,3}):(?:\s|$)`)

// stopLabel is what one may begin with that a full stop ends: its first word tells, or
// all of it is in capitals.
var stopLabel = regexp.MustCompile(`^\s*(?:(\p{Lu}\p{L}*)\.? \p{Lu}[\p{L}'’ -]+|\p{Lu}[\p{Lu}'’ -]{3,40}(?: \([^)]{1,40}\))?)\. [“«"]?\p{Lu}`)

// beginsTurn reports whether a line begins with what may be a speaker's label.
func beginsTurn(line string) bool {
	if lineLabel.MatchString(line) {
		return true
	}
	m := stopLabel.FindStringSubmatch(line)
	return m != nil && (m[1] == "" || beforeStop()[strings.ToLower(m[1])])
}

// beforeStop are the words that such a label begins with.
var beforeStop = sync.OnceValue(func() map[string]bool { return language.Everywhere(language.Records).Set("before stop") })

// continuesRagged reports whether a line of raggedly broken lines goes on the
// paragraph of the line before.
func continuesRagged(before, line string, width int) bool {
	a, b := strings.TrimSpace(before), strings.TrimSpace(line)
	if a == "" || b == "" {
		return false
	}
	if isMidSentence(a, b) {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	ended := strings.ContainsRune(".?!:…”\"", last)
	full := utf8.RuneCountInString(a)*10 >= width*6
	switch {
	case strings.ContainsRune("-–*•[(", first) && first != '(' || first == '(' && ended:
		return false
	case indent(line) > indent(before)+1 || beginsTurn(b) && (ended || last == ')'):
		return false
	case isCapitals(a) || isCapitals(b) || last == ':' || last == ')' && a[0] == '(':
		return false
	case ended:
		return overflows(a, b, width*9/10) && !numberedLine.MatchString(b)
	}
	return full && (unicode.IsLetter(last) || unicode.IsDigit(last) || strings.ContainsRune(",;-–—’)", last))
}

var numberedLine = regexp.MustCompile(`^(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]\s`)

func isCapitals(s string) bool { return strings.ToUpper(s) == s && strings.ToLower(s) != s }

// joinLines joins the lines of a paragraph. The white space in them stays.
func joinLines(lines []string) string {
	if len(lines) == 1 {
		return strings.TrimSpace(lines[0])
	}
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteString(text.Between(strings.TrimRight(lines[i-1], " "), strings.TrimSpace(l)))
			l = strings.TrimLeft(l, " \t")
		}
		b.WriteString(l)
	}
	return strings.TrimSpace(b.String())
}

// wrapWidth returns the width that the lines of a text are broken to, 0 when
// they are not: when the first word of a line mostly would not have fitted on
// the line before.
func wrapWidth(lines []string) int {
	const narrowest, widest, fewest = 40, 120, 4
	var lengths []int
	for _, l := range lines {
		if strings.TrimSpace(l) != "" {
			lengths = append(lengths, utf8.RuneCountInString(l))
		}
	}
	if len(lengths) < fewest {
		return 0
	}
	slices.Sort(lengths)
	width := lengths[len(lengths)*95/100]
	if width < narrowest || width > widest {
		return 0
	}
	full, breaks := 0, 0
	for i := 1; i < len(lines); i++ {
		if strings.TrimSpace(lines[i-1]) == "" || strings.TrimSpace(lines[i]) == "" {
			continue
		}
		breaks++
		if overflows(lines[i-1], lines[i], width) {
			full++
		}
	}
	if breaks < fewest-1 || full*4 < breaks*3 {
		return 0
	}
	return width
}

// overflows reports whether the first word of next would not have fitted
// behind line.
func overflows(line, next string, width int) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(next), " ")
	return utf8.RuneCountInString(strings.TrimRight(line, " "))+1+utf8.RuneCountInString(word) > width
}

// continues reports whether line i of broken lines goes on the paragraph of
// the line before.
func continues(lines []string, i, width int) bool {
	before, line := lines[i-1], lines[i]
	if strings.TrimSpace(before) == "" || strings.TrimSpace(line) == "" {
		return false
	}
	if indent(line) > indent(before)+1 || strings.ContainsAny(line[:1], "-*•") {
		return false
	}
	if indent(line) > 0 && indent(line) == indent(before) && endsSentence(before) && beginsTurn(line) {
		return false // each turn is set in, and this one before is a line
	}
	return overflows(before, line, width*9/10)
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }
