package export

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"example.org/attache/bot/command/words"
)

// A Word document is a zip file of XML parts. The parts that are the same in
// each are in the folder word; the text, its footnotes and the links of the
// footnotes are written here. Libraries that write such files know no footnotes.

//go:embed word/content-types.xml
var wordContentTypes []byte

//go:embed word/relationships.xml
var wordRelationships []byte

//go:embed word/document-relationships.xml
var wordDocumentRelationships []byte

//go:embed word/settings.xml
var wordSettings []byte

//go:embed word/styles.xml
var wordStyles []byte

const (
	xmlHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordSpec = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
)

// word writes the dossier as a Word document.
func (d Dossier) word(w io.Writer) error {
	text, leftwards := &wordText{words: d.Words}, d.Words.Leftwards()
	text.paragraph("Title", leftwards, run(d.Title))
	for _, line := range d.head() {
		text.paragraph("Subtitle", leftwards, run(line))
	}
	for _, g := range d.Groups {
		text.group(g)
	}
	if sources := d.sources(); len(sources) > 0 {
		text.paragraph("Heading1", leftwards, run(d.Words.Say("export.sources")))
		for _, c := range sources {
			text.paragraph("Bibliography", false, run(c.Chicago()))
		}
	}
	z := zip.NewWriter(w)
	for _, part := range []struct {
		name string
		data []byte
	}{
		{"[Content_Types].xml", wordContentTypes},
		{"_rels/.rels", wordRelationships},
		{"docProps/core.xml", d.wordProperties()},
		{"word/document.xml", text.document()},
		{"word/footnotes.xml", text.footnotes()},
		{"word/styles.xml", wordStyles},
		{"word/settings.xml", wordSettings},
		{"word/_rels/document.xml.rels", wordDocumentRelationships},
		{"word/_rels/footnotes.xml.rels", text.links()},
	} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: d.Made})
		if err != nil {
			return err
		}
		if _, err := f.Write(part.data); err != nil {
			return err
		}
	}
	return z.Close()
}

// wordProperties tells the title and when the document was made.
func (d Dossier) wordProperties() []byte {
	var b bytes.Buffer
	made := d.Made.UTC().Format(time.RFC3339)
	fmt.Fprintf(&b, xmlHead+`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`+
		`<dc:title>%s</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%s</dcterms:modified></cp:coreProperties>`,
		escaped(d.Title), made, made)
	return b.Bytes()
}

// wordText gathers the text of a Word document and its footnotes.
type wordText struct {
	words       words.Catalogue
	body, notes bytes.Buffer
	noted       int      // footnotes so far
	targets     []string // of the links in footnotes
}

func (t *wordText) group(g Group) {
	if g.Heading != "" {
		t.paragraph("Heading1", t.words.Leftwards(), run(g.Heading))
	}
	for _, r := range g.Remarks {
		t.paragraph("Subtitle", t.words.Leftwards(), run(r))
	}
	for i, q := range g.Quotes {
		leftwards := slices.Contains([]string{"ar", "fa", "he", "ur", "ps", "yi"}, q.Source.Language)
		if lead := g.lead(t.words, q); lead != "" {
			t.paragraph("Speaker", leftwards, run(lead))
		}
		var runs strings.Builder
		for piece, marked := range q.pieces {
			properties := ""
			if marked {
				properties = "<w:b/>"
			}
			if leftwards {
				properties += "<w:rtl/>"
			}
			runs.WriteString(styledRun(properties, piece))
		}
		if g.cited(i) {
			runs.WriteString(t.footnote(q))
		}
		t.paragraph("Quote", leftwards, runs.String())
	}
}

// paragraph adds a paragraph of runs.
func (t *wordText) paragraph(style string, leftwards bool, runs string) {
	bidi := ""
	if leftwards {
		bidi = "<w:bidi/>"
	}
	fmt.Fprintf(&t.body, `<w:p><w:pPr><w:pStyle w:val="%s"/>%s</w:pPr>%s</w:p>`, style, bidi, runs)
}

// footnote adds the footnote of a quote and returns the run that refers to it.
func (t *wordText) footnote(q Quote) string {
	t.noted++
	before, address, after := q.note(t.words)
	link := run(address)
	if target := linkable(address); target != "" {
		t.targets = append(t.targets, target)
		link = fmt.Sprintf(`<w:hyperlink r:id="link%d">%s</w:hyperlink>`, len(t.targets), styledRun(`<w:rStyle w:val="Hyperlink"/>`, address))
	}
	fmt.Fprintf(&t.notes, `<w:footnote w:id="%d"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>%s%s%s</w:p></w:footnote>`,
		t.noted, run(" "+before), link, run(after+q.alsoIn(t.words)))
	return fmt.Sprintf(`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, t.noted)
}

func (t *wordText) document() []byte {
	return fmt.Appendf(nil, `%s<w:document %s><w:body>%s<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr></w:body></w:document>`,
		xmlHead, wordSpec, t.body.Bytes())
}

// footnotes begins with the two lines above footnotes that every document has.
func (t *wordText) footnotes() []byte {
	return fmt.Appendf(nil, `%s<w:footnotes %s><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>`+
		`<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>%s</w:footnotes>`,
		xmlHead, wordSpec, t.notes.Bytes())
}

func (t *wordText) links() []byte {
	out := []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, target := range t.targets {
		out = fmt.Appendf(out, `<Relationship Id="link%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="%s" TargetMode="External"/>`, i+1, escaped(target))
	}
	return append(out, "</Relationships>"...)
}

func run(s string) string { return styledRun("", s) }

// styledRun is text with the given properties; nothing for no text.
func styledRun(properties, s string) string {
	if s == "" {
		return ""
	}
	if properties != "" {
		properties = "<w:rPr>" + properties + "</w:rPr>"
	}
	return `<w:r>` + properties + `<w:t xml:space="preserve">` + escaped(s) + `</w:t></w:r>`
}

// escaped writes a text as XML has it.
func escaped(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(strings.Map(printable, spaces.ReplaceAllString(s, " ")))) // a Builder takes everything
	return b.String()
}
