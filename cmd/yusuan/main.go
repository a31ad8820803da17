// Command yusuan makes the official budget disclosure of a department from its data.
package main

import (
	"os"

	"yusuan/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr))
}
