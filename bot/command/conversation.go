package command

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/bot/command/smalltalk"
	"example.org/attache/bot/command/words"
	"example.org/attache/index"
)

// mostQuestions is how many questions of one message are answered.
const mostQuestions = 2

// Understand returns what a person asks by something that they say in a
// conversation: the one question or the two in it. given are options of ask:
// the question is what they say, and the others narrow each question. before is
// what was asked before, as far as that is known: what a follow-up does not name is
// carried over from there. further reports that there were more questions.
func (b *Bot) Understand(ctx context.Context, given map[string]string, before Subject) (asked []Subject, further bool) {
	b.opened(ctx)
	questions := questionsIn(given[question.Name])
	further = len(questions) > mostQuestions
	for _, q := range questions[:min(len(questions), mostQuestions)] {
		before = b.followed(before, clean(q))
		for o, v := range given {
			if o != question.Name {
				before.Options[o] = v
			}
		}
		asked = append(asked, before)
	}
	return asked, further
}

// followed is what somebody asks who says something after a question.
func (b *Bot) followed(before Subject, said string) Subject {
	own := Subject{Command: "ask", Options: map[string]string{"question": said}}
	base := before.inWords()
	if _, _, talk := smalltalk.Read(said); talk || base == "" || b.Index() == nil {
		return own
	}
	q, ok, err := b.Index().FollowUp(base, said)
	if err != nil {
		b.Log.Warn("a follow-up was not read", "error", err)
	}
	switch {
	case utf8.RuneCountInString(q.Text) > question.max():
		return own
	case !ok:
		own.Options["question"] = q.Text
		return own
	}
	options := maps.Clone(before.Options)
	if q.Timed { // in place of the time before
		delete(options, "since")
		delete(options, "until")
	}
	switch {
	case before.Command == "who" && !q.Asks && q.Person != "":
		return before.with("name", q.Person)
	case before.Command == "timeline" && !q.Asks:
		options["topic"] = q.Text
		return Subject{Command: "timeline", Options: options}
	case before.Command == "ask" && options["speaker"] != "" && !q.Asks && q.Person != "":
		options["speaker"] = q.Person
		return Subject{Command: "ask", Options: options}
	}
	asks := Subject{Command: "ask", Options: map[string]string{"question": q.Text}}
	for _, o := range append(filters(), speaker) {
		if v := options[o.Name]; v != "" && (before.Command == "ask" || o.Name != "speaker") {
			asks.Options[o.Name] = v
		}
	}
	return asks
}

// inWords is a subject as a question that a follow-up can be read with; empty
// where it has none.
func (s Subject) inWords() string {
	switch name, topic := s.Options["speaker"], s.Options["topic"]; {
	case s.Command == "ask":
		return s.Options["question"]
	case s.Command == "who" && s.Options["name"] != "":
		return words.Say("follow.who", words.M{"Name": s.Options["name"]})
	case s.Command == "said" && name != "" && topic != "":
		return words.Say("follow.said", words.M{"Name": name, "Topic": topic})
	case s.Command == "said" && name != "":
		return words.Say("follow.said.all", words.M{"Name": name})
	case s.Command == "timeline":
		return topic
	}
	return ""
}

// questionsIn cuts what somebody says into its questions: at their marks, or by
// lines where each begins with words that ask. What is said before a question
// belongs to it, and what is said behind a single one.
func questionsIn(said string) (all []string) {
	lines := strings.FieldsFunc(said, func(r rune) bool { return r == '\n' })
	lines = slices.DeleteFunc(lines, func(l string) bool { return strings.TrimSpace(l) == "" })
	if len(lines) > 1 && !slices.ContainsFunc(lines, func(l string) bool { return !index.Asks(l) }) {
		return lines
	}
	if _, _, talk := smalltalk.Read(said); talk {
		return []string{said}
	}
	rest := strings.TrimSpace(said)
	for rest != "" {
		end := questionEnd(rest)
		if end < 0 {
			break
		}
		if q := withoutTalk(rest[:end]); q != "" {
			all = append(all, q)
		}
		rest = strings.TrimSpace(rest[end:])
	}
	switch _, _, talk := smalltalk.Read(rest); {
	case len(all) == 0:
		return []string{withoutTalk(said)}
	case talk, rest == "":
	case index.Asks(rest):
		all = append(all, rest)
	case len(all) == 1:
		all[0] += " " + rest
	}
	return all
}

// withoutTalk is what somebody says without the sentences of small talk before and
// behind it: "Hello! Who came? Thanks." It is empty where nothing else is said.
func withoutTalk(said string) string {
	said = strings.TrimSpace(said)
	for _, ends := range []string{".!。！\n", ",，、"} {
		for {
			i := strings.IndexAny(said, ends)
			if i < 0 {
				break
			}
			_, n := utf8.DecodeRuneInString(said[i:])
			if _, _, talk := smalltalk.Read(said[:i]); !talk {
				break
			}
			said = strings.TrimSpace(said[i+n:])
		}
	}
	if _, _, talk := smalltalk.Read(said); talk {
		return ""
	}
	return said
}

// MayFollowUp reports whether what a person says can only be understood by what
// was asked before.
func (b *Bot) MayFollowUp(ctx context.Context, said string) bool {
	b.opened(ctx)
	ix := b.Index()
	if ix == nil {
		return false
	}
	for _, q := range questionsIn(said)[:1] {
		if _, _, talk := smalltalk.Read(q); talk {
			return false
		}
		if ok, err := ix.MayFollowUp(clean(q)); ok && err == nil {
			return true
		}
	}
	return false
}

// questionEnd returns where the first question of a text ends; -1 where there is
// none. A mark within quotation marks or an address ends none.
func questionEnd(s string) int {
	open := false
	for i, r := range s {
		switch {
		case r == '"':
			open = !open
		case strings.ContainsRune("“„«「『‹", r):
			open = true
		case strings.ContainsRune("”»」』›", r):
			open = false
		case strings.ContainsRune("?？؟", r) && !open:
			end := i + utf8.RuneLen(r)
			for {
				next, n := utf8.DecodeRuneInString(s[end:])
				if !strings.ContainsRune("?？؟!！", next) || n == 0 {
					break
				}
				end += n
			}
			next, n := utf8.DecodeRuneInString(s[end:])
			if r != '?' || n == 0 || unicode.IsSpace(next) || strings.ContainsRune(")]”»", next) || unicode.IsLetter(next) && next > unicode.MaxLatin1 {
				return end
			}
		}
	}
	return -1
}
