package words_test

import (
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
	"golang.org/x/text/feature/plural"
	xlanguage "golang.org/x/text/language"

	"example.org/attache/bot/command"
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

// message is a message with its forms, by the names of plural categories; one
// without a count has the form "other" alone.
type message map[string]string

// all are the texts of the forms together.
func (m message) all() string { return strings.Join(slices.Collect(maps.Values(m)), " ") }

// catalogue reads the messages of a language as they are in its file.
func catalogue(t *testing.T, language string) map[string]message {
	t.Helper()
	data, err := os.ReadFile(language + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := toml.Unmarshal(data, &raw); err != nil {
		t.Fatalf("%s: %v", language, err)
	}
	messages := map[string]message{}
	for key, v := range raw {
		messages[key] = message{}
		switch v := v.(type) {
		case string:
			messages[key]["other"] = v
		case map[string]any:
			for form, text := range v {
				messages[key][form], _ = text.(string)
			}
		}
	}
	return messages
}

// files are the languages that there is a file of.
func files(t *testing.T) (languages []string) {
	t.Helper()
	names, err := filepath.Glob("*.toml")
	if err != nil || len(names) < 10 {
		t.Fatal(len(names), err)
	}
	for _, name := range names {
		languages = append(languages, strings.TrimSuffix(name, ".toml"))
	}
	return languages
}

// categories are the plural categories that a language has: those of whole numbers,
// the millions of some languages, which x/text does not know yet, and "other",
// which stands for what is not counted.
func categories(language string) map[string]bool {
	names := map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}
	base, _, _ := strings.Cut(language, "-")
	found := map[string]bool{"other": true}
	if slices.Contains([]string{"es", "fr", "it", "pt"}, base) {
		found["many"] = true
	}
	for _, n := range append(slices.Collect(func(yield func(int) bool) {
		for n := range 1000 {
			if !yield(n) {
				return
			}
		}
	}), 1_000_000) {
		found[names[plural.Cardinal.MatchPlural(xlanguage.Make(language), n, 0, 0, 0, 0)]] = true
	}
	return found
}

// placeholders are the names of the values that a text has.
func placeholders(text string) []string {
	set := map[string]bool{}
	for _, p := range placeholder.FindAllStringSubmatch(text, -1) {
		set[p[1]] = true
	}
	return slices.Sorted(maps.Keys(set))
}

func TestEachCatalogueHasEveryMessage(t *testing.T) {
	english := catalogue(t, "en")
	for _, language := range words.Languages {
		own := catalogue(t, language)
		for key := range english {
			if own[key] == nil {
				t.Errorf("%s lacks %s", language, key)
			}
		}
	}
	for _, language := range files(t) {
		own := catalogue(t, language)
		for key := range english {
			if strings.HasPrefix(key, "talk.") && own[key] == nil {
				t.Errorf("%s lacks %s", language, key)
			}
		}
	}
}

// A form may leave out the count alone, where its words say it: "about a minute".
func TestEachMessageHasTheFormsAndValuesThatItNeeds(t *testing.T) {
	english := catalogue(t, "en")
	for _, language := range files(t) {
		needed := categories(language)
		for key, own := range catalogue(t, language) {
			if english[key] == nil {
				t.Errorf("%s: nothing says %s", language, key)
				continue
			}
			want := placeholders(english[key].all())
			counts := len(english[key]) > 1
			for form, text := range own {
				got := placeholders(text)
				if counts && !slices.Contains(got, "Count") && form != "other" && form != "many" {
					got = slices.Sorted(slices.Values(append(got, "Count")))
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s: %s (%s) has the values %v, English %v: %s", language, key, form, got, want, text)
				}
				if strings.TrimSpace(text) == "" {
					t.Errorf("%s: %s (%s) is empty", language, key, form)
				}
			}
			if !counts {
				needed := map[string]bool{"other": true}
				if !maps.Equal(needed, forms(own)) {
					t.Errorf("%s: %s has plural forms, but no count", language, key)
				}
			} else if !maps.Equal(needed, forms(own)) {
				t.Errorf("%s: %s has the forms %v, its language %v", language, key, slices.Sorted(maps.Keys(own)), slices.Sorted(maps.Keys(needed)))
			}
		}
	}
}

func forms(m message) map[string]bool {
	all := map[string]bool{}
	for form := range m {
		all[form] = true
	}
	return all
}

// Where a message speaks of a command, its translations call it by the name that it
// has in their language.
func TestMessagesCallCommandsByTheirNames(t *testing.T) {
	english := catalogue(t, "en")
	mentioned := regexp.MustCompile(`/(admin [a-z]+|follow [a-z]+|[a-z]+)`)
	found := 0
	for _, language := range words.Languages {
		w := words.In(language)
		own := catalogue(t, language)
		for key, message := range english {
			for _, m := range mentioned.FindAllStringSubmatch(message["other"], -1) {
				cmd, ok := command.Find(m[1])
				if !ok {
					if cmd, ok = command.Find(strings.Fields(m[1])[0]); !ok {
						continue
					}
				}
				found++
				if title := "/" + cmd.Title(w); !strings.Contains(own[key]["other"], title) {
					t.Errorf("%s: %s does not say %s: %s", language, key, title, own[key]["other"])
				}
			}
		}
	}
	if found < 20*len(words.Languages) {
		t.Errorf("only %d commands are mentioned", found)
	}
}

func TestLanguagesAreFoundByTagsAndLocales(t *testing.T) {
	for name, want := range map[string]string{"": "en", "C": "en", "C.UTF-8": "en", "POSIX": "en", "en-GB": "en", "en_US.UTF-8": "en", "xx": "en", "tlh": "en", "-": "en",
		"ko": "ko", "ko_KR.UTF-8": "ko", "ja_JP.eucJP": "ja", "zh": "zh-CN", "zh-CN": "zh-CN", "zh-Hans": "zh-CN", "zh_SG": "zh-CN",
		"zh-TW": "zh-TW", "zh_HK.UTF-8": "zh-TW", "zh-Hant": "zh-TW",
		"de_AT": "de", "es-419": "es", "es-ES": "es", "fr_CA.UTF-8": "fr", "pt": "pt-BR", "pt-PT": "pt-BR", "pt_BR.UTF-8@latin": "pt-BR", "ru": "ru",
		"ar_EG.UTF-8": "ar", "id_ID": "id", "uk": "en", "it": "en", "pl": "en"} {
		if got := words.In(name).Language(); got != want {
			t.Errorf("In(%q) is %s, want %s", name, got, want)
		}
	}
	if got := words.In("xx").Say("action.more"); got != "More" {
		t.Errorf("in an unknown language: %q", got)
	}
	if (words.Catalogue{}).Language() != "en" {
		t.Error("the zero catalogue is not English")
	}
}

func TestPluralsGoByTheLanguage(t *testing.T) {
	for language, want := range map[string][]string{
		"en": {"0 documents", "1 document", "2 documents", "5 documents", "11 documents", "21 documents"},
		"fr": {"0 document", "1 document", "2 documents", "5 documents", "11 documents", "21 documents"},
		"ru": {"0 документов", "1 документ", "2 документа", "5 документов", "11 документов", "21 документ"},
		"ar": {"لا وثائق", "وثيقة واحدة", "وثيقتان", "5 وثائق", "11 وثيقة", "21 وثيقة"},
		"ko": {"문서 0건", "문서 1건", "문서 2건", "문서 5건", "문서 11건", "문서 21건"},
	} {
		for i, n := range []int{0, 1, 2, 5, 11, 21} {
			if got := words.In(language).Say("count.documents", words.M{"Count": n}); got != want[i] {
				t.Errorf("%s: %d is %q, want %q", language, n, got, want[i])
			}
		}
	}
}

func TestTextsOfTheOtherDirectionAreIsolated(t *testing.T) {
	name := words.M{"Name": "أنس"}
	if got := words.In("en").Say("follow.who", name); got != "Who is \u2068أنس\u2069?" {
		t.Errorf("%q", got)
	}
	if got := words.Say("follow.who", name); got != "Who is أنس?" {
		t.Errorf("for programs: %q", got)
	}
	for s, want := range map[string]bool{"": true, "a": true, "\u2068a\u2069": true, "\u2068a": false, "\u2069a\u2068": false, "\u2067a\u2069": true} {
		if words.Balanced(s) != want {
			t.Errorf("%q is balanced: %v", s, !want)
		}
	}
	if got := words.In("en").Isolate("\u202eأ\u2069"); got != "\u2068أ\u2069" {
		t.Errorf("marks of a text itself stay: %q", got)
	}
}

func TestNumbersAndDatesAreWrittenAsTheLanguageDoes(t *testing.T) {
	w := words.In("en")
	for got, want := range map[string]string{
		w.Number(1234567): "1,234,567", w.Decimal(1234.56): "1,234.6",
		w.Date(2023, 11, 7): "November 7, 2023", w.Date(2023, 11, 0): "November 2023", w.Date(2023, 0, 0): "2023",
		w.List([]string{"a", "b"}):     "a, b",
		words.In("de").Number(1234567): "1.234.567", words.In("ru").Decimal(1.26): "1,3", words.In("ar").Number(12345): "12,345",
		words.In("de").Date(2023, 11, 7): "7. November 2023", words.In("ko").Date(2023, 11, 7): "2023년 11월 7일", words.In("ko").Date(2023, 11, 0): "2023년 11월",
		words.In("ru").Date(2023, 11, 7): "7 ноября 2023 г.", words.In("ru").Date(2023, 11, 0): "ноябрь 2023 г.", words.In("es").Date(2023, 11, 7): "7 de noviembre de 2023",
		words.In("ja").List([]string{"a", "b"}): "a、b", words.In("ar").List([]string{"a", "ب"}): "\u2068a\u2069، ب",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestTheCatalogueIsWhatTheProgramSays checks that every key the source uses is
// in the catalogue, with the values its placeholders need, and the reverse.
func TestTheCatalogueIsWhatTheProgramSays(t *testing.T) {
	messages := catalogue(t, "en")
	literals, prefixes := map[string]bool{}, []string{}
	visit := func(call *ast.CallExpr) {
		switch key := call.Args[0].(type) {
		case *ast.BasicLit:
			k, _ := strconv.Unquote(key.Value)
			if message, ok := messages[k]; !ok {
				t.Errorf("the catalogue lacks %q", k)
			} else {
				checkValues(t, k, message.all(), call)
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
			case *ast.BinaryExpr:
				if key, ok := n.X.(*ast.BasicLit); ok && strings.HasSuffix(key.Value, `."`) {
					p, _ := strconv.Unquote(key.Value)
					prefixes = append(prefixes, p)
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
