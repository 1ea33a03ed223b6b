package discord

import (
	"strings"
	"sync"
)

// commandIDs are the IDs that Discord gave the commands: by them a message
// shows a command so that it can be pressed.
type commandIDs struct {
	mu sync.Mutex
	in map[string]map[string]string // by server, "" for everywhere, and name
}

// learn takes the IDs of the commands of a server.
func (c *commandIDs) learn(guild string, registered []map[string]any) {
	ids := map[string]string{}
	for _, r := range registered {
		name, named := r["name"].(string)
		if id, ok := r["id"].(string); ok && named {
			ids[name] = id
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.in == nil {
		c.in = map[string]map[string]string{}
	}
	c.in[guild] = ids
}

// of returns a function that tells the ID of a command in a server; "" where
// none is known. A subcommand has that of its command.
func (c *commandIDs) of(guild string) func(name string) string {
	return func(name string) string {
		name, _, _ = strings.Cut(name, " ")
		c.mu.Lock()
		defer c.mu.Unlock()
		if id := c.in[guild][name]; id != "" {
			return id
		}
		return c.in[""][name]
	}
}
