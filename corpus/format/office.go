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

// describe fills d with what an Office file says about itself.
func (o office) describe(d *Document) {
	o.properties("docProps/core.xml", map[string]func(string){
		"title":    func(s string) { d.Title = properTitle(s) },
		"creator":  func(s string) { d.Maker = s },
		"language": func(s string) { d.Language = LanguageCode(s) },
		"keywords": func(s string) { d.Tags = list(s) },
	})
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

func toggleOf(is bool) toggle {
	if is {
		return on
	}
	return off
}
