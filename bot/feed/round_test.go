package feed

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestABusyPageDoesNotStandBeforeTheOthers(t *testing.T) {
	s := newSite(t)
	s.put("/busy", page{status: 503, header: map[string]string{"Retry-After": "1"}})
	s.put("/fine", story("Fine", "The harbour of Norland opens again on Monday, the minister of transport said."))
	s.put("/feed", page{text: rss([4]string{"/busy", "Busy", "04", ""}, [4]string{"/fine", "Fine", "03", ""})})
	d := newDesk(t, s, Feed{Address: "/feed", Full: true})
	if err := d.Once(t.Context()); err == nil || !strings.Contains(err.Error(), "503") {
		t.Errorf("the first round: %v", err)
	}
	d.web = newPolite(d.web.Web, time.Millisecond) // the host's pause is over
	d.round()
	if got := d.documents(); got["Fine"] == nil {
		t.Errorf("got %v", got)
	}
}

func TestABadSitemapCostsNoOther(t *testing.T) {
	s := newSite(t)
	s.put("/index.xml", page{etag: `"1"`, text: `<sitemapindex><sitemap><loc>HOST/gone.xml</loc></sitemap><sitemap><loc>HOST/a.xml</loc></sitemap></sitemapindex>`})
	s.put("/a.xml", page{text: `<urlset><url><loc>HOST/1</loc></url></urlset>`})
	s.put("/1", story("First", "The first note of the ministry says that the ferry to the islands runs again."))
	s.put("/2", story("Second", "The second note of the ministry says that the bridge is closed until autumn."))
	d := newDesk(t, s, Feed{Address: "/index.xml", Pattern: "/*"})
	d.round()
	if st := d.status(); st.Documents != 1 {
		t.Errorf("got %+v", st)
	}
	// The index stays as it is while one of its sitemaps changes.
	s.put("/a.xml", page{text: `<urlset><url><loc>HOST/1</loc></url><url><loc>HOST/2</loc></url></urlset>`})
	d.round()
	if st := d.status(); st.Documents != 2 {
		t.Errorf("got %+v", st)
	}
}

func TestASitemapLeadsToABoundedNumberOfOthers(t *testing.T) {
	s := newSite(t)
	index := ""
	for i := range mostChildren + 10 {
		index += fmt.Sprintf("<sitemap><loc>HOST/%d.xml</loc></sitemap>", i)
		s.put(fmt.Sprintf("/%d.xml", i), page{text: "<urlset></urlset>"})
	}
	s.put("/index.xml", page{text: "<sitemapindex>" + index + "</sitemapindex>"})
	newDesk(t, s, Feed{Address: "/index.xml", Pattern: "/*"}).round()
	if asked := s.requests(); len(asked) != 1+mostChildren {
		t.Errorf("it asks for %d: %v", len(asked), asked)
	}
}

func TestOldSitemapsAreReadUntilNothingIsLeft(t *testing.T) {
	s := newSite(t)
	urls := ""
	for i := range mostPages + 5 {
		urls += fmt.Sprintf("<url><loc>HOST/%d</loc></url>", i)
		s.put(fmt.Sprint("/", i), story(fmt.Sprint("Note ", i), fmt.Sprint("Note number ", i, " of the ministry says that the lighthouse is being repaired.")))
	}
	s.put("/index.xml", page{text: `<sitemapindex><sitemap><loc>HOST/old.xml</loc><lastmod>2019-12-31</lastmod></sitemap></sitemapindex>`})
	s.put("/old.xml", page{text: "<urlset>" + urls + "</urlset>"})
	d := newDesk(t, s, Feed{Address: "/index.xml", Pattern: "/*"})
	d.round()
	d.round()
	if st := d.status(); st.Documents != mostPages+5 {
		t.Errorf("got %+v", st)
	}
	s.requests()
	d.round()
	if asked := s.requests(); slices.Contains(asked, "/old.xml") {
		t.Error("a sitemap that did not change since all of it was read is read again")
	}
}

func TestAnEarlierVersionThatComesBackStays(t *testing.T) {
	s := newSite(t)
	d := newDesk(t, s, Feed{Address: "/feed", Keep: Keep{Count: 2}})
	for _, toll := range []string{"three", "five", "three", "five", "three"} {
		s.put("/feed", page{text: rss([4]string{"/one", "The toll", "03", "The storm cost " + toll + " lives on the northern islands."})})
		d.round()
	}
	_, items, err := load(d.store, d.feeds[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range items {
		if len(it.Versions) == 0 {
			t.Error("no earlier version is known")
		}
		for _, v := range it.Versions {
			if _, err := os.Stat(filepath.Join(d.dir, v.File)); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestARoundThatEndsAfterWritingKeepsTheEarlierVersion(t *testing.T) {
	s := newSite(t)
	d := newDesk(t, s, Feed{Address: "/feed"})
	say := func(toll string) {
		s.put("/feed", page{text: rss([4]string{"/one", "The toll", "03", "The storm cost " + toll + " lives on the northern islands."})})
	}
	say("three")
	d.round()
	k, before, err := load(d.store, d.feeds[0])
	if err != nil {
		t.Fatal(err)
	}
	say("five")
	d.round()
	// What was noted before the new text was written, as if the program had ended then.
	_, after, err := load(d.store, d.feeds[0])
	if err != nil {
		t.Fatal(err)
	}
	for key, it := range before {
		it.Versions = after[key].Versions
		if err := save(d.store, d.feeds[0], k, it); err != nil {
			t.Fatal(err)
		}
	}
	d.round()
	got := d.documents()
	if len(got) != 2 {
		t.Errorf("got %v", got)
	}
	for title, doc := range got {
		if title != "The toll" && !strings.Contains(doc.Text, "three lives") {
			t.Errorf("%s says %q", title, doc.Text)
		}
	}
}

func TestASidecarThatAPersonChanged(t *testing.T) {
	s := newSite(t)
	d := newDesk(t, s, Feed{Address: "/feed"})
	s.put("/feed", page{text: rss([4]string{"/one", "The toll", "03", "The storm cost three lives on the northern islands."})})
	d.round()
	for _, says := range []string{"date = 2024-05-03\n", "date = = broken\n"} {
		for _, name := range d.files() {
			if strings.HasSuffix(name, ".toml") {
				if err := os.WriteFile(filepath.Join(d.dir, name), []byte(says), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
		s.put("/feed", page{text: rss([4]string{"/one", "The toll", "03", "The storm cost four lives, not " + says[7:9] + ", on the islands."})})
		d.round() // which ends for no such reason
	}
}
