// Command yusuan makes the official budget disclosure of a department from its data.
package main

import (
	"os"
	"runtime/debug"

	"yusuan/internal/cli"
)

func main() {
	// Most commands make one document and end, which gives its 20 MB back at no cost; large ones raise the
	// limit, batch sets its own.
	debug.SetGCPercent(800)
	debug.SetMemoryLimit(cli.LeastMemory)
	os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr))
}
