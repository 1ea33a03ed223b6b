package mcp_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"example.org/attache/bot/api"
	"example.org/attache/bot/command"
	"example.org/attache/bot/mcp"
	"example.org/attache/index"
)

const token = "correct-horse-battery-staple"

func newBot(t *testing.T) *command.Bot {
	t.Helper()
	dir := t.TempDir()
	docs := fstest.MapFS{
		"talks.md": {Data: []byte("---\ntitle: Herring talks open\npublisher: The Coast Post\ndate: 2024-03-09\nurl: https://coast.example/talks\n---\n\nDelegations met in Vessby on Saturday to share the herring.\n\n“The herring belongs to every flag,” said Norland's Transport Minister Ada Quist.\n")},
		"boats.md": {Data: []byte("---\ntitle: Second round\ndate: 2024-05-21\n---\n\nTransport Minister Ada Quist said on Tuesday: “Twelve boats may fish for herring in winter.”\n\n" + strings.Repeat("The boats went out in the grey of the mornings. ", 900) + "\n")},
	}
	if _, err := index.Build(t.Context(), dir, docs, index.Options{}); err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return &command.Bot{Index: func() *index.Index { return ix }, Log: slog.New(slog.DiscardHandler), PublicURL: "https://quotes.example",
		Now: func() time.Time { return time.Date(2024, 9, 12, 12, 0, 0, 0, time.UTC) }}
}

// bearer gives the token with each request.
type bearer struct{ token string }

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+b.token)
	return http.DefaultTransport.RoundTrip(r)
}

// transports are the ways to a server, as clients see them.
func transports(t *testing.T, b *command.Bot) map[string]sdk.Transport {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- mcp.Pipe(ctx, mcp.New(b, "test"), toServer, fromServer) }()
	t.Cleanup(func() {
		fromClient.Close()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("the server at the pipes ends with %v", err)
			}
		case <-time.After(10 * time.Second):
			t.Error("the server does not end with its input")
		}
		stop()
	})
	srv := httptest.NewServer(api.New(api.Config{Token: token, Log: log, MCP: mcp.Handler(mcp.New(b, "test"))}, b).Handler())
	t.Cleanup(srv.Close)
	return map[string]sdk.Transport{
		"stdio": &sdk.IOTransport{Reader: toClient, Writer: fromClient},
		"http":  &sdk.StreamableClientTransport{Endpoint: srv.URL + "/mcp", HTTPClient: &http.Client{Transport: bearer{token}}, DisableStandaloneSSE: true, MaxRetries: -1},
	}
}

// call uses a tool and returns its text and its objects.
func call(t *testing.T, s *sdk.ClientSession, name string, arguments map[string]any) (text string, objects map[string]any, failed bool) {
	t.Helper()
	r, err := s.CallTool(t.Context(), &sdk.CallToolParams{Name: name, Arguments: arguments})
	if err != nil {
		t.Fatalf("%s %v: %v", name, arguments, err)
	}
	for _, c := range r.Content {
		if c, ok := c.(*sdk.TextContent); ok {
			text += c.Text
		}
	}
	data, err := json.Marshal(r.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	json.Unmarshal(data, &objects) // none where it failed
	return text, objects, r.IsError
}

func TestAnAssistantQuotesWithSources(t *testing.T) {
	b := newBot(t)
	for name, transport := range transports(t, b) {
		t.Run(name, func(t *testing.T) {
			s, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), transport, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if hello := s.InitializeResult(); hello.ServerInfo.Name != "attache" || !strings.Contains(hello.Instructions, "word for word") {
				t.Errorf("%+v", hello)
			}
			listed, err := s.ListTools(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, tool := range listed.Tools {
				names = append(names, tool.Name)
				if !tool.Annotations.ReadOnlyHint || tool.Description == "" {
					t.Errorf("%s: %+v", tool.Name, tool.Annotations)
				}
			}
			if got := strings.Join(names, " "); got != "ask fetch said sources timeline who" {
				t.Errorf("tools: %s", got)
			}

			text, objects, failed := call(t, s, "ask", map[string]any{"question": "How many boats may fish for herring?"})
			if failed || !strings.Contains(text, "“Twelve boats may fish for herring in winter.”[^1]") || !strings.Contains(text, "[^1]: “Second round,” May 21, 2024, <https://quotes.example/q/boats.md/") {
				t.Errorf("ask: %s", text)
			}
			answers := objects["results"].([]any)[0].(map[string]any)
			quote := answers["answers"].([]any)[0].(map[string]any)
			if answers["answered"] != true || quote["document"] != "boats.md" || quote["speaker"] != "Ada Quist" {
				t.Errorf("ask: %v", objects)
			}
			part, got, _ := call(t, s, "fetch", map[string]any{"document": quote["document"], "start": quote["start"], "end": quote["end"]})
			if got["text"] != quote["quote"] || !strings.HasPrefix(part, "“Second round.” May 21, 2024.") {
				t.Errorf("fetch: %s %v", part, got)
			}
			if text, _, failed := call(t, s, "fetch", map[string]any{"document": "boats.md"}); failed || len(text) > 21_000 || !strings.Contains(text, "fetch with start 20000") {
				t.Errorf("all of a long text: %d bytes, %.200s", len(text), text)
			}
			if text, objects, failed := call(t, s, "ask", map[string]any{"question": "Who is the king of France?"}); failed || objects["results"].([]any)[0].(map[string]any)["answered"] != false {
				t.Errorf("no answer: %s %v", text, objects)
			}
			for name, c := range map[string]struct {
				arguments map[string]any
				holds     string
			}{
				"said":     {map[string]any{"speaker": "Quist", "topic": "flag", "limit": 1}, "The herring belongs to every flag"},
				"who":      {map[string]any{"name": "Ada Quist"}, "Transport Minister"},
				"timeline": {map[string]any{"topic": "herring", "since": "2024-05"}, "## May 2024"},
				"sources":  {map[string]any{"query": "talks"}, "talks.md"},
			} {
				if text, objects, failed := call(t, s, name, c.arguments); failed || !strings.Contains(text, c.holds) || len(objects["results"].([]any)) == 0 {
					t.Errorf("%s: %s %v", name, text, objects)
				}
			}
			for name, c := range map[string]struct {
				tool      string
				arguments map[string]any
				says      string
			}{
				"no document":  {"fetch", map[string]any{"document": "../etc/passwd"}, "There is no document ../etc/passwd"},
				"a wrong date": {"ask", map[string]any{"question": "why?", "since": "banana"}, "is not a date"},
				"no question":  {"ask", map[string]any{"question": " "}, "question is missing"},
				"below 0":      {"fetch", map[string]any{"document": "boats.md", "start": -5, "end": -9}, ""},
			} {
				if text, _, failed := call(t, s, c.tool, c.arguments); failed != (c.says != "") || !strings.Contains(text, c.says) {
					t.Errorf("%s: failed %v, %s", name, failed, text)
				}
			}
		})
	}
}

func TestOverHTTPTheTokenIsNeeded(t *testing.T) {
	transport := transports(t, newBot(t))["http"].(*sdk.StreamableClientTransport)
	transport.HTTPClient = &http.Client{Transport: bearer{"wrong"}}
	if s, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), transport, nil); err == nil {
		s.Close()
		t.Error("an assistant without the token is let in")
	}
}
