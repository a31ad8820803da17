package source

import (
	"time"

	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// String is text with its place. A missing key leaves the zero String.
type String struct {
	V  string
	At diag.Range // the literal, with its quotation marks

	file  *File
	typed string // what the file has, where V is not it
	edits []edit
	plain bool       // of a long text: the literal has no escapes
	ways  []waypoint // of one with escapes
}

// Int is a whole number.
type Int struct {
	V   int
	At  diag.Range
	Set bool // the author gave it
}

// Bool is true or false.
type Bool struct {
	V   bool
	At  diag.Range
	Set bool
}

// Date is a day, written as a TOML date or as text: 2026-02-10, "2026-02-10", "2026年2月10日". Time is its midnight in UTC.
type Date struct {
	Time time.Time
	At   diag.Range
	Set  bool
}

// Amount is an amount of money. The file states it in the unit that its top-level key amount_unit names (元 when it
// names none); here it is exact 元, a whole number of 分.
type Amount struct {
	money.Amount
	At  diag.Range
	Set bool
	// Open is one that is still to be filled in: it counts as set, and is no amount.
	Open bool
	// Unit and Places are how it was typed: the unit, and how many digits behind the point.
	Unit   money.Unit
	Places int
}

// Field is an entry of a free table of text.
type Field struct {
	Key   String
	Value String
}

// Fields is a free table of text, in the order of the file.
type Fields []Field

// Get returns the value of a key.
func (f Fields) Get(key string) (String, bool) {
	for i := range f {
		if f[i].Key.V == key {
			return f[i].Value, true
		}
	}
	return String{}, false
}

// AmountField is an entry of a free table of amounts.
type AmountField struct {
	Key   String
	Value Amount
}

// AmountFields is a free table of amounts, in the order of the file.
type AmountFields []AmountField

// Get returns the value of a key.
func (f AmountFields) Get(key string) (Amount, bool) {
	for i := range f {
		if f[i].Key.V == key {
			return f[i].Value, true
		}
	}
	return Amount{}, false
}

// Place, embedded in the struct of a table, is set to where the table is: its header, or the whole inline table.
type Place struct {
	At diag.Range
}
