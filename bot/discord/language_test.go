package discord_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
	"example.org/attache/bot/discord"
	"example.org/attache/bot/discord/discordtest"
	"example.org/attache/bot/follow"
	"example.org/attache/index"
)

// uses are what the recorded conversation leaves out.
var uses = []struct {
	name  string
	reply func(talker) command.Reply
}{
	{"hello", func(b talker) command.Reply { return b.do("ask", "question", b.own.Say("talk.greeting")) }},
	{"view", func(b talker) command.Reply { return b.act(b.do("who", "name", "Ada Quist"), "view:titles:0") }},
	{"mentions", func(b talker) command.Reply { return b.act(b.do("who", "name", "Ada Quist"), "view:mentions:0") }},
	{"more", func(b talker) command.Reply { return b.act(b.do("said", "speaker", "Ada Quist"), "more:3") }},
	{"vote", func(b talker) command.Reply {
		return b.act(b.do("ask", "question", "How long does the lease of the harbour run?"), "good")
	}},
	{"forged", func(b talker) command.Reply { return b.act(command.Reply{}, "nonsense") }},
	{"gone", func(b talker) command.Reply { return b.act(command.Reply{}, "context:1:2:abcdef:gone.txt") }},
	{"questionless", func(b talker) command.Reply { return b.act(command.Reply{}, "more:3") }},
	{"no such speaker", func(b talker) command.Reply { return b.do("said", "speaker", "Wolfgang Petermann") }},
	{"no such topic", func(b talker) command.Reply { return b.do("said", "speaker", "Ada Quist", "topic", "zebras") }},
	{"no timeline", func(b talker) command.Reply { return b.do("timeline", "topic", "zebras", "since", "2024") }},
	{"no sources", func(b talker) command.Reply { return b.do("sources", "query", "zebras") }},
	{"no message", func(b talker) command.Reply { return b.do("Find sources", "message", "") }},
	{"missing", func(b talker) command.Reply { return b.do("ask") }},
	{"long", func(b talker) command.Reply { return b.do("ask", "question", strings.Repeat("why ", 200)) }},
	{"bool", func(b talker) command.Reply { return b.do("ask", "question", "Why?", "private", "perhaps") }},
	{"period", func(b talker) command.Reply {
		return b.do("ask", "question", "Why?", "since", "2024", "until", "2023")
	}},
	{"unknown", func(b talker) command.Reply { return b.do("tiemline") }},
	{"unknown group", func(b talker) command.Reply { return b.do("admin") }},
	{"reindex", func(b talker) command.Reply { return b.do("admin reindex") }},
	{"remove", func(b talker) command.Reply { return b.do("admin remove", "document", "nothing.txt") }},
	{"restore", func(b talker) command.Reply { return b.do("admin restore", "document", "nothing.txt") }},
	{"add", func(b talker) command.Reply { return b.do("admin add") }},
	{"feeds", func(b talker) command.Reply { return b.do("admin feeds") }},
	{"feedback", func(b talker) command.Reply { return b.do("admin feedback") }},
	{"refused", func(b talker) command.Reply {
		return b.Do(b.t.Context(), "admin reindex", &command.Call{Words: b.own, Own: b.own})
	}},
	{"follow", func(b talker) command.Reply { return b.follow("follow who", "name", "Ada Quist", "every", "daily") }},
	{"followed", func(b talker) command.Reply { return b.follow("follow who", "name", "Ada Quist", "every", "daily") }},
	{"follows", func(b talker) command.Reply { return b.follow("follow list") }},
	{"no such follow", func(b talker) command.Reply { return b.follow("follow stop", "follow", "zebras") }},
	{"follow hour", func(b talker) command.Reply { return b.follow("follow topic", "words", "ice", "hour", "25") }},
	{"follow zone", func(b talker) command.Reply { return b.follow("follow topic", "words", "ice", "zone", "Atlantis") }},
	{"follow often", func(b talker) command.Reply { return b.follow("follow topic", "words", "ice", "every", "never") }},
	{"all follows", func(b talker) command.Reply { return b.do("admin follows") }},
	{"notice", func(b talker) command.Reply {
		q := index.Quote{Text: "The ice came early.", Source: index.Source{Document: "ice.txt", Title: "Ice"}}
		return b.Notice(follow.Notice{ID: "n", Follow: follow.Follow{ID: "f", Kind: follow.Topic, Subject: "Ice", Language: b.own.Language()}, Quotes: []index.Quote{q}, More: 2}, "")
	}},
	{"answer", func(b talker) command.Reply {
		q := index.Quote{Text: "The ice came early.", Source: index.Source{Document: "ice.txt", Title: "Ice"}}
		return b.Notice(follow.Notice{ID: "n", Follow: follow.Follow{ID: "f", Kind: follow.Question, Subject: "Ice?", Language: b.own.Language()}, Quotes: []index.Quote{q}}, "")
	}},
	{"progress", func(b talker) command.Reply {
		return command.Reply{Title: b.own.Say("reindex.reading"), Words: b.own, Progress: &command.Progress{Done: 3, Total: 9}}
	}},
}

// act does an action on a reply.
func (b talker) act(r command.Reply, id string) command.Reply {
	return b.Press(b.t.Context(), id, &command.Call{Subject: r.Subject, User: asker.ID, Words: b.own, Own: b.own})
}

// follow is do where things can be followed: in a direct message.
func (b talker) follow(name string, options ...string) command.Reply {
	c := &command.Call{Options: map[string]string{}, User: asker.ID, Place: &command.Place{Writes: true}, Words: b.own, Own: b.own}
	for i := 0; i < len(options); i += 2 {
		c.Options[options[i]] = options[i+1]
	}
	return b.Do(b.t.Context(), name, c)
}

// talkers are the bot for people of each language but English.
func talkers(t *testing.T) map[string]talker {
	t.Helper()
	b := harbourBot(t)
	b.Follows = follow.NewBook(b.State, follow.Limits{Person: 25, Server: 25, All: 25})
	all := map[string]talker{}
	for _, language := range words.Languages[1:] {
		b.own = words.In(language)
		all[language] = b
	}
	return all
}

// english are the words of English messages between their placeholders, where they
// are enough to be known by.
func english(t *testing.T) (fragments []string) {
	t.Helper()
	for _, message := range messages(t, "en") {
		for _, part := range regexp.MustCompile(`\{\{[^}]*\}\}`).Split(message, -1) {
			if part = strings.Trim(part, " .,:;()“”…?!"); len(strings.Fields(part)) > 1 && utf8.RuneCountInString(part) > 8 {
				fragments = append(fragments, part)
			}
		}
	}
	return fragments
}

// messages are the forms of all messages of a language, as its file has them.
func messages(t *testing.T, language string) (all []string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "command", "words", language+".toml"))
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := toml.Unmarshal(data, &raw); err != nil {
		t.Fatal(err)
	}
	for _, v := range raw {
		switch v := v.(type) {
		case string:
			all = append(all, v)
		case map[string]any:
			for _, form := range v {
				all = append(all, form.(string))
			}
		}
	}
	return all
}

// Nothing of what the bot itself says is left in English, whatever it says, and all
// of it keeps Discord's limits.
func TestNoReplyOfAnotherLanguageIsEnglish(t *testing.T) {
	left := english(t)
	for language, b := range talkers(t) {
		own := strings.Join(messages(t, language), "\n")
		for _, use := range slices.Concat(conversation, uses) {
			r := use.reply(b)
			if r.Err != nil {
				t.Errorf("%s: %s: %v", language, use.name, r.Err)
			}
			if r.Words.Language() != language {
				t.Errorf("%s: %s is in %s", language, use.name, r.Words.Language())
			}
			for line := range strings.Lines(sketch(draw(t, r))) {
				if strings.HasPrefix(line, ">") || strings.HasPrefix(line, "###") { // of a document, or what was asked
					continue
				}
				for _, part := range left {
					if strings.Contains(line, part) && !strings.Contains(own, part) {
						t.Errorf("%s: %s says %q in English: %s", language, use.name, part, line)
					}
				}
			}
		}
	}
}

// Replies of each language, as members see them.
func TestRepliesOfEachLanguageLookAsRecorded(t *testing.T) {
	shown := []string{"ask", "unanswered", "who", "nobody", "said", "sources", "help", "status", "gaps", "date"}
	for language, b := range talkers(t) {
		t.Run(language, func(t *testing.T) {
			var all strings.Builder
			for _, use := range conversation {
				if slices.Contains(shown, use.name) {
					all.WriteString("##### " + use.name + "\n\n" + untimed(b, sketch(draw(t, use.reply(b)))))
				}
			}
			golden(t, "language-"+language, all.String())
		})
	}
}

// untimed is a sketch without the size and the time of the index.
func untimed(b talker, sketch string) string {
	mark := regexp.QuoteMeta(b.own.Say("status.index", words.M{"Size": "\x00", "Time": "\x00", "Age": b.own.Say("age.hours", words.M{"Count": 3})}))
	mark = strings.ReplaceAll(mark, "\x00", "[^\n]*?")
	return regexp.MustCompile(mark).ReplaceAllString(sketch, "INDEX")
}

// Lines of the bot's own words in which two directions meet are isolated, and
// what a document says is as it is.
func TestQuotesOfTheOtherDirectionStayReadable(t *testing.T) {
	q := command.Quote{Text: "قال الوزير: «الميناء مفتوح».", Speaker: "عدنان الشامي", Source: index.Source{Document: "port.txt", Title: "الميناء", Publisher: "Coast Post"}}
	for language, want := range map[string]string{
		"en": "-# **\u2068عدنان الشامي\u2069** · \u2068الميناء\u2069 · Coast Post",
		"ar": "-# **عدنان الشامي** · الميناء · \u2068Coast Post\u2069",
	} {
		m := draw(t, command.Reply{Words: words.In(language), Sections: []command.Section{{Quotes: []command.Quote{q}}}}).Text()
		if !strings.Contains(m, want) || !strings.Contains(m, "> "+q.Text+"\n") {
			t.Errorf("%s: %q", language, m)
		}
	}
	open := draw(t, command.Reply{Notes: []string{"a \u2068b", "c \u202e d"}}).Text()
	if strings.ContainsFunc(open, func(r rune) bool { return unicode.Is(unicode.Cf, r) }) {
		t.Errorf("marks without an end are kept: %q", open)
	}
}

// Who sees a reply decides its language.
func TestAReplyIsInTheLanguageOfWhoSeesIt(t *testing.T) {
	t.Parallel()
	r := start(t, func(r *rig, c *discord.Config) { c.Guilds = nil })
	r.awaitCommands("")
	korean, french := asker, home
	korean.Locale, french.Locale = "ko", "fr"
	nobody := option("name", "Wolfgang Petermann")
	says := func(what string, m *discordtest.Message, language, key string, values words.M) {
		t.Helper()
		if want := words.In(language).Say(key, values); !strings.Contains(m.Text(), want) {
			t.Errorf("%s: %q lacks %q", what, m.Text(), want)
		}
	}
	named := words.M{"Name": "Wolfgang Petermann"}
	says("what all see", r.Slash(korean, french, "who", nobody).Reply(), "fr", "who.none", named)
	says("what one sees", r.Slash(korean, french, "who", nobody, option("private", true)).Reply(), "ko", "who.none", named)
	says("help", r.Slash(korean, french, "help").Reply(), "ko", "help.title", nil)
	says("a refusal", r.Slash(korean, french, "admin status").Reply(), "ko", "refused.admin", nil)
	says("a mistake", r.Slash(korean, french, "ask", option("question", "Why?"), option("since", "soon")).Reply(), "ko", "option.date",
		words.M{"Option": words.In("ko").Say("option.name.since"), "Value": "soon"})
	says("a direct message", r.Slash(korean, direct, "who", nobody).Reply(), "ko", "who.none", named)

	answer := r.Slash(korean, french, "sources").Reply()
	says("a list", answer, "fr", "sources.title", nil)
	if buttons := r.Slash(korean, french, "who", option("name", "Park Jin")).Reply(); len(buttons.Buttons()) == 0 || buttons.Button(words.In("fr").Say("action.export")) == "" {
		t.Errorf("the buttons are %v", buttons.Buttons())
	}
}

// The configuration wins over what a server says, for what all of it see.
func TestTheConfiguredLanguageIsThatOfTheServer(t *testing.T) {
	t.Parallel()
	r := start(t, func(r *rig, c *discord.Config) { c.Language, r.Locale = "de", "fr" })
	r.awaitCommands(home.Server)
	french := home
	french.Locale = "fr"
	if got := r.Slash(asker, french, "sources").Reply().Text(); !strings.Contains(got, "Quellen") {
		t.Errorf("all see %q", got)
	}
	if got := r.Slash(asker, french, "help").Reply().Text(); !strings.Contains(got, "What can be asked here") {
		t.Errorf("one sees %q", got)
	}
}

// A server's language is asked for where only a message has come from it.
func TestAMentionIsAnsweredInTheLanguageOfItsServer(t *testing.T) {
	t.Parallel()
	r := start(t, func(r *rig, c *discord.Config) { r.Locale = "es-419" })
	r.awaitCommands(home.Server)
	r.Say(asker, home, "<@"+r.UserID+"> zebras?")
	r.Await("an answer", 30*time.Second, func() bool { return len(r.Posted(home.Channel)) > 0 })
	if got := r.Posted(home.Channel)[0].Text(); !strings.Contains(got, "Sin respuesta") {
		t.Errorf("it is answered %q", got)
	}
}

// Commands, options and choices are registered under their names in each language.
func TestCommandsAreRegisteredInEachLanguage(t *testing.T) {
	t.Parallel()
	r := start(t, nil)
	r.awaitCommands(home.Server)
	seen := map[string]string{}
	for _, c := range r.Commands(home.Server) {
		names, _ := c["name_localizations"].(map[string]any)
		var locales []string
		for l := range names {
			locales = append(locales, l)
		}
		slices.Sort(locales)
		if got := strings.Join(locales, " "); got != "ar de es-419 es-ES fr id ja ko pt-BR ru zh-CN zh-TW" {
			t.Errorf("%v is named in %s", c["name"], got)
		}
		name, _ := c["name"].(string)
		seen[name], _ = names["ko"].(string)
	}
	for name, want := range map[string]string{"ask": "질문", "follow": "팔로우", "Find sources": "출처 찾기", "admin": "관리"} {
		if seen[name] != want {
			t.Errorf("%s is %q in Korean, want %q", name, seen[name], want)
		}
	}
	if len(seen) < 9 {
		t.Error(slices.Collect(maps.Keys(seen)))
	}
}

// The subject in the head of a reply is read back from it in any language.
func TestALongQuestionIsReadFromTheMessageInAnyLanguage(t *testing.T) {
	t.Parallel()
	question := "What did the foreign ministers of the two countries say in Seoul about " + strings.Repeat("trade and ", 12) + "peace?"
	for _, locale := range []string{"ko", "ar", "ru"} {
		r := start(t, nil)
		r.awaitCommands(home.Server)
		at := home
		at.Locale = locale
		w := words.In(locale)
		m := r.Slash(asker, at, "ask", option("question", question), option("since", "2020"), option("source", "Blinken")).Reply()
		id := m.Button(w.Say("ask.try.filters"))
		if id == "" {
			id = m.Button(w.Say("action.more"))
		}
		if id == "" {
			t.Fatalf("%s: %v has the buttons %v", locale, m, m.Buttons())
		}
		if got := r.Press(asker, at, m, id).Reply(); strings.Contains(got.Text(), w.Say("action.question")) || !strings.Contains(got.Text(), "What did the foreign ministers") {
			t.Errorf("%s: %v", locale, got)
		}
	}
}
