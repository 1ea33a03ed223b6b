package format

import (
	"regexp"
	"strings"
)

// Commands of the programs that make sites of Markdown, which no reader of the
// site sees: Hugo's and Jekyll's shortcodes and tags, attributes of kramdown and
// pandoc, comments. What is between an opening and a closing command is
// text.
var (
	// The marks around a command of one line or several, of two that begin alike
	// the longer first.
	siteCommands = [][2]string{{"{{<", ">}}"}, {"{{%", "%}}"}, {"{%", "%}"}, {"{{", "}}"}, {"{#", "#}"}, {"<%", "%>"}}
	siteComment  = regexp.MustCompile(`(?s)\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}`)
	attributes   = regexp.MustCompile(`\{:[^{}\n]*\}`)
	anchor       = regexp.MustCompile(`[ \t]*\{[#.][^{}\n]*\}[ \t]*$`)
	callout      = regexp.MustCompile(`^(\s*(?:>\s*)+)\[![A-Za-z-]+\][+-]?`)
	fence        = regexp.MustCompile("^ {0,3}(```+|~~~+)")
	container    = regexp.MustCompile(`^\s*:{3,}`)
	admonition   = regexp.MustCompile(`^(\s*)(?:(?:!!!|\?\?\?\+?)\s+[a-z][\w-]*(?:\s.*)?|===\+?\s+".*")$`)
	contentsMark = regexp.MustCompile(`^\s*(?:\[\[_?TOC_?\]\]|\[TOC\]|\\newpage|\\pagebreak)\s*$`)
	moduleLine   = regexp.MustCompile(`^(?:import\s.+\sfrom\s+['"].+['"]|export\s+(?:const|default|function)\b.*);?\s*$`)
	wikiLink     = regexp.MustCompile(`(!?)\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]`)
)

// withoutSiteCommands takes the commands of site generators out of a Markdown
// text. Lines of code stay as they are, but for commands between marks.
func withoutSiteCommands(t string) string {
	if !strings.Contains(t, "{") && !strings.Contains(t, ":::") && !strings.Contains(t, "!!!") && !strings.Contains(t, "[") &&
		!strings.Contains(t, "???") && !strings.Contains(t, "===") && !strings.Contains(t, "<%") && !strings.Contains(t, "import ") {
		return t
	}
	t = siteComment.ReplaceAllString(t, "")
	for _, c := range siteCommands {
		t = withoutCommand(t, c[0], c[1])
	}
	var out []string
	open := ""  // the fence of the code under way
	indent := 0 // of the admonition under way, whose text is set in; 0: none
	for line := range strings.SplitSeq(t, "\n") {
		if m := fence.FindStringSubmatch(line); m != nil && (open == "" || strings.HasPrefix(m[1], open)) {
			if open == "" {
				open = m[1]
			} else {
				open = ""
			}
		}
		if open != "" {
			out = append(out, line)
			continue
		}
		if indent > 0 {
			switch rest, ok := cutIndent(line, indent); {
			case ok:
				line = rest
			case strings.TrimSpace(line) != "":
				indent = 0
			}
		}
		switch m := admonition.FindStringSubmatch(line); {
		case m != nil:
			indent = len(m[1]) + 4
			line = ""
		case container.MatchString(line), contentsMark.MatchString(line), moduleLine.MatchString(line):
			line = ""
		}
		line = attributes.ReplaceAllString(line, "")
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			line = anchor.ReplaceAllString(line, "")
		}
		line = callout.ReplaceAllString(line, "$1")
		line = wikiLink.ReplaceAllStringFunc(line, linkText)
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// linkText returns what a reader sees of a link between pages of a wiki; of
// what is embedded, nothing.
func linkText(link string) string {
	m := wikiLink.FindStringSubmatch(link)
	switch {
	case m[1] != "":
		return ""
	case m[3] != "":
		return m[3]
	}
	return m[2]
}

// withoutCommand takes out what is between two marks, unless it is longer
// than commands are. A line that held nothing else is left empty.
func withoutCommand(t, open, shut string) string {
	const longest = 2000 // bytes
	if !strings.Contains(t, open) {
		return t
	}
	var b strings.Builder
	for {
		at := strings.Index(t, open)
		if at < 0 {
			break
		}
		window := t[at+len(open) : min(len(t), at+longest)]
		end := strings.Index(window, shut)
		if end < 0 {
			b.WriteString(t[:at+len(open)])
			t = t[at+len(open):]
			continue
		}
		b.WriteString(t[:at])
		t = t[at+len(open)+end+len(shut):]
	}
	b.WriteString(t)
	return b.String()
}

// cutIndent takes so much white space from the beginning of a line.
func cutIndent(line string, indent int) (rest string, ok bool) {
	for i := 0; i < len(line); i++ {
		switch {
		case indent <= 0 || line[i] == '\t' && indent <= 4:
			return strings.TrimPrefix(line[i:], "\t"), true
		case line[i] != ' ':
			return line, false
		}
		indent--
	}
	return line, false
}
