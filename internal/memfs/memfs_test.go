package memfs

import (
	"io"
	"io/fs"
	"testing"
)

// TestFolder: entries come in pieces as fs.ReadDirFile has it, and a folder is not read as a file.
func TestFolder(t *testing.T) {
	d := Folder("d", []fs.DirEntry{FileEntry("a", 3), FolderEntry("b"), FileEntry("c", 0)})
	for _, want := range []int{2, 1} {
		if list, err := d.ReadDir(2); len(list) != want || err != nil {
			t.Errorf("%d entries, %v; want %d", len(list), err, want)
		}
	}
	if list, err := d.ReadDir(2); len(list) != 0 || err != io.EOF {
		t.Errorf("after the last %d entries, %v", len(list), err)
	}
	if list, err := d.ReadDir(-1); len(list) != 0 || err != nil {
		t.Errorf("all that is left are %d entries, %v", len(list), err)
	}
	if _, err := d.Read(nil); err == nil {
		t.Error("a folder is read as a file")
	}
	i, err := FolderEntry("b").Info()
	if err != nil || !i.IsDir() || !i.Mode().IsDir() {
		t.Errorf("%v, %v", i, err)
	}
	raw, err := io.ReadAll(File("a", []byte("abc")))
	if string(raw) != "abc" || err != nil {
		t.Errorf("%q, %v", raw, err)
	}
}
