package store

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
		var passages []Passage
		at := 0
		for _, n := range cut {
			passages = append(passages, Passage{at, at + int(n)})
			at += int(n)
		}
		got := &Record{}
		drawn.Words &= 1<<31 - 1
		if err := unpackDocument(string(PackDocument(want, passages, drawn)), got); err != nil {
			t.Log(err)
			return false
		}
		var err error
		if got.Document.Statements, err = got.Statements(); err != nil {
			t.Log(err)
			return false
		}
		if got.Document.People, err = got.People(); err != nil {
			t.Log(err)
			return false
		}
		sketch, err := got.Sketch()
		if err != nil || sketch.Words != drawn.Words || !slices.Equal(sketch.Prints, drawn.Prints) {
			t.Logf("got %+v, want %+v, %v", sketch, drawn, err)
			return false
		}
		got.Text = got.In(text.Span{End: got.Size})
		normal(reflect.ValueOf(&got.Document).Elem())
		if !reflect.DeepEqual(&got.Document, want) || len(got.Passages) != len(passages) || len(passages) > 0 && !reflect.DeepEqual(got.Passages, passages) {
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
		a, b := Row{Number: 3, Digest: DigestOf("a"), Source: x}, Row{Number: 1 << 20, Digest: DigestOf("b"), Source: y}
		a.Document, b.Document = "a"+a.Document, "b"+b.Document
		a.File, b.File = a.Document, b.Document[:int(file)%len(b.Document)]
		normal(reflect.ValueOf(&a.Source).Elem())
		normal(reflect.ValueOf(&b.Source).Elem())
		got, err := unpackTable(string(PackTable([]PackedRow{PackRow(a), PackRow(b)})))
		if err != nil || got.Len() != 2 {
			t.Log(err)
			return false
		}
		return reflect.DeepEqual(got.Row(0), a) && reflect.DeepEqual(got.Row(1), b)
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
	f.Add(PackDocument(d, []Passage{{0, 2}}, near.Sketch{Words: 9, Prints: []uint32{1, 2}}))
	f.Add(PackTable([]PackedRow{PackRow(Row{Number: 1, Source: Source{Document: "a.txt"}})}))
	f.Fuzz(func(t *testing.T, b []byte) {
		var d Record
		if unpackDocument(string(b), &d) == nil {
			d.Statements()
			d.People()
		}
		if table, err := unpackTable(string(b)); err == nil {
			for i := range table.Len() {
				table.Row(i)
			}
		}
	})
}
