// Package clause reads the clauses of an English outline, as far as attribution
// needs them: verbs (clause), the phrases that can name a speaker (phrase), and how
// the two belong together (relation). It uses word order and word lists, no parser.
package clause

import (
	"strings"

	"example.org/attache/corpus/speech/internal/outline"
	"example.org/attache/corpus/speech/internal/token"
	"example.org/attache/corpus/speech/internal/word"
)

// endsLikeVerb reports whether a small word right behind a name reads as a
// verb in the present: "Lee scoffs".
func endsLikeVerb(t *token.Token) bool {
	return t.Kind == token.Word && !t.Caps && len(t.Key) > 4 && strings.HasSuffix(t.Key, "s") && !t.Is(word.Function|word.Adverb|word.AnyRole|word.Listener) &&
		word.Of(t.Key[:len(t.Key)-1])&word.AnyRole == 0
}

// verbAfter finds the verb whose subject ends before item i, over adverbs,
// asides between commas, dashes and brackets, and auxiliaries. It is -1 for
// none.
func (o Reader) verbAfter(i int) int {
	_, end := o.Sentence(min(max(i-1, 0), len(o.Items)-1))
	for steps := 0; i < end && steps < 12; steps++ {
		t := o.Token(i)
		switch {
		case o.Items[i].Quote >= 0 || t.Kind == token.Possessive:
			return -1
		case t.Key == ",":
			who := o.Token(i+1).Key == "who"
			from := i
			if i = o.overAside(i, end); i < 0 && who {
				i = o.lastCue(from, end)
			}
			if i < 0 {
				return -1
			}
		case t.Key == "(" || t.Key == "[":
			if i = o.find(i+1, min(end, i+12), ")", "]"); i < 0 {
				return -1
			}
			i++
		case t.Key == "—" || t.Key == "–" || t.Key == "-":
			if i = o.find(i+1, min(end, i+30), t.Key); i < 0 {
				return -1
			}
			i++
		case t.Is(word.StrongCue) && !t.Caps:
			return i
		case t.Is(word.Auxiliary) && t.Kind == token.Word:
			return o.mainVerb(i, end)
		case t.Is(word.Adverb) || t.Is(word.Calendar) || t.Kind == token.Number || t.Key == "who":
			i++
		case token.IsVerb(t) || steps == 0 && endsLikeVerb(t):
			return i
		case isPreposition(t):
			if i = o.cueWithin(i, min(end, i+9)); i < 0 {
				return -1
			}
			return i
		default:
			return -1
		}
	}
	return -1
}

// mainVerb is the verb that the auxiliary at i helps, or the auxiliary.
func (o Reader) mainVerb(i, end int) int {
	for j := i + 1; j < min(end, i+5); j++ {
		t := o.Token(j)
		if t.Is(word.StrongCue) || token.IsVerb(t) && !t.Is(word.Auxiliary) {
			return j
		}
		if !t.Is(word.Adverb | word.Auxiliary) {
			break
		}
	}
	return i
}

// overAside returns the item after an aside that the comma at i opens: what
// follows its closing comma must go on as a verb phrase.
func (o Reader) overAside(i, end int) int {
	if t := o.Token(i + 1); t.Is(word.StrongCue) && !t.Caps && !strings.HasSuffix(t.Key, "ing") {
		return i + 1
	}
	for j := i + 1; j < min(end, i+40); j++ {
		if q := o.Items[j].Quote; o.Token(j).Key != "," && (q < 0 || o.LastSign(q) != ',') {
			continue
		}
		k := j + 1
		for k < end && o.Token(k).Is(word.Adverb) && !o.Token(k).Is(word.StrongCue) {
			k++
		}
		if t := o.Token(k); t.Is(word.StrongCue|word.Auxiliary|word.Verb) && t.Kind == token.Word && !t.Caps && !strings.HasSuffix(t.Key, "ing") {
			return j + 1
		}
	}
	return o.openAside(i, end)
}

// openAside returns the speech verb that ends an aside without a closing
// comma: "Ann Lee, head of the office said".
func (o Reader) openAside(i, end int) int {
	for j := i + 1; j < min(end, i+20); j++ {
		switch t := o.Token(j); {
		case t.Kind == token.Sign || o.Items[j].Quote >= 0:
			return -1
		case t.Is(word.CoreCue) && !t.Caps && j > i+2:
			return j
		case t.Is(word.Function) && token.OpensClause(t), token.IsVerb(t) && !t.Is(word.AnyRole):
			return -1
		}
	}
	return -1
}

// lastCue is the last speech verb of a sentence, where an aside was opened but
// never closed.
func (o Reader) lastCue(i, end int) int {
	for j := min(end, i+60) - 1; j > i+2; j-- {
		if t := o.Token(j); t.Is(word.CoreCue) && !t.Caps && o.Items[j].Quote < 0 && o.Token(j-1).Key != "," {
			return j
		}
	}
	return -1
}

// find is the first item from i on that is one of the signs, -1 for none.
func (o Reader) find(i, end int, keys ...string) int {
	for ; i < end; i++ {
		for _, k := range keys {
			if o.Token(i).Key == k {
				return i
			}
		}
	}
	return -1
}

// cueWithin is the first speech verb from i on before a comma, -1 for none.
func (o Reader) cueWithin(i, end int) int {
	for ; i < end; i++ {
		t := o.Token(i)
		if o.Items[i].Quote >= 0 || t.Kind == token.Sign {
			return -1
		}
		if t.Is(word.CoreCue) && !t.Caps {
			return i
		}
	}
	return -1
}

func isPreposition(t *token.Token) bool {
	switch t.Key {
	case "on", "in", "at", "during", "from", "of", "after", "earlier", "last", "this", "late", "early", "for", "with", "to", "close",
		"familiar", "by", "near", "whose", "that":
		return t.Kind == token.Word
	}
	return false
}

// Reader reads the sentences of an outline as clauses: their verbs, and the
// phrases beside them that can name a speaker.
type Reader struct{ *outline.Outline }
