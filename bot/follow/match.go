package follow

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"example.org/attache/bot/state"
	"example.org/attache/corpus/text"
	"example.org/attache/index"
)

// mostFound is how many quotes of one round a follow is matched with.
const mostFound = 50

// ledger knows which documents were matched.
type ledger struct {
	known map[string]string // revisions, by document
	begun bool              // there is one: what is not in it is new
}

// load reads the ledger.
func (l *ledger) load(s Store) error {
	begun, err := s.Records(recordBaseline, "")
	if err != nil {
		return err
	}
	found, err := s.Records(recordKnown, "")
	if err != nil {
		return err
	}
	l.begun, l.known = begun[baselineKey] != nil, make(map[string]string, len(found))
	for document, revision := range found {
		l.known[document] = string(revision)
	}
	return nil
}

// news is the part of the documents that is new: an [index.Part].
type news interface {
	Documents() []index.Revised
	Said(ctx context.Context, name string, limit int) ([]index.Quote, error)
	On(ctx context.Context, topic string, limit int) ([]index.Quote, error)
	Ask(ctx context.Context, q index.Question) (index.Answers, error)
	From(query string) []index.Source
	Sentences(document string) ([]uint64, error)
	SentencesOf(q index.Quote) ([]uint64, error)
	PrintedBefore(ctx context.Context, q index.Quote) (bool, error)
}

// matching is one round: all follows against what is new.
type matching struct {
	store Store
	log   *slog.Logger
	part  news
	now   time.Time
	old   printed // what documents said before they changed
	mu    sync.Mutex
	found map[string]found // by what they are of
	known map[string]bool  // whether quotes are old, by their places
}

// found is what a round has found for all follows of one thing.
type found struct {
	quotes  []index.Quote
	sources []index.Source
}

// printed is what documents said before they changed.
type printed struct {
	documents map[string]bool // those that were there before, also under another name
	sentences map[uint64]bool // keys of theirs
}

// changes returns what the ledger has to say of the documents of a part from now
// on, and what it said of them until now.
func changes(s Store, part news, known map[string]string) (all []state.Change, old printed, err error) {
	old = printed{map[string]bool{}, map[uint64]bool{}}
	revisions := make(map[string]bool, len(known))
	for _, r := range known {
		revisions[r] = true
	}
	for _, d := range part.Documents() {
		var before map[string][]byte
		if known[d.Document] != "" {
			if before, err = s.Records(recordPrinted, d.Document); err != nil {
				return nil, old, err
			}
		}
		keys, err := part.Sentences(d.Document)
		if err != nil {
			return nil, old, err
		}
		said := unpack(before[d.Document])
		if known[d.Document] == "" && revisions[d.Revision] { // a file that was moved or copied
			said = keys
		}
		if len(said) > 0 {
			old.documents[d.Document] = true
		}
		for _, k := range said {
			old.sentences[k] = true
		}
		merged := slices.Concat(unpack(before[d.Document]), keys)
		slices.Sort(merged)
		all = append(all, state.Change{Kind: recordKnown, Key: d.Document, Value: []byte(d.Revision)},
			state.Change{Kind: recordPrinted, Key: d.Document, Value: pack(slices.Compact(merged))})
	}
	return all, old, nil
}

func pack(keys []uint64) []byte {
	b := make([]byte, 0, 8*len(keys))
	for _, k := range keys {
		b = binary.LittleEndian.AppendUint64(b, k)
	}
	return b
}

func unpack(b []byte) (keys []uint64) {
	for ; len(b) >= 8; b = b[8:] {
		keys = append(keys, binary.LittleEndian.Uint64(b))
	}
	return keys
}

// match returns what is new for each follow, by its subject. A follow that
// can't be matched is logged and left out: the others are matched all the same. The
// error is that of ctx.
func (m *matching) match(ctx context.Context, follows []Follow) (map[string]found, error) {
	m.found, m.known = map[string]found{}, map[string]bool{}
	what := map[string]Follow{}
	for _, f := range follows {
		what[m.subject(f)] = f
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for key, f := range what {
		g.Go(func() error {
			got, err := m.search(ctx, f)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				m.log.Error("a follow could not be matched with what is new", "follow", f.ID, "error", cause(err))
				return nil
			}
			if len(got.quotes)+len(got.sources) > 0 {
				m.mu.Lock()
				m.found[key] = got
				m.mu.Unlock()
			}
			return nil
		})
	}
	return m.found, g.Wait()
}

// cause is the innermost error of a chain. Those around it may quote what was
// searched for, which is private.
func cause(err error) error {
	for inner := err; inner != nil; inner = errors.Unwrap(inner) {
		err = inner
	}
	return err
}

// subject is equal for follows of the same thing.
func (m *matching) subject(f Follow) string { return string(f.Kind) + "\x00" + text.Fold(f.Subject) }

// search finds what is new for a follow.
func (m *matching) search(ctx context.Context, f Follow) (got found, err error) {
	switch f.Kind {
	case Person:
		got.quotes, err = m.part.Said(ctx, f.Subject, mostFound)
	case Topic:
		got.quotes, err = m.part.On(ctx, f.Subject, mostFound)
	case Question:
		var a index.Answers
		if a, err = m.part.Ask(ctx, index.Question{Text: f.Subject, Now: m.now}); a.Answered {
			got.quotes = a.Quotes
		}
	case Source:
		for _, s := range m.part.From(f.Subject) {
			fresh, err := m.fresh(s.Document)
			if err != nil {
				return got, err
			}
			if fresh {
				got.sources = append(got.sources, s)
			}
		}
	}
	if err != nil {
		return got, err
	}
	fresh := got.quotes[:0]
	for _, q := range got.quotes {
		old, err := m.before(ctx, q)
		if err != nil {
			return got, err
		}
		if !old {
			fresh = append(fresh, q)
		}
	}
	got.quotes = fresh
	return got, nil
}

// fresh reports whether a document is a new one: none that changed, and none of
// which most was printed before, as an earlier version.
func (m *matching) fresh(document string) (bool, error) {
	if m.old.documents[document] {
		return false, nil
	}
	keys, err := m.part.Sentences(document)
	old := 0
	for _, k := range keys {
		if m.old.sentences[k] {
			old++
		}
	}
	return 2*old <= len(keys), err
}

// before reports whether a quote is nothing new: a document said it before it
// changed, its own or the one that it is an earlier version of, or another document
// of the same story does.
func (m *matching) before(ctx context.Context, q index.Quote) (bool, error) {
	key := fmt.Sprint(q.Source.Document, "\x00", q.Span)
	m.mu.Lock()
	old, known := m.known[key]
	m.mu.Unlock()
	if known {
		return old, nil
	}
	if len(m.old.sentences) > 0 {
		keys, err := m.part.SentencesOf(q)
		if err != nil {
			return false, err
		}
		old = len(keys) > 0 && !slices.ContainsFunc(keys, func(k uint64) bool { return !m.old.sentences[k] })
	}
	var err error
	if !old {
		old, err = m.part.PrintedBefore(ctx, q)
	}
	m.mu.Lock()
	m.known[key] = old
	m.mu.Unlock()
	return old, err
}

// tell makes the changes that tell a follow what was found: a notice, or an
// addition to the one that is waiting, and a note of each thing that is in it.
func (m *matching) tell(f Follow, got found) ([]state.Change, error) {
	told, err := m.store.Records(recordTold, f.ID+"/")
	if err != nil {
		return nil, err
	}
	var all []state.Change
	fresh := func(said string) bool {
		key := f.ID + "/" + digest(said)
		if told[key] != nil {
			return false
		}
		told[key] = []byte(m.now.UTC().Format(time.DateOnly))
		all = append(all, state.Change{Kind: recordTold, Key: key, Value: told[key]})
		return true
	}
	n := Notice{ID: newID(), Follow: f, Due: f.due(m.now)}
	if f.Every != AtOnce {
		if n, err = m.waiting(n); err != nil {
			return nil, err
		}
	}
	before := len(n.Quotes) + len(n.Sources) + n.More
	for _, q := range got.quotes {
		switch {
		case !fresh(text.Fold(q.Text)):
		case len(n.Quotes) < Shown:
			q.Reasons = nil
			n.Quotes = append(n.Quotes, q)
		default:
			n.More++
		}
	}
	for _, s := range got.sources {
		switch {
		case !fresh("\x00" + s.Document):
		case len(n.Sources) < Shown:
			n.Sources = append(n.Sources, s)
		default:
			n.More++
		}
	}
	if len(n.Quotes)+len(n.Sources)+n.More == before {
		return all, nil
	}
	c, err := record(recordNotice, n.key(), n)
	return append(all, c), err
}

// waiting returns the digest that is waiting to be sent at the same time, or n
// where there is none.
func (m *matching) waiting(n Notice) (Notice, error) {
	found, err := m.store.Records(recordNotice, n.Follow.ID+"/")
	if err != nil {
		return n, err
	}
	for key, value := range found {
		var w Notice
		if err := json.Unmarshal(value, &w); err != nil {
			return n, fmt.Errorf("reading the notice %s: %w", key, err)
		}
		if w.Due.Equal(n.Due) && !w.Begun {
			w.Follow = n.Follow
			return w, nil
		}
	}
	return n, nil
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:12])
}
