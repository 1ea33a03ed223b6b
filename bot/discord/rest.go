package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"log/slog"
	"math/rand/v2"
	"mime/multipart"
	"net"
	"net/http"
	"net/textproto"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"example.org/attache/bot/command"
)

// The codes of Discord's errors that the bot acts on.
const (
	codeUnknownInteraction  = 10062
	codeAlreadyAcknowledged = 40060
)

// rest makes requests to Discord's REST API, v10, below one base address.
//
// It lets the library make a request and count it against its rate limit, but
// waits and tries again by itself: the library's waits ignore the context, and
// it tries again on 502 alone.
type rest struct {
	session *discordgo.Session
	base    string
	token   string
	limiter *discordgo.RateLimiter // for all but interactions, which have one each
	pauses  pauses
	refused func(error) // is told of every error
	log     *slog.Logger
}

// apiVersion is the end of a base address that names a version of the API: the
// bot speaks one version only.
var apiVersion = regexp.MustCompile(`/v\d+$`)

func newRest(base, token string, refused func(error), log *slog.Logger) *rest {
	s, _ := discordgo.New("Bot " + token) // never fails
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = 64 // answers come in bursts
	// All requests share one connection of HTTP/2: that it is dead must not be
	// found out by people.
	t.HTTP2 = &http.HTTP2Config{SendPingTimeout: 10 * time.Second, PingTimeout: 5 * time.Second}
	s.Client = &http.Client{Transport: throttling{t}}
	s.MaxRestRetries, s.ShouldRetryOnRateLimit = 0, false
	return &rest{session: s, base: apiVersion.ReplaceAllString(strings.TrimRight(base, "/"), "") + "/v10", token: token, limiter: discordgo.NewRatelimiter(), refused: refused, log: log}
}

func (r *rest) close() { r.session.Client.CloseIdleConnections() }

// request is one request to Discord.
type request struct {
	what         string               // in words, for errors
	method, path string               // the path below the version
	body         any                  // sent as JSON; nil: none
	files        []command.Attachment // sent beside the body
	bucket       string               // which rate limit it counts against
	limiter      *discordgo.RateLimiter
	each         time.Duration // what one try may take; 0: all there is
	patience     time.Duration // how long faults that pass are waited for, rate limits aside; 0: as long as there is
	once         bool          // must not be tried again when it may have been carried out
	acknowledges bool          // that it was done before means that an earlier try got through
}

// with adds the files that go with the body, if there are any.
func (req request) with(files []command.Attachment) request {
	req.files = files
	return req
}

// do makes a request until it is answered or ctx is done, and reads the answer
// into out. Faults that pass (no answer, 5xx, rate limits) are waited out.
func (r *rest) do(ctx context.Context, req request, out any) error {
	kind, body, err := req.encode()
	if err != nil {
		return fmt.Errorf("%s: %w", req.what, err)
	}
	began := time.Now()
	for try := 0; ; try++ {
		answer, err := r.try(ctx, req, kind, body)
		hung := errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil
		if err == nil {
			if out != nil {
				if err := json.Unmarshal(answer, out); err != nil {
					return fmt.Errorf("%s: reading Discord's answer: %w", req.what, err)
				}
			}
			return nil
		}
		failed := explain(req.what, r.token, err)
		var limit *limitError
		limited := errors.As(err, &limit)
		if !limited || !limit.held {
			r.refused(failed)
		}
		if req.acknowledges && try > 0 && failed.code == codeAlreadyAcknowledged {
			return nil
		}
		wait, again := retry(err, try)
		switch {
		case limited: // is no fault that anybody's patience is for
			began = began.Add(wait)
		case hung: // on a connection that is dead, as it seems
			wait, again = 0, true
		}
		impatient := req.patience > 0 && time.Since(began)+wait > req.patience
		if !again || impatient || req.once && failed.status == 0 && !unsent(err) {
			return failed
		}
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait {
			return failed
		}
		if !sleep(ctx, wait) {
			return failed
		}
	}
}

// try makes a request once, when its rate limit allows.
func (r *rest) try(ctx context.Context, req request, kind string, body []byte) ([]byte, error) {
	bucket, err := r.hold(ctx, req)
	if err != nil {
		return nil, err
	}
	if req.each > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, req.each)
		defer cancel()
	}
	bucket.Remaining--
	answer, err := r.session.RequestWithLockedBucket(req.method, r.base+req.path, kind, body, bucket, 0, discordgo.WithContext(ctx))
	var limit *limitError
	if errors.As(err, &limit) {
		r.obey(ctx, limit, req)
	}
	return answer, err
}

// retry reports whether a failed request is worth another try, and when.
func retry(err error, try int) (time.Duration, bool) {
	var limit *limitError
	var answered *discordgo.RESTError
	switch {
	case errors.As(err, &limit):
		return limit.wait + 50*time.Millisecond, true
	case errors.As(err, &answered) && answered.Response.StatusCode < 500:
		return 0, false
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return 0, false
	}
	step := min(100*time.Millisecond<<min(try, 8), 10*time.Second)
	return step/2 + rand.N(step/2), true
}

// unsent reports whether a request failed before Discord could see it.
func unsent(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// encode writes the body as JSON, or as a form when files go with it.
func (req request) encode() (kind string, body []byte, err error) {
	if req.body == nil {
		return "application/json", nil, nil
	}
	if body, err = json.Marshal(req.body); err != nil || len(req.files) == 0 {
		return "application/json", body, err
	}
	var buf bytes.Buffer
	form := multipart.NewWriter(&buf)
	put := func(disposition, kind string, data []byte) error {
		w, err := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {"form-data; " + disposition}, "Content-Type": {kind}})
		if err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	}
	if err := put(`name="payload_json"`, "application/json", body); err != nil {
		return "", nil, err
	}
	for i, f := range req.files {
		if err := put(fmt.Sprintf(`name="files[%d]"; filename=%q`, i, f.Name), f.Type, f.Data); err != nil {
			return "", nil, err
		}
	}
	err = form.Close()
	return form.FormDataContentType(), buf.Bytes(), err
}

// perChannel is the rate limit bucket of a channel's messages: one of few, so
// that the library's table of them stays small.
func perChannel(channel string) string {
	h := fnv.New32a()
	h.Write([]byte(channel))
	return "messages/" + strconv.Itoa(int(h.Sum32()%64))
}

// sleep waits, and reports whether it could do so to the end.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
