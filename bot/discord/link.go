package discord

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"
)

// longestLink is the longest address that is shown, in bytes: links share the
// characters of a message with its text.
const longestLink = 700

// wordsOfFragment is how many words name each end of a longer passage.
const wordsOfFragment = 5

// linkTo returns the address of a passage: of its page, at that very text, as
// the WICG's text fragments have it. Without a usable address it is empty.
func linkTo(page, passage string) string {
	base := address(page)
	if base == "" {
		return ""
	}
	fragment := fragmentOf(passage)
	if fragment == "" || len(base)+len(fragment) > longestLink {
		return base
	}
	if !strings.Contains(base, "#") {
		base += "#"
	}
	return base + fragment
}

// address returns a web address as it can be in a masked link, or "" when
// it is none that a reader should follow.
func address(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	if before, _, ok := strings.Cut(u.Fragment, ":~:"); ok {
		u.Fragment, u.RawFragment = before, ""
	}
	var b strings.Builder
	for _, c := range []byte(u.String()) {
		if c <= ' ' || c >= 0x7F || strings.IndexByte("\"()<>[]\\^`{|}*", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	if b.Len() > longestLink {
		return ""
	}
	return b.String()
}

// fragmentOf names a passage by its whole text when it is short, else by the
// words that it begins and ends with.
func fragmentOf(passage string) string {
	words := strings.Fields(passage)
	switch {
	case len(words) == 0 || !utf8.ValidString(passage):
		return ""
	case len(words) > 2*wordsOfFragment:
		return ":~:text=" + encoded(words[:wordsOfFragment]) + "," + encoded(words[len(words)-wordsOfFragment:])
	case utf8.RuneCountInString(passage) > 100: // a script without spaces
		r := []rune(strings.Join(words, " "))
		return ":~:text=" + encoded([]string{string(r[:20])}) + "," + encoded([]string{string(r[len(r)-20:])})
	}
	return ":~:text=" + encoded(words)
}

// encoded writes words as a text fragment needs them: its own signs encoded
// too.
func encoded(words []string) string {
	s := url.PathEscape(strings.Join(words, " "))
	return strings.NewReplacer("&", "%26", "-", "%2D", "~", "%7E", "_", "%5F").Replace(s)
}
