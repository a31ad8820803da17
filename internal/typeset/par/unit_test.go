package par

import (
	"strings"
	"testing"
)

func TestParts(t *testing.T) {
	for text, want := range map[string]bool{
		"支出4,671.85|万元": true, "支出4,671.85万|元": true, "支出4,671.85万元|，": false, "共12|个月": true, "共12个|月": true,
		"2026|年": true, "2026年|2月": false, "国发〔2024〕|3号": true, "国办发|〔2022〕32号": true, "〔2022〕32|号": true,
		"浓度35 |μg/m³": true, "占35.2%|的": false, "第3|类": true, "互联|网": false, "|万元": false, "12|": false, "收入万|元": false,
		"3|中心": false, "1家中|心": false,
	} {
		at := strings.IndexByte(text, '|')
		if got := Parts(text[:at]+text[at+1:], at); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
