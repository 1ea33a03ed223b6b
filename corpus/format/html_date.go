package format

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"

	"example.org/attache/corpus/date"
	"example.org/attache/corpus/language"
)

// published returns the date that the facts between two blocks give, the surest
// first, and of these the first in the text. tag is the language of the page.
func (w *htmlWalker) published(from, to int, tag string) date.Date {
	var best date.Date
	kind := dateNamed + 1
	for _, f := range w.facts {
		if !f.kind.isDate() || f.kind >= kind || f.at < from || f.at > to {
			continue
		}
		if d := date.ParseIn(f.value, tag); d.Day > 0 {
			best, kind = d, f.kind
		}
	}
	return best
}

// dateLine returns the date that a line between two blocks holds, with nothing
// beside it but where or by whom, "Basel, 4 May 2023 | Press release", or that
// the paragraph behind them begins with: "4.5.2023 – The ministers …".
func (w *htmlWalker) dateLine(from, to int, tag string) date.Date {
	const longest = 120 // bytes
	for i, b := range w.out[max(0, from):max(0, from, min(len(w.out), to))] {
		if b.Row {
			continue
		}
		if d := date.Beginning(b.Text, tag); d.Day > 0 && i >= to-from-2 {
			return d
		}
		if len(b.Text) > longest {
			continue
		}
		if d := dateInParts(b.Text, tag); d.Day > 0 {
			return d
		}
		if m := byAndDay.FindStringSubmatch(b.Text); m != nil {
			if d, ok := date.AloneIn(m[1], tag); ok && d.Day > 0 {
				return d
			}
		}
	}
	return date.Date{}
}

// byAndDay matches a line that says by whom and when something was written.
var byAndDay = regexp.MustCompile(`(?i)^(?:(?:posted|submitted|written|published|gespeichert|erstellt|geschrieben|veröffentlicht|publié|publicado|escrito)\s+)?(?:by|von|par|por|di|door|av)\s.{2,60}?,?\s(?:am|on|le|el|em|il|op|den)\s+(.+)$`)

// dateInParts returns the date that is alone in a line, or in one of its parts, perhaps
// behind a word that says it is that of publication.
func dateInParts(line, tag string) date.Date {
	if d := dayIn(line, tag); d.Day > 0 {
		return d
	}
	if d, ok := date.PlaceAndDay(line); ok {
		return d
	}
	line = partMarks.Replace(line)
	for part := range strings.SplitSeq(line, "|") {
		if d := dayIn(strings.Trim(part, " -"), tag); d.Day > 0 {
			return d
		}
	}
	if first, _, ok := strings.Cut(line, ","); ok { // "1. Februar 2022, Ada Brand"
		return dayIn(strings.TrimSpace(first), tag)
	}
	return date.Date{}
}

// partMarks are between the parts of a line.
var partMarks = strings.NewReplacer("·", "|", "•", "|", "–", "|", "—", "|", " - ", "|", " // ", "|")

// dayIn returns the day that is alone in a text, or behind a label: "Erschienen am 26.
// Jan 2022".
func dayIn(s, tag string) date.Date {
	if d, ok := date.AloneIn(s, tag); ok && d.Day > 0 {
		return d
	}
	return labelledDay(s, tag)
}

// labelledDay returns the day that a text calls that of publication.
func labelledDay(s, tag string) date.Date {
	if rest, ok := behindLabel(s); ok {
		if d, ok := date.AloneIn(rest, tag); ok && d.Day > 0 {
			return d
		}
	}
	return date.Date{}
}

// dateLabels are the words before the day of publication, the longest first. The day
// of a change is none.
var dateLabels = sync.OnceValue(func() []string {
	all := slices.DeleteFunc(language.Everywhere(language.Pages).Entries("published"), func(l string) bool {
		return strings.Contains(l, "updated")
	})
	slices.SortFunc(all, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return all
})

// behindLabel returns what follows a label of the day of publication.
func behindLabel(s string) (rest string, ok bool) {
	low := strings.ToLower(s)
	if len(low) != len(s) {
		return "", false
	}
	for _, l := range dateLabels() {
		if strings.HasPrefix(low, l) {
			rest = strings.TrimLeft(s[len(l):], ": ")
			return rest, len(rest) < len(s)-len(l)
		}
	}
	return "", false
}

// labelledDate returns the day that a line anywhere on the page calls that of
// publication, where no other line names another.
func (w *htmlWalker) labelledDate(tag string) (found date.Date) {
	const longest = 160 // bytes
	for _, b := range w.out {
		if b.Row || len(b.Text) > longest {
			continue
		}
		for part := range strings.SplitSeq(partMarks.Replace(b.Text), "|") {
			d := labelledDay(strings.TrimSpace(part), tag)
			if d.Day == 0 {
				continue
			}
			if found.Day > 0 && d != found {
				return date.Date{}
			}
			found = d
		}
	}
	return found
}
