// Package words holds every word that the bot itself says to people, in a
// catalogue for each language: en.toml, ko.toml and so on. What documents say is
// never in it.
//
// A message is named by its key; one with a Count has a form for each plural of
// its language. To say something new, add the message to en.toml and to every
// other catalogue, and say it through the catalogue of who will read it: Words of
// a command's Call, or Own where only the one who asked sees it, and Words of a
// Reply for what a front adds. A front finds the catalogue of a reader with
// [In]. [Say] is for what is written into files or read by programs, which stays
// English. Errors are made by the function tell of package command, and put into
// words where the reply is made. The tests of this package find what a catalogue
// lacks.
//
// LANGUAGES.md says how to add or correct a language.
package words

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
	"golang.org/x/text/unicode/bidi"
)

// M holds the values of a message's placeholders, by name.
type M map[string]any

//go:embed *.toml
var files embed.FS

// Languages are the languages that the bot speaks, by their BCP 47 tags, which
// are the names of their files; English, the first, is the fallback of any other.
var Languages = []string{"en", "ar", "de", "es", "fr", "id", "ja", "ko", "pt-BR", "ru", "zh-CN", "zh-TW"}

// talked are languages that the bot knows only the words for small talk in.
var talked = []string{"it"}

// Catalogue is the messages in one language. That of the zero value is English, as
// it is kept in files and read by programs: without marks of direction.
type Catalogue struct{ *catalogue }

type catalogue struct {
	language  string // of Languages
	localizer *i18n.Localizer
	numbers   *message.Printer
	leftwards bool // the language is written from right to left
}

// catalogues reads each catalogue when it is first asked for.
var catalogues = func() map[string]func() Catalogue {
	all := map[string]func() Catalogue{}
	for _, l := range slices.Concat(Languages, talked) {
		all[l] = sync.OnceValue(func() Catalogue { return Read(l) })
	}
	return all
}()

// Read reads the catalogue of one of Languages anew, for who needs it once.
func Read(name string) Catalogue {
	tag := language.Make(name)
	bundle := i18n.NewBundle(tag)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	if _, err := bundle.LoadMessageFileFS(files, name+".toml"); err != nil {
		panic(fmt.Sprintf("reading the catalogue %s: %v", name, err)) // it is part of the build
	}
	base, _ := tag.Base()
	digits, _ := tag.SetTypeForKey("nu", "latn") // as in what is quoted, and as Discord writes them
	return Catalogue{&catalogue{name, i18n.NewLocalizer(bundle, name), message.NewPrinter(digits), base.String() == "ar"}}
}

// spoken finds the language that is nearest to one that is asked for.
var spoken = sync.OnceValue(func() language.Matcher {
	tags := make([]language.Tag, len(Languages))
	for i, l := range Languages {
		tags[i] = language.Make(l)
	}
	return language.NewMatcher(tags)
})

// In is the catalogue of a language, which is named by a BCP 47 tag ("ko",
// "pt-PT", "zh-Hant") or as a locale of the environment is ("ko_KR.UTF-8"). Of a
// language that the bot does not speak it is the English one.
func In(name string) Catalogue {
	l, _ := Spoken(name)
	return catalogues[l]()
}

// Preferred is the catalogue of the language that a browser prefers, by its header
// Accept-Language; the English one where it prefers none that the bot speaks.
func Preferred(acceptLanguage string) Catalogue {
	for part := range strings.SplitSeq(acceptLanguage, ",") { // the best first, as browsers write it
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		if l, ok := Spoken(tag); ok {
			return catalogues[l]()
		}
	}
	return In("en")
}

// Spoken finds the one of Languages that In takes for a language. ok is false
// where there is none.
func Spoken(name string) (spokenAs string, ok bool) {
	name, _, _ = strings.Cut(name, ".")
	name, _, _ = strings.Cut(name, "@")
	tag, err := language.Parse(name)
	if err != nil || tag == language.Und {
		return "en", false
	}
	_, i, sure := spoken().Match(tag)
	if sure < language.High { // one that its speakers may know, as Russian is for Ukrainian
		return "en", false
	}
	return Languages[i], true
}

// Talk is the catalogue for small talk and questions in a language, named by its
// ISO 639-1 code, where w is that of who talks: of Chinese it says which. ok is
// false where there is none.
func (w Catalogue) Talk(code string) (own Catalogue, ok bool) {
	if base, _, _ := strings.Cut(w.Language(), "-"); base == code {
		return w, true
	}
	if slices.Contains(talked, code) {
		return catalogues[code](), true
	}
	_, ok = Spoken(code)
	return In(code), ok
}

// Say returns the message named key in English, as the zero Catalogue does.
func Say(key string, values ...M) string { return Catalogue{}.Say(key, values...) }

// Say returns the message named key, its placeholders filled from the given
// values. Texts among them that are written in the other direction are isolated
// from what is around them. A value named Count also picks the plural form, and is
// written as numbers are. A key that the catalogue doesn't have is returned as it
// is.
func (w Catalogue) Say(key string, values ...M) string {
	config := &i18n.LocalizeConfig{MessageID: key}
	if len(values) > 0 {
		filled := maps.Clone(values[0])
		for name, v := range filled {
			switch v := v.(type) {
			case string:
				filled[name] = w.Isolate(v)
			case fmt.Stringer:
				filled[name] = w.Isolate(v.String())
			case int:
				if name == "Count" {
					config.PluralCount = v
					filled[name] = w.Number(v)
				}
			}
		}
		config.TemplateData = filled
	}
	s, err := w.known().localizer.Localize(config)
	switch {
	case s != "" || err == nil:
		return s
	case w.Language() != "en":
		return In("en").Say(key, values...)
	}
	return fmt.Sprintf("[%s]", key)
}

// known is the catalogue itself, of the zero value the English one.
func (w Catalogue) known() Catalogue {
	if w.catalogue == nil {
		return catalogues["en"]()
	}
	return w
}

// Language is the language of the catalogue, one of Languages.
func (w Catalogue) Language() string { return w.known().language }

// Number writes a number as the language does: 12,345.
func (w Catalogue) Number(n int) string { return w.known().numbers.Sprint(number.Decimal(n)) }

// Decimal writes a number to one decimal place.
func (w Catalogue) Decimal(n float64) string {
	return w.known().numbers.Sprint(number.Decimal(n, number.Scale(1)))
}

// Date writes a date in words, as far as it is known: without a day, and with
// neither a month nor a day, where they are 0.
func (w Catalogue) Date(year, month, day int) string {
	if month < 1 || month > 12 {
		return w.Say("date.year", M{"Year": year})
	}
	key, names := "date.month", "date.months"
	if day > 0 {
		key, names = "date.day", "date.months.of"
	}
	return w.Say(key, M{"Year": year, "Month": strings.Split(w.Say(names), "|")[month-1], "Day": day})
}

// List joins names, each isolated where it is written in the other direction.
func (w Catalogue) List(names []string) string {
	isolated := make([]string, len(names))
	for i, n := range names {
		isolated[i] = w.Isolate(n)
	}
	return strings.Join(isolated, w.Say("list.comma"))
}

// The marks that isolate a text from the direction of the text around it.
const (
	isolate    = "\u2068"
	endIsolate = "\u2069"
)

// Leftwards reports whether the language is written from right to left.
func (w Catalogue) Leftwards() bool { return w.known().leftwards }

// Isolate marks a text that has letters of the other direction than the language
// of the catalogue, so that it stays together and its surroundings in order. Among
// letters that go leftwards figures are marked too, or 2024-04 becomes 04-2024.
func (w Catalogue) Isolate(s string) string {
	if w.catalogue == nil {
		return s
	}
	leftwards := w.Leftwards()
	for i := 0; i < len(s); {
		p, n := bidi.LookupString(s[i:])
		if n == 0 {
			break
		}
		switch p.Class() {
		case bidi.R, bidi.AL:
			if !leftwards {
				return isolate + Direct(s) + endIsolate
			}
		case bidi.L, bidi.EN:
			if leftwards {
				return isolate + Direct(s) + endIsolate
			}
		}
		i += n
	}
	return s
}

// Direct is a text without marks of direction.
func Direct(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069' || r == '\u200E' || r == '\u200F' || r == '\u061C' {
			return -1
		}
		return r
	}, s)
}

// Balanced reports whether each mark in a text that isolates has its end, so that
// nothing outside of the text is turned.
func Balanced(s string) bool {
	open := 0
	for _, r := range s {
		switch r {
		case '\u2066', '\u2067', '\u2068':
			open++
		case '\u2069':
			if open--; open < 0 {
				return false
			}
		}
	}
	return open == 0
}
