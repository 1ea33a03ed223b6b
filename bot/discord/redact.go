package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// secretPaths are the parts of addresses that hold the token of an
// interaction or of a webhook.
var secretPaths = regexp.MustCompile(`(interactions|webhooks)/(\d+)/[^/\s"?]+`)

// redact takes tokens out of a text.
func redact(s, token string) string {
	if token != "" {
		s = strings.ReplaceAll(s, token, "[token]")
	}
	return secretPaths.ReplaceAllString(s, "$1/$2/[token]")
}

// redactor is a log handler that lets no token through, in whatever a message
// or a value holds.
type redactor struct {
	slog.Handler
	token string
}

func (r redactor) Handle(ctx context.Context, rec slog.Record) error {
	clean := slog.NewRecord(rec.Time, rec.Level, redact(rec.Message, r.token), rec.PC)
	rec.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(r.attr(a))
		return true
	})
	return r.Handler.Handle(ctx, clean)
}

func (r redactor) WithAttrs(attrs []slog.Attr) slog.Handler {
	return redactor{r.Handler.WithAttrs(r.all(attrs)), r.token}
}

func (r redactor) WithGroup(name string) slog.Handler {
	return redactor{r.Handler.WithGroup(name), r.token}
}

func (r redactor) attr(a slog.Attr) slog.Attr {
	switch v := a.Value.Resolve(); v.Kind() {
	case slog.KindString:
		return slog.String(a.Key, redact(v.String(), r.token))
	case slog.KindAny:
		return slog.String(a.Key, redact(fmt.Sprint(v.Any()), r.token))
	case slog.KindGroup:
		return slog.Attr{Key: a.Key, Value: slog.GroupValue(r.all(v.Group())...)}
	}
	return a
}

func (r redactor) all(attrs []slog.Attr) []slog.Attr {
	clean := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		clean[i] = r.attr(a)
	}
	return clean
}

// problem is why a request failed, without its address and without the body
// of the answer beyond Discord's own code and message.
type problem struct {
	what   string // the request in words: "answering an interaction"
	status int    // 0: no answer came
	code   int    // Discord's error code
	reason string
	cause  error
}

func (p *problem) Error() string {
	if p.status == 0 {
		return fmt.Sprintf("%s: %s", p.what, p.reason)
	}
	return fmt.Sprintf("%s: Discord answered %d (code %d): %s", p.what, p.status, p.code, p.reason)
}

func (p *problem) Unwrap() error { return p.cause }

// explain makes an error of the library a problem.
func explain(what, token string, err error) *problem {
	var rest *discordgo.RESTError
	var limit *limitError
	var addr *url.Error
	p := &problem{what: what}
	switch {
	case errors.As(err, &limit):
		p.status, p.reason, p.cause = http.StatusTooManyRequests, limit.Error(), limit
	case errors.As(err, &rest):
		p.status, p.reason = rest.Response.StatusCode, rest.Response.Status
		if rest.Message != nil {
			p.code, p.reason = rest.Message.Code, rest.Message.Message
		}
	case errors.As(err, &addr):
		p.reason, p.cause = addr.Err.Error(), addr.Err
	case strings.HasPrefix(err.Error(), "Exceeded Max retries HTTP 502"): // the library has no type for it
		p.status, p.reason = http.StatusBadGateway, http.StatusText(http.StatusBadGateway)
	default:
		p.reason, p.cause = err.Error(), err
	}
	p.reason = redact(p.reason, token)
	return p
}

// isStatus and isCode tell whether an error is an answer of Discord with that
// status or code.
func isStatus(err error, status int) bool {
	var p *problem
	return errors.As(err, &p) && p.status == status
}

func isCode(err error, code int) bool {
	var p *problem
	return errors.As(err, &p) && p.code == code
}
