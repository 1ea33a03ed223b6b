package text

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/saintfish/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

// ErrBinary is what Decode returns for data that is no text.
var ErrBinary = errors.New("this is binary data, not text; save it as text, or give it the ending of its format")

// Decode turns the bytes of a text file into UTF-8 without a byte order mark.
// A byte order mark decides on the encoding, else valid UTF-8 does, else what
// the file declares (declared may be empty), else statistics of the bytes.
// Bytes that the encoding does not know become U+FFFD. Line ends become \n. What
// is UTF-8 already is not copied: data must not change any more.
func Decode(data []byte, declared string) (string, error) {
	enc, data := byMark(data)
	switch {
	case enc != nil:
	case looksUTF16(data) != nil:
		enc = looksUTF16(data)
	case isBinary(data):
		return "", ErrBinary
	case bytes.Contains(data, []byte("\x1b$")) && isSevenBit(data):
		enc = japanese.ISO2022JP
	case utf8.Valid(data):
		return lines(unsafe.String(unsafe.SliceData(data), len(data))), nil
	case mostlyUTF8(data):
		return lines(strings.ToValidUTF8(string(data), "\ufffd")), nil
	case declared != "":
		enc, _ = htmlindex.Get(declared)
	}
	if enc == nil {
		enc = byStatistics(data)
	}
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return "", fmt.Errorf("converting the text to UTF-8: %w", err)
	}
	if isBinary(out) {
		return "", ErrBinary
	}
	return lines(string(out)), nil
}

// isSevenBit reports whether all of data is ASCII, as ISO-2022-JP is.
func isSevenBit(data []byte) bool {
	return !slices.ContainsFunc(data, func(b byte) bool { return b >= 0x80 })
}

func lines(t string) string {
	if !strings.Contains(t, "\r") {
		return t
	}
	return strings.ReplaceAll(strings.ReplaceAll(t, "\r\n", "\n"), "\r", "\n")
}

// byMark returns the encoding that a byte order mark tells, and the data
// behind the mark.
func byMark(data []byte) (encoding.Encoding, []byte) {
	marks := []struct {
		mark string
		enc  encoding.Encoding
	}{
		{"\xef\xbb\xbf", unicode.UTF8},
		{"\xff\xfe", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{"\xfe\xff", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
	}
	for _, m := range marks {
		if rest, ok := bytes.CutPrefix(data, []byte(m.mark)); ok {
			return m.enc, rest
		}
	}
	return nil, data
}

// looksUTF16 recognises UTF-16 without a mark by the zeros of its ASCII.
func looksUTF16(data []byte) encoding.Encoding {
	head := data[:min(len(data), 4096)&^1]
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	pairs := len(head) / 2
	switch {
	case pairs < 2:
		return nil
	case zeros[1]*3 > pairs && zeros[0]*20 < pairs:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case zeros[0]*3 > pairs && zeros[1]*20 < pairs:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// isBinary reports whether data holds what no text does: zeros, or many
// control characters.
func isBinary(data []byte) bool {
	head := data[:min(len(data), 1<<16)]
	controls := 0
	for _, b := range head {
		switch {
		case b == 0:
			return true
		case b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != '\v' && b != 0x1b:
			controls++
		}
	}
	return controls*50 > len(head)
}

// mostlyUTF8 reports whether data is UTF-8, up to a few damaged bytes.
func mostlyUTF8(data []byte) bool {
	if utf8.Valid(data) {
		return true
	}
	good, bad := 0, 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		data = data[size:]
	}
	return good > 10*bad
}

// byStatistics guesses the encoding of bytes that are no UTF-8. What is not
// known to be anything else is windows-1252, unless its language is written with
// other letters.
func byStatistics(data []byte) encoding.Encoding {
	head := data[:min(len(data), 1<<16)]
	if best, err := chardet.NewTextDetector().DetectBest(head); err == nil {
		name := best.Charset
		if name == "GB-18030" {
			name = "gb18030"
		}
		if enc, err := htmlindex.Get(name); err == nil && enc != unicode.UTF8 && enc != charmap.Windows1252 {
			return enc
		}
	}
	return byAlphabet(head)
}

// byAlphabet tells the encodings of Latin letters apart by the letters of the
// language that the commonest words show, whatever their accents became.
func byAlphabet(head []byte) encoding.Encoding {
	candidates := []*charmap.Charmap{charmap.Windows1252, charmap.Windows1250, charmap.ISO8859_2, charmap.Windows1254}
	var texts []string
	letters := map[string]bool{}
	for _, enc := range candidates {
		t, err := enc.NewDecoder().Bytes(head)
		if err != nil {
			return charmap.Windows1252
		}
		texts = append(texts, string(t))
		if l := languages()[Language(string(t))]; l != nil && len(l.letters) > 0 {
			letters = l.letters
		}
	}
	best, most := 0, 0
	for i, t := range texts {
		if n := fitting(t, letters); n > most {
			best, most = i, n
		}
	}
	return candidates[best]
}

// fitting counts the letters of a text beside a to z that are among those given,
// less the others.
func fitting(t string, letters map[string]bool) (n int) {
	for _, r := range t {
		switch {
		case r < 0x80:
		case letters[strings.ToLower(string(r))]:
			n++
		case r != 'º' && r != 'ª' && strings.ToLower(string(r)) != strings.ToUpper(string(r)):
			n--
		}
	}
	return n
}
