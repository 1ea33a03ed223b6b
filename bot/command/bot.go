package command

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/xrash/smetrics"

	"example.org/attache/bot/command/words"
	"example.org/attache/bot/etcd"
	"example.org/attache/bot/feed"
	"example.org/attache/bot/fetch"
	"example.org/attache/bot/follow"
	"example.org/attache/bot/state"
	"example.org/attache/index"
)

// Bot is what commands work on. Its methods may be called at the same time.
type Bot struct {
	Index     func() *index.Index       // nil while the documents are being read for the first time
	Opening   func(ctx context.Context) // waits while an index is being opened; may be nil
	Reindex   func(ctx context.Context, show func(index.Progress)) (*index.Report, error)
	Failures  func() ([]index.Entry, error) // what the last reading could not read; may be nil
	State     state.Store                   // nil where nothing is kept
	PublicURL string                        // where the pages of quotes are, without a slash at the end; empty: nowhere
	Corpus    string                        // the folder that documents are added to; empty for the built-in ones
	Remote    Remote                        // where else they are kept; may be nil
	Web       *fetch.Fetcher                // gets documents from the addresses that are allowed
	Follows   *follow.Book                  // nil where nothing is kept
	Feeds     func() ([]feed.Status, error) // how the feeds do; nil where nothing is kept
	Stale     func() error                  // why nothing may be answered now; nil: it always may
	Log       *slog.Logger
	Observe   func(name string, took time.Duration, failed bool) // counts uses of commands and actions; may be nil
	Now       func() time.Time                                   // what "last week" is counted from; nil: time.Now

	keeping    atomic.Int32 // questions on their way to the state
	background sync.WaitGroup
	sampled    sampled
}

// told is an error whose text is for the one who asked.
type told struct {
	key    string // of the message in the catalogues
	values words.M
	kind   error // ErrGone, ErrChanged; nil where no caller needs to distinguish it
}

// Error is the message in English; in is the one for people.
func (t told) Error() string               { return words.Say(t.key, t.values) }
func (t told) Unwrap() error               { return t.kind }
func (t told) in(w words.Catalogue) string { return w.Say(t.key, t.values) }

// tell returns the message named key of the catalogues as an error, which is said
// in the language of who gets it.
func tell(key string, values ...words.M) error {
	t := told{key: key}
	if len(values) > 0 {
		t.values = values[0]
	}
	return t
}

// Do runs the command called name. It always returns a reply that can be
// shown: what can't be done is a Failed one that says why.
func (b *Bot) Do(ctx context.Context, name string, c *Call) Reply {
	cmd, ok := Find(name)
	switch {
	case !ok:
		return misused(c.Own, unknown(c.Own, name))
	case cmd.Admin && !c.Admin:
		return failed(c.Own, tell("refused.admin"))
	case cmd.placed && c.Place == nil:
		return failed(c.Own, tell("follow.nowhere"))
	case cmd.Name != "help" && b.stale():
		return failed(c.Own, tell("error.stale"))
	}
	options, err := b.check(cmd, b.named(withCaller(ctx, c), cmd, c.Options), c.Own)
	if err != nil {
		return misused(c.Own, err)
	}
	call := *c
	call.Options = options
	if cmd.Private(options) {
		call.Words = call.Own
	}
	r := b.guard(ctx, name, &call, func() (Reply, error) {
		if cmd.Name != "help" {
			b.opened(ctx)
		}
		return b.run(ctx, cmd, &call)
	})
	if cmd.Admin {
		b.audit(name, call.User, options, r)
	}
	if cmd.paged && !cmd.Admin && b.empty(r) {
		r.Notes = []string{call.Words.Say("ask.empty")}
	}
	return r
}

// audit logs an admin command: who ran it, by ID, with which options, and whether
// it failed. Of an address the query is left out, which may hold a secret.
func (b *Bot) audit(command, user string, options map[string]string, r Reply) {
	attrs := []any{"command", command, "by", user}
	for _, name := range slices.Sorted(maps.Keys(options)) {
		value, _, _ := strings.Cut(options[name], "?")
		attrs = append(attrs, name, short(value, 200))
	}
	b.Log.Info("an admin command was run", append(attrs, "failed", r.Failed)...)
}

// run runs a command with options that are checked.
func (b *Bot) run(ctx context.Context, cmd Command, c *Call) (Reply, error) {
	r, err := cmd.Run(ctx, b, c)
	if cmd.paged && r.Subject.Command == "" {
		r.Subject = subject(cmd, c)
	}
	if cmd.Admin {
		r.Tone = Admin
	}
	b.entitle(&r)
	return r, err
}

// empty reports whether a reply quotes nothing because there are no documents.
func (b *Bot) empty(r Reply) bool {
	if r.Failed || b.Index() == nil || slices.ContainsFunc(r.Sections, func(s Section) bool { return len(s.Quotes) > 0 }) {
		return false
	}
	s, err := b.Index().Stats()
	return err == nil && s.Documents == 0
}

// Complete returns at most 25 values that may be meant by what is typed so far
// of an option; of an admin command's, only for an admin. For a value that is
// too long for a front, [Handle] may be given instead. Of the call only who
// makes it counts, and where.
func (b *Bot) Complete(ctx context.Context, name, option, typed string, c *Call) []string {
	cmd, _ := Find(name)
	if cmd.Admin && !c.Admin || b.stale() {
		return nil
	}
	ctx = withCaller(ctx, c)
	for _, o := range cmd.Options {
		if o.Name != option || o.Complete == nil || b.Index() == nil {
			continue
		}
		var found []string
		b.guard(ctx, "complete", c, func() (Reply, error) {
			found = o.Complete(ctx, b, clean(typed))
			return Reply{}, nil
		})
		return fitting(found)
	}
	return nil
}

// callerKey is the key of the Call whose options are read or completed.
type callerKey struct{}

func withCaller(ctx context.Context, c *Call) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// caller is the Call whose options are read or completed.
func caller(ctx context.Context) *Call {
	if c, ok := ctx.Value(callerKey{}).(*Call); ok {
		return c
	}
	return &Call{}
}

// fitting keeps of values what a list of choices can hold.
func fitting(values []string) []string {
	values = slices.DeleteFunc(values, func(v string) bool { return v == "" })
	return values[:min(len(values), 25)]
}

// Handle is short and stands for a long value of an option: Do takes the one for
// the other.
func Handle(value string) string { return "#" + digest(value, handleDigits) }

const handleDigits = 16

// named are options as they were typed, with the values that handles stand for.
func (b *Bot) named(ctx context.Context, cmd Command, typed map[string]string) map[string]string {
	options := maps.Clone(typed)
	for _, o := range cmd.Options {
		handle := options[o.Name]
		if o.names == nil || len(handle) != 1+handleDigits || handle[0] != '#' || b.Index() == nil {
			continue
		}
		for _, name := range o.names(ctx, b) {
			if Handle(name) == handle {
				options[o.Name] = name
				break
			}
		}
	}
	return options
}

// guard runs what a person asked for, so that its failure costs nobody else:
// an error that isn't meant for people, and a panic, are logged and answered
// with an apology.
func (b *Bot) guard(ctx context.Context, name string, c *Call, run func() (Reply, error)) (r Reply) {
	start := time.Now()
	defer func() {
		if b.Observe != nil {
			b.Observe(name, time.Since(start), r.Failed)
		}
	}()
	defer func() {
		if p := recover(); p != nil {
			stack := string(debug.Stack())
			b.Log.Error("a command panicked", "command", name, "panic", p, "stack", stack)
			r = failed(c.Own, tell("error.internal"))
			r.Err = fmt.Errorf("%s panicked: %v\n%s", name, p, stack)
		}
	}()
	r, err := run()
	var message told
	switch {
	case err == nil:
		r.Words = c.Words
		return r
	case errors.As(err, &message):
		return failed(c.Own, message)
	case errors.Is(ctx.Err(), context.Canceled):
		return failed(c.Own, tell("error.stopped"))
	case ctx.Err() != nil:
		return failed(c.Own, tell("error.late"))
	}
	b.Log.Error("a command failed", "command", name, "error", err)
	r = failed(c.Own, tell(excuse(err)))
	r.Err = err
	return r
}

// excuse names what to say of an error that isn't meant for people.
func excuse(err error) string {
	switch {
	case errors.Is(err, etcd.ErrAway), errors.Is(err, etcd.ErrNotLeader):
		return "error.away"
	case errors.Is(err, etcd.ErrFull):
		return "error.full"
	}
	return "error.internal"
}

// stale reports whether nothing may be answered now.
func (b *Bot) stale() bool { return b.Stale != nil && b.Stale() != nil }

// failed says why something could not be done, to the one who asked alone.
func failed(w words.Catalogue, err error) Reply {
	return Reply{Notes: []string{Explain(w, err)}, Private: true, Failed: true, Words: w}
}

// Explain is the text of an error in the words of a catalogue where it is meant for
// people, such as ErrGone; else as it is.
func Explain(w words.Catalogue, err error) string {
	var message told
	if errors.As(err, &message) {
		return message.in(w)
	}
	return err.Error()
}

func misused(w words.Catalogue, err error) Reply {
	r := failed(w, err)
	r.Misused = true
	return r
}

// unknown says that there is no such command, and which one may be meant.
func unknown(w words.Catalogue, name string) error {
	name = short(clean(name), 33)
	if name == "" {
		return tell("error.unknown.none")
	}
	best, near := "", 3
	var group []string
	for _, c := range Table() {
		if sub, ok := strings.CutPrefix(c.Name, name+" "); ok && c.Admin {
			group = append(group, sub)
		}
		n := smetrics.WagnerFischer(name, c.Name, 1, 1, 1)
		if n < near && (3*n <= len(name) || sorted(name) == sorted(c.Name)) {
			best, near = c.Name, n
		}
	}
	if len(group) > 0 {
		return tell("error.unknown.group", words.M{"Name": name, "Names": strings.Join(group, ", ")})
	}
	if best == "" {
		return tell("error.unknown", words.M{"Name": name})
	}
	return tell("error.unknown.near", words.M{"Name": name, "Near": best})
}

// sorted returns the letters of s in order: a slip of the hand swaps some.
func sorted(s string) string {
	letters := []rune(s)
	slices.Sort(letters)
	return string(letters)
}

// opened waits while the index is being opened.
func (b *Bot) opened(ctx context.Context) {
	if b.Opening != nil && b.Index() == nil {
		b.Opening(ctx)
	}
}

// ready returns the index, or what to tell people while there is none.
func (b *Bot) ready() (*index.Index, error) {
	if ix := b.Index(); ix != nil {
		return ix, nil
	}
	return nil, tell("error.reading")
}
