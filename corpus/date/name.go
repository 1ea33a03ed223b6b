package date

import (
	"errors"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// AnyForm is the pattern of names that hold a day in one of the usual forms:
// 2016-05-09, 2016_05_09, 20160509.
const AnyForm = "any"

// errPattern says how patterns are written.
var errPattern = errors.New(`it needs YYYY once, and may have MM, or MM and DD, once each, as "DD.MM.YYYY*" or "*_YYYYMMDD"`)

var (
	compiled    sync.Map // of patterns, their *regexp.Regexp
	patternPart = regexp.MustCompile(`YYYY|MM|DD|\*`)
)

// CheckPattern returns what is wrong with a pattern of names: text in which YYYY,
// MM and DD stand for the year, the month and the day, and * for anything. It has YYYY
// once, and may have MM, or MM and DD, once each.
func CheckPattern(pattern string) error {
	if pattern == AnyForm {
		return nil
	}
	for _, part := range []string{"YYYY", "MM", "DD"} {
		if n := strings.Count(pattern, part); n > 1 || n == 0 && part == "YYYY" {
			return errPattern
		}
	}
	if strings.Contains(pattern, "DD") && !strings.Contains(pattern, "MM") {
		return errPattern
	}
	return nil
}

// OfName returns the date in the name of a file, which the pattern says how to
// read; zero where it holds none. The ending does not count.
func OfName(name, pattern string) Date {
	name = path.Base(name)
	name = strings.TrimSuffix(name, path.Ext(name))
	switch {
	case CheckPattern(pattern) != nil:
		return Date{}
	case pattern == AnyForm:
		return OfPath(name)
	}
	expr := patternOf(pattern)
	m := expr.FindStringSubmatch(name)
	if m == nil {
		return Date{}
	}
	number := func(part string) int {
		if i := expr.SubexpIndex(part); i > 0 {
			n, _ := strconv.Atoi(m[i])
			return n
		}
		return 0
	}
	if d := (Date{number("YYYY"), number("MM"), number("DD")}); d.valid() {
		return d
	}
	return Date{}
}

// patternOf compiles a pattern, once.
func patternOf(pattern string) *regexp.Regexp {
	if expr, ok := compiled.Load(pattern); ok {
		return expr.(*regexp.Regexp)
	}
	var b strings.Builder
	b.WriteString("^")
	rest := pattern
	for rest != "" {
		at := patternPart.FindStringIndex(rest)
		if at == nil {
			b.WriteString(regexp.QuoteMeta(rest))
			break
		}
		b.WriteString(regexp.QuoteMeta(rest[:at[0]]))
		switch part := rest[at[0]:at[1]]; part {
		case "*":
			b.WriteString(".*?")
		case "YYYY":
			b.WriteString(`(?P<YYYY>\d{4})`)
		default:
			b.WriteString(`(?P<` + part + `>\d{1,2})`)
		}
		rest = rest[at[1]:]
	}
	b.WriteString("$")
	expr := regexp.MustCompile(b.String())
	compiled.Store(pattern, expr)
	return expr
}
