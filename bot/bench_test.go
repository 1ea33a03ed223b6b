package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLongLinesEndNoListOfQuestions(t *testing.T) {
	name := filepath.Join(t.TempDir(), "questions")
	if err := os.WriteFile(name, []byte("Who?\n"+strings.Repeat("long ", 20_000)+"\nWhere?"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := readLines(t.Context(), name); err != nil || len(got) != 3 || got[2] != "Where?" {
		t.Errorf("%d lines, %v", len(got), err)
	}
}
