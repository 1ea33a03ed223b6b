package format_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"
)

// Programs that copy web sites call pages as their addresses are, and leave
// things in front of their first line.
func TestPagesAreKnownByWhatTheyAre(t *testing.T) {
	const page = "<html><head><title>Pier</title></head><body><p>The pier opens at noon.</p></body></html>"
	for name, data := range map[string]string{
		"index.php?id=12": page, "open.html?page=2": page, "statement.aspx": page, "open.jsp": page, "a.shtml": page, "index.php@id=3": page,
		"index.html.1": page, "open.php": "<div><p>The pier opens at noon.</p></div>", "saved": "\n\n <!DOCTYPE html>" + page, "x.bak": "\ufeff<!-- copied --><HTML lang=en>" + page,
		"a.xml": `<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">` + page, "a.txt": page,
	} {
		if got := told(name, data); !strings.HasSuffix(got, ") The pier opens at noon.\n") {
			t.Errorf("%s: got %q", name, got)
		}
	}
	if got := told("a.md", "Tags such as <html> begin pages."); !strings.Contains(got, "begin pages") {
		t.Errorf("a text about pages: got %q", got)
	}
}

// Where writers use TEI, the header says who wrote the text and when it came to
// be, whatever else it tells.
func TestHeadersOfTEI(t *testing.T) {
	header := func(profile, source string) string {
		return `<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title type="main">On the pier</title><title type="sub">A letter</title>` +
			`<author><persName><surname>Falk</surname>, <forename>Ida</forename></persName><idno type="gnd">1160</idno></author></titleStmt><extent>2 pages <measure>91 words</measure></extent>` +
			`<publicationStmt><publisher><orgName>Port Archive</orgName><email>a@port.example</email></publisher><date when="2019-05-01">2019</date></publicationStmt>` + source +
			`</fileDesc><encodingDesc><p>Encoded.</p></encodingDesc><profileDesc>` + profile + `</profileDesc></teiHeader><text><body><p>The <del>old</del> pier <choice><sic>openz</sic><corr>opens</corr></choice> at noon.</p></body></text></TEI>`
	}
	for name, xml := range map[string]string{
		"a letter":  header(`<correspDesc><correspAction type="received"><date when="1824-02-20"/></correspAction><correspAction type="sent"><date when="1824-02-06"/></correspAction></correspDesc>`, ""),
		"written":   header(`<creation><date when="1824-02-06">6 Feb</date></creation>`, `<sourceDesc><bibl><date when="1830"/></bibl></sourceDesc>`),
		"a sitting": header(`<settingDesc><setting><date when="1824-02-06"/></setting></settingDesc>`, ""),
		"a source":  header("", `<sourceDesc><biblStruct><imprint><date when="1824-02-06"/></imprint></biblStruct></sourceDesc>`),
	} {
		if got, want := told("a.xml", xml), " (On the pier; Ida Falk; 1824-02-06) The pier opens at noon.\n"; got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
		if docs, _ := readAll("a.xml", []byte(xml)); len(docs) != 1 || docs[0].Publisher != "Port Archive" {
			t.Errorf("%s: got %v", name, docs)
		}
	}
	if got := told("a.xml", header("", "")); !strings.HasPrefix(got, " (On the pier; Ida Falk; ) ") {
		t.Errorf("the date of the edition is taken: %q", got)
	}
	one := strings.TrimPrefix(header(`<creation><date when="1824-02-06"/></creation>`, ""), `<?xml version="1.0"?>`)
	corpus := "<teiCorpus><teiHeader><fileDesc><titleStmt><title>All of it</title></titleStmt></fileDesc></teiHeader>" + one + strings.ReplaceAll(one, "On the pier", "On the ferry") + "</teiCorpus>"
	if got := told("a.xml", corpus); !strings.Contains(got, "(On the pier; Ida Falk") || !strings.Contains(got, "(On the ferry; Ida Falk") {
		t.Errorf("of a corpus: got %q", got)
	}
}

func TestFeeds(t *testing.T) {
	const want = "#1 (Pier & ferry; Ida Falk; 2024-02-06) The pier opens. | It is free.\n#2 (Gull; ; 2024-02-07) The Gull sails.\n"
	rss := `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Port</title><language>en-gb</language>` +
		`<item><title>Pier &amp;amp; ferry</title><link>https://port.example/pier</link><dc:creator>Ida Falk</dc:creator><pubDate>Tue, 06 Feb 2024 23:00:00 +0100</pubDate><description>In short.</description><content:encoded><![CDATA[<p>The pier opens.</p><p>It is <b>free</b>.</p>]]></content:encoded></item>` +
		`<item><title>Gull</title><pubDate>Wed, 07 Feb 2024 10:00:00 GMT</pubDate><description>&lt;p&gt;The Gull sails.&lt;/p&gt;</description></item></channel></rss>`
	atom := `<feed xmlns="http://www.w3.org/2005/Atom"><title>Port</title><entry><title>Pier &amp; ferry</title><author><name>Ida Falk</name></author><published>2024-02-06T10:00:00Z</published><updated>2024-03-01T10:00:00Z</updated><content type="html">&lt;p&gt;The pier opens.&lt;/p&gt;&lt;p&gt;It is free.&lt;/p&gt;</content></entry>` +
		`<entry><title>Gull</title><updated>2024-02-07T10:00:00Z</updated><summary>The Gull sails.</summary></entry></feed>`
	for name, feed := range map[string]string{"a.xml": rss, "a.rss": rss, "feed.xml": atom, "a.atom": atom} {
		if got := told(name, feed); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	docs, _ := readAll("a.xml", []byte(rss))
	if docs[0].Publisher != "Port" || docs[0].URL != "https://port.example/pier" || docs[0].Language != "en" {
		t.Errorf("got %v", docs[0])
	}
	export := strings.NewReplacer(`<item><title>Gull`, `<item><wp:status>draft</wp:status><wp:post_type>post</wp:post_type><title>Gull`, `<rss `, `<rss xmlns:wp="http://wordpress.org/export/1.2/" `).Replace(rss)
	if got := told("a.xml", export); strings.Contains(got, "Gull") || !strings.Contains(got, "The pier opens.") {
		t.Errorf("drafts are read: %q", got)
	}
}

func TestPapersInJATS(t *testing.T) {
	const paper = `<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.2 20190208//EN" "JATS-journalpublishing1.dtd">
<article xml:lang="en"><front><journal-meta><journal-title-group><journal-title>Port Studies</journal-title></journal-title-group></journal-meta><article-meta><article-id pub-id-type="doi">10.1234/ps.7</article-id>
<title-group><article-title>On <italic>the</italic> pier<xref ref-type="fn">*</xref></article-title></title-group><contrib-group><contrib contrib-type="author"><name><surname>Falk</surname><given-names>Ida</given-names></name><xref>1</xref></contrib><contrib contrib-type="editor"><name><surname>Dahl</surname><given-names>Per</given-names></name></contrib></contrib-group>
<aff>Port of Lund</aff><pub-date pub-type="epub"><day>6</day><month>2</month><year>2024</year></pub-date><abstract><p>Piers open.</p></abstract></article-meta></front>
<body><sec><label>1</label><title>Piers</title><p>The pier opens at noon<sup><xref ref-type="bibr">3</xref></sup> and is free.</p><fig><caption><p>A boat.</p></caption></fig></sec></body><back><ref-list><ref>Dahl 1999</ref></ref-list></back></article>`
	if got, want := told("a.xml", paper), " (On the pier; Ida Falk; 2024-02-06) On the pier | Piers open. | Piers | The pier opens at noon and is free.\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if docs, _ := readAll("a.nxml", []byte(paper)); len(docs) != 1 || docs[0].Publisher != "Port Studies" || docs[0].URL != "https://doi.org/10.1234/ps.7" {
		t.Errorf("got %v", docs)
	}
}

// webRecord is a record of a web archive.
func webRecord(kind, address, content string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2025-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, address, len(content), content)
}

// Of a web archive, pages and files that were found are documents, with their
// address, and the day that they tell, not that of the archive.
func TestWebArchives(t *testing.T) {
	page := "<html><head><title>Pier</title><meta name=date content=2024-02-06></head><body><p>The café on the pier opens.</p></body></html>"
	latin := strings.ReplaceAll(page, "é", "\xe9")
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write([]byte(page))
	z.Close()
	archive := webRecord("warcinfo", "", "software: x") +
		webRecord("request", "https://port.example/pier", "GET /pier HTTP/1.1\r\n\r\n") +
		webRecord("response", "https://port.example/pier", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n"+latin) +
		webRecord("response", "https://port.example/pier", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"+page) +
		webRecord("response", "https://port.example/no", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n"+page) +
		webRecord("response", "https://port.example/a.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG") +
		webRecord("response", "https://port.example/packed", fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", packed.Len(), packed.String())) +
		webRecord("response", "https://port.example/a.txt", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nThe Gull sails.")
	docs, errs := readAll("a.warc", []byte(archive))
	var got []string
	for _, d := range docs {
		got = append(got, fmt.Sprint(d.Part, " ", d.URL, " ", d.Published, " ", d.Blocks[0].Text))
	}
	want := []string{"#1 https://port.example/pier 2024-02-06 The café on the pier opens.", "#2 https://port.example/packed 2024-02-06 The café on the pier opens.", "#3 https://port.example/a.txt  The Gull sails."}
	if len(errs) > 0 || strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q, %v", got, errs)
	}
	if docs, _ := readAll("a.warc.gz", gzipped([]byte(archive))); len(docs) != 3 || docs[0].Part != "/a.warc#1" {
		t.Errorf("packed: got %v", docs)
	}
}

// The formats of writers are read as text with headings.
func TestPlainFormatsOfWriters(t *testing.T) {
	for name, row := range map[string][2]string{
		"a.rst": {"================\nThe pier at Lund\n================\n\n:Author: Ida Falk\n:Date: 2024-02-06\n\n.. contents::\n   :depth: 2\n\nOpening\n-------\n\nThe **pier** opens [#n]_ at `noon <https://port.example>`_, see :ref:`the plan <plan>`\nof ``Lund``.\n\n.. image:: a.png\n   :alt: A boat\n\n.. note::\n\n   It is *free*.\n\n* One ferry.\n* Two ferries.\n\n.. [#n] Since May.\n.. _plan: https://port.example/plan\n",
			" (; Ida Falk; 2024-02-06) The pier at Lund | Opening | The pier opens at noon, see the plan of Lund. | It is free. | * One ferry. | * Two ferries. | Since May.\n"},
		"a.adoc": {"= The pier at Lund\nIda Falk <ida@port.example>\n:revdate: 2024-02-06\n:toc:\n\n== Opening\n\nThe *pier* opensfootnote:[Since May.] at\nhttps://port.example[noon]. See <<plan,the plan>>.\n\n// internal\nimage::a.png[]\n\n[NOTE]\n====\nIt is _free_.\n====\n\n* One ferry.\n",
			" (; Ida Falk; 2024-02-06) The pier at Lund | Opening | The pier opens at noon. See the plan. | It is free. | * One ferry.\n"},
		"a.org": {"#+TITLE: The pier at Lund\n#+AUTHOR: Ida Falk\n#+DATE: <2024-02-06 Tue>\n#+OPTIONS: toc:nil\n\n* TODO Opening :port:\n:PROPERTIES:\n:ID: 7\n:END:\nThe *pier* opens[fn:1] at [[https://port.example][noon]].\n\n#+BEGIN_QUOTE\nIt is /free/.\n#+END_QUOTE\n# internal\n- One ferry.\n- Two ferries.\n\n[fn:1] Since May.\n",
			" (The pier at Lund; Ida Falk; 2024-02-06) Opening | The pier opens at noon. | It is free. | - One ferry. | - Two ferries. | Since May.\n"},
	} {
		if got := told(name, row[0]); got != row[1] {
			t.Errorf("%s: got\n%q, want\n%q", name, got, row[1])
		}
	}
}
