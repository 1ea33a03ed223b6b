package format

import "golang.org/x/text/encoding/charmap"

// word reads a word of control with its number.
func (r *rtfReader) word(word string, n int, numbered bool) {
	if t, ok := rtfText[word]; ok {
		r.write(t)
		return
	}
	is := toggleOf(!numbered || n != 0)
	switch word {
	case "par", "sect", "page", "column":
		r.breakAt(r.now.row)
	case "cell", "nestcell":
		if r.now.to == toText {
			r.text()
			r.out.row = true
			r.out.cells++
			r.out.write(" | ")
		}
	case "row", "nestrow":
		if r.now.to == toText {
			r.text()
			r.out.row = false
			r.out.flush()
		}
	case "pard":
		r.text()
		r.now.kind, r.now.row = Body, false
	case "plain":
		r.text()
		r.now.look = look{}
	case "intbl":
		r.now.row = true
	case "s":
		r.style(n)
	case "outlinelevel":
		r.outline(n)
	case "v", "deleted":
		r.text()
		r.now.look.hidden = is
	case "strike", "striked":
		r.text()
		r.now.look.struck = is
	case "super":
		r.text()
		r.now.look.raised = is
	case "nosupersub", "sub":
		r.text()
		r.now.look.raised = off
	case "b":
		r.text()
		r.now.look.bold = is
	case "i":
		r.text()
		r.now.look.italic = is
	case "f":
		r.font(n)
	case "fcharset":
		if r.now.to == toFonts {
			r.fonts[r.now.font] = codePage(charsets[n])
		}
	case "ansicpg":
		if page := codePage(n); page != nil {
			r.page = page
		}
	case "mac":
		r.page = charmap.Macintosh
	case "pc", "pca":
		r.page = charmap.CodePage437
	case "uc":
		r.now.skipped = min(max(n, 0), 16)
	default:
		r.group(word)
	}
}

// group reads a word that says what a group is.
func (r *rtfReader) group(word string) {
	switch word {
	case "fonttbl":
		r.now.to = toFonts
	case "stylesheet":
		r.now.to, r.now.value = toStyles, &rtfValue{}
	case "info":
		r.now.to = toNothing
	case "title", "author", "keywords":
		if r.now.to == toNothing {
			r.now.to, r.now.value = toValue, &rtfValue{word: word}
		}
	case "footnote":
		r.text()
		if r.now.to == toText || r.now.starred {
			r.aside(toNote)
		}
	case "shptxt":
		if !r.now.left {
			r.text()
			r.aside(toBox)
		}
	default:
		if rtfSkipped[word] {
			r.text()
			r.now.to, r.now.left = toNothing, true
		}
	}
}

// aside begins text that does not belong to the paragraph around it.
func (r *rtfReader) aside(to rtfTarget) {
	r.now = rtfState{to: to, font: r.now.font, skipped: r.now.skipped}
	r.out.enter()
}

// font changes the font, or begins one in the table of fonts.
func (r *rtfReader) font(n int) {
	r.text()
	r.now.font = n
}

// style gives a paragraph a style, or begins one in the table of styles.
func (r *rtfReader) style(n int) {
	if r.now.to == toStyles {
		r.now.value = &rtfValue{style: n}
		return
	}
	r.now.kind = r.styles[n]
}

// outline notes that a paragraph, or a style, is a heading.
func (r *rtfReader) outline(n int) {
	if n < 0 || n > 8 {
		return
	}
	if v := r.now.value; r.now.to == toStyles && v != nil {
		v.kind = Heading
	} else if r.now.kind == Body {
		r.now.kind = Heading
	}
}
