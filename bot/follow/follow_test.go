package follow

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"example.org/attache/bot/state"
	"example.org/attache/index"
)

// mailbox is a front that keeps what it is sent. Like a place that can be looked at,
// it knows what it was sent before.
type mailbox struct {
	sent  []Notice
	fails func(Notice) error
}

func (m *mailbox) Notify(_ context.Context, n Notice) error {
	if m.fails != nil {
		if err := m.fails(n); err != nil {
			return err
		}
	}
	if n.Begun && slices.ContainsFunc(m.sent, func(o Notice) bool { return o.ID == n.ID }) {
		return nil
	}
	m.sent = append(m.sent, n)
	return nil
}

// texts are what all notices quote, in order.
func (m *mailbox) texts() (all []string) {
	for _, n := range m.sent {
		for _, q := range n.Quotes {
			all = append(all, q.Text)
		}
		for _, s := range n.Sources {
			all = append(all, s.Document)
		}
	}
	return all
}

// desk is a service over documents that a test writes.
type desk struct {
	*Service
	*mailbox
	t     *testing.T
	docs  string
	dir   string
	state string
	log   strings.Builder
}

func newDesk(t *testing.T) *desk {
	d := &desk{t: t, docs: t.TempDir(), dir: t.TempDir(), state: t.TempDir(), mailbox: &mailbox{}}
	d.write("old.txt", "The harbour\n\nMinister Ada Holm said on Monday that the harbour of Norport would stay open all winter.\n")
	d.restart()
	d.round()
	return d
}

// restart begins anew with what is on the disk.
func (d *desk) restart() {
	d.t.Helper()
	s, err := state.Open(d.state, time.Hour)
	if err != nil {
		d.t.Fatal(err)
	}
	d.over(s)
}

func (d *desk) over(s Store) {
	d.Service = &Service{Book: NewBook(s, Limits{Person: 10, Server: 5, All: 12}), Front: d.mailbox, Log: slog.New(slog.NewTextHandler(&d.log, nil)),
		Index: func() *index.Index { return nil }}
}

func (d *desk) write(name, text string) {
	d.t.Helper()
	if err := os.WriteFile(filepath.Join(d.docs, name), []byte(text), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

// build reads the documents anew.
func (d *desk) build() {
	d.t.Helper()
	if _, err := index.Build(d.t.Context(), d.dir, os.DirFS(d.docs), index.Options{}); err != nil {
		d.t.Fatal(err)
	}
}

// round reads the documents, matches, and sends what is due.
func (d *desk) round() {
	d.t.Helper()
	d.build()
	d.match()
	d.deliverDue(d.t.Context())
}

func (d *desk) match() {
	d.t.Helper()
	if err := d.matching(); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) matching() error {
	ix, err := index.Open(d.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	defer ix.Close()
	d.Index = func() *index.Index { return ix }
	return d.Match(d.t.Context())
}

func (d *desk) follow(kind Kind, subject string, change ...func(*Follow)) Follow {
	d.t.Helper()
	f := Follow{Kind: kind, Subject: subject, Owner: "7", Place: Place{Server: "1", Channel: "2"}}
	for _, c := range change {
		c(&f)
	}
	if err := f.Check(); err != nil {
		d.t.Fatal(err)
	}
	f, err := d.Book.Add(f, time.Now())
	if err != nil {
		d.t.Fatal(err)
	}
	return f
}

const bridge = "Steel\n\nMinister Ada Holm said on Tuesday: “The bridge to the islands will be built of Norland steel.”\n\nThe old ferry sank on 3 May off the coast of Norland.\n"

func TestFollowsAreToldWhatIsNew(t *testing.T) {
	for _, c := range []struct {
		kind    Kind
		subject string
		want    string
	}{
		{Person, "Ada Holm", "The bridge to the islands will be built of Norland steel."},
		{Person, "holm", "The bridge to the islands will be built of Norland steel."},
		{Topic, "bridge to the islands", "bridge to the islands"},
		{Source, "Steel", "new.txt"},
		{Question, "When did the old ferry sink?", "3 May"},
		{Person, "Uwe Lund", ""},
		{Person, "Ida Hulm", ""},
		{Topic, "fishing quotas", ""},
		{Source, "Gazette", ""},
		{Question, "Who is the queen of Sudland?", ""},
	} {
		d := newDesk(t)
		d.follow(c.kind, c.subject)
		d.round()
		if len(d.sent) != 0 {
			t.Errorf("%s %s: told what is old: %v", c.kind, c.subject, d.texts())
		}
		d.write("new.txt", bridge)
		d.round()
		if got := strings.Join(d.texts(), "|"); c.want == "" && got != "" || !strings.Contains(got, c.want) || c.want != "" && len(d.sent) != 1 {
			t.Errorf("%s %s: told %q in %d notices", c.kind, c.subject, got, len(d.sent))
		}
		if all, _ := d.Book.All(); (len(all) == 0) != (c.kind == Question && c.want != "") {
			t.Errorf("%s %s: afterwards there are %v", c.kind, c.subject, all)
		}
	}
}

func TestNothingIsToldTwice(t *testing.T) {
	d := newDesk(t)
	d.follow(Person, "Ada Holm")
	long := "\n\nThe government of Norland has spoken of a bridge for thirty years. It costs ninety million crowns, and the assembly has to agree in the autumn, when its members return from the islands that most of them come from. Fishermen have said that they fear for the strait and for the herring in it, on which their villages live.\n"
	d.write("new.txt", bridge+long)
	d.round()
	if len(d.texts()) != 1 {
		t.Fatalf("told %q", d.texts())
	}
	steps := map[string]func(){
		"a restart":                   func() { d.restart() },
		"an index that is made anew":  func() { os.RemoveAll(d.dir); os.MkdirAll(d.dir, 0o755); d.restart() },
		"the same under another name": func() { d.write("copy.txt", bridge+long) },
		"nearly the same":             func() { d.write("near.txt", strings.Replace(bridge, "on Tuesday", "Tuesday", 1)+long) },
		"the quote in another story": func() {
			d.write("other.txt", "A week\n\nIt rained. Minister Ada Holm said: “The bridge to the islands will be built of Norland steel.”\n")
		},
		"a change of something else": func() { d.write("new.txt", bridge+long+"\n\nIt was raining in Norport.\n") },
		"a document that was moved": func() {
			os.Rename(filepath.Join(d.docs, "new.txt"), filepath.Join(d.docs, "moved.txt"))
			d.round()
			os.Rename(filepath.Join(d.docs, "moved.txt"), filepath.Join(d.docs, "new.txt"))
		},
		"a document that went and came": func() { os.Remove(filepath.Join(d.docs, "new.txt")); d.round(); d.write("new.txt", bridge+long) },
	}
	for name, step := range steps {
		step()
		d.round()
		if len(d.texts()) != 1 {
			t.Errorf("after %s: told %q", name, d.texts())
			d.sent = d.sent[:1]
		}
	}
	d.write("new.txt", bridge+long+"\n\n“It will stand for a century,” Holm said.\n")
	d.round()
	if got := d.texts(); len(got) != 2 || !strings.Contains(got[1], "It will stand for a century") {
		t.Errorf("of a document that says something more, told %q", got)
	}
}

// What a feed puts aside of a document that changed is no news.
func TestAnEarlierVersionIsNothingNew(t *testing.T) {
	d := newDesk(t)
	d.write("bridge.txt", bridge)
	d.round()
	d.follow(Person, "Ada Holm")
	d.follow(Source, "Steel")
	d.write("bridge-earlier.txt", strings.Replace(bridge, "Steel", "Earlier version of “Steel”", 1))
	d.write("bridge.txt", bridge+"\n“It will stand for a century,” Holm said.\n")
	d.round()
	if got := d.texts(); len(got) != 1 || !strings.Contains(got[0], "stand for a century") {
		t.Errorf("told %q", got)
	}
}

func TestANoticeHasFiveQuotesAndTellsHowManyMoreThereAre(t *testing.T) {
	d := newDesk(t)
	d.follow(Person, "Ada Holm")
	for i := range 8 {
		d.write(fmt.Sprintf("new%d.txt", i), fmt.Sprintf("Speech %[1]d\n\nMinister Ada Holm said in town number %[1]d: “Town number %[1]d will have a ferry of its own.”\n", i))
	}
	d.round()
	if len(d.sent) != 1 || len(d.sent[0].Quotes) != Shown || d.sent[0].More != 3 {
		t.Errorf("told %d notices, %+v", len(d.sent), d.sent)
	}
}

// dying is a store that ends with its program at the n-th change: before it is made
// or just after.
type dying struct {
	state.Store
	left  int
	after bool
	dead  bool
}

var errDead = errors.New("killed")

func (d *dying) Write(changes ...state.Change) error {
	if d.dead {
		return errDead
	}
	if d.left--; d.left == 0 {
		d.dead = true
		if d.after {
			d.Store.Write(changes...)
		}
		return errDead
	}
	return d.Store.Write(changes...)
}

func TestAKillAtAnyStepLosesNothingAndDoublesNothing(t *testing.T) {
	for _, after := range []bool{false, true} {
		for n := 1; ; n++ {
			d := newDesk(t)
			for _, subject := range []string{"Ada Holm", "Holm"} { // two, so that one may be sent when the other is not
				d.follow(Person, subject, func(f *Follow) { f.Place.Channel = subject })
			}
			d.follow(Question, "When did the old ferry sink?")
			d.write("new.txt", bridge)
			d.build()
			s, err := state.Open(d.state, time.Hour)
			if err != nil {
				t.Fatal(err)
			}
			mortal := &dying{Store: s, left: n, after: after}
			d.over(mortal)
			d.mailbox.fails = func(Notice) error { // nothing is sent by the dead
				if mortal.dead {
					return errDead
				}
				return nil
			}
			if d.matching() == nil {
				d.deliverDue(t.Context())
			}
			d.mailbox.fails = nil
			d.restart()
			d.match()
			d.deliverDue(t.Context())
			if got := d.texts(); len(got) != 3 {
				t.Errorf("killed at change %d (made: %v), told %q", n, after, got)
			}
			if left, _ := d.Book.notices(); len(left) != 0 {
				t.Errorf("killed at change %d (made: %v), still to be sent: %v", n, after, left)
			}
			if !mortal.dead {
				if n < 4 {
					t.Errorf("it ends after %d changes", n)
				}
				break
			}
		}
	}
}

func TestWhatDoesNotGetThrough(t *testing.T) {
	again := func(d *desk, i int) {
		d.write(fmt.Sprintf("new%d.txt", i), fmt.Sprintf("Speech\n\nMinister Ada Holm said on day %[1]d: “On day %[1]d we will all go to sea.”\n", i))
		d.round()
	}
	t.Run("a place that is gone", func(t *testing.T) {
		d := newDesk(t)
		d.follow(Person, "Ada Holm")
		d.fails = func(Notice) error { return fmt.Errorf("%w: 404", ErrOver) }
		again(d, 1)
		if all, _ := d.Book.All(); len(all) != 0 || strings.Count(d.log.String(), "a follow ends") != 1 {
			t.Errorf("there are %v\n%s", all, d.log.String())
		}
	})
	t.Run("refused direct messages", func(t *testing.T) {
		d := newDesk(t)
		d.follow(Person, "Ada Holm")
		refuse := func(Notice) error { return ErrRefused }
		for i := range mostRefused - 1 {
			d.fails = refuse
			again(d, i)
		}
		d.fails = nil
		again(d, 10) // one that is taken makes good for all
		for i := range mostRefused {
			d.fails = refuse
			if all, _ := d.Book.All(); len(all) != 1 {
				t.Fatalf("it ended after %d", i)
			}
			again(d, 20+i)
		}
		if all, _ := d.Book.All(); len(all) != 0 || strings.Count(d.log.String(), "a follow ends") != 1 {
			t.Errorf("there are %v\n%s", all, d.log.String())
		}
	})
	t.Run("a bad day", func(t *testing.T) {
		d := newDesk(t)
		d.follow(Person, "Ada Holm")
		d.fails = func(Notice) error { return errors.New("503") }
		again(d, 1)
		left, _ := d.Book.notices()
		if len(left) != 1 || left[0].Tries != 1 || !left[0].Due.After(time.Now()) {
			t.Errorf("left %+v", left)
		}
	})
}

func TestHowMuchMayBeFollowed(t *testing.T) {
	b := newDesk(t).Book
	add := func(owner, server, channel, subject string) error {
		_, err := b.Add(Follow{Kind: Topic, Subject: subject, Owner: owner, Place: Place{server, channel}}, time.Now())
		return err
	}
	for i := range 5 {
		if err := add("1", "s", "c", fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct{ got, want error }{
		"the same, in other letters": {add("1", "s", "c", "4"), ErrAlready},
		"the same, by another":       {add("2", "s", "c", "4"), ErrAlready},
		"too many in a server":       {add("2", "s", "d", "x"), ErrServer},
		"to oneself":                 {add("2", "", "", "4"), nil},
	} {
		if !errors.Is(c.got, c.want) {
			t.Errorf("%s: %v", name, c.got)
		}
	}
	for i := range 5 {
		add("1", "", "", fmt.Sprint("own", i))
	}
	if err := add("1", "", "", "one more"); !errors.Is(err, ErrPerson) {
		t.Errorf("too many of one person: %v", err)
	}
	add("2", "", "", "twelfth")
	if err := add("3", "", "", "thirteenth"); !errors.Is(err, ErrAll) {
		t.Errorf("too many in all: %v", err)
	}
	all, _ := b.All()
	if err := b.End(all[0].ID); err != nil {
		t.Error(err)
	}
	if err := b.End(all[0].ID); !errors.Is(err, ErrNone) {
		t.Errorf("ending one twice: %v", err)
	}
}

func TestWhenDigestsAreDue(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		every          Every
		zone, now, due string
	}{
		{AtOnce, "", "2026-05-05T10:00:00Z", "2026-05-05T10:00:00Z"},
		{Daily, "", "2026-05-05T07:59:00Z", "2026-05-05T08:00:00Z"},
		{Daily, "", "2026-05-05T08:00:00Z", "2026-05-06T08:00:00Z"},
		{Daily, "Asia/Seoul", "2026-05-05T10:00:00Z", "2026-05-05T23:00:00Z"},
		{Daily, "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T06:00:00Z"}, // the night in which the clocks go forward
		{Daily, "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T07:00:00Z"}, // and back
		{Weekly, "", "2026-05-05T10:00:00Z", "2026-05-11T08:00:00Z"},             // made on a Monday
	} {
		f := Follow{Every: c.every, Hour: 8, Zone: c.zone, Made: at("2026-05-04T09:00:00Z")}
		if got := f.due(at(c.now)); !got.Equal(at(c.due)) {
			t.Errorf("%s at 8 %s, found at %s: due %s", c.every, c.zone, c.now, got.UTC().Format(time.RFC3339))
		}
	}
	for _, wrong := range []Follow{{Every: "hourly"}, {Hour: 24}, {Hour: -1}, {Zone: "Mars/Olympus"}, {Zone: "Local"}} {
		if wrong.Check() == nil {
			t.Errorf("%+v is taken", wrong)
		}
	}
}

func TestADigestGathersWhatIsFoundUntilItIsDue(t *testing.T) {
	d := newDesk(t)
	d.follow(Person, "Ada Holm", func(f *Follow) { f.Every, f.Hour = Daily, time.Now().UTC().Add(2*time.Hour).Hour() })
	for i := range 7 {
		d.write(fmt.Sprintf("new%d.txt", i), fmt.Sprintf("Speech\n\nMinister Ada Holm said in town %[1]d: “Town %[1]d will have a ferry.”\n", i))
		d.round()
	}
	waiting, err := d.Book.notices()
	if err != nil || len(waiting) != 1 || len(waiting[0].Quotes) != Shown || waiting[0].More != 2 || len(d.sent) != 0 {
		t.Fatalf("waiting are %+v, %v; sent were %v", waiting, err, d.texts())
	}
	synctest.Test(t, func(t *testing.T) { // whose clock begins in 2000
		waiting[0].Due = time.Now().Add(3 * time.Hour)
		if err := d.Book.put(waiting[0]); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		d.mailbox.fails = func(Notice) error {
			if passed := time.Since(began); passed < 3*time.Hour || passed > 3*time.Hour+time.Minute {
				t.Errorf("it was sent after %v", passed)
			}
			return nil
		}
		ctx, stop := context.WithTimeout(t.Context(), 5*time.Hour)
		defer stop()
		d.send(ctx, nil)
		if len(d.sent) != 1 {
			t.Errorf("sent were %d", len(d.sent))
		}
	})
}

// What is added to a notice after it was listed for sending is sent with it.
func TestWhatIsAddedWhileOthersAreSentIsSentToo(t *testing.T) {
	d := newDesk(t)
	d.follow(Person, "Ada Holm", func(f *Follow) { f.Every, f.Hour = Daily, time.Now().UTC().Add(2*time.Hour).Hour() })
	d.write("new0.txt", "Speech\n\nMinister Ada Holm said in town: “The town will have a ferry.”\n")
	d.round()
	listed, err := d.Book.notices()
	if err != nil || len(listed) != 1 {
		t.Fatalf("listed are %+v, %v", listed, err)
	}
	d.write("new1.txt", "Speech\n\nMinister Ada Holm said in port: “The port will have a crane.”\n")
	d.round()
	if _, err := d.deliver(t.Context(), listed[0]); err != nil {
		t.Fatal(err)
	}
	if len(d.sent) != 1 || len(d.sent[0].Quotes) != 2 {
		t.Errorf("sent were %v", d.texts())
	}
	if _, err := d.deliver(t.Context(), listed[0]); err != nil || len(d.sent) != 1 {
		t.Errorf("sent once more: %v, %v", d.texts(), err)
	}
}

// part is what is new of the documents, with finders that a test replaces.
type part struct {
	*index.Part
	on func(topic string) // is called by each search for a topic
	is map[string]error   // what the search for a topic fails with
}

func (p part) On(ctx context.Context, topic string, limit int) ([]index.Quote, error) {
	if p.on != nil {
		p.on(topic)
	}
	if err := p.is[topic]; err != nil {
		return nil, fmt.Errorf("searching for %q: %w", topic, err)
	}
	return p.Part.On(ctx, topic, limit)
}

// matchPart matches what is new, by the finders of p.
func (d *desk) matchPart(p part) error {
	d.t.Helper()
	d.build()
	ix, err := index.Open(d.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	defer ix.Close()
	if p.Part, err = ix.News(func(document string) string { return d.ledger.known[document] }); err != nil {
		d.t.Fatal(err)
	}
	defer p.Close()
	return d.Service.match(d.t.Context(), p)
}

func TestAFollowThatCannotBeMatchedHoldsUpNoOther(t *testing.T) {
	d := newDesk(t)
	bad := d.follow(Topic, "my secret plan")
	d.follow(Topic, "bridge to the islands")
	d.follow(Person, "Ada Holm")
	d.write("new.txt", bridge)
	if err := d.matchPart(part{is: map[string]error{"my secret plan": errors.New("a bad block")}}); err != nil {
		t.Fatal(err)
	}
	d.deliverDue(t.Context())
	if len(d.sent) != 2 {
		t.Errorf("told %q", d.texts())
	}
	log := d.log.String()
	if !strings.Contains(log, bad.ID) || !strings.Contains(log, "a bad block") || strings.Contains(log, "secret") {
		t.Errorf("the log says\n%s", log)
	}
}

func TestAFaultOfTheStoreEndsTheRound(t *testing.T) {
	d := newDesk(t)
	d.follow(Person, "Ada Holm")
	d.write("new.txt", bridge)
	s := d.Book.store
	d.Book.store = &dying{Store: s.(state.Store), left: 1}
	if err := d.matchPart(part{}); !errors.Is(err, errDead) {
		t.Errorf("got %v", err)
	}
	d.Book.store = s
	d.round()
	if len(d.sent) != 1 {
		t.Errorf("afterwards told %q", d.texts())
	}
}

func TestFollowsAreMadeAndEndedDuringASearch(t *testing.T) {
	d := newDesk(t)
	ended := d.follow(Topic, "bridge to the islands")
	d.follow(Topic, "old ferry")
	once := sync.OnceFunc(func() {
		if !d.Book.mu.TryLock() {
			t.Error("the book is locked during a search")
			return
		}
		d.Book.mu.Unlock()
		if err := d.Book.End(ended.ID); err != nil {
			t.Error(err)
		}
		for _, subject := range []string{"bridge to the islands", "old ferry"} {
			d.follow(Topic, subject, func(f *Follow) { f.Place.Channel = "3" })
		}
	})
	d.write("new.txt", bridge)
	if err := d.matchPart(part{on: func(string) { once() }}); err != nil {
		t.Fatal(err)
	}
	d.deliverDue(t.Context())
	if len(d.sent) != 1 || d.sent[0].Follow.Subject != "old ferry" || d.sent[0].Follow.Place.Channel != "2" {
		t.Errorf("told %+v", d.sent)
	}
	if left, err := d.Book.store.Records(recordTold, ended.ID+"/"); err != nil || len(left) != 0 {
		t.Errorf("of the one that ended there is %v, %v", left, err)
	}
}

func TestFollowsAreMeasured(t *testing.T) {
	d := newDesk(t)
	d.follow(Person, "Ada Holm")
	d.follow(Topic, "bridge to the islands")
	d.follow(Source, "Steel", func(f *Follow) { f.Place = Place{} })
	outcomes := []error{ErrOver, ErrRefused, nil}
	d.mailbox.fails = func(Notice) error {
		err := outcomes[0]
		outcomes = outcomes[1:]
		return err
	}
	d.write("new.txt", bridge)
	d.round()
	all := prometheus.NewRegistry()
	all.MustRegister(d.Service)
	families, err := all.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			name := f.GetName()
			for _, l := range m.GetLabel() {
				name += " " + l.GetValue()
			}
			got[name] = m.GetCounter().GetValue() + m.GetGauge().GetValue() + float64(m.GetHistogram().GetSampleCount())
		}
	}
	want := map[string]float64{"attache_follows": 2, "attache_follow_notices_total sent": 1, "attache_follow_notices_total over": 1,
		"attache_follow_notices_total refused": 1, "attache_follow_matching_seconds": 1}
	if !maps.Equal(got, want) {
		t.Errorf("measured are %v", got)
	}
}

// memory is a store without a disk.
type memory struct {
	mu      sync.Mutex
	records map[[2]string][]byte // by kind and key
}

func (m *memory) Records(kind, prefix string) (map[string][]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found := map[string][]byte{}
	if v := m.records[[2]string{kind, prefix}]; v != nil { // a whole key, as it mostly is
		found[prefix] = v
		return found, nil
	}
	for k, v := range m.records {
		if k[0] == kind && strings.HasPrefix(k[1], prefix) {
			found[k[1]] = v
		}
	}
	return found, nil
}

func (m *memory) Write(changes ...state.Change) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range changes {
		if c.Value == nil {
			delete(m.records, [2]string{c.Kind, c.Key})
		} else {
			m.records[[2]string{c.Kind, c.Key}] = c.Value
		}
	}
	return nil
}

// post is a front that notes when it is handed each notice, and takes those of one
// channel only later.
type post struct {
	began time.Time
	at    map[string][]time.Duration // by notice
	busy  string                     // the channel
	until time.Duration
}

func (p *post) Notify(_ context.Context, n Notice) error {
	now := time.Since(p.began)
	p.at[n.ID] = append(p.at[n.ID], now)
	if n.Follow.Place.Channel == p.busy && now < p.until {
		return errors.New("429")
	}
	return nil
}

// Notices that are all due at once go out one after another, and one place that takes
// none for a while holds up no other.
func TestThousandsOfNoticesAreSpreadOut(t *testing.T) {
	const all, busy = 3000, 10
	synctest.Test(t, func(t *testing.T) {
		store := &memory{records: map[[2]string][]byte{}}
		for n := range all {
			f := Follow{ID: fmt.Sprintf("%010d", n), Kind: Person, Subject: "Ada Holm", Owner: "7", Place: Place{Server: "1", Channel: fmt.Sprint(n)}}
			if n < busy {
				f.Place.Channel = "busy"
			}
			notice := Notice{ID: "n" + f.ID, Follow: f, More: 1, Due: time.Now()}
			for _, r := range []struct {
				kind, key string
				value     any
			}{{recordFollow, f.ID, f}, {recordNotice, notice.key(), notice}} {
				c, err := record(r.kind, r.key, r.value)
				if err != nil {
					t.Fatal(err)
				}
				store.Write(c)
			}
		}
		p := &post{began: time.Now(), at: map[string][]time.Duration{}, busy: "busy", until: time.Minute}
		s := &Service{Book: NewBook(store, Limits{}), Front: p, Log: slog.New(slog.DiscardHandler)}
		ctx, stop := context.WithTimeout(t.Context(), 2*time.Hour)
		defer stop()
		s.send(ctx, nil)
		seconds := map[int]int{}
		for id, at := range p.at {
			if last := at[len(at)-1]; (len(at) > 1) != (id < fmt.Sprintf("n%010d", busy)) || last > all*spread+time.Hour {
				t.Errorf("notice %s was sent at %v", id, at)
			}
			for _, d := range at {
				seconds[int(d/time.Second)]++
			}
		}
		if left, _ := s.Book.notices(); len(p.at) != all || len(left) > 0 {
			t.Errorf("%d were sent, %d are left", len(p.at), len(left))
		}
		for second, n := range seconds {
			if n > int(time.Second/spread) {
				t.Errorf("%d notices in second %d", n, second)
			}
		}
	})
}

func TestWhatWasSentIsForgottenAfterAYear(t *testing.T) {
	d := newDesk(t)
	d.follow(Person, "Ada Holm")
	d.write("new.txt", bridge)
	d.round()
	for _, c := range []struct {
		days, left int
	}{{364, 1}, {367, 0}, {367, 0}} {
		if err := d.Book.Prune(time.Now().AddDate(0, 0, c.days)); err != nil {
			t.Fatal(err)
		}
		if told, err := d.Book.store.Records(recordTold, ""); err != nil || len(told) != c.left {
			t.Errorf("after %d days there are %d, %v", c.days, len(told), err)
		}
	}
	if all, err := d.Book.All(); err != nil || len(all) != 1 {
		t.Errorf("follows are %v, %v", all, err)
	}
}
