package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"yusuan/internal/archive"
	"yusuan/internal/verify"
)

func (a *app) extractCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "extract 文件.pdf|文件.ofd -o 目录",
		Short: "取出 PDF、OFD 里所带的数据",
		Long: "取出 PDF、OFD 里所带的部门数据、上年数据、模板、科目、表格数据（CSV、JSON）、说明和清单，与生成时所用的逐字节相同。\n" +
			"只写 data、templates、catalogue、tables 四个目录里的文件和 manifest.json、说明.txt，不写到别处，不覆盖内容不同的文件。\n" +
			"取出的 data/年度/代码 就是部门数据目录，可以直接 yusuan build。",
		Example: "  yusuan extract 338.pdf -o 338",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("要给一个 PDF 或 OFD 文件，例如：yusuan extract 338.pdf -o 338")
			}
			if out == "" {
				return usage("要用 -o 给出放文件的目录")
			}
			return a.extract(args[0], out)
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", "放文件的`目录`")
	return c
}

func (a *app) extract(file, dir string) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return usage("读不出 %s：%w", file, err)
	}
	if err := notDocument(file, raw); err != nil {
		return err
	}
	f, err := archive.Open(raw)
	if err != nil {
		return usage("%s 读不出：%s", file, verify.Unreadable(err))
	}
	attached, err := f.Attachments()
	if err != nil {
		return usage("%s 读不出：%s", file, verify.Unreadable(err))
	}
	x, err := archive.Read(attached)
	if errors.Is(err, archive.ErrNoManifest) {
		return usage("%s 所带的数据读不出：%s；把印出的表和文字读成数据用 yusuan read %s --into 数据目录", file, verify.Unreadable(err), typed(filepath.ToSlash(file)))
	}
	if err != nil {
		return usage("%s 所带的数据读不出：%s", file, verify.Unreadable(err))
	}
	n, err := writeArchive(x, dir)
	if err != nil {
		return machine("写不了 %s：%w", dir, err)
	}
	say(a.out, "已取出 %d 个文件，在 %s；部门数据在 %s\n", n, filepath.ToSlash(dir), path.Join(filepath.ToSlash(dir), x.Manifest.Data))
	for i, fault := range x.Faults {
		if i == shownFindings {
			say(a.err, "……与清单不符的共 %d 个\n", len(x.Faults))
			break
		}
		say(a.err, "注意：%s 与清单不符（用 yusuan verify 查看）\n", fault.Path)
	}
	if len(x.Faults) > 0 {
		return &exitError{code: exitData}
	}
	return nil
}

// writeArchive writes the files below a folder. A file that is already there with other content is not overwritten.
// Nothing is written outside of the folder, whatever the paths say and wherever links in it lead.
func writeArchive(x *archive.Archive, dir string) (n int, err error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return 0, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	files := append([]archive.File{{Path: archive.ManifestName, Data: x.Raw}}, x.Files...)
	for _, f := range files {
		if f.Data == nil {
			continue // the manifest names it, the document has it not
		}
		name := filepath.FromSlash(f.Path)
		old, err := root.ReadFile(name)
		switch {
		case err == nil && !bytes.Equal(old, f.Data):
			return n, fmt.Errorf("%s 已经存在而内容不同，请换一个目录", f.Path)
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return n, err
		case err != nil:
			if err := root.MkdirAll(filepath.Dir(name), 0o777); err != nil {
				return n, err
			}
			if err := root.WriteFile(name, f.Data, 0o666); err != nil {
				return n, err
			}
		}
		n++
	}
	return n, nil
}
