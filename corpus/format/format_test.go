package format_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/attache/corpus/format"
)

var update = flag.Bool("update", false, "write what the readers read as the golden files")

// print writes what a reader read, for people to compare.
func print(f format.File) string {
	var b strings.Builder
	for d, err := range format.Read(context.Background(), f) {
		if err != nil {
			fmt.Fprintf(&b, "%s! %v\n", d.Part, err)
			continue
		}
		fmt.Fprintf(&b, "%s\ntitle: %s\npublisher: %s\nauthor: %s\nurl: %s\npublished: %s\nlanguage: %s\ntags: %s\n",
			d.Part, d.Title, d.Publisher, d.Author, d.URL, d.Published, d.Language, strings.Join(d.Tags, ", "))
		for _, block := range d.Blocks {
			fmt.Fprintf(&b, "%s %s\n", []string{"-", "=", "#"}[block.Kind]+page(block.Page), block.Text)
		}
	}
	return b.String()
}

func page(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("p%d", n)
}

// Each file of testdata is named for the program that made it. Beside it lies
// what must be read of it: = for a title, # for a heading, - for the rest.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, ".golden") {
			continue
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := print(format.File{Path: filepath.Base(name), Data: data})
			if *update {
				if err := os.WriteFile(name+".golden", []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name + ".golden")
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}
