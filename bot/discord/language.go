package discord

import (
	"cmp"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"example.org/attache/bot/command/words"
	"example.org/attache/bot/follow"
)

// What all members of a place see is in the language of their server, what only
// one sees in that of their client. An interaction names both; of a message and
// its server they are what was last known.

// words are those for what everybody who sees an answer reads: the configured
// ones, else those of the server, and in direct messages the person's own.
func (f *Front) words(in *interaction) words.Catalogue {
	f.locales.learn(in.who(), in.Locale)
	if in.GuildID == "" {
		return words.In(in.Locale)
	}
	f.locales.learn(in.GuildID, in.GuildLocale)
	return words.In(cmp.Or(f.Language, in.GuildLocale, in.Locale))
}

// wordsOf are those for the answer to a message.
func (f *Front) wordsOf(m *message) words.Catalogue {
	if m.GuildID == "" {
		return words.In(cmp.Or(f.locales.of(m.Author.ID), f.Language))
	}
	if f.Language != "" {
		return words.In(f.Language)
	}
	known := f.locales.of(m.GuildID)
	if known == "" && f.quota.word("locale", m.GuildID, time.Now()) {
		known = f.preferred(m.GuildID)
		f.locales.learn(m.GuildID, known)
	}
	return words.In(known)
}

// preferred asks for the language of a server; it is empty where that can't be
// known.
func (f *Front) preferred(server string) string {
	var guild struct {
		Locale string `json:"preferred_locale"`
	}
	if err := f.brief(f.work, request{what: "asking for the language of a server", method: "GET", path: "/guilds/" + server, bucket: "guilds"}, &guild); err != nil {
		f.log.Info("not known which language a server speaks", "error", err)
	}
	return guild.Locale
}

// noticeLanguage is the language that a notice is in where it is not that of its
// follow.
func (f *Front) noticeLanguage(n follow.Notice) string {
	if n.Follow.Place.Channel == "" {
		return ""
	}
	return f.Language
}

// locales are the languages of servers and people as Discord last reported them, by
// their IDs. Nothing of it is kept elsewhere.
type locales struct {
	sync.Mutex
	known map[string]string
}

// mostLocales is after how many all are forgotten.
const mostLocales = 10_000

func (l *locales) learn(id, locale string) {
	if id == "" || locale == "" {
		return
	}
	l.Lock()
	defer l.Unlock()
	if l.known == nil || len(l.known) >= mostLocales {
		l.known = map[string]string{}
	}
	l.known[id] = locale
}

func (l *locales) of(id string) string {
	l.Lock()
	defer l.Unlock()
	return l.known[id]
}

// english is what commands are registered in by themselves.
var english words.Catalogue

// tongues are the catalogues of the languages that commands are named in, by the
// locales of Discord.
type tongues map[discordgo.Locale]words.Catalogue

// readTongues reads the catalogues anew: registering takes a moment, and most of
// them may never be asked for again.
func readTongues() tongues {
	all := tongues{}
	for _, language := range words.Languages {
		switch language {
		case "en":
		case "es": // two of Discord's
			w := words.Read(language)
			all[discordgo.SpanishES], all["es-419"] = w, w
		default:
			all[discordgo.Locale(language)] = words.Read(language)
		}
	}
	return all
}

// all says something in each of the languages.
func (t tongues) all(say func(words.Catalogue) string) map[discordgo.Locale]string {
	said := map[discordgo.Locale]string{}
	for locale, w := range t {
		said[locale] = say(w)
	}
	return said
}
