package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/data"
	"yusuan/internal/classify"
	"yusuan/internal/codelist"
	"yusuan/internal/diag"
	"yusuan/internal/grid"
)

// codesRun is one run of yusuan codes.
type codesRun struct {
	*app
	year    int
	out     string
	replace bool
	dryRun  bool
}

func (a *app) codesCommand() *cobra.Command {
	x := &codesRun{app: a}
	c := &cobra.Command{
		Use:   "codes 科目表…",
		Short: "把本级当年完整的科目表带入，全部部门都用它",
		Long: "把财政部门当年的《政府收支分类科目》表（.xlsx、.xls、.csv 都认，编码、名称两列按表头找，编码分类、款、项三列的也认）带入科目目录：\n" +
			"支出功能分类（2 开头）写成 functional.csv，部门预算支出经济分类（3 开头）写成 economic.csv，可以一次给几个文件。\n" +
			"写在各年数据目录旁边的 catalogue 里（data/catalogue/2026），这个目录下的全部部门就先用它，没有的再用程序自带的；公开文件里带着用到的目录。\n" +
			"编码的位数、上一级、重复和空的名称逐格核对，有错误就什么也不写。已经有了而内容不同的不覆盖，要换掉加 --replace。",
		Example: "  yusuan codes 2026年科目.xlsx --year 2026 -o data/catalogue/2026\n  yusuan codes 功能科目.csv 经济科目.csv --year 2026 -o data/catalogue/2026 --dry-run",
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return usage("要给科目表，例如：yusuan codes 2026年科目.xlsx --year 2026 -o data/catalogue/2026")
			case x.year < 2000 || x.year > 2099:
				return usage("要用 --year 写明是哪一年的科目表，例如 --year 2026")
			case x.out == "":
				x.out = filepath.Join("data", codesFolder, strconv.Itoa(x.year))
			}
			return x.run(args)
		},
	}
	c.Flags().IntVar(&x.year, "year", 0, "科目表是哪一`年`的")
	c.Flags().StringVarP(&x.out, "output", "o", "", "写到哪个`目录`，最后一级是年度；不写是 data/catalogue/年度")
	c.Flags().BoolVar(&x.replace, "replace", false, "已经有了而内容不同的，换掉")
	c.Flags().BoolVar(&x.dryRun, "dry-run", false, "只列出认得什么，不写")
	a.howMany(c)
	return c
}

func (x *codesRun) run(names []string) error {
	abs, err := filepath.Abs(x.out)
	if err != nil {
		return machine("%w", err)
	}
	if filepath.Base(abs) != strconv.Itoa(x.year) {
		return usage("-o 写的目录 %s 最后一级要是年度：例如 %s", x.out, filepath.ToSlash(filepath.Join(x.out, strconv.Itoa(x.year))))
	}
	files, err := readLists(names)
	if err != nil {
		return err
	}
	list, diags := codelist.Read(files, x.year)
	if found := diags.Sorted(); len(found) > 0 {
		_ = diag.Text(x.err, found, func(string) []byte { return nil }, x.listOptions(x.err)) // nobody is left to tell
	}
	if diags.HasErrors() {
		return &exitError{exitData, errors.New("没有写：先改正科目表里的错误")}
	}
	x.tell(list)
	made := list.Files(x.year)
	if x.dryRun {
		say(x.app.out, "没有写：加了 --dry-run\n")
		return nil
	}
	return x.write(made)
}

// tell says what the lists are, and what they call otherwise than the program's own.
func (x *codesRun) tell(list *codelist.List) {
	own, err := classify.Load(data.Catalogue(), x.year)
	for i, l := range []struct {
		called string
		codes  []codelist.Code
	}{{"支出功能分类", list.Functional}, {"部门预算支出经济分类", list.Economic}} {
		if len(l.codes) == 0 {
			say(x.app.out, "%s：没有给，照旧用程序自带的\n", l.called)
			continue
		}
		var levels [4]int
		for _, c := range l.codes {
			levels[(len(c.Code)-1)/2]++
		}
		say(x.app.out, "%s：%d 个，类 %d、款 %d、项 %d\n", l.called, len(l.codes), levels[1], levels[2], levels[3])
		if err != nil {
			continue
		}
		tree := own.Functional
		if i == 1 {
			tree = own.Economic
		}
		var lines []string
		for _, c := range codelist.Against(l.codes, tree.Name) {
			lines = append(lines, fmt.Sprintf("  %s 是“%s”，程序自带的%d年目录里是“%s”", c.Code, c.Now, own.Year, c.Was))
		}
		for _, line := range bounded(lines, x.all) {
			say(x.app.out, "%s\n", line)
		}
	}
}

// write writes the files of the folder: what is there and says otherwise stays unless it is to be replaced.
func (x *codesRun) write(made map[string][]byte) error {
	shown := path.Clean(filepath.ToSlash(x.out))
	there := map[string][]byte{}
	for _, name := range []string{"functional.csv", "economic.csv", "origin.csv"} {
		raw, err := os.ReadFile(filepath.Join(x.out, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return usage("读不出 %s：%w", path.Join(shown, name), err)
		}
		if err == nil {
			there[name] = raw
		}
	}
	made["origin.csv"] = withOrigins(there["origin.csv"], made["origin.csv"])
	var others []string
	for name, raw := range made {
		if old, ok := there[name]; ok && !bytes.Equal(old, raw) && name != "origin.csv" {
			others = append(others, path.Join(shown, name))
		}
	}
	slices.Sort(others)
	if len(others) > 0 && !x.replace {
		return usage("已经有了，内容不同，没有覆盖：%s；要换掉加 --replace", strings.Join(others, "、"))
	}
	if err := os.MkdirAll(x.out, 0o777); err != nil {
		return machine("建不了目录 %s：%w", shown, err)
	}
	for _, name := range slices.Sorted(maps.Keys(made)) {
		if bytes.Equal(there[name], made[name]) {
			continue
		}
		if err := writeWhole(filepath.Join(x.out, name), made[name]); err != nil {
			return machine("写不了 %s：%w", path.Join(shown, name), err)
		}
	}
	say(x.app.out, "已写在 %s；%s 下面各部门 %d 年的预算先用它\n", shown, path.Dir(path.Dir(shown)), x.year)
	return nil
}

// withOrigins keeps what is known of the list that is not brought in now.
func withOrigins(old, now []byte) []byte {
	out := now
	for line := range strings.Lines(string(old)) {
		kind, _, _ := strings.Cut(line, ",")
		if kind != "kind" && !strings.HasPrefix(line, "#") && !bytes.Contains(now, []byte("\n"+kind+",")) {
			out = append(out, line...)
		}
	}
	return out
}

// readLists reads the files; what cannot be read is told of all at once.
func readLists(names []string) ([]codelist.File, error) {
	var out []codelist.File
	var refused []string
	for _, name := range names {
		info, err := os.Stat(name)
		if err == nil {
			if err = openable(info); info.IsDir() {
				return nil, usage("%s 是目录；要给的是科目表的文件", filepath.ToSlash(name))
			}
		}
		var raw []byte
		if err == nil {
			raw, err = os.ReadFile(name)
		}
		if err != nil {
			refused = append(refused, "读不出 "+filepath.ToSlash(name)+"："+inChinese(err))
			continue
		}
		book, err := grid.Read(name, raw)
		var no *grid.Refused
		switch {
		case errors.As(err, &no):
			refused = append(refused, filepath.ToSlash(name)+"："+no.Error())
		case err != nil:
			return nil, machine("读不出 %s：%w", filepath.ToSlash(name), err)
		default:
			out = append(out, codelist.File{Name: filepath.ToSlash(name), Book: book})
		}
	}
	if refused != nil {
		return nil, usage("%s", strings.Join(refused, "\n"))
	}
	return out, nil
}
