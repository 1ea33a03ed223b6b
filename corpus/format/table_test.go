package format_test

import (
	"strings"
	"testing"
)

// Exports of other programs name their columns in their own way, and tell things
// above them.
func TestTablesAreReadAsTheyCome(t *testing.T) {
	const want = "#1 (Pier; ; 2024-02-06) The pier opens at noon.\n"
	for name, table := range map[string]string{
		"Excel":     "sep=;\nDate;Title;Text\n2024-02-06;Pier;The pier opens at noon.\n",
		"quoted":    "\"sep=|\"\ntitle|date|text\nPier|2024-02-06|The pier opens at noon.\n",
		"preamble":  "Notices of the port, all of them\nMade on 2024-02-07; by Ida\n\ntitle,date,text\nPier,2024-02-06,The pier opens at noon.\n",
		"tabs":      "title\tpub_date\tFull Text\nPier\t2024-02-06\tThe pier opens at noon.\n",
		"WordPress": "ID,post_title,Post_Date,post_content\n7,Pier,2024-02-06 10:00:00,The pier opens at noon.\n",
		"Spanish":   "Título,Fecha,Texto\nPier,06.02.2024,The pier opens at noon.\n",
		"Korean":    "제목,날짜,본문\nPier,2024-02-06,The pier opens at noon.\n",
		"HTML":      "title,date,text\nPier,2024-02-06,<p>The <b>pier</b> opens<br/> at&nbsp;noon.</p><!-- wp:more -->\n",
		"escaped":   "title,date,text\n\"<i>Pier</i>\",2024-02-06,The pier opens at&#32;noon.\n",
		"captions":  "title,date,text\nPier,2024-02-06,\"[caption id=\"\"7\"\"]<img> A boat[/caption]The pier opens at noon.[gallery ids=\"\"1,2\"\"]\"\n",
		"two texts": "summary,title,date,content\nIn short.,Pier,2024-02-06,The pier opens at noon.\n",
	} {
		if got := told("a.csv", table); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestParagraphsOfCells(t *testing.T) {
	for cell, want := range map[string]string{
		"The pier opens.\n\nThe <em>Gull</em> sails.":                   "The pier opens. | The Gull sails.",
		"<P>The pier opens.</P><ul><li>The Gull</li><li>The Tern</li>":  "The pier opens. | The Gull | The Tern",
		"At 5 < 6 the pier opens & stays open [sic].":                   "At 5 < 6 the pier opens & stays open [sic].",
		"The toll ended in 1815<sup><a href='#1'>1</a></sup> for good.": "The toll ended in 1815 for good.",
	} {
		if got := told("a.csv", "text\n\""+cell+"\"\n"); got != "#1 (; ; ) "+want+"\n" {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
	}
}

// The answers of news services, feeds and search engines wrap the documents.
func TestJSONThatHoldsAListOfArticles(t *testing.T) {
	const want = "#1 (Pier; Ida Falk; 2024-02-06) The pier opens at noon.\n#2 (Gull; ; ) The Gull sails.\n"
	for name, json := range map[string]string{
		"news":   `{"status":"ok","totalResults":2,"articles":[{"title":"Pier","author":"Ida Falk","publishedAt":"2024-02-06T10:00:00Z","description":"In short.","content":"The pier opens at noon."},{"title":"Gull","content":"The Gull sails."}]}`,
		"nested": `{"response":{"status":"ok","tags":["a","b","c"],"results":[{"webTitle":"Pier","webPublicationDate":"2024-02-06","fields":{"byline":"Ida Falk","bodyText":"The pier opens at noon."}},{"webTitle":"Gull","fields":{"bodyText":"The Gull sails."}}]}}`,
		"search": `{"took":3,"hits":{"total":2,"hits":[{"_id":"1","_source":{"title":"Pier","author":["Ida Falk"],"date":"2024-02-06","text":"The pier opens at noon."}},{"_id":"2","_source":{"title":"Gull","text":"The Gull sails."}}]}}`,
		"blog":   `[{"id":1,"date":"2024-02-06T10:00:00","author":"Ida Falk","title":{"rendered":"Pier"},"content":{"rendered":"<p>The pier opens at noon.</p>","protected":false}},{"title":{"rendered":"Gull"},"content":{"rendered":"<p>The Gull sails.</p>"}}]`,
		"feed":   `{"version":"https://jsonfeed.org/version/1.1","title":"Harbour","description":"All of it.","items":[{"title":"Pier","authors":[{"name":"Ida Falk"}],"date_published":"2024-02-06","content_html":"<p>The pier opens at noon.</p>"},{"title":"Gull","content_text":"The Gull sails."}]}`,
		"pages":  `{"items":[{"title":"Pier","byline":"Ida Falk","date":"2024-02-06","text":"The pier opens at noon."}]}` + "\n" + `{"items":[{"title":"Gull","text":"The Gull sails."}]}`,
	} {
		if got := told("a.json", json); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	const one = `{"title":"Pier","text":"The pier opens at noon.","comments":[{"text":"Good."},{"text":"At last."}],"description":"In short."}`
	if got := told("a.json", one); got != "#1 (Pier; ; ) The pier opens at noon.\n" {
		t.Errorf("an article with comments: got %q", got)
	}
}

// Entities that a site wrote twice don't stay in titles.
func TestTitlesAreFreeOfEntities(t *testing.T) {
	for title, want := range map[string]string{
		"&#8220;Open&#8221; &amp; free": "“Open” & free", "&amp;#8220;Open&amp;#8221;": "“Open”", "R&D; AT&T": "R&D; AT&T", "1 < 2": "1 < 2",
	} {
		if got := told("a.csv", "title,text\n\""+title+"\",The pier opens.\n"); !strings.HasPrefix(got, "#1 ("+want+";") {
			t.Errorf("%s: got %q", title, got)
		}
	}
}
