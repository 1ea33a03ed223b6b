package clean

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed phrases.txt
var phrasesFile string

// phrases are lists of lower-case phrases by the name of the list.
var phrases = sync.OnceValue(func() map[string][]string {
	lists := map[string][]string{}
	for line := range strings.Lines(phrasesFile) {
		name, list, ok := strings.Cut(line, ": ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for p := range strings.SplitSeq(list, "| ") {
			if p = strings.TrimSpace(p); p != "" {
				lists[name] = append(lists[name], p)
			}
		}
	}
	return lists
})

var exact = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, p := range phrases()["exact"] {
		all[p] = true
	}
	return all
})

// isNotice reports whether a line is none of the document's own: a link to
// something else, a button, a notice of the site.
func isNotice(t string) bool {
	const longest = 240
	if len(t) > longest {
		return false
	}
	low := strings.ToLower(t)
	if exact()[strings.TrimRight(low, " .:…»›>→!")] {
		return true
	}
	for _, p := range phrases()["prefix"] {
		if strings.HasPrefix(low, p) {
			return true
		}
	}
	for _, p := range phrases()["suffix"] {
		if strings.HasSuffix(strings.TrimRight(low, ". "), p) {
			return true
		}
	}
	return false
}

// isCaption reports whether a line is the text under a picture.
func isCaption(t string) bool {
	const longest = 500
	if len(t) > longest {
		return false
	}
	low := strings.ToLower(t)
	for _, p := range phrases()["caption"] {
		if strings.HasPrefix(low, p) {
			return true
		}
		if strings.ContainsAny(p[:1], "(/[") && strings.Contains(low, p) {
			return true
		}
	}
	return false
}

// labelled takes a line apart that says what it holds, as "Author: Ann Moe"
// does, into the name of the list that knows the label, and the value.
func labelled(t string) (label, value string) {
	const longest = 40
	name, value, ok := strings.Cut(t, ":")
	if !ok {
		name, value, ok = strings.Cut(t, "：")
	}
	if !ok || len(name) > longest {
		return "", ""
	}
	name = strings.ToLower(strings.TrimSpace(name))
	for _, label := range []string{"author", "published", "publisher", "url", "title"} {
		for _, p := range phrases()[label] {
			if name == p {
				return label, strings.TrimSpace(value)
			}
		}
	}
	return "", ""
}
