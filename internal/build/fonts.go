package build

import (
	"errors"
	"io/fs"
	"path"
	"slices"

	"yusuan/internal/diag"
	"yusuan/internal/source"
	"yusuan/internal/typeset/font"
)

// ownFonts gives the document the faces that its department brings ([[font]]). What is wrong with them is the
// author's trouble; the document then keeps the program's faces, so that the other checks still run.
func (w *Work) ownFonts(in Input) {
	facts := w.Budget.Facts.Fonts
	if len(facts) == 0 || w.shared.OwnFonts == nil {
		return
	}
	var own []font.Override
	for _, f := range facts {
		if roles := w.shared.Fonts.Roles(); !slices.Contains(roles, f.Role.V) {
			w.Diags.Add(diag.NotListed("字体-002", f.Role.At, "字体", f.Role.V, roles))
			continue
		}
		// A department's document depends on its own folder alone.
		file, face := font.CutFace(f.File.V)
		if !fs.ValidPath(file) {
			w.Diags.Errorf("字体-003", f.File.At, "字体文件“%s”应写成部门数据目录里的文件，例如 字体/仿宋.ttf", f.File.V)
			continue
		}
		name := path.Join(in.Dir, file)
		_, missing := fs.Stat(in.Data, name)
		if d, unfit, _ := source.Unfit(in.Data, name, source.MaxFont); unfit && !errors.Is(missing, fs.ErrNotExist) {
			d.At = f.File.At
			w.Diags.Add(d)
			continue
		}
		raw, err := fs.ReadFile(in.Data, name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			w.Diags.Errorf("字体-001", f.File.At, "部门数据目录里没有字体文件“%s”", file)
		case err != nil:
			w.Diags.Errorf("字体-001", f.File.At, "读不出字体文件“%s”：%v", file, err)
		default:
			own = append(own, font.Override{Role: f.Role.V, File: f.File.V, Face: face, Data: raw})
		}
	}
	if w.Diags.HasErrors() || len(own) == 0 {
		return
	}
	lib, err := w.shared.OwnFonts(own)
	if err != nil {
		w.Diags.Errorf("字体-004", facts[0].At, "字体文件不可用：%v", err)
		return
	}
	w.fonts = lib
}
