package cli

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"yusuan/internal/diag"
)

// The revision that the program was compiled from tells one build from another to its maintainers: --version and reports of
// faults name it. Documents never do, lest every commit make others of the same data; they name Version.

// revision is the commit that the program was compiled from, and whether the folder held other changes; empty where the
// compiler did not know.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	commit, changed := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = "，有未提交的改动"
		}
	}
	if commit == "" {
		return ""
	}
	return "修订 " + commit[:min(len(commit), 12)] + changed
}

// exactVersion is the version with the revision.
func exactVersion() string {
	if r := revision(); r != "" {
		return Version + "（" + r + "）"
	}
	return Version
}

// exactProgram names the program to its maintainers.
func exactProgram() string {
	return fmt.Sprintf("yusuan %s，%s，%s/%s", exactVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// reportFault says what only a maintainer can mend.
func reportFault(w io.Writer, fault any, stack []byte) {
	say(w, "程序出错：%s\n这是程序的错误，请把以下内容连同数据交给程序的维护者\n%s\n\n%s", diag.Printable(fmt.Sprint(fault)), exactProgram(), stack)
}
