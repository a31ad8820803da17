package pdfread

import (
	"maps"
	"slices"
)

// What this program writes, by kind of dictionary: a key that is not here is somebody else's, and may change what a page
// shows although its text and rules are as they were.
var (
	writtenNode       = []Name{"Type", "Count", "Kids", "Parent", "MediaBox", "Resources"}
	writtenPage       = []Name{"Type", "Parent", "MediaBox", "Resources", "Contents", "StructParents", "Tabs", "Annots"}
	writtenResources  = []Name{"ProcSet", "Font"}
	writtenLink       = []Name{"Type", "Subtype", "F", "Border", "Rect", "P", "Dest", "Contents", "StructParent"}
	writtenFont       = []Name{"Type", "Subtype", "BaseFont", "Encoding", "DescendantFonts", "ToUnicode"}
	writtenCIDFont    = []Name{"Type", "Subtype", "BaseFont", "CIDSystemInfo", "CIDToGIDMap", "FontDescriptor", "DW", "W"}
	writtenDescriptor = []Name{"Type", "FontName", "Flags", "FontBBox", "ItalicAngle", "Ascent", "Descent", "CapHeight", "StemV", "FontFile2"}
	writtenCatalog    = []Name{"Type", "Pages", "Lang", "ViewerPreferences", "MarkInfo", "StructTreeRoot", "Metadata", "OutputIntents", "Outlines",
		"PageMode", "PageLabels", "Names", "AF"}
)

// strange lists the keys of a dictionary that are not among those that this program writes, with a slash, sorted.
func strange(d Dict, written []Name) (out []string) {
	for _, key := range slices.Sorted(maps.Keys(d)) {
		if d[key] != nil && !slices.Contains(written, key) {
			out = append(out, "/"+string(key))
		}
	}
	return out
}

// other adds a key to what is strange where its value is not the one that this program always writes. Values are numbers
// and names.
func other(out []string, d Dict, key Name, always any) []string {
	if d[key] != always {
		return append(out, "/"+string(key))
	}
	return out
}

// Strange lists the keys of the document's root that this program never writes: what opens, what runs, what takes the
// place of the pages.
func (f *File) Strange() ([]string, error) {
	root, err := f.Catalog()
	if err != nil {
		return nil, err
	}
	return strange(root, writtenCatalog), nil
}
