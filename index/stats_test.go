package index_test

import (
	"testing"
	"time"
)

func TestStats(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, folder(map[string]string{"a.txt": "One thing is sure.", "b.txt": "Another thing.\n\nA third one."}))
	s, err := open(t, dir).Stats()
	if err != nil || s.Documents != 2 || s.Passages == 0 || s.Bytes == 0 || time.Since(s.Built) > time.Minute {
		t.Errorf("got %+v, %v", s, err)
	}
}
