package discord_test

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"runtime"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"example.org/attache/bot/command"
	"example.org/attache/bot/discord"
	"example.org/attache/bot/discord/discordtest"
	"example.org/attache/corpus"
	"example.org/attache/index"
)

// The people and places of the tests.
var (
	asker, other, operator = discordtest.Asker, discordtest.Other, discordtest.Operator
	home, foreign, direct  = discordtest.Home, discordtest.Foreign, discordtest.Direct
)

// rig is the bot over the built-in documents, on a local Discord.
type rig struct {
	*discordtest.Server
	*discordtest.Program[error]
	t     testing.TB
	bot   *command.Bot
	front *discord.Front
}

// library is the index of the built-in documents. All tests share it: they
// only read it.
var library struct {
	sync.Once
	dir string
	ix  *index.Index
	err error
}

func documents(t testing.TB) *index.Index {
	t.Helper()
	library.Do(func() {
		if library.dir, library.err = os.MkdirTemp("", "attache-"); library.err != nil {
			return
		}
		if _, library.err = index.Build(context.Background(), library.dir, corpus.Builtin(), index.Options{}); library.err == nil {
			library.ix, library.err = index.Open(library.dir)
		}
	})
	if library.err != nil {
		t.Fatal(library.err)
	}
	return library.ix
}

// TestMain fails when the bot, or a test, leaves something running. Most tests
// wait for times to pass, so more of them run at once than there are processors.
func TestMain(m *testing.M) {
	flag.Parse()
	if p := flag.Lookup("test.parallel"); p.Value.String() == fmt.Sprint(runtime.GOMAXPROCS(0)) {
		p.Value.Set("6")
	}
	code := m.Run()
	if library.ix != nil {
		library.ix.Close()
	}
	os.RemoveAll(library.dir)
	http.DefaultClient.CloseIdleConnections()
	pool := goleak.IgnoreTopFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker") // runs as long as the program
	if err := goleak.Find(pool); code == 0 && err != nil {
		fmt.Fprintln(os.Stderr, "left running:", err)
		code = 1
	}
	os.Exit(code)
}

// slow makes all that needs the index take so long.
func (r *rig) slow(d time.Duration) {
	ready := r.bot.Index
	r.bot.Index = func() *index.Index { time.Sleep(d); return ready() }
}

func newBot(t testing.TB) *command.Bot {
	ix := documents(t)
	return &command.Bot{
		Index: func() *index.Index { return ix },
		Reindex: func(context.Context, func(index.Progress)) (*index.Report, error) {
			return &index.Report{}, nil
		},
		Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return time.Date(2024, 9, 12, 12, 0, 0, 0, time.UTC) },
	}
}

// start runs the bot until the test ends. change may alter Discord, the bot
// and the configuration before.
func start(t testing.TB, change func(*rig, *discord.Config)) *rig {
	t.Helper()
	r := prepare(t, change)
	r.AwaitOnline(1, 30*time.Second)
	return r
}

// prepare is start without waiting for the connection.
func prepare(t testing.TB, change func(*rig, *discord.Config)) *rig {
	t.Helper()
	documents(t)
	r := &rig{Server: discordtest.New(t), t: t, bot: newBot(t)}
	r.IdentifyWindow, r.AckTime = 10*time.Millisecond, 25*time.Second
	r.launch(change)
	return r
}

// launch starts the bot on the Discord that there is.
func (r *rig) launch(change func(*rig, *discord.Config)) {
	t := r.t
	t.Helper()
	out := &discordtest.Output{}
	c := discord.Quick(discord.Config{Token: r.Token, APIURL: r.URL, Guilds: []string{home.Server}, AdminUsers: []string{operator.ID},
		AdminRoles: []string{"700000000000000001"}, Out: out, Log: slog.New(slog.NewTextHandler(out, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	if change != nil {
		change(r, &c)
	}
	var err error
	if r.front, err = discord.New(c, r.bot); err != nil {
		t.Fatal(err)
	}
	r.Program = discordtest.Start(t, c.Token, out, r.front.Run)
}

// ask uses /ask and returns the interaction.
func (r *rig) ask(question string, options ...discordtest.Option) *discordtest.Interaction {
	r.t.Helper()
	r.awaitCommands(home.Server)
	return r.Slash(asker, home, "ask", append([]discordtest.Option{{Name: "question", Value: question}}, options...)...)
}

// awaitCommands waits until a scope has commands.
func (r *rig) awaitCommands(scope string) {
	r.t.Helper()
	r.Await("the commands", 30*time.Second, func() bool { return len(r.Commands(scope)) > 0 })
}

// opening lets the bot have no index before opened is closed.
func opening(r *rig, opened chan struct{}) {
	ready := r.bot.Index
	r.bot.Index = func() *index.Index {
		select {
		case <-opened:
			return ready()
		default:
			return nil
		}
	}
	r.bot.Opening = func(ctx context.Context) {
		select {
		case <-opened:
		case <-ctx.Done():
		}
	}
}
