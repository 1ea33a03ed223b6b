package format

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"example.org/attache/corpus/date"
)

var errNotTEI = errors.New("it is XML, but not TEI; save its text in another format")

// readTEI reads editions in TEI, such as the Foreign Relations of the United
// States. Each <div type="document"> is a document; without any, all of it is
// one.
func readTEI(ctx context.Context, f File) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		t := teiReader{headers: teiHeaders(ctx, f.Data)}
		t.voices.readPeople(ctx, f.Data)
		_, err := walkXML(ctx, bytes.NewReader(f.Data), t.rules())
		switch {
		case !t.isTEI && err == nil:
			yield(Document{}, errNotTEI)
			return
		case err != nil && len(t.docs) == 0:
			yield(Document{}, err)
			return
		}
		for _, d := range t.docs {
			if !yield(d, nil) {
				return
			}
		}
		if err != nil {
			yield(Document{Part: "#end"}, err)
		}
	}
}

// teiReader gathers the documents of an edition.
type teiReader struct {
	isTEI   bool
	headers []Document // what the edition tells of itself, and each text in it
	header  int        // how many headers stand above
	docs    []Document
	open    []bool // of each <div> that is open: it is a document
	marks   []mark // of the quotations that are open, the outermost first
	now     Document
	inside  bool // in a document
	any     bool // the edition marks documents
	corpus  bool // the file holds several texts
	voices  voiceReader
}

func (t *teiReader) rules() xmlRules {
	return xmlRules{
		block: map[string]Kind{"p": Body, "head": Heading, "item": Body, "l": Body, "ab": Body, "dateline": Body, "salute": Body, "signed": Body, "closer": Body, "teiHeader": Body, "text": Body, "titleStmt": Body, "speaker": Label, "stage": Aside},
		skip:  set("del choice/sic choice/orig choice/abbr note revisionDesc encodingDesc figure front back listPerson listOrg graphic kinesic vocal incident gap"),
		space: set("lb"),
		cell:  set("cell"),
		row:   "row",
		start: t.start,
		chars: t.chars,
		end:   t.end,
	}
}

func (t *teiReader) start(w *xmlWalker, e xml.StartElement) {
	switch e.Name.Local {
	case "teiCorpus", "teiCorpus.2":
		t.corpus = true
	case "TEI", "TEI.2":
		t.isTEI = true
	case "text":
		w.out = nil // the header is no text
	case "sp", "u":
		t.voices.begin(w, attr(e, "who"))
	case "seg":
		if w.within("u") {
			w.flush() // a paragraph of a speech; elsewhere a phrase
		}
	case "q", "quote":
		t.marks = append(t.marks, undecided)
	case "pb":
		if n, err := strconv.Atoi(attr(e, "n")); err == nil {
			w.page = n
		}
	case "div", "div1", "div2", "div3":
		document := attr(e, "type") == "document" && !t.inside
		t.open = append(t.open, document)
		if document {
			w.flush()
			t.inside, t.any = true, true
			t.now = Document{Part: "#" + cmp.Or(attr(e, "id"), strconv.Itoa(len(t.docs)+1)), Published: date.Parse(attr(e, "doc-dateTime-min"))}
			w.out = nil
		}
	case "date":
		if t.inside && t.now.Published.IsZero() && inDateline(w.path) {
			t.now.Published = date.Parse(cmp.Or(attr(e, "when"), attr(e, "notBefore"), attr(e, "from")))
		}
	}
}

// mark reports whether a quotation got its marks from the reader: some editions
// keep them in the text, others leave them to the element.
type mark uint8

const (
	undecided mark = iota
	written
	kept
)

// chars writes the marks of the quotations that begin with the characters s.
func (t *teiReader) chars(w *xmlWalker, s string) {
	s = strings.TrimSpace(s)
	if s == "" {
		return
	}
	first, _ := utf8.DecodeRuneInString(s)
	for i, m := range t.marks {
		switch {
		case m != undecided:
		case !inParagraph(w.path) || strings.ContainsRune("“”„\"'‘’«»‹›「『", first):
			t.marks[i] = kept
		default:
			t.marks[i] = written
			w.write("“")
		}
	}
}

// inParagraph reports whether a quotation is in running text, where the
// element means quotation marks.
func inParagraph(path []string) bool { return slices.Contains(path, "p") }

func inDateline(path []string) bool {
	return slices.Contains(path, "dateline") || slices.Contains(path, "opener")
}

func (t *teiReader) end(w *xmlWalker, name string) {
	switch name {
	case "sp", "u":
		t.voices.end(w)
	case "seg":
		if len(w.path) > 0 && w.path[len(w.path)-1] == "u" {
			w.flush()
		}
	case "speaker":
		t.voices.speaker(w)
	case "q", "quote":
		if n := len(t.marks); n > 0 {
			if t.marks[n-1] == written {
				w.write("”")
			}
			t.marks = t.marks[:n-1]
		}
	case "teiHeader":
		t.header++
		w.text.Reset()
	case "head":
		if t.inside && t.now.Title == "" && len(w.out) > 0 {
			last := &w.out[len(w.out)-1]
			last.Kind, t.now.Title = Title, last.Text
		}
	case "div", "div1", "div2", "div3":
		if n := len(t.open); n > 0 {
			if t.open[n-1] {
				w.flush()
				t.finish(w)
			}
			t.open = t.open[:n-1]
		}
	case "TEI", "TEI.2":
		if w.flush(); !t.any {
			t.finish(w)
		}
	}
}

func (t *teiReader) finish(w *xmlWalker) {
	t.tell()
	if t.corpus && t.now.Part == "" {
		t.now.Part = "#" + strconv.Itoa(len(t.docs)+1)
	}
	t.now.Blocks, t.now.Voices = w.out, t.voices.all
	t.docs = append(t.docs, t.now)
	t.now, t.inside, w.out = Document{}, false, nil
}

// tell gives the document under way what the header above it tells: of an
// edition whose parts are documents, only who published it.
func (t *teiReader) tell() {
	if t.header == 0 || t.header > len(t.headers) {
		return
	}
	h := t.headers[t.header-1]
	t.now.Publisher = cmp.Or(t.now.Publisher, h.Publisher, t.headers[0].Publisher)
	if !t.any {
		t.now.Title, t.now.Author, t.now.Published = h.Title, h.Author, h.Published
	}
}
