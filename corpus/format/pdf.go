package format

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/sys"
)

// Bounds of one PDF.
const (
	maxPages     = 20_000
	maxPDFMemory = 384 << 20 // bytes, the file's own among them
	wasmPage     = 64 << 10
)

var (
	errScan     = errors.New("its pages are pictures without text; run it through text recognition (OCR) first")
	errPassword = errors.New("it is protected by a password; save it without one")
	errGaveUp   = errors.New("it asks for more memory or more depth than any document needs; print it to a new PDF")
	errFonts    = errors.New("its fonts do not tell which characters they show; save it again, or run it through text recognition (OCR)")
)

// startPDF starts PDFium as WebAssembly, which takes seconds the first time
// and needs memory: only when the first PDF is met. What was compiled is kept
// in the user's cache folder. It sees no files and gets no more memory than it
// may have, and it can be stopped, whatever a file makes it do.
var startPDF = sync.OnceValues(func() (pdfium.Pool, error) {
	config := wazero.NewRuntimeConfig().WithCloseOnContextDone(true).WithMemoryLimitPages(maxPDFMemory / wasmPage)
	if dir, err := os.UserCacheDir(); err == nil {
		if cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(dir, "attache", "pdfium")); err == nil {
			config = config.WithCompilationCache(cache)
		}
	}
	pool, err := webassembly.Init(webassembly.Config{
		MaxTotal: runtime.GOMAXPROCS(0), MaxIdle: 1, RuntimeConfig: config, FSConfig: wazero.NewFSConfig(),
		Stdout: nowhere{}, Stderr: nowhere{},
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnready, err)
	}
	return pool, nil
})

type nowhere struct{}

func (nowhere) Write(b []byte) (int, error) { return len(b), nil }

// readPDF reads the text of a PDF in reading order, with its pages.
func readPDF(ctx context.Context, f File) (Document, error) {
	pool, err := startPDF()
	if err != nil {
		return Document{}, err
	}
	instance, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		return Document{}, fmt.Errorf("%w: %w", ErrUnready, err)
	}
	defer instance.Close()
	defer context.AfterFunc(ctx, interrupter(instance))()
	p := pdfReader{instance: instance}
	if err := p.open(f.Data); err != nil {
		return Document{}, err
	}
	return p.document(ctx)
}

// interrupter returns what makes the work of an instance fail, so that it can
// be closed. Its own Kill leaves the work running and its place in the pool
// taken; closing the module below does not, but that is reached by reflection
// alone.
func interrupter(instance pdfium.Pdfium) func() {
	var module api.Module
	if worker, ok := instance.(interface{ GetImplementation() any }); ok {
		if v := reflect.Indirect(reflect.ValueOf(worker.GetImplementation())); v.Kind() == reflect.Struct {
			if field := v.FieldByName("Module"); field.IsValid() && field.CanInterface() {
				module, _ = field.Interface().(api.Module)
			}
		}
	}
	return func() {
		if module != nil {
			_ = module.CloseWithExitCode(context.Background(), sys.ExitCodeDeadlineExceeded)
		}
	}
}

// pdfReader reads one PDF.
type pdfReader struct {
	instance pdfium.Pdfium
	doc      references.FPDF_DOCUMENT
	pages    int
}

func (p *pdfReader) open(data []byte) error {
	opened, err := p.instance.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return errPassword
	case err != nil:
		return fmt.Errorf("it is damaged, or no PDF: %w", plainPDF(err))
	}
	p.doc = opened.Document
	count, err := p.instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: p.doc})
	if err != nil {
		return fmt.Errorf("counting its pages: %w", plainPDF(err))
	}
	if p.pages = count.PageCount; p.pages > maxPages {
		return fmt.Errorf("%w: %d pages, and at most %d are read; split it", ErrTooBig, p.pages, maxPages)
	}
	return nil
}

// plainPDF puts what stopped PDFium in words; the stack of a program within the
// program helps nobody.
func plainPDF(err error) error {
	if strings.Contains(err.Error(), "wasm error") {
		return errGaveUp
	}
	reason := strings.TrimLeft(err.Error(), "0123456789: ") // PDFium numbers its errors
	return fmt.Errorf("%s; save it again", reason)
}

func (p *pdfReader) document(ctx context.Context) (Document, error) {
	var pages [][]pdfLine
	letters, unknown := 0, 0
	for i := range p.pages {
		if ctx.Err() != nil {
			return Document{}, ctx.Err()
		}
		lines, err := p.page(i)
		if err != nil {
			return Document{}, fmt.Errorf("reading page %d: %w", i+1, plainPDF(err))
		}
		for _, l := range lines {
			for _, r := range l.text {
				if r == utf8.RuneError {
					unknown++
				} else if unicode.IsLetter(r) {
					letters++
				}
			}
		}
		pages = append(pages, lines)
	}
	const fewest = 10 // letters: stamps of scanners leave a few
	switch {
	case unknown > letters:
		return Document{}, errFonts
	case letters < fewest*min(p.pages, 5):
		return Document{}, errScan
	}
	d := Document{Blocks: layPages(pages)}
	p.properties(&d)
	return d, nil
}

// breakHyphens makes the hyphen that breaks a word the end of its line; PDFium
// leaves the end of the line out.
var breakHyphens = strings.NewReplacer("\ufffe\r\n", lineHyphen+"\n", "\ufffe", lineHyphen+"\n")

// page returns the lines of a page, in the order of the file, which is that of
// reading.
func (p *pdfReader) page(i int) ([]pdfLine, error) {
	page, err := p.instance.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: p.doc, Index: i})
	if err != nil {
		return nil, err
	}
	defer p.instance.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: page.Page})
	loaded, err := p.instance.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: requests.Page{ByReference: &page.Page}})
	if err != nil {
		return nil, err
	}
	defer p.instance.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: loaded.TextPage})
	count, err := p.instance.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: loaded.TextPage})
	if err != nil || count.Count == 0 {
		return nil, err
	}
	all, err := p.instance.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: loaded.TextPage, Count: count.Count})
	if err != nil {
		return nil, err
	}
	var lines []pdfLine
	at := 0 // in characters
	for raw := range strings.Lines(breakHyphens.Replace(all.Text)) {
		start := at
		if strings.HasSuffix(raw, lineHyphen+"\n") {
			at-- // the break is not the file's
		}
		at += utf8.RuneCountInString(raw)
		t := strings.TrimRight(raw, "\r\n \u00a0")
		body := strings.TrimLeft(t, " \u00a0")
		if body == "" {
			continue
		}
		l := pdfLine{text: body, page: i + 1}
		p.place(loaded.TextPage, &l, start+utf8.RuneCountInString(t)-utf8.RuneCountInString(body), start+utf8.RuneCountInString(t)-1)
		lines = append(lines, l)
	}
	return lines, nil
}

// place finds where a line stands by its first and last character.
func (p *pdfReader) place(page references.FPDF_TEXTPAGE, l *pdfLine, first, last int) {
	box := func(at int) (left, right, bottom, height float64) {
		index, err := p.instance.FPDFText_GetCharIndexFromTextIndex(&requests.FPDFText_GetCharIndexFromTextIndex{TextPage: page, NTextIndex: at})
		if err != nil || index.CharIndex < 0 {
			return
		}
		b, err := p.instance.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: page, Index: index.CharIndex})
		if err != nil {
			return
		}
		return float64(b.Rect.Left), float64(b.Rect.Right), float64(b.Rect.Bottom), float64(b.Rect.Top - b.Rect.Bottom)
	}
	l.left, l.right, l.bottom, l.size = box(first)
	if _, right, _, size := box(last); size > 0 {
		l.right = right
	}
}

// properties fills d with what the file tells of itself. When it was made is
// not when its text was published.
func (p *pdfReader) properties(d *Document) {
	tags := []string{"Title", "Author", "Keywords"}
	found, err := p.instance.GetMetaData(&requests.GetMetaData{Document: p.doc, Tags: &tags})
	if err != nil {
		return
	}
	for _, t := range found.Tags {
		value := strings.TrimSpace(t.Value)
		switch t.Tag {
		case "Title":
			d.Title = properTitle(value)
		case "Author":
			d.Maker = value
		case "Keywords":
			d.Tags = list(value)
		}
	}
}
