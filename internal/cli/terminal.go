package cli

import (
	"fmt"
	"io"
	"os"
	"runtime"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"yusuan/internal/diag"
)

// watched remembers that what was written did not arrive, as on a full disk, so that no command need ask.
type watched struct {
	io.Writer
	err error
}

func (w *watched) Write(b []byte) (int, error) {
	n, err := w.Writer.Write(b)
	if err != nil && w.err == nil {
		w.err = err
	}
	return n, err
}

// textOptions suits diagnostics to where they go: excerpts cut to the width of a terminal, and colours there unless
// NO_COLOR asks for none. A Windows console is left plain, since it may not know the sequences.
func textOptions(w io.Writer) diag.Options {
	if x, ok := w.(*watched); ok {
		w = x.Writer
	}
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return diag.Options{}
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		width = 0
	}
	return diag.Options{Width: width, Color: os.Getenv("NO_COLOR") == "" && runtime.GOOS != "windows"}
}

// say is how the command layer speaks: the format is ours, and every text and error among args is made harmless first,
// since it may come from a file. A file could otherwise drive the terminal, or begin a line that seems to be our own.
// Diagnostics have their own writers, which do the same.
func say(w io.Writer, format string, args ...any) {
	for i, x := range args {
		switch x := x.(type) {
		case string:
			args[i] = diag.Printable(x)
		case error:
			args[i] = diag.Printable(x.Error())
		case fmt.Stringer:
			args[i] = diag.Printable(x.String())
		}
	}
	_, _ = fmt.Fprintf(w, format, args...) // where the terminal cannot be written to there is nobody to tell
}

// mostOfOne is how many findings of one rule are shown where there are very many.
const mostOfOne = 10

// howMany gives a command the flag for all findings.
func (a *app) howMany(c *cobra.Command) {
	c.Flags().BoolVar(&a.all, "all", false, "同一规则的问题超过 50 处时也全部列出；不写时只列前 10 处，并说明还有多少")
}

// listOptions are those for the findings in a department's data.
func (a *app) listOptions(w io.Writer) diag.Options {
	o := textOptions(w)
	if !a.all {
		o.Most, o.More = mostOfOne, "；全部列出加 --all"
	}
	return o
}
