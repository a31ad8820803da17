package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"yusuan/internal/diag"
)

// chinese gives a command and those below it their help and their words for wrong usage.
func chinese(root *cobra.Command) {
	root.SetUsageFunc(writeUsage)
	root.SetFlagErrorFunc(wrongFlag)
	root.SetVersionTemplate("yusuan {{.Version}}\n")
	root.SetHelpCommand(&cobra.Command{Use: "help [命令]", Short: "显示命令的说明", Hidden: true, RunE: func(x *cobra.Command, args []string) error {
		c, rest, err := x.Root().Find(args)
		if err != nil || len(rest) > 0 {
			return noCommand(x.Root(), strings.Join(args, " "))
		}
		return c.Help()
	}})
	root.CompletionOptions.DisableDefaultCmd = true
	root.InitDefaultVersionFlag()
	root.Flags().Lookup("version").Usage = "显示版本"
	helpFlags(root)
}

func helpFlags(c *cobra.Command) {
	c.InitDefaultHelpFlag()
	c.Flags().Lookup("help").Usage = "显示说明"
	for _, sub := range c.Commands() {
		helpFlags(sub)
	}
}

// group makes a command that only holds others: alone it shows its help, with a word that is none of them it says so.
func group(c *cobra.Command) *cobra.Command {
	c.Args = cobra.ArbitraryArgs
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return c.Help()
		}
		return noCommand(c, args[0])
	}
	return c
}

func noCommand(c *cobra.Command, word string) error {
	var names []string
	for _, x := range c.Commands() {
		if x.IsAvailableCommand() {
			names = append(names, x.Name())
		}
	}
	if near, ok := diag.Closest(word, names); ok {
		return usage("没有命令“%s”，是不是 %s", word, near)
	}
	return usage("没有命令“%s”；有的是 %s", word, strings.Join(names, "、"))
}

// noArgs refuses words after a command that takes none.
func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("%s 后面不用写“%s”", c.CommandPath(), args[0])
	}
	return nil
}

// wrongFlag tells in Chinese what is wrong with an option.
func wrongFlag(c *cobra.Command, err error) error {
	var (
		missing *pflag.NotExistError
		empty   *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
		syntax  *pflag.InvalidSyntaxError
	)
	what := err.Error()
	switch {
	case errors.As(err, &missing):
		what = noFlag(c, missing)
	case errors.As(err, &empty):
		value, _ := pflag.UnquoteUsage(empty.GetFlag())
		what = fmt.Sprintf("--%s 后面缺少内容，要写 %s", empty.GetFlag().Name, value)
	case errors.As(err, &invalid):
		what = fmt.Sprintf("--%s 后面不能写“%s”", invalid.GetFlag().Name, invalid.GetValue())
		if t := invalid.GetFlag().Value.Type(); t == "int" {
			what += "，要写整数"
		}
	case errors.As(err, &syntax):
		what = fmt.Sprintf("选项写法不对：%s", syntax.GetSpecifiedFlag())
	}
	return usage("%s；用法见 %s --help", what, c.CommandPath())
}

func noFlag(c *cobra.Command, e *pflag.NotExistError) string {
	if e.GetSpecifiedShortnames() != "" {
		return "没有选项 -" + e.GetSpecifiedName()
	}
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	s := "没有选项 --" + e.GetSpecifiedName()
	if near, ok := diag.Closest(e.GetSpecifiedName(), names); ok {
		s += "，是不是 --" + near
	}
	return s
}

// writeUsage is a command's help below its first lines.
func writeUsage(c *cobra.Command) error {
	var b strings.Builder
	line := c.CommandPath() + strings.TrimPrefix(c.Use, c.Name()) + " [选项]"
	if c.HasAvailableSubCommands() {
		line = c.CommandPath() + " 命令 [选项]"
	}
	fmt.Fprintf(&b, "用法：\n  %s\n", line)
	if c.HasExample() {
		fmt.Fprintf(&b, "\n例子：\n%s\n", c.Example)
	}
	var rows [][2]string
	for _, x := range c.Commands() {
		if x.IsAvailableCommand() {
			rows = append(rows, [2]string{x.Name(), x.Short})
		}
	}
	section(&b, "命令", rows)
	section(&b, "选项", flagRows(c.LocalFlags()))
	section(&b, "通用选项", flagRows(c.InheritedFlags()))
	if c.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\n运行 %s 命令 --help 查看一个命令的说明。\n", c.CommandPath())
	}
	_, err := io.WriteString(c.OutOrStderr(), b.String())
	return err
}

func flagRows(flags *pflag.FlagSet) (rows [][2]string) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		short := "    "
		if f.Shorthand != "" {
			short = "-" + f.Shorthand + ", "
		}
		value, text := pflag.UnquoteUsage(f)
		if value != "" {
			value = " " + value
		}
		rows = append(rows, [2]string{short + "--" + f.Name + value, text})
	})
	return rows
}

// section writes rows of two columns, the second aligned by what a terminal shows, in which Han characters are two wide.
func section(b *strings.Builder, title string, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	widest := 0
	for _, r := range rows {
		widest = max(widest, diag.Columns(r[0]))
	}
	b.WriteString("\n" + title + "：\n")
	for _, r := range rows {
		b.WriteString("  " + r[0] + strings.Repeat(" ", widest-diag.Columns(r[0])) + "  " + r[1] + "\n")
	}
}

// typed is a path the way it can be typed after a command.
func typed(path string) string {
	if strings.ContainsAny(path, " \t&()'") {
		return `"` + path + `"`
	}
	return path
}
