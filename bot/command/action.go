package command

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"example.org/attache/bot/command/words"
	"example.org/attache/corpus/text"
	"example.org/attache/index"
)

// maxID is the longest ID of an action, in bytes.
const maxID = 90

// verb is what an action does. It is given the rest of the action's ID, which
// may be forged: it checks it.
type verb struct {
	run func(ctx context.Context, b *Bot, c *Call, args string) (Reply, error)
	Kind
}

// Kind is what is known of an action before it is done.
type Kind struct {
	Name     string // what it does, in one word; empty where that is not known
	Admin    bool   // it is for those who may run admin commands, and may take long
	Replaces bool   // its reply takes the place of the one that it hangs on
	Public   bool   // its reply is for everybody, else for who chose it
	Subject  bool   // it needs Call.Subject
}

// verbs are what actions do, by the first field of their IDs.
func verbs() map[string]verb {
	return map[string]verb{
		"more":    {again, Kind{Replaces: true, Subject: true}},
		"back":    {again, Kind{Replaces: true, Subject: true}},
		"share":   {again, Kind{Public: true, Subject: true}},
		"context": {run: showContext},
		"cite":    {run: cite},
		"export":  {exportAll, Kind{Subject: true}},
		"excerpt": {run: exportPassage},
		"who":     {chosen, Kind{Subject: true}},
		"said":    {sayings, Kind{Subject: true}},
		"mean":    {meanAnother, Kind{Subject: true}},
		"widen":   {widen, Kind{Subject: true}},
		"view":    {view, Kind{Replaces: true, Subject: true}},
		"try":     {run: try},
		"follow":  {followSubject, Kind{Subject: true}},
		"stop":    {run: stopFollow},
		"remove":  {confirmRemove, Kind{Admin: true}},

		"statements": {statementsOn, Kind{Subject: true}},
		"good":       {good, Kind{Subject: true}},
		"bad":        {bad, Kind{Subject: true}},
	}
}

// KindOf says what the action with the given ID will be like.
func KindOf(id string) Kind {
	name, _, _ := strings.Cut(id, ":")
	verb, ok := verbs()[name]
	if ok {
		verb.Name = name
	}
	return verb.Kind
}

// Press does the action with the given ID, as it is in a reply of today or
// of years ago. Like Do, it always returns a reply that can be shown.
func (b *Bot) Press(ctx context.Context, id string, c *Call) Reply {
	name, args, _ := strings.Cut(id, ":")
	verb, ok := verbs()[name]
	switch {
	case !ok, len(id) > maxID:
		return failed(c.Own, tell("action.unknown"))
	case verb.Admin && !c.Admin:
		return failed(c.Own, tell("refused.admin"))
	case b.stale():
		return failed(c.Own, tell("error.stale"))
	}
	if !verb.Public && !verb.Replaces {
		c = c.alone()
	}
	r := b.guard(ctx, name, c, func() (Reply, error) {
		b.opened(ctx)
		r, err := verb.run(ctx, b, c, args)
		b.entitle(&r)
		r.Private, r.Replace = !verb.Public, verb.Replaces
		return r, err
	})
	if verb.Admin {
		b.audit(name, c.User, map[string]string{"argument": args}, r)
	}
	return r
}

// quoteActions returns what can be done with one quote.
func quoteActions(w words.Catalogue, q index.Quote) []Action {
	ref := reference(q)
	around := action(w, "context", ref)
	around.Sign = w.Say("action.context.sign")
	return []Action{around, action(w, "cite", ref)}
}

// referenceDigits is how many characters of a digest a reference has.
const referenceDigits = 6

// reference names a quote within the ID of an action: its place, a digest of
// its text that reports whether the document has changed since, and the
// document, which stands for itself or, where it is too long, as # and a
// digest.
func reference(q index.Quote) string {
	document := q.Source.Document
	place := fmt.Sprintf("%d:%d:%s:", q.Span.Start, q.Span.End, digest(q.Text, referenceDigits))
	if len("context:")+len(place)+len(document) > maxID || strings.HasPrefix(document, "#") {
		document = "#" + digest(document, 16)
	}
	return place + document
}

// digest returns so many characters that stand for s.
func digest(s string, n int) string {
	sum := sha256.Sum256([]byte(s))
	return base64.RawURLEncoding.EncodeToString(sum[:])[:n]
}

// referred is what a reference leads to: a quote, and the text of its document.
type referred struct {
	quote index.Quote
	text  string
}

// follow finds the quote that a reference names, as long as its document still
// has it there.
func (b *Bot) follow(ctx context.Context, ref string) (r referred, err error) {
	ix, err := b.ready()
	if err != nil {
		return r, err
	}
	parts := strings.SplitN(ref, ":", 4)
	if len(parts) != 4 {
		return r, tell("action.unknown")
	}
	start, err1 := strconv.Atoi(parts[0])
	end, err2 := strconv.Atoi(parts[1])
	if err1 != nil || err2 != nil || start < 0 || end < start {
		return r, tell("action.unknown")
	}
	s, err := source(ctx, ix, parts[3])
	if err != nil {
		return r, err
	}
	return at(ix, s.Document, text.Span{Start: start, End: end}, parts[2], referenceDigits)
}

// at returns the quote at span, unless the text there no longer has the digest sum, of
// which digits characters are given.
func at(ix *index.Index, document string, span text.Span, sum string, digits int) (r referred, err error) {
	changed := told{"action.changed", words.M{"Document": document}, ErrChanged}
	switch r.quote, err = ix.At(document, span); {
	case errors.Is(err, index.ErrNoDocument):
		return r, told{"action.gone", nil, ErrGone}
	case errors.Is(err, index.ErrNoPlace):
		return r, changed
	case err != nil:
		return r, err
	}
	if r.text, err = ix.Text(document); err != nil {
		return r, err
	}
	if span.End > len(r.text) || digest(folded(span.In(r.text)), digits) != sum {
		return r, changed
	}
	return r, nil
}

// Why a quote can't be shown in its document any more.
var (
	ErrGone    = errors.New("the document is gone")
	ErrChanged = errors.New("the document has changed")
)

// source finds the document that a reference names.
func source(ctx context.Context, ix *index.Index, document string) (index.Source, error) {
	if hash, ok := strings.CutPrefix(document, "#"); ok {
		all, err := ix.Sources(ctx, "")
		if err != nil {
			return index.Source{}, err
		}
		for _, s := range all {
			if digest(s.Document, 16) == hash {
				return s, nil
			}
		}
		return index.Source{}, told{"action.gone", nil, ErrGone}
	}
	s, err := ix.Source(document)
	if errors.Is(err, index.ErrNoDocument) {
		return s, told{"action.gone", nil, ErrGone}
	}
	return s, err
}

func folded(s string) string { return strings.Join(strings.Fields(s), " ") }
