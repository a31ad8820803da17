package cli

import "golang.org/x/sys/windows"

const codePageUTF8 = 65001

// utf8Console makes a Chinese Windows console (code page 936) show UTF-8, and puts its code pages back afterwards.
// Both the input and the output page must be set, or echoed paths come out garbled.
func utf8Console() (restore func()) {
	in, errIn := windows.GetConsoleCP()
	out, errOut := windows.GetConsoleOutputCP()
	if errIn != nil || errOut != nil {
		return func() {} // not a console
	}
	_ = windows.SetConsoleCP(codePageUTF8)
	_ = windows.SetConsoleOutputCP(codePageUTF8)
	return func() {
		_ = windows.SetConsoleCP(in)
		_ = windows.SetConsoleOutputCP(out)
	}
}
