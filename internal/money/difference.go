package money

// Difference writes two amounts and what the first is more than the second, as a message puts them beside each other: all
// three in one unit with the same decimals, and with as many of them that the printed numbers differ by the printed
// difference, and it by nothing from the exact one. So amounts that differ never look alike. They are in u with two
// decimals where that says it, else in 元 with two or more.
func Difference(u Unit, a, b Amount) (first, second, diff string) {
	f := Format{Unit: u, Places: 2, Group: true}
	if !f.tells(a, b) {
		f = Format{Unit: Yuan, Places: 2, Group: true}.Telling(a, b)
	}
	return f.String(a) + f.Unit.String(), f.String(b) + f.Unit.String(), f.String(a.Sub(b)) + f.Unit.String()
}

// mostPlaces bounds how exactly a message prints.
const mostPlaces = 60

// Telling is f with as many more decimals as it takes to print two amounts and their difference so that the numbers on
// paper add up and say what the exact ones say.
func (f Format) Telling(a, b Amount) Format {
	for f.Places < mostPlaces && !f.tells(a, b) {
		f.Places++
	}
	return f
}

// tells reports whether a and b, as f prints them, differ by exactly what they differ by.
func (f Format) tells(a, b Amount) bool {
	return f.Round(a).Sub(f.Round(b)).Equal(a.Sub(b)) && f.Round(a.Sub(b)).Equal(a.Sub(b))
}

// Exactly is f with as many more decimals as a has.
func (f Format) Exactly(a Amount) Format { return f.Telling(a, Amount{}) }
