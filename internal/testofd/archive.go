package testofd

import (
	"path"
	"slices"
	"strings"
)

// archived holds what GB/T 42133-2022 asks of an element besides, as far as it can be broken here.
func (c *checker) archived(at place, n *node, kind string) {
	get := func(name string) string { v, _ := n.get(name); return v }
	wrong := func(rule Rule, is bool, words string) {
		if is {
			c.say(rule, at.entry, n.offset, "%s", words)
		}
	}
	switch kind {
	case "OFD":
		wrong(Archive, get("DocType") != "OFD-A", "DocType is not OFD-A (6.2.1 a)")
		wrong(Archive, len(n.all("DocBody")) != 1, "has not one body (6.2.1 c)")
	case "Document":
		for _, name := range []string{"Permissions", "VPreferences", "Extensions", "Actions", "Bookmarks"} {
			wrong(Archive, n.first(name) != nil, "has "+name+" (6.2.2)")
		}
	case "CommonData":
		wrong(Archive, n.first("DefaultCS") == nil, "states no colour space (6.3.1 c)")
	case "Font", "ColorSpace":
		wrong(Archive, !strings.HasSuffix(at.entry, "/PublicRes.xml"), kind+" is not in PublicRes (6.2.6 a)")
		wrong(Archive, kind == "Font" && n.first("FontFile") == nil, "a font is not embedded (6.2.6 b)")
	case "Annot":
		wrong(Annotated, get("Type") != "Link", "an annotation is no link")
		for _, name := range []string{"ReadOnly", "NoZoom", "NoRotate"} {
			wrong(Annotated, get(name) != "true", name+" is not true (6.10.1)")
		}
	case "TextObject", "PathObject":
		link := strings.Contains(at.entry, "/Annots/")
		wrong(Annotated, !link && n.first("Actions") != nil, "an object of a page has actions (6.3.3 b)")
		wrong(Annotated, link && n.first("Actions") == nil, "a link leads nowhere")
		wrong(Archive, n.first("Clips") != nil, "has clips (6.3.2)")
	case "Attachment":
		wrong(Attached, !slices.Contains([]string{"TXT", "XML"}, get("Format")), "Format is not text (6.15.1)")
		loc := n.first("FileLoc")
		wrong(Attached, loc != nil && path.Ext(loc.text) != "" && strings.HasSuffix(get("Name"), path.Ext(loc.text)), "Name ends like the file, which readers put behind it again")
	case "Layer":
		wrong(Archive, len(n.all("PageBlock")) > 0, "holds blocks (6.2.3 e)")
	}
}

// commonBox keeps the size of pages that state none.
func (c *checker) commonBox(at place, n *node) {
	if a := n.first("PageArea"); a != nil && a.first("PhysicalBox") != nil {
		c.common = a.first("PhysicalBox").text
	}
}

func (c *checker) pageBox(at place, n *node) {
	box := c.common
	if a := n.first("Area"); a != nil && a.first("PhysicalBox") != nil {
		box = a.first("PhysicalBox").text
		if box == c.common {
			c.say(Archive, at.entry, n.offset, "states the area that all pages have (6.2.3 b)")
		}
	}
	c.boxes[box]++
}

// commonest holds that most pages need not state their size (GB/T 42133-2022, 6.2.3 a).
func (c *checker) commonest() {
	for box, n := range c.boxes {
		if n > c.boxes[c.common] {
			c.say(Archive, "", 0, "%d pages are %s, and %d what is said of all: %s (6.2.3 a)", n, box, c.boxes[c.common], c.common)
		}
	}
}

// colours holds that a profile is one.
func (c *checker) colours(at place, n *node) {
	if _, ok := n.get("Profile"); !ok {
		c.say(Archive, at.entry, n.offset, "a colour space without a profile (6.3.1 c)")
	} else if raw := c.files[c.fontLoc]; len(raw) < 128 || string(raw[36:40]) != "acsp" || int(be.Uint32(raw)) != len(raw) {
		c.say(Archive, at.entry, n.offset, "%s is no ICC profile", c.fontLoc)
	}
}
