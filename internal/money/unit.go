package money

// Unit is the unit in which amounts are written or printed.
type Unit int

const (
	Yuan Unit = iota // 元
	Wan              // 万元
	Yi               // 亿元
)

// ParseUnit reads a unit by its Chinese name.
func ParseUnit(s string) (Unit, bool) {
	switch s {
	case "元":
		return Yuan, true
	case "万元":
		return Wan, true
	case "亿元":
		return Yi, true
	}
	return 0, false
}

// String is the Chinese name.
func (u Unit) String() string {
	switch u {
	case Wan:
		return "万元"
	case Yi:
		return "亿元"
	}
	return "元"
}

// exponent is the power of ten of one unit in 元.
func (u Unit) exponent() int { return int(u) * 4 }
