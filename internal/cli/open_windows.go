package cli

import (
	"os/exec"
	"unsafe"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

// browse shows an address: in a window of Edge without anything else around the page where there is Edge, else in whatever shows
// addresses.
func browse(address string) error {
	if edge := appPath("msedge.exe"); edge != "" {
		c := exec.Command(edge, "--app="+address)
		if c.Start() == nil {
			return c.Process.Release()
		}
	}
	verb, err := windows.UTF16PtrFromString("open")
	if err != nil {
		return err
	}
	what, err := windows.UTF16PtrFromString(address)
	if err != nil {
		return err
	}
	return windows.ShellExecute(0, verb, what, nil, nil, windows.SW_SHOWNORMAL)
}

// appPath is where a program says that it is, "" for one that is not there.
func appPath(name string) string {
	for _, root := range []registry.Key{registry.CURRENT_USER, registry.LOCAL_MACHINE} {
		k, err := registry.OpenKey(root, `SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\`+name, registry.QUERY_VALUE)
		if err != nil {
			continue
		}
		path, _, err := k.GetStringValue("")
		_ = k.Close() // it was read
		if err == nil && path != "" {
			return path
		}
	}
	return ""
}

// clicked reports whether the program was started by a double click: the console is its own, nobody types in it.
func clicked() bool {
	var pids [2]uint32
	n, _, _ := windows.NewLazySystemDLL("kernel32.dll").NewProc("GetConsoleProcessList").Call(uintptr(unsafe.Pointer(&pids[0])), uintptr(len(pids)))
	return n == 1
}

// drives are the disks that there are now. None is touched.
func drives() (out []string) {
	there, err := windows.GetLogicalDrives()
	if err != nil {
		return nil
	}
	for i := range 26 {
		if there&(1<<i) != 0 {
			out = append(out, string(rune('A'+i))+`:\`)
		}
	}
	return out
}
