package format

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"strings"

	"example.org/attache/corpus/date"
)

// readAKN reads a document in Akoma Ntoso, in which parliaments publish their
// debates, and their laws too. Whoever makes a speech, asks a question or answers
// one is named by the attribute "by", whose names the document lists, else by the
// <from> of the speech.
func readAKN(ctx context.Context, f File) (Document, error) {
	a := aknReader{voices: voiceReader{people: map[string]string{}}}
	w, err := walkXML(ctx, bytes.NewReader(f.Data), a.rules())
	a.d.Blocks, a.d.Voices = w.out, a.voices.all
	a.d.Title = cmp.Or(a.d.Title, a.shortTitle)
	a.d.Published = cmp.Or(a.d.Published, a.workDate)
	if size(a.d.Blocks) > 0 {
		err = nil // a document that breaks off is read up to there
	}
	return a.d, err
}

// aknReader gathers what a document in Akoma Ntoso says about itself.
type aknReader struct {
	d          Document
	voices     voiceReader
	shortTitle string
	workDate   date.Date // of the text itself, by its metadata
}

func (a *aknReader) rules() xmlRules {
	return xmlRules{
		block: map[string]Kind{
			"p": Body, "block": Body, "longTitle": Body, "formula": Body, "listIntroduction": Body, "listWrapUp": Body, "li": Body, "item": Body, "content": Body, "narrative": Body,
			"heading": Heading, "subheading": Heading, "num": Heading, "docTitle": Title, "from": Label, "scene": Aside, "summary": Aside, "tr": Body,
		},
		skip:  set("authorialNote recordedTime toc components attachments remark img"),
		space: set("br eol"),
		cell:  set("td th"),
		row:   "tr",
		start: a.start,
		end:   a.end,
	}
}

// isAKNSpeech tells the elements that hold what one person says.
var isAKNSpeech = set("speech question answer other")

func (a *aknReader) start(w *xmlWalker, e xml.StartElement) {
	switch name := e.Name.Local; {
	case name == "TLCPerson":
		if as := attr(e, "showAs"); as != "" {
			a.voices.people[cmp.Or(attr(e, "eId"), attr(e, "id"))] = strings.Join(strings.Fields(as), " ")
		}
	case name == "FRBRdate" && w.within("FRBRWork"):
		a.workDate = date.Parse(attr(e, "date"))
	case name == "FRBRalias" && a.shortTitle == "":
		a.shortTitle = attr(e, "value")
	case name == "FRBRlanguage" && a.d.Language == "":
		a.d.metadata("language", attr(e, "language"))
	case name == "docDate" && a.d.Published.IsZero():
		a.d.Published = date.Parse(attr(e, "date"))
	case isAKNSpeech[name]:
		a.voices.begin(w, attr(e, "by"))
	}
}

func (a *aknReader) end(w *xmlWalker, name string) {
	switch {
	case isAKNSpeech[name]:
		a.voices.end(w)
	case name == "from":
		a.voices.speaker(w)
	case name == "meta":
		w.text.Reset()
	case name == "docTitle" && a.d.Title == "" && len(w.out) > 0:
		a.d.Title = w.out[len(w.out)-1].Text
	}
}
