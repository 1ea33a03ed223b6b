package index

import (
	"reflect"
	"slices"
	"testing"
	"testing/quick"

	"example.org/attache/corpus"
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/near"
)

// Everything that a document says of its text survives packing, also a field
// that is added later: the values are made by reflection.
func TestPackedDocumentsComeBack(t *testing.T) {
	same := func(paragraphs []corpus.Paragraph, sentences []text.Span, said []speech.Statement, told []speech.Person, body string, cut []uint8, drawn near.Sketch) bool {
		want := &corpus.Document{Text: body, Paragraphs: paragraphs, Sentences: sentences, Statements: said, People: told}
		normal(reflect.ValueOf(want).Elem())
		for i := range said {
			said[i].Kind %= 4
		}
		var passages []passage
		at := 0
		for _, n := range cut {
			passages = append(passages, passage{at, at + int(n)})
			at += int(n)
		}
		got := &stored{}
		drawn.Words &= 1<<31 - 1
		if err := unpackDocument(string(packDocument(want, passages, drawn)), got); err != nil {
			t.Log(err)
			return false
		}
		var err error
		if got.Statements, err = got.statements(); err != nil {
			t.Log(err)
			return false
		}
		if got.People, err = got.people(); err != nil {
			t.Log(err)
			return false
		}
		sketch, err := got.sketch()
		if err != nil || sketch.Words != drawn.Words || !slices.Equal(sketch.Prints, drawn.Prints) {
			t.Logf("got %+v, want %+v, %v", sketch, drawn, err)
			return false
		}
		got.Text = got.in(text.Span{End: got.size})
		normal(reflect.ValueOf(&got.Document).Elem())
		if !reflect.DeepEqual(&got.Document, want) || len(got.passages) != len(passages) || len(passages) > 0 && !reflect.DeepEqual(got.passages, passages) {
			t.Logf("got  %+v\nwant %+v", got.Document, *want)
			return false
		}
		return true
	}
	if err := quick.Check(same, &quick.Config{MaxCount: 200}); err != nil {
		t.Error(err)
	}
}

func TestPackedTableComesBack(t *testing.T) {
	same := func(x, y Source, file uint8) bool {
		a, b := row{number: 3, digest: digestOf("a"), Source: x}, row{number: 1 << 20, digest: digestOf("b"), Source: y}
		a.Document, b.Document = "a"+a.Document, "b"+b.Document
		a.file, b.file = a.Document, b.Document[:int(file)%len(b.Document)]
		normal(reflect.ValueOf(&a.Source).Elem())
		normal(reflect.ValueOf(&b.Source).Elem())
		got, err := unpackTable(string(packTable([]packedRow{packRow(a), packRow(b)})))
		if err != nil || got.len() != 2 {
			t.Log(err)
			return false
		}
		return reflect.DeepEqual(got.row(0), a) && reflect.DeepEqual(got.row(1), b)
	}
	if err := quick.Check(same, nil); err != nil {
		t.Error(err)
	}
}

// normal makes values such as occur: places within reach, dates and numbers
// that are not negative, nil for nothing.
func normal(v reflect.Value) {
	switch s := v.Addr().Interface().(type) {
	case *text.Span:
		*s = text.Span{Start: min(abs(s.Start), abs(s.End)), End: max(abs(s.Start), abs(s.End))}
		if s.Len() == 0 {
			*s = text.Span{}
		}
		return
	case *corpus.Date:
		*s = corpus.Date{Year: abs(s.Year), Month: abs(s.Month) % 13, Day: abs(s.Day) % 32}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				normal(v.Field(i))
			}
		}
	case reflect.Slice:
		if v.Len() == 0 {
			v.SetZero()
		}
		for i := range v.Len() {
			normal(v.Index(i))
		}
	case reflect.Int:
		v.SetInt(int64(abs(int(v.Int()))))
	}
}

func abs(n int) int {
	if n %= 1 << 20; n < 0 {
		return -n
	}
	return n
}

// Damaged records are faults, not panics, and ask for no more memory than they
// are large.
func FuzzUnpack(f *testing.F) {
	d := &corpus.Document{Text: "One. Two.", Sentences: []text.Span{{Start: 0, End: 4}, {Start: 5, End: 9}}}
	f.Add(packDocument(d, []passage{{0, 2}}, near.Sketch{Words: 9, Prints: []uint32{1, 2}}))
	f.Add(packTable([]packedRow{packRow(row{number: 1, Source: Source{Document: "a.txt"}})}))
	var g gathering
	all, _ := g.pack()
	f.Add(all)
	f.Fuzz(func(t *testing.T, b []byte) {
		var d stored
		if unpackDocument(string(b), &d) == nil {
			d.statements()
			d.people()
		}
		if table, err := unpackTable(string(b)); err == nil {
			for i := range table.len() {
				table.row(i)
			}
		}
		if p, err := unpackPeople(string(b)); err == nil {
			for i := range p.entries.len() {
				p.entry(i)
			}
			p.lookup("somebody")
		}
	})
}
