package api_test

import (
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"

	"example.org/attache/bot/api"
	"example.org/attache/bot/command"
)

// publish lets a server give the addresses of quotes, as paths below its own.
func publish(c *api.Config, b *command.Bot) { b.PublicURL = "." }

// quotePath is the path of the page of the first thing that somebody says on a
// topic.
func quotePath(t *testing.T, server, speaker, topic string) string {
	t.Helper()
	_, body := get(t, server+"/v1/said?limit=1&speaker="+speaker+"&topic="+topic)
	var found struct{ Results []struct{ Link string } }
	if err := json.Unmarshal([]byte(body), &found); err != nil || len(found.Results) != 1 {
		t.Fatalf("%v: %s", err, body)
	}
	return strings.TrimPrefix(found.Results[0].Link, ".")
}

// texts returns the texts of a page's elements with a tag.
func texts(t *testing.T, page, tag string) (all []string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var text func(n *html.Node) string
	text = func(n *html.Node) string {
		if n.Type == html.TextNode {
			return n.Data
		}
		s := ""
		for c := range n.ChildNodes() {
			s += text(c)
		}
		return s
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == tag {
			all = append(all, text(n))
		}
	}
	return all
}

func TestAQuoteHasAPageThatShowsItInItsDocument(t *testing.T) {
	srv, _ := server(t, documents, publish)
	path := quotePath(t, srv.URL, "Ada+Quist", "flag")
	if !strings.HasPrefix(path, "/q/talks/first%20round%20%231.txt/") {
		t.Fatal(path)
	}
	resp, page := get(t, srv.URL+path, "Authorization", "") // it needs no token
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Fatalf("%d %s", resp.StatusCode, page)
	}
	for tag, want := range map[string]string{
		"h1": "Herring talks <b>open</b>", "mark": "The herring <i>belongs</i> to every flag,", "title": "Herring talks <b>open</b>",
		"pre": "Ruiz. “Herring talks <b>open</b>.” The Coast Post, March 9, 2024. https://coast.example/talks?a=1&b=2.",
	} {
		if got := texts(t, page, tag); len(got) == 0 || !strings.Contains(got[0], want) {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
	shown := texts(t, page, "blockquote")[0]
	for _, want := range []string{"Delegations from Norland", "We will not sell it to anybody.", "The talks go on in May."} {
		if !strings.Contains(shown, want) {
			t.Errorf("the context lacks %q: %s", want, shown)
		}
	}
	for _, want := range []string{`href="https://coast.example/talks?a=1&amp;b=2"`, "— <bdi>Ada Quist</bdi>", `<html lang="en" dir="ltr">`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in %s", want, page)
		}
	}
	if strings.Contains(page, "<script") {
		t.Error("there is a script")
	}
	if resp, _ := get(t, srv.URL+path, "If-None-Match", resp.Header.Get("ETag")); resp.StatusCode != http.StatusNotModified {
		t.Errorf("unchanged: %d", resp.StatusCode)
	}
	if resp, _ := get(t, srv.URL+path, "Range", "bytes=0-3"); resp.StatusCode >= 500 {
		t.Errorf("a part: %d", resp.StatusCode)
	}
}

// The page speaks the language that a browser prefers; what it quotes stays as it is.
func TestAPageSpeaksTheVisitorsLanguage(t *testing.T) {
	srv, _ := server(t, documents, publish)
	path := quotePath(t, srv.URL, "Ada+Quist", "flag")
	for preferred, want := range map[string][]string{
		"de-AT,de;q=0.9,en;q=0.5": {`<html lang="de" dir="ltr">`, "An der Quelle lesen", "9. März 2024", "The herring"},
		"ar":                      {`<html lang="ar" dir="rtl">`, "The herring"},
		"fi, ko;q=0.8":            {`<html lang="ko" dir="ltr">`, "2024년 3월 9일"},
		"fi":                      {`<html lang="en" dir="ltr">`},
		";;;=":                    {`<html lang="en" dir="ltr">`},
	} {
		resp, page := get(t, srv.URL+path, "Accept-Language", preferred)
		if resp.StatusCode != http.StatusOK || !strings.Contains(resp.Header.Get("Vary"), "Accept-Language") {
			t.Errorf("%s: %d, Vary: %s", preferred, resp.StatusCode, resp.Header.Get("Vary"))
		}
		for _, w := range want {
			if !strings.Contains(page, w) {
				t.Errorf("%s: no %s in %s", preferred, w, page)
			}
		}
	}
	_, page := get(t, srv.URL+"/q/gone.txt/0-9?h=1", "Accept-Language", "de")
	if !strings.Contains(page, "Das Dokument gibt es nicht mehr") || strings.Contains(page, "no longer") {
		t.Errorf("what is gone is told by %s", page)
	}
}

// A text that has changed is told: another in the same place is not taken for
// the quote, nor is the same elsewhere, and nobody reads on from a place that
// they make up.
func TestAChangedTextSaysSo(t *testing.T) {
	srv, change := server(t, documents, publish)
	path := quotePath(t, srv.URL, "Ada+Quist", "boats")
	place, sum, _ := strings.Cut(path, "?h=")
	for name, c := range map[string]struct {
		path   string
		status int
		says   string
	}{
		"another place":     {regexp.MustCompile(`\d+-\d+$`).ReplaceAllString(place, "0-12") + "?h=" + sum, 410, "has changed"},
		"beyond the end":    {regexp.MustCompile(`\d+-\d+$`).ReplaceAllString(place, "0-99999999") + "?h=" + sum, 410, "has changed"},
		"no checksum":       {place, 410, "has changed"},
		"a short checksum":  {place + "?h=" + sum[:1], 410, "has changed"},
		"an empty checksum": {place + "?h=", 410, "has changed"},
		"no such document":  {"/q/gone.txt/0-9?h=" + sum, 404, "no longer among"},
		"no place":          {"/q/talks/second.md?h=" + sum, 404, "START-END"},
		"backwards":         {"/q/talks/second.md/9-3?h=" + sum, 404, "START-END"},
		"no numbers":        {"/q/talks/second.md/a-b?h=" + sum, 404, "START-END"},
		"a huge number":     {"/q/talks/second.md/0-99999999999999999999?h=" + sum, 404, "START-END"},
		"up and away":       {"/q/..%2f..%2fetc/passwd/0-9?h=" + sum, 404, "no longer among"},
		"markup":            {"/q/%3Cscript%3Ealert(1)%3C/script%3E/0-9?h=" + sum, 404, "no longer among"},
	} {
		resp, page := get(t, srv.URL+c.path)
		if resp.StatusCode != c.status || !strings.Contains(page, c.says) || strings.Contains(page, "<mark") || strings.Contains(page, "<script") {
			t.Errorf("%s: %d %s", name, resp.StatusCode, page)
		}
	}
	shifted := fstest.MapFS{"talks/second.md": {Data: []byte("---\ntitle: Second round\n---\n\nA correction stands here now.\n\nTransport Minister Ada Quist said on Tuesday: “Twelve boats may fish for herring in winter.”\n")}}
	change(shifted)
	resp, page := get(t, srv.URL+path)
	if resp.StatusCode != http.StatusGone || !strings.Contains(page, "talks/second.md has changed") || strings.Contains(page, "<mark") {
		t.Errorf("%d %s", resp.StatusCode, page)
	}
}

// The description has no way to say that the slashes of a document's name stay.
func TestPagesAreAsDescribed(t *testing.T) {
	srv, _ := server(t, documents, publish)
	path := quotePath(t, srv.URL, "Ada+Quist", "night")
	for address, want := range map[string]int{path: 200, strings.Replace(path, "undated", "gone", 1): 404, strings.TrimRight(path, "=") + "x": 410} {
		resp, page := get(t, srv.URL+address)
		if resp.StatusCode != want {
			t.Errorf("%s: %d, want %d", address, resp.StatusCode, want)
		}
		described(t, resp, page)
	}
}

// Of long paragraphs as much is shown as one reads; the quote always whole.
func TestLongParagraphsAreShownInPart(t *testing.T) {
	long := strings.Repeat("The café boat crosses the sea. ", 2000)
	srv, _ := server(t, fstest.MapFS{"long.txt": {Data: []byte("Long\n\n" + long + "\n\n" + long + "“Zebras swim,” said Ada Quist. " + long + "\n\n" + long + "\n")}}, publish)
	_, page := get(t, srv.URL+quotePath(t, srv.URL, "Ada+Quist", "zebras"))
	if got := texts(t, page, "mark"); len(got) != 1 || got[0] != "Zebras swim," || len(page) > 30_000 || strings.Contains(page, "\ufffd") {
		t.Errorf("%d bytes, marked %q", len(page), got)
	}
}

// In a real browser, on a phone, by day and by night: the style is let through
// by the policy, the quote is marked, and nothing is wider than the screen.
func TestThePageInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes seconds to start")
	}
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" {
		t.Skip("no Chromium is installed")
	}
	srv, _ := server(t, documents, publish)
	address := srv.URL + quotePath(t, srv.URL, "Ada+Quist", "flag")
	for _, c := range []struct {
		scheme      string // as Blink numbers it
		paper, mark color.RGBA
	}{
		{"1", color.RGBA{0xff, 0xff, 0xff, 0xff}, color.RGBA{0xff, 0xe5, 0x8a, 0xff}},
		{"0", color.RGBA{0x17, 0x18, 0x1b, 0xff}, color.RGBA{0x6b, 0x5a, 0x12, 0xff}},
	} {
		dir := t.TempDir()
		shot := filepath.Join(dir, "page.png")
		cmd := exec.CommandContext(t.Context(), browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--user-data-dir="+filepath.Join(dir, "profile"),
			"--window-size=500,900", "--blink-settings=preferredColorScheme="+c.scheme, "--screenshot="+shot, address)
		cmd.WaitDelay = 10 * time.Second
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", browser, err, out)
		}
		f, err := os.Open(shot)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		if got := color.RGBAModel.Convert(img.At(2, 2)); got != c.paper {
			t.Errorf("colour scheme %s: the paper is %v, want %v", c.scheme, got, c.paper)
		}
		if n := pixels(img, c.mark); n < 500 {
			t.Errorf("colour scheme %s: %d pixels of the mark's colour", c.scheme, n)
		}
		for y := range img.Bounds().Dy() {
			if got := color.RGBAModel.Convert(img.At(img.Bounds().Dx()-2, y)); got != c.paper {
				t.Errorf("colour scheme %s: something at the right edge, %d from the top: %v", c.scheme, y, got)
				break
			}
		}
	}
}

func pixels(img image.Image, want color.RGBA) (n int) {
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if color.RGBAModel.Convert(img.At(x, y)) == want {
				n++
			}
		}
	}
	return n
}

// Whatever address somebody makes up, the page is one or says why not.
func FuzzQuoteAddresses(f *testing.F) {
	f.Add("undated.txt", 7, 20, "aaaaaaaaaa")
	f.Add("talks/first round #1.txt", -1, 1<<40, "")
	f.Add("../\x00<script>", 3, 3, "\"><script>")
	srv, _ := server(f, documents, publish)
	f.Fuzz(func(t *testing.T, document string, start, end int, sum string) {
		resp, page := get(t, fmt.Sprintf("%s/q/%s/%d-%d?h=%s", srv.URL, url.PathEscape(document), start, end, url.QueryEscape(sum)))
		if resp.StatusCode >= 500 || strings.Contains(strings.ToLower(page), "<script") {
			t.Errorf("%d %s", resp.StatusCode, page)
		}
	})
}
