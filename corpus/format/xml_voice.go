package format

import (
	"bytes"
	"context"
	"encoding/xml"
	"regexp"
	"strings"
	"sync"

	"example.org/attache/corpus/language"
)

// voiceReader finds the voices of an XML text whose elements tell who speaks: the
// <sp who="#id"> of TEI, with or without a <speaker>, the <u who="#id"> of
// parliamentary corpora (ParlaMint), and the <speech by="#id"> of Akoma Ntoso.
type voiceReader struct {
	people map[string]string // names by identifier, from the lists of the text
	all    []Voice
	number map[string]int // of a voice, from 1, by its name
	from   []int          // where the blocks of each speech that is open begin
	who    []string       // … and who says it
	label  string         // the <speaker> of the innermost
}

// begin notes that a speech begins, and the identifier of whoever makes it; empty
// where only a label tells.
func (v *voiceReader) begin(w *xmlWalker, who string) {
	w.flush()
	v.from = append(v.from, len(w.out))
	v.who = append(v.who, v.name(who))
	v.label = ""
}

// end gives the blocks of the speech that ends their voice.
func (v *voiceReader) end(w *xmlWalker) {
	n := len(v.from) - 1
	if n < 0 {
		return
	}
	w.flush()
	from, who := v.from[n], v.who[n]
	v.from, v.who = v.from[:n], v.who[:n]
	if who == "" {
		who = v.label
	}
	if who == "" || from > len(w.out) {
		return
	}
	number := v.number[who]
	if number == 0 {
		v.all = append(v.all, Voice{Name: who})
		number = len(v.all)
		if v.number == nil {
			v.number = map[string]int{}
		}
		v.number[who] = number
	}
	for i := range w.out[from:] {
		if b := &w.out[from+i]; b.Voice == 0 && (b.Kind == Body || b.Kind == Label) {
			b.Voice = number
		}
	}
}

// speaker takes the element that names the speaker, the last block: a label.
func (v *voiceReader) speaker(w *xmlWalker) {
	if len(v.from) == 0 || len(w.out) == 0 {
		return
	}
	v.label = labelName(w.out[len(w.out)-1].Text)
}

var (
	inBrackets  = regexp.MustCompile(`\([^()]*\)`)
	camelCase   = regexp.MustCompile(`^(?:\p{Lu}\p{Ll}+){2,4}$`)
	camelBorder = regexp.MustCompile(`(\p{Ll})(\p{Lu})`)
)

// labelName is the name in a label: without honorific, brackets and colon.
func labelName(s string) string {
	s = inBrackets.ReplaceAllString(s, "")
	s, _, _ = strings.Cut(s, ",")
	words := strings.Fields(s)
	for len(words) > 1 && formsOfAddress()[strings.ToLower(strings.TrimSuffix(words[0], "."))] {
		words = words[1:]
	}
	return strings.Trim(strings.Join(words, " "), " .:–—-")
}

// formsOfAddress are the words before a name in a label that are none of it.
var formsOfAddress = sync.OnceValue(func() map[string]bool { return language.Everywhere(language.Records).Set("form of address") })

// name is the name that an identifier stands for; empty where nothing tells.
func (v *voiceReader) name(who string) string {
	who, _, _ = strings.Cut(strings.TrimSpace(who), " ")
	_, id, ok := strings.Cut(who, "#")
	if !ok {
		id = who
	}
	if name := v.people[id]; name != "" {
		return name
	}
	if camelCase.MatchString(id) { // as in ParlaMint, whose lists lie in a file of their own
		return camelBorder.ReplaceAllString(id, "$1 $2")
	}
	return ""
}

// readPeople reads the names of the persons that an edition lists.
func (v *voiceReader) readPeople(ctx context.Context, data []byte) {
	v.people = map[string]string{}
	if !bytes.Contains(data, []byte("<person")) {
		return
	}
	dec := newXMLDecoder(asking{ctx, bytes.NewReader(data)})
	var p teiPerson
	for {
		token, err := dec.Token()
		if err != nil {
			return
		}
		switch t := token.(type) {
		case xml.StartElement:
			p.start(t)
		case xml.CharData:
			p.chars(string(t))
		case xml.EndElement:
			if t.Name.Local == "person" {
				if name := p.name(); p.id != "" && name != "" {
					v.people[p.id] = name
				}
				p = teiPerson{}
			}
			p.close(t.Name.Local)
		}
	}
}

// teiPerson is one person of such a list, while it is read.
type teiPerson struct {
	id                        string
	inside, done              bool // in a <persName>; behind the first
	part                      string
	forename, surname, others strings.Builder
}

func (p *teiPerson) start(e xml.StartElement) {
	switch e.Name.Local {
	case "person":
		*p = teiPerson{id: attr(e, "id")}
	case "persName":
		p.inside = !p.done
	case "surname", "forename", "nameLink", "addName", "roleName", "genName":
		p.part = e.Name.Local
	}
}

func (p *teiPerson) chars(s string) {
	if !p.inside {
		return
	}
	switch p.part {
	case "surname", "nameLink":
		p.surname.WriteString(" " + s)
	case "forename":
		p.forename.WriteString(" " + s)
	case "":
		p.others.WriteString(s)
	}
}

func (p *teiPerson) close(name string) {
	switch name {
	case "persName":
		p.inside, p.done = false, true
	case p.part:
		p.part = ""
	}
}

func (p *teiPerson) name() string {
	if p.surname.Len() > 0 {
		return strings.Join(strings.Fields(p.forename.String()+" "+p.surname.String()), " ")
	}
	given, family, ok := strings.Cut(strings.Join(strings.Fields(p.others.String()), " "), ", ")
	if ok {
		return family + " " + given // "Marr, Jonas"
	}
	return given
}
