package main

import (
	"context"
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
	base, answer := "", ""
	for range 300 {
		if m := regexp.MustCompile(`address=(\S+)`).FindStringSubmatch(out.String()); m != nil {
			base = "http://" + m[1]
			resp, err := http.Get(base + "/v1/ask?question=When+will+Blinken+be+in+India%3F")
			if err == nil {
				body, _ := io.ReadAll(resp.Body)
				resp.Body.Close()
				if answer = string(body); resp.StatusCode == http.StatusOK {
					break
				}
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	if !strings.Contains(answer, "November 10") {
		t.Errorf("%s answers %s\n%s", base, answer, out)
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

func TestTheAPIIsNotServedToEverybodyWithoutAToken(t *testing.T) {
	out := &discordtest.Output{}
	if code := run(t.Context(), []string{"serve-api", "--listen", "0.0.0.0:0"}, noEnv, strings.NewReader(""), out, out); code != misuse || !strings.Contains(out.String(), "api.token is missing") {
		t.Errorf("exit status %d\n%s", code, out)
	}
}
