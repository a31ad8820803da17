package verify

import (
	"errors"
	"fmt"
	"io/fs"

	"yusuan/internal/archive"
	"yusuan/internal/ofdread"
	"yusuan/internal/pdfread"
)

// Unreadable tells people why a file given for a document cannot be read, or what it carries cannot be taken out.
func Unreadable(err error) string {
	var refused *archive.Refusal
	switch {
	case errors.As(err, &refused):
		return refusal(refused)
	case errors.Is(err, archive.ErrNoManifest):
		return "文件里没有 " + archive.ManifestName + "，不是本程序生成的，或者附件已被删去"
	case errors.Is(err, ofdread.ErrNoOFD):
		return "不是 OFD 文件，也不是 PDF 文件"
	case errors.Is(err, ofdread.ErrTwice):
		return "包里有两个同名的文件，不知道该用哪一个；这不是本程序生成的文件"
	case errors.Is(err, pdfread.ErrNoPDF):
		return "不是 PDF 文件（或者不是本程序用的 PDF 1.7），也不是 OFD 文件"
	case errors.Is(err, pdfread.ErrIncomplete), errors.Is(err, ofdread.ErrIncomplete):
		return "文件不完整，可能没有下载完"
	case errors.Is(err, pdfread.ErrEncrypted), errors.Is(err, ofdread.ErrEncrypted):
		return "文件加了密；本程序生成的文件不加密，请找没有加密的原件"
	case errors.Is(err, pdfread.ErrTooMuch), errors.Is(err, ofdread.ErrTooMuch):
		return "解开后的内容比这样大小的公开文件所能有的多得多，没有再读下去；这不是本程序生成的文件"
	case errors.Is(err, pdfread.ErrFilter), errors.Is(err, ofdread.ErrFilter):
		return "文件用了本程序不读的压缩方式，是别的程序重写过的，请找原件"
	}
	return "文件已损坏"
}

func refusal(r *archive.Refusal) string {
	manifest := archive.ManifestName
	switch r.Kind {
	case archive.TwoOfOneName:
		return fmt.Sprintf("有两个附件都叫“%s”，不知道该用哪一个", r.Name)
	case archive.OtherFormat:
		return fmt.Sprintf("%s 的格式是“%s”，本版程序不认；可能是更新的版本生成的", manifest, r.Name)
	case archive.BadPath:
		return fmt.Sprintf("%s 里的路径“%s”不能用：只可以在 data、templates、catalogue、tables 四个目录里，至多八层，不用以点开头的名称和系统保留的名称", manifest, r.Name)
	case archive.TooLarge:
		return fmt.Sprintf("%s 太大", manifest)
	}
	return fmt.Sprintf("%s 的写法不对，读不出", manifest)
}

// cannot tells why what a file carries gives no document.
func cannot(err error) string {
	var missing *fs.PathError
	if errors.As(err, &missing) {
		return "里面没有 " + missing.Path
	}
	return "所带的模板或科目读不出"
}
