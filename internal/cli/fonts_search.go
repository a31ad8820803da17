package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"unicode"

	"yusuan/internal/build"
	"yusuan/internal/source"
	"yusuan/internal/typeset/font"
)

// candidate is a font of this machine that the manifest knows for a role.
type candidate struct {
	role  string
	rank  int    // in the manifest's list for the role
	names string // that it gives itself
	give  string // what to write behind --font 角色=
	face  *font.Face
	err   error // why it cannot serve
}

// searchFonts tells which fonts of folders could serve which role, and what to write.
func (a *app) searchFonts(s *build.Shared, dirs []string) error {
	var all []candidate
	files := 0
	for _, dir := range dirs {
		if info, err := os.Stat(dir); err != nil {
			return machine("读不出文件夹 %s：%w", dir, err)
		} else if !info.IsDir() {
			return usage("%s 是文件，--search 后面要写文件夹", dir)
		}
		root, err := filepath.EvalSymlinks(dir) // a link in place of the folder is no folder to WalkDir
		if err != nil {
			return machine("读不出文件夹 %s：%w", dir, err)
		}
		err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				say(a.err, "读不出 %s：%s\n", path, inChinese(err))
				if d != nil && d.IsDir() {
					return fs.SkipDir
				}
			case !d.IsDir() && isFont(path):
				files++
				all = append(all, a.lookInto(path, s.Fonts.Known())...)
			}
			return nil
		})
		if err != nil {
			return machine("读不出文件夹 %s：%w", dir, err)
		}
	}
	say(a.out, "找了 %s，有字体文件 %d 个\n", strings.Join(dirs, "、"), files)
	a.tellFound(s.Fonts, all)
	return nil
}

func isFont(path string) bool {
	return slices.Contains([]string{".ttf", ".ttc", ".otf", ".otc"}, strings.ToLower(filepath.Ext(path)))
}

// lookInto finds the known fonts of a file. Only files that have one are read whole.
func (a *app) lookInto(path string, known []font.Known) (out []candidate) {
	if err := regularFile(path); err != nil && !errors.Is(err, source.ErrTooBig) { // opening a pipe would wait for its writer
		say(a.err, "读不出 %s：%s\n", path, inChinese(err))
		return nil
	}
	file, err := os.Open(path)
	if err != nil {
		say(a.err, "读不出 %s：%s\n", path, inChinese(err))
		return nil
	}
	defer func() { _ = file.Close() }()
	faces, err := font.Faces(file)
	if err != nil {
		say(a.err, "%s 不像字体文件：%v\n", path, err)
		return nil
	}
	for _, names := range faces {
		for _, k := range known {
			rank := slices.IndexFunc(k.Names, func(n string) bool {
				return slices.ContainsFunc(names, func(x string) bool { return font.SameName(n, x) })
			})
			if rank < 0 {
				continue
			}
			f := candidate{role: k.Role, rank: rank, names: strings.Join(names, "，"), give: path}
			if len(faces) > 1 {
				f.give += "#" + faceName(names)
			}
			f.face, f.err = readFont(f.give)
			out = append(out, f)
		}
	}
	return out
}

// faceName is the name of a font to write: the Chinese one, where it has one.
func faceName(names []string) string {
	for _, n := range names {
		if strings.ContainsFunc(n, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			return n
		}
	}
	return names[0]
}

func readFont(give string) (*font.Face, error) {
	path, name := font.CutFace(give)
	raw, err := readFontFile(path)
	if err != nil {
		return nil, err
	}
	return font.ParseFace(raw, name)
}

// readFontFile reads a font that was named.
func readFontFile(path string) ([]byte, error) {
	if err := regularFile(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// regularFile tells why a file cannot be a font: it is a pipe or a device, whose reading may never end, or too large.
func regularFile(path string) error {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return source.ErrNotRegular
	case info.Size() > source.MaxFont:
		return source.ErrTooBig
	}
	return nil
}

// tellFound writes, role by role, what was found, the most fitting first.
func (a *app) tellFound(lib *font.Library, all []candidate) {
	slices.SortStableFunc(all, func(x, y candidate) int { return x.rank - y.rank })
	var line []string
	for _, role := range lib.Roles() {
		best := ""
		say(a.out, "%s\n", role)
		for _, f := range all {
			switch {
			case f.role != role:
			case f.err != nil:
				say(a.out, "  不能用：%s（%s）：%v\n", f.give, f.names, inChinese(f.err))
			default:
				lacking := ""
				if n := lib.Lacking(f.face); n > 0 {
					lacking = fmt.Sprintf("；缺 %d 个常用字，由自带的字体补上", n)
				}
				say(a.out, "  可用：--font %s（%s%s）\n", typed(role+"="+f.give), f.names, lacking)
				if best == "" {
					best = "--font " + typed(role+"="+f.give)
				}
			}
		}
		if best == "" {
			say(a.out, "  没有找到能用的，仍用自带的字体\n")
			continue
		}
		line = append(line, best)
	}
	if len(line) > 0 {
		say(a.out, "都换上：yusuan build 数据目录 %s\n", strings.Join(line, " "))
		say(a.out, "字体的授权由使用的单位负责；核验用换过的字体做的文件时，要给出同样的 --font\n")
	}
}

// fontFolders are where this system keeps fonts, those that exist.
func fontFolders() ([]string, error) {
	home, _ := os.UserHomeDir() // without one, its folder is not looked into
	var dirs []string
	switch runtime.GOOS {
	case "windows":
		dirs = []string{filepath.Join(os.Getenv("WINDIR"), "Fonts"), filepath.Join(os.Getenv("LOCALAPPDATA"), "Microsoft", "Windows", "Fonts")}
	case "darwin":
		dirs = []string{"/System/Library/Fonts", "/Library/Fonts", filepath.Join(home, "Library", "Fonts")}
	default:
		dirs = []string{"/usr/share/fonts", "/usr/local/share/fonts", filepath.Join(home, ".local", "share", "fonts"), filepath.Join(home, ".fonts")}
	}
	dirs = slices.DeleteFunc(dirs, func(d string) bool {
		info, err := os.Stat(d)
		return !filepath.IsAbs(d) || err != nil || !info.IsDir()
	})
	if len(dirs) == 0 {
		return nil, machine("找不到系统的字体文件夹，请写明：yusuan fonts --search 文件夹：%w", errors.New("没有这样的文件夹"))
	}
	return dirs, nil
}
