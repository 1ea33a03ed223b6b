package format

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"attache/corpus/text"
)

// readPlain reads plain text: a paragraph a line, or, where the lines are
// broken to a width, a paragraph between blank or indented lines.
func readPlain(_ context.Context, f File) (Document, error) {
	t, err := text.Decode(f.Data, "")
	if err != nil {
		return Document{}, err
	}
	return Document{Blocks: plainBlocks(t)}, nil
}

func plainBlocks(t string) []Block {
	lines := strings.Split(t, "\n")
	width := wrapWidth(lines)
	var blocks []Block
	for i := 0; i < len(lines); {
		end := i + 1
		if width > 0 {
			for end < len(lines) && continues(lines, end, width) {
				end++
			}
		}
		if joined := joinLines(lines[i:end]); joined != "" {
			blocks = append(blocks, Block{Text: joined})
		}
		i = end
	}
	return blocks
}

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
