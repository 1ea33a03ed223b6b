package feed

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/attache/bot/state"
	"example.org/attache/corpus"
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

// edit lets a person change the only sidecar there is, with comments of theirs.
func (d *desk) edit(change ...string) {
	d.t.Helper()
	name := d.sidecar()
	data, err := os.ReadFile(name)
	if err != nil {
		d.t.Fatal(err)
	}
	text := strings.NewReplacer(change...).Replace(string(data))
	if text == string(data) {
		d.t.Fatalf("nothing to change in %s", data)
	}
	if err := os.WriteFile(name, []byte("# by hand\n"+text), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

// sidecar is the name of the only sidecar beside a document of today.
func (d *desk) sidecar() string {
	d.t.Helper()
	for _, name := range d.files() {
		if strings.HasSuffix(name, corpus.SidecarSuffix) && !strings.Contains(name, "/"+earlier+"/") {
			return filepath.Join(d.dir, name)
		}
	}
	d.t.Fatalf("no sidecar among %v", d.files())
	return ""
}

// What a person corrects beside a document stays, whatever changes at its source;
// what they left alone follows the source.
func TestWhatAPersonCorrectsStays(t *testing.T) {
	s := newSite(t)
	item := func(title, day, toll, category string) page {
		return page{text: strings.Replace(rss([4]string{"/one", title, day, "The storm cost " + toll + " lives on the northern islands."}), "<guid", "<category>"+category+"</category><guid", 1)}
	}
	s.put("/feed", item("The toll", "03", "three", "weather"))
	d := newDesk(t, s, Feed{Address: "/feed", Tags: []string{"norland"}})
	d.round()
	d.edit("The toll", "The toll of the storm", "'2024-05-03'", "2024-05-02", "norland", "north")
	d.change = 0
	d.round()
	if data, _ := os.ReadFile(d.sidecar()); d.change != 0 || !strings.HasPrefix(string(data), "# by hand") {
		t.Errorf("a round without news changes it to %s", data)
	}
	for _, c := range []struct{ name, title, day, toll, category string }{
		{"another text and title", "The toll rises", "03", "five", "weather"},
		{"another date", "The toll rises", "04", "five", "weather"},
		{"another tag", "The toll rises", "04", "five", "storms"},
	} {
		s.put("/feed", item(c.title, c.day, c.toll, c.category))
		d.round()
		doc := d.documents()["The toll of the storm"]
		if doc == nil {
			t.Fatalf("%s: there are %v", c.name, slices.Collect(maps.Keys(d.documents())))
		}
		want := []string{c.category, "north"}
		if doc.Published.String() != "2024-05-02" || !slices.Equal(doc.Tags, want) || !strings.Contains(doc.Text, c.toll) {
			t.Errorf("%s: it says %q, of %s, with the tags %q", c.name, doc.Text, doc.Published, doc.Tags)
		}
	}
	// One that was taken away is made anew.
	if err := os.Remove(d.sidecar()); err != nil {
		t.Fatal(err)
	}
	s.put("/feed", item("The toll rises", "05", "five", "weather"))
	d.round()
	if doc := d.documents()["The toll rises"]; doc == nil || doc.Published.String() != "2024-05-05" {
		t.Errorf("got %v", doc)
	}
}

// A round that was killed between writing a sidecar and noting it leaves nothing
// that the next takes for a person's work.
func TestWhatAKilledRoundWroteIsNoPersonsWork(t *testing.T) {
	s := newSite(t)
	item := func(day, toll string) page {
		return page{text: rss([4]string{"/one", "The toll", day, "The storm cost " + toll + " lives on the northern islands."})}
	}
	for _, toll := range []string{"three", "five"} { // the text stays, or changes with the date
		for n := 1; ; n++ {
			s.put("/feed", item("03", "three"))
			d := newDesk(t, s, Feed{Address: "/feed"})
			d.round()
			s.put("/feed", item("04", toll))
			mortal := &dying{Store: d.store, left: n}
			d.Poller.store = mortal
			d.Once(t.Context())
			d.Poller.store = d.store
			s.put("/feed", item("05", toll))
			d.round()
			if got := d.documents()["The toll"]; got == nil || got.Published.String() != "2024-05-05" || !strings.Contains(got.Text, toll) {
				t.Errorf("killed at change %d: %+v", n, got)
			}
			if !mortal.dead {
				break
			}
		}
	}
}

// dying is a store that ends with its program before the n-th change.
type dying struct {
	state.Store
	left int
	dead bool
}

func (d *dying) Write(changes ...state.Change) error {
	if d.left--; d.dead || d.left == 0 {
		d.dead = true
		return errors.New("killed")
	}
	return d.Store.Write(changes...)
}

func TestWhatACrashLeftIsSwept(t *testing.T) {
	s := newSite(t)
	s.put("/feed", page{text: rss([4]string{"/one", "One", "03", "The storm cost three lives on the northern islands."})})
	d := newDesk(t, s, Feed{Address: "/feed"})
	d.round()
	before := d.files()
	for _, name := range []string{"feeds/ministry/.ABC.partial", "feeds/ministry/earlier/.DEF.partial"} {
		name = filepath.Join(d.dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte("half"), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	d.round()
	if got := d.files(); !slices.Equal(got, before) {
		t.Errorf("left: %v", got)
	}
}

func TestWhatWasNeverReadAndIsListedNoMoreIsForgotten(t *testing.T) {
	s := newSite(t)
	says := "The harbour of Norland opens again on Monday, the minister of transport said."
	s.put("/feed", page{text: rss([4]string{"/lost", "Lost", "04", ""}, [4]string{"/one", "One", "03", says})})
	d := newDesk(t, s, Feed{Address: "/feed"})
	d.round()
	if st := d.status(); st.Unread != 1 || st.Documents != 1 {
		t.Fatalf("got %+v", st)
	}
	s.put("/feed", page{text: rss([4]string{"/one", "One", "03", says})})
	d.round()
	if _, items, err := load(d.store, d.feeds[0]); err != nil || len(items) != 1 || d.status().Unread != 0 {
		t.Errorf("%d are known, %+v, %v", len(items), d.status(), err)
	}
}

func TestASidecarThatAPersonDamaged(t *testing.T) {
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
