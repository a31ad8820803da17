package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/internal/check"
	"yusuan/internal/diag"
)

func (a *app) explainCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "explain [规则号]",
		Short:   "说明一条核对规则，不写规则号就列出全部",
		Long:    "说明一条核对规则，不写规则号就列出全部。模板改了级别或设定不核对的规则，都列出来，并写明模板的理由。",
		Example: "  yusuan explain\n  yusuan explain 勾稽-010\n  yusuan explain --template 模板目录",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("一次说明一条规则，例如：yusuan explain 勾稽-010")
			}
			if len(args) == 1 {
				return a.explain(args[0])
			}
			settings, err := a.settings()
			if err != nil {
				return err
			}
			for _, r := range check.Rules() {
				say(a.out, "%s  %s  %s\n", r.ID, r.Level, r.Title)
			}
			for _, s := range settings {
				say(a.out, "%s\n", s.text)
			}
			if len(settings) == 0 {
				say(a.out, "模板没有改动级别，也没有不核对的规则\n")
			}
			return nil
		},
	}
	c.Flags().StringVar(&a.template, "template", "", "只看这个`模板`的设定：模板代号，或模板所在的目录")
	return c
}

// setting is what a pack says of a rule, for people.
type setting struct{ rule, text string }

// settings are what packs say of rules: those of the program, or the one that --template names.
func (a *app) settings() ([]setting, error) {
	s, err := a.shared()
	if err != nil {
		return nil, err
	}
	names := s.PackNames()
	if a.template != "" {
		names = []string{a.template}
	}
	var out []setting
	for _, id := range names {
		p, diags, err := s.Pack(id)
		if err != nil || diags.HasErrors() {
			return nil, usage("模板 %s 有错误，先核对模板：yusuan pack check %s", id, id)
		}
		for _, r := range p.Rules {
			what := "级别改为" + r.Level.String()
			if r.Off {
				what = "不核对"
			}
			out = append(out, setting{r.ID, fmt.Sprintf("模板 %s：%s %s，理由：%s", id, r.ID, what, r.Why)})
		}
	}
	return out, nil
}

func (a *app) explain(id string) error {
	r, ok := check.FindRule(id)
	if !ok {
		var ids []string
		for _, x := range check.Rules() {
			ids = append(ids, x.ID)
		}
		if near, found := diag.Closest(id, ids); found {
			return usage("没有规则“%s”，是不是 %s", id, near)
		}
		return usage("没有规则“%s”；运行 yusuan explain 列出全部", id)
	}
	settings, err := a.settings()
	if err != nil {
		return err
	}
	say(a.out, "%s  %s\n  级别  %s\n  要求  %s\n  依据  %s\n  例如  %s\n", r.ID, r.Title, r.Level, r.Formula, r.Source, r.Example)
	for _, s := range settings {
		if s.rule == r.ID {
			say(a.out, "  设定  %s\n", s.text)
		}
	}
	return nil
}

// listName checks the name of the list.
func listName(name string) error {
	if !strings.EqualFold(filepath.Ext(name), ".xlsx") {
		return usage("--xlsx 的文件名应以 .xlsx 结尾，不是“%s”", name)
	}
	return nil
}
