package index

import (
	"cmp"
	"iter"
	"os"
	"path/filepath"

	"example.org/attache/corpus"
	"example.org/attache/index/internal/disk"
	"example.org/attache/index/internal/near"
	"example.org/attache/index/internal/pack"
	"example.org/attache/index/internal/people"
	"example.org/attache/index/internal/postings"
	"example.org/attache/index/internal/store"
)

// Documents that print the same story are recognised by their sketches, which are
// stored with them, so that a rebuild compares all documents without reading any
// again. A quote from one document of a group is looked for in the others. A passage
// whose every sentence occurs in another document of its group is an echo: it is
// retrieved like any other, but does not count in document frequencies, so that a
// word is not commoner because its story is reprinted.

// copies are the groups of documents that print the same stories.
type copies struct {
	groups [][]int     // places in the table, the longest document first
	group  map[int]int // of each document that is in one
}

// copying gathers the sketches of all documents, in the order of the table.
type copying struct{ sketches []near.Sketch }

func (c *copying) add(d *store.Record) error {
	sketch, err := d.Sketch()
	c.sketches = append(c.sketches, sketch)
	return err
}

// write writes the groups beside the tables that g has open.
func (c *copying) write(dir string, g *generation) error {
	groups := near.Group(c.sketches)
	echoes := map[people.Ref]bool{}
	for _, group := range groups {
		if err := g.echoing(group, echoes); err != nil {
			return err
		}
	}
	numbers, err := postings.PackEchoes(dir, g.documents.Len(), func(doc, passage int) bool { return echoes[people.Ref{Doc: doc, N: passage}] })
	if err != nil {
		return err
	}
	var p pack.Writer
	p.Uint(len(groups))
	for _, group := range groups {
		p.Ints(group)
	}
	p.String(numbers)
	return disk.Write(filepath.Join(dir, store.CopiesName), p.Bytes)
}

// echoing adds to echoes the passages of a group whose every sentence occurs in an
// earlier document of the group, apart from case and punctuation.
func (g *generation) echoing(group []int, echoes map[people.Ref]bool) error {
	printed := map[uint64]bool{}
	var buffer []byte
	for _, doc := range group {
		d, b, err := g.documents.Into(doc, buffer)
		if err != nil {
			return err
		}
		buffer = b
		var own []uint64
		for n := range d.Passages {
			echo := true
			for _, key := range d.Keys(n) {
				echo = echo && printed[key]
				own = append(own, key)
			}
			if echo {
				echoes[people.Ref{Doc: doc, N: n}] = true
			}
		}
		for _, key := range own {
			printed[key] = true
		}
		if err := d.Fault(); err != nil {
			return err
		}
	}
	return nil
}

// openCopies reads what write wrote.
func (g *generation) openCopies(dir string) error {
	packed, err := os.ReadFile(filepath.Join(dir, store.CopiesName))
	if err != nil {
		return err
	}
	u := pack.Reader{Rest: pack.String(packed)}
	c := &copies{groups: make([][]int, u.Count()), group: map[int]int{}}
	for i := range c.groups {
		c.groups[i] = u.Ints()
		for _, doc := range c.groups[i] {
			if doc >= g.documents.Len() {
				u.Fail()
			}
			c.group[doc] = i
		}
	}
	err = g.postings.SetEchoes(u.String())
	g.copies = c
	return cmp.Or(u.Err, err)
}

// together reports whether two documents print the same story.
func (c *copies) together(a, b int) bool {
	i, ok := c.group[a]
	j, also := c.group[b]
	return ok && also && i == j
}

// with returns the documents that print the same story as one, that one too;
// none when it is by itself.
func (c *copies) with(doc int) []int {
	if i, ok := c.group[doc]; ok {
		return c.groups[i]
	}
	return nil
}

// running yields the paragraphs of running text.
func running(d *corpus.Document) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, p := range d.Paragraphs {
			if p.Kind == corpus.Body && !yield(p.In(d.Text)) {
				return
			}
		}
	}
}
