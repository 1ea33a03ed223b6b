package format_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"example.org/attache/corpus/format"
	"example.org/attache/corpus/internal/budget"
)

// readAll returns what a file holds, and the errors of its parts.
func readAll(name string, data []byte) (docs []format.Document, errs []error) {
	for d, err := range format.Read(context.Background(), format.File{Path: name, Data: data}) {
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", d.Part, err))
			continue
		}
		docs = append(docs, d)
	}
	return docs, errs
}

// entries packs a zip archive.
func entries(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(files[i+1]))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipped(data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(data)
	z.Close()
	return b.Bytes()
}

// wide is an ASCII text in UTF-16, as Office names the parts of a file.
func wide(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		b.WriteByte(c)
		b.WriteByte(0)
	}
	return b.String()
}

// nestedMail is a mail of parts in parts that breaks off.
func nestedMail(levels int) []byte {
	var b bytes.Buffer
	for i := range levels {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	return b.Bytes()
}

func TestBadFilesSayWhy(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	zeros := strings.Repeat("\x00", 8<<20)
	locked, err := os.ReadFile("testdata/locked.pdf")
	if err != nil {
		t.Fatal(err)
	}
	deep := entries(t, "a.txt", "The road.")
	for range 4 {
		deep = entries(t, "b.zip", string(deep))
	}
	rows := map[string]struct {
		name string
		data []byte
		want string
	}{
		"kind":                 {"ferry.jpg", []byte("\xff\xd8"), ".jpg"},
		"empty":                {"a.txt", nil, "no text"},
		"empty table":          {"a.csv", nil, "no text"},
		"empty PDF":            {"a.pdf", nil, "no text"},
		"empty archive file":   {"a.zip", nil, "no text"},
		"old word processor":   {"a.doc", []byte("\xd0\xcf\x11\xe0"), "save it as .docx"},
		"old spreadsheet":      {"a.xls", []byte("\xd0\xcf\x11\xe0"), "as .xlsx"},
		"no kind":              {"a.bak", []byte("x"), "save it as .pdf"},
		"white space":          {"a.txt", []byte(" \n\t\n"), "no text"},
		"binary as text":       {"a.txt", []byte("\x00\x01\x02\x03 abc"), "binary"},
		"empty page":           {"a.html", []byte("<html><body></body></html>"), "no text"},
		"page as PDF":          {"a.pdf", []byte("<html><p>Not found</p></html>"), "no PDF: incorrect format; save it again"},
		"PDF cut off":          {"a.pdf", []byte("%PDF-1.7\n1 0 obj\n<<"), "damaged"},
		"PDF with a password":  {"a.pdf", locked, "password"},
		"DOCX that is none":    {"a.docx", []byte("Dear sir"), "damaged"},
		"DOCX without text":    {"a.docx", entries(t, "x.xml", "<x/>"), "no text of a word processor"},
		"DOCX with a password": {"a.docx", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + wide("EncryptedPackage")), "password"},
		"DOC named DOCX":       {"a.docx", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + wide("WordDocument")), "older kind"},
		"ODT with a password":  {"a.odt", entries(t, "META-INF/manifest.xml", "<manifest><file-entry><encryption-data/></file-entry></manifest>", "content.xml", "\x01\x02"), "password"},
		"DOCX with a bomb":     {"a.docx", entries(t, "word/document.xml", zeros), "too big"},
		"XML of another kind":  {"a.xml", []byte("<config><item>x</item></config>"), "not TEI"},
		"feed that is none":    {"a.xml", []byte("<rss><item>x</item></rss>"), "no text"},
		"feed nested too deep": {"a.rss", []byte("<rss><channel><item>" + strings.Repeat("<a>", 100_000)), "nested"},
		"paper without text":   {"a.xml", []byte("<article><front/></article>"), "no text"},
		"web archive cut off":  {"a.warc", []byte("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\nHTTP/1.1"), "archive of web pages"},
		"web archive, none":    {"a.warc", []byte("Dear sir"), "archive of web pages"},
		"XML nested too deep":  {"a.xml", []byte("<TEI>" + strings.Repeat("<p>", 5000)), "nested"},
		"table without text":   {"a.csv", []byte("name,date\nLund,2023\n"), "no column"},
		"JSON without text":    {"a.jsonl", []byte(`{"title":"x"}`), "no column or key"},
		"JSON that breaks off": {"a.jsonl", []byte(`{"text":"The ro`), "no JSON"},
		"JSON array cut off":   {"a.json", []byte(`[{"text":"The road."}`), "no JSON"},
		"JSON bracket astray":  {"a.json", []byte(`{"text":"The road."}]{"text":"The ferry."}`), "no JSON"},
		"brackets":             {"a.md", []byte(strings.Repeat("[a](", 100_000)), "too big"},
		"brackets in lines":    {"a.md", []byte(strings.Repeat("[a](\n", 100_000)), "too big"},
		"brackets in a quote":  {"a.md", []byte(strings.Repeat("> [a](\n", 100_000)), "too big"},
		"quotes in quotes":     {"a.md", []byte(strings.Repeat(">", 1000) + " The road."), "nested"},
		"stars":                {"a.md", []byte(strings.Repeat("*a_", 20_000)), "stars and underscores"},
		"columns":              {"a.csv", []byte("text" + strings.Repeat(",a", 20_000) + "\nThe road.\n"), "10,000 columns"},
		"columns of a row":     {"a.csv", []byte("text\n" + strings.Repeat(",", 1<<20) + "\n"), "10,000 columns"},
		"quote never closed":   {"a.csv", []byte("text\n\"" + strings.Repeat("The road.\n", 2<<20)), "quotation marks close"},
		"JSON in lists":        {"a.json", []byte(strings.Repeat("[", 1000)), "nested"},
		"JSON of too much":     {"a.json", []byte(`{"text":"The road.","list":[` + strings.Repeat("1,", 400_000) + "1]}"), "300,000 values"},
		"attributes":           {"a.tei", []byte("<TEI><text " + strings.Repeat(`a="b" `, 200_000) + "/></TEI>"), "attributes"},
		"cues":                 {"a.vtt", []byte("WEBVTT\n\n" + strings.Repeat("00:01.000 --> 00:02.000\nThe road.\n\n", 100_001)), "100,001 cues"},
		"entries":              {"a.rss", []byte("<rss><channel>" + strings.Repeat("<item/>", 100_001) + "</channel></rss>"), "100,001 entries"},
		"paragraphs":           {"a.txt", []byte(strings.Repeat("The road.\n", 300_001)), "300,001 paragraphs"},
		"parts of a mail":      {"a.eml", []byte("Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\nContent-Type: text/plain\n\nThe road.\n", 11_000)), "10,000 parts"},
		"front matter":         {"a.md", []byte("---\ntitle: [\n---\nThe road.\n"), "front matter"},
		"zip bomb":             {"a.zip", entries(t, "a.txt", zeros), "too big"},
		"zip in zip in zip":    {"a.zip", deep, "too deep"},
		"zip that is none":     {"a.zip", []byte("PK\x03\x04"), "no zip archive"},
		"zip with one twice":   {"a.zip", entries(t, "a.txt", "The road.", "./a.txt", "The ferry."), "the same name"},
		"gzip bomb":            {"a.txt.gz", gzipped([]byte(zeros)), "too big"},
		"mailbox that is none": {"a.mbox", []byte("Dear sir,\n\nFrom now on …\n"), "no mailbox"},
		"mail in mail":         {"a.eml", nestedMail(40), "too deep"},
		"mail in mail, deep":   {"a.eml", nestedMail(100_000), "too deep"},
		"gzip that is none":    {"a.gz", []byte("abc"), "gzip"},
		"empty archive":        {"a.zip", entries(t), "no text"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			_, errs := readAll(row.name, row.data)
			if err := errors.Join(errs...); err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("the error is %v, want one with %q", err, row.want)
			}
		})
	}
}

func TestOneBadPartLeavesTheOthers(t *testing.T) {
	docs, errs := readAll("a.zip", entries(t, "a.txt", "The road.", "b.pdf", "x", "c.jsonl", "{\"text\":\"The ferry.\"}\n{\"date\":5}\n{\"text\":\"The bridge.\"}"))
	var got []string
	for _, d := range docs {
		got = append(got, d.Part+" "+d.Blocks[0].Text)
	}
	if want := "/a.txt The road.\n/c.jsonl#1 The ferry.\n/c.jsonl#3 The bridge."; strings.Join(got, "\n") != want || len(errs) != 2 {
		t.Errorf("got %q and the errors %v", got, errs)
	}
}

// The article of a page that is nested deep is not looked for, which would take
// half a minute: all of its text is taken.
func TestPageNestedDeep(t *testing.T) {
	const depth, paragraphs = 480, 45_000
	page := "<html><body>" + strings.Repeat(`<div class="share">`, depth) + "<p>The road is open.</p>" + strings.Repeat("<p>a</p>", paragraphs) + strings.Repeat("</div>", depth) + "</body></html>"
	budget.Within(t, func() {
		docs, errs := readAll("a.html", []byte(page))
		if len(errs) > 0 || len(docs) != 1 || len(docs[0].Blocks) != paragraphs+1 || docs[0].Blocks[0].Text != "The road is open." {
			t.Errorf("%d documents, errors %v", len(docs), errs)
		}
	})
}

// A line that is no JSON takes none of those behind it along, but there is an
// end to trying.
func TestOneBadLineLeavesTheOthers(t *testing.T) {
	read := func(data string) (parts string, errs []error) {
		docs, errs := readAll("a.jsonl", []byte(data))
		for _, d := range docs {
			parts += d.Part + " " + d.Blocks[0].Text + "\n"
		}
		return parts, errs
	}
	const ferry, bridge = `{"text":"The ferry."}` + "\n", `{"text":"The bridge."}` + "\n"
	for _, bad := range []string{"oops", `{"text":"The ro`, `{"text":`, `{"text":"a"}}`, "{", "]"} {
		got, errs := read(ferry + bad + "\n" + bridge + bad + "\n" + ferry)
		if !strings.HasPrefix(got, "#1 The ferry.\n") || !strings.Contains(got, " The bridge.\n") || !strings.HasSuffix(got, " The ferry.\n") || len(errs) != 2 {
			t.Errorf("%s: got %q and the errors %v", bad, got, errs)
		}
	}
	if got, errs := read(strings.Repeat("{]\n", 1000) + ferry); got != "" || len(errs) > 100 || !strings.Contains(errors.Join(errs...).Error(), "from here on") {
		t.Errorf("of many bad lines: got %q and %d errors", got, len(errs))
	}
}

func TestContentGoesBeforeName(t *testing.T) {
	docs, errs := readAll("a.txt", gzipped([]byte("The road.")))
	if len(errs) > 0 || len(docs) != 1 || docs[0].Part != "/a" {
		t.Errorf("got %v, %v", docs, errs)
	}
	docs, errs = readAll("a.txt", []byte("<!DOCTYPE HTML><html><body><p>The road.</p></body></html>"))
	if len(errs) > 0 || len(docs) != 1 || docs[0].Blocks[0].Text != "The road." {
		t.Errorf("got %v, %v", docs, errs)
	}
}

func TestNamesInArchivesStayInALine(t *testing.T) {
	docs, errs := readAll("a.zip", entries(t, "../up\n.txt", "The road.", `sub\b.txt`, "The ferry."))
	if len(errs) > 0 || len(docs) != 2 || docs[0].Part != "/up_.txt" || docs[1].Part != "/sub/b.txt" {
		t.Errorf("got %v, %v", docs, errs)
	}
}

// What lies in an archive under a name that is too long is read; the middle of the name
// is left out.
func TestLongNamesInArchives(t *testing.T) {
	long := strings.Repeat("../ab", 5000) + ".txt"
	docs, errs := readAll("a.zip", entries(t, long, "The road.", "b.txt", "The ferry."))
	if len(errs) > 0 || len(docs) != 2 || len(docs[0].Part) > 1000 || !strings.HasSuffix(docs[0].Part, "/ab.txt") {
		t.Errorf("got %v, %v", docs, errs)
	}
	docs, errs = readAll("a.zip", entries(t, strings.Repeat("한국", 100)+strings.Repeat("ab", 100)+".txt", "The road."))
	if len(errs) > 0 || len(docs) != 1 || !strings.HasPrefix(docs[0].Part, "/한국한") || !utf8.ValidString(docs[0].Part) {
		t.Errorf("a name that is cut within a letter: got %v, %v", docs, errs)
	}
}

// Exports that are put one behind the other are read to the end.
func TestSeveralArrays(t *testing.T) {
	docs, errs := readAll("a.json", []byte(`[{"text":"The road."}, {"text":"The ferry."}]`+"\n"+`[{"text":"The bridge."}]{"text":"The pier."}`))
	if len(errs) > 0 || len(docs) != 4 || docs[3].Part != "#4" || docs[3].Blocks[0].Text != "The pier." {
		t.Errorf("got %v, %v", docs, errs)
	}
}

// Lines that are broken to a width are joined as the script does.
func TestBrokenLines(t *testing.T) {
	lines := strings.Repeat(strings.Repeat("两国同意明年春天开放边境并修好道路，", 3)[:120]+"\n", 6)
	for _, f := range [][2]string{{"a.txt", lines}, {"a.md", lines}, {"a.html", "<html><body><p>" + lines + "</p></body></html>"}} {
		docs, errs := readAll(f[0], []byte(f[1]))
		if len(errs) > 0 || len(docs) != 1 || len(docs[0].Blocks) != 1 || docs[0].Blocks[0].Text != strings.ReplaceAll(lines, "\n", "") {
			t.Errorf("%s: got %v, %v", f[0], docs, errs)
		}
	}
}

// Some editions keep the marks of a quotation in the text, others leave them to
// the element: nothing is marked twice.
func TestMarksOfQuotations(t *testing.T) {
	rows := map[string]string{
		"<q>We will keep it open,</q> he wrote.":          "“We will keep it open,” he wrote.",
		"<q>“We will keep it open,”</q> he wrote.":        "“We will keep it open,” he wrote.",
		"<quote><hi>‘Open,’</hi></quote> he wrote.":       "‘Open,’ he wrote.",
		"He wrote: <q>She said <q>no</q></q>.":            "He wrote: “She said “no””.",
		"<q>“She said <q>‘no’</q> and left.”</q> He did.": "“She said ‘no’ and left.” He did.",
	}
	for body, want := range rows {
		docs, errs := readAll("a.xml", []byte("<TEI><text><body><p>"+body+"</p></body></text></TEI>"))
		if len(errs) > 0 || len(docs) != 1 || len(docs[0].Blocks) != 1 || docs[0].Blocks[0].Text != want {
			t.Errorf("%s: got %v, %v", body, docs, errs)
		}
	}
}

// Some content systems wrap the whole page in one form.
func TestPageInAForm(t *testing.T) {
	docs, errs := readAll("a.html", []byte(`<html><body><form><label>Search</label><input value="x"><button>Go</button><p>The road is open.</p></form></body></html>`))
	if len(errs) > 0 || len(docs) != 1 || len(docs[0].Blocks) != 1 || docs[0].Blocks[0].Text != "The road is open." {
		t.Errorf("got %v, %v", docs, errs)
	}
}

func TestDeepPagesAreRead(t *testing.T) {
	page := "<html><body>" + strings.Repeat("<div>", 490) + "The road is open."
	if docs, errs := readAll("a.html", []byte(page)); len(errs) > 0 || len(docs) != 1 || docs[0].Blocks[0].Text != "The road is open." {
		t.Errorf("got %v, %v", docs, errs)
	}
}

func TestDeepPagesEnd(t *testing.T) {
	page := strings.Repeat("<div><b>", 20000) + "The road." + strings.Repeat("<table><tr><td>", 3000)
	if docs, errs := readAll("a.html", []byte(page)); len(docs)+len(errs) != 1 {
		t.Errorf("got %v, %v", docs, errs)
	}
}

func TestBrokenLinesAreOneParagraph(t *testing.T) {
	const wrapped = `The foreign ministers of the two coastal republics reopened the
harbour road on Thursday, nine years after it was closed. Both
sides keep one customs post at the old bridge, where lorries under
three tons pass without a permit.

    The question of the lighthouse was put off until November, as
Dr. Ruiz said, who leads the commission for the boundary.
- Ferries sail twice a day.
`
	docs, _ := readAll("a.txt", []byte(wrapped))
	if n := len(docs[0].Blocks); n != 3 {
		t.Errorf("%d paragraphs, want 3: %v", n, docs[0].Blocks)
	}
	lines := "The road is open.\nThe ferries sail twice a day, and on Sundays once more in the evening.\nThe bridge is old.\nNobody knows who built the bridge.\n"
	docs, _ = readAll("a.txt", []byte(lines))
	if n := len(docs[0].Blocks); n != 4 {
		t.Errorf("%d paragraphs, want 4: %v", n, docs[0].Blocks)
	}
}

// Many mails in one, beside each other, are no more than a long mail.
func TestManyPartsOfAMail(t *testing.T) {
	var b strings.Builder
	b.WriteString("Subject: Digest\nContent-Type: multipart/mixed; boundary=all\n\n")
	for i := range 60 {
		fmt.Fprintf(&b, "--all\nContent-Type: multipart/alternative; boundary=one%d\n\n--one%d\nContent-Type: text/plain\n\nThe road is open.\n--one%d--\n", i, i, i)
	}
	b.WriteString("--all--\n")
	docs, errs := readAll("a.eml", []byte(b.String()))
	if len(errs) > 0 || len(docs) != 1 || len(docs[0].Blocks) == 0 {
		t.Errorf("got %v, %v", docs, errs)
	}
}

// A line drawn over a text is no front matter.
func TestOnlyLinesBetweenMarksAreFrontMatter(t *testing.T) {
	for text, want := range map[string]string{
		"---\nThe road: it is open.\n\nThe ferry is late.\n":  "The road: it is open.",
		"---\ntitle: Roads\n---\n\nThe road is open.\n":       "Roads",
		"+++\ntitle = \"Roads\"\n+++\n\nThe road is open.\n":  "Roads",
		"---\n" + strings.Repeat("a: b\n", 9000) + "The end.": "The end.",
	} {
		docs, errs := readAll("a.md", []byte(text))
		if len(errs) > 0 || !strings.Contains(fmt.Sprint(docs), want) {
			t.Errorf("%.30q: %v, without %q", text, errs, want)
		}
	}
}

// Dates of front matter are read however they are written.
func TestFrontMatterTellsTheDate(t *testing.T) {
	for _, front := range []string{
		"---\ndate: 2023-05-04\n---\n", "---\r\ndate: 2023-05-04T09:30:00Z\r\n---\r\n", "-----\ndate: \"4 May 2023\"\n-----\n",
		"+++\ndate = 2023-05-04\n+++\n", "+++\ndate = 2023-05-04T09:30:00\n+++\n", "+++\ndate = 2023-05-04T09:30:00Z\n+++\n", "+++\ndate = \"May 4, 2023\"\n+++\n",
	} {
		docs, errs := readAll("a.md", []byte(front+"The road is open.\n"))
		if len(errs) > 0 || len(docs) != 1 || docs[0].Published.String() != "2023-05-04" {
			t.Errorf("%q: %v, %v", front, docs, errs)
		}
	}
}

// Boxes on a page are known by what the page calls them, unless they hold the
// page itself.
func TestFramesOfPagesAreLeftOut(t *testing.T) {
	p := func(s string) string { return "<p>" + strings.Repeat(s+" ", 3) + "</p>" }
	article := p("The two ministers signed the pact on the lighthouse in Lund on Tuesday.") + p("It has fourteen articles, and leaves the line of 1987 as it is.")
	box := func(attributes string) string {
		return "<html><body><article><h1>A pact</h1>" + article + "<div " + attributes + "><p>Get the news of the day before others do.</p></div>" + article + "</article></body></html>"
	}
	for attributes, left := range map[string]bool{
		`class="newsletter-box"`: false, `class="c-shareBar"`: false, `id="cookieBanner"`: false, `class="wp-caption"`: false, `role="navigation"`: false,
		`class="body-text"`: true, `class="header"`: true, `id="adamant"`: true,
	} {
		docs, _ := readAll("a.html", []byte(box(attributes)))
		if got := strings.Contains(fmt.Sprint(docs), "Get the news"); got != left {
			t.Errorf("<div %s> is read: %v", attributes, got)
		}
	}
	docs, _ := readAll("a.html", []byte(`<html><body><div class="subscription ad-free"><h1>A pact</h1>`+article+article+"</div></body></html>"))
	if !strings.Contains(fmt.Sprint(docs), "fourteen articles") {
		t.Errorf("an article in a box is lost: %v", docs)
	}
}
