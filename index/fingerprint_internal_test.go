package index

import (
	"bytes"
	"flag"
	"fmt"
	"hash/crc32"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"example.org/attache/corpus"
	"example.org/attache/corpus/language"
	"example.org/attache/index/internal/near"
	"example.org/attache/index/internal/store"
	"example.org/attache/index/lexis"
)

// versionsFile has the versions, and checksums of what they stood for last.
const versionsFile = "testdata/versions.golden"

// Whoever changes how documents are read, or how words become terms, raises the
// version, so that an index from before is made anew. What is compared are word
// lists and the documents of tests, so a change that shows in neither goes unnoticed.
func TestVersionsAreRaised(t *testing.T) {
	now := map[string]string{"analysis version": fmt.Sprint(analysisVersion), "reading version": fmt.Sprint(readingVersion)}
	wordLists(now)
	for name, fsys := range samples {
		readings(t, now, name, fsys)
	}
	update := flag.Lookup("update").Value.String() == "true"
	before := readVersions(t)
	for name, sum := range now {
		kind, _, _ := strings.Cut(name, " ")
		raised := now[kind+" version"] != before[kind+" version"]
		switch {
		case sum == before[name] || update && (raised || before[name] == ""):
		case before[name] != "" && !raised:
			t.Errorf("%s has changed: raise %sVersion in index/fingerprint.go, then go test ./index -run TestVersionsAreRaised -update", name, kind)
		default:
			t.Errorf("%s is not as it was written down: go test ./index -run TestVersionsAreRaised -update", name)
		}
	}
	if update && !t.Failed() {
		var b bytes.Buffer
		for _, name := range slices.Sorted(maps.Keys(now)) {
			fmt.Fprintf(&b, "%s\t%s\n", name, now[name])
		}
		if err := os.WriteFile(versionsFile, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func readVersions(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile(versionsFile)
	if err != nil {
		t.Fatal(err)
	}
	versions := map[string]string{}
	for line := range strings.Lines(string(data)) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		versions[name] = value
	}
	return versions
}

// samples are folders of documents in many formats and languages, by name.
var samples = map[string]fs.FS{
	"built-in": corpus.Builtin(),
	"formats":  os.DirFS("../corpus/format/testdata"),
	"quality":  os.DirFS("testdata/quality"),
	"typed":    os.DirFS("testdata/typed"),
}

// wordLists adds the checksum of the words of each language.
func wordLists(sums map[string]string) {
	for _, topic := range language.Topics {
		kind := "reading"
		switch topic {
		case language.Questions, language.Signs:
			kind = "analysis"
		case language.Latin, language.FollowUps:
			continue // questions and typed names alone are read with them
		}
		for _, code := range language.With(topic) {
			sums[fmt.Sprintf("%s %s of %s", kind, topic, code)] = checksum(fmt.Appendf(nil, "%q", language.Of(code, topic)))
		}
	}
}

// readings adds the checksums of the documents of a folder, and of their terms.
func readings(t *testing.T, sums map[string]string, folder string, fsys fs.FS) {
	t.Helper()
	for r := range corpus.Read(t.Context(), fsys) {
		d := r.Document
		if d == nil || strings.HasPrefix(d.ID, "fuzz/") || strings.HasSuffix(d.ID, ".golden") {
			continue
		}
		name := folder + " " + d.ID
		b := []byte(store.PackRow(store.Row{Source: sourceOf(d)}))
		sums["reading "+name] = checksum(append(b, store.PackDocument(d, passages(d), near.NewSketch(running(d)))...))
		sums["analysis "+name] = checksum([]byte(strings.Join(lexis.Terms(d.Language, d.Text), " ")))
	}
}

func checksum(b []byte) string {
	return fmt.Sprintf("%08x", crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)))
}
