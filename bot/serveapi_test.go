package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.org/attache/bot/discord/discordtest"
)

// The API is served without Discord, over the built-in documents too, and ends
// politely.
func TestTheAPIIsServedWithoutDiscord(t *testing.T) {
	out := &discordtest.Output{}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"serve-api", "--listen", "127.0.0.1:0"}, noEnv, strings.NewReader(""), out, out)
	}()
	if !answers(out, "/v1/ask?question=When+will+Blinken+be+in+India%3F", "November 10") {
		t.Errorf("no answer\n%s", out)
	}
	stop()
	select {
	case code := <-ended:
		if code != done {
			t.Errorf("exit status %d\n%s", code, out)
		}
	case <-time.After(10 * time.Second):
		t.Error("the program does not end")
	}
}

// answers waits until the API of a program, whose log has its address, answers with
// some words.
func answers(log fmt.Stringer, path, want string) bool {
	for range 400 {
		if m := regexp.MustCompile(`serving the API" address=(\S+)`).FindStringSubmatch(log.String()); m != nil {
			if resp, err := http.Get("http://" + m[1] + path); err == nil {
				body, _ := io.ReadAll(resp.Body)
				resp.Body.Close()
				if strings.Contains(string(body), want) {
					return true
				}
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	return false
}

func TestTheAPIIsNotServedToEverybodyWithoutAToken(t *testing.T) {
	out := &discordtest.Output{}
	if code := run(t.Context(), []string{"serve-api", "--listen", "0.0.0.0:0"}, noEnv, strings.NewReader(""), out, out); code != misuse || !strings.Contains(out.String(), "api.token is missing") {
		t.Errorf("exit status %d\n%s", code, out)
	}
}
