package discord

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"example.org/attache/bot/command"
)

// What people type comes in Discord's message format. What they see of it is
// what they mean; the IDs in it are nobody's business.

// entities are what stands for something that Discord draws: mentions of people,
// roles, channels and commands, custom emoji and sounds, links to the parts of a
// server and to its messages, calls to everybody.
var entities = regexp.MustCompile(`<@[!&]?\d+>|<#\d+>|</[^:<>\n]{1,120}:\d+>|<a?:\w+:\d+>|<sound:\d+:\d+>|<id:[a-z-]+(?::\d+)?>` +
	`|https?://(?:\w+\.)?discord(?:app)?\.com/channels/\S+|@(?:everyone|here)\b`)

// More of the format. What is drawn bold, struck out or hidden is between
// two equal marks.
var (
	moment      = regexp.MustCompile(`<t:(-?\d{1,13})(?::[A-Za-z])?>`)
	bracketed   = regexp.MustCompile(`<(https?://[^\s<>]+|mailto:[^\s<>]+|tel:[^\s<>]+|[^\s<>@]+@[^\s<>@]+|\+\d[\d-]{3,})>`)
	masked      = regexp.MustCompile(`\[([^\[\]\n]+)\]\(<?https?://[^\s()<>]+>?(?: "[^"\n]*")?\)`)
	shortcode   = regexp.MustCompile(`(^|\s):[+\w-]*[A-Za-z][+\w-]*:`)
	lineOpening = regexp.MustCompile(`(?m)^[ \t]*(?:>>>[ \t]|>[ \t]|-#[ \t]|#{1,3}[ \t]|[-*+][ \t]|\d{1,2}\.[ \t])+`)
	fenced      = regexp.MustCompile("(?s)```(?:[\\w+-]+\n)?(.+?)```")
	codeSpan    = regexp.MustCompile("``(.+?)``|`([^`\n]+)`")
	verbatim    = regexp.MustCompile(`(https?://[^\s<>]+)`)
	escaped     = regexp.MustCompile(`\\([!-/:-@\[-` + "`" + `{-~])`)
	between     = []*regexp.Regexp{
		regexp.MustCompile(`(?s)\|\|(.+?)\|\|`), regexp.MustCompile(`(?s)~~(.+?)~~`),
		regexp.MustCompile(`(?s)\*\*(.+?)\*\*`), regexp.MustCompile(`(?s)__(.+?)__`),
		regexp.MustCompile(`()\*([^\s*](?:[^*\n]*[^\s*])?)\*()`),
		regexp.MustCompile(`(^|[^\pL\pN_])_([^\s_](?:[^_\n]*[^\s_])?)_($|[^\pL\pN_])`),
	}
)

// held is in a text for a part that is to stay as it is: these characters
// are nobody's.
const held = '\U000F0000'

// unmark returns a text without Discord's markup, as its writer sees it.
func unmark(s string) string {
	var kept []string
	keep := func(part string) string {
		if len(kept) > 0xFFF0 {
			return part
		}
		kept = append(kept, part)
		return string(held + rune(len(kept)))
	}
	s = strings.Map(func(r rune) rune {
		if r >= held && r <= held+0xFFFF {
			return -1
		}
		return r
	}, s)
	inner := func(re *regexp.Regexp, s string) string {
		return re.ReplaceAllStringFunc(s, func(m string) string {
			return keep(strings.Join(re.FindStringSubmatch(m)[1:], ""))
		})
	}
	s = inner(fenced, s)
	s = inner(codeSpan, s)
	s = entities.ReplaceAllString(s, " ")
	s = moment.ReplaceAllStringFunc(s, func(m string) string { return date(moment.FindStringSubmatch(m)[1]) })
	s = masked.ReplaceAllString(s, "$1")
	s = inner(bracketed, s)
	s = inner(verbatim, s)
	s = inner(escaped, s)
	s = shortcode.ReplaceAllString(s, "$1")
	s = lineOpening.ReplaceAllString(s, "")
	for _, mark := range between {
		for range 3 { // one within another
			s = mark.ReplaceAllString(s, "$1$2$3")
		}
	}
	s = unkeep(s, kept)
	return strings.TrimSpace(entities.ReplaceAllString(s, " ")) // those written out as well: they are IDs all the same
}

// unkeep puts back the parts that were to stay.
func unkeep(s string, kept []string) string {
	for i := len(kept); i > 0; i-- { // a later one may hold an earlier one
		s = strings.Replace(s, string(held+rune(i)), kept[i-1], 1)
	}
	return s
}

// date is the day of a moment, told in seconds since 1970.
func date(unix string) string {
	n, err := strconv.ParseInt(unix, 10, 64)
	if err != nil || n > 8_640_000_000_000 || n < -8_640_000_000_000 { // which Discord shows as invalid
		return " "
	}
	return time.Unix(n, 0).UTC().Format("2 January 2006")
}

// unmarkOptions takes the markup out of the options of a command that people type
// freely. In what they choose or name exactly only what stands for something
// else is none of theirs.
func unmarkOptions(cmd command.Command, options map[string]string) {
	for _, o := range cmd.Options {
		v, ok := options[o.Name]
		switch {
		case !ok || o.Type == command.Bool || o.Type == command.File || o.Type == command.Role:
		case o.Complete == nil:
			options[o.Name] = unmark(v)
		default:
			v = entities.ReplaceAllString(v, " ")
			options[o.Name] = strings.TrimSpace(v)
		}
	}
}
