package names

import (
	"strings"
	"unicode"
)

// Cased writes a word in capitals with a capital at the beginning of its parts:
// "O'BRIEN-McCONNELL" becomes "O'Brien-McConnell".
func Cased(w string) string {
	var b strings.Builder
	fresh := true
	rs := []rune(w)
	for i, r := range rs {
		switch {
		case fresh:
			b.WriteRune(unicode.ToUpper(r))
			fresh = false
		case i+1 < len(rs) && unicode.IsLower(r):
			b.WriteRune(r)
			fresh = i == 1 // Mc
		default:
			b.WriteRune(unicode.ToLower(r))
		}
		if r == '-' || r == '\'' || r == '’' {
			fresh = true
		}
	}
	return b.String()
}
