package format

import (
	"cmp"
	"context"
	"encoding/xml"
	"strconv"
	"strings"
)

// readODT reads what LibreOffice and its like save.
func readODT(ctx context.Context, f File) (Document, error) {
	o, err := openOffice(ctx, f)
	if err != nil {
		return Document{}, err
	}
	if o.isLocked() {
		return Document{}, errPassword
	}
	styles := map[string]style{}
	_, _ = o.walk("styles.xml", xmlRules{start: odtStyle(styles)}) // without it only the text's own styles are known
	w, err := o.walk("content.xml", odtRules(styles))
	if err != nil {
		return Document{}, err
	}
	d := Document{Blocks: w.out}
	o.properties("meta.xml", map[string]func(string){
		"title":           func(s string) { d.Title = properTitle(s) },
		"initial-creator": func(s string) { d.Maker = s },
		"creator":         func(s string) { d.Maker = cmp.Or(d.Maker, s) },
		"language":        func(s string) { d.Language = LanguageCode(s) },
		"keyword":         func(s string) { d.Tags = append(d.Tags, s) },
	})
	return d, nil
}

// isLocked reports whether the parts of an OpenDocument file are encrypted.
func (o office) isLocked() (locked bool) {
	_, _ = o.walk("META-INF/manifest.xml", xmlRules{start: func(_ *xmlWalker, e xml.StartElement) { // without it nothing is
		locked = locked || e.Name.Local == "encryption-data"
	}})
	return locked
}

// odtKinds are the kinds of the styles that every OpenDocument text has.
var odtKinds = map[string]Kind{"Title": Title, "Subtitle": Heading, "Caption": unquoted, "Illustration": unquoted, "Figure": unquoted, "Drawing": unquoted, "Table": unquoted}

// odtStyle gathers the styles of an OpenDocument text: a style follows the
// one that it is made from.
func odtStyle(styles map[string]style) func(*xmlWalker, xml.StartElement) {
	id := ""
	return func(w *xmlWalker, e xml.StartElement) {
		switch e.Name.Local {
		case "style":
			id = attr(e, "name")
			s := styles[attr(e, "parent-style-name")]
			if kind := odtKinds[id]; kind != Body {
				s.kind = kind
			} else if s.kind == Body {
				s.kind = odtKinds[attr(e, "parent-style-name")]
			}
			styles[id] = s
		case "text-properties":
			if w.within("style") {
				s := styles[id]
				s.look = odtLook(e).over(s.look)
				styles[id] = s
			}
		}
	}
}

// odtLook reads the properties of characters.
func odtLook(e xml.StartElement) (l look) {
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "display":
			l.hidden = toggleOf(a.Value == "none")
		case "text-line-through-style", "text-line-through-type":
			l.struck = cmp.Or(l.struck, toggleOf(a.Value != "none"))
		case "font-weight":
			n, err := strconv.Atoi(a.Value)
			l.bold = toggleOf(a.Value == "bold" || err == nil && n >= 600)
		case "font-style":
			l.italic = toggleOf(a.Value == "italic" || a.Value == "oblique")
		case "text-position":
			height, _, _ := strings.Cut(a.Value, " ")
			n, err := strconv.ParseFloat(strings.TrimSuffix(height, "%"), 64)
			l.raised = toggleOf(height == "super" || err == nil && n > 0)
		}
	}
	return l
}

// odtRules are the rules of the text of an OpenDocument text.
func odtRules(styles map[string]style) xmlRules {
	take := odtStyle(styles)
	var outer []look // of the elements that are open and have a style
	return xmlRules{
		block: map[string]Kind{"p": Body, "h": Heading},
		skip:  set("tracked-changes annotation note-citation sequence-decls frame/title frame/desc table-of-content illustration-index table-index hidden-paragraph hidden-text ruby-text"),
		aside: set("text-box"),
		notes: set("note-body"),
		space: set("s tab line-break"),
		cell:  set("table-cell"),
		row:   "table-row",
		start: func(w *xmlWalker, e xml.StartElement) {
			take(w, e)
			switch e.Name.Local {
			case "p", "h", "span", "section":
				s, known := styles[attr(e, "style-name")]
				if !known {
					s.kind = odtKinds[attr(e, "style-name")]
				}
				outer = append(outer, w.look)
				if e.Name.Local == "p" {
					w.kind = s.kind
				}
				w.look = s.look.over(w.look)
				if e.Name.Local == "section" && attr(e, "display") == "none" {
					w.look.hidden = on
				}
			case "note-body", "text-box":
				outer = append(outer, w.look)
				w.look = look{}
			}
		},
		end: func(w *xmlWalker, name string) {
			switch name {
			case "p", "h", "span", "section", "note-body", "text-box":
				w.look, outer = outer[len(outer)-1], outer[:len(outer)-1]
			}
		},
	}
}
