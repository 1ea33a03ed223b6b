package format

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"time"

	"github.com/klippa-app/go-pdfium/requests"

	"example.org/attache/corpus/text"
)

// Bounds of text recognition.
const (
	maxRecognized = 1000 // pages of a file
	mostFailures  = 5    // pages of a file that can't be recognised before the rest is given up
	pagePixels    = 3508 // of the longer side of a page: A4 at 300 dots an inch
)

var (
	errTooManyPages = fmt.Errorf("at most %d pages of a file are recognised; split it", maxRecognized)
	errNothingSeen  = errors.New("nothing could be made out surely; look whether the pages are upright and legible")
)

// recognized returns the document of the text that is recognised on pages, and
// those on which none is; d is the document of the others.
func (p *pdfReader) recognized(ctx context.Context, f File, u unreadPages, d Document) (Document, unreadPages) {
	language := f.Language
	if language == "" && len(d.Blocks) > 0 {
		language = text.Language(d.Blocks[len(d.Blocks)/2].Text)
	}
	left := u
	left.pages = nil
	var lines []pdfLine
	for i, n := range u.pages {
		found, err := p.recognizePage(ctx, f, n, cmp.Or(language, d.Language))
		if err != nil {
			left.pages, left.tried = append(left.pages, n), err
		}
		if len(left.pages) == mostFailures || errors.Is(err, ErrUnready) || ctx.Err() != nil || i == maxRecognized {
			left.pages = append(left.pages, u.pages[i+1:]...)
			left.tried = cmp.Or(left.tried, error(errTooManyPages))
			break
		}
		for _, paragraph := range found {
			for _, l := range paragraph {
				lines = append(lines, pdfLine{text: l, page: n})
			}
			lines = append(lines, pdfLine{}) // the paragraph ends
		}
	}
	s := setter{words: vocabulary(lines)}
	for _, l := range lines {
		if l.text == "" {
			s.flush()
			continue
		}
		s.add(l)
	}
	if len(s.out) == 0 {
		u.tried = cmp.Or(left.tried, error(errNothingSeen))
		return Document{}, u
	}
	d.Blocks, d.Recognised = s.out, true
	return d, left
}

// recognizePage finds the text in the picture of a page.
func (p *pdfReader) recognizePage(ctx context.Context, f File, n int, language string) ([][]string, error) {
	rendered, err := p.instance.RenderPageInPixels(&requests.RenderPageInPixels{
		Page:  requests.Page{ByIndex: &requests.PageByIndex{Document: p.doc, Index: n - 1}},
		Width: pagePixels, Height: pagePixels,
	})
	if err != nil {
		return nil, fmt.Errorf("drawing page %d: %w", n, plainPDF(err))
	}
	picture, blank := grey(rendered.Result.Image)
	rendered.Cleanup()
	if blank {
		return nil, nil
	}
	defer f.stayAlive()()
	found, err := f.Recognize(ctx, picture, language)
	if err != nil {
		return nil, fmt.Errorf("page %d: %w", n, err)
	}
	return found, nil
}

// stayAlive tells that the reader is at work until what it returns is called: a
// page is recognised in its own time, and not before those of other files are.
func (f File) stayAlive() (stop func()) {
	if f.Alive == nil {
		return func() {}
	}
	f.Alive()
	ticker, done := time.NewTicker(10*time.Second), make(chan struct{})
	go func() {
		for {
			select {
			case <-ticker.C:
				f.Alive()
			case <-done:
				return
			}
		}
	}()
	return func() {
		ticker.Stop()
		close(done)
	}
}

// grey returns a picture without its colours, and whether all of it is of one.
func grey(colours *image.RGBA) (picture *image.Gray, blank bool) {
	bounds := colours.Bounds()
	picture = image.NewGray(image.Rect(0, 0, bounds.Dx(), bounds.Dy()))
	lightest, darkest := byte(0), byte(255)
	for y := range bounds.Dy() {
		row := colours.Pix[y*colours.Stride:]
		for x := range bounds.Dx() {
			c := row[4*x : 4*x+3]
			g := byte((299*int(c[0]) + 587*int(c[1]) + 114*int(c[2])) / 1000)
			picture.Pix[y*picture.Stride+x] = g
			lightest, darkest = max(lightest, g), min(darkest, g)
		}
	}
	return picture, lightest-darkest < 32
}
