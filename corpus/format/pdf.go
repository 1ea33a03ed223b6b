package format

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"

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
	maxPDFMemory = 64 << 20 // bytes, besides the file's own; while it grows, it takes some three times as many
	wasmPage     = 64 << 10
)

var (
	errPassword = errors.New("it is protected by a password; save it without one")
	errGaveUp   = errors.New("it asks for more memory or more depth than any document needs; print it to a new PDF")
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

// readPDF reads the text of a PDF in reading order, with its pages. Pages whose
// text can't be read follow as parts of their own, when they are many: with the
// text that is recognised on them, or with the reason why there is none.
func readPDF(ctx context.Context, f File) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		p, stop, err := openPDF(ctx, f)
		if err != nil {
			yield(Document{}, err)
			return
		}
		defer stop()
		d, unread, whole := p.document(ctx)
		switch {
		case whole == nil:
			if !yield(d, nil) {
				return
			}
		case len(unread) == 0 || f.Recognize == nil:
			yield(Document{}, whole)
			return
		}
		for _, u := range unread {
			left := u
			if f.Recognize != nil {
				var seen Document
				if seen, left = p.recognized(ctx, f, u, d); whole == nil {
					seen.Part = u.part()
				}
				if seen.Recognised && !yield(seen, nil) {
					return
				}
			}
			if len(left.pages) == 0 {
				continue
			}
			part, fault := Document{Part: left.part()}, error(left)
			if whole != nil && len(left.pages) == left.of {
				part.Part, fault = "", fmt.Errorf("%w (%w)", whole, left.tried)
			}
			if !yield(part, fault) {
				return
			}
		}
	}
}

// openPDF opens a file. What it returns besides must be called in the end.
func openPDF(ctx context.Context, f File) (p pdfReader, stop func(), err error) {
	pool, err := startPDF()
	if err != nil {
		return p, nil, err
	}
	p.instance, err = pool.GetInstanceWithContext(ctx)
	if err != nil {
		return p, nil, fmt.Errorf("%w: %w", ErrUnready, err)
	}
	wait := context.AfterFunc(ctx, interrupter(p.instance))
	stop = func() {
		wait()
		p.instance.Close()
	}
	if err := p.open(f.Data); err != nil {
		stop()
		return p, nil, err
	}
	return p, stop, nil
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
	opened, err := p.instance.OpenDocument(&requests.OpenDocument{FileReader: bytes.NewReader(data), FileReaderSize: int64(len(data))})
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

// document reads the pages and puts their text together. Pages without text that
// can be read are its second result; where that is all of them, there is an error
// besides.
func (p *pdfReader) document(ctx context.Context) (Document, []unreadPages, error) {
	pages := make([]pdfPage, p.pages)
	for i := range pages {
		if ctx.Err() != nil {
			return Document{}, nil, ctx.Err()
		}
		page, err := p.page(i)
		if err != nil {
			return Document{}, nil, fmt.Errorf("reading page %d: %w", i+1, plainPDF(err))
		}
		pages[i] = page
	}
	var d Document
	p.properties(&d)
	unread, err := judgePages(pages)
	if err == nil {
		d.Blocks = layPages(pages)
	}
	return d, unread, err
}

// page reads the lines of a page, in the order of the file, which is that of
// reading.
func (p *pdfReader) page(i int) (pdfPage, error) {
	var out pdfPage
	page, err := p.instance.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: p.doc, Index: i})
	if err != nil {
		return out, err
	}
	defer p.instance.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: page.Page})
	loaded, err := p.instance.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: requests.Page{ByReference: &page.Page}})
	if err != nil {
		return out, err
	}
	defer p.instance.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: loaded.TextPage})
	count, err := p.instance.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: loaded.TextPage})
	if err != nil || count.Count == 0 {
		return out, err
	}
	all, err := p.instance.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: loaded.TextPage, Count: count.Count})
	if err != nil {
		return out, err
	}
	if size, err := p.instance.FPDF_GetPageSizeByIndexF(&requests.FPDF_GetPageSizeByIndexF{Document: p.doc, Index: i}); err == nil {
		out.height = float64(size.Size.Height)
	}
	t := pdfText{instance: p.instance, page: loaded.TextPage, runes: []rune(all.Text)}
	t.same = len(t.runes) == count.Count
	out.lines = t.lines(i + 1)
	return out, nil
}

// properties fills d with what the file says about itself. When it was made is
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
