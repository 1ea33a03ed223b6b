package format

import (
	"context"
	"encoding/xml"
	"errors"
	"slices"
	"strings"
)

// readDOCX reads what Word and its like save.
func readDOCX(ctx context.Context, f File) (Document, error) {
	o, err := openOffice(ctx, f)
	if err != nil {
		return Document{}, err
	}
	main := o.main("word/document.xml")
	related := o.relations(main)
	styles := o.wordStyles(related["styles"])
	w, err := o.walk(main, wordRules(styles))
	if err != nil {
		return Document{}, err
	}
	d := Document{Blocks: w.out}
	for _, r := range slices.Concat(related["footnotes"], related["endnotes"]) {
		notes, err := o.walk(r.part, wordRules(styles))
		if err != nil && !errors.Is(err, errNoPart) {
			return Document{}, err
		}
		if notes != nil {
			d.Blocks = append(d.Blocks, notes.out...)
		}
	}
	o.describe(&d)
	return d, nil
}

// wordRules are the rules of a part with paragraphs. What is in a text box
// is written twice, the second time for older programs.
func wordRules(styles map[string]style) xmlRules {
	var paragraph look
	var outer []look  // of the paragraphs around a text box
	var fields []bool // of the fields that are open: it holds nothing but a prompt
	return xmlRules{
		block: map[string]Kind{"p": Body},
		skip:  set("del moveFrom instrText Fallback rt"),
		aside: set("txbxContent"),
		space: set("tab br cr ptab"),
		cell:  set("tc"),
		row:   "tr",
		only:  "t",
		start: func(w *xmlWalker, e xml.StartElement) {
			switch name := e.Name.Local; name {
			case "p":
				paragraph, w.look = look{}, look{}
			case "pStyle":
				s := styles[attr(e, "val")]
				w.kind, paragraph = s.kind, s.look
			case "r":
				w.look = paragraph
			case "rStyle":
				w.look = styles[attr(e, "val")].look.over(w.look)
			case "noBreakHyphen":
				if !w.look.isOut() {
					w.write("-")
				}
			case "footnoteReference", "endnoteReference":
				if attr(e, "customMarkFollows") != "" {
					w.look.hidden = on // the mark is written out
				}
			case "txbxContent":
				outer = append(outer, paragraph)
			case "sdt":
				fields = append(fields, false)
			case "showingPlcHdr":
				if len(fields) > 0 {
					fields[len(fields)-1] = wordToggle(attr(e, "val")) == on
				}
			case "sdtContent":
				if len(fields) > 0 && fields[len(fields)-1] {
					w.muted++
				}
			default:
				if w.within("r", "rPr") {
					w.look.set(name, attr(e, "val"))
				}
			}
		},
		end: func(w *xmlWalker, name string) {
			switch name {
			case "txbxContent":
				paragraph, outer = outer[len(outer)-1], outer[:len(outer)-1]
				w.look = paragraph
			case "sdtContent":
				if len(fields) > 0 && fields[len(fields)-1] {
					w.muted--
				}
			case "sdt":
				fields = fields[:len(fields)-1]
			}
		},
	}
}

// style is what a style of a word processor makes of a paragraph or of
// characters.
type style struct {
	kind Kind
	look look
	base string // the style that it is made from
}

// wordStyles returns the styles by id: the names of the styles are English in
// every language, their ids are not.
func (o office) wordStyles(parts []relation) map[string]style {
	styles := map[string]style{"Title": {kind: Title}}
	for _, r := range parts {
		id := ""
		_, _ = o.walk(r.part, xmlRules{start: func(w *xmlWalker, e xml.StartElement) { // without styles there are no headings
			s := styles[id]
			switch name := e.Name.Local; {
			case name == "style":
				id = attr(e, "styleId")
				return
			case w.within("styles", "style") && name == "name":
				s.kind = styleKind(attr(e, "val"))
			case w.within("styles", "style") && name == "basedOn":
				s.base = attr(e, "val")
			case w.within("style", "rPr"):
				s.look.set(name, attr(e, "val"))
			default:
				return
			}
			styles[id] = s
		}})
	}
	return inherit(styles)
}

// inherit hands to each style what the styles that it is made from tell.
func inherit(styles map[string]style) map[string]style {
	const deepest = 10 // styles may name each other in a circle
	whole := map[string]style{}
	for id, s := range styles {
		base := s.base
		for range deepest {
			below, ok := styles[base]
			if !ok {
				break
			}
			if s.kind == Body {
				s.kind = below.kind
			}
			s.look = s.look.over(below.look)
			base = below.base
		}
		whole[id] = s
	}
	return whole
}

func styleKind(name string) Kind {
	switch name = strings.ToLower(name); {
	case name == "title":
		return Title
	case strings.HasPrefix(name, "heading"), name == "subtitle":
		return Heading
	case name == "caption", strings.HasPrefix(name, "toc "), name == "table of figures":
		return unquoted
	}
	return Body
}

// wordToggle reads the value of a property of Word's, which is on by being there.
func wordToggle(value string) toggle {
	return toggleOf(value != "0" && value != "false" && value != "off")
}
