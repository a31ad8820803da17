package cli

import (
	"errors"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"syscall"

	"yusuan/internal/cli/store"
	"yusuan/internal/source"
)

// inChinese is the text of an error with what the operating system said put into Chinese. The names that the system
// adds are left out, since the message names what the user asked for.
func inChinese(err error) string {
	s := err.Error()
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		s = strings.Replace(s, path.Error(), reason(path.Err), 1)
	case errors.As(err, &link):
		s = strings.Replace(s, link.Error(), reason(link.Err), 1)
	}
	for _, x := range ownReasons() {
		if errors.Is(err, x.is) {
			s = strings.Replace(s, x.is.Error(), x.says, 1)
		}
	}
	return s
}

// wording is an error and what it is called in Chinese.
type wording struct {
	is   error
	says string
}

// ownReasons are what the program itself refuses to open or to write.
func ownReasons() []wording {
	return []wording{{source.ErrNotRegular, "不是普通的文件"}, {source.ErrTooBig, "文件太大"}, {store.ErrNoData, "不是数据文件的路径"}, {store.ErrAltered, "留底的内容不是原来的了"}}
}

// reason is what the operating system refused, in Chinese where it is one of the usual things.
func reason(err error) string {
	for _, x := range []wording{
		{syscall.ENOSPC, "磁盘已满"}, {syscall.EROFS, "磁盘是只读的"}, {syscall.EISDIR, "这是目录，不是文件"},
		{syscall.ENOTDIR, "路径中间有一段是文件，不是目录"}, {syscall.ENAMETOOLONG, "文件名太长"}, {syscall.ELOOP, "链接绕成一圈"}, {syscall.EIO, "磁盘读写出错"},
		{fs.ErrNotExist, "没有这个文件或目录"}, {fs.ErrExist, "已有同名的文件或目录"}, {fs.ErrPermission, "没有权限"},
	} {
		if errors.Is(err, x.is) {
			return x.says
		}
	}
	if says, ok := windowsReasons[err]; ok && runtime.GOOS == "windows" {
		return says
	}
	return err.Error()
}

// windowsReasons are the error numbers of Windows that package syscall does not map.
var windowsReasons = map[error]string{
	syscall.Errno(32):  "文件正被别的程序使用",
	syscall.Errno(33):  "文件正被别的程序使用",
	syscall.Errno(112): "磁盘已满",
	syscall.Errno(123): "文件名里有不能用的字符",
	syscall.Errno(206): "文件名太长",
	syscall.Errno(267): "路径中间有一段是文件，不是目录",
}
