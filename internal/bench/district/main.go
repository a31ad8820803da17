// Command district writes the folders of N departments that do not exist, to try a batch on:
//
//	go run ./internal/bench/district 10000 build/district
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"yusuan/internal/testdept"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("usage: district N DIR")
	}
	n, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	for i := range n {
		dir, files := testdept.Member(i)
		for name, text := range files {
			file := filepath.Join(args[1], dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
				return err
			}
			if err := os.WriteFile(file, text, 0o666); err != nil {
				return err
			}
		}
	}
	return nil
}
