//go:build !windows

package cli

import (
	"errors"
	"os"
	"os/exec"
	"runtime"
)

// browse shows an address in whatever shows addresses here.
func browse(address string) error {
	opener := "xdg-open"
	switch {
	case runtime.GOOS == "darwin":
		opener = "open"
	case os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "":
		return errors.New("这里没有图形界面")
	}
	c := exec.Command(opener, address)
	if err := c.Start(); err != nil {
		return err
	}
	go func() { _ = c.Wait() }() // so that it leaves nothing behind; the browser goes on by itself
	return nil
}

// clicked reports whether the program was started by a double click, which elsewhere than on Windows opens no program of a
// terminal.
func clicked() bool { return false }

// drives are the disks that there are now: elsewhere than on Windows all lies below one folder.
func drives() []string { return nil }
