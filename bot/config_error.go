package main

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// decodeConfig reads TOML strictly. Its errors name the line and, for a value of
// the wrong type, what the value must be.
func decodeConfig(data []byte, c *Config) error {
	d := toml.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err := d.Decode(c)
	var unknown *toml.StrictMissingError
	var wrong *toml.DecodeError
	switch {
	case errors.As(err, &unknown):
		return fmt.Errorf("there is no such key (config.example.toml lists all):\n%s", hideTokens(unknown.String()))
	case errors.As(err, &wrong):
		row, column := wrong.Position()
		if must := mustBe(wrong.Key()); must != "" && strings.Contains(wrong.Error(), "cannot decode") {
			return fmt.Errorf("%s must be %s, line %d", strings.Join(wrong.Key(), "."), must, row)
		}
		return fmt.Errorf("line %d, column %d:\n%s", row, column, hideTokens(wrong.String()))
	}
	return err
}

// mustBe says in words what the value of a key must be; empty for a key that
// does not exist.
func mustBe(key []string) string {
	t := reflect.TypeFor[Config]()
	for _, name := range key {
		if t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct {
			return ""
		}
		field, ok := fieldOf(t, name)
		if !ok {
			return ""
		}
		t = field.Type
	}
	return kindInWords(t, key)
}

// fieldOf finds the field of a struct that holds the value of a key.
func fieldOf(t reflect.Type, key string) (field reflect.StructField, ok bool) {
	return t.FieldByNameFunc(func(name string) bool {
		f, _ := t.FieldByName(name)
		return f.Tag.Get("toml") == key
	})
}

func kindInWords(t reflect.Type, key []string) string {
	switch {
	case t == reflect.TypeFor[duration]():
		return `a time in quotes, as "90d", "12h" or "30m"`
	case t == reflect.TypeFor[memory]():
		return `an amount of memory in quotes, as "512 MiB" or "2 GiB"`
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t.Kind() == reflect.String:
		return "text in quotes"
	case t.Kind() == reflect.Int, t.Kind() == reflect.Int64:
		return "a whole number"
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.String:
		return `a list of texts, as ["one", "two"]`
	case t.Kind() == reflect.Slice:
		return "tables, each under its own [[" + strings.Join(key, ".") + "]]"
	case t.Kind() == reflect.Struct:
		return "a table, [" + strings.Join(key, ".") + "]"
	}
	return ""
}

// tokenLike is what a token could be, even under a misspelt key.
var tokenLike = regexp.MustCompile(`[\w.-]{30,}`)

// hideTokens drops from the excerpt of an error what may be a token.
func hideTokens(excerpt string) string {
	var kept strings.Builder
	for line := range strings.Lines(excerpt) {
		if key, _, ok := strings.Cut(line, "="); ok && strings.Contains(strings.ToLower(key), "tok") {
			line = key + "= (not shown)\n"
		}
		kept.WriteString(tokenLike.ReplaceAllString(line, "(not shown)"))
	}
	return kept.String()
}
