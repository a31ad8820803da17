package batch

import (
	"fmt"
	"path"
	"strings"
)

// Files of the output folder that are no documents.
const (
	BoardName    = "board.html"
	IndexName    = "index.html"
	SummaryName  = "summary"  // .json, .xlsx; of a shard summary-2-of-8.json
	DistrictName = "district" // .csv; of a year district-2026-data.zip
)

// reservedError says that a name is not free for documents.
type reservedError struct{ name, use string }

func (e *reservedError) Error() string {
	return fmt.Sprintf("文件名“%s”是%s用的，部门的文件不能叫这个名称；核对文件的标题，或者模板里的 file_name", e.name, e.use)
}

// reserved tells what of a batch has a name, so that no document takes it: it would be written over by what everybody looks for
// under that name. nil is a name that documents may have.
func reserved(name string) error {
	folder, _, below := strings.Cut(name, "/")
	base := strings.ToLower(folder)
	ext := path.Ext(base)
	base = strings.TrimSuffix(base, ext)
	what := ""
	switch {
	case below && folder == Reports:
		what = "核对报告"
	case below && folder == OldFiles:
		what = "旧文件"
	case below:
	case base+ext == BoardName:
		what = "进度表"
	case base+ext == IndexName:
		what = "公开目录"
	case (base == SummaryName || strings.HasPrefix(base, SummaryName+"-")) && (ext == ".xlsx" || ext == ".json"):
		what = "汇总"
	case base == DistrictName && ext == ".csv" || strings.HasPrefix(base, DistrictName+"-") && (ext == ".zip" || ext == ".csv"):
		what = "全区合计和开放数据"
	}
	if what == "" {
		return nil
	}
	return &reservedError{name, what}
}
