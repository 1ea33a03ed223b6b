package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// errToken is what a wrong token comes to.
var errToken = errors.New("connecting to Discord: Discord does not accept the token; copy the bot's token anew (Discord's developer portal, your application, Bot, Reset Token) into DISCORD_TOKEN, or into token or token_file of [discord]")

// whoAmI returns the application's ID. It waits for Discord as long as that
// takes, and fails when the token is wrong.
func (f *Front) whoAmI(ctx context.Context) (string, error) {
	var me struct {
		ID string `json:"id"`
	}
	paths := []string{"/applications/@me", "/oauth2/applications/@me", "/users/@me"} // for proxies that don't know all
	for try := 0; ; try++ {
		err := f.brief(ctx, request{what: "asking Discord who the bot is", method: "GET", path: paths[try%len(paths)], bucket: "me"}, &me)
		switch {
		case err == nil && me.ID != "":
			return me.ID, nil
		case isStatus(err, http.StatusUnauthorized):
			return "", errToken
		case ctx.Err() != nil:
			return "", ctx.Err()
		}
		f.log.Warn("can't reach Discord yet, trying again", "error", err)
		if !sleep(ctx, f.wait(try)) {
			return "", ctx.Err()
		}
	}
}

// brief makes a request that may take a few seconds in all.
func (f *Front) brief(ctx context.Context, req request, out any) error {
	ctx, cancel := context.WithTimeout(ctx, f.pace.request)
	defer cancel()
	return f.rest.do(ctx, req, out)
}

// gatewayInfo is what Discord says about connecting.
type gatewayInfo struct {
	URL    string `json:"url"`
	Shards int    `json:"shards"`
	Limit  struct {
		Remaining      *int  `json:"remaining"`
		ResetAfter     int64 `json:"reset_after"` // milliseconds
		MaxConcurrency int   `json:"max_concurrency"`
	} `json:"session_start_limit"`
}

// gatewayBot asks where the gateway is and how to connect to it. A proxy that
// doesn't know the question still tells the address.
func (f *Front) gatewayBot(ctx context.Context) (gatewayInfo, error) {
	var info gatewayInfo
	err := f.brief(ctx, request{what: "asking for Discord's gateway", method: "GET", path: "/gateway/bot", bucket: "gateway/bot"}, &info)
	switch {
	case isStatus(err, http.StatusUnauthorized):
		return info, errToken
	case isStatus(err, http.StatusNotFound):
		err = f.brief(ctx, request{what: "asking for Discord's gateway", method: "GET", path: "/gateway", bucket: "gateway"}, &info)
	}
	if err != nil {
		return info, err
	}
	if info.URL == "" {
		return info, fmt.Errorf("asking for Discord's gateway: the answer holds no address")
	}
	info.Shards = max(info.Shards, 1)
	info.Limit.MaxConcurrency = max(info.Limit.MaxConcurrency, 1)
	return info, nil
}

// resets is when identifying is allowed again; 0: it is now.
func (i gatewayInfo) resets() time.Duration {
	if i.Limit.Remaining == nil || *i.Limit.Remaining > 0 {
		return 0
	}
	return time.Duration(i.Limit.ResetAfter) * time.Millisecond
}
