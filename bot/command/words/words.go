// Package words holds every word that the bot itself says to people, in one
// catalogue: en.toml. What documents say is never in it.
//
// A message is named by its key; one with a count has a form for each plural
// of its language. A translation is another file beside en.toml.
package words

import (
	_ "embed"
	"fmt"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

// M holds the values of a message's placeholders, by name.
type M map[string]any

//go:embed en.toml
var english []byte

var localizer = load()

func load() *i18n.Localizer {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	bundle.MustParseMessageFileBytes(english, "en.toml") // the catalogue is part of the build
	return i18n.NewLocalizer(bundle, "en")
}

// Say returns the message named key, its placeholders filled from the given
// values. A value named Count also picks the plural form. A key that the
// catalogue doesn't have is returned as it is.
func Say(key string, values ...M) string {
	config := &i18n.LocalizeConfig{MessageID: key}
	if len(values) > 0 {
		config.TemplateData = values[0]
		if n, ok := values[0]["Count"]; ok {
			config.PluralCount = n
		}
	}
	s, err := localizer.Localize(config)
	if err != nil {
		return fmt.Sprintf("[%s]", key)
	}
	return s
}
