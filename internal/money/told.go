package money

// What messages say of amounts, one room for all of them: in 万元 or 元 with two decimals and commas, as tables print
// them, and never so rounded that two amounts which differ look alike (Difference is the one for pairs).

// Told is an amount as tables print it, in 万元 with its unit.
func Told(a Amount) string { return Usual(Wan).String(a) + Wan.String() }

// ToldYuan is an amount in 元 with its unit.
func ToldYuan(a Amount) string { return Usual(Yuan).String(a) + Yuan.String() }

// ToldNumber is an amount as tables print it, without its unit; one that is finer than they print, exactly.
func ToldNumber(a Amount) string { return Usual(Wan).Exactly(a).String(a) }

// ToldBound is a tolerance in the unit of the numbers it is for, of which it has one decimal more.
func ToldBound(u Unit, a Amount) string {
	return Format{Unit: u, Places: 4, TrimZeros: true}.String(a) + u.String()
}

// ToldApart are two amounts that differ as tables print them, or where they would look alike, exactly.
func ToldApart(a, b Amount) (first, second string) {
	if first, second = Told(a), Told(b); first == second {
		first, second, _ = Difference(Wan, a, b)
	}
	return first, second
}

// ToldChange says how now differs from before: 增加10.00万元.
func ToldChange(now, before Amount) string {
	diff := now.Sub(before)
	by, _, _ := Difference(Wan, diff.Abs(), Amount{}) // never 0.00
	switch diff.Sign() {
	case 0:
		return "持平"
	case 1:
		return "增加" + by
	default:
		return "减少" + by
	}
}

// ToldIn is a whole number of 分 in the unit in which it is to be typed, without commas and with two decimals or more.
func ToldIn(u Unit, a Amount) string {
	return Format{Unit: u, Places: 2}.Exactly(a).String(a) + u.String()
}

// ToldTyped is the shortest number that stands for a where amounts are typed in a unit.
func ToldTyped(u Unit, a Amount) string {
	return Format{Unit: u, TrimZeros: true}.Exactly(a).String(a)
}

// ToldAs is an amount as its author has it, exactly, with commas; with its unit where that is another than 元.
func ToldAs(u Unit, a Amount) string {
	s := Format{Unit: u, TrimZeros: true, Group: true}.Exactly(a).String(a)
	if u == Yuan {
		return s
	}
	return s + u.String()
}

// ToldData is an amount for programs: in 元, exact, without commas and with two decimals or more.
func ToldData(a Amount) string { return Format{Places: 2}.Exactly(a).String(a) }

// Usual is how documents print amounts in a unit.
func Usual(u Unit) Format { return Format{Unit: u, Places: 2, Group: true} }
