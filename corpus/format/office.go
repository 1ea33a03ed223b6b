package format

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
)

var errNoPart = errors.New("it holds no text of a word processor; save it again")

// office is what the files of word processors have in common: a zip of XML.
type office struct {
	parts *zip.Reader
	ctx   context.Context // of the reading
}

// compound is what the files of older office programs begin with, and those of
// newer ones that are locked.
const compound = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

func openOffice(ctx context.Context, f File) (office, error) {
	if strings.HasPrefix(string(f.Data[:min(len(f.Data), len(compound))]), compound) {
		if bytes.Contains(f.Data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")) {
			return office{}, errPassword
		}
		return office{}, errOldOffice
	}
	z, err := zip.NewReader(bytes.NewReader(f.Data), int64(len(f.Data)))
	if err != nil {
		return office{}, fmt.Errorf("it is damaged, or not what its name tells: %w; open it in the program that made it and save it again", err)
	}
	if len(z.File) > maxEntries {
		return office{}, errBomb
	}
	return office{z, ctx}, nil
}

var errOldOffice = errors.New("it is of an older kind than its name tells; open it in an office program and save it anew, as .docx, .xlsx or .pptx")

// walk reads one part. A part that is missing is errNoPart.
func (o office) walk(name string, rules xmlRules) (*xmlWalker, error) {
	for _, part := range o.parts.File {
		if part.Name != name {
			continue
		}
		if err := checkEntry(part); err != nil {
			return nil, err
		}
		r, err := part.Open()
		if err != nil {
			return nil, fmt.Errorf("unpacking %s: %w", name, err)
		}
		defer r.Close()
		return walkXML(o.ctx, io.LimitReader(r, maxEntry), rules)
	}
	return nil, errNoPart
}

// properties reads the elements of a part that holds metadata, by local name.
func (o office) properties(name string, fields map[string]func(string)) {
	rules := xmlRules{end: func(w *xmlWalker, element string) {
		if take := fields[element]; take != nil {
			take(strings.TrimSpace(w.text.String()))
		}
		w.text.Reset()
	}}
	_, _ = o.walk(name, rules) // metadata are welcome, not needed
}

// relations returns the parts that a part of an Office file refers to, by the
// last word of their kind ("officeDocument", "styles", "footnotes"), in order;
// those of the whole file for the empty name. The names of parts vary from
// program to program, so this is where they are told.
func (o office) relations(part string) map[string][]relation {
	dir, base := path.Split(part)
	found := map[string][]relation{}
	_, _ = o.walk(dir+"_rels/"+base+".rels", xmlRules{start: func(_ *xmlWalker, e xml.StartElement) { // without it nothing is referred to
		if e.Name.Local != "Relationship" || attr(e, "TargetMode") == "External" {
			return
		}
		target := attr(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		kind := path.Base(attr(e, "Type"))
		found[kind] = append(found[kind], relation{attr(e, "Id"), path.Clean("/" + target)[1:]})
	}})
	return found
}

// relation is a part that another one refers to.
type relation struct{ id, part string }

// main returns the part with the text of an Office file; usual is its name where
// the file does not tell.
func (o office) main(usual string) string {
	for _, r := range o.relations("")["officeDocument"] {
		return r.part
	}
	return usual
}

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

// describe fills d with what an Office file tells of itself.
func (o office) describe(d *Document) {
	o.properties("docProps/core.xml", map[string]func(string){
		"title":    func(s string) { d.Title = properTitle(s) },
		"creator":  func(s string) { d.Maker = s },
		"language": func(s string) { d.Language = LanguageCode(s) },
		"keywords": func(s string) { d.Tags = list(s) },
	})
}

// wordRules are the rules of a part with paragraphs. What stands in a text box
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

// look is how characters are set, as far as that is known.
type look struct{ hidden, struck, raised, bold, italic toggle }

// toggle is a property that may be on or off, or left to what is around it.
type toggle uint8

const (
	unset toggle = iota
	on
	off
)

// over returns l laid over another look.
func (l look) over(below look) look {
	return look{cmp.Or(l.hidden, below.hidden), cmp.Or(l.struck, below.struck), cmp.Or(l.raised, below.raised), cmp.Or(l.bold, below.bold), cmp.Or(l.italic, below.italic)}
}

// isOut reports whether characters are no text: their author hid them or took
// them back.
func (l look) isOut() bool { return l.hidden == on || l.struck == on }

// isSetOff reports whether characters stand out from those around them.
func (l look) isSetOff() bool { return l.bold == on || l.italic == on }

// set takes over a property of Word's.
func (l *look) set(name, value string) {
	is := wordToggle(value)
	switch name {
	case "vanish":
		l.hidden = is
	case "strike", "dstrike":
		l.struck = is
	case "b":
		l.bold = is
	case "i":
		l.italic = is
	case "vertAlign":
		if l.raised = off; value == "superscript" {
			l.raised = on
		}
	}
}

// properTitle returns a title from the properties of a file, unless it is what
// a program put there by itself.
func properTitle(s string) string {
	low := strings.ToLower(s)
	for _, junk := range []string{"microsoft word", "untitled", "unbenannt", "document", "powerpoint presentation", ".doc", ".odt", ".indd", ".qxd"} {
		if strings.HasPrefix(low, junk) || strings.HasPrefix(junk, ".") && strings.Contains(low, junk) {
			return ""
		}
	}
	return s
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

// odtStyle gathers the styles of an OpenDocument text: a style stands behind the
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

// wordToggle reads the value of a property of Word's, which is on by being there.
func wordToggle(value string) toggle {
	return toggleOf(value != "0" && value != "false" && value != "off")
}

func toggleOf(is bool) toggle {
	if is {
		return on
	}
	return off
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
