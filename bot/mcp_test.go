package main

import (
	"io"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"example.org/attache/bot/discord/discordtest"
)

// The whole program at the other end of an assistant's pipes, over the built-in
// documents.
func TestAnAssistantUsesTheProgram(t *testing.T) {
	in, toProgram := io.Pipe()
	fromProgram, out := io.Pipe()
	errs := &discordtest.Output{}
	ended := make(chan int, 1)
	go func() { ended <- run(t.Context(), []string{"mcp"}, noEnv, in, out, errs) }()
	s, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), &sdk.IOTransport{Reader: fromProgram, Writer: toProgram}, nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, errs)
	}
	r, err := s.CallTool(t.Context(), &sdk.CallToolParams{Name: "ask", Arguments: map[string]any{"question": "When will Blinken be in India?"}})
	if err != nil || r.IsError || len(r.Content) == 0 || !strings.Contains(r.Content[0].(*sdk.TextContent).Text, "> “Secretary Blinken will be in India on November 10.[^1]") {
		t.Errorf("%+v %v\n%s", r, err, errs)
	}
	s.Close()
	select {
	case code := <-ended:
		if code != done {
			t.Errorf("exit status %d\n%s", code, errs)
		}
	case <-time.After(10 * time.Second):
		t.Errorf("the program does not end\n%s", errs)
	}
}
