package format

import (
	_ "embed"
	"html"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/net/html/atom"
)

//go:embed fields.txt
var fieldsFile string

// fieldNames maps the names that files give their fields to ours.
type fieldNames struct {
	field map[string]string // by plain name: "title", "date", …; "text" and "text weak" for the text
	rank  map[string]int    // of the names of a text: the least is the likeliest
}

var fields = sync.OnceValue(func() fieldNames {
	f := fieldNames{map[string]string{}, map[string]int{}}
	for line := range strings.Lines(fieldsFile) {
		field, names, ok := strings.Cut(line, ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for name := range strings.FieldsSeq(names) {
			name = plainName(name)
			f.field[name] = field
			if strings.HasPrefix(field, "text") {
				f.rank[name] = len(f.rank)
			}
		}
	}
	return f
})

var nameSeparators = strings.NewReplacer("-", "", "_", "", " ", "", ".", "", "\u00a0", "")

// plainName is the name of a field without what does not count in it.
func plainName(name string) string { return nameSeparators.Replace(strings.ToLower(name)) }

// textRank rates how likely a field of that name holds a document's text: the
// least is the likeliest. ok is false for names of other things.
func textRank(name string) (rank int, ok bool) {
	rank, ok = fields().rank[plainName(name)]
	return rank, ok
}

// isWeakText reports whether a field of that name holds a text only for want of
// a better one.
func isWeakText(name string) bool { return fields().field[plainName(name)] == "text weak" }

// markup matches what no text has but one that is HTML: the tags of paragraphs,
// links and the like, and comments.
var markup = regexp.MustCompile(`(?i)</(?:p|div|b|i|a|em|strong|span|ul|ol|li|h[1-6]|blockquote|table|figure|sup|sub|u|cite)>|<(?:p|br|div|hr|img)(?:\s[^<>]*)?/?>|<!--`)

// cellBlocks returns the blocks of a text that is a field of another file, which
// may be HTML without a page around it.
func cellBlocks(t string) []Block {
	if !strings.ContainsAny(t, "<&[") {
		return plainBlocks(t)
	}
	t = withoutShortcodes(t)
	if !markup.MatchString(t) {
		return plainBlocks(unescapeHTML(t))
	}
	if !strings.Contains(strings.ToLower(t), "<p") {
		// Blogs keep paragraphs as blank lines.
		t = strings.ReplaceAll(strings.ReplaceAll(t, "\r", ""), "\n\n", "<p>")
	}
	root, err := parseHTML(t)
	if err != nil {
		return plainBlocks(t)
	}
	return walkHTML(root, extent{}).out
}

// cellText returns the text of a short field, which may be HTML: "R&amp;D in
// <i>Nature</i>".
func cellText(t string) string {
	if strings.ContainsRune(t, '<') && markup.MatchString(t) {
		if root, err := parseHTML(t); err == nil {
			t = textOf(find(root, atom.Body))
		}
	}
	return strings.Join(strings.Fields(unescapeHTML(t)), " ")
}

// unescapeHTML resolves character references, also those that were escaped a
// second time: "&amp;#8220;".
func unescapeHTML(t string) string {
	const times = 2
	for range times {
		if !strings.Contains(t, "&") || !strings.Contains(t, ";") {
			return t
		}
		t = html.UnescapeString(t)
	}
	return t
}

// shortcode matches a command of WordPress, opening or closing.
var shortcode = regexp.MustCompile(`\[/?(?:caption|gallery|embed|audio|video|playlist|youtube|vimeo|vc_[a-z_]+|et_pb_[a-z_]+|su_[a-z_]+|fusion_[a-z_]+|contact-form-7|embeddoc|tweet|googlemaps)(?:\s[^\[\]]*)?/?\]`)

// picture matches a picture with its caption, as WordPress writes it.
var picture = regexp.MustCompile(`(?s)\[caption[^\[\]]*\].*?\[/caption\]`)

// withoutShortcodes takes WordPress's commands out of a text, and the captions
// of pictures.
func withoutShortcodes(t string) string {
	if !strings.Contains(t, "[") {
		return t
	}
	return shortcode.ReplaceAllString(picture.ReplaceAllString(t, ""), "")
}
