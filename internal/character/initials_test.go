package character

import "testing"

func TestInitials(t *testing.T) {
	for s, want := range map[string]string{
		"办公费": "bgf", "行政运行": "xzyx", "公务用车运行维护费": "gwycyxwhf", "住房公积金": "zfgjj", "其他商品和服务支出": "qtsphfwzc", "机关事业单位基本养老保险缴费": "jgsydwjbylbxjf",
		"政府办公厅（室）及相关机构事务": "zfbgtsjxgjgsw", "还本付息": "hbfx", "A类 5G": "al5g", "阿座": "az", "啊": "a", "𠮷": "", "—": "", "臧": "",
	} {
		if got := Initials(s); got != want {
			t.Errorf("%s: %s, want %s", s, got, want)
		}
	}
}
