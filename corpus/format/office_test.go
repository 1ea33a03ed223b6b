package format_test

import (
	"strings"
	"testing"
)

const (
	wordSpace   = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	relations   = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	relatedKind = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
)

// docx is a file of Word's whose main part has the name that Word Online gives
// it: only the relations tell which it is.
func docx(t testing.TB, styles, body string) []byte {
	t.Helper()
	return entries(t,
		"_rels/.rels", relations+`<Relationship Id="r1" Type="`+relatedKind+`officeDocument" Target="word/document7.xml"/></Relationships>`,
		"word/_rels/document7.xml.rels", relations+`<Relationship Id="r1" Type="`+relatedKind+`styles" Target="looks.xml"/></Relationships>`,
		"word/looks.xml", "<w:styles"+wordSpace+">"+styles+"</w:styles>",
		"word/document7.xml", "<w:document"+wordSpace+"><w:body>"+body+"</w:body></w:document>")
}

func odt(t testing.TB, styles, body string) []byte {
	t.Helper()
	return entries(t, "content.xml", `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:fo="f" xmlns:table="tb"><office:automatic-styles>`+
		styles+`</office:automatic-styles><office:body><office:text>`+body+`</office:text></office:body></office:document-content>`)
}

// run is a run of characters of Word's with properties.
func run(properties, text string) string {
	return `<w:r><w:rPr>` + properties + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

// span is characters of LibreOffice's in the style S.
func span(text string) string { return `<text:span text:style-name="S">` + text + `</text:span>` }

func odtStyle(properties string) string {
	return `<style:style style:name="S" style:family="text"><style:text-properties ` + properties + `/></style:style>`
}

// texts joins the blocks of a file, its rows marked with ">".
func texts(t testing.TB, name string, data []byte) string {
	t.Helper()
	docs, errs := readAll(name, data)
	if len(errs) > 0 || len(docs) != 1 {
		t.Fatalf("%s: %d documents, errors %v", name, len(docs), errs)
	}
	var all []string
	for _, b := range docs[0].Blocks {
		mark := []string{"", "= ", "# "}[b.Kind]
		if b.Row {
			mark += "> "
		}
		all = append(all, mark+b.Text)
	}
	return strings.Join(all, "\n")
}

// What an author hid or took back is not quoted, and a note's number is not part
// of the number that it follows.
func TestLooksOfWordProcessors(t *testing.T) {
	const styles = `<w:style w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>` +
		`<w:style w:styleId="Child"><w:name w:val="Child"/><w:basedOn w:val="Secret"/></w:style>` +
		`<w:style w:styleId="NoteMark"><w:name w:val="Mark"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>` +
		`<w:style w:styleId="Circle"><w:name w:val="A"/><w:basedOn w:val="Circle"/></w:style>` +
		`<w:style w:styleId="Part"><w:name w:val="Part"/><w:basedOn w:val="h2"/></w:style><w:style w:styleId="h2"><w:name w:val="heading 2"/></w:style>`
	raised := func(text string) string { return run(`<w:vertAlign w:val="superscript"/>`, text) }
	p := func(inner string) string { return "<w:p>" + inner + "</w:p>" }
	t1 := run("", "The pier cost nine crowns.")
	rows := map[string]struct{ body, want string }{
		"hidden":                 {p(t1 + run("<w:vanish/>", " Not for print.")), "The pier cost nine crowns."},
		"hidden, but not":        {p(run(`<w:vanish w:val="0"/>`, "The pier.") + run(`<w:vanish w:val="false"/>`, " The quay.")), "The pier. The quay."},
		"hidden by its style":    {p(t1 + run(`<w:rStyle w:val="Secret"/>`, " Not for print.")), "The pier cost nine crowns."},
		"hidden by its base":     {p(t1 + run(`<w:rStyle w:val="Child"/>`, " Not for print.")), "The pier cost nine crowns."},
		"hidden paragraph":       {p(t1) + p(`<w:pPr><w:pStyle w:val="Child"/></w:pPr>`+run("", "Not for print.")), "The pier cost nine crowns."},
		"shown against style":    {p(`<w:pPr><w:pStyle w:val="Child"/></w:pPr>` + run(`<w:vanish w:val="off"/>`, "The pier.")), "The pier."},
		"hidden paragraph mark":  {p(`<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>` + t1), "The pier cost nine crowns."},
		"struck":                 {p(run("", "It cost ") + run("<w:strike/>", "eight ") + run("", "nine crowns.")), "It cost nine crowns."},
		"struck twice":           {p(run("", "It cost ") + run("<w:dstrike/>", "eight ") + run("", "nine crowns.")), "It cost nine crowns."},
		"deleted":                {p(run("", "It cost ") + "<w:del>" + run("", "eight ") + "</w:del><w:ins>" + run("", "nine ") + "</w:ins>" + run("", "crowns.")), "It cost nine crowns."},
		"note behind a year":     {p(run("", "It fell in 1742") + raised("3") + run("", " and rose again.")), "It fell in 1742 and rose again."},
		"note by its style":      {p(run("", "It fell in 1742") + run(`<w:rStyle w:val="NoteMark"/>`, "3") + run("", " and rose again.")), "It fell in 1742 and rose again."},
		"notes in several runs":  {p(run("", "It fell.") + raised("3") + raised(",") + raised("4") + run("", " It rose.")), "It fell. It rose."},
		"note with an asterisk":  {p(run("", "It fell") + raised("*") + run("", " and rose.")), "It fell and rose."},
		"note with its own mark": {p(run("", "It fell") + `<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>a</w:t></w:r>` + run("", " and rose.")), "It fell and rose."},
		"ordinal":                {p(run("", "the 33") + raised("rd") + run("", " pier")), "the 33rd pier"},
		"area":                   {p(run("", "40 km") + raised("2") + run("", " of reeds, 3 per m") + raised("2")), "40 km² of reeds, 3 per m²"},
		"area in feet":           {p(run("", "40 ft") + raised("2") + run("", " of planks, all on foot") + raised("2") + run("", ".")), "40 ft² of planks, all on foot."},
		"power of ten":           {p(run("", "3 × 10") + raised("6") + run("", " eels, and 10") + raised("6") + run("", " boats")), "3 × 10⁶ eels, and 10 boats"},
		"isotope":                {p(run("", "of ") + raised("235") + run("", "U and ") + raised("239") + run("", "Pu.")), "of ²³⁵U and ²³⁹Pu."},
		"style in a circle":      {p(`<w:pPr><w:pStyle w:val="Circle"/></w:pPr>` + t1), "The pier cost nine crowns."},
		"style of a heading's":   {p(`<w:pPr><w:pStyle w:val="Part"/></w:pPr>` + run("", "The pier")), "# The pier"},
		"prompt of a field":      {p(t1) + `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + p(run("", "Enter text here.")) + `</w:sdtContent></w:sdt>` + p(t1), "The pier cost nine crowns.\nThe pier cost nine crowns."},
		"field that is filled":   {`<w:sdt><w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr><w:sdtContent>` + p(t1) + `</w:sdtContent></w:sdt>`, "The pier cost nine crowns."},
		"table":                  {"<w:tbl><w:tr><w:tc>" + p(run("", "Pier")) + "</w:tc><w:tc>" + p(run("", "Nine")) + "</w:tc></w:tr><w:tr><w:tc>" + p(t1) + "</w:tc></w:tr></w:tbl>", "> Pier | Nine\nThe pier cost nine crowns."},
	}
	for name, row := range rows {
		t.Run("Word/"+name, func(t *testing.T) {
			if got := texts(t, "a.docx", docx(t, styles, row.body)); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
	const plain = "<text:p>The pier cost nine crowns.</text:p>"
	odts := map[string]struct{ style, body, want string }{
		"hidden":          {`text:display="none"`, "<text:p>The pier." + span(" Not for print.") + "</text:p>", "The pier."},
		"hidden section":  {``, plain + `<text:section text:display="none"><text:p>Not for print.</text:p></text:section>`, "The pier cost nine crowns."},
		"hidden field":    {``, "<text:p>The pier.<text:hidden-text text:condition='x'>Not for print.</text:hidden-text></text:p>", "The pier."},
		"struck":          {`style:text-line-through-style="solid"`, "<text:p>It cost " + span("eight ") + "nine crowns.</text:p>", "It cost nine crowns."},
		"not struck":      {`style:text-line-through-style="none" style:text-line-through-type="none"`, "<text:p>It cost " + span("nine") + " crowns.</text:p>", "It cost nine crowns."},
		"raised":          {`style:text-position="super 58%"`, "<text:p>It fell in 1742" + span("3") + " and rose the 33" + span("rd") + " time.</text:p>", "It fell in 1742 and rose the 33rd time."},
		"raised by a lot": {`style:text-position="33% 58%"`, "<text:p>It fell in 1742" + span("3") + ".</text:p>", "It fell in 1742."},
		"lowered":         {`style:text-position="sub 58%"`, "<text:p>CO" + span("2") + " rises.</text:p>", "CO2 rises."},
		"table":           {``, "<table:table><table:table-row><table:table-cell><text:p>Pier</text:p></table:table-cell><table:table-cell><text:p>Nine</text:p></table:table-cell></table:table-row></table:table>", "> Pier | Nine"},
	}
	for name, row := range odts {
		t.Run("LibreOffice/"+name, func(t *testing.T) {
			if got := texts(t, "a.odt", odt(t, odtStyle(row.style), row.body)); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

// What is set off at the beginning of a paragraph, as the name of a speaker is, is
// told by its length.
func TestLeads(t *testing.T) {
	word := func(runs ...string) []byte { return docx(t, "", "<w:p>"+strings.Join(runs, "")+"</w:p>") }
	for name, c := range map[string]struct {
		file string
		data []byte
		lead string
	}{
		"bold":              {"a.docx", word(run("<w:b/>", "MS MOE"), run("<w:b/>", ": "), run("", "The pier fell.")), "MS MOE:"},
		"italics":           {"a.docx", word(run("<w:i/>", "Ann Moe."), run("", " The pier fell.")), "Ann Moe."},
		"not bold":          {"a.docx", word(run(`<w:b w:val="0"/>`, "MS MOE: "), run("", "The pier fell.")), ""},
		"all of it":         {"a.docx", word(run("<w:b/>", "MS MOE: The pier fell.")), ""},
		"in the middle":     {"a.docx", word(run("", "The "), run("<w:b/>", "pier"), run("", " fell.")), ""},
		"behind a tab":      {"a.docx", word("<w:r><w:tab/></w:r>", run("<w:b/>", "MS MOE:"), "<w:r><w:tab/></w:r>", run("", "The pier fell.")), "MS MOE:"},
		"with a note":       {"a.docx", word(run("<w:b/>", "MS MOE"), run(`<w:b/><w:vertAlign w:val="superscript"/>`, "1"), run("<w:b/>", ":"), run("", " The pier fell.")), "MS MOE:"},
		"in LibreOffice":    {"a.odt", odt(t, odtStyle(`fo:font-weight="bold"`), "<text:p>"+span("MS MOE:")+" The pier fell.</text:p>"), "MS MOE:"},
		"in rich text":      {"a.rtf", []byte(`{\rtf1 {\b MS MOE:} The pier fell.}`), "MS MOE:"},
		"before a footnote": {"a.rtf", []byte(`{\rtf1 {\b MS MOE}{\footnote The chair.}{\b :} The pier fell.}`), "MS MOE:"},
	} {
		docs, errs := readAll(c.file, c.data)
		if len(errs) > 0 || len(docs) != 1 || len(docs[0].Blocks) == 0 {
			t.Fatalf("%s: %v, %v", name, docs, errs)
		}
		if b := docs[0].Blocks[0]; b.Text[:b.Lead] != c.lead {
			t.Errorf("%s: %q of %q leads, want %q", name, b.Text[:b.Lead], b.Text, c.lead)
		}
	}
}

// A paragraph goes on behind a text box as it was before.
func TestLooksEndWithTheirBox(t *testing.T) {
	body := `<w:p><w:pPr><w:pStyle w:val="Secret"/></w:pPr><w:r><w:txbxContent><w:p>` + run("", "In the box.") + `</w:p></w:txbxContent></w:r>` + run("", "Not for print.") + `</w:p>`
	got := texts(t, "a.docx", docx(t, `<w:style w:styleId="Secret"><w:name w:val="S"/><w:rPr><w:vanish/></w:rPr></w:style>`, body))
	if got != "In the box." {
		t.Errorf("got %q", got)
	}
}

// A sheet of paper may be one table: what is no row of cells is a paragraph.
func TestRowsOfMarkdown(t *testing.T) {
	if got := texts(t, "a.md", []byte("| Pier | Built |\n|---|---|\n| North | 1742 |\n")); got != "> Pier | Built\n> North | 1742" {
		t.Errorf("got %q", got)
	}
}
