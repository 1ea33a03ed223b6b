package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// openAPI is Discord's description of its API, kept beside the project.
const openAPI = "../shared/discord-openapi.json"

// callbackSchemas names the schema of each callback type: the errors of the
// union over all of them are unreadable.
var callbackSchemas = map[int]string{
	1: "PongInteractionCallbackRequest",
	4: "CreateMessageInteractionCallbackRequest", 5: "CreateMessageInteractionCallbackRequest",
	6: "UpdateMessageInteractionCallbackRequest", 7: "UpdateMessageInteractionCallbackRequest",
	8: "ApplicationCommandAutocompleteCallbackRequest",
}

// schemas compiles parts of the description as they are needed.
var schemas schemaSet

type schemaSet struct {
	sync.Mutex
	once     sync.Once
	compiler *jsonschema.Compiler
	known    map[string]*jsonschema.Schema
}

// HasSchema reports whether Discord's description is there to check against.
func HasSchema() bool {
	schemas.Lock()
	defer schemas.Unlock()
	return loaded()
}

// loaded reads the description once; schemas is locked.
func loaded() bool {
	schemas.once.Do(func() {
		path := beside(openAPI)
		raw, err := os.ReadFile(path)
		if err != nil {
			return
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		if err != nil {
			return
		}
		c := jsonschema.NewCompiler()
		c.DefaultDraft(jsonschema.Draft2020)
		if c.AddResource("mem:///discord.json", doc) == nil {
			schemas.compiler, schemas.known = c, map[string]*jsonschema.Schema{}
		}
	})
	return schemas.compiler != nil
}

// beside finds a file relative to the project's root, from anywhere below.
func beside(rel string) string {
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		if _, e := os.Stat(filepath.Join(dir, "go.mod")); e == nil {
			return filepath.Join(dir, rel)
		}
		dir = filepath.Dir(dir)
	}
	return ""
}

// checkSchema returns how a body differs from what Discord describes.
func checkSchema(method, pattern string, body []byte) []string {
	schemas.Lock()
	defer schemas.Unlock()
	if !loaded() {
		return nil
	}
	sch, err := schemas.find(method, pattern, body)
	if err != nil || sch == nil {
		if err != nil {
			return []string{err.Error()}
		}
		return nil
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return []string{err.Error()}
	}
	if err := sch.Validate(v); err != nil {
		return []string{strings.Join(strings.Fields(err.Error()), " ")}
	}
	return nil
}

// find compiles the schema of an operation's body; the set is locked.
func (s *schemaSet) find(method, pattern string, body []byte) (*jsonschema.Schema, error) {
	at := "#/paths/" + strings.ReplaceAll(pattern, "/", "~1") + "/" + strings.ToLower(method) +
		"/requestBody/content/application~1json/schema"
	if strings.HasSuffix(pattern, "/callback") {
		var cb struct {
			Type int `json:"type"`
		}
		if json.Unmarshal(body, &cb) != nil || callbackSchemas[cb.Type] == "" {
			return nil, fmt.Errorf("callback type %d", cb.Type)
		}
		at = "#/components/schemas/" + callbackSchemas[cb.Type]
	}
	if strings.HasSuffix(pattern, "/messages/{message_id}") && strings.HasPrefix(pattern, "/webhooks") {
		at = strings.Replace(at, "{message_id}", "@original", 1)
	}
	if sch, ok := s.known[at]; ok {
		return sch, nil
	}
	sch, err := s.compiler.Compile("mem:///discord.json" + (&url.URL{Fragment: at[1:]}).String())
	if err != nil {
		return nil, fmt.Errorf("the schema of %s %s: %w", method, pattern, err)
	}
	s.known[at] = sch
	return sch, nil
}
