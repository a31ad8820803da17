package testofd

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

const namespace = "http://www.ofdspec.org/2016"

const declaration = `<?xml version="1.0" encoding="UTF-8"?>`

// node is an element.
type node struct {
	prefix, name string
	attrs        []attr
	kids         []*node
	text         string // directly in it
	offset       int
}

type attr struct{ prefix, name, value string }

// get is an attribute without prefix; ok is false where there is none.
func (n *node) get(name string) (value string, ok bool) {
	for _, a := range n.attrs {
		if a.prefix == "" && a.name == name {
			return a.value, true
		}
	}
	return "", false
}

func (n *node) all(name string) (out []*node) {
	for _, k := range n.kids {
		if k.name == name {
			out = append(out, k)
		}
	}
	return out
}

func (n *node) first(name string) *node {
	if all := n.all(name); len(all) > 0 {
		return all[0]
	}
	return nil
}

// tree reads a file, and tells what readers stumble over; nil when it is no XML.
func (c *checker) tree(entry string) *node {
	raw := c.files[entry]
	if !bytes.HasPrefix(raw, []byte(declaration)) || !utf8.Valid(raw) {
		c.say(XMLForm, entry, 0, "does not begin with %s, or is not UTF-8", declaration)
	}
	d := xml.NewDecoder(bytes.NewReader(raw))
	root := &node{}
	open := []*node{root}
	for {
		x, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		offset := int(d.InputOffset())
		if err != nil {
			c.say(XMLForm, entry, offset, "%v", err)
			return nil
		}
		top := open[len(open)-1]
		switch x := x.(type) {
		case xml.StartElement:
			n := c.begun(entry, offset, x)
			top.kids = append(top.kids, n)
			open = append(open, n)
		case xml.EndElement:
			if x.Name.Local != top.name || x.Name.Space != top.prefix {
				c.say(XMLForm, entry, offset, "%s ends %s", x.Name.Local, top.name)
				return nil
			}
			open = open[:len(open)-1]
		case xml.CharData:
			top.text += string(x)
		case xml.ProcInst:
			if x.Target != "xml" {
				c.say(XMLForm, entry, offset, "an instruction %s", x.Target)
			}
		case xml.Directive, xml.Comment:
			c.say(XMLForm, entry, offset, "a directive or comment")
		}
	}
	if len(open) != 1 || len(root.kids) != 1 || strings.TrimSpace(root.text) != "" {
		c.say(XMLForm, entry, 0, "is not one element")
		return nil
	}
	return root.kids[0]
}

func (c *checker) begun(entry string, offset int, x xml.StartElement) *node {
	n := &node{prefix: x.Name.Space, name: x.Name.Local, offset: offset}
	for _, a := range x.Attr {
		if _, twice := n.get(a.Name.Local); twice && a.Name.Space == "" {
			c.say(XMLForm, entry, offset, "%s has %s twice", n.name, a.Name.Local)
		}
		n.attrs = append(n.attrs, attr{a.Name.Space, a.Name.Local, a.Value})
	}
	return n
}

// prefixed holds that all of a file is in the standard's namespace, by the one prefix that every reader knows.
func (c *checker) prefixed(entry string, root *node) {
	var walk func(n *node)
	walk = func(n *node) {
		if n.prefix != "ofd" {
			c.say(XMLForm, entry, n.offset, "%s has the prefix %q, not ofd", n.name, n.prefix)
		}
		for _, a := range n.attrs {
			bound := n == root && a == attr{"xmlns", "ofd", namespace}
			if a.prefix != "" && !bound {
				c.say(XMLForm, entry, n.offset, "%s has an attribute %s:%s", n.name, a.prefix, a.name)
			}
		}
		for _, k := range n.kids {
			walk(k)
		}
	}
	walk(root)
	if !c.binds(root, "ofd", namespace) {
		c.say(XMLForm, entry, root.offset, "does not bind ofd to %s", namespace)
	}
}

func (c *checker) binds(n *node, prefix, space string) bool {
	for _, a := range n.attrs {
		if a == (attr{"xmlns", prefix, space}) {
			return true
		}
	}
	return false
}
