package format

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"
)

var errNoSlides = errors.New("it holds no slides; save it again")

// readPPTX reads the slides that PowerPoint and its like save, each a page. Slides
// that are not shown and the speaker's notes are left out.
func readPPTX(ctx context.Context, f File) (Document, error) {
	o, err := openOffice(ctx, f)
	if err != nil {
		return Document{}, err
	}
	main := o.main("ppt/presentation.xml")
	names := map[string]string{}
	for _, r := range o.relations(main)["slide"] {
		names[r.id] = r.part
	}
	var order []string
	_, err = o.walk(main, xmlRules{start: func(_ *xmlWalker, e xml.StartElement) {
		if e.Name.Local == "sldId" {
			for _, a := range e.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					order = append(order, names[a.Value])
				}
			}
		}
	}})
	if errors.Is(err, errNoPart) || err == nil && len(order) == 0 {
		return Document{}, errNoSlides
	}
	if err != nil {
		return Document{}, err
	}
	var d Document
	for i, name := range order {
		if ctx.Err() != nil {
			return Document{}, ctx.Err()
		}
		s := slide{page: i + 1, first: len(d.Blocks) == 0}
		w, err := o.walk(name, s.rules())
		if err != nil && !errors.Is(err, errNoPart) {
			return Document{}, fmt.Errorf("reading slide %d: %w", i+1, err)
		}
		if err == nil && !s.hidden {
			d.Blocks = append(d.Blocks, w.out...)
		}
	}
	o.describe(&d)
	return d, nil
}

// slide reads one slide.
type slide struct {
	page   int
	first  bool // no text stands on those before it
	hidden bool
	kind   Kind // of the paragraphs of the shape under way
}

func (s *slide) rules() xmlRules {
	return xmlRules{
		block: map[string]Kind{"p": Body},
		skip:  set("Fallback"),
		space: set("br tab"),
		cell:  set("tc"),
		row:   "tr",
		only:  "t",
		start: func(w *xmlWalker, e xml.StartElement) {
			w.page = s.page
			switch e.Name.Local {
			case "sld":
				s.hidden = wordToggle(attr(e, "show")) == off
			case "sp", "graphicFrame":
				s.kind = Body
			case "ph":
				s.kind = placeholder(attr(e, "type"), s.first)
			case "p":
				if !w.row {
					w.kind = s.kind
				}
			case "r", "fld":
				w.look = look{}
			case "rPr":
				if w.within("r") || w.within("fld") {
					w.look = slideLook(e)
				}
			}
		},
	}
}

// placeholder returns the kind of the text in a place of a slide's layout: the
// numbers of the slides, their day and what is at the foot of each are none.
func placeholder(kind string, first bool) Kind {
	switch kind {
	case "title", "ctrTitle":
		if first {
			return Title
		}
		return Heading
	case "subTitle":
		return Heading
	case "sldNum", "dt", "ftr", "hdr":
		return unquoted
	}
	return Body
}

// slideLook reads the properties of characters.
func slideLook(e xml.StartElement) (l look) {
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "strike":
			l.struck = toggleOf(a.Value != "noStrike")
		case "b":
			l.bold = wordToggle(a.Value)
		case "i":
			l.italic = wordToggle(a.Value)
		case "baseline":
			n, err := strconv.Atoi(a.Value) // thousandths of a percent
			l.raised = toggleOf(err == nil && n > 0)
		}
	}
	return l
}
