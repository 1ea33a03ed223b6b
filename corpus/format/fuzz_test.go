package format_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"example.org/attache/corpus/format"
	"example.org/attache/corpus/internal/budget"
)

// seeds are files of the formats that the test data hold none of.
var seeds = map[string]string{
	".warc": webRecord("response", "https://port.example/pier", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The pier opens.</p>"),
	".rss":  `<rss version="2.0"><channel><title>Port</title><item><title>Pier</title><pubDate>Tue, 06 Feb 2024 23:00:00 +0100</pubDate><description>&lt;p&gt;It opens.</description></item></channel></rss>`,
	".nxml": `<article><front><article-meta><title-group><article-title>Pier<xref ref-type="fn">*</xref></article-title></title-group><pub-date><year>2024</year></pub-date></article-meta></front><body><sec><title>One</title><p>It opens<sup>1</sup>.</p></sec></body></article>`,
	".rst":  "Pier\n====\n\n:Date: 2024-02-06\n\n.. note:: It *opens* [#n]_.\n\n.. image:: a\n   :alt: b\n\n.. [#n] Now.\n",
	".adoc": "= Pier\nIda Falk\n\n== One\n\nIt *opens*footnote:[Now.].\n\n[NOTE]\n====\nFree.\n====\n",
	".org":  "#+TITLE: Pier\n* TODO One :a:\nIt /opens/[fn:1] at [[https://port.example][noon]].\n[fn:1] Now.\n",
}

// fuzzReader feeds the reader of one kind of file with everything that the
// test data hold of that kind, and with what becomes of it. Each is read in time,
// text many times over too.
func fuzzReader(f *testing.F, extension string, more ...[]byte) {
	files, err := filepath.Glob("testdata/*" + extension)
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, data := range more {
		f.Add(data)
	}
	if seed, ok := seeds[extension]; ok {
		f.Add([]byte(seed))
	}
	if extension == ".pdf" {
		print(testdata(f, "libreoffice.pdf")) // starting what reads them is no part of it
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		read := func(data string) {
			ctx, cancel := context.WithTimeout(context.Background(), budget.Most/2)
			defer cancel()
			for d, err := range format.Read(ctx, format.File{Path: "fuzz" + extension, Data: []byte(data)}) {
				if err != nil {
					continue
				}
				for _, b := range d.Blocks {
					if !utf8.ValidString(b.Text) || strings.Contains(b.Text, "\n") {
						t.Errorf("a block is %q", b.Text)
					}
				}
			}
		}
		switch extension {
		case ".txt", ".md", ".html", ".eml", ".mbox", ".rst", ".adoc", ".org", ".rss", ".nxml", ".csv", ".jsonl", ".xml":
			budget.Read(t, string(data), 64<<10, read)
		default: // one after the other is no file of these kinds
			budget.Within(t, func() { read(string(data)) })
		}
	})
}

func FuzzPlain(f *testing.F)    { fuzzReader(f, ".txt") }
func FuzzMarkdown(f *testing.F) { fuzzReader(f, ".md") }
func FuzzHTML(f *testing.F)     { fuzzReader(f, ".html") }
func FuzzDOCX(f *testing.F)     { fuzzReader(f, ".docx") }
func FuzzODT(f *testing.F)      { fuzzReader(f, ".odt") }
func FuzzMail(f *testing.F)     { fuzzReader(f, ".eml") }
func FuzzMbox(f *testing.F)     { fuzzReader(f, ".mbox") }
func FuzzTEI(f *testing.F)      { fuzzReader(f, ".xml") }
func FuzzMinutes(f *testing.F) {
	fuzzReader(f, ".xml",
		[]byte(`<dbtplenarprotokoll sitzung-datum="04.05.2030"><rede><p klasse="redner"><redner/>Ines Kolb:</p><p>Ja.</p><name>Präsidentin Roth:</name><p>Nein.</p></rede></dbtplenarprotokoll>`),
		[]byte(`<publicwhip><minor-heading>Tolls</minor-heading><speech id="2030-05-04" speakername="Ines Kolb"><p>We open.</p></speech></publicwhip>`))
}
func FuzzWARC(f *testing.F)      { fuzzReader(f, ".warc") }
func FuzzFeed(f *testing.F)      { fuzzReader(f, ".rss") }
func FuzzJATS(f *testing.F)      { fuzzReader(f, ".nxml") }
func FuzzRST(f *testing.F)       { fuzzReader(f, ".rst") }
func FuzzAsciiDoc(f *testing.F)  { fuzzReader(f, ".adoc") }
func FuzzOrg(f *testing.F)       { fuzzReader(f, ".org") }
func FuzzCSV(f *testing.F)       { fuzzReader(f, ".csv") }
func FuzzJSONLines(f *testing.F) { fuzzReader(f, ".jsonl") }
func FuzzZIP(f *testing.F)       { fuzzReader(f, ".zip") }
func FuzzGZIP(f *testing.F)      { fuzzReader(f, ".gz") }
func FuzzPDF(f *testing.F)       { fuzzReader(f, ".pdf", pdf(lines("1 The pier", "2 fell."), nil)) }
func FuzzRTF(f *testing.F) {
	fuzzReader(f, ".rtf", []byte(`{\rtf1{\fonttbl{\f1\fcharset204 A;}}\f1 \'cf\u1080?{\footnote x}\cell y\row}`))
}
func FuzzEPUB(f *testing.F) { fuzzReader(f, ".epub", epub(f, "", "<p>The pier</p>")) }
func FuzzPPTX(f *testing.F) {
	fuzzReader(f, ".pptx", pptx(f, shape("title", "The pier"), shape("body", "fell.")))
}
func FuzzXLSX(f *testing.F) {
	fuzzReader(f, ".xlsx", xlsx(f, "<sheetData><row>"+inline("A1", "Text")+"</row><row>"+inline("A2", "The pier")+"</row></sheetData>"))
}
