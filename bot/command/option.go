package command

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"example.org/attache/bot/command/words"
	"example.org/attache/corpus"
	"example.org/attache/corpus/text"
	"example.org/attache/index"
)

// check returns the options of cmd as Run expects them: cleaned, required
// ones there, each of its type, dates as corpus.Date writes them. What is wrong is
// said by the names that commands have in the catalogue of who typed them.
func (b *Bot) check(cmd Command, given map[string]string, own words.Catalogue) (map[string]string, error) {
	checked := make(map[string]string, len(given))
	for _, o := range cmd.Options {
		value := clean(given[o.Name])
		if value == "" {
			if o.Required {
				return nil, tell("option.missing", words.M{"Option": o.Title(own), "Usage": usage(own, cmd)})
			}
			continue
		}
		if cmd.Message { // nobody typed it
			value = cut(value, o.max())
		}
		value, err := b.checkOne(o, value, own)
		if err != nil {
			return nil, err
		}
		checked[o.Name] = value
	}
	since, until := checkedDate(checked["since"]), checkedDate(checked["until"])
	end := corpus.Date{Year: until.Year, Month: cmp.Or(until.Month, 12), Day: cmp.Or(until.Day, 31)}
	if !until.IsZero() && since.Compare(end) > 0 {
		return nil, tell("option.period", words.M{"Since": since, "Until": until})
	}
	return checked, nil
}

func (b *Bot) checkOne(o Option, value string, own words.Catalogue) (string, error) {
	switch o.Type {
	case Date:
		d, ok := parseDate(value, b.now())
		if !ok {
			return "", tell("option.date", words.M{"Option": o.Title(own), "Value": value})
		}
		return d.String(), nil
	case Bool:
		v, err := strconv.ParseBool(strings.ToLower(value))
		if err != nil {
			return "", tell("option.bool", words.M{"Option": o.Title(own), "Value": value})
		}
		return strconv.FormatBool(v), nil
	case String, Name:
		if len(o.Choices) > 0 {
			return o.choice(value, own)
		}
		if n := utf8.RuneCountInString(value); n > o.max() {
			return "", tell("option.long", words.M{"Option": o.Title(own), "Count": o.max(), "Have": n})
		}
	}
	return value, nil
}

// cut returns at most the first n characters of s.
func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// choice is the one of an option's choices that is meant by a value: itself, or
// what it is called in the catalogue.
func (o Option) choice(value string, own words.Catalogue) (string, error) {
	var called []string
	for _, c := range o.Choices {
		title := ChoiceTitle(own, c)
		if text.Fold(value) == text.Fold(c) || text.Fold(value) == text.Fold(title) {
			return c, nil
		}
		called = append(called, title)
	}
	return "", tell("option.choice", words.M{"Option": o.Title(own), "Value": value, "Choices": own.List(called)})
}

func (o Option) max() int {
	if o.Max == 0 {
		return 100
	}
	return o.Max
}

// clean returns what a person typed without what can't be seen: control and
// format characters, broken UTF-8; white space is folded.
func clean(s string) string {
	s = norm.NFC.String(strings.ToValidUTF8(s, " "))
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// usage writes a command as it is typed: /said speaker [topic].
func usage(w words.Catalogue, cmd Command) string {
	s := "/" + cmd.Title(w)
	for _, o := range cmd.Options {
		if o.Required {
			s += " " + o.Title(w)
		} else {
			s += " [" + o.Title(w) + "]"
		}
	}
	return s
}

// Filter reads the filters among options as they were typed. Its error says in the
// words of the catalogue what is wrong.
func (b *Bot) Filter(options map[string]string, own words.Catalogue) (index.Filter, error) {
	cmd := Command{Options: append(filters(), speaker)}
	checked, err := b.check(cmd, options, own)
	if err != nil {
		return index.Filter{}, errors.New(Explain(own, err))
	}
	return (&Call{Options: checked}).filter(), nil
}

// filter returns the filters among the options of a call.
func (c *Call) filter() index.Filter {
	f := index.Filter{Source: c.Options["source"], Speaker: c.Options["speaker"]}
	f.Since = checkedDate(c.Options["since"])
	f.Until = checkedDate(c.Options["until"])
	return f
}

// checkedDate reads a date that check has written.
func checkedDate(s string) (d corpus.Date) {
	if d.UnmarshalText([]byte(s)) != nil {
		return corpus.Date{}
	}
	return d
}
