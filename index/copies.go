package index

import (
	"cmp"
	"encoding/binary"
	"iter"
	"os"
	"path/filepath"

	"example.org/attache/corpus"
	"example.org/attache/index/internal/disk"
	"example.org/attache/index/internal/near"
	"example.org/attache/index/internal/postings"
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

func (c *copying) add(d *stored) error {
	sketch, err := d.sketch()
	c.sketches = append(c.sketches, sketch)
	return err
}

// write writes the groups beside the tables that g has open.
func (c *copying) write(dir string, g *generation) error {
	groups := near.Group(c.sketches)
	echoes := map[docRef]bool{}
	for _, group := range groups {
		if err := g.echoing(group, echoes); err != nil {
			return err
		}
	}
	numbers, err := postings.PackEchoes(dir, g.table.len(), func(doc, passage int) bool { return echoes[docRef{doc, passage}] })
	if err != nil {
		return err
	}
	var p packer
	p.uint(len(groups))
	for _, group := range groups {
		p.ints(group)
	}
	p.string(numbers)
	return disk.Write(filepath.Join(dir, copiesName), p.b)
}

// echoing adds to echoes the passages of a group whose every sentence occurs in an
// earlier document of the group, apart from case and punctuation.
func (g *generation) echoing(group []int, echoes map[docRef]bool) error {
	printed := map[uint64]bool{}
	var buffer []byte
	for _, doc := range group {
		d, b, err := g.documentInto(doc, buffer)
		if err != nil {
			return err
		}
		buffer = b
		var own []uint64
		for n := range d.passages {
			echo := true
			for _, key := range d.keys(n) {
				echo = echo && printed[key]
				own = append(own, key)
			}
			if echo {
				echoes[docRef{doc, n}] = true
			}
		}
		for _, key := range own {
			printed[key] = true
		}
		if err := d.fault(); err != nil {
			return err
		}
	}
	return nil
}

// keys returns the keys of the sentences of a passage.
func (d *stored) keys(passage int) (all []uint64) {
	p := d.passages[passage]
	for _, s := range d.Sentences[p.first:p.last] {
		all = append(all, d.wording(s).Key())
	}
	return all
}

// openCopies reads what write wrote.
func (g *generation) openCopies(dir string) error {
	packed, err := os.ReadFile(filepath.Join(dir, copiesName))
	if err != nil {
		return err
	}
	u := unpacker{b: bytesString(packed)}
	c := &copies{groups: make([][]int, u.count()), group: map[int]int{}}
	for i := range c.groups {
		c.groups[i] = u.ints()
		for _, doc := range c.groups[i] {
			if doc >= g.table.len() {
				u.fail()
			}
			c.group[doc] = i
		}
	}
	err = g.postings.SetEchoes(u.string())
	g.copies = c
	return cmp.Or(u.err, err)
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

func packSketch(p *packer, s near.Sketch) {
	p.uint(s.Words)
	p.uint(len(s.Prints))
	for _, h := range s.Prints {
		p.b = binary.LittleEndian.AppendUint32(p.b, h)
	}
}

// sketch unpacks the document's sketch.
func (d *stored) sketch() (s near.Sketch, err error) {
	u := unpacker{b: d.drawn}
	s.Words = u.uint()
	n := u.count()
	if len(u.b) != 4*n {
		u.fail()
		return s, u.err
	}
	s.Prints = make([]uint32, n)
	for i := range s.Prints {
		s.Prints[i] = binary.LittleEndian.Uint32([]byte(u.b[4*i : 4*i+4]))
	}
	return s, u.err
}
