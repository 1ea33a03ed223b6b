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
	"strings"
)

// office is what the files of word processors have in common: a zip of XML.
type office struct {
	parts *zip.Reader
}

func openOffice(f File) (office, error) {
	z, err := zip.NewReader(bytes.NewReader(f.Data), int64(len(f.Data)))
	if err != nil {
		return office{}, fmt.Errorf("it is damaged, or not what its name tells: %w; open it in a word processor and save it again", err)
	}
	return office{z}, nil
}

var errNoPart = errors.New("it holds no text of a word processor; save it again")

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
		return walkXML(io.LimitReader(r, maxEntry), rules)
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

// readDOCX reads what Word and its like save.
func readDOCX(_ context.Context, f File) (Document, error) {
	o, err := openOffice(f)
	if err != nil {
		return Document{}, err
	}
	rules := wordRules(o.wordStyles())
	w, err := o.walk("word/document.xml", rules)
	if err != nil {
		return Document{}, err
	}
	d := Document{Blocks: w.out}
	for _, part := range []string{"word/footnotes.xml", "word/endnotes.xml"} {
		notes, err := o.walk(part, rules)
		if err != nil && !errors.Is(err, errNoPart) {
			return Document{}, err
		}
		if notes != nil {
			d.Blocks = append(d.Blocks, notes.out...)
		}
	}
	o.properties("docProps/core.xml", map[string]func(string){
		"title":    func(s string) { d.Title = properTitle(s) },
		"creator":  func(s string) { d.Maker = s },
		"language": func(s string) { d.Language = LanguageCode(s) },
		"keywords": func(s string) { d.Tags = list(s) },
	})
	return d, nil
}

// wordRules are the rules of a part with paragraphs. What stands in a text box
// is written twice, the second time for older programs.
func wordRules(styles map[string]Kind) xmlRules {
	return xmlRules{
		block: map[string]Kind{"p": Body},
		skip:  set("del moveFrom instrText Fallback"),
		aside: set("txbxContent"),
		space: set("tab br cr"),
		cell:  set("tc"),
		row:   "tr",
		only:  "t",
		start: func(w *xmlWalker, e xml.StartElement) {
			switch e.Name.Local {
			case "pStyle":
				w.kind = styles[attr(e, "val")]
			case "noBreakHyphen":
				w.write("-")
			}
		},
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

// wordStyles returns the kind of the paragraphs of each style: the names of
// the styles are English in every language, their ids are not.
func (o office) wordStyles() map[string]Kind {
	kinds := map[string]Kind{"Title": Title}
	id := ""
	_, _ = o.walk("word/styles.xml", xmlRules{start: func(w *xmlWalker, e xml.StartElement) { // without styles there are no headings
		switch e.Name.Local {
		case "style":
			id = attr(e, "styleId")
		case "name":
			if kind := styleKind(attr(e, "val")); kind != Body {
				kinds[id] = kind
			}
		}
	}})
	return kinds
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
func readODT(_ context.Context, f File) (Document, error) {
	o, err := openOffice(f)
	if err != nil {
		return Document{}, err
	}
	styles := map[string]Kind{"Title": Title, "Subtitle": Heading}
	for _, caption := range []string{"Caption", "Illustration", "Figure", "Drawing", "Table"} {
		styles[caption] = unquoted
	}
	w, err := o.walk("content.xml", xmlRules{
		block: map[string]Kind{"p": Body, "h": Heading},
		skip:  set("tracked-changes annotation note-citation sequence-decls frame/title frame/desc table-of-content illustration-index table-index"),
		aside: set("text-box"),
		notes: set("note-body"),
		space: set("s tab line-break"),
		cell:  set("table-cell"),
		row:   "table-row",
		start: func(w *xmlWalker, e xml.StartElement) {
			switch e.Name.Local {
			case "style":
				if kind := styles[attr(e, "parent-style-name")]; kind != Body {
					styles[attr(e, "name")] = kind
				}
			case "p":
				w.kind = styles[attr(e, "style-name")]
			}
		},
	})
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
