package format

import (
	"bytes"
	"context"
	"encoding/xml"
	"regexp"
	"strings"

	"example.org/attache/corpus/date"
)

// readBundestag reads the minutes of the German Bundestag as it publishes them
// (dbtplenarprotokoll): a <p klasse="redner"> names who speaks, a <name> whoever is in the
// chair, and what they say follows.
func readBundestag(ctx context.Context, f File) (Document, error) {
	m := minutesReader{}
	return m.read(ctx, f, xmlRules{
		block: map[string]Kind{"p": Body, "name": Label, "kommentar": Aside, "zitat": Body},
		skip:  set("redner rednerliste anlagen fussnote inhaltsverzeichnis kopfdaten img a"),
		space: set("br"),
		start: m.startBundestag,
		end:   m.endBundestag,
	})
}

// readPublicWhip reads debates as TheyWorkForYou publishes them: each <speech> has the name
// of the speaker among its attributes.
func readPublicWhip(ctx context.Context, f File) (Document, error) {
	m := minutesReader{}
	return m.read(ctx, f, xmlRules{
		block: map[string]Kind{"p": Body, "li": Body, "tr": Body, "major-heading": Heading, "minor-heading": Heading, "oral-heading": Heading},
		skip:  set("img"),
		space: set("br"),
		cell:  set("td th"),
		row:   "tr",
		start: m.startPublicWhip,
		end:   m.endPublicWhip,
	})
}

// minutesReader gathers the minutes of a parliament.
type minutesReader struct {
	d       Document
	voices  voiceReader
	named   bool // the block under way names who speaks
	speaks  bool // somebody does
	heading string
}

func (m *minutesReader) read(ctx context.Context, f File, rules xmlRules) (Document, error) {
	w, err := walkXML(ctx, bytes.NewReader(f.Data), rules)
	if m.speaks {
		m.voices.end(w) // of a file that breaks off
	}
	m.d.Blocks, m.d.Voices = w.out, m.voices.all
	if m.d.Title == "" {
		m.d.Title = m.heading
	}
	if size(m.d.Blocks) > 0 {
		err = nil // a document that breaks off is read up to there
	}
	return m.d, err
}

func (m *minutesReader) startBundestag(w *xmlWalker, e xml.StartElement) {
	switch e.Name.Local {
	case "dbtplenarprotokoll":
		m.d.Language = "de"
		m.d.Published = date.Parse(attr(e, "sitzung-datum"))
		if term, sitting := attr(e, "wahlperiode"), attr(e, "sitzung-nr"); term != "" && sitting != "" {
			m.d.Title = "Plenarprotokoll " + term + "/" + sitting
		}
	case "name":
		m.named = true
	case "p":
		class := attr(e, "klasse")
		m.named = class == "redner"
		switch {
		case m.named:
			w.kind = Label
		case strings.HasPrefix(class, "T_"):
			w.kind = Heading
		}
	}
}

func (m *minutesReader) endBundestag(w *xmlWalker, name string) {
	if m.named && (name == "p" || name == "name") {
		m.turn(w)
		m.named = false
	}
	if name == "tagesordnungspunkt" && m.speaks {
		m.voices.end(w)
		m.speaks = false
	}
}

// chairOfBundestag is the office before the name of whoever is in the chair.
var chairOfBundestag = regexp.MustCompile(`^(?:Vize|Alters)?[Pp]räsident(?:in)? `)

// turn ends the speech under way, and begins that of the label that was read last.
func (m *minutesReader) turn(w *xmlWalker) {
	label := len(w.out) - 1
	if label < 0 || w.out[label].Kind != Label {
		return // it holds nothing
	}
	if m.speaks {
		// The label is part of the next speech.
		said := w.out[label:]
		w.out = w.out[:label:label]
		m.voices.end(w)
		w.out = append(w.out, said...)
	}
	m.voices.begin(w, "")
	m.voices.label = labelName(chairOfBundestag.ReplaceAllString(w.out[label].Text, ""))
	m.speaks = true
}

func (m *minutesReader) startPublicWhip(w *xmlWalker, e xml.StartElement) {
	switch e.Name.Local {
	case "major-heading", "minor-heading", "oral-heading", "speech":
		if m.d.Published.IsZero() {
			m.d.Published = date.Parse(dayInID.FindString(attr(e, "id")))
		}
	}
	if e.Name.Local == "speech" {
		m.voices.begin(w, "")
		m.voices.label = strings.Join(strings.Fields(attr(e, "speakername")), " ")
		m.speaks = true
	}
}

// dayInID is the day in the identifier of a speech: "uk.org.publicwhip/debate/2031-06-04a.1".
var dayInID = regexp.MustCompile(`\d{4}-\d{2}-\d{2}`)

func (m *minutesReader) endPublicWhip(w *xmlWalker, name string) {
	switch name {
	case "speech":
		m.voices.end(w)
		m.speaks = false
	case "major-heading", "minor-heading", "oral-heading":
		if m.heading == "" || name == "minor-heading" && len(w.out) < 3 {
			m.heading = w.out[max(len(w.out)-1, 0)].Text
		}
	}
}
