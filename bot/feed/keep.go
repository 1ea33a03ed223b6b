package feed

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"example.org/attache/bot/state"
)

// Store keeps what is known of sources: a [state.Store].
type Store interface {
	Records(kind, prefix string) (map[string][]byte, error)
	Write(changes ...state.Change) error
}

// The kinds of records.
const (
	recordFeed = "feed"
	recordItem = "feed item" // their keys begin with the name of the feed and a slash
)

// known is what is known of a feed.
type known struct {
	Address   string    `json:"address"`
	Kind      string    `json:"kind,omitempty"`
	ETag      string    `json:"etag,omitempty"`
	Modified  string    `json:"modified,omitempty"`
	Next      time.Time `json:"next,omitzero"` // when it is asked again
	Success   time.Time `json:"success,omitzero"`
	Complete  time.Time `json:"complete,omitzero"`   // the last round that left nothing to do and in which nothing failed
	Failed    time.Time `json:"failed,omitzero"`     // the last time
	Failure   string    `json:"failure,omitempty"`   // what was wrong then, in words
	Failures  int       `json:"failures,omitempty"`  // rounds one after another, up to the last
	Documents int       `json:"documents,omitempty"` // that it has brought
	Unread    int       `json:"unread,omitempty"`    // entries of which nothing can be read
	Gone      int       `json:"gone,omitempty"`      // documents that are not at the source any more
	New       int       `json:"new,omitempty"`       // documents that came last
	Came      time.Time `json:"came,omitzero"`       // when they did
}

// item is what is known of an entry.
type item struct {
	Key       string    `json:"key"`
	Link      string    `json:"link,omitempty"`
	File      string    `json:"file,omitempty"`   // below the corpus; empty: nothing could be read
	Signal    string    `json:"signal,omitempty"` // see entry.signal
	Text      string    `json:"text,omitempty"`   // digest of what it says
	ETag      string    `json:"etag,omitempty"`
	Modified  string    `json:"modified,omitempty"`
	Published time.Time `json:"published,omitzero"`
	First     time.Time `json:"first,omitzero"`  // when it was seen first
	Looked    time.Time `json:"looked,omitzero"` // when its page was asked for last
	Gone      time.Time `json:"gone,omitzero"`   // when it was found gone
	Failure   string    `json:"failure,omitempty"`
	Failures  int       `json:"failures,omitempty"`
	Versions  []version `json:"versions,omitempty"` // the newest first

	// The sidecars that the feed wrote last: the newest last, of which nobody knows
	// after a crash whether it got to the disk.
	Wrote []sidecar `json:"wrote,omitempty"`
}

// version is an earlier version of a document.
type version struct {
	File  string    `json:"file"`
	Until time.Time `json:"until"`
}

// load reads what is known of a feed and its entries, these by their keys. A feed
// of another address begins anew, with the documents that it has brought.
func load(s Store, f Feed) (k known, items map[string]*item, err error) {
	items = map[string]*item{}
	if k, err = loadFeed(s, f); err != nil {
		return k, nil, err
	}
	found, err := s.Records(recordItem, f.Name+"/")
	if err != nil {
		return k, nil, err
	}
	for key, value := range found {
		it := &item{}
		if err := json.Unmarshal(value, it); err != nil {
			return k, nil, fmt.Errorf("reading what is known of %s: %w", key, err)
		}
		items[it.Key] = it
	}
	return k, items, nil
}

func loadFeed(s Store, f Feed) (k known, err error) {
	found, err := s.Records(recordFeed, f.Name)
	if err != nil {
		return k, err
	}
	if value, ok := found[f.Name]; ok {
		if err := json.Unmarshal(value, &k); err != nil {
			return k, fmt.Errorf("reading what is known of the feed %s: %w", f.Name, err)
		}
	}
	if k.Address != f.Address {
		k = known{Address: f.Address, Documents: k.Documents, Gone: k.Gone}
	}
	return k, nil
}

// forget drops what is known of entries of a feed.
func forget(s Store, f Feed, items ...*item) error {
	var changes []state.Change
	for _, it := range items {
		changes = append(changes, state.Change{Kind: recordItem, Key: f.recordKey(it)})
	}
	return s.Write(changes...)
}

func (f Feed) recordKey(it *item) string { return f.Name + "/" + digest(24, it.Key) }

// save keeps what is known of a feed, and of some of its entries.
func save(s Store, f Feed, k known, items ...*item) error {
	var changes []state.Change
	value, err := json.Marshal(k)
	changes = append(changes, state.Change{Kind: recordFeed, Key: f.Name, Value: value})
	for _, it := range items {
		value, wrong := json.Marshal(it)
		err = errors.Join(err, wrong)
		changes = append(changes, state.Change{Kind: recordItem, Key: f.recordKey(it), Value: value})
	}
	if err != nil {
		return fmt.Errorf("keeping what is known of the feed %s: %w", f.Name, err)
	}
	return s.Write(changes...)
}

// Status is how a feed does.
type Status struct {
	Feed      string    `json:"feed"`
	Address   string    `json:"address"`
	Kind      string    `json:"kind,omitempty"`
	Documents int       `json:"documents"`
	New       int       `json:"new"`           // of those, how many came last
	Came      time.Time `json:"came,omitzero"` // and when
	Unread    int       `json:"unread,omitempty"`
	Gone      int       `json:"gone,omitempty"`
	Success   time.Time `json:"success,omitzero"`
	Failing   bool      `json:"failing,omitempty"` // the last round failed
	Failed    time.Time `json:"failed,omitzero"`   // the last time
	Failure   string    `json:"failure,omitempty"` // what was wrong then, in words
	Next      time.Time `json:"next,omitzero"`
}

// Statuses says how feeds do, in their order.
func Statuses(s Store, feeds []Feed) (all []Status, err error) {
	for _, f := range feeds {
		k, err := loadFeed(s, f)
		if err != nil {
			return nil, err
		}
		all = append(all, Status{Feed: f.Name, Address: f.Address, Kind: k.Kind, Documents: k.Documents, New: k.New, Came: k.Came,
			Unread: k.Unread, Gone: k.Gone, Success: k.Success, Failing: k.Failures > 0, Failed: k.Failed, Failure: k.Failure, Next: k.Next})
	}
	return all, nil
}

// oneLine is an error in words, on one line.
func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }
