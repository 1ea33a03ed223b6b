package command

import (
	"strings"

	"attache/corpus/text"
)

// matches reports whether a word of s begins with what is typed, accents and
// case aside; so does everything where nothing is typed yet.
func matches(s, typed string) bool {
	s, typed = text.Fold(s), text.Fold(strings.TrimSpace(typed))
	return s != "" && (strings.HasPrefix(s, typed) || strings.Contains(s, " "+typed))
}
