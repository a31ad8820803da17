package cli

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"

	"yusuan/internal/batch"
	"yusuan/internal/board"
	"yusuan/internal/build"
	"yusuan/internal/changes"
	"yusuan/internal/grid"
	"yusuan/internal/ofdread"
	"yusuan/internal/opendata"
	"yusuan/internal/tablebook"
	"yusuan/internal/typeset/page"
)

// target is a file that build is asked for.
type target struct {
	name string
	form build.Form
}

// targetsOf are the files that build is asked for. given are the data and last year's, folders or workbooks.
func targetsOf(names []string, given ...string) (out []target, err error) {
	for i, name := range names {
		form, unknown := build.FormOf(name)
		if unknown != nil {
			err := mayWrite(name, func([]byte) bool { return true }, given...) // what else is wrong with it says more
			if err == nil {
				err = usage("-o %w", unknown)
			}
			return nil, err
		}
		for _, earlier := range names[:i] {
			if samePlace(earlier, name) {
				return nil, usage("-o 写的 %s 和 %s 是同一个文件；每个 -o 写一个不同的文件名", earlier, name)
			}
		}
		if err := mayMake(name, form, given...); err != nil {
			return nil, err
		}
		out = append(out, target{name, form})
	}
	return out, nil
}

// mayMake refuses to write over what the user would miss.
func mayMake(name string, form build.Form, given ...string) error {
	for _, x := range given {
		if x != "" && isFile(x) && samePlace(x, name) {
			return usage("-o 不能写在填报表 %s 自己上面，换一个文件名", x)
		}
	}
	return mayWrite(name, madeHere(form), given...)
}

// samePlace reports whether two names are of one file, or would be: for Windows and macOS capitals make no difference.
func samePlace(a, b string) bool {
	x, err := os.Stat(a)
	y, err2 := os.Stat(b)
	if err == nil && err2 == nil {
		return os.SameFile(x, y)
	}
	return strings.EqualFold(placeOf(a), placeOf(b))
}

// placeOf is the full name of a file that need not be there.
func placeOf(name string) string {
	full, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(full)); err == nil {
		return filepath.Join(dir, filepath.Base(full))
	}
	return full
}

// madeHere tells whether the content of a file is a form of a document, as this program wrote it.
func madeHere(form build.Form) func(content []byte) bool {
	switch form {
	case build.PDF:
		return isOurPDF
	case build.OFD:
		return isOurOFD
	case build.HTML:
		return isOurPage
	case build.Article:
		return isOurArticle
	case build.Workbook:
		return func(content []byte) bool { return savedWith(content) == maker && isTables(content) }
	case build.Data:
		return isOurPackage
	}
	panic("cli: no form " + string(form))
}

// madeOf is the form of a document that the content of a file is; false for what is none, or was saved by another program.
func madeOf(content []byte) (build.Form, bool) {
	for _, f := range build.Forms() {
		if madeHere(f)(content) {
			return f, true
		}
	}
	return "", false
}

// notData refuses a form of a document where data are asked for: its numbers are rounded as they are printed, and some stand in
// several of its tables. A workbook that another program saved is known by its sheets.
func notData(name string, content []byte, b *grid.Book) error {
	if isChanges(content) {
		return usage("%s 是本程序做的%s，给人看的，不是填报表；要改数，改填报表或数据目录", filepath.ToSlash(name), changes.BookTitle)
	}
	form, ok := madeOf(content)
	list := savedWith(content) == maker && !isSheet(content)
	if !ok && (list || b != nil && tablebook.Is(sheetsOf(b))) {
		form, ok = build.Workbook, true
	}
	if !ok || form.Archived() {
		return nil
	}
	what := form.Title()
	if form == build.Workbook { // findings and summaries too are tables that the program saved
		what = "表格（公开的表格工作簿、问题清单一类）"
	}
	return usage("%s 是本程序做的%s，给人看的，数已经按印出的样子舍入，不是填报表；要改数，改做它用的填报表或数据目录，再做一次", filepath.ToSlash(name), what)
}

const byteOrderMark = "\uFEFF"

// isOurOFD knows a document's OFD by what this program writes at its beginning, not compressed: one that another program signed
// or saved is not written over.
func isOurOFD(content []byte) bool {
	head := content[:min(len(content), 16<<10)]
	return ofdread.Is(content) && bytes.Contains(head, []byte("<ofd:Creator>"+maker+"</ofd:Creator>")) && !bytes.Contains(head, []byte(`Name="性质"`))
}

// isOurPage knows a document's page by its head; a page of the whole district is none.
func isOurPage(content []byte) bool {
	const head = 2048
	content = bytes.TrimPrefix(content[:min(len(content), head)], []byte(byteOrderMark))
	return bytes.HasPrefix(content, []byte("<!DOCTYPE html>")) && bytes.Contains(content, []byte(`<meta name="generator" content="`+maker+` `)) &&
		!board.IsBoard(content) && !board.IsIndex(content)
}

// isOurArticle knows an article by its first line.
func isOurArticle(content []byte) bool {
	line, _, _ := bytes.Cut(bytes.TrimPrefix(content, []byte(byteOrderMark)), []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	return bytes.HasPrefix(line, []byte("<!-- "+maker+" ")) && bytes.HasSuffix(line, []byte(" -->"))
}

// isOurPackage knows a package by what its description says of its maker.
func isOurPackage(content []byte) bool {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	return err == nil && isPackage(z)
}

func isPackage(z *zip.Reader) bool {
	f, err := z.Open(opendata.DescriptorName)
	if err != nil {
		return false
	}
	defer f.Close()
	const enough = 16 << 20
	var description struct {
		Generator string `json:"generator"`
	}
	raw, err := io.ReadAll(io.LimitReader(f, enough))
	return err == nil && json.Unmarshal(raw, &description) == nil && strings.HasPrefix(description.Generator, maker+" ")
}

// formEnds tells users how the names of the forms' files end.
func formEnds() string {
	var out []string
	for _, f := range build.Forms() {
		out = append(out, f.Ext()+" "+f.Title())
	}
	return strings.Join(out, "、")
}

// makeTargets makes the forms that are asked for.
func makeTargets(w *build.Work, pages *page.Document, targets []target) (files []batch.Content, err error) {
	made := map[build.Form][]byte{}
	for _, t := range targets {
		if made[t.form] == nil {
			raw, err := w.Make(t.form, pages, nil)
			if err != nil {
				return nil, machine("生成%s时出错：%w", t.form.Title(), err)
			}
			made[t.form] = raw
		}
		files = append(files, batch.Content{Name: t.name, Bytes: made[t.form]})
	}
	return files, nil
}

// writeFiles writes all files or none.
func writeFiles(files []batch.Content) error {
	for _, f := range files {
		sweep(filepath.Dir(f.Name))
	}
	err := writeTogether(filepath.Dir, files, os.Rename)
	switch {
	case err == nil:
		return nil
	case len(files) > 1:
		return machine("写不了 %w；几个文件要么都写要么都不写，其他的也没有写", err)
	}
	return machine("写不了 %w", err)
}
