package testofd

// Tag is an element of a file of ours that says what the objects of the pages mean.
type Tag struct {
	Parent int // index of it; -1 for the first
	Name   string
	Attrs  map[string]string
	Text   string // of the objects that it names itself, in its order

	objects []string
}

// tags holds a file of ours that says what the objects of the pages mean: elements of a namespace of ours, at whose leaves
// the standard's ObjectRef names objects.
func (c *checker) tags(at place, root *node) {
	c.tag(at, root, -1)
	if root.prefix == "ofd" || len(c.tagged) > 0 && !c.binds(root, "ofd", namespace) {
		c.say(Tags, at.entry, root.offset, "is not in a namespace of its own, with the standard's for references")
	}
}

func (c *checker) tag(at place, n *node, parent int) {
	at.offset = n.offset
	if n.prefix == "ofd" {
		c.object(at, n, parent)
		return
	}
	me := len(c.meanings)
	x := Tag{Parent: parent, Name: n.name, Attrs: map[string]string{}}
	for _, a := range n.attrs {
		x.Attrs[a.name] = a.value
	}
	c.meanings = append(c.meanings, x)
	for _, k := range n.kids {
		c.tag(at, k, me)
	}
}

// object holds a reference to an object of a page.
func (c *checker) object(at place, n *node, parent int) {
	page, ok := n.get("PageRef")
	if n.name != "ObjectRef" || !ok || !c.simple["id"].MatchString(n.text) || len(n.kids) > 0 || parent < 0 {
		c.say(Tags, at.entry, n.offset, "%s is no reference to an object", n.name)
		return
	}
	c.refs = append(c.refs, reference{at, "PageRef", page, "PageEntry"})
	at.page = page
	c.tagged = append(c.tagged, reference{at, "ObjectRef", n.text, ""})
	c.meanings[parent].objects = append(c.meanings[parent].objects, n.text)
}
