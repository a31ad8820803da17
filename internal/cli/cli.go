// Package cli is the command line: commands, flags, exit codes, Chinese words around the work of package build. It
// alone reads files, the environment and the terminal, and writes.
package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/build"
	"yusuan/internal/imports"
	"yusuan/internal/typeset/font"
)

// Version names the program in documents. It is raised by hand when documents change (internal/README.md has the history),
// never with every commit.
const Version = "0.2.0"

// Exit codes, the contract with scripts.
const (
	exitGood    = 0
	exitData    = 1 // the data has errors
	exitUsage   = 2 // bad usage or unreadable input
	exitMachine = 3 // the machine refused
)

// exitError carries an exit code. A nil err means that everything has been said already.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

func usage(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Errorf(format, args...)}
}

func machine(format string, args ...any) error {
	return &exitError{exitMachine, fmt.Errorf(format, args...)}
}

// app is what the commands share.
type app struct {
	out, err  io.Writer
	fonts     []string    // --font 字体=文件
	edition   string      // --edition
	template  string      // --template: a pack's name or its folder
	strip     bool        // --strip-comments
	plain     bool        // --ofd-plain
	all       bool        // --all: every finding, however many of one rule
	last      string      // --last: last year's data
	catalogue string      // --catalogue: a folder of catalogues
	books     []*filledIn // that data were made of, the first of this year
	packFiles fs.FS
	limit     func(workers, records, entries int, room int64) // suits the collector to a batch; where others work beside it, nothing does
	origins   *imports.Origins                                // of the data folder that was checked last: which cells of exports it came of
}

// Main runs the program and returns its exit code.
func Main(args []string, stdout, stderr io.Writer) (code int) {
	restore := utf8Console()
	defer restore()
	defer func() {
		if fault := recover(); fault != nil {
			reportFault(stderr, fault, debug.Stack())
			code = exitMachine
		}
	}()
	said := &watched{Writer: stdout}
	a := &app{out: said, err: stderr}
	root := a.root()
	root.SetArgs(args)
	root.SetOut(said)
	root.SetErr(stderr)
	err := root.Execute()
	if said.err != nil { // a result that cannot be read is none
		say(stderr, "错误：写不出结果：%s\n", inChinese(said.err))
		return exitMachine
	}
	if err == nil {
		return exitGood
	}
	var e *exitError
	if errors.As(err, &e) {
		if e.err != nil {
			say(stderr, "错误：%s\n", inChinese(e.err))
		}
		return e.code
	}
	say(stderr, "错误：%s\n", inChinese(err))
	return exitUsage
}

// settings are cobra's own, for the whole process.
var settings = sync.OnceFunc(func() {
	cobra.MousetrapHelpText = "" // a double click opens the page instead of a lecture in English
	cobra.EnableCommandSorting = false
})

func (a *app) root() *cobra.Command {
	settings()
	root := group(&cobra.Command{
		Use:           "yusuan",
		Short:         "把部门预算数据做成部门预算公开文件",
		Long:          "yusuan 读取部门填报的 TOML 数据，核对勾稽关系，计算全部合计，排成可付印、可归档的部门预算公开 PDF。",
		Version:       exactVersion(),
		SilenceErrors: true,
		SilenceUsage:  true,
	})
	root.PersistentFlags().StringArrayVar(&a.fonts, "font", nil, "用自己的字体，例如 `仿宋=simfang.ttf` 或 宋体=simsun.ttc#宋体，可多次使用；本机有哪些见 yusuan fonts --search")
	root.PersistentFlags().StringVar(&a.catalogue, "catalogue", "", "先用这个`目录`里的科目目录：里面是 <年度>/functional.csv、economic.csv；不写时找数据目录上面的 catalogue")
	o := a.opening()
	o.browserFlag(root)
	_ = root.Flags().MarkHidden("no-browser") // it is there
	help := root.RunE
	root.RunE = func(c *cobra.Command, args []string) error {
		if done, err := o.openNamed(args); done {
			return err
		}
		return help(c, args)
	}
	root.AddCommand( // in the order of the work
		a.openCommand(), a.newCommand(), a.importCommand(), a.codesCommand(), a.readCommand(), a.sheetCommand(), a.checkCommand(), a.explainCommand(), a.figureCommand(), a.diffCommand(), a.fontsCommand(), a.previewCommand(), a.buildCommand(),
		a.batchCommand(), a.verifyCommand(), a.extractCommand(), a.restoreCommand(), a.packsCommand(), a.packCommand())
	chinese(root)
	return root
}

// shared loads what all documents of this run have in common.
func (a *app) shared() (*build.Shared, error) {
	var err error
	if a.packFiles == nil { // the folder of --template is found once; from then on it goes by its own name
		if a.packFiles, err = a.packs(); err != nil {
			return nil, err
		}
	}
	var overrides []font.Override
	for _, s := range a.fonts {
		role, file, ok := strings.Cut(s, "=")
		if !ok || role == "" || file == "" {
			return nil, usage("--font 应写成 仿宋=字体文件.ttf，不是“%s”", s)
		}
		name, face := font.CutFace(file)
		raw, err := readFontFile(name)
		if err != nil {
			return nil, machine("读不出字体文件 %s：%w", name, err)
		}
		overrides = append(overrides, font.Override{Role: role, File: file, Face: face, Data: raw})
	}
	lib, err := fonts.Library(overrides...)
	if err != nil {
		return nil, machine("字体不可用：%w", err)
	}
	s := &build.Shared{Fonts: lib, Packs: a.packFiles, Catalogue: data.Catalogue(), Program: "yusuan " + Version, OwnFile: ownFile}
	if s.Given, err = a.given(); err != nil {
		return nil, err
	}
	s.OwnFonts = func(own []font.Override) (*font.Library, error) {
		all := slices.Clone(own)
		for _, o := range overrides { // a department's own font goes before that of the command line
			if !slices.ContainsFunc(own, func(x font.Override) bool { return x.Role == o.Role }) {
				all = append(all, o)
			}
		}
		return fonts.Library(all...)
	}
	return s, nil
}
