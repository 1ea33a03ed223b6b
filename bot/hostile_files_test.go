package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"unicode/utf16"

	"example.org/attache/corpus/text"
)

// hostile makes a file that is meant to exhaust what reads it.
type hostile struct {
	name  string                   // its ending is that of a format
	size  int                      // how much of it is written, in the unit of make
	make  func(w io.Writer, n int) // writes n bytes, words, rows, levels or the like
	small int                      // what stands for size where time is short; 0: size
}

// below is somewhat less than the most words and signs of a document.
const below = 990_000

// The sizes of hostile files.
const (
	kB = 1 << 10
	mB = 1 << 20
)

// hostiles are the generators. Their sizes lie above the limits of a document,
// where the file is to be refused, or just below, where all of it is read.
var hostiles = []hostile{
	// Plain text.
	{"dots.txt", 15 * mB, bytesOf("."), 9 * mB},
	{"dots-below-the-limit.txt", below, bytesOf("."), 15_000},
	{"slashes.txt", 10 * mB, bytesOf("/"), 9 * mB},
	{"slashes-below-the-limit.txt", below, bytesOf("/"), 15_000},
	{"one-letter-lines.txt", 14 * mB, bytesOf("a\n"), 9 * mB},
	{"one-letter-lines-below-the-limit.txt", 290_000 * 2, bytesOf("a\n"), 25_000},
	{"blank-lines.txt", 30 * mB, bytesOf("\n \n"), 1024 * kB},
	{"mister.txt", 12 * mB, bytesOf("Mr. "), 9 * mB},
	{"mister-below-the-limit.txt", below, wordsOf("Mr. "), 12_500},
	{"names.txt", 10 * mB, names, 9 * mB},
	{"names-below-the-limit.txt", 6 * mB, names, 75 * kB},
	{"names-of-one-surname.txt", 5 * mB / 2, namesOfOne, 75 * kB},
	{"one-word.txt", 7 * mB, bytesOf("x"), 256 * kB},
	{"capitals.txt", below, wordsOf("THE PIER OF VARN FELL "), 12_500},
	{"han.txt", below, wordsOf("海港桥梁"), 12_500},
	{"hangul.txt", below, wordsOf("항구 다리는 "), 12_500},
	{"thai.txt", below, wordsOf("ท่าเรือ"), 12_500},
	{"emoji.txt", below, wordsOf("👩‍👩‍👧"), 12_500},
	{"marks.txt", 7 * mB, bytesOf("e\u0301\u0301\u0301"), 75 * kB},
	{"hebrew-and-latin.txt", below, wordsOf("הנמל the port "), 12_500},
	{"quotation-marks.txt", below, bytesOf("\""), 15_000},
	{"quotations.txt", below, wordsOf("\"We go,\" Ada Lund said. "), 12_500},
	{"quotations-of-one-paragraph.txt", below, wordsOf("“We go to Varn,” he said, “and we come back.” "), 12_500},
	{"quotations-never-closed.txt", below, wordsOf("“Ada Lund said: "), 12_500},
	{"quotations-in-quotations.txt", below, wordsOf("“‘"), 12_500},
	{"brackets.txt", below, bytesOf("("), 15_000},
	{"many-quoted-people.txt", 3 * mB, quotedPeople, 75 * kB},
	{"reported.txt", below, wordsOf("Minister Ada Lund said that the pier fell. "), 12_500},
	{"one-sentence.txt", below, wordsOf("he said that the minister told that "), 12_500},
	{"commas.txt", below, wordsOf("a,"), 12_500},
	{"initials.txt", below, wordsOf("A. B. "), 12_500},
	{"states.txt", below, wordsOf("U.S."), 12_500},
	{"dates.txt", below, wordsOf("3 May 2021, 05/06/2021, 2021-05-03 "), 12_500},
	{"numbers.txt", below, wordsOf("1,1.1-1 "), 12_500},
	{"addresses.txt", below, wordsOf("https://a.example/b?c=d#e "), 12_500},
	{"labels.txt", below, wordsOf("MR. LUND: We go to Varn today.\n\n"), 12_500},
	{"a-hundred-thousand-labels.txt", 100_000, labels, 1_250},
	{"questions-and-answers.txt", below, wordsOf("Q: Do you go?\n\nA: We go to Varn today.\n\n"), 12_500},
	{"headings.txt", below, wordsOf("THE PIER\n\nIt fell.\n\n"), 12_500},
	{"lists.txt", below, wordsOf("- a b\n1. c d\n"), 12_500},
	{"random.txt", 20 * mB, noise, 1024 * kB},
	{"zeros.txt", 30 * mB, bytesOf("\x00"), 1024 * kB},
	{"wide.txt", 6 * mB, wideText, 256 * kB},
	{"broken-letters.txt", 7 * mB, bytesOf("\xff\xfe\xfd"), 256 * kB},
	{"controls.txt", 5 * mB, bytesOf("\x1b[2J\x07\u202e\u200b"), 75 * kB},

	// Pages and other markup.
	{"deep.html", 400_000, nested("<div>", "The pier fell.", "</div>"), 5_000},
	{"deep-tables.html", 100_000, nested("<table><tr><td>", "The pier fell.", "</td></tr></table>"), 1_250},
	{"deep-fonts.html", 200_000, nested("<b><a><p>", "The pier fell.", ""), 2_500},
	{"a-million-headings.html", 1_000_000, times("<h1>The pier</h1>\n"), 300_000},
	{"headings-below-the-limit.html", 200_000, times("<h1>The pier</h1>\n"), 2_500},
	{"paragraphs.html", 240_000, times("<p>The pier fell.\n"), 2_500},
	{"links.html", 240_000, times("<a href=/x>The pier</a> "), 2_500},
	{"cells.html", 160_000, times("<tr><td>a<td>b"), 2_000},
	{"attributes.html", 20 * mB, around("<p ", "a=b c ", ">The pier fell."), 512 * kB},
	{"long-attribute.html", 30 * mB, around("<p title='", "x", "'>The pier fell."), 1024 * kB},
	{"entities.html", 6 * mB, around("<p>", "&amp;&lt;", "</p>"), 75 * kB},
	{"script.html", 30 * mB, around("<script>", "var a = '<p>';", "</script><p>The pier fell.</p>"), 1024 * kB},
	{"comment.html", 30 * mB, around("<!--", "- -", "--><p>The pier fell."), 1024 * kB},
	{"angles.html", 20 * mB, around("<p>", "<", ""), 2 * mB},
	{"angles-below-the-limit.html", 490_000, around("<p>", "<", ""), 25_000},
	{"spans-in-one-paragraph.html", 240_000, times("<span>pier </span>"), 2_500},
	{"list-of-people.html", 100_000, times("<li>Minister Ada Lund of Varn"), 1_250},
	{"json-in-a-page.html", 20 * mB, around(`<script type="application/ld+json">`, `{"a":[`, `</script><p>The pier fell.`), 512 * kB},
	{"titles.html", 7 * mB, around("<title>", "pier ", "</title><p>The pier fell."), 256 * kB},
	{"a-million-headings.md", 1_000_000, times("# The pier\n"), 400_000},
	{"headings-below-the-limit.md", 100_000, times("# The pier\n"), 2_500},
	{"quotes.md", 330_000, around("", ">", " The pier fell."), 7_500},
	{"nested-lists.md", 1_000, nestedLists, 75},
	{"brackets.md", 330_000, bytesOf("["), 7_500},
	{"links.md", 330_000, bytesOf("[a]("), 7_500},
	{"stars.md", 330_000, bytesOf("*a_"), 0},
	{"stars-below-the-limit.md", 19_000, bytesOf("*a_"), 0},
	{"backticks.md", 330_000, bytesOf("`a``"), 7_500},
	{"tables.md", 330_000, around("|a|b|\n|-|-|\n", "|c|d|\n", ""), 7_500},
	{"references.md", 330_000, bytesOf("[a]: /b\n"), 7_500},
	{"front-matter.md", 20 * mB, around("---\n", "a: [b]\n", "---\nThe pier fell.\n"), 256 * kB},
	{"front-matter-aliases.md", 60, yamlBomb, 0},
	{"sections.rst", 300_000, times("Pier\n====\n"), 5_000},
	{"inline.rst", 3 * mB, bytesOf("``a `b_ |c| "), 50 * kB},
	{"sections.adoc", 300_000, times("== Pier\n"), 5_000},
	{"stars.org", 330_000, bytesOf("*"), 7_500},

	// Trees.
	{"deep.xml", 5 * mB, around("", "<a>", ""), 125 * kB},
	{"deep-tei.xml", 100_000, teiDeep, 1_250},
	{"utterances-tei.xml", 100_000, teiSpeeches, 1_250},
	{"speeches-akoma.xml", 100_000, akoma, 1_250},
	{"entities.xml", 9, xmlBomb, 9},
	{"attributes.xml", 20 * mB, around("<TEI><text><body><p ", `a="b" `, "/></body></text></TEI>"), 512 * kB},
	{"items.rss", 99_000, rss, 750},
	{"deep.nxml", 100_000, nested("<sec>", "<p>The pier fell.</p>", "</sec>"), 2_500},
	{"deep.json", 9 * mB, bytesOf("["), 256 * kB},
	{"deep-objects.json", 9 * mB, bytesOf(`{"a":`), 256 * kB},
	{"keys.json", 149_000, jsonKeys, 7_500},
	{"too-many-keys.json", 500_000, jsonKeys, 160_000},
	{"objects.json", 99_000, jsonRows, 750},
	{"empty-objects.jsonl", 9 * mB, bytesOf("{}\n"), 150 * kB},
	{"rows.jsonl", 200_000, times(`{"title":"Pier","text":"The pier of Varn fell."}` + "\n"), 2_500},
	{"people.jsonl", 40_000, jsonPeople, 500},
	{"broken.jsonl", 9 * mB, bytesOf("{\"text\"\n"), 256 * kB},
	{"numbers.jsonl", 3 * mB, bytesOf("1e99 "), 125 * kB},

	// Tables.
	{"long-title.csv", 60 * mB, around("title,text\n", "pier ", ",The pier fell.\n"), 17 * mB},
	{"long-text.csv", 60 * mB, around("title,text\nPier,", "pier ", "\n"), 17 * mB},
	{"rows.csv", 200_000 * 9, around("text\n", "The pier\n", ""), 22_500},
	{"rows-of-two-columns.csv", 100_000, csvRows, 1_250},
	{"never-closed.csv", 60 * mB, around("text\n\"", "The pier fell.\n", ""), 17 * mB},
	{"columns.csv", 20 * mB, around("text\n", ",", ""), 2 * mB},
	{"column-names.csv", 20 * mB, around("text", ",text", "\na\n"), 2 * mB},
	{"cells.xlsx", 200_000, xlsxRows, 2_500},
	{"far-cell.xlsx", 1, xlsxFar, 0},
	{"shared-strings.xlsx", 200_000, xlsxShared, 5_000},

	// Archives.
	{"bomb.zip", 900 * mB, zipped("zeros.txt", "\x00", zip.Deflate), 100 * mB},
	{"bomb-of-text.zip", 60 * mB, zipped("a.txt", "pier ", zip.Deflate), 20 * mB},
	{"entries.zip", 100_000, zipEntries, 750},
	{"nested.zip", 8, zipNested, 0},
	{"names.zip", 200, zipNames, 0},
	{"bomb.gz", 900 * mB, gzipOf("\x00"), 100 * mB},
	{"bomb.txt.gz", 60 * mB, gzipOf("pier\n"), 20 * mB},
	{"paragraphs.docx", 300_000, office("word/document.xml", `<w:document xmlns:w="w"><w:body>`, "<w:p><w:r><w:t>The pier fell.</w:t></w:r></w:p>", "</w:body></w:document>"), 5_000},
	{"runs.docx", 300_000, office("word/document.xml", `<w:document xmlns:w="w"><w:body><w:p>`, "<w:r><w:t>a </w:t></w:r>", "</w:p></w:body></w:document>"), 5_000},
	{"deep.docx", 100_000, office("word/document.xml", `<w:document xmlns:w="w"><w:body>`, "<w:tbl><w:tr><w:tc>", ""), 5_000},
	{"bomb.docx", 60 * mB, office("word/document.xml", `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>`, "x", "</w:t></w:r></w:p></w:body></w:document>"), 20 * mB},
	{"spaces.odt", 20_000, office("content.xml", `<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text>`, `<text:p>a<text:s text:c="100000000"/></text:p>`, "</office:text></office:body></office:document-content>"), 2_000},
	{"repeated.odt", 2_000, office("content.xml", `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b"><office:body><office:text><table:table>`, `<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000"><text:p>a</text:p></table:table-cell></table:table-row>`, "</table:table></office:text></office:body></office:document-content>"), 0},
	{"chapters.epub", 20_000, epubChapters, 250},
	{"slides.pptx", 5_000, pptxSlides, 75},
	{"deep.rtf", 10 * mB, around(`{\rtf1 `, "{", ""), 256 * kB},
	{"escapes.rtf", 10 * mB, around(`{\rtf1 `, `\u8230?\'e9`, "}"), 125 * kB},
	{"words.rtf", 30 * mB, around(`{\rtf1 `, `\b0\i\par `, "The pier fell.}"), 1024 * kB},
	{"binary.rtf", 20 * mB, around(`{\rtf1 {\pict `, "0123456789abcdef", "} The pier fell.}"), 1024 * kB},

	// Mail, sites, recordings.
	{"parts.eml", 100_000, mailParts, 11_000},
	{"parts-below-the-limit.eml", 9_900, mailParts, 500},
	{"deep.eml", 20_000, mailDeep, 500},
	{"headers.eml", 20 * mB, around("From: a@b.example\nSubject: Pier\n", "X-A: b\n", "\nThe pier fell.\n"), 512 * kB},
	{"long-header.eml", 20 * mB, around("From: a@b.example\nSubject: ", "=?utf-8?q?pier?= ", "\n\nThe pier fell.\n"), 512 * kB},
	{"base64.eml", 31 * mB, mailBase64, 1024 * kB},
	{"answered.eml", 4 * mB, around("From: a@b.example\nSubject: Pier\n\n", "> > The pier fell.\n", ""), 75 * kB},
	{"mails.mbox", 50_000, times("From a@b.example Mon May  3 10:00:00 2021\nFrom: Ada Lund <a@b.example>\nSubject: Pier\n\nThe pier of Varn fell.\n\n"), 750},
	{"records.warc", 50_000, warcRecords, 750},
	{"long-record.warc", 1, warcLong, 0},
	{"a-million-cues.srt", 1_000_000, cues, 110_000},
	{"cues-below-the-limit.srt", 99_000, cues, 2_500},
	{"voices.vtt", 99_000, vttVoices, 1_250},

	// PDF.
	{"pages.pdf", 2_000, pdfPages, 25},
	{"bomb.pdf", 200 * mB, pdfBomb, 20 * mB},
	{"text.pdf", 300_000, pdfText, 5_000},
	{"zeros.pdf", 60 * mB, around("%PDF-1.7\n", "\x00", ""), 1 * mB},
}

// repeat writes s again and again, n bytes in all or a little more.
func repeat(w io.Writer, s string, n int) {
	chunk := strings.Repeat(s, max(1, 64*kB/len(s)))
	for ; n > 0; n -= len(chunk) {
		if n < len(chunk) {
			chunk = strings.Repeat(s, (n+len(s)-1)/len(s))
		}
		io.WriteString(w, chunk)
	}
}

// bytesOf writes n bytes of s again and again.
func bytesOf(s string) func(io.Writer, int) {
	return func(w io.Writer, n int) { repeat(w, s, n) }
}

// wordsOf writes s again and again, until there are n words and signs.
func wordsOf(s string) func(io.Writer, int) {
	return func(w io.Writer, n int) { repeat(w, s, n/text.Words(s)*len(s)) }
}

// times writes s n times.
func times(s string) func(io.Writer, int) {
	return func(w io.Writer, n int) { repeat(w, s, n*len(s)) }
}

// around writes n bytes of s between two others.
func around(before, s, after string) func(io.Writer, int) {
	return func(w io.Writer, n int) {
		io.WriteString(w, before)
		repeat(w, s, n)
		io.WriteString(w, after)
	}
}

// nested writes n levels around something.
func nested(open, inner, end string) func(io.Writer, int) {
	return func(w io.Writer, n int) {
		repeat(w, open, n*len(open))
		io.WriteString(w, inner)
		if end != "" {
			repeat(w, end, n*len(end))
		}
	}
}

// each writes what f makes of the numbers below n.
func each(f func(i int) string) func(io.Writer, int) {
	return func(w io.Writer, n int) {
		for i := range n {
			io.WriteString(w, f(i))
		}
	}
}

// coin makes a name that no other number makes.
func coin(i int) string {
	const heads, tails = "BDFGKLMNPRSTV", "aeiou"
	var b strings.Builder
	for n := i; ; n /= len(heads) * len(tails) {
		b.WriteByte(heads[n%len(heads)])
		b.WriteByte(tails[n/len(heads)%len(tails)])
		if n < len(heads)*len(tails) {
			break
		}
	}
	name := strings.ToLower(b.String()) + "n"
	return strings.ToUpper(name[:1]) + name[1:]
}

// upTo writes what f makes of the numbers from 0 until there are n bytes.
func upTo(f func(i int) string) func(io.Writer, int) {
	return func(w io.Writer, n int) {
		for i := 0; n > 0; i++ {
			s := f(i)
			io.WriteString(w, s)
			n -= len(s)
		}
	}
}

var (
	names = upTo(func(i int) string { return coin(i) + " " + coin(i*7+1) + " " })

	namesOfOne = upTo(func(i int) string { return "Minister " + coin(i) + " Smith of " + coin(i%300) + " met. " })

	quotedPeople = upTo(func(i int) string {
		return fmt.Sprintf("“The pier of %s fell,” said %s %s, a minister.\n\n", coin(i%500), coin(i), coin(i*3+2))
	})

	labels = each(func(i int) string { return strings.ToUpper(coin(i)) + ": We go to Varn today.\n\n" })

	jsonPeople = each(func(i int) string {
		return fmt.Sprintf("{\"title\":\"Pier %d\",\"text\":\"Minister %s Smith said that the pier fell. “It will be built anew,” Smith said.\"}\n", i, coin(i))
	})
)

func noise(w io.Writer, n int) {
	r := rand.NewChaCha8([32]byte{1})
	io.CopyN(w, r, int64(n))
}

func wideText(w io.Writer, n int) {
	w.Write([]byte{0xff, 0xfe})
	var b bytes.Buffer
	for _, u := range utf16.Encode([]rune("The pier of Varn fell. ")) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	repeat(w, b.String(), n)
}

func nestedLists(w io.Writer, n int) {
	for i := range n {
		fmt.Fprintf(w, "%s- a\n", strings.Repeat("  ", i))
	}
}

func yamlBomb(w io.Writer, n int) {
	io.WriteString(w, "---\na0: &a0 [x,x,x,x,x,x,x,x,x]\n")
	for i := range n {
		fmt.Fprintf(w, "a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n", i+1, i+1, i, i, i, i, i, i)
	}
	fmt.Fprintf(w, "title: *a%d\n---\nThe pier fell.\n", n)
}

func xmlBomb(w io.Writer, n int) {
	io.WriteString(w, `<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY e0 "pier">`)
	for i := range n {
		fmt.Fprintf(w, `<!ENTITY e%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&e%d;", i), 10))
	}
	fmt.Fprintf(w, `]><TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>&e%d;</p></body></text></TEI>`, n)
}

const teiBegin, teiEnd = `<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>`, `</body></text></TEI>`

func teiDeep(w io.Writer, n int) {
	io.WriteString(w, teiBegin)
	nested("<div>", "<p>The pier fell.</p>", "</div>")(w, n)
	io.WriteString(w, teiEnd)
}

func teiSpeeches(w io.Writer, n int) {
	io.WriteString(w, teiBegin)
	each(func(i int) string { return fmt.Sprintf(`<u who="#p%d">We go to Varn.</u>`, i) })(w, n)
	io.WriteString(w, teiEnd)
}

func akoma(w io.Writer, n int) {
	io.WriteString(w, `<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate><debateBody><debateSection>`)
	each(func(i int) string {
		return fmt.Sprintf(`<speech by="#p%d"><from>%s</from><p>We go to Varn.</p></speech>`, i, coin(i))
	})(w, n)
	io.WriteString(w, `</debateSection></debateBody></debate></akomaNtoso>`)
}

func rss(w io.Writer, n int) {
	io.WriteString(w, `<rss version="2.0"><channel><title>Varn</title>`)
	each(func(i int) string {
		return fmt.Sprintf("<item><title>Pier %d</title><link>https://a.example/%d</link><description>The pier of Varn fell.</description></item>", i, i)
	})(w, n)
	io.WriteString(w, "</channel></rss>")
}

func jsonKeys(w io.Writer, n int) {
	io.WriteString(w, `{"text":"The pier fell."`)
	each(func(i int) string { return fmt.Sprintf(`,"k%d":"v"`, i) })(w, n)
	io.WriteString(w, "}")
}

func jsonRows(w io.Writer, n int) {
	io.WriteString(w, `{"articles":[{"text":"The pier fell."}`)
	repeat(w, `,{"text":"The pier of Varn fell."}`, n*len(`,{"text":"The pier of Varn fell."}`))
	io.WriteString(w, "]}")
}

func csvRows(w io.Writer, n int) {
	io.WriteString(w, "title,date,text\n")
	each(func(i int) string { return fmt.Sprintf("Pier %d,2021-05-03,The pier of %s fell.\n", i, coin(i%999)) })(w, n)
}

// archive writes a zip archive of files that are made one after the other.
func archive(w io.Writer, method uint16, files ...func(create func(name string) io.Writer)) {
	z := zip.NewWriter(w)
	create := func(name string) io.Writer {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			panic(err)
		}
		return f
	}
	for _, f := range files {
		f(create)
	}
	z.Close()
}

func zipped(name, s string, method uint16) func(io.Writer, int) {
	return func(w io.Writer, n int) {
		archive(w, method, func(create func(string) io.Writer) { repeat(create(name), s, n) })
	}
}

func zipEntries(w io.Writer, n int) {
	archive(w, zip.Store, func(create func(string) io.Writer) {
		for i := range n {
			fmt.Fprintf(create(fmt.Sprintf("%d.txt", i)), "The pier of %s fell.\n", coin(i))
		}
	})
}

func zipNested(w io.Writer, n int) {
	inner := []byte("The pier fell.")
	name := "a.txt"
	for range n {
		var b bytes.Buffer
		archive(&b, zip.Deflate, func(create func(string) io.Writer) {
			for i := range 10 {
				create(fmt.Sprint(i, name)).Write(inner)
			}
		})
		inner, name = b.Bytes(), "a.zip"
		if b.Len() > 4*mB {
			break
		}
	}
	w.Write(inner)
}

func zipNames(w io.Writer, n int) {
	archive(w, zip.Store, func(create func(string) io.Writer) {
		for i := range n {
			io.WriteString(create(strings.Repeat("../ab", 10_000)+fmt.Sprint(i, ".txt")), "The pier fell.")
			io.WriteString(create("same.txt"), "The pier fell.")
		}
	})
}

func gzipOf(s string) func(io.Writer, int) {
	return func(w io.Writer, n int) {
		z := gzip.NewWriter(w)
		repeat(z, s, n)
		z.Close()
	}
}

// office writes the file of an office program whose main part is n times s.
func office(part, before, s, after string) func(io.Writer, int) {
	return func(w io.Writer, n int) {
		archive(w, zip.Deflate, func(create func(string) io.Writer) {
			around(before, s, after)(create(part), n*len(s))
		})
	}
}

func xlsx(w io.Writer, sheet, shared func(io.Writer)) {
	archive(w, zip.Deflate, func(create func(string) io.Writer) {
		io.WriteString(create("_rels/.rels"), `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
		io.WriteString(create("xl/workbook.xml"), `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`)
		io.WriteString(create("xl/_rels/workbook.xml.rels"), `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`)
		s := create("xl/worksheets/sheet1.xml")
		io.WriteString(s, `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
		sheet(s)
		io.WriteString(s, `</sheetData></worksheet>`)
		s = create("xl/sharedStrings.xml")
		io.WriteString(s, `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`)
		shared(s)
		io.WriteString(s, `</sst>`)
	})
}

func xlsxRows(w io.Writer, n int) {
	xlsx(w, func(w io.Writer) {
		io.WriteString(w, `<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>`)
		each(func(i int) string {
			return fmt.Sprintf(`<row r="%d"><c r="A%d" t="inlineStr"><is><t>The pier of Varn fell.</t></is></c></row>`, i+2, i+2)
		})(w, n)
	}, func(io.Writer) {})
}

func xlsxFar(w io.Writer, _ int) {
	xlsx(w, func(w io.Writer) {
		io.WriteString(w, `<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row><row r="999999999"><c r="ZZZZZZZ999999999" t="s"><v>999999999</v></c></row>`)
	}, func(io.Writer) {})
}

func xlsxShared(w io.Writer, n int) {
	xlsx(w, func(w io.Writer) {
		repeat(w, `<row><c t="s"><v>0</v></c></row>`, n*len(`<row><c t="s"><v>0</v></c></row>`))
	}, func(w io.Writer) {
		around("<si><t>", "pier ", "</t></si>")(w, 5000)
		repeat(w, "<si><t>pier</t></si>", n*len("<si><t>pier</t></si>"))
	})
}

func epubChapters(w io.Writer, n int) {
	archive(w, zip.Deflate, func(create func(string) io.Writer) {
		io.WriteString(create("META-INF/container.xml"), `<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>`)
		opf := create("a.opf")
		io.WriteString(opf, `<package xmlns="http://www.idpf.org/2007/opf"><manifest>`)
		each(func(i int) string {
			return fmt.Sprintf(`<item id="c%d" href="c%d.xhtml" media-type="application/xhtml+xml"/>`, i, i)
		})(opf, n)
		io.WriteString(opf, `</manifest><spine>`)
		each(func(i int) string { return fmt.Sprintf(`<itemref idref="c%d"/>`, i) })(opf, n)
		io.WriteString(opf, `</spine></package>`)
		for i := range n {
			fmt.Fprintf(create(fmt.Sprintf("c%d.xhtml", i)), "<html><body><h1>Pier</h1><p>The pier of %s fell.</p></body></html>", coin(i))
		}
	})
}

func pptxSlides(w io.Writer, n int) {
	archive(w, zip.Deflate, func(create func(string) io.Writer) {
		io.WriteString(create("_rels/.rels"), `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="ppt/presentation.xml"/></Relationships>`)
		p := create("ppt/presentation.xml")
		io.WriteString(p, `<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><p:sldIdLst>`)
		each(func(i int) string { return fmt.Sprintf(`<p:sldId id="%d" r:id="r%d"/>`, i+256, i) })(p, n)
		io.WriteString(p, `</p:sldIdLst></p:presentation>`)
		p = create("ppt/_rels/presentation.xml.rels")
		io.WriteString(p, `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
		each(func(i int) string {
			return fmt.Sprintf(`<Relationship Id="r%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide" Target="slides/slide%d.xml"/>`, i, i)
		})(p, n)
		io.WriteString(p, `</Relationships>`)
		for i := range n {
			fmt.Fprintf(create(fmt.Sprintf("ppt/slides/slide%d.xml", i)), `<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>The pier of %s fell.</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>`, coin(i))
		}
	})
}

func mailParts(w io.Writer, n int) {
	io.WriteString(w, "From: a@b.example\nSubject: Pier\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n")
	repeat(w, "--b\nContent-Type: text/plain\n\nThe pier fell.\n", n*len("--b\nContent-Type: text/plain\n\nThe pier fell.\n"))
	io.WriteString(w, "--b--\n")
}

func mailDeep(w io.Writer, n int) {
	io.WriteString(w, "From: a@b.example\nSubject: Pier\nMIME-Version: 1.0\n")
	each(func(i int) string {
		return fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	})(w, n)
}

func mailBase64(w io.Writer, n int) {
	io.WriteString(w, "From: a@b.example\nSubject: Pier\nMIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n")
	b := bufio.NewWriter(w)
	repeat(b, base64.StdEncoding.EncodeToString([]byte(strings.Repeat("The pier fell.\n", 5)))+"\n", n)
	b.Flush()
}

func warcRecords(w io.Writer, n int) {
	each(func(i int) string {
		page := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><title>Pier %d</title><body><p>The pier of Varn fell, and nobody was hurt.</p></body></html>", i)
		return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/%d\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", i, len(page), page)
	})(w, n)
}

func warcLong(w io.Writer, _ int) {
	io.WriteString(w, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Length: 9223372036854775807\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999999999\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n<p>The pier fell.")
}

// clock writes a second of a recording.
func clock(i int) string {
	return fmt.Sprintf("%02d:%02d:%02d", i/3600, i/60%60, i%60)
}

func cues(w io.Writer, n int) {
	each(func(i int) string {
		return fmt.Sprintf("%d\n%s,000 --> %s,000\nThe pier fell.\n\n", i+1, clock(i), clock(i+1))
	})(w, n)
}

func vttVoices(w io.Writer, n int) {
	io.WriteString(w, "WEBVTT\n\n")
	each(func(i int) string {
		return fmt.Sprintf("%s.000 --> %s.000\n<v %s>We go to Varn.\n\n", clock(i), clock(i+1), coin(i))
	})(w, n)
}

// pdfFile writes a PDF of objects, each made by its number from 1: the first is
// its catalog.
func pdfFile(w io.Writer, n int, object func(i int) string) {
	c := &counter{w: w}
	io.WriteString(c, "%PDF-1.7\n")
	at := make([]int, n)
	for i := range n {
		at[i] = c.n
		fmt.Fprintf(c, "%d 0 obj\n%s\nendobj\n", i+1, object(i+1))
	}
	begins := c.n
	fmt.Fprintf(c, "xref\n0 %d\n0000000000 65535 f \n", n+1)
	for _, a := range at {
		fmt.Fprintf(c, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(c, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", n+1, begins)
}

// counter counts what is written.
type counter struct {
	w io.Writer
	n int
}

func (c *counter) Write(b []byte) (int, error) {
	c.n += len(b)
	return c.w.Write(b)
}

const pdfFont = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"

func pdfPages(w io.Writer, n int) {
	pdfFile(w, 3+2*n, func(i int) string {
		switch {
		case i == 1:
			return "<< /Type /Catalog /Pages 2 0 R >>"
		case i == 2:
			var kids strings.Builder
			for k := range n {
				fmt.Fprintf(&kids, "%d 0 R ", k+4)
			}
			return fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", n, kids.String())
		case i == 3:
			return pdfFont
		case i < 4+n:
			return fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F 3 0 R >> >> >>", i+n)
		}
		s := fmt.Sprintf("BT /F 12 Tf 72 700 Td (The pier of %s fell in May, and nobody but %s was hurt.) Tj ET", coin(i), coin(7*i))
		return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(s), s)
	})
}

// pdfPage writes a PDF of one page, whose content is packed.
func pdfPage(w io.Writer, content func(io.Writer)) {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	content(z)
	z.Close()
	pdfFile(w, 5, func(i int) string {
		return []string{
			"<< /Type /Catalog /Pages 2 0 R >>",
			"<< /Type /Pages /Count 1 /Kids [5 0 R] >>",
			pdfFont,
			fmt.Sprintf("<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream", b.Len(), b.String()),
			"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 3 0 R >> >> >>",
		}[i-1]
	})
}

func pdfBomb(w io.Writer, n int) {
	pdfPage(w, func(w io.Writer) { repeat(w, "q ", n) })
}

func pdfText(w io.Writer, n int) {
	pdfPage(w, func(w io.Writer) {
		io.WriteString(w, "BT /F 1 Tf 10 700 Td ")
		repeat(w, "(a b) Tj 1 0 Td ", n*len("(a b) Tj 1 0 Td "))
		io.WriteString(w, "ET")
	})
}
