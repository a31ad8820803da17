//go:build !windows

package cli

// utf8Console has nothing to do where terminals speak UTF-8.
func utf8Console() (restore func()) { return func() {} }
