package budget

import (
	"testing"

	"yusuan/internal/source"
)

// TestAssetsOfAUnit: of a department whose cars are nobody's in particular it is not known which unit has them, nor that
// one has none.
func TestAssetsOfAUnit(t *testing.T) {
	text := func(s string) source.String { return source.String{V: s} }
	for _, c := range []struct {
		vehicles []Vehicle
		stated   bool
		count    int // of the unit's
	}{
		{[]Vehicle{{Unit: text("2")}}, true, 0},
		{[]Vehicle{{Unit: text("1")}, {Unit: text("2")}}, true, 1},
		{[]Vehicle{{Unit: text("1")}, {}}, false, 0},
		{nil, true, 0},
	} {
		f := Facts{Department: Department{AssetsAsOf: source.Date{Set: true}}, Units: []Unit{{Code: text("1")}, {Code: text("2")}}, Vehicles: c.vehicles}
		u, _ := f.ForUnit("1")
		if u.AssetsStated() != c.stated || len(u.Vehicles) != c.count {
			t.Errorf("%v: stated %v, %d vehicles", c.vehicles, u.AssetsStated(), len(u.Vehicles))
		}
	}
}
