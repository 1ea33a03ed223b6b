package discordtest

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
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

// getServers lists the servers that the bot is in.
func (s *Server) getServers(call) reply {
	list := []map[string]any{}
	for _, id := range s.Servers {
		list = append(list, map[string]any{"id": id, "name": "server " + id, "icon": nil, "owner": false, "permissions": "0", "features": []any{}})
	}
	return reply{200, list}
}

// getServer describes a server, as far as the bot wants to know it.
func (s *Server) getServer(c call) reply {
	server := c.params["guild_id"]
	if !slices.Contains(s.Servers, server) {
		return refuse(403, 50001, "Missing Access")
	}
	return reply{200, map[string]any{"id": server, "name": "server " + server, "preferred_locale": cmp.Or(s.Locale, "en-US")}}
}

// BotRole is the role that a server gave the bot when it was added.
func (s *Server) BotRole(server string) string { return "8" + server[1:] }

func (s *Server) getRoles(c call) reply {
	server := c.params["guild_id"]
	if !slices.Contains(s.Servers, server) {
		return refuse(403, 50001, "Missing Access")
	}
	return reply{200, []any{
		map[string]any{"id": server, "name": "@everyone"},
		map[string]any{"id": s.BotRole(server), "name": "Attaché", "managed": true, "tags": map[string]any{"bot_id": s.UserID}},
	}}
}

func (s *Server) getCommands(c call) reply {
	if c.params["application_id"] != s.AppID {
		return refuse(404, 10002, "Unknown Application")
	}
	list := []map[string]any{}
	for _, cmd := range s.commands[c.params["guild_id"]] {
		if c.r.URL.Query().Get("with_localizations") != "true" {
			cmd = unlocalized(cmd)
		}
		list = append(list, cmd)
	}
	return reply{200, list}
}

// unlocalized is a command or an option without the names and descriptions of other
// languages, which Discord sends only where they are asked for.
func unlocalized(c map[string]any) map[string]any {
	c = maps.Clone(c)
	delete(c, "name_localizations")
	delete(c, "description_localizations")
	for _, key := range []string{"options", "choices"} {
		if list, ok := c[key].([]any); ok {
			all := make([]any, len(list))
			for i, o := range list {
				all[i] = unlocalized(o.(map[string]any))
			}
			c[key] = all
		}
	}
	return c
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
	if s.losesEntryPoint(scope, list) {
		return refuse(400, 50240, "You cannot remove this app's Entry Point command in a bulk update operation. Please include the Entry Point command in your update request or delete it separately.")
	}
	for _, cmd := range list {
		fill(cmd)
		if cmd["id"] == nil {
			cmd["id"] = s.id()
		}
		cmd["version"], cmd["application_id"] = s.id(), s.AppID
		if scope != "" {
			cmd["guild_id"] = scope
			delete(cmd, "contexts")
			delete(cmd, "dm_permission")
		}
	}
	s.commands[scope] = list
	return reply{200, list}
}

// entryPoint is the type of the command that opens an app's activity.
const entryPoint = 4

// losesEntryPoint reports whether a bulk overwrite leaves out the entry point
// that a scope has; s.mu is held.
func (s *Server) losesEntryPoint(scope string, list []map[string]any) bool {
	for _, have := range s.commands[scope] {
		kept := slices.ContainsFunc(list, func(cmd map[string]any) bool {
			return asInt(cmd["type"]) == entryPoint && cmd["name"] == have["name"]
		})
		if asInt(have["type"]) == entryPoint && !kept {
			return true
		}
	}
	return false
}

// asInt is a number as JSON or a test has it.
func asInt(v any) int {
	switch v := v.(type) {
	case float64:
		return int(v)
	case int:
		return v
	}
	return 0
}

// AddCommand registers a command in a scope as another program would: of the
// given type and name.
func (s *Server) AddCommand(scope string, kind int, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	cmd := map[string]any{"type": kind, "name": name}
	if kind == entryPoint {
		cmd["handler"] = 2
	}
	if kind == 1 {
		cmd["description"] = "A command of another program"
	}
	fill(cmd)
	cmd["id"], cmd["version"], cmd["application_id"] = s.id(), s.id(), s.AppID
	s.commands[scope] = append(s.commands[scope], cmd)
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
