package command

import (
	"context"
	"iter"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"example.org/attache/bot/command/words"
	"example.org/attache/index"
)

// sampled are questions that the documents answer, to show what can be asked:
// they are looked for once in each index.
type sampled struct {
	mu        sync.Mutex
	of        time.Time // when the index was made
	questions []string
}

const (
	samplesShown  = 2
	samplesPeople = 40 // of whom questions are tried
	samplesTried  = 80 // questions
)

// samples returns up to two questions that the documents answer.
func (b *Bot) samples(ctx context.Context) []string {
	ix := b.Index()
	if ix == nil {
		return nil
	}
	stats, err := ix.Stats()
	if err != nil {
		return nil
	}
	b.sampled.mu.Lock()
	defer b.sampled.mu.Unlock()
	if stats.Built.Equal(b.sampled.of) {
		return b.sampled.questions
	}
	found, err := findSamples(ctx, ix)
	if err != nil {
		b.Log.Warn("no questions to show were found", "error", err)
		return nil
	}
	b.sampled.of, b.sampled.questions = stats.Built, found
	return found
}

// findSamples tries questions about people until two are answered: of two people,
// and of two kinds where there are such.
func findSamples(ctx context.Context, ix *index.Index) (answered []string, err error) {
	var same []string // answered, but of a kind that there is one of
	kinds, tried := map[int]bool{}, 0
	for s, err := range ix.Samples(ctx, samplesPeople) {
		if err != nil {
			return nil, err
		}
		again := ""
		for kind, q := range questionsOn(s) {
			tried++
			found, err := ix.Ask(ctx, index.Question{Text: q, Limit: 1})
			switch {
			case err != nil:
				return nil, err
			case !found.Answered:
				continue
			case kinds[kind]:
				again = q
				continue
			}
			answered, kinds[kind], again = append(answered, q), true, ""
			break
		}
		if again != "" {
			same = append(same, again)
		}
		if len(answered) == samplesShown || tried >= samplesTried {
			break
		}
	}
	answered = append(answered, same...)
	return answered[:min(len(answered), samplesShown)], nil
}

// questionsOn yields questions about somebody, with their kinds: what they say of
// something, who they are, and who holds the office that they do. The language is
// that of the documents, where there are words for it.
func questionsOn(s index.Sample) iter.Seq2[int, string] {
	const said, who, office = 0, 1, 2
	own, spoken := words.Catalogue{}.Talk(s.Language)
	return func(yield func(int, string) bool) {
		for _, t := range s.Topics {
			if !yield(said, words.Direct(own.Say("follow.said", words.M{"Name": s.Name, "Topic": t}))) {
				return
			}
		}
		if s.Speaks && s.Language == "en" && !yield(said, own.Say("follow.said.all", words.M{"Name": s.Name})) {
			return
		}
		if !yield(who, words.Direct(own.Say("follow.who", words.M{"Name": s.Name}))) {
			return
		}
		if !isOffice(s.Office) {
			return
		}
		if spoken {
			yield(office, words.Direct(own.Say("follow.office", words.M{"Office": s.Office})))
		}
	}
}

// isOffice reports whether a title is written as that of a single holder is, so that
// one can ask who that is: "French Foreign Minister", not "the minister", "envoy" or
// "Mr".
func isOffice(title string) bool {
	first, _ := utf8.DecodeRuneInString(title)
	if !unicode.IsUpper(first) && !unicode.IsLower(first) { // a script without capitals
		return utf8.RuneCountInString(title) > 3
	}
	return unicode.IsUpper(first) && len(strings.Fields(title)) > 1 && !strings.HasPrefix(title, "The ") && !strings.HasPrefix(title, "Former ") &&
		!strings.Contains(title, "’s ") && !strings.Contains(title, "'s ")
}
