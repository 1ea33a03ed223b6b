package format

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/richardlehane/mscfb"

	"example.org/attache/corpus/text"
)

var errNotOutlook = errors.New("it is no mail of Outlook, or damaged; save it again from the mail program, best as .eml")

// readOutlook reads a mail as Outlook saves it, a compound file whose streams are the
// properties of the mail ([MS-OXMSG]). It is written as an Internet mail and read like one.
func readOutlook(ctx context.Context, f File) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		root, err := outlookProperties(ctx, f.Data)
		if err == nil {
			f.Data, err = root.internetMail(ctx, 0)
		}
		if err != nil {
			yield(Document{}, err)
			return
		}
		readMail(ctx, f)(yield)
	}
}

// properties are those of a mail or of a file that is attached to one.
type properties struct {
	streams  map[string][]byte      // by the tag in the name of the stream, which ends with the type
	storages map[string]*properties // the attachments by the name of their storage, and a mail that is attached
	order    []string               // of the storages
	fixed    []byte                 // the properties of a fixed size
}

// Tags of properties ([MS-OXPROPS]).
const (
	tagSubject    = 0x0037
	tagSent       = 0x0039
	tagFor        = 0x0042 // whom the sender represents: mostly the sender
	tagForAddress = 0x0065
	tagSender     = 0x0C1A
	tagAddress    = 0x0C1F
	tagSMTP       = 0x5D01
	tagDelivered  = 0x0E06
	tagBody       = 0x1000
	tagRTF        = 0x1009
	tagHTML       = 0x1013
	tagAttached   = 0x3701
	tagExtension  = 0x3703
	tagShortName  = 0x3704
	tagLongName   = 0x3707
	tagCodePage   = 0x3FDE // of HTML
	tagCodePage8  = 0x3FFD // of text of one byte a character
	attachedMail  = "__substg1.0_3701000D"
	attachStorage = "__attach_version1.0_"
)

// outlookProperties reads the properties of a compound file.
func outlookProperties(ctx context.Context, data []byte) (root *properties, err error) {
	defer func() {
		if p := recover(); p != nil { // of the reader, at a file that is damaged
			err = fmt.Errorf("%w (%v)", errNotOutlook, p)
		}
	}()
	file, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w (%v)", errNotOutlook, err)
	}
	root = newProperties()
	left := len(data) // streams that share their sectors would make more of it
	for n := 0; n < maxParts; n++ {
		e, err := file.Next()
		if err != nil {
			break
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		at := root.storage(e.Path)
		if at == nil || e.FileInfo().IsDir() {
			continue
		}
		if e.Size < 0 || e.Size > int64(left) {
			return nil, errNotOutlook
		}
		stream, err := io.ReadAll(io.LimitReader(e, e.Size))
		if err != nil {
			return nil, fmt.Errorf("%w (%v)", errNotOutlook, err)
		}
		left -= len(stream)
		if tag, ok := strings.CutPrefix(e.Name, "__substg1.0_"); ok {
			at.streams[strings.ToUpper(tag)] = stream
		} else if e.Name == "__properties_version1.0" {
			at.fixed = stream
		}
	}
	return root, nil
}

func newProperties() *properties {
	return &properties{streams: map[string][]byte{}, storages: map[string]*properties{}}
}

// storage returns the properties in the storages of a path; nil for those of recipients
// and the like, and of what lies too deep.
func (p *properties) storage(path []string) *properties {
	if len(path) > 2*maxDepth {
		return nil
	}
	for _, name := range path {
		if !strings.HasPrefix(name, attachStorage) && name != attachedMail {
			return nil
		}
		if p.storages[name] == nil {
			p.storages[name] = newProperties()
			p.order = append(p.order, name)
		}
		p = p.storages[name]
	}
	return p
}

// text returns a property that is text; empty where there is none.
func (p *properties) text(tag uint16) string {
	if wide, ok := p.streams[fmt.Sprintf("%04X001F", tag)]; ok {
		units := make([]uint16, len(wide)/2)
		for i := range units {
			units[i] = binary.LittleEndian.Uint16(wide[2*i:])
		}
		return strings.TrimRight(string(utf16.Decode(units)), "\x00")
	}
	if narrow, ok := p.streams[fmt.Sprintf("%04X001E", tag)]; ok {
		return decodedBy(narrow, p.number(tagCodePage8))
	}
	return ""
}

// decodedBy decodes text in a code page; where it isn't known, or the text is UTF-8 all the
// same, as the bytes look.
func decodedBy(data []byte, page int) string {
	data = bytes.TrimRight(data, "\x00")
	if enc := codePage(page); enc != nil && !utf8.Valid(data) {
		if s, err := enc.NewDecoder().String(string(data)); err == nil {
			return s
		}
	}
	s, err := text.Decode(data, "")
	if err != nil {
		return string(data)
	}
	return s
}

// value returns the eight bytes of a property of a fixed size.
func (p *properties) value(tag uint16) (v []byte, ok bool) {
	const size = 16
	// The header before them has 8, 24 or 32 bytes.
	for at := len(p.fixed) % size; at+size <= len(p.fixed); at += size {
		if binary.LittleEndian.Uint16(p.fixed[at+2:]) == tag {
			return p.fixed[at+8 : at+size], true
		}
	}
	return nil, false
}

func (p *properties) number(tag uint16) int {
	if v, ok := p.value(tag); ok {
		return int(binary.LittleEndian.Uint32(v))
	}
	return 0
}

// sent is when the mail was sent or else delivered; zero where neither is given.
func (p *properties) sent() time.Time {
	const unix, ticks = 11644473600, 10_000_000 // seconds from 1601, where Windows begins to count, to 1970; ticks a second
	for _, tag := range []uint16{tagSent, tagDelivered} {
		if v, ok := p.value(tag); ok {
			if t := int64(binary.LittleEndian.Uint64(v) / ticks); t > unix {
				return time.Unix(t-unix, 0).UTC()
			}
		}
	}
	return time.Time{}
}

// internetMail writes the mail in the form of Internet mails.
func (p *properties) internetMail(ctx context.Context, depth int) ([]byte, error) {
	kind, body, err := p.body(ctx)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	header := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\r\n", name, value)
		}
	}
	const boundary = "=_attache_part"
	header("Subject", mime.BEncoding.Encode("utf-8", oneLine(p.text(tagSubject))))
	if name := oneLine(cmp.Or(p.text(tagSender), p.text(tagFor))); name != "" {
		address := cmp.Or(addressOnly(p.text(tagSMTP)), addressOnly(p.text(tagAddress)), addressOnly(p.text(tagForAddress)), "unknown@invalid")
		header("From", mime.BEncoding.Encode("utf-8", name)+" <"+address+">")
	}
	if sent := p.sent(); !sent.IsZero() {
		header("Date", sent.Format(time.RFC1123Z))
	}
	header("MIME-Version", "1.0")
	header("Content-Type", "multipart/mixed; boundary=\""+boundary+strconv.Itoa(depth)+"\"")
	part := func(contentType, name string, content []byte) {
		fmt.Fprintf(&b, "\r\n--%s%d\r\nContent-Type: %s\r\nContent-Transfer-Encoding: base64\r\n", boundary, depth, contentType)
		if name != "" {
			header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
		}
		b.WriteString("\r\n")
		lines := base64.StdEncoding.EncodeToString(content)
		for chunk := range slices.Chunk([]byte(lines), 76) {
			b.Write(chunk)
			b.WriteString("\r\n")
		}
	}
	part(kind+"; charset=utf-8", "", []byte(body))
	for _, name := range p.order {
		if !strings.HasPrefix(name, attachStorage) {
			continue
		}
		if kind, name, content := p.storages[name].attachment(ctx, depth); len(content) > 0 {
			part(kind, name, content)
		}
	}
	fmt.Fprintf(&b, "\r\n--%s%d--\r\n", boundary, depth)
	return b.Bytes(), ctx.Err()
}

// attachment is a file or a mail that is attached; content is empty for one that can't be
// read.
func (p *properties) attachment(ctx context.Context, depth int) (kind, name string, content []byte) {
	name = oneLine(cmp.Or(p.text(tagLongName), p.text(tagShortName)))
	if mail := p.storages[attachedMail]; mail != nil {
		if depth >= maxDepth {
			return "", "", nil
		}
		content, err := mail.internetMail(ctx, depth+1)
		if err != nil {
			return "", "", nil
		}
		return "application/octet-stream", cmp.Or(strings.TrimSuffix(name, ".msg"), "attached") + ".eml", content
	}
	if name == "" {
		name = "attached" + oneLine(p.text(tagExtension))
	}
	return "application/octet-stream", name, p.streams[fmt.Sprintf("%04X0102", tagAttached)]
}

// body is the text of the mail: as plain text where it has that, else as HTML or from rich
// text.
func (p *properties) body(ctx context.Context) (kind, body string, err error) {
	if t := p.text(tagBody); strings.TrimSpace(t) != "" {
		return "text/plain", t, nil
	}
	if t := p.text(tagHTML); t != "" {
		return "text/html", t, nil
	}
	if h, ok := p.streams[fmt.Sprintf("%04X0102", tagHTML)]; ok {
		return "text/html", decodedBy(h, p.number(tagCodePage)), nil
	}
	if packed, ok := p.streams[fmt.Sprintf("%04X0102", tagRTF)]; ok {
		data, err := unpackRTF(packed)
		if err != nil {
			return "", "", err
		}
		d, err := readRTF(ctx, File{Data: data})
		if err != nil {
			return "", "", err
		}
		var paragraphs []string
		for _, b := range d.Blocks {
			paragraphs = append(paragraphs, b.Text)
		}
		return "text/plain", strings.Join(paragraphs, "\n\n"), nil
	}
	return "text/plain", "", nil
}

// oneLine is a value as a header can hold it.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// addressOnly is an address of the Internet; empty for what is another, such as one of
// Exchange.
func addressOnly(s string) string {
	if s = strings.TrimSpace(s); strings.Count(s, "@") != 1 || strings.ContainsAny(s, " \t\r\n<>,;:\"()[]\\") {
		return ""
	}
	return s
}

var errRTF = errors.New("its text, which is packed rich text, is damaged; save the mail again, best as .eml")

// rtfDictionary is what the packed rich text of mails refers back to first ([MS-OXRTFCP]).
const rtfDictionary = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` + "\r\n" + `\par \pard\plain\f0\fs20\b\i\u\tab\tx`

// unpackRTF unpacks the rich text of a mail.
func unpackRTF(packed []byte) ([]byte, error) {
	const header, window, shortest = 16, 1 << 12, 2
	if len(packed) < header {
		return nil, errRTF
	}
	size := binary.LittleEndian.Uint32(packed[4:])
	in := packed[header:]
	switch string(packed[8:12]) {
	case "MELA":
		return in[:min(int64(size), int64(len(in)))], nil
	case "LZFu":
	default:
		return nil, errRTF
	}
	if size > maxSize {
		return nil, fmt.Errorf("%w: its rich text has more than %s bytes; save the mail as .eml", ErrTooBig, thousands(maxSize))
	}
	var dictionary [window]byte
	at := copy(dictionary[:], rtfDictionary)
	out := make([]byte, 0, min(int(size), 16*len(in)))
	put := func(c byte) {
		out = append(out, c)
		dictionary[at] = c
		at = (at + 1) % window
	}
	for len(in) > 0 && len(out) < int(size) {
		control := in[0]
		in = in[1:]
		for bit := 0; bit < 8 && len(in) > 0; bit++ {
			if control>>bit&1 == 0 {
				put(in[0])
				in = in[1:]
				continue
			}
			if len(in) < 2 {
				return out, nil
			}
			ref := int(in[0])<<8 | int(in[1])
			in = in[2:]
			from, length := ref>>4, ref&0xF+shortest
			if from == at {
				return out, nil // the end
			}
			for i := range length {
				put(dictionary[(from+i)%window])
			}
		}
	}
	return out, nil
}
