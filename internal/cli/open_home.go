package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"yusuan/internal/batch"
	"yusuan/internal/budget"
	"yusuan/internal/source"
	"yusuan/internal/web"
)

// recents is what was opened, kept among the user's own settings and never in a folder of data.
type recents struct {
	file string // "" where the system names no place
	now  func() time.Time
	mu   sync.Mutex
}

// remembered is one of them.
type remembered struct {
	Dir    string    `json:"dir"`
	Opened time.Time `json:"opened"`
	Out    string    `json:"out,omitempty"` // of a root: where its documents were made
}

// mostRecent is how many are kept.
const mostRecent = 20

func newRecents() *recents {
	dir, err := os.UserConfigDir()
	if err != nil {
		return &recents{now: time.Now}
	}
	return &recents{file: filepath.Join(dir, "yusuan", "recent.json"), now: time.Now}
}

var errNoPlace = errors.New("系统没有给出放个人设置的地方，记不下打开过的文件夹")

func (r *recents) read() ([]remembered, error) {
	if r.file == "" {
		return nil, errNoPlace
	}
	raw, err := os.ReadFile(r.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, machine("读不出打开过的文件夹：%w", err)
	}
	var list []remembered
	if json.Unmarshal(raw, &list) != nil {
		return nil, nil // another version's, or cut short: the list begins anew
	}
	return list, nil
}

// change reads, changes and writes the list. Only its owner may read it: paths say what somebody works on.
func (r *recents) change(fn func([]remembered) []remembered) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	list, err := r.read()
	if err != nil {
		return err
	}
	list = fn(list)
	raw, err := json.MarshalIndent(list[:min(len(list), mostRecent)], "", " ")
	if err != nil {
		panic(err) // of structs of ours
	}
	const private, privateFolder = 0o600, 0o700
	if err := os.MkdirAll(filepath.Dir(r.file), privateFolder); err != nil {
		return machine("记不下打开过的文件夹：%w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(r.file), "recent-*") // its rights are private
	if err != nil {
		return machine("记不下打开过的文件夹：%w", err)
	}
	_, err = f.Write(raw)
	if err = errors.Join(err, f.Chmod(private), f.Close()); err == nil {
		err = os.Rename(f.Name(), r.file)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return machine("记不下打开过的文件夹：%w", err)
	}
	return nil
}

// remember puts a folder at the top, with the folder that its documents were made in, if any.
func (r *recents) remember(dir, out string) error {
	return r.change(func(list []remembered) []remembered {
		x := remembered{Dir: dir, Opened: r.now(), Out: out}
		if i := slices.IndexFunc(list, func(o remembered) bool { return o.Dir == dir }); i >= 0 {
			x.Out = cmp.Or(out, list[i].Out)
			list = slices.Delete(list, i, i+1)
		}
		return slices.Insert(list, 0, x)
	})
}

func (r *recents) forget(dir string) error {
	return r.change(func(list []remembered) []remembered {
		return slices.DeleteFunc(list, func(o remembered) bool { return o.Dir == dir })
	})
}

// out is where the documents of a root were made last, "" where that is not known.
func (r *recents) out(root string) string {
	list, err := r.read()
	if err != nil {
		return ""
	}
	for _, x := range list {
		if x.Dir == root {
			return x.Out
		}
	}
	return ""
}

// homeWorld is what the first page has of the machine.
func homeWorld(r *recents) web.Home {
	return web.Home{
		Recent: func() ([]web.Recent, error) {
			list, err := r.read()
			out := []web.Recent{}
			for _, x := range list {
				y := web.Recent{Dir: x.Dir, Kind: kindOf(x.Dir), Opened: x.Opened}
				if y.Kind == web.DataFolder {
					y.Name, y.Year = nameOf(x.Dir)
				}
				out = append(out, y)
			}
			return out, err
		},
		Remember: func(dir string) error { return r.remember(dir, "") },
		Forget:   r.forget,
		Look:     lookAt,
		Browse: func(dir string) (*web.Place, error) {
			if share := shareOf(dir); share != "" && !r.knows(share) {
				return nil, usage("网络上的位置 %s 还没有打开过，不在这里翻看：Windows 会把登录信息送给那台机器；确实要用的，把文件夹的完整路径粘贴到首页打开", share)
			}
			return lookAt(dir)
		},
		Kind: kindOf,
	}
}

// nameOf is the department and year that a data folder says it is of.
func nameOf(dir string) (name string, year int) {
	raw, err := fs.ReadFile(shownFS{named: []string{filepath.ToSlash(dir)}}, filepath.ToSlash(dir)+"/department.toml")
	if err != nil {
		return "", 0
	}
	file, _ := source.Parse("department.toml", raw)
	facts, _ := budget.Read([]*source.File{file}, nil, nil)
	return facts.Department.Name.V, facts.Department.Year.V
}

// kindOf is what lies at a path.
func kindOf(name string) web.Kind {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return web.Nothing
	case info.IsDir():
		return folderKind(name)
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".pdf":
		if raw, err := os.ReadFile(name); err == nil && info.Size() <= largest && !madePDF(raw) {
			return web.PaperFile
		}
		return web.PDFFile
	case ".ofd":
		return web.OFDFile
	case ".docx", ".doc", ".htm", ".html":
		return web.PaperFile
	case ".xlsx", ".xlsm", ".xls", ".et", ".csv":
		return web.BookFile
	}
	return web.OtherFile
}

// shareOf is the machine and share that a path is on as networks of Windows have them, \\machine\share, in small letters; "" for a
// path of this machine. To look at one sends that machine who asks.
func shareOf(dir string) string {
	parts := strings.Split(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(dir)), "/", `\`), `\`)
	if len(parts) < 3 || parts[0] != "" || parts[1] != "" || isDevicePath(dir) {
		return ""
	}
	return `\\` + strings.Join(parts[2:min(len(parts), 4)], `\`)
}

// isDevicePath knows paths that lead past all that Windows knows of names: with them a share looks like none.
func isDevicePath(dir string) bool {
	dir = strings.ReplaceAll(strings.TrimSpace(dir), "/", `\`)
	return slices.ContainsFunc([]string{`\\.\`, `\\?\`, `\??\`}, func(p string) bool { return strings.HasPrefix(dir, p) })
}

// knows reports whether a folder of a share was opened once.
func (r *recents) knows(share string) bool {
	list, _ := r.read() // without a list nothing was
	return slices.ContainsFunc(list, func(x remembered) bool { return shareOf(x.Dir) == share })
}

// mostListed is how many folders of one are listed.
const mostListed = 1000

// looking finds out what folders are without walking far: a disk's uppermost folder may have anything below it.
type looking struct{ left int } // how many folders may still be looked into

// folderKind tells a folder of data, and a root of such, from others.
func folderKind(dir string) web.Kind {
	const most = 600
	return (&looking{most}).kind(dir)
}

func (l *looking) kind(dir string) web.Kind {
	if isData(dir) {
		return web.DataFolder
	}
	if _, err := os.Stat(filepath.Join(dir, batch.RosterName)); err == nil || l.has(dir) {
		return web.RootFolder
	}
	for _, sub := range subfolders(dir) {
		if isYear(sub) && l.has(filepath.Join(dir, sub)) {
			return web.RootFolder
		}
	}
	return web.PlainFolder
}

// isData knows a folder of data as batches do: also by the folder of a year that it lies in.
func isData(dir string) bool {
	year := filepath.Dir(dir)
	if isYear(filepath.Base(year)) {
		return batch.IsDepartment(os.DirFS(filepath.Dir(year)), filepath.Base(year)+"/"+filepath.Base(dir))
	}
	return batch.IsDepartment(os.DirFS(dir), ".")
}

// has reports whether a folder of data lies in a folder.
func (l *looking) has(dir string) bool {
	for _, sub := range subfolders(dir) {
		if l.left--; l.left < 0 {
			return false
		}
		if _, err := os.Stat(filepath.Join(dir, sub, "department.toml")); err == nil {
			return true
		}
	}
	return false
}

// subfolders are the folders in a folder: no links, nothing hidden, nothing of the program's own.
func subfolders(dir string) (names []string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if e.IsDir() && !strings.ContainsAny(e.Name()[:1], ".$~") {
			names = append(names, e.Name())
		}
	}
	return names
}

// lookAt lists a folder by where it truly lies.
func lookAt(dir string) (*web.Place, error) {
	if dir == "" {
		begin := beginning()
		if len(begin) == 0 {
			return nil, usage("不知道从哪个文件夹开始；把文件夹的路径粘贴进来")
		}
		dir = begin[0].Dir
	}
	if strings.ContainsRune(dir, 0) || !filepath.IsAbs(dir) || isDevicePath(dir) {
		return nil, usage("“%s”不是完整的路径；在资源管理器的地址栏里复制，粘贴进来", strings.ReplaceAll(dir, "\x00", "□"))
	}
	real, err := filepath.EvalSymlinks(filepath.Clean(dir))
	if err != nil {
		return nil, usage("打不开 %s：%w", dir, err)
	}
	if err := isFolder(real, "文件夹"); err != nil {
		return nil, err
	}
	if _, err := os.ReadDir(real); err != nil {
		return nil, usage("打不开 %s：%w", real, err)
	}
	p := &web.Place{Dir: real, Kind: folderKind(real), Folders: []web.Sub{}, Begin: beginning()}
	if up := filepath.Dir(real); up != real {
		p.Up = up
	}
	names := subfolders(real)
	look := &looking{3 * mostListed}
	for _, name := range names[:min(len(names), mostListed)] {
		dir := filepath.Join(real, name)
		p.Folders = append(p.Folders, web.Sub{Name: name, Dir: dir, Kind: look.kind(dir)})
	}
	p.Left = len(names) - len(p.Folders)
	return p, nil
}

// beginning are the folders to begin with, those that are there.
func beginning() (out []web.Sub) {
	add := func(name, dir string) {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			out = append(out, web.Sub{Name: name, Dir: dir, Kind: web.PlainFolder})
		}
	}
	if home, err := os.UserHomeDir(); err == nil {
		for _, name := range []string{"Documents", "文档"} {
			add("文档", filepath.Join(home, name))
		}
		for _, name := range []string{"Desktop", "桌面"} {
			add("桌面", filepath.Join(home, name))
		}
		add("个人文件夹", home)
	}
	if wd, err := os.Getwd(); err == nil {
		add("程序打开时的文件夹", wd)
	}
	for _, dir := range drives() { // whether what is in them can be read is seen when they are opened: one may be far away
		out = append(out, web.Sub{Name: dir[:1] + " 盘", Dir: dir, Kind: web.PlainFolder})
	}
	return out
}
