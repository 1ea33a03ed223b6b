package index

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"example.org/attache/corpus/language"
	"example.org/attache/index/lexis"
	"example.org/attache/index/rank"
)

// speechWords are how a language asks briefly what somebody said on a topic, "Lind on
// fish", and how it asks so in full. A pattern has the name at its first star and the
// topic at its second.
type speechWords struct {
	brief []pattern // the longest first
	full  pattern
}

// pattern is what precedes, between and behind two stars, in lower case.
type pattern struct{ before, between, behind string }

// newPattern reads "did * comment on *".
func newPattern(s string) pattern {
	parts := strings.Split(s, "*")
	if len(parts) != 3 {
		panic(fmt.Sprintf("the question %q has not two stars", s)) // part of the build; a test reads all
	}
	return pattern{parts[0], parts[1], parts[2]}
}

// fill puts name and topic in the place of the stars.
func (p pattern) fill(name, topic string) string {
	return p.before + name + p.between + topic + p.behind
}

var speechPatterns sync.Map // *speechWords of a language

// speechWordsOf returns the patterns of a language.
func speechWordsOf(code string) *speechWords {
	if known, ok := speechPatterns.Load(code); ok {
		return known.(*speechWords)
	}
	file, w := language.Of(code, language.Questions), &speechWords{}
	for _, s := range file.Entries("brief speech") {
		w.brief = append(w.brief, newPattern(s))
	}
	slices.SortStableFunc(w.brief, func(a, b pattern) int { return len(b.fill("", "")) - len(a.fill("", "")) })
	for _, s := range file.Entries("speech in full") {
		w.full = newPattern(s)
	}
	speechPatterns.Store(code, w)
	return w
}

// inFull is a question that briefly asks what somebody said on a topic, as a whole
// sentence: "What did Lind say about fish" for "did lind comment on fish?" or "lind on
// fish". Empty for any other. sure is false where the words can mean something else
// too: "ban on exports", though there is a Mr Ban.
func (g *generation) inFull(question string) (full string, sure bool) {
	code := g.languageOf(question)
	w := speechWordsOf(code)
	question = strings.TrimRight(strings.TrimSpace(question), "?.!？ ")
	low := strings.ToLower(question)
	if w.full == (pattern{}) || len(low) != len(question) {
		return "", false
	}
	for _, p := range w.brief {
		if !strings.HasPrefix(low, p.before) || !strings.HasSuffix(low, p.behind) || len(low) < len(p.before)+len(p.behind) {
			continue
		}
		inner := question[len(p.before) : len(low)-len(p.behind)]
		at := strings.Index(strings.ToLower(inner), p.between)
		if at < 0 {
			continue
		}
		name, topic := strings.TrimSpace(inner[:at]), strings.TrimSpace(inner[at+len(p.between):])
		if topic == "" || !g.isSpeaker(name) {
			continue
		}
		return w.full.fill(name, topic), p.before != "" || !isCommon(code, name)
	}
	if name, topic := g.beginsWithSpeaker(code, question); name != "" && !asksWithin(code, topic) {
		return w.full.fill(name, topic), false
	}
	return "", false
}

// asksWithin reports whether a question word is in a topic elsewhere than at its
// beginning: then it is a question of its own, and no topic.
func asksWithin(code, topic string) bool {
	a := lexis.For(code)
	at, _, kind := a.Asked(a.Question(topic))
	return kind != lexis.Unasked && at > 0
}

// mostNameWords is how many words of a name are looked for at most.
const mostNameWords = 5

// isSpeaker reports whether a name is that of people of whom there are statements.
func (g *generation) isSpeaker(name string) bool {
	if n := len(strings.Fields(name)); n == 0 || n > mostNameWords {
		return false
	}
	found, _ := g.people.Named(name) // exact spelling only: nearly every question comes here
	return slices.ContainsFunc(found, func(e int) bool { return e < g.People && g.people.Entry(e).Quoted > 0 })
}

// beginsWithSpeaker cuts a question behind the longest name that it begins with and that
// is a speaker's; both are empty for none.
func (g *generation) beginsWithSpeaker(code, question string) (name, topic string) {
	ws := strings.Fields(question)
	for n := min(mostNameWords, len(ws)-1); n > 0; n-- {
		if name := strings.Join(ws[:n], " "); !isCommon(code, strings.ToLower(name)) && g.isSpeaker(name) {
			return name, strings.Join(ws[n:], " ")
		}
	}
	return "", ""
}

// isCommon reports whether a name in small letters has an everyday word of the language
// in it, and nothing else.
func isCommon(code, name string) bool {
	if strings.ContainsFunc(name, unicode.IsUpper) {
		return false
	}
	a := lexis.For(code)
	tokens := a.Tokens(nil, name)
	return !slices.ContainsFunc(tokens, func(t lexis.Token) bool {
		return !t.Is(lexis.Stop) && !t.Is(lexis.Light) && t.Concept == "" && len(a.Synonyms(t)) == 0
	})
}

// answerInFull answers a question that asks briefly for somebody's words as if it asked
// in full. What the question finds as it is typed goes before where it is an answer and
// the words may not ask for that.
func (g *generation) answerInFull(ctx context.Context, q Question, quotes []Quote) ([]Quote, error) {
	full, sure := g.inFull(q.Text)
	if full == "" || !sure && isAnswer(quotes) {
		return quotes, nil
	}
	q.Text = full
	said, err := g.asking(q).answer(ctx)
	if err != nil || !sure && !isAnswer(said) || len(said) == 0 {
		return quotes, err
	}
	return said, nil
}

// isAnswer reports whether the first of some quotes is sure enough to be called an answer.
func isAnswer(quotes []Quote) bool { return len(quotes) > 0 && quotes[0].Score >= rank.Border() }
