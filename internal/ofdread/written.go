package ofdread

import (
	"crypto/sha256"
	"encoding/xml"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// wrote is what this program writes of an element: children and attributes, apart by blanks. A child stands there once at most
// unless it has a star: of two some programs take the first, others the last. An attribute behind which stands a value has no other.
type wrote struct{ kids, attrs string }

// What this program writes, by the kind of file: what is not here is somebody else's, and may change what is seen although all
// texts and rules are as they were.
var (
	onPage = map[string]wrote{
		"Page":            {"Area Content", ""},
		"Area":            {"PhysicalBox", ""},
		"PhysicalBox":     {},
		"Content":         {"Layer", ""},
		"Layer":           {"TextObject* PathObject*", "ID Type=Body"},
		"TextObject":      {"CGTransform TextCode", "ID Boundary CTM Font Size"},
		"CGTransform":     {"Glyphs", "CodePosition=0 CodeCount GlyphCount"},
		"Glyphs":          {},
		"TextCode":        {"", "X Y DeltaX"},
		"PathObject":      {"FillColor AbbreviatedData", "ID Boundary Stroke=false Fill=true"},
		"FillColor":       {"", "Value"},
		"AbbreviatedData": {},
	}
	inLinks = with(action, map[string]wrote{
		"PageAnnot":       {"Annot*", ""},
		"Annot":           {"Remark Appearance", "ID Type=Link Creator LastModDate Print=false NoZoom=true NoRotate=true ReadOnly=true"},
		"Remark":          {},
		"Appearance":      {"PathObject", "Boundary"},
		"PathObject":      {"Actions AbbreviatedData", "ID Boundary Stroke=false"},
		"AbbreviatedData": {},
	})
	inRoot = map[string]wrote{
		"OFD":     {"DocBody", "Version=1.0 DocType"},
		"DocBody": {"DocInfo DocRoot Signatures", ""},
		"DocInfo": {"DocID Title Author Subject CreationDate Keywords Creator CreatorVersion CustomDatas", ""},
		"DocID":   {}, "Title": {}, "Author": {}, "Subject": {}, "CreationDate": {}, "Creator": {}, "CreatorVersion": {}, "DocRoot": {}, "Signatures": {},
		"Keywords": {"Keyword*", ""}, "Keyword": {},
		"CustomDatas": {"CustomData*", ""}, "CustomData": {"", "Name"},
	}
	inDocument = with(action, map[string]wrote{
		"Document":    {"CommonData Pages Outlines Annotations CustomTags Attachments", ""},
		"CommonData":  {"MaxUnitID PageArea PublicRes DefaultCS", ""},
		"MaxUnitID":   {},
		"PageArea":    {"PhysicalBox", ""},
		"PhysicalBox": {}, "PublicRes": {}, "DefaultCS": {}, "Annotations": {}, "CustomTags": {}, "Attachments": {},
		"Pages":       {"Page*", ""},
		"Page":        {"", "ID BaseLoc"},
		"Outlines":    {"OutlineElem*", ""},
		"OutlineElem": {"Actions OutlineElem*", "Title Expanded"},
	})
	action = map[string]wrote{
		"Actions": {"Action", ""}, "Action": {"Goto", "Event=CLICK"}, "Goto": {"Dest", ""}, "Dest": {"", "Type=XYZ PageID Left=0 Top Zoom=0"},
	}
	inResources = map[string]wrote{
		"Res":         {"ColorSpaces Fonts", "BaseLoc"},
		"ColorSpaces": {"ColorSpace", ""},
		"ColorSpace":  {"", "ID Type=RGB BitsPerComponent=8 Profile"},
		"Fonts":       {"Font*", ""},
		"Font":        {"FontFile", "ID FontName FamilyName"},
		"FontFile":    {},
	}
	inAttachments = map[string]wrote{
		"Attachments": {"Attachment*", ""},
		"Attachment":  {"FileLoc", "ID Name Format=TXT CreationDate Size Usage"},
		"FileLoc":     {},
	}
	inAnnotations = map[string]wrote{"Annotations": {"Page*", ""}, "Page": {"FileLoc", "PageID"}, "FileLoc": {}}
	inTags        = map[string]wrote{"CustomTags": {"CustomTag*", ""}, "CustomTag": {"FileLoc", "NameSpace"}, "FileLoc": {}}
)

func with(a, b map[string]wrote) map[string]wrote {
	out := map[string]wrote{}
	for _, m := range []map[string]wrote{a, b} {
		for name, w := range m {
			out[name] = w
		}
	}
	return out
}

// strange lists what an element and those within it have that this program never writes, each once.
func strange(n *node, of map[string]wrote) (out []string) {
	say := func(what string) {
		if what = short(what); len(out) < maxForeign && !slices.Contains(out, what) {
			out = append(out, what)
		}
	}
	var walk func(n *node)
	walk = func(n *node) {
		w := of[n.name]
		const most = 16 // attributes
		if len(n.attr) > most {
			say(n.name + " …")
			return
		}
		for i, a := range n.attr {
			if slices.ContainsFunc(n.attr[:i], func(b xml.Attr) bool { return a.Name == b.Name }) {
				say(n.name + " " + a.Name.Local) // so of two of one name
			}
			if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
				continue
			}
			if name, value := a.Name.Local, a.Value; a.Name.Space != "" || !listed(w.attrs, name) && !listed(w.attrs, name+"="+value) || strings.Contains(name, "=") {
				say(n.name + " " + name)
			}
		}
		for part := range strings.FieldsSeq(w.attrs) {
			if name, value, fixed := strings.Cut(part, "="); fixed && n.get(name) != value { // what is left out means something else
				say(n.name + " " + name)
			}
		}
		once := map[string]bool{}
		for _, k := range n.kids {
			if many := listed(w.kids, k.name+"*"); !many && (once[k.name] || !listed(w.kids, k.name)) {
				say(n.name + "/" + k.name)
				continue
			} else if !many {
				once[k.name] = true
			}
			walk(k)
		}
	}
	walk(n)
	return out
}

func listed(list, word string) bool {
	for part := range strings.FieldsSeq(list) {
		if part == word {
			return true
		}
	}
	return false
}

// short is a name that a stranger may have made up.
func short(s string) string {
	const longest = 60
	if len(s) <= longest {
		return s
	}
	s = s[:longest]
	for len(s) > 0 && !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s
}

// notes gathers what is strange, each once.
type notes []string

func (n *notes) say(list ...string) {
	for _, s := range list {
		if s = short(s); len(*n) < maxForeign && !slices.Contains(*n, s) {
			*n = append(*n, s)
		}
	}
}

// Strange lists what the package has beside its pages that this program never writes: elements, attributes, entries that
// nothing names, and entries that are not put together as the directory says. Signatures are none of it.
func (f *File) Strange() ([]string, error) {
	var out notes
	out.say(strange(f.root, inRoot)...)
	out.say(strange(f.document, inDocument)...)
	if len(f.root.all("DocBody")) != 1 || len(f.body.all("DocRoot")) != 1 {
		out.say("OFD/DocBody")
	}
	if err := f.resources(); err != nil {
		return nil, err
	}
	if err := f.readLinks(); err != nil {
		return nil, err
	}
	if _, err := f.structureFile(); err != nil {
		return nil, err
	}
	if err := f.strangeLists(&out); err != nil {
		return nil, err
	}
	f.strangeColours(&out)
	for _, name := range f.names {
		if f.signed(name) {
			if _, err := f.read(name, f.bounds.attach); err != nil {
				return nil, err
			}
		} else if !f.used[name] {
			out.say(name)
		}
	}
	if f.remarks {
		out.say("XML")
	}
	if f.odd {
		out.say("ZIP")
	}
	return out, nil
}

// colours is the sum of the profile of colours that this program writes. A test holds it.
var colours = [sha256.Size]byte{
	0xc5, 0x6e, 0x16, 0x85, 0xd8, 0x88, 0xf5, 0xed, 0xb9, 0x2f, 0xe0, 0x7f, 0x27, 0x50, 0xf3, 0x87,
	0xf8, 0xfe, 0x8e, 0x91, 0xb3, 0x2f, 0xf8, 0xfb, 0x0b, 0x56, 0xbf, 0xbb, 0xb9, 0x45, 0x83, 0x53,
}

// strangeColours notes what makes numbers of colours stand for others: black could be white. The space of colours is the one
// that this program writes, and it is what the document goes by.
func (f *File) strangeColours(out *notes) {
	for _, x := range f.profiles {
		if data, err := f.read(x.entry, f.bounds.content); err != nil || sha256.Sum256(data) != colours {
			out.say("ColorSpace Profile")
		}
	}
	def := f.document.first("CommonData").first("DefaultCS")
	if len(f.profiles) > 1 || def.name != "" && (len(f.profiles) == 0 || whole(def.text) != f.profiles[0].id) {
		out.say("DefaultCS")
	}
}

// strangeLists notes what is strange in the lists that the document names: of annotations, attached files, tags and fonts. What
// they name is in use.
func (f *File) strangeLists(out *notes) error {
	for _, x := range []struct {
		root string
		of   map[string]wrote
	}{{"Annotations", inAnnotations}, {"Attachments", inAttachments}, {"CustomTags", inTags}} {
		name, err := f.listed(x.root)
		if err != nil {
			return err
		}
		if name == "" {
			continue
		}
		n, err := f.tree(name, x.root)
		if err != nil {
			return err
		}
		out.say(strange(n, x.of)...)
		for _, a := range n.all("Attachment") {
			if entry, err := place(path.Dir(name), a.first("FileLoc").text); err == nil {
				f.used[entry] = true
			}
		}
	}
	for _, name := range f.document.first("CommonData").all("PublicRes") {
		entry, err := place(f.folder, name.text)
		if err != nil {
			return err
		}
		n, err := f.tree(entry, "Res")
		if err != nil {
			return err
		}
		out.say(strange(n, inResources)...)
	}
	return nil
}
