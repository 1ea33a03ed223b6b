package text

import (
	"strings"
	"sync"
	"unicode/utf8"

	"example.org/attache/corpus/language"
)

// The signs that have a simplified form are all in the main block of Han.
const firstHan, lastHan = 0x4E00, 0x9FFF

// simplified holds for each sign of the main block of Han the one that stands for
// it, 0 where it is its own.
var simplified = sync.OnceValue(func() []rune {
	all := make([]rune, lastHan-firstHan+1)
	for _, pair := range language.Of("zh", language.Signs).Entries("traditional") {
		r, size := utf8.DecodeRuneInString(pair)
		all[r-firstHan], _ = utf8.DecodeRuneInString(pair[size:])
	}
	return all
})

// Simplified returns s with the simplified sign in place of each traditional one,
// so that 臺灣 and 台湾 compare equal. Offsets are kept: each sign takes as many
// bytes as before.
func Simplified(s string) string {
	at := strings.IndexFunc(s, func(r rune) bool { return Simple(r) != r })
	if at < 0 {
		return s
	}
	return s[:at] + strings.Map(Simple, s[at:])
}

// Simple returns the simplified form of r, r itself where there is
// none.
func Simple(r rune) rune {
	if r < firstHan || r > lastHan {
		return r
	}
	if s := simplified()[r-firstHan]; s != 0 {
		return s
	}
	return r
}
