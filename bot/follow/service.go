package follow

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"example.org/attache/bot/state"
	"example.org/attache/index"
)

// Front takes notices to where they belong.
type Front interface {
	// Notify sends a notice. It is sent at most once for its ID as far as the front
	// can tell; Begun says that an earlier try may have got through. The error is
	// ErrOver where nothing will ever get through any more, ErrRefused where its
	// owner takes no direct messages.
	Notify(ctx context.Context, n Notice) error
}

// Why a notice does not get through.
var (
	ErrOver    = errors.New("its place is not there any more, or the bot may not write there")
	ErrRefused = errors.New("its owner takes no direct messages")
)

// mostRefused is after how many refused direct messages a follow ends.
const mostRefused = 5

// How notices are sent.
const (
	spread    = 100 * time.Millisecond // between two of them
	firstWait = 30 * time.Second       // before one that failed is tried again; it doubles
	lastWait  = time.Hour
	longest   = time.Hour // between two looks at what is due
)

// Service matches follows and sends what there is to tell.
type Service struct {
	Book  *Book
	Index func() *index.Index // nil while there is none
	Front Front
	Log   *slog.Logger

	mu      sync.Mutex // one round at a time
	ledger  ledger
	matched time.Time // when the generation was built that was matched last
	wake    chan struct{}
	once    sync.Once
	counts  *counts
}

// Changed says that there may be something new. It returns at once.
func (s *Service) Changed() {
	select {
	case s.waking() <- struct{}{}:
	default:
	}
}

func (s *Service) waking() chan struct{} {
	s.begin()
	return s.wake
}

func (s *Service) begin() {
	s.once.Do(func() { s.wake, s.counts = make(chan struct{}, 1), newCounts() })
}

// lookEvery is how often the index is looked at for a generation that another
// process has made.
const lookEvery = time.Minute

// Take makes the service go on with what another process has left in a book. It is
// not called while it runs.
func (s *Service) Take(b *Book) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Book, s.ledger, s.matched = b, ledger{}, time.Time{}
}

// Run matches and sends until ctx is done.
func (s *Service) Run(ctx context.Context) {
	var running sync.WaitGroup
	defer running.Wait()
	matched := make(chan struct{}, 1)
	running.Go(func() { s.send(ctx, matched) })
	for {
		if err := s.Match(ctx); err != nil && ctx.Err() == nil {
			s.Log.Error("what is new was not matched with what people follow; it is tried again", "error", err)
		}
		select {
		case matched <- struct{}{}:
		default:
		}
		select {
		case <-ctx.Done():
			return
		case <-s.waking():
		case <-time.After(lookEvery):
		}
	}
}

// Match matches all follows with the documents that were not matched before, and
// keeps what is to be sent. The first time there is nothing new: what is there
// then is what follows are later than.
func (s *Service) Match(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	ix := s.Index()
	if ix == nil {
		return nil
	}
	stats, err := ix.Stats()
	if err != nil {
		return err
	}
	if stats.Built.Equal(s.matched) {
		return nil
	}
	if s.ledger.known == nil {
		if err := s.ledger.load(s.Book.store); err != nil {
			return err
		}
	}
	part, err := ix.News(func(document string) string { return s.ledger.known[document] })
	if err != nil {
		return err
	}
	defer part.Close()
	if err := s.match(ctx, part); err != nil {
		return err
	}
	for _, d := range part.Documents() {
		s.ledger.known[d.Document] = d.Revision
	}
	s.ledger.begun, s.matched = true, stats.Built
	return nil
}

// match writes, in one transaction, the notices that a part of the documents gives rise
// to, and the mark that it was matched.
//
// The search takes long where there is much, so the book is locked only to write
// down what came of it: follows can be made and ended meanwhile.
func (s *Service) match(ctx context.Context, part news) error {
	now := time.Now()
	all, old, err := changes(s.Book.store, part, s.ledger.known)
	if err != nil {
		return err
	}
	m := &matching{store: s.Book.store, part: part, now: now, old: old, log: s.Log}
	var found map[string]found
	searched := map[string]bool{} // IDs of follows
	if s.ledger.begun && len(part.Documents()) > 0 {
		follows, err := s.Book.All()
		if err != nil {
			return err
		}
		for _, f := range follows {
			searched[f.ID] = true
		}
		if found, err = m.match(ctx, follows); err != nil {
			return err
		}
	}
	s.Book.mu.Lock()
	defer s.Book.mu.Unlock()
	if s.ledger.begun && len(part.Documents()) > 0 {
		follows, err := s.Book.All() // as they are now
		if err != nil {
			return err
		}
		told := 0
		for _, f := range follows {
			got, ok := found[m.subject(f)]
			if !ok || !searched[f.ID] { // one that is younger than the search is later than what is new
				continue
			}
			own, err := m.tell(f, got)
			if err != nil {
				return err
			}
			all = append(all, own...)
			told++
		}
		s.begin()
		s.counts.matching.Observe(time.Since(now).Seconds())
		s.Log.Info("what is new was matched with what people follow", "documents", len(part.Documents()), "follows", len(searched), "told", told,
			"took", time.Since(now).Round(time.Millisecond))
	}
	return s.Book.store.Write(append(all, state.Change{Kind: recordBaseline, Key: baselineKey, Value: []byte("1")})...)
}

// send sends what is due, until ctx is done. It looks again when something was
// matched.
func (s *Service) send(ctx context.Context, matched <-chan struct{}) {
	for {
		next := s.deliverDue(ctx)
		select {
		case <-ctx.Done():
			return
		case <-matched:
		case <-time.After(time.Until(next)):
		}
	}
}

// deliverDue sends what is due, one after another, and returns when to look again.
func (s *Service) deliverDue(ctx context.Context) (next time.Time) {
	notices, err := s.Book.notices()
	if err != nil {
		s.Log.Error("what is to be sent to followers can't be read", "error", err)
		return time.Now().Add(firstWait)
	}
	next = time.Now().Add(longest)
	for _, n := range notices {
		if n.Due.After(time.Now()) {
			if n.Due.Before(next) {
				next = n.Due
			}
			continue
		}
		again, err := s.deliver(ctx, n)
		if err != nil {
			s.Log.Error("a notice could not be recorded; it may be sent again", "follow", n.Follow.ID, "error", err)
			again = time.Now().Add(firstWait)
		}
		if !again.IsZero() && again.Before(next) {
			next = again
		}
		select {
		case <-ctx.Done():
			return next
		case <-time.After(spread):
		}
	}
	return next
}

// deliver sends one notice. Where it is to be tried again it returns when.
func (s *Service) deliver(ctx context.Context, n Notice) (again time.Time, err error) {
	if n, err = s.Book.begin(n); errors.Is(err, ErrNone) { // it was ended
		return again, s.Book.sent(n)
	} else if err != nil {
		return again, err
	}
	sending := n
	sending.Begun = true
	err = s.Front.Notify(ctx, n)
	s.begin()
	s.counts.sent(err)
	switch {
	case ctx.Err() != nil && err != nil:
		return again, nil
	case err == nil && n.Follow.Kind == Question:
		s.Log.Info("a follow of a question was answered and ends", "follow", n.Follow.ID)
		return again, s.end(n)
	case err == nil:
		if n.Follow.Refused > 0 {
			err = s.Book.change(n.Follow.ID, func(f *Follow) { f.Refused = 0 })
		}
		return again, errors.Join(err, s.Book.sent(n))
	case errors.Is(err, ErrOver):
		s.Log.Warn("a follow ends: "+ErrOver.Error(), "follow", n.Follow.ID, "error", err)
		return again, s.end(n)
	case errors.Is(err, ErrRefused):
		refused := 0
		wrong := s.Book.change(n.Follow.ID, func(f *Follow) {
			f.Refused++
			refused = f.Refused
		})
		if refused >= mostRefused {
			s.Log.Warn(fmt.Sprintf("a follow ends: its owner has refused %d direct messages", refused), "follow", n.Follow.ID)
			return again, errors.Join(wrong, s.end(n))
		}
		return again, errors.Join(wrong, s.Book.sent(n))
	}
	sending.Tries++
	sending.Due = time.Now().Add(min(firstWait<<min(sending.Tries-1, 10), lastWait))
	if sending.Tries == 1 {
		s.Log.Warn("a follower was not told; it is tried again", "follow", n.Follow.ID, "error", err)
	}
	return sending.Due, s.Book.put(sending)
}

// end ends the follow of a notice.
func (s *Service) end(n Notice) error {
	if err := s.Book.End(n.Follow.ID); err != nil && !errors.Is(err, ErrNone) {
		return err
	}
	return s.Book.sent(n)
}
