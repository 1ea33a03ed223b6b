package format

import (
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"regexp"
	"strings"
)

// xmlNode is an element of a small XML text, or characters of one where it has
// no name.
type xmlNode struct {
	name string // local
	attr []xml.Attr
	text string
	kids []*xmlNode
}

// xmlTree takes a small XML text apart. What is damaged ends it: what stands
// before is told all the same.
func xmlTree(ctx context.Context, data []byte) *xmlNode {
	root := &xmlNode{}
	open := []*xmlNode{root}
	dec := newXMLDecoder(asking{ctx, bytes.NewReader(data)})
	for {
		token, err := dec.Token()
		if err != nil {
			return root
		}
		in := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			n := &xmlNode{name: token.Name.Local, attr: token.Attr}
			in.kids = append(in.kids, n)
			if open = append(open, n); len(open) > maxNesting {
				return root
			}
		case xml.EndElement:
			if len(open) > 1 {
				open = open[:len(open)-1]
			}
		case xml.CharData:
			in.kids = append(in.kids, &xmlNode{text: string(token)})
		}
	}
}

// at returns the value of an attribute.
func (n *xmlNode) at(name string) string {
	for _, a := range n.attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// all returns the elements of that name below a node, in order, and not those in
// them.
func (n *xmlNode) all(name string) (found []*xmlNode) {
	for _, k := range n.kids {
		if k.name == name {
			found = append(found, k)
		} else {
			found = append(found, k.all(name)...)
		}
	}
	return found
}

// in returns the elements that a path of names leads to, each somewhere below
// the one before.
func (n *xmlNode) in(path ...string) []*xmlNode {
	nodes := []*xmlNode{n}
	for _, name := range path {
		var next []*xmlNode
		for _, n := range nodes {
			next = append(next, n.all(name)...)
		}
		nodes = next
	}
	return nodes
}

// string returns the text of an element in one line, without the elements of
// these names. Elements that are beside each other without a space are words.
func (n *xmlNode) string(without ...string) string {
	var b strings.Builder
	var walk func(n *xmlNode)
	walk = func(n *xmlNode) {
		for _, name := range without {
			if n.name == name {
				return
			}
		}
		b.WriteString(n.text)
		for _, k := range n.kids {
			if k.name != "" {
				b.WriteByte(' ')
			}
			walk(k)
		}
		if n.name != "" {
			b.WriteByte(' ')
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// rootElement returns the name of the first element of an XML text, empty when
// there is none.
func rootElement(data []byte) string {
	const reach = 64 << 10 // bytes
	dec := newXMLDecoder(bytes.NewReader(data[:min(len(data), reach)]))
	for {
		token, err := dec.Token()
		if err != nil {
			return ""
		}
		if e, ok := token.(xml.StartElement); ok {
			return e.Name.Local
		}
	}
}

// checkNesting makes sure that no element of an XML text lies too deep in
// others, for libraries that go down without a bound.
func checkNesting(ctx context.Context, data []byte) error {
	dec := newXMLDecoder(asking{ctx, bytes.NewReader(data)})
	for depth := 0; ; {
		token, err := dec.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return nil // who reads it says so
		}
		switch token.(type) {
		case xml.StartElement:
			if depth++; depth > maxNesting {
				return errNesting
			}
		case xml.EndElement:
			depth--
		}
	}
}

// segments returns the parts of an XML text that are elements of this name, with
// their tags.
func segments(data []byte, name string) (found [][]byte) {
	expr := regexp.MustCompile(`<(?:[\w-]+:)?` + name + `[\s>]`)
	end := regexp.MustCompile(`</(?:[\w-]+:)?` + name + `\s*>`)
	for {
		from := expr.FindIndex(data)
		if from == nil {
			return found
		}
		to := end.FindIndex(data[from[1]:])
		if to == nil {
			return append(found, data[from[0]:])
		}
		found = append(found, data[from[0]:from[1]+to[1]])
		data = data[from[1]+to[1]:]
	}
}
