package speech

import "strings"

// isVerb reports whether a small word can be a finite verb or a participle.
func isVerb(t *token) bool {
	if t.kind != word || t.caps {
		return false
	}
	if t.is(strongCue | auxiliary | verbWord) {
		return true
	}
	return !t.is(anyRole|adverb|functionWord) && len(t.key) > 4 &&
		(strings.HasSuffix(t.key, "ed") || strings.HasSuffix(t.key, "ing") || strings.HasSuffix(t.key, "es"))
}

// endsLikeVerb reports whether a small word right behind a name reads as a
// verb in the present: "Lee scoffs".
func endsLikeVerb(t *token) bool {
	return t.kind == word && !t.caps && len(t.key) > 4 && strings.HasSuffix(t.key, "s") && !t.is(functionWord|adverb|anyRole|listener) &&
		words().words[t.key[:len(t.key)-1]]&anyRole == 0
}

// verbAfter finds the verb whose subject ends before item i, over adverbs,
// asides between commas, dashes and brackets, and auxiliaries. It is -1 for
// none.
func (o *outline) verbAfter(i int) int {
	_, end := o.sentence(min(max(i-1, 0), len(o.items)-1))
	for steps := 0; i < end && steps < 12; steps++ {
		t := o.token(i)
		switch {
		case o.items[i].quote >= 0 || t.kind == possessive:
			return -1
		case t.key == ",":
			who := o.token(i+1).key == "who"
			from := i
			if i = o.overAside(i, end); i < 0 && who {
				i = o.lastCue(from, end)
			}
			if i < 0 {
				return -1
			}
		case t.key == "(" || t.key == "[":
			if i = o.find(i+1, min(end, i+12), ")", "]"); i < 0 {
				return -1
			}
			i++
		case t.key == "—" || t.key == "–" || t.key == "-":
			if i = o.find(i+1, min(end, i+30), t.key); i < 0 {
				return -1
			}
			i++
		case t.is(strongCue) && !t.caps:
			return i
		case t.is(auxiliary) && t.kind == word:
			return o.mainVerb(i, end)
		case t.is(adverb) || t.is(calendar) || t.kind == number || t.key == "who":
			i++
		case isVerb(t) || steps == 0 && endsLikeVerb(t):
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
func (o *outline) mainVerb(i, end int) int {
	for j := i + 1; j < min(end, i+5); j++ {
		t := o.token(j)
		if t.is(strongCue) || isVerb(t) && !t.is(auxiliary) {
			return j
		}
		if !t.is(adverb | auxiliary) {
			break
		}
	}
	return i
}

// overAside returns the item after an aside that the comma at i opens: what
// follows its closing comma must go on as a verb phrase.
func (o *outline) overAside(i, end int) int {
	if t := o.token(i + 1); t.is(strongCue) && !t.caps && !strings.HasSuffix(t.key, "ing") {
		return i + 1
	}
	for j := i + 1; j < min(end, i+40); j++ {
		if q := o.items[j].quote; o.token(j).key != "," && (q < 0 || o.endOf(q) != ',') {
			continue
		}
		k := j + 1
		for k < end && o.token(k).is(adverb) && !o.token(k).is(strongCue) {
			k++
		}
		if t := o.token(k); t.is(strongCue|auxiliary|verbWord) && t.kind == word && !t.caps && !strings.HasSuffix(t.key, "ing") {
			return j + 1
		}
	}
	return o.openAside(i, end)
}

// openAside returns the speech verb that ends an aside without a closing
// comma: "Ann Lee, head of the office said".
func (o *outline) openAside(i, end int) int {
	for j := i + 1; j < min(end, i+20); j++ {
		switch t := o.token(j); {
		case t.kind == sign || o.items[j].quote >= 0:
			return -1
		case t.is(coreCue) && !t.caps && j > i+2:
			return j
		case t.is(functionWord) && ofClause(t), isVerb(t) && !t.is(anyRole):
			return -1
		}
	}
	return -1
}

// lastCue is the last speech verb of a sentence, where an aside was opened but
// never closed.
func (o *outline) lastCue(i, end int) int {
	for j := min(end, i+60) - 1; j > i+2; j-- {
		if t := o.token(j); t.is(coreCue) && !t.caps && o.items[j].quote < 0 && o.token(j-1).key != "," {
			return j
		}
	}
	return -1
}

// find is the first item from i on that is one of the signs, -1 for none.
func (o *outline) find(i, end int, keys ...string) int {
	for ; i < end; i++ {
		for _, k := range keys {
			if o.token(i).key == k {
				return i
			}
		}
	}
	return -1
}

// cueWithin is the first speech verb from i on before a comma, -1 for none.
func (o *outline) cueWithin(i, end int) int {
	for ; i < end; i++ {
		t := o.token(i)
		if o.items[i].quote >= 0 || t.kind == sign {
			return -1
		}
		if t.is(coreCue) && !t.caps {
			return i
		}
	}
	return -1
}

func isPreposition(t *token) bool {
	switch t.key {
	case "on", "in", "at", "during", "from", "of", "after", "earlier", "last", "this", "late", "early", "for", "with", "to", "close",
		"familiar", "by", "near", "whose", "that":
		return t.kind == word
	}
	return false
}
