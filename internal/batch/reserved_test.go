package batch

import (
	"strings"
	"testing"

	"yusuan/internal/build"
	"yusuan/internal/doc"
)

func TestReserved(t *testing.T) {
	for name, want := range map[string]string{
		"index.html": "公开目录", "INDEX.HTML": "公开目录", "board.html": "进度表", "summary.xlsx": "汇总", "Summary-1-of-2.xlsx": "汇总", "district-2026-data.zip": "全区合计", "核对报告/338.xlsx": "核对报告",
		"旧文件/a.pdf": "旧文件", "2026/index.html": "", "index.pdf": "", "index-正文.html": "", "summaries.xlsx": "", "district.pdf": "", "部门预算.html": "", "2026/核对报告.pdf": "",
	} {
		switch err := reserved(name); {
		case want == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
}

// TestNoDocumentIsTheIndex holds that a department whose document would have the index's name is told, and writes nothing.
func TestNoDocumentIsTheIndex(t *testing.T) {
	r := &run{Batch: &Batch{}}
	d := draft{want: []request{{form: build.PDF}, {form: build.HTML}}}
	r.makeForms(&doc.Document{FileName: []string{"index"}}, nil, &d)
	if d.unnamed == nil || !strings.Contains(d.unnamed.Error(), "公开目录") || len(d.contents) > 0 {
		t.Error(d.unnamed, d.contents)
	}
}
