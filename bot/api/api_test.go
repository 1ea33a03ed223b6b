package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/mmcdole/gofeed"

	"example.org/attache/bot/api"
	"example.org/attache/bot/command"
	"example.org/attache/index"
)

const token = "correct-horse-battery-staple"

var documents = fstest.MapFS{
	"talks/first round #1.txt.meta.toml": {Data: []byte("title = \"Herring talks <b>open</b>\"\npublisher = \"The Coast Post\"\nauthor = \"Ana Ruiz\"\ndate = 2024-03-09\nurl = \"https://coast.example/talks?a=1&b=2\"\ntags = [\"herring\"]\n")},
	"talks/first round #1.txt":           {Data: []byte("Delegations from Norland and Suder met in Vessby on Saturday to share the herring.\n\n“The herring <i>belongs</i> to every flag,” said Norland's Transport Minister Ada Quist. “We will not sell it to anybody.”\n\nThe talks go on in May.\n")},
	"talks/second.md":                    {Data: []byte("---\ntitle: Second round\ndate: 2024-05-21\n---\n\nTransport Minister Ada Quist said on Tuesday: “Twelve boats may fish for herring in winter.”\n\nTomas Brandt, the chief negotiator of Suder, said: “We asked for thirty boats and got twelve; the herring was worth it.”\n")},
	"undated.txt":                        {Data: []byte("A note\n\n“Nobody counts the herring at night,” said Ada Quist.\n")},
}

// server is the API over a few documents, in a folder that a test may change.
func server(t testing.TB, files fstest.MapFS, change func(*api.Config, *command.Bot)) (*httptest.Server, func(fstest.MapFS)) {
	t.Helper()
	dir := t.TempDir()
	build := func(files fstest.MapFS) {
		t.Helper()
		if _, err := index.Build(t.Context(), dir, files, index.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	build(files)
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	b := &command.Bot{Index: func() *index.Index { return ix }, Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return time.Date(2024, 9, 12, 12, 0, 0, 0, time.UTC) }}
	c := api.Config{Token: token, Log: b.Log}
	if change != nil {
		change(&c, b)
	}
	srv := httptest.NewServer(api.New(c, b).Handler())
	t.Cleanup(srv.Close)
	return srv, func(files fstest.MapFS) {
		build(files)
		if err := ix.Refresh(); err != nil {
			t.Fatal(err)
		}
	}
}

// get asks with the token and returns the answer.
func get(t *testing.T, address string, headers ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i+1] == "" {
			req.Header.Del(headers[i])
		} else {
			req.Header.Set(headers[i], headers[i+1])
		}
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

// router finds what the description says of a request.
var router = sync.OnceValues(func() (routers.Router, error) {
	data, err := os.ReadFile("openapi.json")
	if err != nil {
		return nil, err
	}
	doc, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		return nil, err
	}
	if err := doc.Validate(context.Background()); err != nil {
		return nil, err
	}
	return legacy.NewRouter(doc)
})

// described fails the test where an answer is not as openapi.json has it.
func described(t *testing.T, resp *http.Response, body string) {
	t.Helper()
	rt, err := router()
	if err != nil {
		t.Fatal(err)
	}
	plain := resp.Request.Clone(t.Context())
	plain.URL.Scheme, plain.URL.Host, plain.Host = "", "", ""
	route, params, err := rt.FindRoute(plain)
	if err != nil {
		t.Fatalf("%s is not described: %v", resp.Request.URL, err)
	}
	openapi3filter.RegisterBodyDecoder("application/problem+json", openapi3filter.JSONBodyDecoder)
	openapi3filter.RegisterBodyDecoder("application/atom+xml", openapi3filter.FileBodyDecoder)
	openapi3filter.RegisterBodyDecoder("text/html", openapi3filter.FileBodyDecoder)
	asked := &openapi3filter.RequestValidationInput{Request: plain, Route: route, PathParams: params,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true}}
	if resp.StatusCode == http.StatusOK {
		if err := openapi3filter.ValidateRequest(t.Context(), asked); err != nil {
			t.Errorf("%s: the request: %v", resp.Request.URL, err)
		}
	}
	err = openapi3filter.ValidateResponse(t.Context(), &openapi3filter.ResponseValidationInput{RequestValidationInput: asked,
		Status: resp.StatusCode, Header: resp.Header, Body: io.NopCloser(strings.NewReader(body)), Options: asked.Options})
	if err != nil {
		t.Errorf("%s: %v\n%s", resp.Request.URL, err, body)
	}
}

func TestAnswersAreAsDescribed(t *testing.T) {
	srv, _ := server(t, documents, func(c *api.Config, b *command.Bot) { b.PublicURL = "https://bot.example" })
	for path, want := range map[string]struct {
		status int
		holds  string
	}{
		"/v1/ask?question=How+many+boats+may+fish+for+herring%3F":                               {200, `"answered":true`},
		"/v1/ask?question=How+many+boats+may+fish+for+herring%3F&limit=1&since=2024&until=2025": {200, `"link":"https://bot.example/q/talks/second.md/`},
		"/v1/ask?question=Who+is+the+king+of+France%3F":                                         {200, `"answered":false`},
		"/v1/ask?question=hello":                                     {200, `"answers":[]`},
		"/v1/who?name=Ada+Quist":                                     {200, `"name":"Ada Quist"`},
		"/v1/who?name=Zebulon+Crake":                                 {200, `{"results":[],"more":false}`},
		"/v1/said?speaker=Quist&topic=herring":                       {200, `"speaker":"Ada Quist"`},
		"/v1/said?speaker=Quist&limit=1":                             {200, `"more":true`},
		"/v1/timeline?topic=herring":                                 {200, `"published":"2024-03-09"`},
		"/v1/timeline?topic=herring&limit=200":                       {200, `"more":false`},
		"/v1/compare?topic=herring&speaker_a=Quist&speaker_b=Brandt": {200, `"speaker":"Tomas Brandt"`},
		"/v1/sources":                                  {200, `"document":"talks/first round #1.txt"`},
		"/v1/sources?limit=1&offset=1":                 {200, `"more":true`},
		"/v1/sources?limit=5&offset=3":                 {200, `{"results":[],"more":false}`},
		"/v1/text?document=undated.txt":                {200, `Nobody counts the herring`},
		"/v1/text?document=undated.txt&start=2&end=6":  {200, `"text":"note","start":2,"end":6,"bytes":`},
		"/v1/text?document=../config.toml":             {404, `There is no document`},
		"/v1/text":                                     {400, `document is missing`},
		"/v1/text?document=undated.txt&start=x":        {400, `start is \"x\"`},
		"/v1/ask":                                      {400, `option question is missing`},
		"/v1/ask?question=" + strings.Repeat("x", 501): {400, `may have 500 characters`},
		"/v1/ask?question=a&question=b":                {400, `given 2 times`},
		"/v1/ask?question=why&colour=red":              {400, `no parameter \"colour\"`},
		"/v1/ask?question=why&private=true":            {400, `no parameter \"private\"`},
		"/v1/ask?question=why&limit=0":                 {400, `limit is \"0\"`},
		"/v1/ask?question=why&limit=51":                {400, `from 1 to 50`},
		"/v1/ask?question=why&offset=1":                {400, `offset is no parameter`},
		"/v1/ask?question=why&since=banana":            {400, `is not a date`},
		"/v1/ask?question=%zz":                         {400, `can't be read`},
		"/feeds/said?speaker=Ada+Quist":                {200, `<title>Ada Quist</title>`},
		"/feeds/said":                                  {400, `option speaker is missing`},
		"/feeds/timeline?topic=herring":                {200, `Second round`},
		"/openapi.json":                                {200, `"openapi"`},
	} {
		resp, body := get(t, srv.URL+path)
		if resp.StatusCode != want.status || !strings.Contains(body, want.holds) {
			t.Errorf("%s: %d %s\nwant %d %s", path, resp.StatusCode, body, want.status, want.holds)
		}
		described(t, resp, body)
	}
}

// The objects are those that --json prints.
func TestQuotesAreSlicesOfTheTextThatTheInterfaceGives(t *testing.T) {
	srv, _ := server(t, documents, nil)
	_, body := get(t, srv.URL+"/v1/said?speaker=Ada+Quist")
	var found struct {
		Results []struct {
			Quote, Document string
			Start, End      int
		}
	}
	if err := json.Unmarshal([]byte(body), &found); err != nil || len(found.Results) < 3 {
		t.Fatalf("%v: %s", err, body)
	}
	for _, q := range found.Results {
		_, body := get(t, fmt.Sprintf("%s/v1/text?document=%s&start=%d&end=%d", srv.URL, url.QueryEscape(q.Document), q.Start, q.End))
		var part struct{ Text string }
		if err := json.Unmarshal([]byte(body), &part); err != nil || part.Text != q.Quote {
			t.Errorf("%q is %q in its document (%v)", q.Quote, part.Text, err)
		}
	}
}

func TestNobodyAsksWithoutTheToken(t *testing.T) {
	srv, _ := server(t, documents, func(c *api.Config, b *command.Bot) { c.MCP = http.NotFoundHandler() })
	for _, path := range []string{"/v1/ask?question=why", "/v1/sources", "/v1/text?document=undated.txt", "/feeds/said?speaker=Quist", "/mcp"} {
		for _, given := range []string{"", "Bearer", "Bearer ", "Bearer wrong", "Bearer " + token + "x", "Bearer " + token[1:], token, "Basic eDp3cm9uZw=="} {
			resp, body := get(t, srv.URL+path, "Authorization", given)
			if resp.StatusCode != http.StatusUnauthorized || resp.Header.Get("WWW-Authenticate") == "" || strings.Contains(body, token) {
				t.Errorf("%s with %q: %d %s", path, given, resp.StatusCode, body)
			}
		}
	}
	req, _ := http.NewRequestWithContext(t.Context(), "GET", srv.URL+"/feeds/said?speaker=Quist", nil)
	req.SetBasicAuth("reader", token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("a reader of feeds with the token: %d", resp.StatusCode)
	}
}

// Without a token only this machine may ask; a page of another site may not have
// its reader's browser ask in its place.
func TestWithoutATokenOnlyThisMachineMayAsk(t *testing.T) {
	srv, _ := server(t, documents, func(c *api.Config, b *command.Bot) { c.Token = "" })
	for host, want := range map[string]int{"": 200, "localhost:80": 200, "[::1]:80": 200, "127.0.0.1": 200, "evil.example": 403, "127.0.0.1.evil.example": 403, "localhost.evil.example:80": 403} {
		req, _ := http.NewRequestWithContext(t.Context(), "GET", srv.URL+"/v1/sources", nil)
		req.Host = host
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%q: %d, want %d", host, resp.StatusCode, want)
		}
	}
}

func TestEveryAnswerTellsBrowsersToTakeItForWhatItIs(t *testing.T) {
	srv, _ := server(t, documents, nil)
	for _, path := range []string{"/", "/v1/sources", "/q/undated.txt/0-3?h=x", "/q/", "/openapi.json", "/robots.txt", "/nothing"} {
		resp, _ := get(t, srv.URL+path)
		h := resp.Header
		if !strings.HasPrefix(h.Get("Content-Security-Policy"), "default-src 'none'") || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" ||
			h.Get("Access-Control-Allow-Origin") != "" || h.Get("Content-Type") == "" {
			t.Errorf("%s: %v", path, h)
		}
	}
	resp, err := http.Post(srv.URL+"/v1/ask", "application/json", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("a POST: %d", resp.StatusCode)
	}
}

func TestTooManyRequestsAreToldWhenToComeBack(t *testing.T) {
	srv, _ := server(t, documents, func(c *api.Config, b *command.Bot) { c.PerMinute = 3 })
	for n := range 4 {
		resp, body := get(t, srv.URL+"/v1/sources")
		if want := map[bool]int{true: 200, false: 429}[n < 3]; resp.StatusCode != want || n == 3 && resp.Header.Get("Retry-After") == "" {
			t.Errorf("request %d: %d %s", n+1, resp.StatusCode, body)
		}
	}
	// Behind a web server on this machine, each of its clients is counted alone.
	if resp, _ := get(t, srv.URL+"/v1/sources", "X-Forwarded-For", "203.0.113.9, 198.51.100.7"); resp.StatusCode != 200 {
		t.Errorf("another client: %d", resp.StatusCode)
	}
}

// A client that names itself in X-Forwarded-For is counted by what the web server
// adds, be it on the same line or on one of its own.
func TestAClientCannotNameItself(t *testing.T) {
	srv, _ := server(t, documents, func(c *api.Config, b *command.Bot) { c.PerMinute = 3 })
	for n := range 4 {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+"/v1/sources", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+token)
		req.Header["X-Forwarded-For"] = []string{fmt.Sprint("203.0.113.", n), "198.51.100.7"}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if want := map[bool]int{true: 200, false: 429}[n < 3]; resp.StatusCode != want {
			t.Errorf("request %d: %d", n+1, resp.StatusCode)
		}
	}
}

func TestBeforeTheDocumentsAreReadItIsSaid(t *testing.T) {
	srv, _ := server(t, documents, func(c *api.Config, b *command.Bot) { b.Index = func() *index.Index { return nil } })
	for _, path := range []string{"/v1/ask?question=why", "/v1/text?document=a", "/feeds/said?speaker=Quist", "/q/a.txt/0-3?h=aaaaaaaaaa"} {
		resp, body := get(t, srv.URL+path)
		if resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %d %s", path, resp.StatusCode, body)
		}
		described(t, resp, body)
	}
}

func TestNothingIsQuotedWhileItMayHaveBeenRemoved(t *testing.T) {
	var stale error
	srv, _ := server(t, documents, func(c *api.Config, b *command.Bot) { b.Stale = func() error { return stale } })
	const path = "/v1/ask?question=why"
	if resp, body := get(t, srv.URL+path); resp.StatusCode != http.StatusOK {
		t.Errorf("before: %d %s", resp.StatusCode, body)
	}
	stale = errors.New("cut off for long")
	resp, body := get(t, srv.URL+path)
	if resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") == "" {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	described(t, resp, body)
}

func TestFeedsAreReadByReadersOfFeeds(t *testing.T) {
	srv, change := server(t, documents, func(c *api.Config, b *command.Bot) {
		b.PublicURL, c.PublicURL = "https://bot.example", "https://bot.example"
	})
	const path = "/feeds/said?speaker=Ada+Quist"
	resp, body := get(t, srv.URL+path)
	feed, err := gofeed.NewParser().ParseString(body)
	if err != nil {
		t.Fatal(err)
	}
	if feed.Title != "Ada Quist" || len(feed.Items) != 4 || feed.FeedLink != "https://bot.example"+path {
		t.Fatalf("%s, %d items, %s", feed.Title, len(feed.Items), feed.FeedLink)
	}
	first, last := feed.Items[0], feed.Items[3]
	if !strings.Contains(first.Title, "Twelve boats") || first.UpdatedParsed.Format("2006-01-02") != "2024-05-21" || !strings.HasPrefix(first.Link, "https://bot.example/q/talks/second.md/") {
		t.Errorf("first: %+v", first)
	}
	if !strings.Contains(last.Title, "Nobody counts") || last.UpdatedParsed.Year() != 1970 {
		t.Errorf("the undated one: %+v", last)
	}
	if !strings.Contains(body, "&amp;lt;i&amp;gt;belongs") {
		t.Errorf("markup of a document is not escaped: %s", body)
	}
	if resp, body := get(t, srv.URL+path, "If-None-Match", resp.Header.Get("ETag")); resp.StatusCode != http.StatusNotModified || body != "" {
		t.Errorf("unchanged: %d %s", resp.StatusCode, body)
	}
	// What is read anew keeps its ID, though it now stands elsewhere.
	more := fstest.MapFS{}
	for name, f := range documents {
		more[name] = f
	}
	more["undated.txt"] = &fstest.MapFile{Data: []byte("A longer note of a longer day\n\n“Nobody counts the herring at night,” said Ada Quist.\n")}
	more["new.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Third round\ndate: 2024-06-02\n---\n\n“The herring is gone,” said Transport Minister Ada Quist.\n")}
	change(more)
	_, body = get(t, srv.URL+path)
	again, err := gofeed.NewParser().ParseString(body)
	if err != nil || len(again.Items) != 5 {
		t.Fatalf("%v: %s", err, body)
	}
	ids := map[string]bool{}
	for _, item := range feed.Items {
		ids[item.GUID] = true
	}
	for i, item := range again.Items {
		if ids[item.GUID] == (i == 0) {
			t.Errorf("%d: %s has ID %s", i, item.Title, item.GUID)
		}
	}
	if again.FeedLink != feed.FeedLink || len(ids) != 4 {
		t.Errorf("%d IDs", len(ids))
	}
}

// An entry of a document without a date is from when its file changed, so that what
// is new in it is seen among the newest.
func TestUndatedEntriesAreAsOldAsTheirFile(t *testing.T) {
	folder := t.TempDir()
	for name, f := range documents {
		name = filepath.Join(folder, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, f.Data, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	changed := time.Date(2025, 2, 3, 4, 5, 6, 0, time.UTC)
	if err := os.Chtimes(filepath.Join(folder, "undated.txt"), changed, changed); err != nil {
		t.Fatal(err)
	}
	srv, _ := server(t, documents, func(_ *api.Config, b *command.Bot) { b.Corpus = folder })
	_, body := get(t, srv.URL+"/feeds/said?speaker=Ada+Quist")
	feed, err := gofeed.NewParser().ParseString(body)
	if err != nil || len(feed.Items) != 4 {
		t.Fatalf("%v: %s", err, body)
	}
	if first := feed.Items[0]; !strings.Contains(first.Title, "Nobody counts") || !first.UpdatedParsed.Equal(changed) {
		t.Errorf("the first is %q of %v", first.Title, first.UpdatedParsed)
	}
}

// No secret reaches the log, whatever is asked.
func TestTheTokenIsNeverLogged(t *testing.T) {
	var log bytes.Buffer
	srv, _ := server(t, documents, func(c *api.Config, b *command.Bot) {
		c.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		b.Index = func() *index.Index { panic("broken") }
	})
	if resp, body := get(t, srv.URL+"/v1/sources"); resp.StatusCode != http.StatusInternalServerError || strings.Contains(body, "broken") {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	if !strings.Contains(log.String(), "broken") || strings.Contains(log.String(), token) {
		t.Errorf("the log: %s", log.String())
	}
}
