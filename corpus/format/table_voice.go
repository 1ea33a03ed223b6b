package format

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"example.org/attache/corpus/date"
	"example.org/attache/corpus/language"
)

// The columns of a table, or keys of an object, that name who says its text, the
// likeliest first.
var (
	speakerColumns = []string{"speaker", "speakername", "speakerfullname", "orator"}
	nameColumns    = []string{"name", "fullname", "mp", "member"}
	countryColumns = []string{"country", "countryname", "nation", "state", "delegation", "countryorganization"}
	officeColumns  = []string{"position", "post", "role", "office", "designation", "function", "speakerrole", "speakerposition", "jobtitle"}
	partyColumns   = []string{"party", "speakerparty", "partygroup", "parliamentarygroup", "constituency"}
	yearColumns    = []string{"year"}
	spokenColumns  = []string{"speech", "transcript", "statement", "speechtext", "spokentext"}
)

// rowVoice makes the text of a row its speaker's words, where columns name one. A
// row without a title is called by speaker, country and date. The column of the
// text is named too: a country by itself speaks in a table of speeches only.
// So does one whose row names nobody in a table that names speakers. Columns are
// asked for by their keys, see columnKey; known reports whether the table has one.
func (d *Document) rowVoice(column func(key string) string, known func(key string) bool, textColumn string) {
	value := func(keys []string) string {
		for _, k := range keys {
			if v := column(k); v != "" {
				return v
			}
		}
		return ""
	}
	if d.Published.IsZero() {
		d.Published = date.Parse(value(yearColumns))
	}
	v := Voice{Name: value(speakerColumns), For: value(countryColumns), Office: value(officeColumns), Whole: true}
	if v.Name == "" && (v.For != "" || v.Office != "" || value(partyColumns) != "") {
		v.Name = value(nameColumns)
	}
	v.Name = nameInCase(labelName(v.Name))
	if isOffice(v.Name) {
		v.Name, v.Office = "", v.Name
	}
	isSpoken := slices.Contains(spokenColumns, columnKey(textColumn)) || slices.ContainsFunc(speakerColumns, known)
	if v.Name == "" && (v.For == "" || !isSpoken) {
		return
	}
	if d.Title == "" {
		var facts []string
		for _, f := range []string{v.Name, v.For, d.Published.String()} {
			if f != "" {
				facts = append(facts, f)
			}
		}
		d.Title = strings.Join(facts, ", ")
	}
	d.Voices = []Voice{v}
	for i := range d.Blocks {
		if d.Blocks[i].Kind == Body {
			d.Blocks[i].Voice = 1
		}
	}
}

// isOffice reports whether a name is nothing but an office: "The Chair".
func isOffice(name string) bool {
	words := strings.Fields(strings.ToLower(name))
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !officeWords()[w] })
}

// officeWords are the words of offices in all languages.
var officeWords = sync.OnceValue(func() map[string]bool { return language.Everywhere(language.Records).Set("office") })

// columnsAt is where the columns of a table are, by their keys.
func columnsAt(names []string) map[string]int {
	at := map[string]int{}
	for i, name := range slices.Backward(names) {
		at[columnKey(name)] = i
	}
	return at
}

// columnKey is the name of a column as names of columns are compared.
func columnKey(name string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, name))
}

// nameInCase writes a name that is in capitals with a capital at the
// beginning of each word.
func nameInCase(name string) string {
	if !isCapitals(name) || len(name) < 4 {
		return name
	}
	words := strings.Fields(strings.ToLower(name))
	for i, w := range words {
		r := []rune(w)
		r[0] = unicode.ToUpper(r[0])
		words[i] = string(r)
	}
	return strings.Join(words, " ")
}
