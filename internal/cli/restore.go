package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"yusuan/internal/cli/store"
	"yusuan/internal/source"
)

func (a *app) restoreCommand() *cobra.Command {
	var dryRun bool
	c := &cobra.Command{
		Use:   "restore 数据目录 [编号]",
		Short: "列出数据目录以前的样子，回到其中一个",
		Long: "程序每次改动数据目录（由填报表、导出表带入）之前，都把全部数据文件原样留在其中的 .yusuan 里，最近 50 次。\n" +
			"不给编号时列出有哪些、之后改了什么；给编号时回到那时的样子。回去之前的样子也留着，可以再回来。\n" +
			".yusuan 不是数据：不读、不公开、不随文件走；不要了可以整个删去。",
		Example: "  yusuan restore data/2026/338\n  yusuan restore data/2026/338 3",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) > 2 {
				return usage("要给一个数据目录，例如：yusuan restore data/2026/338；要回去的，后面写编号")
			}
			if err := isFolder(args[0], "部门数据目录，例如 data/2026/338"); err != nil {
				return err
			}
			f := dataFolder(args[0])
			broken := a.finish(f, dryRun)
			if len(args) == 1 {
				return errors.Join(a.states(f), broken)
			}
			if b := (*store.BrokenError)(nil); broken != nil && !errors.As(broken, &b) {
				return broken
			}
			n, err := strconv.Atoi(args[1])
			if err != nil {
				return usage("编号应为数字，不是“%s”；有哪些见 yusuan restore %s", args[1], typed(filepath.ToSlash(args[0])))
			}
			return a.restore(f, n, dryRun)
		},
	}
	c.Flags().BoolVar(&dryRun, "dry-run", false, "只列出会改哪些文件，不改")
	return c
}

// dataFolder is a data folder that is written to.
func dataFolder(dir string) store.Folder {
	return store.Folder{Dir: filepath.Clean(dir), Write: writeWhole, Now: time.Now}
}

// toStore are files whose paths begin with that of their folder, as the store takes them.
func toStore(folder string, edited []source.Edited) []store.File {
	var files []store.File
	for _, e := range edited {
		name := e.Path
		if folder != "." {
			name = strings.TrimPrefix(name, folder+"/")
		}
		files = append(files, store.File{Path: name, Before: e.Before, After: e.After})
	}
	return files
}

// put writes files of a data folder, all or none, if they are still what was read. A command may be told to begin a new folder: the
// store makes none, since a folder that is open and went away is not to come back empty.
func put(dir, why string, files []store.File) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return notPut(dir, err)
	}
	return notPut(dir, dataFolder(dir).Put(why, files))
}

// notPut is why a data folder was not written to, in words.
func notPut(dir string, err error) error {
	var changed *store.ChangedError
	var broken *store.BrokenError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &changed):
		return &exitError{exitData, fmt.Errorf("%s 在这期间被改过，什么也没有写；再做一遍就是了", strings.Join(changed.Paths, "、"))}
	case errors.As(err, &broken) && broken.Name == source.Pending:
		return machine("%s 上一次写到一半被打断，没写完的记录（%s）也坏了，写不完：%w；运行 yusuan restore %s 编号，回到那一次以前", filepath.ToSlash(dir), broken.Name, err, typed(filepath.ToSlash(dir)))
	case errors.As(err, &broken):
		return machine("%s 里留底的 %s 坏了，读不出：%w；把这个文件移到别处再来，别的留底不受影响", filepath.ToSlash(dir), broken.Name, err)
	case errors.Is(err, store.ErrBusy):
		return machine("%s 正被另一个 yusuan 写入，什么也没有写；等它做完再来", filepath.ToSlash(dir))
	case errors.Is(err, store.ErrGone):
		return usage("没有这个编号；有哪些见 yusuan restore %s", typed(filepath.ToSlash(dir)))
	}
	return machine("写不了 %s：%w", filepath.ToSlash(dir), err)
}

// finish ends what a run that was cut off had begun; a dry run, which writes nothing, tells of it instead.
func (a *app) finish(f store.Folder, dryRun bool) error {
	if !store.Unfinished(f.Dir) {
		return nil
	}
	if dir := filepath.ToSlash(f.Dir); dryRun {
		return &exitError{exitData, fmt.Errorf("%s 上一次写到一半被打断，--dry-run 不写，什么也没有做；先运行 yusuan restore %s，把它写完", dir, typed(dir))}
	}
	written, err := f.Finish()
	if len(written) > 0 {
		say(a.out, "上一次写到一半被打断，已写完：%s\n", strings.Join(written, "、"))
	}
	var changed *store.ChangedError
	if errors.As(err, &changed) {
		say(a.err, "上一次写到一半被打断，%s 后来又改过，照现在的样子留着；请核对\n", strings.Join(changed.Paths, "、"))
		return nil
	}
	return notPut(f.Dir, err)
}

// statesOf are the states that are kept, the newest first, and what the folder held after each.
func statesOf(f store.Folder) (states []store.State, after [][]store.Kept, err error) {
	if states, err = f.States(); err != nil {
		return nil, nil, err
	}
	now, err := f.Current()
	if err != nil {
		return nil, nil, err
	}
	for i := range states {
		after = append(after, now)
		now = states[i].Files
	}
	return states, after, nil
}

// states lists what the folder was, the newest first, and what each became.
func (a *app) states(f store.Folder) error {
	states, after, err := statesOf(f)
	if err != nil {
		return notPut(f.Dir, err)
	}
	if len(states) == 0 {
		say(a.out, "%s 没有以前的样子：程序还没有改动过它\n", filepath.ToSlash(f.Dir))
		return nil
	}
	say(a.out, "编号  时间              随后做了什么\n")
	for i, s := range states {
		say(a.out, "%4d  %s  %s：%s\n", s.Number, s.Time.Local().Format("2006-01-02 15:04"), s.Why, otherFiles(s.Files, after[i]))
	}
	say(a.out, "回到编号那一行所做的事之前：yusuan restore %s 编号\n", typed(filepath.ToSlash(f.Dir)))
	return nil
}

// otherFiles says which files differ between two states.
func otherFiles(before, after []store.Kept) string {
	var words []string
	find := func(in []store.Kept, name string) (string, bool) {
		i := slices.IndexFunc(in, func(k store.Kept) bool { return k.Path == name })
		if i < 0 {
			return "", false
		}
		return in[i].Hash, true
	}
	for _, k := range after {
		switch was, ok := find(before, k.Path); {
		case !ok:
			words = append(words, "新增 "+k.Path)
		case was != k.Hash:
			words = append(words, "改 "+k.Path)
		}
	}
	for _, k := range before {
		if _, ok := find(after, k.Path); !ok {
			words = append(words, "删去 "+k.Path)
		}
	}
	if words == nil {
		return "没有改动"
	}
	return strings.Join(words, "，")
}

func (a *app) restore(f store.Folder, n int, dryRun bool) error {
	if dryRun {
		files, err := f.Difference(n)
		if err != nil {
			return notPut(f.Dir, err)
		}
		say(a.out, "回到编号 %d 会%s\n", n, restored(files))
		return nil
	}
	files, err := f.Restore(n, fmt.Sprintf("回到编号 %d", n))
	if err != nil {
		return notPut(f.Dir, err)
	}
	if len(files) == 0 {
		say(a.out, "与编号 %d 的样子相同，没有改动\n", n)
		return nil
	}
	say(a.out, "已回到编号 %d：%s\n", n, restored(files))
	return nil
}

// restored says what going back does to files.
func restored(files []store.File) string {
	var words []string
	for _, x := range files {
		switch {
		case x.Before == nil:
			words = append(words, "恢复 "+x.Path)
		case x.After == nil:
			words = append(words, "删去 "+x.Path)
		default:
			words = append(words, "改回 "+x.Path)
		}
	}
	if words == nil {
		return "没有改动"
	}
	return strings.Join(words, "，")
}
