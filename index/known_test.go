package index

import (
	"sync"
	"testing"
	"testing/fstest"

	"example.org/attache/corpus"
)

// A file with a fault of its own is not taken apart again until it changes, or
// everything is read anew.
func TestFaultyFilesAreKnown(t *testing.T) {
	dir := t.TempDir()
	docs := fstest.MapFS{
		"a.txt":     {Data: []byte("The road is open.\n")},
		"bad.jsonl": {Data: []byte("{\"text\": \"The ferry is late.\"}\n{\"text\": \n")},
		"bad.docx":  {Data: []byte("no archive")},
	}
	if _, err := Build(t.Context(), dir, docs, Options{}); err != nil {
		t.Fatal(err)
	}
	inventoryOf := func(o Options) *inventory {
		v := newInventory(o)
		t.Cleanup(v.close)
		if err := v.load(dir); err != nil {
			t.Fatal(err)
		}
		return v
	}
	again := func(v *inventory) (read []string) {
		var mu sync.Mutex // several files are read at a time
		err := v.read(t.Context(), docs, func(file, hash string) bool {
			known := v.known(file, hash)
			if !known {
				mu.Lock()
				defer mu.Unlock()
				read = append(read, file)
			}
			return known
		}, func(r corpus.Result) error { v.judge(r); return nil })
		if err != nil {
			t.Fatal(err)
		}
		return read
	}
	if read := again(inventoryOf(Options{})); len(read) > 0 {
		t.Errorf("%v are read again", read)
	}
	if read := again(inventoryOf(Options{Full: true})); len(read) != len(docs) {
		t.Errorf("in full only %v are read", read)
	}
	for file := range docs {
		if inventoryOf(Options{}).known(file, "changed") {
			t.Errorf("%s has changed and is not read", file)
		}
	}
}
