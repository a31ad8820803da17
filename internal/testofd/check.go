package testofd

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Options say what a package claims.
type Options struct {
	Plain bool // GB/T 33190 alone, as drafts do; else GB/T 42133 too
}

// Package is what was found of one.
type Package struct {
	Findings []Finding
	Texts    [][]string // of each page, as they stand in its file, in order
	Tags     []Tag      // of the files that say what the objects mean, in order
}

// Check tells all that is wrong with a package, by the files as they are reached from OFD.xml.
func Check(raw []byte, o Options) []Finding { return Read(raw, o).Findings }

// Read checks a package and reads what it says.
func Read(raw []byte, o Options) Package {
	c := newChecker()
	c.plain = o.Plain
	if c.unpacked(raw) {
		c.follow(place{}, "the package", "OFD.xml", "OFD")
		c.resolve()
		for _, name := range c.order {
			if !c.used[name] {
				c.say(Stray, name, 0, "nothing names this entry")
			}
		}
	}
	out := Package{Findings: c.found, Tags: c.meanings}
	for _, id := range c.pages {
		out.Texts = append(out.Texts, c.spoken[id])
	}
	for i := range out.Tags {
		for _, id := range out.Tags[i].objects {
			out.Tags[i].Text += c.texts[id]
		}
	}
	return out
}

type checker struct {
	plain  bool
	files  map[string][]byte
	order  []string
	table  map[string]*element
	simple map[string]*regexp.Regexp
	used   map[string]bool
	found  []Finding

	ids       map[int]owner
	greatest  int
	stated    int // MaxUnitID
	refs      []reference
	resFolder string // where the files of the resources at hand are
	fonts     map[string]*fontFile
	fontLoc   string // of the font at hand
	tagged    []reference
	meanings  []Tag
	common    string            // the box of pages that state none
	boxes     map[string]int    // of pages: how many have it
	texts     map[string]string // of objects, by ID
	pages     []string          // IDs in order
	spoken    map[string][]string
}

func newChecker() *checker {
	return &checker{files: map[string][]byte{}, table: table(), simple: simple(), used: map[string]bool{}, ids: map[int]owner{}, fonts: map[string]*fontFile{},
		boxes: map[string]int{}, texts: map[string]string{}, spoken: map[string][]string{}}
}

// place is where something stands: the file and its folder, the byte in it, and of what stands on a page the page's ID.
type place struct {
	entry, folder string
	offset        int
	page          string
}

// owner is what has an ID.
type owner struct {
	place
	element string
}

// reference is an ID that something names, and of which type it is to be.
type reference struct {
	place
	what, id, kind string
}

func (c *checker) say(r Rule, entry string, offset int, format string, args ...any) {
	c.found = append(c.found, Finding{r, entry, offset, fmt.Sprintf(format, args...)})
}

func (c *checker) newID(at place, element, v string) {
	id, _ := strconv.Atoi(v)
	if had, twice := c.ids[id]; twice || id == 0 {
		c.say(IDs, at.entry, at.offset, "ID %d of %s is 0, or also at %s:%d", id, element, had.entry, had.offset)
	}
	c.ids[id] = owner{at, element}
	c.greatest = max(c.greatest, id)
}

// follow goes to a file that is named, whose root is to be of a type: "" for any file.
func (c *checker) follow(at place, what, loc, root string) {
	name := path.Join(at.folder, loc)
	if strings.HasPrefix(loc, "/") {
		name = strings.TrimPrefix(path.Clean(loc), "/")
	}
	if _, ok := c.files[name]; !ok {
		c.say(Location, at.entry, at.offset, "%s names %s, and there is no %s", what, loc, name)
		return
	}
	c.fontLoc = name
	again := c.used[name]
	c.used[name] = true
	if root == "" || again {
		return
	}
	n := c.tree(name)
	if n == nil {
		return
	}
	next := place{entry: name, folder: path.Dir(name), page: at.page}
	if root == "Tags" {
		c.tags(next, n)
		return
	}
	c.prefixed(name, n)
	if n.name != root {
		c.say(Element, name, n.offset, "%s is to be a %s and is a %s", name, root, n.name)
		return
	}
	c.resFolder = ""
	if base, ok := n.get("BaseLoc"); ok && root == "Res" {
		c.resFolder = path.Join(next.folder, base)
	}
	n.attrs = slices.DeleteFunc(n.attrs, func(a attr) bool { return a.prefix == "xmlns" })
	c.walk(next, n, root)
}

// resolve holds that everything that is referred to by an ID is there.
func (c *checker) resolve() {
	kinds := map[string]string{"PageEntry": "Page"}
	for _, r := range c.refs {
		id, _ := strconv.Atoi(r.id)
		want := r.kind
		if k, ok := kinds[want]; ok {
			want = k
		}
		if o, ok := c.ids[id]; !ok || o.element != want {
			c.say(Reference, r.entry, r.offset, "%s names %s, which is no %s", r.what, r.id, want)
		}
	}
	for _, r := range c.tagged {
		id, _ := strconv.Atoi(r.id)
		if o, ok := c.ids[id]; !ok || o.page != r.page || !slices.Contains([]string{"TextObject", "PathObject"}, o.element) {
			c.say(Tags, r.entry, r.offset, "object %s is not on page %s", r.id, r.page)
		}
	}
	if c.stated != c.greatest {
		c.say(IDs, "", 0, "MaxUnitID is %d, the greatest ID %d", c.stated, c.greatest)
	}
	c.commonest()
}

// before is called for an element of a type whose attributes were seen, after when all in it was, too.
func (c *checker) before(at place, n *node, kind string) {
	switch kind {
	case "CommonData":
		if m := n.first("MaxUnitID"); m != nil {
			c.stated, _ = strconv.Atoi(m.text)
		}
	case "PageEntry":
		c.pages = append(c.pages, at.page)
	case "Font":
		c.fontLoc = ""
	}
}

func (c *checker) after(at place, n *node, kind string) {
	switch kind {
	case "Font":
		c.font(at, n)
	case "TextObject":
		c.text(at, n)
	case "PathObject":
		c.path(at, n)
	case "CommonData":
		c.commonBox(at, n)
	case "Page":
		c.pageBox(at, n)
	case "ColorSpace":
		c.colours(at, n)
	}
	if !c.plain {
		c.archived(at, n, kind)
	}
}
