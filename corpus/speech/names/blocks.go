package names

import (
	"strings"

	"example.org/attache/corpus/speech/internal/word"
)

// A Block is a blocking key of names, as a number. With them those who agree are
// found without comparing everybody: of two names of one family name that agree,
// one is filed under a block that the other asks for. Names that don't agree can
// have a block in common.
type Block uint64

// Blocks are the blocking keys of a name.
type Blocks struct {
	Filed []Block // under which it is filed
	// Those it asks for. All names in a sure one agree with it, suffixes aside.
	Sure, Possible []Block
}

// Kinds of blocks: of given names that are the same but for hyphens, that begin
// with a letter, are an initial, are short for a name, are spelt so, or are spelt
// so when one letter is left out.
const (
	wholeBlock = iota
	beginsBlock
	initialBlock
	shortBlock
	speltBlock
	leftOutBlock
)

// Kinds of middle names in blocks, beside the first letters: none, and any.
const (
	noMiddle  = 0
	anyMiddle = 1
)

// block is the blocking key of a kind for a given name in two parts and the kind
// of a middle name.
func block(kind byte, head, tail string, middle byte) Block {
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	h := (uint64(offset)^uint64(kind))*prime ^ uint64(middle)
	for _, part := range [...]string{head, tail} {
		for i := range len(part) {
			h = (h * prime) ^ uint64(part[i])
		}
	}
	return Block(h * prime)
}

// Blocks returns the blocking keys of the name.
func (k Name) Blocks() Blocks {
	letters := min(len(k.Given), mostMisspelt)
	b := Blocks{Filed: make([]Block, 0, 4+letters), Possible: make([]Block, 0, 4+2*letters)}
	middle := byte(noMiddle)
	if k.Middle != "" {
		middle = k.Middle[0]
	}
	file := func(kind byte, head, tail string) {
		b.Filed = append(b.Filed, block(kind, head, tail, middle))
		if middle != noMiddle {
			b.Filed = append(b.Filed, block(kind, head, tail, anyMiddle))
		}
	}
	ask := func(of *[]Block, kind byte, head, tail string) {
		other := middle
		if middle == noMiddle {
			other = anyMiddle
		}
		*of = append(*of, block(kind, head, tail, noMiddle), block(kind, head, tail, other))
	}
	g := strings.TrimSuffix(k.Given, ".")
	whole := strings.ReplaceAll(g, "-", "")
	file(wholeBlock, whole, "")
	if whole == "" {
		ask(&b.Possible, wholeBlock, whole, "")
	} else {
		ask(&b.Sure, wholeBlock, whole, "")
	}
	if g == "" {
		return b
	}
	file(beginsBlock, g[:1], "")
	if len(g) == 1 {
		file(initialBlock, g, "")
		ask(&b.Sure, beginsBlock, g, "")
		return b
	}
	ask(&b.Sure, initialBlock, g[:1], "")
	for _, full := range word.FullForms(g) {
		file(shortBlock, full, "")
		ask(&b.Sure, shortBlock, full, "")
	}
	if len(k.Given) < leastMisspelt || len(k.Given) > mostMisspelt {
		return b
	}
	file(speltBlock, k.Given, "")
	ask(&b.Possible, leftOutBlock, k.Given, "")
	for i := range len(k.Given) {
		if i > 0 && k.Given[i] == k.Given[i-1] {
			continue // the same without either
		}
		file(leftOutBlock, k.Given[:i], k.Given[i+1:])
		ask(&b.Possible, speltBlock, k.Given[:i], k.Given[i+1:])
	}
	return b
}
