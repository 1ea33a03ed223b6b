package follow

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"example.org/attache/bot/state"
)

// Store is where follows are kept: a [state.Store].
type Store interface {
	Records(kind, prefix string) (map[string][]byte, error)
	Write(changes ...state.Change) error
}

// The kinds of records.
const (
	recordFollow   = "follow"          // by ID
	recordTold     = "follow told"     // by the ID and a digest of what was told, with when
	recordNotice   = "follow notice"   // what is to be sent, by the ID of the follow and its own
	recordKnown    = "follow known"    // by document: the revision that was matched
	recordPrinted  = "follow printed"  // by document: keys of the sentences that it ever had
	recordBaseline = "follow baseline" // that there are the two before
	baselineKey    = "documents"       // its only key
)

// Book is the follows that there are. It may be used by many at once.
type Book struct {
	store  Store
	limits Limits
	mu     sync.Mutex // one change at a time
}

// NewBook returns the follows of a store.
func NewBook(s Store, l Limits) *Book { return &Book{store: s, limits: l} }

// All returns the follows, the oldest first.
func (b *Book) All() ([]Follow, error) {
	found, err := b.store.Records(recordFollow, "")
	if err != nil {
		return nil, err
	}
	all := make([]Follow, 0, len(found))
	for id, value := range found {
		var f Follow
		if err := json.Unmarshal(value, &f); err != nil {
			return nil, fmt.Errorf("reading the follow %s: %w", id, err)
		}
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b Follow) int { return cmp.Or(a.Made.Compare(b.Made), cmp.Compare(a.ID, b.ID)) })
	return all, nil
}

// Add adds a follow, unless there are too many or it is there already, and returns
// it with its ID.
func (b *Book) Add(f Follow, now time.Time) (Follow, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	all, err := b.All()
	if err != nil {
		return f, err
	}
	own, server := 0, 0
	for _, o := range all {
		if o.same() == f.same() {
			return o, ErrAlready
		}
		if o.Owner == f.Owner {
			own++
		}
		if f.Place.Channel != "" && o.Place.Server == f.Place.Server && o.Place.Channel != "" {
			server++
		}
	}
	switch {
	case own >= b.limits.Person:
		return f, ErrPerson
	case f.Place.Channel != "" && server >= b.limits.Server:
		return f, ErrServer
	case len(all) >= b.limits.All:
		return f, ErrAll
	}
	f.ID, f.Made = newID(), now.UTC()
	change, err := record(recordFollow, f.ID, f)
	if err != nil {
		return f, err
	}
	return f, b.store.Write(change)
}

// EndAt ends all follows of a place that is there no more: of a channel or, where
// the place names none, of all channels of a server. It returns them.
func (b *Book) EndAt(gone Place) (ended []Follow, err error) {
	all, err := b.All()
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		if f.Place.Channel == "" || f.Place.Server != gone.Server || gone.Channel != "" && f.Place.Channel != gone.Channel {
			continue
		}
		switch err := b.End(f.ID); {
		case err == nil:
			ended = append(ended, f)
		case !errors.Is(err, ErrNone): // somebody has ended it meanwhile
			return ended, err
		}
	}
	return ended, nil
}

// Unping lets follows go on without a role of a server that is there no more.
func (b *Book) Unping(server, role string) error {
	all, err := b.All()
	for _, f := range all {
		if err == nil && f.Place.Server == server && f.Ping == role && role != "" {
			err = b.change(f.ID, func(f *Follow) { f.Ping = "" })
		}
	}
	return err
}

// End ends a follow, with all that is kept of it.
func (b *Book) End(id string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if found, err := b.store.Records(recordFollow, id); err != nil {
		return err
	} else if found[id] == nil {
		return ErrNone
	}
	changes := []state.Change{{Kind: recordFollow, Key: id}}
	for _, kind := range []string{recordTold, recordNotice} {
		found, err := b.store.Records(kind, id+"/")
		if err != nil {
			return err
		}
		for key := range found {
			changes = append(changes, state.Change{Kind: kind, Key: key})
		}
	}
	return b.store.Write(changes...)
}

// keepTold is how long what was sent is remembered; after that it may be sent again.
const keepTold = 365 * 24 * time.Hour

// Prune forgets what was sent more than a year before now.
func (b *Book) Prune(now time.Time) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	told, err := b.store.Records(recordTold, "")
	if err != nil {
		return err
	}
	var stale []state.Change
	for key, at := range told {
		if when, err := time.Parse(time.DateOnly, string(at)); err != nil || now.Sub(when) > keepTold {
			stale = append(stale, state.Change{Kind: recordTold, Key: key})
		}
	}
	if len(stale) == 0 {
		return nil
	}
	return b.store.Write(stale...)
}

// change changes a follow that is still there.
func (b *Book) change(id string, change func(*Follow)) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	found, err := b.store.Records(recordFollow, id)
	if err != nil || found[id] == nil {
		return err
	}
	var f Follow
	if err := json.Unmarshal(found[id], &f); err != nil {
		return fmt.Errorf("reading the follow %s: %w", id, err)
	}
	change(&f)
	c, err := record(recordFollow, id, f)
	if err != nil {
		return err
	}
	return b.store.Write(c)
}

// notices returns what is to be sent, what is due first first.
func (b *Book) notices() ([]Notice, error) {
	found, err := b.store.Records(recordNotice, "")
	if err != nil {
		return nil, err
	}
	all := make([]Notice, 0, len(found))
	for key, value := range found {
		var n Notice
		if err := json.Unmarshal(value, &n); err != nil {
			return nil, fmt.Errorf("reading the notice %s: %w", key, err)
		}
		all = append(all, n)
	}
	slices.SortFunc(all, func(a, b Notice) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID)) })
	return all, nil
}

func (n Notice) key() string { return n.Follow.ID + "/" + n.ID }

// begin marks a notice as being sent and returns it as it is now: since it was
// listed, more may have been added to it. The error is [ErrNone] where its follow,
// or the notice itself, is gone.
func (b *Book) begin(n Notice) (Notice, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if ok, err := b.has(n.Follow.ID); err != nil || !ok {
		return n, cmp.Or(err, ErrNone)
	}
	found, err := b.store.Records(recordNotice, n.key())
	switch {
	case err != nil:
		return n, err
	case found[n.key()] == nil:
		return n, ErrNone
	}
	var now Notice
	if err := json.Unmarshal(found[n.key()], &now); err != nil {
		return n, fmt.Errorf("reading the notice %s: %w", n.key(), err)
	}
	kept := now
	kept.Begun = true
	c, err := record(recordNotice, n.key(), kept)
	if err != nil {
		return n, err
	}
	return now, b.store.Write(c)
}

// put keeps a notice, as long as its follow is there.
func (b *Book) put(n Notice) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if ok, err := b.has(n.Follow.ID); err != nil || !ok {
		return cmp.Or(err, ErrNone)
	}
	c, err := record(recordNotice, n.key(), n)
	if err != nil {
		return err
	}
	return b.store.Write(c)
}

// sent drops a notice.
func (b *Book) sent(n Notice) error {
	return b.store.Write(state.Change{Kind: recordNotice, Key: n.key()})
}

func (b *Book) has(id string) (bool, error) {
	found, err := b.store.Records(recordFollow, id)
	return found[id] != nil, err
}

func record(kind, key string, v any) (state.Change, error) {
	value, err := json.Marshal(v)
	if err != nil {
		return state.Change{}, errors.Join(fmt.Errorf("keeping %s of %s", key, kind), err)
	}
	return state.Change{Kind: kind, Key: key, Value: value}, nil
}
