package cli

import (
	"io"
	"os"
	"runtime"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"yusuan/internal/diag"
)

// textOptions suits diagnostics to where they go: excerpts cut to the width of a terminal, and colours there unless
// NO_COLOR asks for none. A Windows console is left plain, since it may not know the sequences.
func textOptions(w io.Writer) diag.Options {
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

// mostOfOne is how many findings of one rule are shown where there are very many.
const mostOfOne = 10

// howMany gives a command the flag for all findings.
func (a *app) howMany(c *cobra.Command) {
	c.Flags().BoolVar(&a.all, "all", false, "同一规则的问题超过 50 处时也全部列出")
}

// listOptions are those for the findings in a department's data.
func (a *app) listOptions(w io.Writer) diag.Options {
	o := textOptions(w)
	if !a.all {
		o.Most, o.More = mostOfOne, "；全部列出加 --all，或用 check 的 --xlsx 另存"
	}
	return o
}
