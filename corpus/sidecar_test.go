package corpus

import (
	"strings"
	"testing"
)

// FuzzSidecar: whatever a description holds, it is read or refused in one line
// that names it.
func FuzzSidecar(f *testing.F) {
	for _, s := range []string{
		"title = \"Joint statement\"\ndate = 2023-11-07\nurl = \"https://mfa.example/41\"\ntags = [\"grain\"]\n",
		"date = \"August 2024\"\nlanguage = \"en\"\n", "date = 2024\n", "date = 07:32:00\n", "date = [1]\n", "date = {a = 1}\n",
		"title = 1\n", "titel = \"x\"\n", "tags = \"x\"\n", "[title]\n", "title = \"\"\"\n", "a.b.c = 1\n", "language = \"zz\"\n", "\xff", "\"\\u0000\" = 1\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := parseSidecar("a.txt"+SidecarSuffix, data)
		if (s == nil) == (err == nil) {
			t.Fatalf("it is %+v and %v", s, err)
		}
		if err == nil {
			return
		}
		if told := (fault{"a.txt", err}).Error(); !strings.Contains(told, "a.txt.meta.toml") || strings.Contains(told, "\n") {
			t.Errorf("it says %q", told)
		}
	})
}
