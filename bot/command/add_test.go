package command

import (
	"strings"
	"testing"
)

func TestFileName(t *testing.T) {
	for called, want := range map[string]string{
		"report.pdf":                    "report.pdf",
		"../../etc/passwd":              "passwd",
		`C:\Users\ana\My report.docx`:   "My-report.docx",
		".hidden.txt":                   "hidden.txt",
		"a\x00b\u202e.txt":              "a-b.txt",
		"박진 연설.txt":                     "박진-연설.txt",
		"":                              "document",
		"...":                           "document",
		"x." + strings.Repeat("e", 300): "x." + strings.Repeat("e", 78),
	} {
		if got := fileName(called); got != want {
			t.Errorf("fileName(%q) = %q, want %q", called, got, want)
		}
	}
}
