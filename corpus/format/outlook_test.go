package format_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// stored is a stream or a storage of a compound file.
type stored struct {
	name string
	data []byte
	in   []stored // of a storage
}

// compoundFile writes a compound file, version 3, with all streams in its small sectors
// ([MS-CFB]).
func compoundFile(all ...stored) []byte {
	const (
		sector, small, entry = 512, 64, 128
		free, end, fatSector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
	)
	var directory, streams bytes.Buffer
	var smallFAT []uint32
	le := binary.LittleEndian
	put := func(name string, kind byte, right, child, start uint32, size int) {
		e := make([]byte, entry)
		units := utf16.Encode([]rune(name))
		for i, u := range units {
			le.PutUint16(e[2*i:], u)
		}
		le.PutUint16(e[64:], uint16(2*len(units)+2))
		e[66], e[67] = kind, 1
		le.PutUint32(e[68:], free)
		le.PutUint32(e[72:], right)
		le.PutUint32(e[76:], child)
		le.PutUint32(e[116:], start)
		le.PutUint64(e[120:], uint64(size))
		directory.Write(e)
	}
	// The entries of a storage follow each other, each to the right of the one before.
	var number uint32 = 1
	type row struct {
		stored
		right, child uint32
	}
	var rows []row
	var lay func(all []stored) uint32
	lay = func(all []stored) uint32 {
		if len(all) == 0 {
			return free
		}
		first := number
		at := len(rows)
		for i, s := range all {
			right := uint32(free)
			if i+1 < len(all) {
				right = first + uint32(i) + 1
			}
			rows = append(rows, row{s, right, free})
			number++
		}
		for i, s := range all {
			rows[at+i].child = lay(s.in)
		}
		return first
	}
	top := lay(all)
	starts := make([]uint32, len(rows))
	for i, r := range rows {
		starts[i] = end
		if len(r.data) == 0 {
			continue
		}
		starts[i] = uint32(len(smallFAT))
		n := (len(r.data) + small - 1) / small
		for k := range n {
			next := uint32(len(smallFAT) + 1)
			if k == n-1 {
				next = end
			}
			smallFAT = append(smallFAT, next)
		}
		streams.Write(r.data)
		streams.Write(make([]byte, n*small-len(r.data)))
	}
	sectorsOf := func(n int) int { return (n + sector - 1) / sector }
	pad := func(b *bytes.Buffer) { b.Write(make([]byte, sectorsOf(b.Len())*sector-b.Len())) }
	size := streams.Len()
	nDirectory := sectorsOf((len(rows) + 1) * entry)
	nSmall := max(1, sectorsOf(4*len(smallFAT)))
	put("Root Entry", 5, free, top, uint32(1+nDirectory+nSmall), size)
	for i, r := range rows {
		kind := byte(2)
		if r.in != nil {
			kind = 1
		}
		put(r.name, kind, r.right, r.child, starts[i], len(r.data))
	}
	pad(&directory)
	pad(&streams)
	chain := func(fat []uint32, n int) []uint32 {
		for k := range n {
			next := uint32(len(fat) + 1)
			if k == n-1 {
				next = end
			}
			fat = append(fat, next)
		}
		return fat
	}
	fat := chain([]uint32{fatSector}, nDirectory)
	fat = chain(fat, nSmall)
	fat = chain(fat, sectorsOf(size))
	for len(fat) < sector/4 {
		fat = append(fat, free)
	}
	for len(smallFAT) < nSmall*sector/4 {
		smallFAT = append(smallFAT, free)
	}
	head := make([]byte, sector)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	le.PutUint16(head[24:], 0x3E)
	le.PutUint16(head[26:], 3)
	le.PutUint16(head[28:], 0xFFFE)
	le.PutUint16(head[30:], 9)
	le.PutUint16(head[32:], 6)
	le.PutUint32(head[44:], 1)
	le.PutUint32(head[48:], 1)
	le.PutUint32(head[56:], 4096)
	le.PutUint32(head[60:], uint32(1+nDirectory))
	le.PutUint32(head[64:], uint32(nSmall))
	le.PutUint32(head[68:], end)
	for i := range 109 {
		le.PutUint32(head[76+4*i:], free)
	}
	le.PutUint32(head[76:], 0)
	out := bytes.NewBuffer(head)
	binary.Write(out, le, fat[:sector/4])
	out.Write(directory.Bytes())
	binary.Write(out, le, smallFAT)
	out.Write(streams.Bytes())
	return out.Bytes()
}

// wideText is a property that is text.
func wideText(tag, s string) stored {
	var b bytes.Buffer
	binary.Write(&b, binary.LittleEndian, utf16.Encode([]rune(s)))
	return stored{name: "__substg1.0_" + tag + "001F", data: b.Bytes()}
}

// fixed are the properties of a fixed size: when it was sent, and the code page of HTML.
func fixed(header int, sent time.Time, codePage uint32) stored {
	b := make([]byte, header+32)
	le := binary.LittleEndian
	le.PutUint32(b[header:], 0x00390040)
	le.PutUint64(b[header+8:], uint64(sent.Unix()+11644473600)*10_000_000)
	le.PutUint32(b[header+16:], 0x3FDE0003)
	le.PutUint32(b[header+24:], codePage)
	return stored{name: "__properties_version1.0", data: b}
}

func TestOutlook(t *testing.T) {
	day := time.Date(2030, 5, 4, 10, 0, 0, 0, time.UTC)
	inner := stored{name: "__substg1.0_3701000D", in: []stored{wideText("0037", "The older mail"), wideText("0C1A", "Tom Ash"), wideText("1000", "The ferry was late."), fixed(24, day.AddDate(0, -1, 0), 0)}}
	mail := compoundFile(
		wideText("0037", "Häfen"), wideText("0C1A", "Ines Kolb"), wideText("1000", "We open the harbour.\r\n\r\nOn Monday."), fixed(32, day, 0),
		stored{name: "__attach_version1.0_#00000000", in: []stored{wideText("3707", "note.txt"), {name: "__substg1.0_37010102", data: []byte("The pier is shut.")}}},
		stored{name: "__attach_version1.0_#00000001", in: []stored{inner}},
		stored{name: "__recip_version1.0_#00000000", in: []stored{wideText("3001", "Somebody")}},
	)
	docs, errs := readAll("a.msg", mail)
	if len(errs) > 0 || len(docs) != 3 {
		t.Fatalf("got %+v, %v", docs, errs)
	}
	d := docs[0]
	if d.Title != "Häfen" || d.Author != "Ines Kolb" || d.Published.String() != "2030-05-04" || len(d.Blocks) != 2 || d.Blocks[1].Text != "On Monday." {
		t.Errorf("the mail is %+v", d)
	}
	if d := docs[1]; d.Part != "/note.txt" || d.Blocks[0].Text != "The pier is shut." {
		t.Errorf("the file is %+v", d)
	}
	if d := docs[2]; d.Title != "The older mail" || d.Author != "Tom Ash" || d.Blocks[0].Text != "The ferry was late." {
		t.Errorf("the mail in it is %+v", d)
	}
}

// A mail may have its text in HTML or packed rich text alone.
func TestBodiesOfOutlook(t *testing.T) {
	packed := func(s string) []byte { // nothing of it refers back
		var b bytes.Buffer
		for from := 0; from < len(s); from += 8 {
			b.WriteByte(0)
			b.WriteString(s[from:min(from+8, len(s))])
		}
		head := make([]byte, 16)
		binary.LittleEndian.PutUint32(head, uint32(b.Len()+12))
		binary.LittleEndian.PutUint32(head[4:], uint32(len(s)))
		copy(head[8:], "LZFu")
		return append(head, b.Bytes()...)
	}
	// What refers back repeats the beginning of the dictionary, "{\rtf1\ansi".
	back := append(packed("")[:16:16], "\x01\x00\x08i The q\x00uay.}"...)
	binary.LittleEndian.PutUint32(back[4:], 200)
	for name, body := range map[string]stored{
		"HTML":                        {name: "__substg1.0_10130102", data: []byte("<p>The quay.</p><p>Caf\xe9.</p>")},
		"rich text":                   {name: "__substg1.0_10090102", data: packed(`{\rtf1\ansi The quay.\par Caf\'e9.}`)},
		"rich text that refers back":  {name: "__substg1.0_10090102", data: back},
		"rich text that isn't packed": {name: "__substg1.0_10090102", data: append(append(make([]byte, 8), "MELA\x00\x00\x00\x00"...), `{\rtf1\ansi The quay.}`...)},
	} {
		if strings.HasSuffix(name, "packed") {
			binary.LittleEndian.PutUint32(body.data[4:], uint32(len(body.data)-16))
		}
		docs, errs := readAll("a.msg", compoundFile(wideText("0037", "Quays"), fixed(32, time.Now(), 1252), body))
		if len(errs) > 0 || len(docs) != 1 || docs[0].Blocks[0].Text != "The quay." || len(docs[0].Blocks) > 1 && docs[0].Blocks[1].Text != "Café." {
			t.Errorf("%s: %+v, %v", name, docs, errs)
		}
	}
}

func TestDamagedOutlook(t *testing.T) {
	whole := compoundFile(wideText("0037", "Quays"), wideText("1000", "The quay."))
	for _, data := range [][]byte{[]byte("From: a"), whole[:700], whole[:1500], append(whole[:512:512], make([]byte, 2048)...)} {
		docs, errs := readAll("a.msg", data)
		if len(errs) == 0 || len(docs) > 0 {
			t.Errorf("%d bytes: %+v, %v", len(data), docs, errs)
		}
	}
}

func FuzzOutlook(f *testing.F) {
	fuzzReader(f, ".msg", compoundFile(wideText("0037", "Quays"), wideText("1000", "The quay."), fixed(32, time.Now(), 1252)))
}
