package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"yusuan/internal/build"
)

func (a *app) fontsCommand() *cobra.Command {
	search := false
	c := &cobra.Command{
		Use:   "fonts [数据目录]",
		Short: "列出字体、授权和一份数据用到的生僻字；找本机能用的字体",
		Long: "列出自带的字体和授权；给出数据目录，列出其中的生僻字由哪个字体排出。\n\n" +
			"加上 --search，在系统的字体文件夹（或写明的文件夹）里找单位自己的仿宋、小标宋等字体，说明哪些能用、\n" +
			"--font 怎么写。字体集（.ttc）里有几种字体，写明用哪一种：--font 宋体=simsun.ttc#宋体。",
		Example: "  yusuan fonts\n  yusuan fonts data/2026/338\n  yusuan fonts --search\n  yusuan fonts --search D:\\字体",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("最多给一个目录")
			}
			s, err := a.shared()
			if err != nil {
				return err
			}
			switch {
			case search && len(args) == 0:
				if args, err = fontFolders(); err != nil {
					return err
				}
				fallthrough
			case search:
				return a.searchFonts(s, args)
			case len(args) == 0:
				a.listFonts(s)
				return nil
			}
			return a.coverage(args[0])
		},
	}
	c.Flags().BoolVar(&search, "search", false, "在系统的字体文件夹里找能用的字体；后面写文件夹，就在那里找")
	return c
}

func (a *app) listFonts(s *build.Shared) {
	say(a.out, "字体（角色：依次取用的字体）\n")
	for _, role := range s.Fonts.Roles() {
		family, _ := s.Fonts.Family(role)
		var names []string
		for _, l := range family.Chain() {
			names = append(names, l.Face)
		}
		say(a.out, "  %s：%s\n", role, strings.Join(names, " → "))
	}
	say(a.out, "文件与授权\n")
	for _, f := range s.Fonts.Faces() {
		say(a.out, "  %s（%s，授权 %s）%s\n", f.Name, f.File, f.Licence, f.Note)
	}
}

func (a *app) coverage(dir string) error {
	w, err := a.check(dir)
	if err != nil {
		return err
	}
	if w.Tree == nil {
		return a.stop(w)
	}
	uses, rare := w.Coverage()
	say(a.out, "各字体排出的字数\n")
	for _, u := range uses {
		say(a.out, "  %6d  %s\n", u.Count, u.Face)
	}
	if len(rare) == 0 {
		say(a.out, "没有生僻字\n")
		return nil
	}
	missing := false
	say(a.out, "由后备字体排出的字\n")
	for _, r := range rare {
		face, place := r.Face, r.At.String()
		if face == "" {
			face, missing = "没有字体有这个字", true
		}
		if place == "" {
			place = "模板"
		}
		say(a.out, "  %s  U+%04X  %s  %d 处  %s  %s\n", string(r.Rune), r.Rune, r.Role, r.Count, face, place)
	}
	if missing {
		return &exitError{code: exitData}
	}
	return nil
}
