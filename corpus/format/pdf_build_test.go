package format_test

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// piece is text that is drawn at once at a place of a page, in points from the
// lower left corner of a sheet of A4; without text it is a black square. Every sign is half as wide as the font is
// high. What is between braces is one sign.
type piece struct {
	x, y, size float64
	text       string
}

// lines sets text line by line, from the top of a page on.
func lines(text ...string) (pieces []piece) { return linesAt(72, 760, 10, text...) }

func linesAt(x, y, size float64, text ...string) (pieces []piece) {
	for i, t := range text {
		pieces = append(pieces, piece{x, y - float64(i)*size*1.4, size, t})
	}
	return pieces
}

// pdf makes a PDF of pages. Its font says which characters its signs are, and
// there is no more in it than in what programs write.
func pdf(pages ...[]piece) []byte {
	codes := map[string]int{}
	var signs []string
	code := func(sign string) int {
		if codes[sign] == 0 {
			signs = append(signs, sign)
			codes[sign] = len(signs)
		}
		return codes[sign]
	}
	const first = 7 // object of the first page
	objects := make([]string, first-1)
	var kids strings.Builder
	for i, page := range pages {
		var body strings.Builder
		for _, p := range page {
			if p.text == "" {
				fmt.Fprintf(&body, "%g %g %g %g re f\n", p.x, p.y, p.size, p.size)
				continue
			}
			fmt.Fprintf(&body, "BT /F %g Tf %g %g Td <", p.size, p.x, p.y)
			for t := []rune(p.text); len(t) > 0; {
				n := 1
				if t[0] == '{' {
					for n = 0; t[n] != '}'; n++ {
					}
					fmt.Fprintf(&body, "%04x", code(string(t[1:n])))
					n++
				} else {
					fmt.Fprintf(&body, "%04x", code(string(t[:1])))
				}
				t = t[n:]
			}
			body.WriteString("> Tj ET\n")
		}
		fmt.Fprintf(&kids, "%d 0 R ", first+2*i)
		objects = append(objects,
			fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>", first+2*i+1),
			fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", body.Len(), body.String()))
	}
	var unicode strings.Builder
	fmt.Fprintf(&unicode, "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <0000> <ffff> endcodespacerange\n")
	for _, sign := range signs {
		fmt.Fprintf(&unicode, "1 beginbfchar <%04x> <", codes[sign])
		for _, unit := range utf16.Encode([]rune(sign)) {
			fmt.Fprintf(&unicode, "%04x", unit)
		}
		unicode.WriteString("> endbfchar\n")
	}
	unicode.WriteString("endcmap end end")
	objects[0] = "<</Type/Catalog/Pages 2 0 R>>"
	objects[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids.String(), len(pages))
	objects[2] = "<</Type/Font/Subtype/Type0/BaseFont/Plain/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>"
	objects[3] = "<</Type/Font/Subtype/CIDFontType2/BaseFont/Plain/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 5 0 R/DW 500>>"
	objects[4] = "<</Type/FontDescriptor/FontName/Plain/Flags 4/FontBBox[0 -250 1000 750]/ItalicAngle 0/Ascent 750/Descent -250/CapHeight 700/StemV 80>>"
	objects[5] = fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", unicode.Len(), unicode.String())
	return assemble(objects)
}

// assemble makes a file of the objects of a PDF, the first of which is its
// catalogue.
func assemble(objects []string) []byte {
	var b, table strings.Builder
	b.WriteString("%PDF-1.7\n")
	fmt.Fprintf(&table, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for i, o := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", table.String(), len(objects)+1, start)
	return []byte(b.String())
}
