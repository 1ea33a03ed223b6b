package discordtest

import (
	"encoding/json"
	"strings"
)

func (s *Server) gatewayURL() string { return "ws" + strings.TrimPrefix(s.http.URL, "http") + "/ws" }

func (s *Server) getGateway(call) reply {
	return reply{200, map[string]any{"url": s.gatewayURL()}}
}

func (s *Server) getGatewayBot(call) reply {
	return reply{200, map[string]any{"url": s.gatewayURL(), "shards": s.Shards, "session_start_limit": map[string]any{
		"total": 1000, "remaining": s.IdentifiesLeft, "reset_after": 14400000, "max_concurrency": s.MaxConcurrency}}}
}

func (s *Server) getApplication(call) reply {
	return reply{200, map[string]any{"id": s.AppID, "name": "Attaché", "description": "", "bot_public": true,
		"bot_require_code_grant": false, "verify_key": strings.Repeat("0", 64), "flags": 0}}
}

func (s *Server) getUser(call) reply {
	return reply{200, map[string]any{"id": s.UserID, "username": "attache", "discriminator": "0001", "bot": true}}
}

func (s *Server) getCommands(c call) reply {
	if c.params["application_id"] != s.AppID {
		return refuse(404, 10002, "Unknown Application")
	}
	list := s.commands[c.params["guild_id"]]
	if list == nil {
		list = []map[string]any{}
	}
	return reply{200, list}
}

// putCommands overwrites the commands of a scope and answers with them as
// Discord writes them back: with what it filled in.
func (s *Server) putCommands(c call) reply {
	if c.params["application_id"] != s.AppID {
		return refuse(404, 10002, "Unknown Application")
	}
	var list []map[string]any
	if err := json.Unmarshal(c.body, &list); err != nil {
		return refuse(400, 50035, "Invalid Form Body")
	}
	scope := c.params["guild_id"]
	for _, cmd := range list {
		fill(cmd)
		cmd["id"], cmd["version"], cmd["application_id"] = s.id(), s.id(), s.AppID
		if scope != "" {
			cmd["guild_id"] = scope
			delete(cmd, "contexts")
			delete(cmd, "dm_permission")
		}
	}
	s.commands[scope] = list
	return reply{200, list}
}

// fill adds what Discord adds to a command, and drops what it leaves out.
func fill(cmd map[string]any) {
	defaults := map[string]any{"type": 1.0, "description": "", "nsfw": false, "dm_permission": true,
		"default_member_permissions": nil, "integration_types": []any{0.0}, "contexts": nil,
		"name_localizations": nil, "description_localizations": nil}
	for k, v := range defaults {
		if cmd[k] == nil {
			cmd[k] = v
		}
	}
	if p, ok := cmd["default_member_permissions"].(float64); ok {
		raw, _ := json.Marshal(int64(p))
		cmd["default_member_permissions"] = string(raw)
	}
	cmd["options"] = tidy(cmd["options"])
	if cmd["options"] == nil {
		delete(cmd, "options")
	}
}

// tidy drops from options what is false, null or empty.
func tidy(options any) any {
	list, _ := options.([]any)
	if len(list) == 0 {
		return nil
	}
	for _, o := range list {
		o := o.(map[string]any)
		for k, v := range o {
			l, isList := v.([]any)
			if v == nil || v == false || isList && len(l) == 0 {
				delete(o, k)
			}
		}
		if o["options"] != nil {
			o["options"] = tidy(o["options"])
		}
	}
	return list
}

// Commands returns what is registered in a scope: "" is global, else a
// server's ID.
func (s *Server) Commands(scope string) []map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.commands[scope]
}
