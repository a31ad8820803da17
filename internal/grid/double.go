package grid

import (
	"math"
	"strconv"
)

// double is the decimal text of a number that a file stores as the eight bytes of a binary floating-point number. BIFF stores
// numbers so and no other way; the bytes become 15 decimal digits here and are never calculated with.
func double(bits uint64) (string, bool) {
	return decimal(strconv.FormatFloat(math.Float64frombits(bits), 'e', digits-1, 64))
}
