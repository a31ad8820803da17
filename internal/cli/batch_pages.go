package cli

import (
	"io"
	"os"
	"path/filepath"
	"strings"

	"yusuan/internal/batch"
	"yusuan/internal/board"
	"yusuan/internal/district"
)

// districtPage is a page of the whole district.
type districtPage struct {
	name, title string
	ours        func(content []byte) bool
	write       func(io.Writer) error
}

func districtPages(p *board.Page) []districtPage {
	return []districtPage{{board.IndexName, "公开目录", board.IsIndex, p.Index}, {board.Name, "进度表", board.IsBoard, p.Board}} // the board links the index
}

// writePages writes the board and the index of what is published, after a whole run or of all shards, once the files are there
// that they link to. A file of somebody else under their names stays, and is told.
func (a *app) writePages(o *outFolder, s *batch.Summary, districts []*district.District) error {
	p := &board.Page{Districts: districts, Program: s.Program, Files: o.sizes(), Data: districtPackage}
	for _, x := range districtPages(p) {
		name := o.path(x.name)
		if x.name == board.IndexName && elsewhere(s, p.Files) {
			say(a.err, "公开的文件不在 %s 里，没有写%s %s；合并时 -o 写各份共用的输出目录\n", filepath.ToSlash(o.dir), x.title, x.name)
			a.tellOld(o, x)
			continue
		}
		if err := mayWrite(name, x.ours); err != nil {
			say(a.err, "没有写%s：%v\n", x.title, err)
			continue
		}
		if err := writeStream(o.tmp, name, x.write); err != nil {
			return err
		}
		say(a.out, "%s %s\n", x.title, filepath.ToSlash(name))
	}
	return nil
}

// tellOldPages tells of pages of earlier runs where this one writes none.
func (a *app) tellOldPages(o *outFolder) {
	for _, x := range districtPages(&board.Page{}) {
		a.tellOld(o, x)
	}
}

func (a *app) tellOld(o *outFolder, x districtPage) {
	head := make([]byte, 1<<10)
	f, err := os.Open(o.path(x.name))
	if err != nil {
		return // it is not there
	}
	defer f.Close()
	n, _ := io.ReadFull(f, head) // of a shorter file there is less
	if x.ours(head[:n]) {
		say(a.err, "%s 是以前做的，这次没有重写；完整做一次或者合并以后才是现在的\n", filepath.ToSlash(o.path(x.name)))
	}
}

// elsewhere reports whether documents were made and none of them is in the output folder, as after merging into another.
func elsewhere(s *batch.Summary, files func(string) (int64, bool)) bool {
	made := false
	for i := range s.Departments {
		r := &s.Departments[i]
		if !r.Status.Good() {
			continue
		}
		for _, f := range r.Files() {
			if _, there := files(f.Output); there {
				return false
			}
			made = true
		}
	}
	return made
}

// sizes tells of files below the output folder whether they are there and how large they are, and asks for each once.
func (o *outFolder) sizes() func(name string) (size int64, there bool) {
	known := map[string]int64{}
	return func(name string) (int64, bool) {
		const missing = -1
		size, ok := known[name]
		if !ok {
			size = missing
			if info, err := os.Stat(o.path(name)); err == nil && info.Mode().IsRegular() {
				size = info.Size()
			}
			known[strings.Clone(name)] = size
		}
		return size, size != missing
	}
}
