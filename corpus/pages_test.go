package corpus_test

import (
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"example.org/attache/corpus"
)

// How web pages are read is measured on a public set of 983 real pages, of which
// pieces that belong to the article and pieces that do not are known, and of most
// the title, the authors and the day. It comes with the source of go-trafilatura,
// whose checksum the go command knows:
//
//	go mod download -json github.com/markusmobius/go-trafilatura@v1.12.2
//	go test ./corpus -run PublicPages -v -pages DIR
//
// DIR is the Dir that the first prints. For figures of that program beside:
//
//	go install github.com/markusmobius/go-trafilatura/cmd/go-trafilatura@v1.12.2
//	go test ./corpus -run PublicPages -v -timeout 1h -pages DIR -trafilatura PROGRAM
var (
	pagesDir    = flag.String("pages", "", "the source of go-trafilatura, with its set of pages: measure how pages are read")
	trafilatura = flag.String("trafilatura", "", "with -pages: the program go-trafilatura, to be measured beside")
)

// knownPage is what the set says about a page.
type knownPage struct {
	file          string
	title, date   string
	authors       []string
	with, without []string // pieces of the text of the article, and of what stands around it
}

// readPage is what a program makes of a page.
type readPage struct{ text, title, date, author string }

func TestPublicPages(t *testing.T) {
	if *pagesDir == "" {
		t.Skip("-pages names a folder with a public set of pages")
	}
	pages := knownPages(t, filepath.Join(*pagesDir, "scripts", "comparison", "data.go"))
	readers := map[string]func(path string, content []byte) readPage{"attache": readOwn}
	if *trafilatura != "" {
		readers["go-trafilatura"] = readByTrafilatura
	}
	for name, read := range readers {
		var f pageFigures
		start := time.Now()
		for _, p := range pages {
			path, content := pageFile(p.file)
			if content != nil {
				f.add(p, read(path, content))
			}
		}
		t.Logf("%s: %s; %.0f s", name, f, time.Since(start).Seconds())
		if f.pages == 0 {
			t.Error("the folder has no pages")
		}
	}
}

// pageFile finds a page in one of the two folders of the set.
func pageFile(name string) (path string, content []byte) {
	for _, folder := range []string{"comparison", "mock"} {
		path = filepath.Join(*pagesDir, "test-files", folder, name)
		if content, err := os.ReadFile(path); err == nil {
			return path, content
		}
	}
	return "", nil
}

func readOwn(_ string, content []byte) (r readPage) {
	for read := range corpus.Read(context.Background(), fstest.MapFS{"page.html": {Data: content}}) {
		if d := read.Document; read.Err == nil {
			r = readPage{d.Text, d.Title, d.Published.String(), d.Author}
		}
	}
	return r
}

func readByTrafilatura(path string, _ []byte) readPage {
	var out struct {
		Text     string `json:"contentText"`
		Metadata struct {
			Title, Author string
			Date          time.Time
		}
	}
	raw, _ := exec.Command(*trafilatura, "-f", "json", "--no-comments", path).Output() // it fails where it finds nothing
	if json.Unmarshal(raw, &out) != nil {
		return readPage{}
	}
	r := readPage{text: out.Text, title: out.Metadata.Title, author: out.Metadata.Author}
	if !out.Metadata.Date.IsZero() {
		r.date = out.Metadata.Date.Format(time.DateOnly)
	}
	return r
}

// pageFigures counts what was read rightly.
type pageFigures struct {
	pages, lost            int // lost: none of the known pieces was found
	kept, missed, foreign  int // pieces: of the article, of it and not found, of what stands around it
	dates, dated, misdated int
	titles, titled         int
	authors, named, others int
}

func (f *pageFigures) add(p knownPage, r readPage) {
	f.pages++
	text, kept := folded(r.text), 0
	for _, piece := range p.with {
		if strings.Contains(text, folded(piece)) {
			kept++
		}
	}
	f.kept, f.missed = f.kept+kept, f.missed+len(p.with)-kept
	if kept == 0 && len(p.with) > 0 {
		f.lost++
	}
	for _, piece := range p.without {
		if strings.Contains(text, folded(piece)) {
			f.foreign++
		}
	}
	count(&f.dates, &f.dated, &f.misdated, p.date, r.date)
	var unnamed int
	count(&f.titles, &f.titled, &unnamed, folded(p.title), folded(r.title))
	count(&f.authors, &f.named, &f.others, namesIn(strings.Join(p.authors, ";")), namesIn(r.author))
}

// count counts a fact that is known: as right, or as another.
func count(all, right, other *int, want, got string) {
	switch {
	case want == "":
		return
	case got == want:
		*right++
	case got != "":
		*other++
	}
	*all++
}

func (f pageFigures) String() string {
	precision := float64(f.kept) / float64(f.kept+f.foreign)
	recall := float64(f.kept) / float64(f.kept+f.missed)
	return fmt.Sprintf("article F1 %.3f (precision %.3f, recall %.3f), %d of %d pages lost; dates %d right, %d wrong of %d; titles %d of %d; authors %d right, %d other of %d",
		2*precision*recall/(precision+recall), precision, recall, f.lost, f.pages, f.dated, f.misdated, f.dates, f.titled, f.titles, f.named, f.others, f.authors)
}

func folded(s string) string { return strings.Join(strings.Fields(s), " ") }

var betweenNames = regexp.MustCompile(`\s*(?:;|,|/| and | und | & )\s*`)

// namesIn are the names of authors in one order and spelling.
func namesIn(s string) string {
	names := slices.DeleteFunc(betweenNames.Split(strings.ToLower(folded(s)), -1), func(n string) bool { return n == "" })
	slices.Sort(names)
	return strings.Join(names, ";")
}

// knownPages reads the set from the Go file that holds it: a map of structs with
// strings and lists of strings.
func knownPages(t *testing.T, path string) (all []knownPage) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatalf("reading the set of pages: %v", err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		entry, ok := n.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		fields, ok := entry.Value.(*ast.CompositeLit)
		if _, isKey := entry.Key.(*ast.BasicLit); !ok || !isKey {
			return true
		}
		p := knownPage{}
		for _, e := range fields.Elts {
			field := e.(*ast.KeyValueExpr)
			values := stringsIn(field.Value)
			switch name := field.Key.(*ast.Ident).Name; {
			case name == "Authors":
				p.authors = values
			case name == "With":
				p.with = values
			case name == "Without":
				p.without = values
			case len(values) != 1:
			case name == "File":
				p.file = values[0]
			case name == "Title":
				p.title = values[0]
			case name == "Date":
				p.date = values[0]
			}
		}
		all = append(all, p)
		return false
	})
	slices.SortFunc(all, func(a, b knownPage) int { return cmp.Compare(a.file, b.file) })
	return all
}

// stringsIn are the string literals of an expression.
func stringsIn(e ast.Expr) (all []string) {
	ast.Inspect(e, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil {
				all = append(all, s)
			}
		}
		return true
	})
	return all
}
