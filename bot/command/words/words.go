// Package words holds every word that the bot itself says to people, in one
// catalogue: en.toml. What documents say is never in it.
//
// A message is named by its key; one with a count has a form for each plural of
// its language. A translation is another file beside en.toml: it may hold a part
// of the messages, and what it lacks is said in English.
package words

import (
	"embed"
	"fmt"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

// M holds the values of a message's placeholders, by name.
type M map[string]any

//go:embed *.toml
var files embed.FS

// Catalogue is the messages in one language.
type Catalogue struct{ localizer *i18n.Localizer }

// catalogues are the languages that there is a file of, by ISO 639-1 code.
var catalogues = load()

func load() map[string]Catalogue {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the catalogue is part of the build
	}
	all := map[string]Catalogue{}
	for _, e := range entries {
		if _, err := bundle.LoadMessageFileFS(files, e.Name()); err != nil {
			panic(fmt.Sprintf("%s: %v", e.Name(), err))
		}
		all[strings.TrimSuffix(e.Name(), ".toml")] = Catalogue{}
	}
	for l := range all {
		all[l] = Catalogue{i18n.NewLocalizer(bundle, l, "en")}
	}
	return all
}

// Say returns the message named key in English, its placeholders filled from the
// given values. A value named Count also picks the plural form. A key that the
// catalogue doesn't have is returned as it is.
func Say(key string, values ...M) string { return In("en").Say(key, values...) }

// In is the catalogue of a language; of one without a file it is the English
// one.
func In(language string) Catalogue {
	if c, ok := catalogues[language]; ok {
		return c
	}
	return catalogues["en"]
}

// Say is the function Say in the language of the catalogue.
func (c Catalogue) Say(key string, values ...M) string {
	config := &i18n.LocalizeConfig{MessageID: key}
	if len(values) > 0 {
		config.TemplateData = values[0]
		if n, ok := values[0]["Count"]; ok {
			config.PluralCount = n
		}
	}
	s, err := c.localizer.Localize(config)
	if s == "" && err != nil {
		return fmt.Sprintf("[%s]", key)
	}
	return s
}
