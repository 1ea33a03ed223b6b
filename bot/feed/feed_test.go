package feed

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/attache/bot/fetch"
)

// The shapes of feeds that three generators of web sites write, and of the other
// two standards.
const (
	wordpress = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel><title>Ministry of the Sea</title><atom:link href="HOST/feed/" rel="self" type="application/rss+xml" /><link>HOST</link><language>en-US</language><sy:updatePeriod>hourly</sy:updatePeriod>
<item><title>Ferries &#038; Harbours: a &lt;i&gt;new&lt;/i&gt; plan</title><link>HOST/2024/05/ferries/</link><dc:creator><![CDATA[Ada Holm]]></dc:creator><pubDate>Tue, 07 May 2024 09:30:00 +0000</pubDate><category><![CDATA[Transport]]></category><guid isPermaLink="false">HOST/?p=41</guid>
<description><![CDATA[<p>Minister Holm spoke in Norport. [&#8230;]</p>]]></description>
<content:encoded><![CDATA[<p>Minister Ada Holm said on Tuesday: &#8220;Every island will have a ferry by winter.&#8221;</p><script>alert(1)</script><p>The plan costs forty million crowns and is to be put to the assembly of Norland in June.</p>]]></content:encoded></item>
</channel></rss>`
	drupal = `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xml:base="HOST/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Press office</title><link>HOST/</link><description/><language>en</language>
<item><title>Treaty on fishing signed</title><link>/node/7</link><description>&lt;span class="field"&gt;Treaty on fishing signed&lt;/span&gt;&lt;div class="body"&gt;&lt;p&gt;Norland and Sudland signed a treaty on fishing in Norport on Friday, the government of Norland announced in the evening.&lt;/p&gt;&lt;/div&gt;</description><pubDate>Fri, 10 May 2024 18:00:00 +0200</pubDate><dc:creator>press</dc:creator><guid isPermaLink="false">7 at HOST</guid></item></channel></rss>`
	hugo = `<?xml version="1.0" encoding="utf-8" standalone="yes"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>News on Island Desk</title><link>HOST/news/</link><generator>Hugo</generator><language>en</language><lastBuildDate>Mon, 13 May 2024 00:00:00 +0000</lastBuildDate><atom:link href="HOST/news/index.xml" rel="self" type="application/rss+xml"/>
<item><title>Envoy leaves</title><link>HOST/news/envoy/</link><pubDate>Mon, 13 May 2024 00:00:00 +0000</pubDate><guid>HOST/news/envoy/</guid><description>The envoy of Sudland left Norport on Monday after talks that lasted for three days, an official of the ministry told reporters at the harbour.</description></item></channel></rss>`
	atomFeed = `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Hafenamt</title><id>urn:hafen</id><updated>2024-05-14T08:00:00Z</updated>
<entry><title type="html">Der neue &lt;b&gt;Kai&lt;/b&gt;</title><id>tag:hafen,2024:1</id><link rel="alternate" href="HOST/kai"/><published>2024-05-14T08:00:00Z</published><updated>2024-05-14T09:00:00Z</updated><author><name>Uwe Lund</name></author><content type="html">&lt;p&gt;Der neue Kai im Hafen von Nordstadt wird im Herbst eröffnet, sagte der Minister am Dienstag vor der Presse.&lt;/p&gt;</content></entry></feed>`
	jsonFeed = `{"version":"https://jsonfeed.org/version/1.1","title":"Assembly","home_page_url":"HOST/","language":"en","items":[{"id":"a-9","url":"HOST/a/9","title":"Budget passed","content_html":"<p>The assembly passed the budget of the navy with ninety votes to forty after a debate of two days.</p>","date_published":"2024-05-15T10:00:00Z","authors":[{"name":"Clerk of the Assembly"}],"tags":["budget"]}]}`
)

func TestWhatFeedsBring(t *testing.T) {
	for name, c := range map[string]struct{ feed, title, publisher, author, date, language, path, says string }{
		"WordPress": {wordpress, "Ferries & Harbours: a new plan", "Ministry of the Sea", "Ada Holm", "2024-05-07", "en", "/2024/05/ferries/", "“Every island will have a ferry by winter.”"},
		"Drupal":    {drupal, "Treaty on fishing signed", "Press office", "press", "2024-05-10", "en", "/node/7", "signed a treaty on fishing in Norport"},
		"Hugo":      {hugo, "Envoy leaves", "News on Island Desk", "", "2024-05-13", "en", "/news/envoy/", "left Norport on Monday"},
		"Atom":      {atomFeed, "Der neue Kai", "Hafenamt", "Uwe Lund", "2024-05-14", "de", "/kai", "wird im Herbst eröffnet"},
		"JSON Feed": {jsonFeed, "Budget passed", "Assembly", "Clerk of the Assembly", "2024-05-15", "en", "/a/9", "with ninety votes to forty"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			s.put("/feed", page{text: c.feed})
			d := newDesk(t, s, Feed{Address: "/feed", Tags: []string{"north"}})
			d.round()
			got := d.documents()[c.title]
			if got == nil {
				t.Fatalf("got %v in %v", d.documents(), d.files())
			}
			if got.Publisher != c.publisher || got.Author != c.author || got.Published.String() != c.date || got.URL != s.URL+c.path {
				t.Errorf("got %q by %q of %s at %s", got.Publisher, got.Author, got.Published, got.URL)
			}
			if got.Language != c.language && got.Language != "" {
				t.Errorf("its language is %q", got.Language)
			}
			if !strings.Contains(got.Text, c.says) || strings.Contains(got.Text, "alert") || !slices.Contains(got.Tags, "north") {
				t.Errorf("it says %q, with the tags %q", got.Text, got.Tags)
			}
			if st := d.status(); st.Documents != 1 || st.New != 1 || st.Failure != "" || d.change != 1 {
				t.Errorf("status %+v, told %d times", st, d.change)
			}
			before := d.files()
			d.round()
			if after := d.files(); !slices.Equal(before, after) || d.change != 1 {
				t.Errorf("the second round left %v, told %d times", after, d.change)
			}
			if !strings.Contains(s.agent, "Attache") {
				t.Errorf("it calls itself %q", s.agent)
			}
		})
	}
}

// rss is a feed of items: each a link, a title, a day of May 2024 and a content.
func rss(items ...[4]string) string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>Office</title>`)
	for _, i := range items {
		fmt.Fprintf(&b, "<item><guid>%[1]s</guid><link>HOST%[1]s</link><title>%s</title><pubDate>%s May 2024 12:00:00 GMT</pubDate><description>%s</description></item>", i[0], i[1], i[2], i[3])
	}
	return b.String() + "</channel></rss>"
}

// story is a page with an article.
func story(title, says string) page {
	return page{kind: "text/html; charset=utf-8", etag: `"` + digest(8, says) + `"`,
		text: "<html><head><title>" + title + "</title></head><body><nav><a href=/>Home</a></nav><article><h1>" + title + "</h1><p>" + says + "</p></article></body></html>"}
}

func TestEntriesAreFollowedToTheirPages(t *testing.T) {
	s := newSite(t)
	s.put("/feed", page{text: rss([4]string{"/one", "One", "03", "In short."}, [4]string{"/two", "Two", "02", "The page of this one is missing, but the feed itself tells what the assembly decided on Thursday."})})
	s.put("/one", story("One", "The minister said that the harbour of Norport will be dredged before the first ice."))
	d := newDesk(t, s, Feed{Address: "/feed", Full: true})
	d.round()
	got := d.documents()
	if one := got["One"]; one == nil || !strings.Contains(one.Text, "dredged before the first ice") || strings.Contains(one.Text, "Home") {
		t.Errorf("got %+v", one)
	}
	if two := got["Two"]; two == nil || !strings.Contains(two.Text, "decided on Thursday") {
		t.Errorf("got %+v", two)
	}
}

func TestWhatChangedIsReadAnewAndStaysFindable(t *testing.T) {
	s := newSite(t)
	s.put("/feed", page{text: rss([4]string{"/one", "The toll", "03", "The storm cost three lives on the northern islands, the coast guard said."})})
	d := newDesk(t, s, Feed{Address: "/feed", Keep: Keep{For: 48 * time.Hour}})
	d.round()
	s.put("/feed", page{text: rss([4]string{"/one", "The toll", "03", "The storm cost five lives on the northern islands, the coast guard said."})})
	d.round()
	got := d.documents()
	if len(got) != 2 || !strings.Contains(got["The toll"].Text, "five lives") {
		t.Fatalf("got %v", got)
	}
	for title, old := range got {
		if title != "The toll" && (!strings.HasPrefix(title, "Earlier version of “The toll”") || !strings.Contains(old.Text, "three lives") || !slices.Contains(old.Tags, "earlier version") || old.Published.String() != "2024-05-03") {
			t.Errorf("got %q, %q, %s", title, old.Text, old.Published)
		}
	}
	// Another date alone makes no other version of the text.
	s.put("/feed", page{text: rss([4]string{"/one", "The toll", "04", "The storm cost five lives on the northern islands, the coast guard said."})})
	d.round()
	if got := d.documents(); len(got) != 2 || got["The toll"].Published.String() != "2024-05-04" {
		t.Errorf("got %v", got)
	}
	d.later(49 * time.Hour)
	d.round()
	if got := d.documents(); len(got) != 1 {
		t.Errorf("after its time it is still there: %v", got)
	}
}

func TestSilentChangesAndDisappearancesOfPages(t *testing.T) {
	s := newSite(t)
	s.put("/list", page{text: `<html><body><a href="/st/1">One</a> <a href="st/2#top">Two</a> <a href="/about">About</a> <a href="javascript:x()">x</a></body></html>`})
	s.put("/st/1", story("First", "The envoy will arrive on Monday, according to the ministry of foreign affairs of Norland."))
	s.put("/st/2", story("Second", "The talks on the strait were put off until the autumn, according to both of the delegations."))
	d := newDesk(t, s, Feed{Address: "/list", Pattern: "/st/*"})
	d.round()
	if got := d.documents(); len(got) != 2 || got["First"] == nil || got["Second"] == nil {
		t.Fatalf("got %v", got)
	}
	s.requests()
	d.round()
	if asked := s.requests(); !slices.Equal(asked, []string{"/list"}) {
		t.Errorf("a day has not passed, and it asks for %v", asked)
	}
	d.later(25 * time.Hour)
	d.change = 0
	d.round()
	if asked := s.requests(); len(asked) != 3 || d.change != 0 {
		t.Errorf("a day later it asks for %v, and tells %d changes", asked, d.change)
	}
	s.put("/st/1", story("First", "The envoy will arrive on Friday, according to the ministry of foreign affairs of Norland."))
	s.drop("/st/2")
	d.later(25 * time.Hour)
	d.round()
	got := d.documents()
	if !strings.Contains(got["First"].Text, "on Friday") || len(got) != 3 {
		t.Errorf("got %v", got)
	}
	if tags := strings.Join(got["Second"].Tags, ","); !strings.Contains(tags, "gone at its source since ") || d.status().Gone != 1 {
		t.Errorf("what vanished has the tags %q, status %+v", tags, d.status())
	}
	s.put("/st/2", story("Second", "The talks on the strait were put off until the autumn, according to both of the delegations."))
	d.later(25 * time.Hour)
	d.round()
	if tags := d.documents()["Second"].Tags; len(tags) != 0 || d.status().Gone != 0 {
		t.Errorf("what came back has the tags %q, status %+v", tags, d.status())
	}
}

func TestWhatAFeedTookOutIsMarked(t *testing.T) {
	says := func(what string) string {
		return "The ministry announced on that day that " + what + " would be looked at by a committee."
	}
	s := newSite(t)
	three, two, one := [4]string{"/3", "Three", "03", says("trade")}, [4]string{"/2", "Two", "02", says("fishing")}, [4]string{"/1", "One", "01", says("coal")}
	s.put("/feed", page{text: rss(three, two, one)})
	s.put("/1", story("One", says("coal")))
	d := newDesk(t, s, Feed{Address: "/feed"})
	d.round()
	s.put("/feed", page{text: rss(three, one)}) // the second was taken out, its page too
	d.round()
	if got := d.documents(); len(got) != 3 || len(got["Two"].Tags) != 1 || d.status().Gone != 1 {
		t.Errorf("got %v, %+v", got["Two"].Tags, d.status())
	}
	s.put("/feed", page{text: rss(three)}) // the first became too old for the list
	d.round()
	if got := d.documents(); len(got["One"].Tags) != 0 || d.status().Gone != 1 {
		t.Errorf("got %v, %+v", got["One"].Tags, d.status())
	}
}

func TestSitemaps(t *testing.T) {
	s := newSite(t)
	s.put("/sitemap.xml", page{text: `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>HOST/a.xml.gz</loc></sitemap><sitemap><loc>https://elsewhere.example/b.xml</loc></sitemap></sitemapindex>`})
	s.put("/a.xml.gz", page{serve: func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/x-gzip")
		z := gzip.NewWriter(w)
		fmt.Fprintf(z, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>%[1]s/speeches/1</loc><lastmod>2024-05-02</lastmod><news:news><news:publication_date>2024-05-01T08:00:00+02:00</news:publication_date><news:title>A speech</news:title></news:news></url>
<url><loc>%[1]s/contact</loc></url><url><loc>ftp://x/speeches/2</loc></url></urlset>`, s.URL)
		z.Close()
	}})
	s.put("/speeches/1", story("Speech", "Fellow citizens of Norland, the sea gives and the sea takes, and we have learned to live with both."))
	d := newDesk(t, s, Feed{Address: "/sitemap.xml", Pattern: "/speeches/*"})
	d.round()
	got := d.documents()
	if len(got) != 1 || got["A speech"] == nil || got["A speech"].Published.String() != "2024-05-01" {
		t.Errorf("got %v", got)
	}
}

func TestSourcesAreAskedPolitely(t *testing.T) {
	s := newSite(t)
	s.put("/robots.txt", page{text: "User-agent: *\nDisallow: /\n\nUser-agent: attache\nDisallow: /private/\n"})
	s.put("/feed", page{etag: `"1"`, text: rss([4]string{"/private/1", "One", "03", "What the feed itself says of the talks that were held behind closed doors is kept."})})
	d := newDesk(t, s, Feed{Address: "/feed", Full: true})
	d.round()
	if asked := s.requests(); !slices.Equal(asked, []string{"/feed"}) {
		t.Errorf("it asks for %v", asked)
	}
	if got := d.documents(); got["One"] == nil {
		t.Errorf("got %v", got)
	}
	d.round()
	if k, _ := loadFeed(d.store, d.feeds[0]); k.ETag != `"1"` || k.Failure != "" {
		t.Errorf("after an answer that nothing changed: %+v", k)
	}
	s.put("/robots.txt", page{text: "User-agent: *\nDisallow: /\n"})
	if err := newDesk(t, s, Feed{Address: "/feed"}).Once(t.Context()); err == nil || !strings.Contains(err.Error(), "robots.txt asks programs to stay away") {
		t.Errorf("got %v", err)
	}
}

func TestAHostThatWantsToBeLeftAloneIs(t *testing.T) {
	s := newSite(t)
	s.put("/feed", page{status: 429, header: map[string]string{"Retry-After": "7200"}})
	d := newDesk(t, s, Feed{Address: "/feed"})
	if err := d.Once(t.Context()); err == nil || !strings.Contains(err.Error(), "asks for a pause of 2h0m0s") {
		t.Errorf("got %v", err)
	}
	if wait := time.Until(d.status().Next); wait < 115*time.Minute {
		t.Errorf("it comes back in %v", wait)
	}
	s.requests()
	if err := d.Once(t.Context()); err == nil || !strings.Contains(err.Error(), "left alone until") || len(s.requests()) > 0 {
		t.Errorf("got %v", err)
	}
}

func TestAFeedThatFailsIsToldOnceAndBacksOff(t *testing.T) {
	s := newSite(t)
	s.put("/good", page{text: rss([4]string{"/1", "Good", "03", "The office of the governor confirmed the date of the summit in a short note."})})
	d := newDesk(t, s, Feed{Name: "bad", Address: "/bad"}, Feed{Name: "good", Address: "/good"})
	waits := []time.Duration{}
	for range 3 {
		if err := d.Once(t.Context()); err == nil || !strings.Contains(err.Error(), "the feed bad: ") || !strings.Contains(err.Error(), "404") {
			t.Errorf("got %v", err)
		}
		waits = append(waits, time.Until(d.status().Next).Round(time.Hour))
	}
	if !slices.Equal(waits, []time.Duration{time.Hour, 2 * time.Hour, 4 * time.Hour}) {
		t.Errorf("it waits %v", waits)
	}
	if len(d.documents()) != 1 {
		t.Errorf("the other feed has brought %v", d.documents())
	}
	s.put("/bad", page{text: rss()})
	d.round()
	d.round()
	log := d.log.String()
	if strings.Count(log, "can't be read") != 1 || strings.Count(log, "is read again") != 1 {
		t.Errorf("the log says\n%s", log)
	}
}

func TestWhatIsWrongWithASourceIsSaid(t *testing.T) {
	s := newSite(t)
	endless := func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "<rss><channel>")
		for chunk := strings.Repeat("<item><title>x</title></item>", 4000); ; {
			if _, err := io.WriteString(w, chunk); err != nil {
				return
			}
		}
	}
	for name, c := range map[string]struct {
		page page
		want string
	}{
		"endless":           {page{serve: endless}, "larger than 20 MB"},
		"redirect loop":     {page{serve: http.RedirectHandler("/feed", http.StatusMovedPermanently).ServeHTTP}, "more than 5 redirects"},
		"leads away":        {page{serve: http.RedirectHandler("https://elsewhere.example/feed", http.StatusMovedPermanently).ServeHTTP}, "does not allow this address"},
		"broken":            {page{text: "<rss><channel><item><title>a</title"}, "damaged at its source"},
		"deep":              {page{text: "<rss>" + strings.Repeat("<a>", 300_000)}, "deep in one another"},
		"a million items":   {page{text: "<rss><channel>" + strings.Repeat("<item><guid/></item>", 500_000)}, "more than 300000 elements"},
		"a million of JSON": {page{text: `{"version":"https://jsonfeed.org/version/1","items":[` + strings.Repeat("{},", 400_000) + "{}]}"}, "more than 300000 elements"},
		"empty":             {page{}, "it is empty"},
		"a page":            {page{text: "<html><body><a href=/x>x</a></body></html>"}, "set pattern"},
		"a bomb":            {page{serve: bomb}, "unpacked it is larger"},
		"broken robots":     {page{text: "<rss/>"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s.put("/feed", page{text: rss([4]string{"/1", "Good", "03", "The office of the governor confirmed the date of the summit in a short note."})})
			d := newDesk(t, s, Feed{Address: "/feed"})
			d.round()
			before := d.files()
			s.put("/feed", c.page)
			err := d.Once(t.Context())
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %v", err)
			}
			if files := d.files(); !slices.Equal(files, before) || d.status().Gone != 0 {
				t.Errorf("it left %v, %+v", files, d.status())
			}
		})
	}
}

// bomb is a small answer that is large when unpacked.
func bomb(w http.ResponseWriter, _ *http.Request) {
	z := gzip.NewWriter(w)
	defer z.Close()
	chunk := strings.Repeat(" ", 1<<20)
	for range 32 {
		io.WriteString(z, chunk)
	}
}

func TestHostileEntries(t *testing.T) {
	s := newSite(t)
	content := "The council met on Tuesday and put off its decision on the bridge to the islands until June."
	s.put("/feed", page{text: `<rss version="2.0"><channel><title>&lt;script&gt;alert(1)&lt;/script&gt;Office</title>
<item><title>&lt;img src=x onerror=alert(1)&gt;Bridge</title><link>javascript:alert(1)</link><guid>../../../etc/passwd</guid><pubDate>Thu, 01 Jan 9999 00:00:00 GMT</pubDate><description>&lt;p onclick="x()"&gt;` + content + `&lt;/p&gt;&lt;iframe src="http://127.0.0.1/"&gt;&lt;/iframe&gt;</description></item>
<item><title>../../escape</title><link>http://user:secret@elsewhere.example/</link><guid>b</guid><pubDate>yesterday</pubDate><description>` + content + ` It will meet again.</description></item>
<item><title>Relative</title><link>../notes/7#top</link><guid>c</guid><description>` + content + ` The notes are public.</description></item>
<item/><item><link>http://[broken</link></item></channel></rss>`})
	d := newDesk(t, s, Feed{Address: "/feed"})
	d.round()
	for title, doc := range d.documents() {
		address := map[bool]string{true: s.URL + "/notes/7"}[title == "Relative"] // the others have none that leads anywhere
		if !doc.Published.IsZero() || doc.URL != address || strings.ContainsAny(title, "<>") || doc.Publisher != "Office" {
			t.Errorf("got %q, %s, %q, %q", title, doc.Published, doc.URL, doc.Publisher)
		}
	}
	files := d.files()
	if len(files) != 6 {
		t.Errorf("it left %v", files)
	}
	for _, f := range files {
		if !strings.HasPrefix(f, "feeds/ministry/") {
			t.Errorf("it wrote %s", f)
		}
	}
}

func TestAPrivateNetworkIsNeverReached(t *testing.T) {
	s := newSite(t)
	s.put("/feed", page{text: rss()})
	d := newDesk(t, s, Feed{Address: "/feed"})
	d.web.Web = fetch.New([]string{s.URL}, nil) // as it is without a test
	if err := d.Once(t.Context()); err == nil || !strings.Contains(err.Error(), "no public address") || len(s.requests()) > 0 {
		t.Errorf("got %v", err)
	}
}

// A name that leads to the open Internet first and to a private network later is
// refused when it does.
func TestAPrivateNetworkLaterIsNotReached(t *testing.T) {
	s := newSite(t)
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the private network was reached") }))
	defer inside.Close()
	s.put("/feed", page{text: rss([4]string{"/one", "One", "03", ""})})
	s.put("/one", page{serve: http.RedirectHandler(inside.URL, http.StatusFound).ServeHTTP})
	d := newDesk(t, s, Feed{Address: "/feed", Full: true})
	d.round()
	if st := d.status(); st.Unread != 1 || len(d.files()) > 0 {
		t.Errorf("status %+v, files %v", st, d.files())
	}
}

func TestAMillionItems(t *testing.T) {
	s := newSite(t)
	s.put("/sitemap.xml", page{serve: func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "<urlset>")
		for i := range 1_000_000 {
			if _, err := fmt.Fprintf(w, "<url><loc>%s/%d</loc></url>", s.URL, i); err != nil {
				return
			}
		}
		io.WriteString(w, "</urlset>")
	}})
	p, err := Look(t.Context(), fetch.New([]string{s.URL}, everywhere), newDesk(t, s).reading, Feed{Address: s.URL + "/sitemap.xml"}, 0)
	if err == nil || !strings.Contains(err.Error(), "larger than 20 MB") {
		t.Errorf("got %+v, %v", p, err)
	}
}

func TestAFirstRoundGoesOnInTheNext(t *testing.T) {
	s := newSite(t)
	var items [][4]string
	for i := range mostPages + 5 {
		path := fmt.Sprint("/", i)
		items = append(items, [4]string{path, fmt.Sprint("Note ", i), "03", ""})
		s.put(path, story(fmt.Sprint("Note ", i), fmt.Sprint("Note number ", i, " of the ministry says that the matter is still being looked into by its lawyers.")))
	}
	s.put("/feed", page{etag: `"1"`, text: rss(items...)})
	d := newDesk(t, s, Feed{Address: "/feed", Full: true})
	d.round()
	if st := d.status(); st.Documents != mostPages || time.Until(st.Next) > 2*LeastEvery {
		t.Errorf("the first round brought %d, the next is in %v", st.Documents, time.Until(st.Next))
	}
	d.round()
	if st := d.status(); st.Documents != mostPages+5 {
		t.Errorf("the second round brought %+v", st)
	}
}

func TestParseKeep(t *testing.T) {
	for s, want := range map[string]Keep{"0": {}, "5": {Count: 5}, "365d": {For: 365 * 24 * time.Hour}, "12h": {For: 12 * time.Hour}} {
		if got, err := ParseKeep(s); err != nil || got != want {
			t.Errorf("%s: got %+v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "-1", "51", "5w", "0d", "d", "99999999999d"} {
		if got, err := ParseKeep(s); err == nil {
			t.Errorf("%q is taken for %+v", s, got)
		}
	}
}

func FuzzList(f *testing.F) {
	for _, seed := range []string{wordpress, drupal, hugo, atomFeed, jsonFeed, "<urlset><url><loc>a</loc></url></urlset>", "<a href=b>c</a>"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Feed{Pattern: "*"}.list(data, "https://ministry.example/feed", time.Now())
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, e := range l.entries {
			if e.key == "" || seen[e.key] {
				t.Errorf("an entry with the key %q", e.key)
			}
			seen[e.key] = true
			if e.link != "" && !strings.HasPrefix(e.link, "http") {
				t.Errorf("a link to %q", e.link)
			}
			if name := (Feed{Name: "x"}).fileName(e, ".html"); strings.Contains(name, "..") || strings.Count(name, "/") != 2 {
				t.Errorf("a file called %q", name)
			}
		}
	})
}
