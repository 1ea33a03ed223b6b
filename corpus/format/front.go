package format

import (
	"strings"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v3"
)

// front is the front matter of a text: what precedes it, between two lines
// that are a mark.
type front struct {
	mark string // "---" where it is YAML, "+++" where it is TOML; empty where there is none
	text string
}

// cutFront parts front matter from a text. A line of dashes that no other such
// line follows soon is drawn over the text, and none.
func cutFront(t string) (front, string) {
	const most = 16 << 10
	first, rest, _ := strings.Cut(t, "\n")
	mark := strings.TrimRight(first, "\r")
	if len(mark) < 3 || strings.Trim(mark, "-") != "" && strings.Trim(mark, "+") != "" {
		return front{}, t
	}
	for at := 0; at < min(len(rest), most); {
		line, _, _ := strings.Cut(rest[at:], "\n")
		next := min(at+len(line)+1, len(rest))
		if strings.TrimRight(line, "\r") == mark {
			return front{mark[:3], rest[:at]}, rest[next:]
		}
		at = next
	}
	return front{}, t
}

// fields takes front matter apart.
func (f front) fields() (fields map[string]any, err error) {
	switch f.mark {
	case "---":
		err = yaml.Unmarshal([]byte(f.text), &fields)
	case "+++":
		err = toml.Unmarshal([]byte(f.text), &fields)
	}
	return fields, err
}
