//go:build !windows

package cli

import (
	"errors"
	"os"
	"syscall"
)

// running reports whether a process of this machine is still there; one of another user is.
func running(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return true
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, syscall.EPERM)
}
