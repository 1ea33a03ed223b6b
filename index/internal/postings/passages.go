package postings

import (
	"encoding/binary"
	"slices"
)

// passages is the table of passages: it maps the numbers of bleve's documents to
// passages, a column each.
type passages struct {
	doc     []uint32 // place of the document in the table
	passage []uint32 // place of the passage in the document
	terms   []uint8  // how many terms the passage has, 255 for more

	number []uint32 // the bleve documents in the order of the table and their texts
	first  []uint32 // where those of each document begin in number, and where the last end
}

const nowhere = ^uint32(0) // in passages.doc: a bleve document that was deleted

func (p *passages) pack() []byte {
	b := make([]byte, 0, 4+9*len(p.doc))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(p.doc)))
	for _, d := range p.doc {
		b = binary.LittleEndian.AppendUint32(b, d)
	}
	for _, n := range p.passage {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	return append(b, p.terms...)
}

func unpackPassages(b []byte, documents int) (*passages, error) {
	if len(b) < 4 || len(b)-4 != 9*int(binary.LittleEndian.Uint32(b)) {
		return nil, errDamaged
	}
	n := int(binary.LittleEndian.Uint32(b))
	p := &passages{doc: make([]uint32, n), passage: make([]uint32, n), terms: slices.Clone(b[4+8*n:])}
	for i := range n {
		d := binary.LittleEndian.Uint32(b[4+4*i:])
		p.doc[i] = d
		p.passage[i] = binary.LittleEndian.Uint32(b[4+4*n+4*i:])
		if d != nowhere && int(d) >= documents {
			return nil, errDamaged
		}
	}
	return p, p.order(documents)
}

// order fills in number and first.
func (p *passages) order(documents int) error {
	p.first = make([]uint32, documents+1)
	for _, d := range p.doc {
		if d != nowhere {
			p.first[d+1]++
		}
	}
	for d := range documents {
		p.first[d+1] += p.first[d]
	}
	p.number = make([]uint32, p.first[documents])
	for n, d := range p.doc {
		if d == nowhere {
			continue
		}
		at := p.first[d] + p.passage[n]
		if at >= p.first[d+1] {
			return errDamaged
		}
		p.number[at] = uint32(n)
	}
	return nil
}

// of returns the numbers of n passages of a document from the first on; of those
// that are there.
func (p *passages) of(doc, first, n int) []uint32 {
	all := p.number[p.first[doc]:p.first[doc+1]]
	first = min(first, len(all))
	return all[first : first+min(n, len(all)-first)]
}

// meanTerms is how many terms a passage has in the mean.
func (p *passages) meanTerms() float32 {
	total := 0
	for _, n := range p.terms {
		total += int(n)
	}
	return float32(total) / float32(max(len(p.number), 1))
}
