package format

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"attache/corpus/text"
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

func plainBlocks(t string) []Block {
	lines, cut := withoutFurniture(strings.Split(t, "\n"))
	goesOn := func(int) bool { return false }
	if width := wrapWidth(lines); width > 0 {
		goesOn = func(i int) bool { return continues(lines, i, width) }
	} else if isRagged(lines) {
		goesOn = func(i int) bool { return continuesRagged(lines[i-1], lines[i]) }
	}
	var blocks []Block
	for i := 0; i < len(lines); {
		end := i + 1
		for end < len(lines) && goesOn(end) {
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

// furniture are lines that stand between pages and are no text: numbers of
// pages, times that a record is stamped with.
var furniture = regexp.MustCompile(`^\s*(?:\[\[?Pages? [^\]]*\]\]?|[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}\s?/\s?\d{1,4}|\{time\}\s*\d*|\{\d{1,2}:?\d{2}(?::\d{2})?\}|(?:.{0,70}\S)??\s*[Pp]age \d{1,4} of \d{1,4}.{0,40}|Page \d{1,4}|(?:Column|Col\.) \d+[A-Z]*)\s*$`)

// withoutFurniture takes such lines out, with the blank ones around them; cut
// tells which of the lines left follow one.
func withoutFurniture(lines []string) (kept []string, cut map[int]bool) {
	cut = map[int]bool{}
	after := false
	for _, l := range lines {
		switch blank := strings.TrimSpace(l) == ""; {
		case !blank && len(l) <= 120 && furniture.MatchString(l):
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

// isMidSentence reports whether a sentence goes on from one line to the next.
func isMidSentence(before, line string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(before))
	first, _ := utf8.DecodeRuneInString(strings.TrimSpace(line))
	return unicode.IsLower(first) && (unicode.IsLetter(last) || unicode.IsDigit(last) || strings.ContainsRune(",;-–—’”)\"", last))
}

// isRagged reports whether the lines of a text are broken anywhere within
// sentences, as a scanner breaks them.
func isRagged(lines []string) bool {
	breaks, mid := 0, 0
	for i := 1; i < len(lines); i++ {
		if strings.TrimSpace(lines[i-1]) == "" || strings.TrimSpace(lines[i]) == "" {
			continue
		}
		if breaks++; isMidSentence(lines[i-1], lines[i]) {
			mid++
		}
	}
	return mid >= 2 && mid*10 >= breaks*3
}

// lineLabel is what a line of a transcript may begin with.
var lineLabel = regexp.MustCompile(`^\s*(?:Q|A|(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|The|Herr|Frau|M|Mme|Sr|Sra|Senator|Secretary|President|Minister|Chairman|Chairwoman|Ambassador)\.? )?\p{Lu}[\p{L}.'’ -]{1,60}(?:\([^)]{1,60}\) ?){0,3}):\s|^\s*(?:Mr|Mrs|Ms|Miss|Dr|The|Senator)\.? [\p{Lu}][\p{Lu}'’-]+`)

// continuesRagged reports whether a line of raggedly broken lines goes on the
// paragraph of the line before.
func continuesRagged(before, line string) bool {
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
	switch {
	case indent(line) > indent(before)+1 || strings.ContainsRune("-*•[", first) || lineLabel.MatchString(b) && ended:
		return false
	case isCapitals(a) || isCapitals(b):
		return false
	case ended && (numberedLine.MatchString(b) || len(a) < len(b)*2/3):
		return false
	}
	return ended || unicode.IsLetter(last) || unicode.IsDigit(last) || strings.ContainsRune(",;-–—’)", last)
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
	return overflows(before, line, width*9/10)
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }
