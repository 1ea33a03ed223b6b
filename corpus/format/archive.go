package format

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/text"
)

// Bounds of what is unpacked.
const (
	maxEntry   = 64 << 20  // bytes of one file
	maxArchive = 512 << 20 // bytes of all files of an archive
	maxEntries = 200_000   // files of an archive
	maxRatio   = 200       // times its packed size, from smallBomb on
	smallBomb  = 4 << 20
	maxDepth   = 2 // archives in archives
)

var errDeep = fmt.Errorf("%w: archives lie in archives too deep; unpack it", ErrTooBig)

var errBomb = fmt.Errorf("%w: it unpacks to far more than any text does", ErrTooBig)

// checkEntry refuses what tells itself that it is too big. What lies is cut
// off while it is unpacked.
func checkEntry(e *zip.File) error {
	switch size := e.UncompressedSize64; {
	case size > maxEntry:
		return fmt.Errorf("%w: %d MB unpacked, and at most %d are read", ErrTooBig, size>>20, maxEntry>>20)
	case size > smallBomb && size > maxRatio*max(e.CompressedSize64, 1):
		return errBomb
	}
	return nil
}

// readZIP reads the files of an archive, each by its own reader.
func readZIP(ctx context.Context, f File) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		z, err := zip.NewReader(bytes.NewReader(f.Data), int64(len(f.Data)))
		switch {
		case err != nil:
			yield(Document{}, fmt.Errorf("it is damaged, or no zip archive: %w; pack it again", err))
			return
		case f.depth == maxDepth:
			yield(Document{}, errDeep)
			return
		case len(z.File) > maxEntries:
			yield(Document{}, fmt.Errorf("%w: %d files, and at most %d are read; split it", ErrTooBig, len(z.File), maxEntries))
			return
		}
		u := unpacker{sidecars: map[string]*zip.File{}}
		u.survey(z.File)
		for _, e := range z.File {
			if ctx.Err() != nil || !u.entry(ctx, f, e, yield) {
				return
			}
		}
	}
}

// unpacker unpacks the files of one archive.
type unpacker struct {
	total    int64
	sidecars map[string]*zip.File // by the name of what they describe
	others   map[string]bool      // the names of all others
}

// survey finds the sidecars.
func (u *unpacker) survey(files []*zip.File) {
	u.others = map[string]bool{}
	for _, e := range files {
		name := innerName(e.Name)
		if of, ok := strings.CutSuffix(name, SidecarSuffix); ok && !isAside(name) {
			u.sidecars[of] = e
		} else if !e.FileInfo().IsDir() {
			u.others[name] = true
		}
	}
}

// longestName is how many bytes of a name in an archive are kept at most.
const longestName = 500

// innerName makes of a name in an archive, which may be anything, a path below
// it that can be written in a line. Of a name that is too long the middle is left out.
func innerName(name string) string {
	if len(name) > longestName {
		head, tail := name[:longestName/2], name[len(name)-longestName/2:]
		if utf8.ValidString(name) { // but for a letter that is cut through
			head, tail = strings.ToValidUTF8(head, ""), strings.ToValidUTF8(tail, "")
		}
		name = head + "…" + tail
	}
	if !utf8.ValidString(name) {
		name, _ = text.Decode([]byte(name), "")
	}
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return '_'
		}
		return r
	}, name)
	return path.Clean("/" + strings.ReplaceAll(name, `\`, "/"))[1:]
}

// entry reads one file of an archive and reports whether to go on.
func (u *unpacker) entry(ctx context.Context, f File, e *zip.File, yield func(Document, error) bool) bool {
	name := innerName(e.Name)
	if e.FileInfo().IsDir() || isAside(name) || u.ofPage(name) {
		return true
	}
	if of, ok := strings.CutSuffix(name, SidecarSuffix); ok {
		if u.others[of] {
			return true // read with what it describes
		}
		return yield(Document{Part: "/" + name}, fmt.Errorf("it describes %s, which is not there; rename or remove it", path.Base(of)))
	}
	data, err := u.unpack(e)
	var side *Sidecar
	if err == nil {
		side, err = u.sidecar(name)
	}
	if err != nil {
		return yield(Document{Part: "/" + name}, err) && !errors.Is(err, errArchive)
	}
	return readInner(ctx, f, name, data, side, yield)
}

// ofPage reports whether a file lies in a folder that was saved with a page.
func (u *unpacker) ofPage(name string) bool {
	for i, c := range []byte(name) {
		if c == '/' && slices.ContainsFunc(PagesOf(name[:i]), func(page string) bool { return u.others[page] }) {
			return true
		}
	}
	return false
}

// sidecar returns the sidecar of a file, nil when it has none.
func (u *unpacker) sidecar(name string) (*Sidecar, error) {
	e := u.sidecars[name]
	switch {
	case e == nil:
		return nil, nil
	case e.UncompressedSize64 > MaxSidecar:
		return nil, fmt.Errorf("its description %s%s can't be read: %w: at most %d kB are read", name, SidecarSuffix, ErrTooBig, MaxSidecar>>10)
	}
	data, err := u.unpack(e)
	if err != nil {
		return nil, fmt.Errorf("its description %s%s can't be read: %w", name, SidecarSuffix, err)
	}
	return &Sidecar{Name: name + SidecarSuffix, Data: data}, nil
}

var errArchive = fmt.Errorf("%w: the archive unpacks to more than %d MB; split it", ErrTooBig, maxArchive>>20)

func (u *unpacker) unpack(e *zip.File) ([]byte, error) {
	if err := checkEntry(e); err != nil {
		return nil, err
	}
	r, err := e.Open()
	if err != nil {
		return nil, fmt.Errorf("unpacking it: %w; pack the archive again", err)
	}
	defer r.Close()
	data, err := readAtMost(r, maxEntry)
	if u.total += int64(len(data)); u.total > maxArchive {
		return nil, errArchive
	}
	return data, err
}

func readAtMost(r io.Reader, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("unpacking it: %w; pack it again", err)
	case int64(len(data)) > most:
		return nil, errBomb
	}
	return data, nil
}

// readInner reads a file that lies in another one.
func readInner(ctx context.Context, f File, name string, data []byte, side *Sidecar, yield func(Document, error) bool) bool {
	inner := f
	inner.Path, inner.Data, inner.depth = f.Path+"/"+name, data, f.depth+1
	for d, err := range Read(ctx, inner) {
		for i := range d.Sidecars {
			d.Sidecars[i].Name = name + "/" + d.Sidecars[i].Name
		}
		if side != nil {
			side.Part = d.Part != ""
			d.Sidecars = append(d.Sidecars, *side)
		}
		d.Part = "/" + name + d.Part
		if !yield(d, err) {
			return false
		}
	}
	return true
}

// isAside reports whether a file of an archive is none of its documents.
func isAside(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") || strings.HasPrefix(part, "~$") || part == "__MACOSX" || part == "Thumbs.db" {
			return true
		}
	}
	return false
}

// readGZIP reads the one file that gzip packs.
func readGZIP(ctx context.Context, f File) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		if f.depth == maxDepth {
			yield(Document{}, errDeep)
			return
		}
		data, err := unpackGZIP(f.Data)
		if err != nil {
			yield(Document{}, err)
			return
		}
		name := strings.TrimSuffix(path.Base(f.Path), path.Ext(f.Path))
		readInner(ctx, f, name, data, nil, yield)
	}
}

func unpackGZIP(data []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("it is damaged, or not packed with gzip: %w; pack it again", err)
	}
	return readAtMost(z, min(maxEntry, max(smallBomb, int64(len(data))*maxRatio)))
}
