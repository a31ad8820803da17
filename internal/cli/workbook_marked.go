package cli

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"yusuan/internal/diag"
	book "yusuan/internal/sheet"
	"yusuan/internal/source"
)

// mayMark tells why a workbook cannot be given back with findings under a name.
func mayMark(out string, args []string) error {
	if len(args) != 1 || !isFile(args[0]) {
		return usage("--marked 要给一个填报表：yusuan check 338-2026.xlsx --marked 问题.xlsx")
	}
	there, err := os.Stat(out)
	own, err2 := os.Stat(args[0])
	if err == nil && err2 == nil && os.SameFile(there, own) {
		return usage("--marked 不能写在填报表自己上面，换一个文件名")
	}
	return mayWriteSheet(out, false)
}

// mark writes a workbook again with the findings at its cells, if that is asked.
func (a *app) mark(out string, list []diag.Diagnostic) error {
	if out == "" {
		return nil
	}
	w := a.books[0]
	var files []*source.File
	for i := range w.folder.Files {
		files = append(files, w.folder.Files[i].File)
	}
	year, err := strconv.Atoi(strings.TrimSuffix(w.taken.Department("year"), "年"))
	if err != nil {
		year = w.pack.LastYear
	}
	in := a.sheetInput(files, w.pack, year, w.name)
	in.Folder = w.name
	shown, left := diag.Bounded(list, a.listOptions(a.out).Most)
	for _, l := range left {
		shown = append(shown, diag.Diagnostic{Rule: l.Rule, Level: diag.Note, Message: "还有 " + strconv.Itoa(l.Count) + " 处没有列出；全部列出加 --all"})
	}
	raw, err := book.WriteMarked(in, w.taken, w.book, shown)
	if err != nil {
		return machine("写不了 %s：%w", out, err)
	}
	name, err := writeBeside(out, func(name string) error { return writeWhole(name, raw) })
	if err != nil {
		return machine("写不了 %s：%w", out, err)
	}
	say(a.err, "问题标在 %s\n", filepath.ToSlash(name))
	return nil
}
