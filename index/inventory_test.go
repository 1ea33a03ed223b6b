package index_test

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"example.org/attache/index"
)

// blocked is a corpus some of whose files can't be opened.
type blocked struct {
	fstest.MapFS
	names []string
	err   error
}

func (b blocked) refuse(name string) error {
	if slices.Contains(b.names, name) {
		return &fs.PathError{Op: "open", Path: name, Err: b.err}
	}
	return nil
}

func (b blocked) Open(name string) (fs.File, error) {
	if err := b.refuse(name); err != nil {
		return nil, err
	}
	return b.MapFS.Open(name)
}

func (b blocked) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := b.refuse(name); err != nil {
		return nil, err
	}
	return b.MapFS.ReadDir(name)
}

var regions = map[string]string{
	"east/a.txt": "East\n\nThe eastern ports were opened to all ships.\n",
	"east/b.txt": "East\n\nThe eastern airfields were closed to all aircraft.\n",
	"west/c.txt": "West\n\nThe western border was marked with stones.\n",
}

// What was read of a file or a folder that can't be opened today is kept.
func TestUnreadableKeepsWhatWasRead(t *testing.T) {
	for name, c := range map[string]struct {
		blocked string
		want    string
	}{
		"file":   {"east/a.txt", "east/a.txt failed, east/b.txt unchanged, west/c.txt unchanged"},
		"folder": {"east", "east failed, west/c.txt unchanged"},
		"corpus": {".", ". failed"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			build(t, dir, folder(regions))
			r := build(t, dir, blocked{MapFS: folder(regions), names: []string{c.blocked}, err: fs.ErrPermission})
			if got := statuses(r); got != c.want || r.Swapped {
				t.Errorf("%s, swapped %v; want %s", got, r.Swapped, c.want)
			}
			for _, e := range r.Entries {
				if e.Status == index.Failed && !errors.Is(e.Err, fs.ErrPermission) {
					t.Errorf("%s failed with %v", e.Document, e.Err)
				}
			}
			if got := first(t, open(t, dir), "eastern ports"); !strings.Contains(got, "opened to all ships") {
				t.Errorf("the index says %q", got)
			}
		})
	}
}

// A file that is taken away between being listed and being read is gone.
func TestRemovedMidway(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, folder(regions))
	build(t, dir, blocked{MapFS: folder(regions), names: []string{"east/a.txt"}, err: fs.ErrNotExist})
	if got := first(t, open(t, dir), "eastern ports"); strings.Contains(got, "ports") {
		t.Errorf("the index still says %q", got)
	}
}

func TestSkippedDocumentsComeBack(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, folder(regions))
	without := leaveOut("west/c.txt")
	r, err := index.Build(t.Context(), dir, folder(regions), without)
	if err != nil || statuses(r) != "east/a.txt unchanged, east/b.txt unchanged, west/c.txt removed" {
		t.Errorf("left out: %s, %v", statuses(r), err)
	}
	if got, want := statuses(build(t, dir, folder(regions))), "east/a.txt unchanged, east/b.txt unchanged, west/c.txt added"; got != want {
		t.Errorf("taken up again: %s, want %s", got, want)
	}
}

// What is wrong with a file is told every time, also when the file isn't read
// again, until it is mended.
func TestBrokenFileIsToldEveryTime(t *testing.T) {
	dir := t.TempDir()
	lines := `{"text": "The first line is a note on tariffs between the islands."}` + "\n" + `{"text": ` + "\n"
	texts := map[string]string{"notes.jsonl": lines, "empty.pdf": "%PDF-1.7\n", "a.txt": regions["east/a.txt"]}
	for _, when := range []string{"first", "again", "a third time"} {
		r := build(t, dir, folder(texts))
		if r.Count(index.Failed) != 2 || r.Swapped != (when == "first") {
			t.Errorf("%s: %s, a new index: %v; want two failed", when, statuses(r), r.Swapped)
		}
		if reasons := reasons(r); !strings.Contains(reasons, "notes.jsonl#2: ") || !strings.Contains(reasons, "empty.pdf: it is damaged") {
			t.Errorf("%s: the reasons are %s", when, reasons)
		}
	}
	if r, err := index.Check(t.Context(), dir, folder(texts), index.Options{}); err != nil || r.Count(index.Failed) != 2 {
		t.Errorf("check: %s, %v", statuses(r), err)
	}
	texts["notes.jsonl"] = strings.Replace(lines, `{"text": `+"\n", `{"text": "The second line is mended."}`, 1)
	delete(texts, "empty.pdf")
	if got, want := statuses(build(t, dir, folder(texts))), "a.txt unchanged, notes.jsonl#1 changed, notes.jsonl#2 added"; got != want {
		t.Errorf("mended: %s, want %s", got, want)
	}
}

func reasons(r *index.Report) string {
	var all []string
	for _, e := range r.Entries {
		if e.Err != nil {
			all = append(all, e.Err.Error())
		}
	}
	return strings.Join(all, "\n")
}

func TestFullReadsEverything(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, folder(regions))
	r, err := index.Build(t.Context(), dir, folder(regions), index.Options{Full: true})
	if err != nil || r.Count(index.Changed) != 3 || !r.Swapped {
		t.Errorf("%s, %v", statuses(r), err)
	}
}
