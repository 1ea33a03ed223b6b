// Package discord puts the bot on Discord.
//
// A [Front] registers the commands of the table, takes what people do through
// one of two doors (the gateway, or HTTP requests from Discord), hands it to
// package command and shows the reply. It counts what it does for those who run
// the bot. It is the only importer of the Discord library.
//
// What it promises: everything gets a first answer within Discord's three
// seconds; messages ping nobody and keep to Discord's limits, whatever a
// document or a person wrote; no token reaches a log.
//
// Of discordgo it uses the REST client, the rate limiter and the types that are
// sent, in v0.29.0: the commits after that release change only what the bot does
// without. The gateway connection is its own (gateway.go), for discordgo holds a
// lock while it opens a session and hangs on what Discord may send first,
// retries what is fatal, can't resume in a fresh session, and drops an
// interaction that has a component it doesn't know.
package discord

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"example.org/attache/bot/command"
)

// Config says how to reach Discord and who may do what.
type Config struct {
	Token  string
	APIURL string   // base of the REST API, without a version
	Guilds []string // servers that get the commands; empty: all, and direct messages

	AdminUsers  []string
	AdminRoles  []string
	AdminGuilds []string // servers whose members with Manage Server may run admin commands; empty: Guilds

	Listen    string // address for interactions over HTTP; empty: the gateway
	PublicKey string // of the application, in hex; checks interactions over HTTP

	Language string // of what everybody in a server sees; empty: that of the server

	Shards          int // 0: as many as Discord recommends
	UserPerMinute   int // how often one person may use the bot; 0: without limit
	ServerPerMinute int // how often one server may

	Duties Duties // what this process does, of several that are one bot; nil: everything

	Log *slog.Logger
	Out io.Writer // where the invite link is printed

	pace *pace // nil: Discord's own
}

// Duties divides the connections to the gateway, the shards, among processes that
// are one bot. Several may be connected to one shard, of which one answers at once
// and the others only where that one does not: Discord takes one first answer to an
// interaction, and one message for a nonce. Its methods may be called at the same
// time.
type Duties interface {
	// Changed returns a channel that is closed when the rest may say something else.
	Changed() <-chan struct{}
	// Holds reports whether this process is to be connected to a shard.
	Holds(shard int) bool
	// Delay is how long it leaves what comes from a shard to others.
	Delay(shard int) time.Duration
	// Connected is called when a shard is connected, and when it no longer is.
	Connected(shard int, is bool)
	// HandOver returns when the others have taken over, or ctx is done.
	HandOver(ctx context.Context)
}

// pace holds the times that tests shorten.
type pace struct {
	ack      time.Duration // within which Discord wants a first answer, less a margin
	each     time.Duration // of which one try may take this much
	defers   time.Duration // after which a command that isn't done is deferred
	edit     time.Duration // least time between two edits of one reply
	token    time.Duration // within which a reply can still be edited
	backoff  time.Duration // first step of the wait between connections
	stable   time.Duration // a connection that lived this long forgets the steps before it
	window   time.Duration // in which max_concurrency shards may identify
	handle   time.Duration // what an ordinary command may take
	drain    time.Duration // for what is in flight at the end
	handover time.Duration // for a connection to say hello and ready
	yield    time.Duration // for other processes to take over the shards at the end
	missing  time.Duration // after which a bot that Discord does not reach is ill
	request  time.Duration // for a request to be answered, all tries together
	patience time.Duration // for faults that pass, before an answer is tried in another way
}

// The deferral comes early enough that it arrives in time through a REST that
// is two seconds slow, and a try waits for such a one.
var discordsPace = pace{
	ack: 2800 * time.Millisecond, each: 2100 * time.Millisecond, defers: 700 * time.Millisecond, edit: time.Second, token: 14 * time.Minute,
	backoff: time.Second, stable: 3 * time.Minute, window: 5 * time.Second, handle: time.Minute,
	drain: 4 * time.Second, yield: 2500 * time.Millisecond, handover: 20 * time.Second, missing: 3 * time.Minute, request: 10 * time.Second, patience: 5 * time.Second,
}

// Front is the bot on Discord, for one run.
type Front struct {
	Config
	bot    *command.Bot
	rest   *rest
	pace   pace
	quota  *quota
	log    *slog.Logger
	counts *counts
	reach  reach
	shards atomic.Int32 // how many there are, once that is known
	ids    commandIDs
	app    atomic.Value  // the application's ID, a string, once it is known
	self   atomic.Value  // the bot's, as a user: of old bots it is another
	ready  chan []string // takes the servers of the first session that came about

	locales locales

	roles struct { // those that servers gave the bot, by the server
		sync.Mutex
		own map[string]string
	}

	busy    chan struct{}      // bounds how many commands run at once: more would only keep first answers waiting for a processor
	typed   chan struct{}      // bounds how many completions do
	flight  sync.WaitGroup     // what is being answered
	work    context.Context    // of what is being answered; outlives the doors
	abandon context.CancelFunc // ends work
}

// Run serves Discord until ctx is done, then finishes what is in flight. Its
// error says what to do. It is called once.
func (f *Front) Run(ctx context.Context) (err error) {
	f.work, f.abandon = context.WithCancel(context.WithoutCancel(ctx))
	defer f.abandon()
	f.reach.begin(time.Now())
	serving, stop := f.outlive(ctx)
	defer stop()
	inner, end := context.WithCancelCause(serving)
	defer end(nil)
	var background sync.WaitGroup
	if f.Listen != "" { // what comes over HTTP is answered even while Discord's REST is down
		background.Go(func() {
			if err := f.introduce(inner); err != nil {
				end(err)
				return
			}
			f.register(inner)
			f.warnOfDoubles(inner, f.servers(inner))
		})
		err = f.serveHTTP(inner)
	} else if err = f.introduce(inner); err == nil {
		background.Go(func() {
			f.register(inner)
			select {
			case servers := <-f.ready:
				f.warnOfDoubles(inner, servers)
			case <-inner.Done():
			}
		})
		err = f.serveGateway(inner)
	}
	end(nil)
	background.Wait()
	f.finish()
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// outlive returns a context that ends when ctx does and other processes have taken
// over what this one does.
func (f *Front) outlive(ctx context.Context) (context.Context, context.CancelFunc) {
	if f.Duties == nil {
		return ctx, func() {}
	}
	later, end := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		yield, cancel := context.WithTimeout(later, f.pace.yield)
		defer cancel()
		f.Duties.HandOver(yield)
		end()
	})
	return later, func() {
		stop()
		end()
	}
}

// introduce learns who the bot is and prints the link that invites it.
func (f *Front) introduce(ctx context.Context) error {
	app, err := f.whoAmI(ctx)
	if err != nil {
		return err
	}
	f.app.Store(app)
	fmt.Fprintf(f.Out, "Invite the bot: %s\n", invite(app))
	return nil
}

// appID is the application's ID, or "" while it isn't known.
func (f *Front) appID() string {
	id, _ := f.app.Load().(string)
	return id
}

// selfID is the bot's ID as a user, or "" while it isn't known.
func (f *Front) selfID() string {
	id, _ := f.self.Load().(string)
	return id
}

// New returns the front of a bot.
func New(c Config, b *command.Bot) (*Front, error) {
	if c.Token == "" {
		return nil, errors.New("connecting to Discord: there is no token; put the bot's token into DISCORD_TOKEN, or into token or token_file of [discord]")
	}
	if strings.ContainsFunc(c.Token, func(r rune) bool { return r <= ' ' || r > '~' }) { // it can't even be sent
		return nil, errToken
	}
	c.Guilds = slices.Compact(slices.Sorted(slices.Values(c.Guilds))) // one PUT a scope
	if len(c.AdminGuilds) == 0 {
		c.AdminGuilds = c.Guilds
	}
	f := &Front{Config: c, bot: b, pace: discordsPace, busy: make(chan struct{}, 2*runtime.GOMAXPROCS(0)),
		typed: make(chan struct{}, runtime.GOMAXPROCS(0)), ready: make(chan []string, 1)}
	f.roles.own = map[string]string{}
	f.counts = newCounts(&f.reach)
	if c.pace != nil {
		f.pace = *c.pace
	}
	f.log = slog.New(redactor{c.Log.Handler(), c.Token})
	f.rest = newRest(c.APIURL, c.Token, f.counts.refused, f.log)
	f.quota = newQuota(c.UserPerMinute, c.ServerPerMinute)
	return f, nil
}

// finish waits for what is in flight; what takes too long is told to stop,
// and its readers that it was.
func (f *Front) finish() {
	done := make(chan struct{})
	go func() {
		f.flight.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(f.pace.drain):
		f.log.Warn("stopping commands that are still running")
		f.abandon()
		select {
		case <-done:
		case <-time.After(f.pace.drain / 3):
			f.log.Error("a command did not stop")
		}
	}
	f.rest.close()
}

// invite is the address that adds the bot to a server: with its commands, and
// the permissions to read a mention and answer it, also in threads.
func invite(app string) string {
	const viewChannels, sendMessages, attachFiles, readHistory, sendInThreads = 1 << 10, 1 << 11, 1 << 15, 1 << 16, 1 << 38
	return fmt.Sprintf("https://discord.com/oauth2/authorize?client_id=%s&scope=bot+applications.commands&permissions=%d",
		app, viewChannels|sendMessages|attachFiles|readHistory|sendInThreads)
}
