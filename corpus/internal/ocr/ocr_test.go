package ocr_test

import (
	"context"
	"errors"
	"image"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/attache/corpus/internal/ocr"
)

// program writes a script that stands for the program.
func program(t *testing.T, script string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the program that stands for Tesseract is a shell script")
	}
	path := filepath.Join(t.TempDir(), "tesseract")
	if err := os.WriteFile(path, []byte("#!/bin/sh\nif [ \"$1\" = --list-langs ]; then echo 'List of languages (3):'; echo eng; echo fra; echo jpn; exit; fi\n"+script), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

// table writes words as Tesseract does: block, paragraph, line, how sure it is,
// and the word.
func table(words ...string) string {
	var b strings.Builder
	b.WriteString("cat > /dev/null\ncat <<'END'\nlevel\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n1\t1\t0\t0\t0\t0\t0\t0\t10\t10\t-1\t\n")
	for _, w := range words {
		f := strings.Fields(w)
		b.WriteString("5\t1\t" + f[0] + "\t" + f[1] + "\t" + f[2] + "\t1\t0\t0\t1\t1\t" + f[3] + "\t" + f[4] + "\n")
	}
	return b.String() + "END\n"
}

func page() *image.Gray { return image.NewGray(image.Rect(0, 0, 4, 3)) }

func TestParagraphs(t *testing.T) {
	for name, c := range map[string]struct {
		words []string
		want  string
	}{
		"lines":       {[]string{"1 1 1 96 The", "1 1 1 91 har-", "1 1 2 95 bour", "1 1 2 95 road", "1 2 1 93 It", "1 2 1 93 fell."}, "The har-/bour road\nIt fell."},
		"not sure":    {[]string{"1 1 1 96 The", "1 1 1 91 pier", "2 1 1 21 ~xq", "2 1 1 30 |lO"}, "The pier"},
		"hardly sure": {[]string{"1 1 1 96 harbour", "1 1 1 12 i"}, "harbour i"},
		"no spaces":   {[]string{"1 1 1 96 波止場", "1 1 1 91 の"}, "波止場の"},
		"nothing":     {nil, ""},
	} {
		p := ocr.New(program(t, table(c.words...)), nil)
		found, err := p.Recognize(t.Context(), page(), "")
		var got []string
		for _, paragraph := range found {
			got = append(got, strings.Join(paragraph, "/"))
		}
		if err != nil || strings.Join(got, "\n") != c.want {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
}

// The program is told the language of the page where it has data for it, and
// nothing of the environment that is none of its business.
func TestLanguageAndEnvironment(t *testing.T) {
	t.Setenv("DISCORD_TOKEN", "secret")
	p := ocr.New(program(t, `cat > /dev/null; printf '5\t1\t1\t1\t1\t1\t0\t0\t1\t1\t99\t%s\n' "$4,$DISCORD_TOKEN"`), []string{"fr", "ja", "de"})
	for language, want := range map[string]string{"en": "eng,", "": "fra+jpn,", "ko": "fra+jpn,"} {
		found, err := p.Recognize(t.Context(), page(), language)
		if err != nil || len(found) != 1 || !slices.Equal(found[0], []string{want}) {
			t.Errorf("%q: got %q, %v, want %q", language, found, err, want)
		}
	}
}

// It gets the picture on its standard input.
func TestPicture(t *testing.T) {
	p := ocr.New(program(t, `printf '5\t1\t1\t1\t1\t1\t0\t0\t1\t1\t99\t%s\n' "$(head -c 2)$(wc -c)"`), nil)
	found, err := p.Recognize(t.Context(), page(), "")
	if err != nil || len(found) != 1 || strings.ReplaceAll(found[0][0], " ", "") != "P521" {
		t.Errorf("got %q, %v", found, err)
	}
}

func TestFaults(t *testing.T) {
	for name, c := range map[string]struct {
		path string
		want string
	}{
		"not there":      {filepath.Join(t.TempDir(), "tesseract"), "install it"},
		"ends badly":     {program(t, "echo no such data >&2; exit 1"), "no such data"},
		"without a name": {"attache-no-such-program", "install it"},
	} {
		_, err := ocr.New(c.path, nil).Recognize(t.Context(), page(), "")
		if !errors.Is(err, ocr.ErrProgram) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ocr.New(program(t, ""), []string{"ko"}).Recognize(t.Context(), page(), ""); !errors.Is(err, ocr.ErrProgram) || !strings.Contains(err.Error(), "ko") {
		t.Errorf("a language without data: %v", err)
	}
}

// A program that does not end is ended with who waits for it, and one that writes
// without end fills no memory.
func TestProgramIsBounded(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := ocr.New(program(t, "exec sleep 600"), nil).Recognize(ctx, page(), ""); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	found, err := ocr.New(program(t, table("1 1 1 96 pier")+"head -c 30000000 /dev/zero"), nil).Recognize(t.Context(), page(), "")
	if err != nil || len(found) != 1 || found[0][0] != "pier" {
		t.Errorf("got %d paragraphs, %v", len(found), err)
	}
}
