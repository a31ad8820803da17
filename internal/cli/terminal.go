package cli

import (
	"io"
	"os"
	"runtime"

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
