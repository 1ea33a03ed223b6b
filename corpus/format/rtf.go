package format

import (
	"bytes"
	"context"
	"errors"
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

var errNotRTF = errors.New("it is no rich text (RTF); open it in a word processor and save it again")

// rtfReader reads rich text: groups in braces, words of control behind
// backslashes, and text in the code page of its font.
type rtfReader struct {
	data   []byte
	at     int
	now    rtfState
	outer  []rtfState // of the groups that are open
	out    *xmlWalker // gathers the blocks
	raw    []byte     // text whose encoding is that of the state
	high   rune       // the first half of a character of UTF-16
	skip   int        // bytes that stand for the character before, for older programs
	page   encoding.Encoding
	fonts  map[int]encoding.Encoding
	styles map[int]Kind
	doc    Document
}

// rtfState is what a group inherits from the one around it.
type rtfState struct {
	to      rtfTarget
	look    look
	kind    Kind
	font    int
	skipped int // bytes behind each character in Unicode
	row     bool
	left    bool // in a group that is left out
	starred bool // in a group of text that is left out unless its word is known
	value   *rtfValue
}

// rtfTarget is where the text of a group belongs.
type rtfTarget uint8

const (
	toText rtfTarget = iota
	toNote           // a footnote, which follows all paragraphs
	toBox            // a text box, which follows the paragraph that it lies in
	toFonts
	toStyles
	toValue
	toNothing
)

// rtfValue is text that is no paragraph: a title, the name of a style.
type rtfValue struct {
	text  strings.Builder
	word  string
	style int
	kind  Kind // of a style, by its level in an outline
}

// readRTF reads rich text, which many programs save.
func readRTF(ctx context.Context, f File) (Document, error) {
	data := bytes.TrimLeft(f.Data, "\xef\xbb\xbf \r\n\t")
	if !bytes.HasPrefix(data, []byte(`{\rtf`)) {
		return Document{}, errNotRTF
	}
	r := rtfReader{data: data, out: &xmlWalker{}, page: charmap.Windows1252, fonts: map[int]encoding.Encoding{}, styles: map[int]Kind{}}
	r.now.skipped = 1
	for n := 0; r.at < len(r.data); n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return Document{}, ctx.Err()
		}
		if err := r.next(); err != nil {
			return Document{}, err
		}
		if len(r.outer) == 0 && r.at > 0 && r.data[r.at-1] == '}' {
			break // what follows is none of it
		}
	}
	r.text()
	for len(r.outer) > 0 {
		r.close() // it breaks off
	}
	r.out.flush()
	r.doc.Blocks = append(r.out.out, r.out.ends...)
	return r.doc, nil
}

// next reads a brace, a word of control or a byte of text.
func (r *rtfReader) next() error {
	c := r.data[r.at]
	r.at++
	switch c {
	case '{':
		r.text()
		if len(r.outer) == maxNesting {
			return errNesting
		}
		r.outer = append(r.outer, r.now)
		r.skip = 0
	case '}':
		r.text()
		r.skip = 0
		r.close()
	case '\\':
		r.control()
	case '\r', '\n', 0:
	default:
		r.add(c)
	}
	return nil
}

// add takes a byte of text.
func (r *rtfReader) add(c byte) {
	switch {
	case r.skip > 0:
		r.skip--
	case r.now.to != toNothing:
		r.raw = append(r.raw, c)
	}
}

// control reads what follows a backslash.
func (r *rtfReader) control() {
	if r.at == len(r.data) {
		return
	}
	c := r.data[r.at]
	if c|0x20 < 'a' || c|0x20 > 'z' {
		r.at++
		r.symbol(c)
		return
	}
	from := r.at
	for r.at < len(r.data) && r.data[r.at]|0x20 >= 'a' && r.data[r.at]|0x20 <= 'z' {
		r.at++
	}
	word := string(r.data[from:min(r.at, from+32)])
	from = r.at
	if r.at < len(r.data) && r.data[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.data) && r.data[r.at] >= '0' && r.data[r.at] <= '9' {
		r.at++
	}
	n, err := strconv.Atoi(string(r.data[from:min(r.at, from+11)]))
	if r.at < len(r.data) && r.data[r.at] == ' ' {
		r.at++
	}
	if word == "bin" {
		r.at += min(max(n, 0), len(r.data)-r.at)
		return
	}
	if word == "u" {
		r.unicode(n)
		return
	}
	if r.skip > 0 {
		r.skip--
		return
	}
	r.word(word, n, err == nil)
}

// symbol reads a word of control that is one sign.
func (r *rtfReader) symbol(c byte) {
	switch c {
	case '\'':
		if r.at+2 <= len(r.data) {
			n, err := strconv.ParseUint(string(r.data[r.at:r.at+2]), 16, 8)
			if r.at += 2; err == nil {
				r.add(byte(n))
			}
		}
	case '\\', '{', '}':
		r.add(c)
	case '~':
		r.write("\u00a0")
	case '_':
		r.write("-")
	case '*':
		if r.isText() {
			r.text()
			r.now.to, r.now.starred = toNothing, true
		}
	case '\r', '\n':
		r.word("par", 0, false)
	}
}

// unicode takes a character by its number, the rest of which is for programs that
// don't know it.
func (r *rtfReader) unicode(n int) {
	if r.skip > 0 {
		r.skip--
		return
	}
	r.text()
	c := rune(uint16(n)) // it is written as a signed number
	r.skip = r.now.skipped
	switch {
	case utf16.IsSurrogate(c) && r.high == 0:
		r.high = c
		return
	case r.high != 0:
		c, r.high = utf16.DecodeRune(r.high, c), 0
	}
	r.write(string(c))
}

// text decodes the bytes that were gathered.
func (r *rtfReader) text() {
	if len(r.raw) == 0 {
		return
	}
	page := r.page
	if own := r.fonts[r.now.font]; own != nil {
		page = own
	}
	t, err := page.NewDecoder().Bytes(r.raw)
	if err != nil {
		t = r.raw
	}
	r.raw = r.raw[:0]
	r.put(string(t))
}

// write takes text that is decoded.
func (r *rtfReader) write(t string) {
	r.text()
	r.put(t)
}

func (r *rtfReader) put(t string) {
	switch r.now.to {
	case toText, toNote, toBox:
		r.out.kind, r.out.look = r.now.kind, r.now.look
		r.out.chars(t)
	case toValue, toStyles, toFonts:
		if r.now.value != nil {
			r.now.value.text.WriteString(t)
		}
	}
}

// isText reports whether the group is one of paragraphs.
func (r *rtfReader) isText() bool {
	return r.now.to == toText || r.now.to == toNote || r.now.to == toBox
}

// breakAt ends a paragraph, or white space stands for it within a row.
func (r *rtfReader) breakAt(row bool) {
	if !r.isText() {
		return
	}
	r.text()
	if row && r.now.to == toText {
		r.out.write(" ")
		return
	}
	r.out.kind = r.now.kind
	r.out.flush()
}

// rtfText is text that words of control stand for.
var rtfText = map[string]string{
	"tab": " ", "line": " ", "lbr": " ", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
	"bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ", "zwj": "\u200d", "zwnj": "\u200c",
}

// rtfSkipped are the groups whose text is none of the document's.
var rtfSkipped = set("colortbl filetbl listtable listoverridetable revtbl rsidtbl generator pict object objdata nonshppict header headerl headerr headerf " +
	"footer footerl footerr footerf annotation atnid atnauthor atndate atnref fldinst xe tc tcn themedata colorschememapping datastore latentstyles " +
	"pntext pntxta pntxtb listtext bkmkstart bkmkend private xmlnstbl wgrffmtfilter password passwordhash falt panose")

// close ends a group.
func (r *rtfReader) close() {
	if len(r.outer) == 0 {
		return
	}
	ended := r.now
	r.now, r.outer = r.outer[len(r.outer)-1], r.outer[:len(r.outer)-1]
	switch {
	case ended.to == toNote && r.now.to != toNote:
		notes := r.out.leave()
		r.out.ends = append(r.out.ends, notes...)
	case ended.to == toBox && r.now.to != toBox:
		boxed := r.out.leave()
		r.out.after = append(r.out.after, boxed...)
	case ended.to == toStyles && r.now.to == toStyles && ended.value != r.now.value:
		name := strings.TrimRight(strings.TrimSpace(ended.value.text.String()), ";")
		kind := styleKind(name)
		if kind == Body {
			kind = ended.value.kind
		}
		r.styles[ended.value.style] = kind
	case ended.to == toValue && r.now.to != toValue:
		r.take(ended.value)
	}
}

// take fills a field of the document.
func (r *rtfReader) take(v *rtfValue) {
	value := strings.TrimSpace(v.text.String())
	switch v.word {
	case "title":
		r.doc.Title = properTitle(value)
	case "author":
		r.doc.Maker = value
	case "keywords":
		r.doc.Tags = list(value)
	}
}

// charsets are the code pages of the numbers that fonts tell of their characters.
var charsets = map[int]int{
	77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250,
	254: 437, 255: 850,
}
