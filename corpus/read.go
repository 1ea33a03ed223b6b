package corpus

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"image"
	"io/fs"
	"iter"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/format"
	"example.org/attache/corpus/internal/ocr"
)

//go:embed documents
var builtin embed.FS

// Builtin returns the documents that ship in the program.
func Builtin() fs.FS {
	sub, err := fs.Sub(builtin, "documents")
	if err != nil {
		panic(err) // the folder is part of the build
	}
	return sub
}

// Result is a document, or a file that is known already, or the reason why a
// file or a part of one could not be read, or not to its end: one of Document,
// Unchanged and Err is set. The reason why a document is not read to its end
// follows it.
type Result struct {
	Path      string    // of the file below the corpus, with slashes
	Part      string    // which part of the file Err is about: with Path before it, the id of its document
	Hash      string    // of the file's content and its sidecar's; empty when that is not to blame for Err
	Document  *Document // a file may hold several, each its own Result with one Path
	Unchanged bool      // the file was known; what was read of it before still holds
	Err       error     // names the file, what was being done and what to do
}

// Options say how to read.
type Options struct {
	// DateFromName is the pattern of the names of files that tell the date of
	// documents that tell none, see date.OfName; empty where none does.
	DateFromName string

	// OCR is the program that recognises text in pictures of pages, Tesseract by
	// its name or path; empty where pictures are not read.
	OCR          string
	OCRLanguages []string // ISO 639-1, of pages whose language is not known; empty: English

	// Memory bounds what readings with it take together: as many files are read at
	// once as fit. Nil means DefaultMemory for this reading alone.
	Memory *Memory
}

// recognizer returns what finds the text in pictures of pages, nil for nothing.
func (o Options) recognizer() func(context.Context, *image.Gray, string) ([][]string, error) {
	if o.OCR == "" {
		return nil
	}
	program := ocr.New(o.OCR, o.OCRLanguages)
	return func(ctx context.Context, picture *image.Gray, language string) ([][]string, error) {
		found, err := program.Recognize(ctx, picture, language)
		if errors.Is(err, ocr.ErrProgram) {
			err = fmt.Errorf("%w: %w", format.ErrUnready, err) // the pictures may be good
		}
		return found, err
	}
}

// Read reads every file below the root of fsys, in the order of their paths,
// and what they hold in its order. A file that can't be read is a Result with
// Err set; the others follow.
//
// Files are read ahead on all cores, a few at a time; what is not yet asked for
// does not pile up.
func Read(ctx context.Context, fsys fs.FS) iter.Seq[Result] {
	return ReadChanged(ctx, fsys, Options{}, nil)
}

// ReadChanged reads like Read but does not take apart the files that known
// reports: those whose path and hash are as they were when the file was last
// read. It calls known from several goroutines. Each known file is one Result
// with Unchanged set; a file that no Result names is gone.
func ReadChanged(ctx context.Context, fsys fs.FS, o Options, known func(path, hash string) bool) iter.Seq[Result] {
	if known == nil {
		known = func(string, string) bool { return false }
	}
	return func(yield func(Result) bool) {
		outer := ctx
		ctx, cancel := context.WithCancel(ctx)
		r := o.reader(fsys, known)
		var done sync.WaitGroup
		defer done.Wait()
		defer cancel()
		for results := range r.start(ctx, &done) {
			for result := range results {
				if !yield(result) {
					return
				}
			}
		}
		if err := outer.Err(); err != nil {
			yield(Result{Path: ".", Err: fmt.Errorf("reading the corpus was broken off: %w", err)})
		}
	}
}

// Explain reads one file below the root of fsys like Read, and notes in each
// document what was left out.
func Explain(ctx context.Context, fsys fs.FS, o Options, name string) iter.Seq[Result] {
	r := o.reader(fsys, func(string, string) bool { return false })
	r.explain = true
	return r.file(ctx, name)
}

// reader returns what reads the files of fsys.
func (o Options) reader(fsys fs.FS, known func(path, hash string) bool) reader {
	if o.Memory == nil {
		o.Memory = NewMemory(DefaultMemory)
	}
	return reader{fsys: fsys, known: known, memory: o.Memory, budget: usualBudget, nameDate: o.DateFromName, recognize: o.recognizer()}
}

// reader reads the files of one walk.
type reader struct {
	fsys      fs.FS
	known     func(path, hash string) bool
	memory    *Memory                                                        // lets as much be read at once as fits
	budget    budget                                                         // of each document
	nameDate  string                                                         // pattern of names that tell a date
	explain   bool                                                           // note what is left out
	recognize func(context.Context, *image.Gray, string) ([][]string, error) // the text in a picture; nil where none is read
}

// job is a file to read; its results come in order and end with the channel.
type job struct {
	path    string
	err     error // why it can't be read at all
	results chan Result
	leave   func() // frees its memory
}

// start walks the folder and reads its files ahead. The channels come in the
// order of the walk, so a worker never waits for a later file: the first of
// those that are not read to the end is always under way.
func (r reader) start(ctx context.Context, done *sync.WaitGroup) <-chan chan Result {
	workers := runtime.GOMAXPROCS(0)
	const buffer = 16 // documents of one file read ahead
	jobs, order := make(chan job), make(chan chan Result, workers)
	done.Go(func() {
		defer close(order)
		defer close(jobs)
		for name, err := range walk(r.fsys) {
			leave, broken := r.memory.file(ctx, r.fsys, name)
			if broken != nil {
				return
			}
			j := job{name, err, make(chan Result, buffer), leave}
			if !send(ctx, order, j.results) {
				leave()
				return
			}
			if !send(ctx, jobs, j) {
				leave()
				close(j.results)
				return
			}
		}
	})
	for range workers {
		done.Go(func() {
			for j := range jobs {
				r.work(ctx, j)
				j.leave()
				close(j.results)
			}
		})
	}
	return order
}

func send[T any](ctx context.Context, c chan<- T, v T) bool {
	select {
	case c <- v:
		return true
	case <-ctx.Done():
		return false
	}
}

func (r reader) work(ctx context.Context, j job) {
	if j.err != nil {
		send(ctx, j.results, Result{Path: j.path, Err: fmt.Errorf("reading %s: %w", j.path, j.err)})
		return
	}
	for result := range r.file(ctx, j.path) {
		if !send(ctx, j.results, result) {
			return
		}
	}
}

// walk yields the files below the root of fsys in order, with the error that
// keeps one from being read. Hidden files are left out, and sidecars whose
// file is there.
func walk(fsys fs.FS) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				err = fmt.Errorf("%w; check its permissions", plainError(err))
			case name != "." && isHidden(d.Name()):
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			case d.IsDir():
				if isOfPage(fsys, name) {
					return fs.SkipDir
				}
				return nil
			case strings.HasSuffix(name, SidecarSuffix):
				if err = checkSidecarAlone(fsys, name); err == nil {
					return nil
				}
			case !isPlainName(name):
				name, err = printable(name), errName
			default:
				err = checkRegular(fsys, name, d)
			}
			if !yield(name, err) {
				return fs.SkipAll
			}
			return nil
		})
	}
}

// isHidden reports whether a file is none of the documents by its name: those
// that begin with a dot, and what office programs and systems leave behind.
func isHidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || name == "Thumbs.db" || name == "desktop.ini"
}

// isPlainName reports whether a path can be written in a line, as the id of a
// document must.
func isPlainName(name string) bool {
	return utf8.ValidString(name) && strings.IndexFunc(name, unicode.IsControl) < 0
}

// printable is a name that can't be written in a line, written in one.
func printable(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(name, "\ufffd"))
}

// isOfPage reports whether a folder was saved by a browser with a page that lies
// beside it: what is in it is the page's, or nobody's.
func isOfPage(fsys fs.FS, folder string) bool {
	return slices.ContainsFunc(format.PagesOf(folder), func(page string) bool {
		info, err := fs.Stat(fsys, page)
		return err == nil && info.Mode().IsRegular()
	})
}

var (
	errName       = errors.New("its name holds what can't be printed; rename it")
	errIrregular  = errors.New("it is not a regular file; put a copy of the document there")
	errFolderLink = errors.New("it is a link to a folder, which is not followed; put the folder itself there")
)

// checkRegular returns why a file that is no folder can't be opened like one:
// opening a pipe would wait for ever. Links to files are followed.
func checkRegular(fsys fs.FS, name string, d fs.DirEntry) error {
	switch {
	case d.Type().IsRegular():
		return nil
	case d.Type()&fs.ModeSymlink == 0:
		return errIrregular
	}
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		return fmt.Errorf("it is a link that leads nowhere: %w; remove it or mend it", plainError(err))
	case info.IsDir():
		return errFolderLink
	case !info.Mode().IsRegular():
		return errIrregular
	}
	return nil
}

func checkSidecarAlone(fsys fs.FS, name string) error {
	of := strings.TrimSuffix(name, SidecarSuffix)
	if _, err := fs.Stat(fsys, of); err != nil {
		return fmt.Errorf("it describes %s, which is not there; rename or remove it", path.Base(of))
	}
	return nil
}

// plainError takes the path from an error that is reported with one.
func plainError(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
