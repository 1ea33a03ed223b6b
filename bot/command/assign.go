package command

import (
	"context"
	"slices"
	"strings"

	"example.org/attache/index"
)

// maxNameWords is how many words a name that is typed without quotation marks
// may have.
const maxNameWords = 6

// Assign adds to options the words that were typed after a command without the
// name of an option: they are its leading options in their order. "Park Jin
// missiles" is the speaker Park Jin and the topic missiles, since the longest
// names that somebody has go before. A word in quotation marks, spaces and all,
// is never parted. Where the words can't be told apart, all of them are the
// first option.
func (b *Bot) Assign(ctx context.Context, name string, words []string, options map[string]string) {
	cmd, _ := Find(name)
	if len(words) == 0 || len(cmd.Options) == 0 {
		return
	}
	places := slices.DeleteFunc(cmd.leading(), func(o Option) bool { return options[o.Name] != "" })
	parts := [][]string{words}
	if len(places) > 1 && b.Index() != nil {
		s := splitting{places: places, words: words}
		for _, near := range []bool{false, true} {
			s.named = b.naming(ctx, near)
			if s.try(nil, 0, 0); s.best != nil {
				break
			}
		}
		if parts = s.best; parts == nil {
			parts = marked(words, places)
		}
	}
	if len(places) == 0 {
		places = cmd.Options[:1]
	}
	for i, part := range parts {
		value := Unquoted(strings.Join(part, " "))
		options[places[i].Name] = strings.TrimSpace(options[places[i].Name] + " " + value)
	}
}

// leading are the options that words without a name can be: the required ones
// and a text that follows them.
func (cmd Command) leading() (places []Option) {
	for _, o := range cmd.Options {
		if !o.Required {
			if o.Type == String && o.Complete == nil {
				places = append(places, o)
			}
			break
		}
		places = append(places, o)
	}
	return places
}

// splitting looks for the way to part words among options in which names are
// longest.
type splitting struct {
	places []Option
	words  []string
	named  func([]string) bool
	best   [][]string
	most   int // words of names in best
}

// try parts the words from at on among the places after parts, whose names
// have so many words.
func (s *splitting) try(parts [][]string, at, names int) {
	if len(parts) == len(s.places) || at == len(s.words) {
		required := len(parts) < len(s.places) && s.places[len(parts)].Required
		if at == len(s.words) && !required && names > s.most {
			s.best, s.most = append([][]string(nil), parts...), names
		}
		return
	}
	for end := at + 1; end <= len(s.words); end++ {
		part, more := s.words[at:end], 0
		if s.places[len(parts)].Type == Name {
			if more = len(part); !s.named(part) {
				continue
			}
		}
		s.try(append(parts[:len(parts):len(parts)], part), end, names+more)
	}
}

// naming reports whether words name somebody who is quoted: in full, or nearly.
// What is in quotation marks is a name because somebody says so.
func (b *Bot) naming(ctx context.Context, near bool) func([]string) bool {
	known := map[string]bool{}
	return func(words []string) bool {
		name := strings.Join(words, " ")
		yes, asked := known[name]
		switch {
		case asked:
			return yes
		case len(words) == 1 && quoted(name):
			yes = true
		case len(words) <= maxNameWords && !strings.Contains(name, `"`):
			found, err := b.Index().Said(ctx, name, "", index.Filter{}, 1)
			yes = err == nil && found.Speaker != "" && (near || !found.Near)
		}
		known[name] = yes
		return yes
	}
}

// marked parts words by their quotation marks alone, where that fits.
func marked(words []string, places []Option) (parts [][]string) {
	for i, w := range words {
		if i == 0 || quoted(w) || quoted(words[i-1]) {
			parts = append(parts, nil)
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], w)
	}
	if len(parts) > len(places) || len(parts) < len(places) && places[len(parts)].Required {
		return [][]string{words}
	}
	return parts
}

func quoted(s string) bool {
	return len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0]
}

// Unquoted drops one pair of quotation marks around a value.
func Unquoted(s string) string {
	if quoted(s) {
		return s[1 : len(s)-1]
	}
	return s
}
