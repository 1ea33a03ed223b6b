package format_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.org/attache/corpus/format"
)

// What is raised and stands for a note is no text; other raised letters and
// digits are, and never grow together with a number.
func TestMarksOfNotesOnPages(t *testing.T) {
	for text, want := range map[string]string{
		`It ended in 1815<sup><a href="#fn1">1</a></sup> for good.`:                                                        "It ended in 1815 for good.",
		`It came back in 1923.<sup class="reference" id="r"><a href="#cite_note-2">[2]</a></sup> Why?`:                     "It came back in 1923. Why?",
		`It ended in 1815<a href="#fn1" class="footnote-ref" role="doc-noteref"><sup>1</sup></a>.`:                         "It ended in 1815.",
		`It ended in 1815<a href="#_ftn1" name="_ftnref1"><span class="MsoFootnoteReference">[1]</span></a>.`:              "It ended in 1815.",
		`It ended in 1815<sup class="footnote">1</sup>.`:                                                                   "It ended in 1815.",
		`It ended in 1815<sup>1</sup> in the town<sup>2, 3</sup>.`:                                                         "It ended in 1815 in the town.",
		`Free at last.<sup>12</sup> So they said.*<sup>*</sup>`:                                                            "Free at last. So they said.*",
		`The 21<sup>st</sup> lock has 40 m<sup>2</sup> and 4 × 10<sup>6</sup> l.`:                                          "The 21st lock has 40 m² and 4 × 10⁶ l.",
		`The 1<sup>er</sup> May of CO<sub>2</sub>.`:                                                                        "The 1er May of CO2.",
		`<a href="#fnref1">[1]</a> Log of the port. <a href="#fnref1" class="footnote-backref">↩</a>`:                      "Log of the port.",
		`See <a href="/log">1</a> and <a href="https://port.example/7#berth">berth</a>.`:                                   "See 1 and berth.",
		`History<span class="mw-editsection">[<a href="/e">edit</a>]</span> of it<sup class="noprint">[<a>who?</a>]</sup>`: "History of it",
		`<sup>All of this line is raised, and it is a whole sentence.</sup>`:                                               "All of this line is raised, and it is a whole sentence.",
	} {
		if got := told("a.html", "<html><body><p>"+text+"</p></body></html>"); got != " (; ; ) "+want+"\n" {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// What a page doesn't show, or strikes, is not quoted.
func TestHiddenAndStruckTextOfPages(t *testing.T) {
	for text, want := range map[string]string{
		`The toll is <del>ten</del> <ins>two</ins> francs, the <s>old</s> <strike>former</strike> port said.`: "The toll is two francs, the port said.",
		`The toll is two francs<span style="color:red; display: none">, wrongly</span>.`:                      "The toll is two francs.",
		`The toll is two francs<span style="VISIBILITY:hidden">!</span>.`:                                     "The toll is two francs.",
		`The toll is two francs<span hidden> at least</span><span aria-hidden="true">|</span>.`:               "The toll is two francs.",
		`<span class="sr-only">Skip to content</span>The toll is two francs.`:                                 "The toll is two francs.",
	} {
		if got := told("a.html", "<html><body><p>"+text+"</p></body></html>"); got != " (; ; ) "+want+"\n" {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
	page := `<html><body style="visibility:hidden"><div style="display:none"><p>The toll is two francs.</p></div></body></html>`
	if got := told("a.html", page); !strings.Contains(got, "The toll is two francs.") {
		t.Errorf("a page that a script shows is lost: %q", got)
	}
	mail := ferryMail("Ferry", "text/html", `<div style="display:none;max-height:0">Preview of the mail.</div><p>The pier opens at noon.</p>`)
	if got := told("a.eml", mail); strings.Contains(got, "Preview") {
		t.Errorf("what a mail hides is read: %q", got)
	}
}

// pierStory is an article of three paragraphs on a page with a menu; above and
// below stand before and behind the article, inside below its title.
func pierStory(head, above, inside, below string) string {
	return "<!DOCTYPE html><html lang=en><head><title>The pier opens - Port Herald</title>" + head + "</head><body><nav><a href=/>Home</a></nav>" + above +
		"<article><h1>The pier opens</h1>" + inside + pierText + "</article>" + below + "</body></html>"
}

const pierText = "<p>The harbour master of Lund opened the new pier on Monday, after the works on it had lasted for eleven months and had stopped twice.</p>" +
	"<p>Two ferries sail from it every day until October, and one of them takes lorries up to seven tons to the island of Moen.</p>" +
	"<p>The council wants to know by the end of the year how many travellers came, and whether a second pier would pay for itself.</p>"

// Below a short story some pages go on with a longer one: the text is that by which the
// page describes itself.
func TestTheStoryThatThePageDescribes(t *testing.T) {
	other := ""
	for i := range 40 {
		other += fmt.Sprintf("<p>The tunnel under the sound grew by %d metres in spring, the builders say, and the rock there is harder than anybody had expected when the works began.</p>", i+2)
	}
	links := strings.Repeat("<li><a href=/x>More on the harbour</a></li>", 60)
	page := `<!DOCTYPE html><html lang=en><head><title>The pier opens</title><meta name="description" content="The harbour master of Lund opened the new pier on Monday, after the works"></head><body>` +
		`<div class="a"><div>At the harbour</div>` + pierText + `</div><ul>` + links + `</ul><div class="b"><h2>The tunnel grows</h2>` + other + `</div></body></html>`
	got := told("a.html", page)
	if !strings.Contains(got, "harbour master") || strings.Contains(got, "tunnel") {
		t.Errorf("got %q", got)
	}
}

// A date counts where it is told of the page: by machines' marks, or beside the
// title; never in another story or a comment.
func TestDatesOfPages(t *testing.T) {
	const day = "2024-02-06"
	related := `<div class="related"><ul><li><a href=/old>Old pier closed</a> <time itemprop="datePublished" datetime="2019-01-02">2 Jan</time></li></ul></div>`
	comments := `<ol class="comments"><li>Ole: at last! <time datetime="2021-07-08">8 July 2021</time></li></ol>`
	ld := func(json string) string { return `<script type="application/ld+json">` + json + `</script>` }
	for name, row := range map[string]struct{ page, want string }{
		"none":             {pierStory("", "", "", ""), ""},
		"comments only":    {pierStory("", "", "", comments), ""},
		"others only":      {pierStory("", "", "", related+"<aside><time datetime=2019-01-02>2 Jan</time></aside>"), ""},
		"own and others":   {pierStory("", "", `<time itemprop="datePublished" datetime="2024-02-06">Tuesday</time>`, related+comments), day},
		"others above":     {pierStory("", related, `<p><time datetime="2024-02-06">Tuesday</time></p>`, ""), day},
		"page of JSON-LD":  {pierStory(ld(`{"@graph":[{"@type":"WebSite","name":"Port Herald"},{"@type":["WebPage"],"datePublished":"2024-02-06T08:00:00+01:00","dateModified":"2024-03-01"}]}`), "", "", ""), day},
		"broken JSON-LD":   {pierStory(ld(`{"@type":"NewsArticle","headline":"The "pier"","datePublished":"2024-02-06"}`), "", "", ""), day},
		"microdata":        {pierStory("", "", `<span itemprop="datePublished" content="2024-02-06T10:00">today</span>`, ""), day},
		"microdata, text":  {pierStory("", "", `<span itemprop="datePublished">6 February 2024</span>`, ""), day},
		"hentry":           {pierStory("", "", `<abbr class="published" title="2024-02-06T08:00:00+01:00">Tuesday</abbr>`, ""), day},
		"RDFa":             {pierStory("", "", `<span property="dc:date dc:created" content="2024-02-06T08:00:00+01:00">Tue</span>`, ""), day},
		"repository":       {pierStory(`<meta name="bepress_citation_date" content="2024-02-06">`, "", "", ""), day},
		"Dublin Core":      {pierStory(`<meta name="DC:date" content="2024-02-06">`, "", "", ""), day},
		"a named element":  {pierStory("", "", `<div class="post-meta article-date">Tue, Feb 6, 2024</div>`, ""), day},
		"a line":           {pierStory("", "", `<p>Press release of 6 February 2024 | Traffic</p><p>Lund, 6 February 2024</p>`, ""), day},
		"by whom and when": {pierStory("", "", `<p>Posted by Ida Falk on 6 February 2024</p>`, ""), day},
		"agencies":         {strings.Replace(pierStory("", "", "", ""), "<p>The harbour", "<p>06.02.2024 – The harbour", 1), day},
		"behind a label":   {pierStory("", "", `<p>Published on 6 Feb 2024 // Ida Falk</p>`, ""), day},
		"below the text":   {pierStory("", "", "", `<p>Some more words on the harbour and the town, for readers who stay.</p><p>And more.</p><p>And more of it.</p><p>All rights.</p><p>Date: 6 February 2024</p>`), day},
		"two labels below": {pierStory("", "", "", `<p>More.</p><p>More.</p><p>More.</p><p>More.</p><p>More.</p><p>Date: 6 February 2024</p><p>Date: 7 February 2024</p>`), ""},
		"before a name":    {pierStory("", "", `<p>6 February 2024 , Ida Falk</p>`, ""), day},
		"many classes":     {pierStory("", "", `<span class="date a b c d e f g h i j k l m n">6 February 2024</span>`, ""), day},
		"an event":         {pierStory("", "", `<p>The second pier opens on 6 February 2026.</p>`, ""), ""},
		"the address":      {pierStory(`<link rel="canonical" href="https://port.example/news/2024/02/06/pier">`, "", "", ""), day},
		"day first":        {strings.Replace(pierStory("", "", `<span class="date">06/02/2024</span>`, ""), "lang=en", "lang=en-GB", 1), day},
		"month first":      {strings.Replace(pierStory("", "", `<span class="date">02/06/2024</span>`, ""), "lang=en", "lang=en-US", 1), day},
		"of UTC":           {pierStory(`<meta property="article:published_time" content="2024-02-07T02:10:00Z">`, "", `<p>6 February 2024</p>`, ""), day},
		"article's first":  {pierStory(ld(`{"@type":"NewsArticle","datePublished":"2024-02-06"}`)+`<meta name="date" content="2024-03-01">`, "", `<time datetime="2024-02-09">9</time>`, ""), day},
	} {
		docs, errs := readAll("a.html", []byte(row.page))
		if len(errs) > 0 || len(docs) != 1 || docs[0].Published.String() != row.want {
			t.Errorf("%s: got %v, %v, want %q", name, docs, errs, row.want)
		}
	}
}

// The title is the one that the page shows, where it is that of the article; the
// author is whom it names beside it, and never the site.
func TestTitlesAndAuthorsOfPages(t *testing.T) {
	for head, want := range map[string][2]string{
		`<script type="application/ld+json">{"@type":"NewsArticle","headline":"Pier: &#8220;It&#8217;s open&#8221; &amp; free","author":{"@type":"Person","name":"Ida P&eacute;rez"}}</script>`: {"Pier: “It’s open” & free", "Ida Pérez"},
		`<script type="application/ld+json">{"@graph":[{"@type":"Article","author":{"@id":"#ida"}},{"@id":"#ida","@type":"Person","name":"Ida Falk"}]}</script>`:                                {"The pier opens", "Ida Falk"},
		`<meta property="og:title" content="The pier opens, says Lund"><meta name="author" content="Port Herald"><meta property="og:site_name" content="Port Herald">`:                          {"The pier opens", ""},
		`<meta name="author" content="By Ida Falk"><meta property="og:title" content="The pier opens | Port Herald">`:                                                                           {"The pier opens", "Ida Falk"},
		`<meta name="citation_author" content="Falk, Ida"><meta name="citation_author" content="Lie, Ole">`:                                                                                     {"The pier opens", "Falk, Ida, Lie, Ole"},
		`<meta name="author" content="admin">`: {"The pier opens", ""},
	} {
		docs, _ := readAll("a.html", []byte(pierStory(head, "", "", "")))
		if len(docs) != 1 || docs[0].Title != want[0] || docs[0].Author != want[1] {
			t.Errorf("%s: got %q, %q, want %q", head, docs[0].Title, docs[0].Author, want)
		}
	}
	for inside, want := range map[string]string{
		`<p class="byline">By <a rel="author" href="/ida">Ida Falk</a> | 6 February 2024</p>`:                                       "Ida Falk",
		`<span itemprop="author" itemscope><span itemprop="name">Ida Falk</span>, harbour desk</span>`:                              "Ida Falk",
		`<span itemprop="author">Ida Falk</span> and <span itemprop="author">Ole Lie</span>`:                                        "Ida Falk, Ole Lie",
		`<div class="byline">Von Ida Falk am 6. Februar 2024</div>`:                                                                 "Ida Falk",
		`<div class="author">Port Herald</div>`:                                                                                     "",
		`<div class="author"><a href="mailto:x@port.example">x@port.example</a></div>`:                                              "",
		`<aside><div class="author">Per Dahl</div></aside>`:                                                                         "",
		`<div class="author vcard"><a class="fn" href="/ida">Ida Falk</a><p>Ida writes on ships, islands and the people.</p></div>`: "Ida Falk",
	} {
		docs, _ := readAll("a.html", []byte(pierStory("", "", inside, `<div class="comment"><span class="author">Jo Troll</span></div>`)))
		if len(docs) != 1 || docs[0].Author != want {
			t.Errorf("%s: got %q, want %q", inside, docs[0].Author, want)
		}
	}
}

// Another story on the page is none of the article, nor is what cards say.
func TestOtherStoriesOfPages(t *testing.T) {
	other := strings.NewReplacer("pier", "bridge", "ferries", "trains", "Moen", "Rugen").Replace(pierText)
	for name, below := range map[string]string{
		"endless scroll": "<article><h2><a href=/bridge>The bridge is late</a></h2>" + other + other + "</article>",
		"its own title":  "<article><h1>The bridge is late</h1>" + other + "</article>",
		"a card":         `<article class="card"><h3><a href=/bridge>The bridge is late</a></h3><p>The minister opened the new bridge on Monday after the works had lasted long.</p></article>`,
	} {
		got := told("a.html", pierStory("", "", "", below))
		if strings.Contains(got, "bridge") || !strings.Contains(got, "second pier would pay") {
			t.Errorf("%s: got %q", name, got)
		}
	}
	page := pierStory("", "", "", "<section class=part><h2>What it cost</h2>"+other+"</section>")
	if got := told("a.html", page); !strings.Contains(got, "bridge") {
		t.Errorf("a part of the story is lost: %q", got)
	}
}

// The name of a box is a hint: what holds the text, or the lede, is none that is
// left out; a notice is, also on a page of links.
func TestBoxesOfPages(t *testing.T) {
	menu := "<ul class=menu>" + strings.Repeat("<li><a href=/x>One of the many offices of the port and what it does abroad</a></li>", 60) + "</ul>"
	for _, name := range []string{"sharing", "teaser", "ads wide", "post caption"} {
		page := "<html><body>" + menu + "<h1>The pier opens</h1><div class=\"" + name + "\">" + pierText + "</div></body></html>"
		if got := told("a.html", page); !strings.Contains(got, "second pier would pay") {
			t.Errorf("the text in a box called %s is lost: %q", name, got)
		}
	}
	lede := pierStory("", "", `<div class="teaser"><p>From today on ships with a draught of four metres can land at Lund without a pilot.</p></div>`, "")
	if got := told("a.html", lede); !strings.Contains(got, "without a pilot.") {
		t.Errorf("the lede is lost: %q", got)
	}
	var links strings.Builder
	for i := range 30 {
		fmt.Fprintf(&links, `<li><a href="https://p%d.example/">Paper %d on the pier of Lund and its ferries</a></li>`, i, i)
	}
	review := "<html><body><h1>Press review</h1><ul class=linkroll>" + links.String() + `</ul><div id="cookie-notice"><p>This site uses cookies, and by going on you agree to their use now and later on, as the rules say that we made.</p></div></body></html>`
	if got := told("a.html", review); !strings.Contains(got, "Paper 0 on the pier") || !strings.Contains(got, "Paper 29 on the pier") || strings.Contains(got, "cookies") {
		t.Errorf("of a page of links: %q", got)
	}
	if got := told("a.html", `<html><body><div class="modal" hidden><p>The pier opens at noon.</p></div></body></html>`); !strings.Contains(got, "at noon") {
		t.Errorf("a page that is all in a frame is said to be empty: %q", got)
	}
}

// A page may say itself where the text of its article is, however short that is, keep
// it in a template for a script, or cut it over two boxes.
func TestArticlesThatAreMarked(t *testing.T) {
	about := "<div class=author><p>The harbour reporter of this paper has lived in Lund for twenty years, and wrote two books on the ferries of the coast, of which the second came out in spring.</p>" +
		"<p>Before that she studied law in Moss, sailed on a lightship for two years, and taught children to swim in the old dock behind the station.</p></div>"
	const short = "The pier of Lund opened on Monday, and two ferries sail from it until October, said its master. One of them takes lorries to the island of Moen, and the council counts the travellers."
	for name, page := range map[string]string{
		"microdata":  `<div itemprop="articleBody"><p>` + short + `</p></div>`,
		"hentry":     `<div class="post hentry"><div class="entry-content clear"><p>` + short + `</p></div></div>`,
		"a template": `<div itemprop="articleBody"><script type="text/template"><p>` + short + `</p></script></div>`,
	} {
		got := told("a.html", "<html><head><title>The pier opens</title></head><body><nav><a href=/>Home</a></nav><h1>The pier opens</h1>"+page+about+"</body></html>")
		if !strings.Contains(got, short) || strings.Contains(got, "lightship") {
			t.Errorf("%s: got %q", name, got)
		}
	}
	first, rest, _ := strings.Cut(pierText, "</p>")
	boxes := "<html><head><title>The pier opens</title></head><body><nav><a href=/>Home</a></nav><div><section><h1>The pier opens</h1>" + first + "</p>" +
		strings.Replace(first, "Monday", "Tuesday", 1) + "</p></section></div><div><div><article>" + strings.Repeat(rest, 3) + "</article></div></div></body></html>"
	if got := told("a.html", boxes); !strings.Contains(got, "on Monday") || !strings.Contains(got, "pay for itself") {
		t.Errorf("of an article in two boxes: %q", got)
	}
}

// A few NUL bytes make no page binary data.
func TestNULBytesOfPages(t *testing.T) {
	if got := told("a.html", pierStory("", "<img alt=''>\x00\x00\x00", "", "")); !strings.Contains(got, "second pier would pay") {
		t.Errorf("got %q", got)
	}
}

// The encoding of a page is what the page declares, wherever in its head, and
// not that of a script.
func TestEncodingsOfPages(t *testing.T) {
	koi := func(s string) string { // the Cyrillic letters used here in windows-1251
		var b strings.Builder
		for _, r := range s {
			if r >= 'А' && r <= 'я' {
				b.WriteByte(byte(r - 'А' + 0xc0))
			} else {
				b.WriteRune(r)
			}
		}
		return b.String()
	}
	const text = "Причал открыт с понедельника, паромы ходят дважды в день."
	for name, head := range map[string]string{
		"a script first": `<script src="/a.js" charset="utf-8"></script><link rel=stylesheet charset="iso-8859-1"><meta http-equiv="Content-Type" content="text/html; charset=windows-1251">`,
		"late":           "<!-- " + strings.Repeat("x", 40000) + ` --><style>` + strings.Repeat("a{}", 1000) + `</style><META CHARSET='windows-1251'>`,
		"in a comment":   `<!-- <meta charset="utf-8"> --><script>"<meta charset=koi8-r>"</script><meta charset=windows-1251>`,
	} {
		if got := told("a.html", "<html><head>"+head+"</head><body><p>"+koi(text)+"</p></body></html>"); !strings.Contains(got, text) {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

func TestSpeakersNamesOfPages(t *testing.T) {
	const page = `<html><body><h1>Tolls</h1>
<p><strong>Ines Kolb (GRN).</strong> – The toll must go, and it must go this year, as we have said.</p>
<p><span class="bold">President.</span> – Thank you for that, and now the next speaker has the floor.</p>
<p>The <b>toll</b> stays for now, says the board, which will meet again in the spring of next year.</p>
<p>MS. HALE: We open the harbour on Monday, and everybody is welcome to come.<br>Q: Until when, and at which hour of the day?</p>
<pre>  Mr. HOLLOW. Mr. Speaker, I rise to oppose the toll
in all of its forms.
  Mrs. FENWICK. Will the gentleman yield to me now
or later?</pre></body></html>`
	want := map[string]int{
		"Ines Kolb (GRN). – The": len("Ines Kolb (GRN)."), "President. – Thank": len("President."), "The toll stays": 0,
		"MS. HALE: We open": 0, "Q: Until when": 0, "Mr. HOLLOW. Mr. Speaker, I rise to oppose the toll in": 0, "Mrs. FENWICK. Will": 0,
	}
	for d, err := range format.Read(context.Background(), format.File{Path: "a.html", Data: []byte(page)}) {
		if err != nil {
			t.Fatal(err)
		}
		for begin, lead := range want {
			at := slices.IndexFunc(d.Blocks, func(b format.Block) bool { return strings.HasPrefix(b.Text, begin) })
			if at < 0 || d.Blocks[at].Lead != lead {
				t.Errorf("%q: %+v", begin, d.Blocks)
			}
		}
	}
}
