package budget

import (
	"testing"

	"yusuan/internal/money"
	"yusuan/internal/source"
)

// TestUnitOfAFile: whoever asks a file for the unit of its amounts hears what the facts were read by, also where it is spelled with
// slips that are forgiven.
func TestUnitOfAFile(t *testing.T) {
	for spelled, unit := range map[string]money.Unit{`"万元"`: money.Wan, `"万元 "`: money.Wan, `"　万元"`: money.Wan, `'亿元'`: money.Yi, `"元"`: money.Yuan, `"万圆"`: money.Yuan, "10000": money.Yuan} {
		f, _ := source.Parse("basic.toml", []byte("amount_unit = "+spelled+"\n[[basic]]\nfunction = \"2010301\"\neconomic = \"30101\"\namount = 5\n"))
		facts, _ := Read([]*source.File{f}, nil, nil)
		want, err := money.Parse("5", unit)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.AmountsIn(); got != unit || !facts.Basic[0].Amount.Amount.Equal(want) {
			t.Errorf("%s: the file says %v, the amount is %s, want %v", spelled, got, facts.Basic[0].Amount.Amount, unit)
		}
	}
	f, _ := source.Parse("basic.toml", nil)
	if f.AmountsIn() != money.Yuan {
		t.Error("a file that says nothing is of", f.AmountsIn())
	}
}
