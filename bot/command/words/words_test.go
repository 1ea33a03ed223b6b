package words_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"example.org/attache/bot/command/words"
)

func TestSay(t *testing.T) {
	for _, c := range []struct {
		key  string
		m    words.M
		want string
	}{
		{"action.more", nil, "More"},
		{"count.documents", words.M{"Count": 1}, "1 document"},
		{"count.documents", words.M{"Count": 3}, "3 documents"},
		{"option.bool", words.M{"Value": "<b>{{.x}}", "Option": "private"}, "“<b>{{.x}}” is neither true nor false (option private)."},
		{"no.such.key", nil, "[no.such.key]"},
	} {
		if got := words.Say(c.key, c.m); got != c.want {
			t.Errorf("Say(%q, %v) = %q, want %q", c.key, c.m, got, c.want)
		}
	}
}

// catalogue returns the messages with all their forms.
func catalogue(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile("en.toml")
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := toml.Unmarshal(data, &raw); err != nil {
		t.Fatal(err)
	}
	messages := map[string]string{}
	for key, v := range raw {
		switch v := v.(type) {
		case string:
			messages[key] = v
		case map[string]any:
			for _, form := range []string{"one", "other"} {
				s, ok := v[form].(string)
				if !ok {
					t.Errorf("%s lacks the form %s", key, form)
				}
				messages[key] += s
			}
		}
	}
	return messages
}

// Each translation has messages that English has, for the same placeholders, and
// all of small talk's.
func TestTranslationsSayWhatEnglishDoes(t *testing.T) {
	files, err := filepath.Glob("*.toml")
	if err != nil || len(files) < 11 {
		t.Fatal(len(files), err)
	}
	english := catalogue(t)
	placeholders := func(message string) string {
		set := map[string]bool{}
		for _, p := range placeholder.FindAllStringSubmatch(message, -1) {
			set[p[1]] = true
		}
		return fmt.Sprint(slices.Sorted(maps.Keys(set)))
	}
	for _, name := range files {
		raw := map[string]any{}
		data, err := os.ReadFile(name)
		if err == nil {
			err = toml.Unmarshal(data, &raw)
		}
		if err != nil {
			t.Fatal(name, err)
		}
		language := strings.TrimSuffix(name, ".toml")
		for key, v := range raw {
			forms, ok := v.(map[string]any)
			if !ok {
				forms = map[string]any{"other": v}
			}
			for _, form := range forms {
				if message, _ := form.(string); english[key] == "" || placeholders(message) != placeholders(english[key]) {
					t.Errorf("%s: %s is %q, in English %q", name, key, form, english[key])
				}
			}
		}
		for key := range english {
			if strings.HasPrefix(key, "talk.") && raw[key] == nil {
				t.Errorf("%s lacks %s", name, key)
			}
		}
		for _, n := range []int{1, 2, 5, 21, 1000000} {
			if got := words.In(language).Say("talk.can", words.M{"Count": n}); !strings.Contains(got, strconv.Itoa(n)) {
				t.Errorf("%s: of %d documents it says %q", name, n, got)
			}
		}
	}
	if got := words.In("xx").Say("action.more"); got != "More" {
		t.Errorf("in an unknown language: %q", got)
	}
	if got := words.In("ko").Say("action.more"); got != "More" {
		t.Errorf("what is not translated: %q", got)
	}
}

// TestTheCatalogueIsWhatTheProgramSays checks that every key the source uses is
// in the catalogue, with the values its placeholders need, and the reverse.
func TestTheCatalogueIsWhatTheProgramSays(t *testing.T) {
	messages := catalogue(t)
	literals, prefixes := map[string]bool{}, []string{}
	visit := func(call *ast.CallExpr) {
		switch key := call.Args[0].(type) {
		case *ast.BasicLit:
			k, _ := strconv.Unquote(key.Value)
			if message, ok := messages[k]; !ok {
				t.Errorf("the catalogue lacks %q", k)
			} else {
				checkValues(t, k, message, call)
			}
		case *ast.BinaryExpr:
			if prefix, ok := key.X.(*ast.BasicLit); ok {
				p, _ := strconv.Unquote(prefix.Value)
				prefixes = append(prefixes, p)
			}
		}
	}
	for _, file := range sources(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if len(n.Args) > 0 && says(n.Fun) {
					visit(n)
				}
			case *ast.BasicLit:
				if s, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING {
					literals[s] = true
				}
			}
			return true
		})
	}
	for key := range messages {
		used := literals[key]
		for _, p := range prefixes {
			used = used || strings.HasPrefix(key, p)
		}
		if !used {
			t.Errorf("nothing says %q", key)
		}
	}
}

// shown are the fields of a reply whose text people see.
var shown = regexp.MustCompile(`^(Title|Heading|Lines|Notes|Label|Alt|Placeholder|Description|Content)$`)

// TestNoWordOfAReplyStandsInTheSource checks that what is put into a reply is
// never written out where it is put in.
func TestNoWordOfAReplyStandsInTheSource(t *testing.T) {
	check := func(field string, value ast.Expr) {
		if !shown.MatchString(field) {
			return
		}
		ast.Inspect(value, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				return !says(call.Fun)
			}
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && letters.MatchString(lit.Value) {
				t.Errorf("%s is set to %s", field, lit.Value)
			}
			return true
		})
	}
	for _, file := range sources(t) {
		if name := file.Name.Name; name != "command" && name != "discord" && name != "terminal" {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok {
					check(key.Name, n.Value)
				}
			case *ast.AssignStmt:
				for i, left := range n.Lhs {
					if field, ok := left.(*ast.SelectorExpr); ok && i < len(n.Rhs) {
						check(field.Sel.Name, n.Rhs[i])
					}
				}
			}
			return true
		})
	}
}

var letters = regexp.MustCompile(`\pL\pL`)

// says reports whether a function says a message.
func says(f ast.Expr) bool {
	switch f := f.(type) {
	case *ast.Ident:
		return f.Name == "tell"
	case *ast.SelectorExpr:
		return f.Sel.Name == "Say"
	}
	return false
}

var placeholder = regexp.MustCompile(`\{\{(?:if )?\.(\w+)`)

// checkValues checks that a call gives a message the values it needs.
func checkValues(t *testing.T, key, message string, call *ast.CallExpr) {
	t.Helper()
	given := map[string]bool{}
	for _, a := range call.Args[1:] {
		m, ok := a.(*ast.CompositeLit)
		if !ok {
			return
		}
		for _, e := range m.Elts {
			if name, ok := e.(*ast.KeyValueExpr).Key.(*ast.BasicLit); ok {
				n, _ := strconv.Unquote(name.Value)
				given[n] = true
			}
		}
	}
	for _, p := range placeholder.FindAllStringSubmatch(message, -1) {
		if !given[p[1]] {
			t.Errorf("%s is not given its %s", key, p[1])
		}
	}
}

// sources parses the program's own files above this folder.
func sources(t *testing.T) (files []*ast.File) {
	t.Helper()
	err := filepath.WalkDir("../..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		files = append(files, f)
		return err
	})
	if err != nil || len(files) < 10 {
		t.Fatal(len(files), err)
	}
	return files
}
