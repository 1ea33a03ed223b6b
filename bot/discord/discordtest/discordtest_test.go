package discordtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// ask makes a REST request as a bot would and returns the status and code.
func ask(t *testing.T, s *Server, method, path, body string) (int, int) {
	t.Helper()
	req, err := http.NewRequest(method, s.URL+"/v10"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bot "+s.Token)
	req.Header.Set("User-Agent", "DiscordBot (https://example.org, 1)")
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, _ := io.ReadAll(resp.Body)
	var e struct{ Code int }
	json.Unmarshal(raw, &e)
	return resp.StatusCode, e.Code
}

// message wraps data as a callback with a message.
func message(data string) string {
	return `{"type":4,"data":{"allowed_mentions":{"parse":[]},` + data + `}}`
}

func v2(components string) string {
	return message(`"flags":32768,"components":[` + components + `]`)
}

func TestForbiddenBodiesAreRefused(t *testing.T) {
	long := strings.Repeat("x", 4001)
	text := `{"type":10,"content":"x"}`
	button := `{"type":2,"style":2,"label":"x","custom_id":"x"}`
	for name, body := range map[string]string{
		"pings":                    `{"type":4,"data":{"content":"x"}}`,
		"pings by null":            `{"type":4,"data":{"content":"x","allowed_mentions":{"parse":null}}}`,
		"long content":             message(`"content":"` + long[:2001] + `"`),
		"empty":                    message(`"content":" "`),
		"long embed":               message(`"embeds":[{"description":"` + long[:3500] + `"},{"description":"` + long[:3500] + `"}]`),
		"empty field":              message(`"embeds":[{"fields":[{"name":"","value":"x"}]}]`),
		"content beside version 2": message(`"content":"x","flags":32768,"components":[` + text + `]`),
		"text without the flag":    message(`"components":[` + text + `]`),
		"4001 characters in two":   v2(`{"type":10,"content":"` + long[:2000] + `"},{"type":10,"content":"` + long[:2001] + `"}`),
		"41 components":            v2(strings.Repeat(text+",", 40) + text),
		"empty text":               v2(`{"type":10,"content":" "}`),
		"six buttons":              v2(`{"type":1,"components":[` + strings.Repeat(button+",", 5) + button + `]}`),
		"one custom_id twice":      v2(`{"type":1,"components":[` + button + `,` + button + `]}`),
		"long custom_id":           v2(`{"type":1,"components":[{"type":2,"style":2,"label":"x","custom_id":"` + long[:101] + `"}]}`),
		"button without label":     v2(`{"type":1,"components":[{"type":2,"style":2,"custom_id":"x"}]}`),
		"long link":                v2(`{"type":1,"components":[{"type":2,"style":5,"label":"x","url":"https://example.org/` + long[:500] + `"}]}`),
		"container in a container": v2(`{"type":17,"components":[{"type":17,"components":[` + text + `]}]}`),
		"deferral with a flag":     `{"type":5,"data":{"flags":32768}}`,
		"choices for a command":    `{"type":8,"data":{"choices":[]}}`,
		"update without a message": `{"type":7,"data":{"content":"x","allowed_mentions":{"parse":[]}}}`,
		"no JSON":                  `{"type":4`,
	} {
		t.Run(name, func(t *testing.T) {
			s := New(t)
			defer s.Forgive()
			in := s.Make(Person{ID: "1"}, Place{Channel: "2"}, 2, nil)
			in.Sent = time.Now()
			if status, _ := ask(t, s, "POST", "/interactions/"+in.ID+"/"+in.Token+"/callback", body); status != 400 {
				t.Errorf("status %d, want 400", status)
			}
			if len(s.Problems()) == 0 {
				t.Error("no problem was noted")
			}
		})
	}
}

func TestForbiddenCommandsAreRefused(t *testing.T) {
	opt := func(i int) string { return fmt.Sprintf(`{"type":3,"name":"o%d","description":"d"}`, i) }
	var many []string
	for i := range 26 {
		many = append(many, opt(i))
	}
	for name, body := range map[string]string{
		"capitals":                `[{"name":"Ask","description":"d"}]`,
		"a space":                 `[{"name":"ask it","description":"d"}]`,
		"no description":          `[{"name":"ask"}]`,
		"long description":        `[{"name":"ask","description":"` + strings.Repeat("d", 101) + `"}]`,
		"twice":                   `[{"name":"ask","description":"d"},{"name":"ask","description":"d"}]`,
		"26 options":              `[{"name":"ask","description":"d","options":[` + strings.Join(many, ",") + `]}]`,
		"required after optional": `[{"name":"ask","description":"d","options":[` + opt(1) + `,{"type":3,"name":"r","description":"d","required":true}]}]`,
		"described message":       `[{"type":3,"name":"Find it","description":"d"}]`,
		"completing a bool":       `[{"name":"ask","description":"d","options":[{"type":5,"name":"o","description":"d","autocomplete":true}]}]`,
	} {
		t.Run(name, func(t *testing.T) {
			s := New(t)
			defer s.Forgive()
			if status, _ := ask(t, s, "PUT", "/applications/"+s.AppID+"/commands", body); status != 400 || len(s.Problems()) == 0 {
				t.Errorf("status %d, %d problems", status, len(s.Problems()))
			}
		})
	}
}

func TestSchemaFindsWhatLimitsDoNot(t *testing.T) {
	if !HasSchema() {
		t.Skip("needs Discord's OpenAPI description at " + openAPI)
	}
	for _, body := range []string{
		`[{"name":"ask","description":"d","default_member_permissions":"32"}]`,
		`[{"name":"ask","description":"d","contexts":[9]}]`,
	} {
		if len(checkSchema("PUT", "/applications/{application_id}/commands", []byte(body))) == 0 {
			t.Errorf("accepted: %s", body)
		}
	}
	if p := checkSchema("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", []byte(`{"content":"x"}`)); len(p) > 0 {
		t.Error(p)
	}
}

func TestInteractionsLiveAsLongAsDiscordSays(t *testing.T) {
	s := New(t)
	in := s.Make(Person{ID: "1"}, Place{Channel: "2"}, 2, nil)
	callback := "/interactions/" + in.ID + "/" + in.Token + "/callback"
	original := "/webhooks/" + s.AppID + "/" + in.Token + "/messages/@original"
	edit := `{"content":"y","allowed_mentions":{"parse":[]}}`
	expect := func(what string, status, code, wantStatus, wantCode int) {
		t.Helper()
		if status != wantStatus || code != wantCode {
			t.Errorf("%s: %d %d, want %d %d", what, status, code, wantStatus, wantCode)
		}
	}
	status, code := ask(t, s, "PATCH", original, edit)
	expect("edit before an answer", status, code, 404, 10015)
	in.Sent = time.Now().Add(-4 * time.Second)
	status, code = ask(t, s, "POST", callback, message(`"content":"x"`))
	expect("late answer", status, code, 404, 10062)
	in.Sent = time.Now()
	status, code = ask(t, s, "POST", callback, `{"type":5}`)
	expect("deferral", status, code, 204, 0)
	status, code = ask(t, s, "POST", callback, message(`"content":"x"`))
	expect("second answer", status, code, 400, 40060)
	status, code = ask(t, s, "PATCH", original, edit)
	expect("edit", status, code, 200, 0)
	if m := in.Reply(); m.Text() != "y" || m.Flags&flagLoading != 0 {
		t.Errorf("reply %v", m)
	}
	in.Sent = time.Now().Add(-16 * time.Minute)
	status, code = ask(t, s, "PATCH", original, edit)
	expect("edit after 15 minutes", status, code, 401, 50027)
	in.Sent = time.Now()
	for range 4 {
		ask(t, s, "PATCH", original, edit)
	}
	status, _ = ask(t, s, "PATCH", original, edit)
	expect("sixth edit in five seconds", status, 0, 429, 0)
}

func TestFaultsComeAsOrdered(t *testing.T) {
	s := New(t)
	s.Fault(Fault{Match: "GET /users", Times: 2, Status: 502})
	s.Fault(Fault{Match: "GET /gateway", Times: 1, Status: 429, Retry: time.Second})
	for i, want := range []int{502, 502, 200} {
		if got, _ := ask(t, s, "GET", "/users/@me", ""); got != want {
			t.Errorf("request %d: %d, want %d", i, got, want)
		}
	}
	if got, _ := ask(t, s, "GET", "/gateway/bot", ""); got != 429 {
		t.Errorf("got %d, want 429", got)
	}
	if n := len(s.Requests("GET /users")); n != 3 {
		t.Errorf("%d requests recorded, want 3", n)
	}
}

// client is the least of a gateway client.
type client struct {
	t  *testing.T
	ws *websocket.Conn
}

func dial(t *testing.T, s *Server) client {
	ws, _, err := websocket.Dial(t.Context(), s.gatewayURL()+"?v=10&encoding=json", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ws.CloseNow() })
	c := client{t, ws}
	if f := c.read(); f.Op != opHello {
		t.Fatalf("first payload %+v", f)
	}
	return c
}

func (c client) read() frame {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 5*time.Second)
	defer cancel()
	_, raw, err := c.ws.Read(ctx)
	if err != nil {
		return frame{Op: -int(websocket.CloseStatus(err))}
	}
	var f frame
	json.NewDecoder(bytes.NewReader(raw)).Decode(&f)
	return f
}

func (c client) send(payload string) {
	c.ws.Write(c.t.Context(), websocket.MessageText, []byte(payload))
}

func (c client) identify(token string, intents int) frame {
	c.send(fmt.Sprintf(`{"op":2,"d":{"token":%q,"intents":%d,"properties":{"os":"linux"}}}`, token, intents))
	return c.read()
}

func TestGatewayClosesAsDiscordDoes(t *testing.T) {
	for name, tt := range map[string]struct {
		do   func(*Server, client) frame
		want int
	}{
		"wrong token":        {func(s *Server, c client) frame { return c.identify("nonsense", 0) }, 4004},
		"privileged intents": {func(s *Server, c client) frame { return c.identify(s.Token, 1<<15) }, 4014},
		"unknown opcode":     {func(s *Server, c client) frame { c.send(`{"op":77}`); return c.read() }, 4001},
		"no JSON":            {func(s *Server, c client) frame { c.send(`{`); return c.read() }, 4002},
		"too early":          {func(s *Server, c client) frame { c.send(`{"op":3,"d":{}}`); return c.read() }, 4003},
		"twice":              {func(s *Server, c client) frame { c.identify(s.Token, 0); return c.identify(s.Token, 0) }, 4005},
	} {
		t.Run(name, func(t *testing.T) {
			s := New(t)
			if f := tt.do(s, dial(t, s)); f.Op != -tt.want {
				t.Errorf("got %+v, want close %d", f, tt.want)
			}
		})
	}
}

func TestResumeBringsWhatWasMissed(t *testing.T) {
	s := New(t)
	first := dial(t, s)
	ready := first.identify(s.Token, 0)
	if ready.Type == nil || *ready.Type != "READY" {
		t.Fatalf("got %+v", ready)
	}
	var d struct {
		SessionID string `json:"session_id"`
	}
	json.Unmarshal(ready.Data, &d)
	s.Cut()
	s.Await("the cut", time.Second, func() bool { return s.Online() == 0 })
	s.Send(s.Make(Person{ID: "1"}, Place{Channel: "2"}, 2, nil))
	second := dial(t, s)
	second.send(fmt.Sprintf(`{"op":6,"d":{"token":%q,"session_id":%q,"seq":1}}`, s.Token, d.SessionID))
	for _, want := range []string{"INTERACTION_CREATE", "RESUMED"} {
		if f := second.read(); f.Type == nil || *f.Type != want {
			t.Errorf("got %+v, want %s", f, want)
		}
	}
}
