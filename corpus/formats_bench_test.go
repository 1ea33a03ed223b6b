package corpus_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"testing"
	"testing/fstest"

	"example.org/attache/corpus"
)

// perFile is how many articles a file of those formats has that hold many.
const perFile = 50

// formats make files of one or more articles, each the paragraphs below a
// title.
var formats = []struct {
	name     string
	articles int // in a file
	make     func(articles []string) []byte
}{
	{"article.txt", 1, func(a []string) []byte { return []byte(a[0]) }},
	{"article.md", 1, func(a []string) []byte { return []byte("# " + a[0]) }},
	{"article.html", 1, func(a []string) []byte { return page(a[0]) }},
	{"article.pdf", 1, func(a []string) []byte { return sheets(a[0]) }},
	{"article.docx", 1, func(a []string) []byte {
		return zipped(map[string]string{"word/document.xml": `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` +
			tagged(a[0], "<w:p><w:r><w:t>", "</w:t></w:r></w:p>") + `</w:body></w:document>`})
	}},
	{"article.odt", 1, func(a []string) []byte {
		return zipped(map[string]string{"content.xml": `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>` +
			tagged(a[0], "<text:p>", "</text:p>") + `</office:text></office:body></office:document-content>`})
	}},
	{"article.eml", 1, func(a []string) []byte {
		title, body, _ := strings.Cut(a[0], "\n\n")
		return []byte("From: press@moss.example\nTo: desk@moss.example\nSubject: " + title + "\nDate: Thu, 4 May 2023 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n" + body)
	}},
	{"edition.xml", perFile, func(all []string) []byte {
		var b strings.Builder
		b.WriteString(`<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Harbour Papers</title></titleStmt></fileDesc></teiHeader><text><body>`)
		for i, a := range all {
			title, body, _ := strings.Cut(a, "\n\n")
			fmt.Fprintf(&b, `<div type="document" xml:id="d%d"><head>%s</head>%s</div>`, i, title, tagged(body, "<p>", "</p>"))
		}
		b.WriteString("</body></text></TEI>")
		return []byte(b.String())
	}},
	{"articles.csv", perFile, func(all []string) []byte {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Write([]string{"title", "text"})
		for _, a := range all {
			title, body, _ := strings.Cut(a, "\n\n")
			w.Write([]string{title, body})
		}
		w.Flush()
		return b.Bytes()
	}},
	{"articles.jsonl", perFile, func(all []string) []byte {
		var b bytes.Buffer
		for _, a := range all {
			title, body, _ := strings.Cut(a, "\n\n")
			json.NewEncoder(&b).Encode(map[string]string{"title": title, "text": body})
		}
		return b.Bytes()
	}},
	{"articles.zip", perFile, func(all []string) []byte {
		files := map[string]string{}
		for i, a := range all {
			files[fmt.Sprintf("%d.txt", i)] = a
		}
		return zipped(files)
	}},
	{"article.txt.gz", 1, func(a []string) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write([]byte(a[0]))
		w.Close()
		return b.Bytes()
	}},
}

// tagged puts each paragraph between two tags.
func tagged(article, open, shut string) string {
	return open + strings.ReplaceAll(html.EscapeString(strings.TrimSpace(article)), "\n\n", shut+open) + shut
}

// page is an article as a news site has it, with what surrounds it.
func page(article string) []byte {
	title, body, _ := strings.Cut(article, "\n\n")
	menu := strings.Repeat(`<li><a href="/section">A section of the paper</a></li>`, 30)
	return fmt.Appendf(nil, `<!doctype html><html lang="en"><head><title>%s</title><meta property="og:site_name" content="Moss Courier"></head><body><nav><ul>%s</ul></nav><article><h1>%[1]s</h1>%s</article><footer><ul>%[2]s</ul></footer></body></html>`,
		title, menu, tagged(body, "<p>", "</p>"))
}

func zipped(files map[string]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range files {
		w, _ := z.Create(name)
		w.Write([]byte(body))
	}
	z.Close()
	return b.Bytes()
}

// sheets is an article as a PDF of one page, a line every 90 characters.
func sheets(article string) []byte {
	var lines strings.Builder
	lines.WriteString("BT /F1 8 Tf 10 TL 40 820 Td\n")
	plain := strings.NewReplacer("“", "\"", "”", "\"", "—", "-", "(", "", ")", "")
	for line := range strings.SplitSeq(plain.Replace(article), "\n") {
		for len(line) > 90 {
			at := strings.LastIndexByte(line[:90], ' ')
			fmt.Fprintf(&lines, "(%s) Tj T*\n", line[:at])
			line = line[at+1:]
		}
		fmt.Fprintf(&lines, "(%s) Tj T*\n", line)
	}
	lines.WriteString("ET")
	var b bytes.Buffer
	var at []int
	b.WriteString("%PDF-1.4\n")
	for i, object := range []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", lines.Len(), lines.String()),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

// BenchmarkFormat reads a corpus of reports in each format: documents a second,
// and megabytes of their files.
func BenchmarkFormat(b *testing.B) {
	for _, f := range formats {
		b.Run(f.name, func(b *testing.B) {
			const files = 4
			fsys, size := fstest.MapFS{}, 0
			for i := range files {
				var all []string
				for j := range f.articles {
					all = append(all, article(i*f.articles+j))
				}
				data := f.make(all)
				fsys[fmt.Sprintf("%d/%s", i, f.name)] = &fstest.MapFile{Data: data}
				size += len(data)
			}
			b.SetBytes(int64(size))
			read := 0
			for b.Loop() {
				read = 0
				for r := range corpus.Read(b.Context(), fsys) {
					if r.Err != nil {
						b.Fatal(r.Err)
					}
					read++
				}
			}
			if read != files*f.articles {
				b.Fatalf("%d documents were read of %d", read, files*f.articles)
			}
			b.ReportMetric(float64(read*b.N)/b.Elapsed().Seconds(), "docs/s")
		})
	}
}
