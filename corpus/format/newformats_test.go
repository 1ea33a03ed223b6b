package format_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"example.org/attache/corpus/internal/budget"
)

// epub is a book of chapters, in an order that only its spine tells.
func epub(t testing.TB, more string, chapters ...string) []byte {
	t.Helper()
	files := []string{
		"mimetype", "application/epub+zip",
		"META-INF/container.xml", `<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>`,
	}
	var manifest, spine strings.Builder
	for i, c := range chapters {
		fmt.Fprintf(&manifest, `<item id="c%d" href="part%%20%d.xhtml" media-type="application/xhtml+xml"/>`, i, len(chapters)-i)
		fmt.Fprintf(&spine, `<itemref idref="c%d"/>`, i)
		files = append(files, fmt.Sprintf("OPS/part %d.xhtml", len(chapters)-i), `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head><body>`+c+`</body></html>`)
	}
	files = append(files, "OPS/toc.xhtml", "<html><body><p>Contents</p></body></html>",
		"OPS/book.opf", `<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Two Piers</dc:title><dc:creator>Ann Moe</dc:creator><dc:creator>Bo Lind</dc:creator>`+
			`<dc:publisher>Coast Press</dc:publisher><dc:language>en-GB</dc:language><dc:date>2019-05-04</dc:date></metadata><manifest><item id="toc" href="toc.xhtml" media-type="application/xhtml+xml" properties="nav"/>`+
			manifest.String()+`</manifest><spine><itemref idref="toc"/>`+spine.String()+`</spine></package>`)
	if more != "" {
		files = append(files, "META-INF/encryption.xml", more)
	}
	return entries(t, files...)
}

func TestBooks(t *testing.T) {
	docs, errs := readAll("a.epub", epub(t, "", "<h1>The North Pier</h1><p>It fell in 1742<a epub:type=\"noteref\" href=\"#n\">1</a> and rose.</p>", "<h1>The South Pier</h1><p>It was <del>never</del> built in 1911.</p>"))
	if len(errs) > 0 || len(docs) != 1 {
		t.Fatalf("%d documents, errors %v", len(docs), errs)
	}
	d := docs[0]
	if d.Title != "The Two Piers" || d.Author != "Ann Moe, Bo Lind" || d.Publisher != "Coast Press" || d.Language != "en" || d.Published.String() != "2019-05-04" {
		t.Errorf("got %q, %q, %q, %q, %s", d.Title, d.Author, d.Publisher, d.Language, d.Published)
	}
	var got []string
	for _, b := range d.Blocks {
		got = append(got, []string{"", "= ", "# "}[b.Kind]+b.Text)
	}
	if want := "# The North Pier\nIt fell in 1742 and rose.\n# The South Pier\nIt was built in 1911."; strings.Join(got, "\n") != want {
		t.Errorf("got %q", got)
	}
}

// pptx is a file of slides; one that begins with "-" is not shown.
func pptx(t testing.TB, slides ...string) []byte {
	t.Helper()
	const spaces = ` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	files := []string{"_rels/.rels", `<Relationships><Relationship Id="r1" Type="` + relatedKind + `officeDocument" Target="ppt/presentation.xml"/></Relationships>`}
	var related, list strings.Builder
	for i, s := range slides {
		s, hidden := strings.CutPrefix(s, "-")
		show := ""
		if hidden {
			show = ` show="0"`
		}
		name := fmt.Sprintf("slides/slide%d.xml", len(slides)-i)
		fmt.Fprintf(&related, `<Relationship Id="r%d" Type="%sslide" Target="%s"/>`, i+7, relatedKind, name)
		fmt.Fprintf(&list, `<p:sldId id="%d" r:id="r%d"/>`, 256+i, i+7)
		files = append(files, "ppt/"+name, "<p:sld"+spaces+show+"><p:cSld><p:spTree>"+s+"</p:spTree></p:cSld></p:sld>")
	}
	files = append(files, "ppt/_rels/presentation.xml.rels", "<Relationships>"+related.String()+"</Relationships>",
		"ppt/presentation.xml", "<p:presentation"+spaces+"><p:sldIdLst>"+list.String()+"</p:sldIdLst></p:presentation>")
	return entries(t, files...)
}

// shape is a text on a slide, in a place of its layout.
func shape(place string, paragraphs ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<p:sp><p:nvSpPr><p:nvPr><p:ph type="%s"/></p:nvPr></p:nvSpPr><p:txBody>`, place)
	for _, p := range paragraphs {
		if !strings.HasPrefix(p, "<") {
			p = "<a:r><a:rPr lang='en'/><a:t>" + p + "</a:t></a:r>"
		}
		b.WriteString("<a:p>" + p + "</a:p>")
	}
	return b.String() + "</p:txBody></p:sp>"
}

func TestSlides(t *testing.T) {
	table := `<p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>Pier</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>Nine</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>`
	docs, errs := readAll("a.pptx", pptx(t,
		shape("ctrTitle", "The Two Piers")+shape("sldNum", "1")+shape("ftr", "Harbour Office"),
		"-"+shape("title", "Not for the public")+shape("body", "The quay is unsafe."),
		shape("title", "The North Pier")+shape("body", `<a:r><a:t>It fell in 1742</a:t></a:r><a:r><a:rPr baseline="30000"/><a:t>3</a:t></a:r><a:r><a:t> and rose.</a:t></a:r>`,
			`<a:r><a:t>It cost </a:t></a:r><a:r><a:rPr strike="sngStrike"/><a:t>eight </a:t></a:r><a:r><a:t>nine crowns.</a:t></a:r>`)+table))
	if len(errs) > 0 || len(docs) != 1 {
		t.Fatalf("%d documents, errors %v", len(docs), errs)
	}
	var got []string
	for _, b := range docs[0].Blocks {
		got = append(got, fmt.Sprintf("%d%s%s", b.Page, []string{" ", "= ", "# "}[b.Kind], b.Text))
	}
	if want := "1= The Two Piers\n3# The North Pier\n3 It fell in 1742 and rose.\n3 It cost nine crowns.\n3 Pier | Nine"; strings.Join(got, "\n") != want {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

// xlsx is a workbook; the rows of a sheet are XML. Format 1 of a cell is a day, 2 a
// share, 3 is struck.
func xlsx(t testing.TB, sheets ...string) []byte {
	t.Helper()
	files := []string{
		"_rels/.rels", `<Relationships><Relationship Id="r1" Type="` + relatedKind + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/styles.xml", `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$-409]d\ mmm\ yyyy;@"/></numFmts><fonts><font/><font><strike/></font></fonts><cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="170" fontId="0"/><xf numFmtId="10" fontId="0"/><xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml", `<sst><si><t>The pier fell.</t></si><si><r><t>It cost </t></r><r><rPr><strike/></rPr><t>eight </t></r><r><t>nine crowns.</t></r></si><si><t>波止場</t><rPh><t>ハトバ</t></rPh></si></sst>`,
	}
	related := `<Relationship Id="s" Type="` + relatedKind + `styles" Target="styles.xml"/><Relationship Id="t" Type="` + relatedKind + `sharedStrings" Target="sharedStrings.xml"/>`
	list := ""
	for i, s := range sheets {
		s, hidden := strings.CutPrefix(s, "-")
		state := map[bool]string{true: "hidden", false: "visible"}[hidden]
		related += fmt.Sprintf(`<Relationship Id="r%d" Type="%sworksheet" Target="/xl/sheets/s%d.xml"/>`, i, relatedKind, i)
		list += fmt.Sprintf(`<sheet name="Sheet %c" state="%s" r:id="r%d"/>`, 'A'+i, state, i)
		files = append(files, fmt.Sprintf("xl/sheets/s%d.xml", i), "<worksheet>"+s+"</worksheet>")
	}
	files = append(files, "xl/_rels/workbook.xml.rels", "<Relationships>"+related+"</Relationships>",
		"xl/workbook.xml", `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>`+list+`</sheets></workbook>`)
	return entries(t, files...)
}

func inline(ref, text string) string {
	return `<c r="` + ref + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
}

func TestSheets(t *testing.T) {
	got := func(sheets ...string) string {
		docs, errs := readAll("a.xlsx", xlsx(t, sheets...))
		var out []string
		for _, d := range docs {
			for _, b := range d.Blocks {
				out = append(out, fmt.Sprintf("%s %s %s%s", d.Part, d.Title, d.Published, map[bool]string{true: "> ", false: " "}[b.Row]+b.Text))
			}
		}
		for _, err := range errs {
			out = append(out, err.Error())
		}
		return strings.Join(out, "\n")
	}
	table := `<sheetData><row>` + inline("A1", "Notes of the harbour") + `</row><row>` + inline("B2", "Title") + inline("C2", "Text") + inline("E2", "Date") + `</row>` +
		`<row>` + inline("B3", "Piers") + `<c r="C3" t="s"><v>0</v></c><c r="E3" s="1"><v>45050</v></c></row>` +
		`<row>` + inline("B4", "Costs") + `<c r="C4" t="s"><v>1</v></c></row></sheetData>`
	for name, c := range map[string]struct {
		sheets []string
		want   string
	}{
		"rows with texts":   {[]string{table}, "#1 Piers 2023-05-04 The pier fell.\n#2 Costs  It cost nine crowns."},
		"several sheets":    {[]string{table, "<sheetData><row>" + inline("A1", "Pier") + `<c r="B1" t="s"><v>2</v></c></row></sheetData>`}, "#Sheet A!1 Piers 2023-05-04 The pier fell.\n#Sheet A!2 Costs  It cost nine crowns.\n#Sheet B  > Pier | 波止場"},
		"a sheet is hidden": {[]string{"-" + table, "<sheetData><row>" + inline("A1", "Pier") + inline("B1", "Nine") + "</row></sheetData>"}, "  > Pier | Nine"},
		"rows and columns are hidden": {[]string{`<cols><col min="2" max="2" hidden="1"/></cols><sheetData><row>` + inline("A1", "Pier") + inline("B1", "secret") + inline("C1", "Nine") + `</row><row hidden="1">` + inline("A2", "secret") + `</row></sheetData>`},
			"  > Pier | Nine"},
		"numbers as they are shown": {[]string{`<sheetData><row><c r="A1"><v>0.30000000000000004</v></c><c r="B1" s="2"><v>0.125</v></c><c r="C1" s="1"><v>45050</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#N/A</v></c><c r="F1" s="3"><v>7</v></c><c r="G1"><f>1+1</f><v>2</v></c></row></sheetData>`},
			"  > 0.3 | 12.5% | 2023-05-04 | TRUE | 2"},
		"no references": {[]string{`<sheetData><row><c><v>1</v></c><c><v>2</v></c></row></sheetData>`}, "  > 1 | 2"},
	} {
		if out := got(c.sheets...); out != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, out, c.want)
		}
	}
}

// What is too big, nested too deep or locked is refused with the reason.
func TestBadNewFormats(t *testing.T) {
	zeros := strings.Repeat("\x00", 8<<20)
	locked := func(part string) string {
		return `<encryption><EncryptedData><CipherData><CipherReference URI="` + part + `"/></CipherData></EncryptedData></encryption>`
	}
	rows := map[string]struct {
		name string
		data []byte
		want string
	}{
		"sheets that are none":    {"a.xlsx", []byte("PK"), "damaged"},
		"slides that are none":    {"a.pptx", entries(t, "a.xml", "<a/>"), "no slides"},
		"workbook without sheets": {"a.xlsx", entries(t, "a.xml", "<a/>"), "no sheets"},
		"locked sheets":           {"a.xlsx", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + wide("EncryptedPackage")), "password"},
		"only hidden sheets":      {"a.xlsx", xlsx(t, "-<sheetData/>"), "no sheets"},
		"empty sheet":             {"a.xlsx", xlsx(t, "<sheetData/>"), "no text"},
		"sheet with a bomb":       {"a.xlsx", xlsx(t, "<sheetData>"+zeros+"</sheetData>"), "too big"},
		"empty slides":            {"a.pptx", pptx(t, "", ""), "no text"},
		"slide with a bomb":       {"a.pptx", pptx(t, zeros), "too big"},
		"book that is none":       {"a.epub", entries(t, "mimetype", "application/epub+zip"), "no book"},
		"book with a bomb":        {"a.epub", epub(t, "", "<p>"+zeros+"</p>"), "too big"},
		"book of a shop":          {"a.epub", epub(t, locked("OPS/part%201.xhtml"), "<p>x</p>"), "protected against copying"},
		"book without text":       {"a.epub", epub(t, ""), "no text"},
		"rich text that is none":  {"a.rtf", []byte("Dear sir"), "no rich text"},
		"rich text, empty":        {"a.rtf", []byte(`{\rtf1\ansi}`), "no text"},
		"rich text, nested":       {"a.rtf", []byte(`{\rtf1` + strings.Repeat("{", 5000)), "nested"},
	}
	for name, row := range rows {
		docs, errs := readAll(row.name, row.data)
		if err := errors.Join(errs...); err == nil || len(docs) > 0 || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: the error is %v, want one with %q", name, err, row.want)
		}
	}
	if docs, errs := readAll("a.epub", epub(t, locked("OPS/fonts/a.otf"), "<p>The pier fell.</p>")); len(errs) > 0 || len(docs) != 1 {
		t.Errorf("a book with a font of its own: %v, %v", docs, errs)
	}
}

// Files that are made to be slow are read in time.
func TestHostileSheets(t *testing.T) {
	const many = 20_000
	cells := strings.Repeat("<row>"+inline("XFD1", "x")+"</row>", many)
	columns := "<cols>" + strings.Repeat(`<col min="1" max="16384" hidden="1"/>`, many) + "</cols>"
	for name, sheet := range map[string]string{
		"far columns":    "<sheetData><row>" + inline("A1", "Text") + inline("XFD1", "Title") + "</row>" + cells + "</sheetData>",
		"hidden columns": columns + "<sheetData><row>" + inline("A1", "x") + "</row></sheetData>",
		"formats":        "<sheetData>" + strings.Repeat(`<row><c s="9999999999"><v>1e308</v></c><c s="1"><v>-1</v></c><c s="1"><v>1e300</v></c><c t="s"><v>-4</v></c></row>`, many) + "</sheetData>",
	} {
		t.Run(name, func(t *testing.T) { budget.Within(t, func() { readAll("a.xlsx", xlsx(t, sheet)) }) })
	}
	budget.Within(t, func() {
		readAll("a.rtf", []byte(`{\rtf1`+strings.Repeat(`{\footnote x}{\shptxt y}\cell `, many)))
	})
	budget.Within(t, func() {
		readAll("a.rtf", []byte(`{\rtf1 `+strings.Repeat(`{\footnote `, 400)+strings.Repeat("x ", many)))
	})
}

func TestRichText(t *testing.T) {
	const fonts = `{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\froman\fcharset204 Times;}{\f2\fnil\fcharset128 Mincho;}}{\stylesheet{\ql Normal;}{\s1\b heading 1;}{\s9\outlinelevel2 Abschnitt;}{\*\cs10 Sign;}}`
	for name, c := range map[string]struct{ in, want string }{
		"paragraphs":           {`{\rtf1\ansi The pier\par fell.\par}`, "The pier\nfell."},
		"lines are no breaks":  {"{\\rtf1 The\r\n pier \\b fell\\b0 .}", "The pier fell."},
		"characters":           {`{\rtf1\ansi\ansicpg1252 caf\'e9 \emdash  \ldblquote a\rdblquote  \{b\}\~c}`, "café — “a” {b} c"},
		"Unicode":              {`{\rtf1\uc1 \u1055?\u1080?\u1088?\u1089? \u-10179?\u-8704?}`, "Пирс 😀"},
		"Unicode, two for one": {`{\rtf1\uc2 \u1055\'cf\'cf\u1080??.}`, "Пи."},
		"code page of a font":  {`{\rtf1\ansi` + fonts + `\f1 \'cf\'e8\'f0\'f1\f0  caf\'e9 \f2 \'94\'67}`, "Пирс café 波"},
		"headings":             {`{\rtf1` + fonts + `\pard\s1 The pier\par\pard\s0 It fell.\par\pard\s9 Costs\par\pard Nine crowns.\par}`, "# The pier\nIt fell.\n# Costs\nNine crowns."},
		"hidden":               {`{\rtf1 The pier fell.{\v  Not for print.} It rose.\v  Nor this.\v0  Twice.}`, "The pier fell. It rose. Twice."},
		"struck":               {`{\rtf1 It cost {\strike eight }{\deleted seven }nine crowns.}`, "It cost nine crowns."},
		"note":                 {`{\rtf1 It fell in 1742{\super 3} and rose the 33{\super rd} time.}`, "It fell in 1742 and rose the 33rd time."},
		"footnote":             {`{\rtf1 It fell{\super\chftn}{\footnote\pard {\super\chftn} Harbour office.} and rose.\par It stands.\par}`, "It fell and rose.\nIt stands.\nHarbour office."},
		"footnote, starred":    {`{\rtf1 It fell{\super\chftn}{\*\footnote Harbour office.} and rose.\par}`, "It fell and rose.\nHarbour office."},
		"table":                {`{\rtf1\trowd\cellx100\cellx200\pard\intbl Pier\cell Nine\cell\row\pard It fell.\par}`, "> Pier | Nine\nIt fell."},
		"header":               {`{\rtf1{\header Harbour Office\par}{\footer Page 1\par}{\*\generator Writer;}The pier fell.}`, "The pier fell."},
		"field":                {`{\rtf1 See {\field{\*\fldinst HYPERLINK "https://pier.example"}{\fldrslt the page}}.}`, "See the page."},
		"picture":              {`{\rtf1 The pier{\pict\pngblip 89504e47}{\object{\*\objdata 0105}} fell.\bin3 }}} It rose.}`, "The pier fell. It rose."},
		"text box":             {`{\rtf1 The pier{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt In the box.\par}}} fell.\par}`, "The pier fell.\nIn the box."},
		"breaks off":           {`{\rtf1 The pier {\b fell`, "The pier fell"},
		"what follows the end": {`{\rtf1 The pier fell.}trailing`, "The pier fell."},
	} {
		if got := texts(t, "a.rtf", []byte(c.in)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	docs, errs := readAll("a.doc", []byte(`{\rtf1{\info{\title The Two Piers}{\author Ann Moe}{\creatim\yr2023\mo5\dy4}}The pier fell.}`))
	if len(errs) > 0 || len(docs) != 1 || docs[0].Title != "The Two Piers" || docs[0].Maker != "Ann Moe" || docs[0].Blocks[0].Text != "The pier fell." {
		t.Errorf("got %v, %v", docs, errs)
	}
}
