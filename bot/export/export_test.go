package export

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"example.org/attache/bot/command/words"
	"example.org/attache/corpus"
	"example.org/attache/corpus/text"
	"example.org/attache/index"
)

var update = flag.Bool("update", false, "write the golden files anew")

var day = time.Date(2024, 9, 12, 12, 0, 0, 0, time.UTC)

// harbour is a dossier with what sources may lack and texts that formats could
// take for their own signs.
func harbour() Dossier {
	lease := index.Source{Document: "coast/lease.pdf", Title: "Lease & dues: who pays?", Author: "Ruiz, Ana; Ben Cole", Publisher: "The Coast Post",
		Published: corpus.Date{Year: 2024, Month: 5, Day: 21}, URL: "https://coast.example/2024/lease_(signed)?a=1&b=2", Language: "en", Tags: []string{"harbours", "leases"}}
	hearing := index.Source{Document: "hearing.vtt", Title: "Hearing of the Harbour Board", Published: corpus.Date{Year: 2024, Month: 6}, Recognised: true}
	arabic := index.Source{Document: "ميناء.txt", Title: "الميناء", Publisher: "=HYPERLINK(\"https://evil.example\")", Language: "ar"}
	cite := func(s index.Source, page, second int, link string) Citation {
		return Citation{Source: s, Page: page, Second: second, Link: link, Accessed: day}
	}
	return Dossier{
		Title: "What do they say about *dues*?", Narrowed: "since 2024", Made: day,
		Groups: []Group{
			{Heading: "May 2024", Quotes: []Quote{
				{Text: "“Twelve years is what both parliaments can live with,”", Speaker: "Ada Quist", Kind: "quotation", Span: text.Span{Start: 120, End: 170}, Also: []string{"b.txt"}, Citation: cite(lease, 4, 0, "")},
				{Text: "1. <script>alert(1)</script> [x](https://evil.example) costs `5 & 6`.", Span: text.Span{Start: 200, End: 260}, Citation: cite(lease, 5, 0, "")},
			}},
			{Heading: "Undated", Remarks: []string{"Nothing is sure of these."}, Quotes: []Quote{
				{Text: "-2+3 ships came, she said.", Speaker: "Ada Quist", Kind: "reported", Reported: true, Label: "Head of the Board", Citation: cite(hearing, 0, 3754, "https://attache.example/q/hearing.vtt/0-26?h=abc")},
				{Text: "الميناء مفتوح للجميع.", Citation: cite(arabic, 0, 0, "")},
			}},
		},
	}
}

func written(t testing.TB, d Dossier, f Format) string {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFormatsAreAsRecorded(t *testing.T) {
	for _, f := range []Format{CSV, Markdown, RIS, CSL} {
		got := strings.ReplaceAll(written(t, harbour(), f), "\r\n", "\n")
		name := filepath.Join("testdata", "harbour"+f.Extension()+".golden")
		if *update {
			if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s:\n%s\nwant\n%s", f, got, want)
		}
	}
	if err := harbour().Write(io.Discard, "pdf"); err == nil || !strings.Contains(err.Error(), `"pdf"`) {
		t.Errorf("a format that there is not: %v", err)
	}
}

func TestADossierIsInTheLanguageOfItsReader(t *testing.T) {
	d := Dossier{Title: "Hafen", Made: day, Words: words.In("de"), Groups: []Group{{Quotes: []Quote{{Text: "The harbour is full.", Speaker: "Ada Quist", Reported: true,
		Citation: Citation{Source: index.Source{Document: "a", Title: "Harbour", Published: corpus.Date{Year: 2024, Month: 5, Day: 2}}, Page: 3, Accessed: day}}}}}}
	var b strings.Builder
	if err := d.Write(&b, Markdown); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1 Zitat, den Dokumenten entnommen am 12. September 2024", "Ada Quist (sinngemäß) · 2. Mai 2024", "S. 3", "(abgerufen am 12. September 2024)"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in %s", want, b.String())
		}
	}
}

func TestNotesNameWhatIsKnown(t *testing.T) {
	for want, c := range map[string]Citation{
		"Ruiz, “Who pays?” The Gazette, May 2024, p. 3, https://g.example/1 (accessed September 12, 2024).": {
			Source: index.Source{Document: "a", Title: "Who pays?", Author: "Ruiz", Publisher: "The Gazette", Published: corpus.Date{Year: 2024, Month: 5}, URL: "https://g.example/1"}, Page: 3, Accessed: day},
		"“Dues,” 1:02:33, talks/dues.txt.": {Source: index.Source{Document: "talks/dues.txt", Title: "Dues"}, Second: 3754},
		"“dues.txt.”. [Recognised text.]":  {Source: index.Source{Document: "dues.txt.", Recognised: true}},
		"“Dues,” https://bot.example/q/1.": {Source: index.Source{Document: "d", Title: "Dues"}, Link: "https://bot.example/q/1"},
	} {
		before, address, after := c.note(words.Catalogue{})
		if got := before + address + after; got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}

func TestNamesOfAuthorsAreOnlyTakenApartWhereTheyAreWrittenSo(t *testing.T) {
	for line, want := range map[string]string{
		"":                         "",
		"Ana Ruiz":                 "{literal Ana Ruiz}",
		"Ruiz, Ana":                "{Ruiz Ana}",
		"Ruiz, Ana; Cole, Ben":     "{Ruiz Ana} {Cole Ben}",
		"Ana Ruiz, Ben Cole":       "{literal Ana Ruiz} {literal Ben Cole}",
		"Reuters, Ana Ruiz, Agora": "{literal Reuters, Ana Ruiz, Agora}",
	} {
		var got []string
		for _, a := range authors(line) {
			if a.literal != "" {
				got = append(got, "{literal "+a.literal+"}")
			} else {
				got = append(got, "{"+a.family+" "+a.given+"}")
			}
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q is %s, want %s", line, s, want)
		}
	}
}

func TestNoCellIsAFormula(t *testing.T) {
	for cell, want := range map[string]string{
		"=1+1": "'=1+1", "+49 30": "'+49 30", "-2": "'-2", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", " \r\n=1": "' \r\n=1", "＝1": "'＝1", "\ufeff=1": "'\ufeff=1",
		"a=b": "a=b", "": "", "– no": "– no", "2-1": "2-1", "'=1": "'=1",
	} {
		if got := inert(cell); got != want {
			t.Errorf("%q becomes %q, want %q", cell, got, want)
		}
	}
}

func TestFileNamesArePlain(t *testing.T) {
	for want, words := range map[string][]string{
		"said-ada-quist": {"said", "Ada Quist"}, "quotes": {"", "港"}, "timeline": {"timeline", "港"}, "etc-passwd": {"../../etc/passwd"},
		"compare-the-lease-of-the-deep-harbour-at-vessby-and-the": {"compare", "The lease of the deep harbour at Vessby and the dues of ships"},
	} {
		if got := FileName(words...); got != want {
			t.Errorf("%q becomes %s, want %s", words, got, want)
		}
	}
}

// The sources of a dossier are listed once, with a page only where all quotes of
// a document are of that page.
func TestSourcesAreListedOnce(t *testing.T) {
	ris := written(t, harbour(), RIS)
	if n := strings.Count(ris, "TY  - "); n != 3 || strings.Contains(ris, "SP  - ") {
		t.Errorf("%d sources:\n%s", n, ris)
	}
	if one := written(t, harbour().First(1), RIS); !strings.Contains(one, "SP  - 4\r\n") {
		t.Errorf("no page in\n%s", one)
	}
}

// Reference managers take sources of one ID for one source.
func TestIDsOfSourcesDiffer(t *testing.T) {
	var d Dossier
	d.Groups = []Group{{}}
	for n, title := range []string{"Statement", "Statement 2", "Statement", "Statement 2"} {
		source := index.Source{Document: fmt.Sprint(n, ".txt"), Title: title}
		d.Groups[0].Quotes = append(d.Groups[0].Quotes, Quote{Text: "We agree.", Citation: Citation{Source: source, Accessed: day}})
	}
	var items []struct{ ID string }
	if err := json.Unmarshal([]byte(written(t, d, CSL)), &items); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, item := range items {
		if seen[item.ID] || item.ID == "" {
			t.Errorf("two sources have the ID %q", item.ID)
		}
		seen[item.ID] = true
	}
	if len(items) != 4 {
		t.Errorf("%d sources", len(items))
	}
}

func TestTheFirstQuotesOfADossier(t *testing.T) {
	d := harbour()
	for n := range 6 {
		if got := d.First(n).Quotes(); got != min(n, 4) {
			t.Errorf("the first %d are %d", n, got)
		}
	}
	if d.Quotes() != 4 {
		t.Errorf("%d are left of 4", d.Quotes())
	}
}

// parts reads a Word document as strictly as can be done without Word: each part
// is well-formed, has a type, and what it refers to is there.
func parts(t testing.TB, doc string) map[string]string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(doc), int64(len(doc)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(data)
		for d := xml.NewDecoder(bytes.NewReader(data)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v\n%s", f.Name, err, data)
			}
		}
	}
	refer := func(in, pattern string) map[string]bool {
		found := map[string]bool{}
		for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(all[in], -1) {
			if found[m[1]] {
				t.Errorf("%s has %s twice", in, m[0])
			}
			found[m[1]] = true
		}
		return found
	}
	same := func(what string, a, b map[string]bool) {
		for id := range a {
			if !b[id] {
				t.Errorf("%s %s is not there", what, id)
			}
		}
	}
	notes := refer("word/footnotes.xml", `<w:footnote w:id="(\d+)"`)
	marks := refer("word/document.xml", `<w:footnoteReference w:id="(\d+)"`)
	same("footnote", marks, notes)
	same("mark of footnote", notes, marks)
	same("link", refer("word/footnotes.xml", `r:id="(\w+)"`), refer("word/_rels/footnotes.xml.rels", `Id="(\w+)"`))
	for _, m := range regexp.MustCompile(`PartName="/([^"]+)"`).FindAllStringSubmatch(all["[Content_Types].xml"], -1) {
		if all[m[1]] == "" {
			t.Errorf("there is no part %s", m[1])
		}
	}
	for part, folder := range map[string]string{"_rels/.rels": "", "word/_rels/document.xml.rels": "word/"} {
		for _, m := range regexp.MustCompile(`Target="([^"]+)"`).FindAllStringSubmatch(all[part], -1) {
			if all[folder+m[1]] == "" {
				t.Errorf("there is no part %s%s", folder, m[1])
			}
		}
	}
	for _, m := range regexp.MustCompile(`w:(?:pStyle|rStyle) w:val="(\w+)"`).FindAllStringSubmatch(all["word/document.xml"]+all["word/footnotes.xml"], -1) {
		if !strings.Contains(all["word/styles.xml"], `w:styleId="`+m[1]+`"`) {
			t.Errorf("there is no style %s", m[1])
		}
	}
	return all
}

func TestWordDocuments(t *testing.T) {
	doc := written(t, harbour(), Word)
	all := parts(t, doc)
	for _, want := range []string{"What do they say about *dues*?", "since 2024", "May 2024", "Ada Quist (reported)", "&lt;script&gt;", "<w:bidi/>", "<w:rtl/>"} {
		if !strings.Contains(all["word/document.xml"], want) {
			t.Errorf("the text lacks %s", want)
		}
	}
	for _, want := range []string{"p. 4", "1:02:33", "[Recognised text.]", "(also in: b.txt)"} {
		if !strings.Contains(all["word/footnotes.xml"], want) {
			t.Errorf("the footnotes lack %s", want)
		}
	}
	if n := strings.Count(all["word/_rels/footnotes.xml.rels"], `TargetMode="External"`); n != 3 {
		t.Errorf("%d links", n)
	}
	// What was written can be read again, as a document of a corpus.
	for r := range corpus.Read(t.Context(), fstest.MapFS{"dossier.docx": {Data: []byte(doc)}}) {
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		if !strings.Contains(r.Document.Text, "“Twelve years is what both parliaments can live with,”") {
			t.Errorf("read as %s", r.Document.Text)
		}
	}
	if again := written(t, harbour(), Word); again != doc {
		t.Error("the same dossier makes another file")
	}
}

// A passage of several paragraphs is cited once, at the quote.
func TestAPassageIsCitedOnce(t *testing.T) {
	s := Citation{Source: index.Source{Document: "a.txt", Title: "Talks"}, Accessed: day}
	d := Dossier{Title: "Talks", Made: day, Groups: []Group{{Passage: true, Quotes: []Quote{
		{Text: "Before.", Citation: s}, {Text: "Well, this is it.", Marked: []text.Span{{Start: 6, End: 17}}, Citation: s}, {Text: "After.", Citation: s}}}}}
	md := written(t, d, Markdown)
	if !strings.Contains(md, "\n> Before.\n\n> Well, **this is it.**[^1]\n\n> After.\n") || strings.Contains(md, "[^2]") || !strings.Contains(md, "1 quote,") {
		t.Errorf("%s", md)
	}
	if all := parts(t, written(t, d, Word)); strings.Count(all["word/document.xml"], "<w:footnoteReference ") != 1 {
		t.Errorf("%s", all["word/document.xml"])
	}
}

func TestLibreOfficeOpensWordDocuments(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes seconds to start")
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice (soffice) is not installed")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "dossier.docx"), []byte(written(t, harbour(), Word)), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")), "--headless", "--convert-to", "txt:Text", "--outdir", dir, filepath.Join(dir, "dossier.docx"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	got, err := os.ReadFile(filepath.Join(dir, "dossier.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Twelve years is what both parliaments can live with", "Lease & dues: who pays?", "الميناء مفتوح للجميع"} {
		if !strings.Contains(string(got), want) {
			t.Errorf("LibreOffice shows no %q in\n%s", want, got)
		}
	}
}

// Whatever a document says, each format stays what it is.
func FuzzFormats(f *testing.F) {
	f.Add("a quote", "A title", "https://example.org/a")
	f.Add("=cmd|' /C calc'!A0\n> ```", "]]><w:p>\x00\x1b\ufffe", "javascript:alert(1)")
	f.Add("\u202e\xff\xfe # x", "\r\nER  - \r\nTY  - X", "http://[")
	f.Fuzz(func(t *testing.T, said, title, address string) {
		d := Dossier{Title: title, Made: day, Groups: []Group{{Heading: title, Quotes: []Quote{{Text: said, Speaker: title,
			Citation: Citation{Source: index.Source{Document: "a.txt", Title: title, Author: title, Publisher: said, URL: address}, Page: 1, Accessed: day}}}}}}
		parts(t, written(t, d, Word))
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(written(t, d, CSV), byteOrderMark))).ReadAll()
		if err != nil || len(rows) != 2 || len(rows[1]) != len(columns) {
			t.Errorf("the table has %d rows: %v", len(rows), err)
		}
		var items []map[string]any
		if err := json.Unmarshal([]byte(written(t, d, CSL)), &items); err != nil || len(items) != 1 {
			t.Errorf("CSL-JSON: %v", err)
		}
		if ris := written(t, d, RIS); strings.Count("\r\n"+ris, "\r\nTY  - ") != 1 || strings.Count(ris, "\r\nER  - ") != 1 {
			t.Errorf("RIS: %q", ris)
		}
		quoted := 0
		for line := range strings.Lines(written(t, d, Markdown)) {
			if strings.HasPrefix(line, ">") {
				quoted++
			}
		}
		if quoted != 1 {
			t.Errorf("%d lines are quoted", quoted)
		}
	})
}
