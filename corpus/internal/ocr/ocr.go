// Package ocr has a program recognise the text in pictures of pages.
//
// The program is Tesseract or one that takes the same arguments: it is given a
// picture on its standard input and writes a table of words. It runs with a bound
// on its time and its output, and knows nothing of the environment but where
// programs and Tesseract's data are.
package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"

	words "example.org/attache/corpus/text"
)

// Bounds of one page.
const (
	maxTime   = 2 * time.Minute
	maxOutput = 8 << 20 // bytes
)

// ErrProgram means that the program could not be run: the pictures may be good.
var ErrProgram = errors.New("the program for text recognition could not be run")

// Program recognises text.
type Program struct {
	path      string
	languages []string // ISO 639-1, of pages whose language is not known
	turn      chan struct{}
	installed []string // Tesseract's names of the languages it has data for; nil until that is known
}

// New returns the program of that name or path. Languages, as ISO 639-1, are those
// of pages whose language is not known; without any it is English.
func New(path string, languages []string) *Program {
	p := &Program{path: path, languages: languages, turn: make(chan struct{}, 1)}
	if len(languages) == 0 {
		p.languages = []string{"en"}
	}
	return p
}

// Recognize returns the paragraphs of a picture of a page, each as its lines. The
// language may be empty. What is not recognised surely is left out: a wrong text is worse than
// none. Only one page at a time is recognised.
func (p *Program) Recognize(ctx context.Context, picture *image.Gray, language string) ([][]string, error) {
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	names, err := p.names(ctx, language)
	if err != nil {
		return nil, err
	}
	out, err := p.run(ctx, portable(picture), "stdin", "stdout", "-l", strings.Join(names, "+"), "--dpi", "300", "tsv")
	if err != nil {
		return nil, err
	}
	return paragraphs(string(out)), nil
}

// portable writes a picture as portable graymap.
func portable(picture *image.Gray) []byte {
	w, h := picture.Rect.Dx(), picture.Rect.Dy()
	out := fmt.Appendf(make([]byte, 0, w*h+32), "P5\n%d %d\n255\n", w, h)
	for y := range h {
		at := y * picture.Stride
		out = append(out, picture.Pix[at:at+w]...)
	}
	return out
}

// run runs the program and returns what it writes.
func (p *Program) run(ctx context.Context, in []byte, args ...string) ([]byte, error) {
	bounded, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	path, err := exec.LookPath(p.path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w; install it, or set corpus.ocr to its path or to nothing", ErrProgram, err)
	}
	out, errs := &tail{most: maxOutput}, &tail{most: 1 << 10}
	cmd := exec.CommandContext(bounded, path, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(in), out, errs
	cmd.WaitDelay = time.Second
	cmd.Env = []string{"OMP_THREAD_LIMIT=1"}
	for _, name := range []string{"PATH", "TESSDATA_PREFIX", "SystemRoot", "TEMP"} {
		if v, ok := os.LookupEnv(name); ok {
			cmd.Env = append(cmd.Env, name+"="+v)
		}
	}
	err = cmd.Run()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case bounded.Err() != nil:
		return nil, fmt.Errorf("recognising it took longer than %v", maxTime)
	case err != nil:
		return nil, fmt.Errorf("%w: %w: %s", ErrProgram, err, strings.Join(strings.Fields(errs.String()), " "))
	}
	return out.Bytes(), nil
}

// tail keeps the first bytes that are written to it.
type tail struct {
	bytes.Buffer
	most int
}

func (t *tail) Write(b []byte) (int, error) {
	if room := t.most - t.Len(); room > 0 {
		t.Buffer.Write(b[:min(room, len(b))])
	}
	return len(b), nil
}

var _ io.Writer = (*tail)(nil)

// names returns Tesseract's names of the languages of a page.
func (p *Program) names(ctx context.Context, language string) ([]string, error) {
	if p.installed == nil {
		out, err := p.run(ctx, nil, "--list-langs")
		if err != nil {
			return nil, err
		}
		p.installed = strings.Fields(string(out))
	}
	known := func(l string) bool { return tesseractNames[l] != "" && slices.Contains(p.installed, tesseractNames[l]) }
	if known(language) {
		return []string{tesseractNames[language]}, nil
	}
	var names []string
	for _, l := range p.languages {
		if known(l) {
			names = append(names, tesseractNames[l])
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%w: it has no data for the languages %s; install them, or set corpus.ocr_languages", ErrProgram, strings.Join(p.languages, ", "))
	}
	return names, nil
}

// tesseractNames are Tesseract's names of languages by ISO 639-1.
var tesseractNames = map[string]string{
	"ar": "ara", "be": "bel", "bg": "bul", "bn": "ben", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "et": "est",
	"fa": "fas", "fi": "fin", "fr": "fra", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun", "id": "ind", "it": "ita", "ja": "jpn", "ka": "kat",
	"ko": "kor", "lt": "lit", "lv": "lav", "mk": "mkd", "ms": "msa", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus",
	"sk": "slk", "sl": "slv", "sq": "sqi", "sr": "srp", "sv": "swe", "sw": "swa", "ta": "tam", "th": "tha", "tr": "tur", "uk": "ukr", "ur": "urd",
	"vi": "vie", "zh": "chi_sim",
}

// surest is how sure the program must be of a paragraph, of 100.
const surest = 60

// paragraphs reads the table of words: of each the page, the block, the paragraph
// and the line it is in, and how sure it is.
func paragraphs(table string) (found [][]string) {
	const columns, block, line, sure, word = 12, 2, 4, 10, 11
	var now []string
	lastBlock, lastLine := "", ""
	total, letters := 0.0, 0
	flush := func() {
		if letters > 0 && total/float64(letters) >= surest {
			found = append(found, now)
		}
		now, total, letters = nil, 0, 0
	}
	for row := range strings.Lines(table) {
		cells := strings.SplitN(strings.TrimRight(row, "\r\n"), "\t", columns)
		if len(cells) < columns {
			continue
		}
		n, err := strconv.ParseFloat(cells[sure], 64)
		text := strings.TrimSpace(cells[word])
		if err != nil || n < 0 || text == "" {
			continue
		}
		if at := strings.Join(cells[block:line], "."); at != lastBlock {
			flush()
			lastBlock, lastLine = at, ""
		}
		if cells[line] != lastLine {
			now = append(now, text)
			lastLine = cells[line]
		} else {
			now[len(now)-1] += words.Between(now[len(now)-1], text) + text
		}
		total += n * float64(len(text))
		letters += len(text)
	}
	flush()
	return found
}
