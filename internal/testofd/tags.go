package testofd

// tags holds a file of ours that says what the objects of the pages mean: elements of a namespace of ours, at whose leaves
// the standard's ObjectRef names objects.
func (c *checker) tags(at place, root *node) {
	n := 0
	var walk func(x *node)
	walk = func(x *node) {
		if x.prefix == "ofd" {
			at.offset = x.offset
			page, ok := x.get("PageRef")
			if x.name != "ObjectRef" || !ok || !c.simple["id"].MatchString(x.text) || len(x.kids) > 0 {
				c.say(Tags, at.entry, x.offset, "%s is no reference to an object", x.name)
				return
			}
			n++
			c.refs = append(c.refs, reference{at, "PageRef", page, "PageEntry"})
			to := at
			to.page = page
			c.tagged = append(c.tagged, reference{to, "ObjectRef", x.text, ""})
			return
		}
		for _, k := range x.kids {
			walk(k)
		}
	}
	walk(root)
	if root.prefix != "" && root.prefix == "ofd" || n > 0 && !c.binds(root, "ofd", namespace) {
		c.say(Tags, at.entry, root.offset, "is not in a namespace of its own, with the standard's for references")
	}
}
