package grid

import "testing"

// TestDecimal: the noise of floating point goes, digits that were typed stay.
func TestDecimal(t *testing.T) {
	for raw, want := range map[string]string{
		"4671.8500000000004": "4671.85", "154369326.46000001": "154369326.46", "0.30000000000000004": "0.3", "1234.50": "1234.5", "-12.0": "-12",
		"0": "0", "-0": "0", "0.000": "0", "00205": "205", "1E3": "1000", "1.5e-7": "0.00000015", "4.2010626E17": "420106260000000000",
		"420106260000000012": "420106260000000012", "999999999999999.9": "1000000000000000", "0.99999999999999999": "1", "+7": "7", ".5": "0.5", "5.": "5",
		"123456789012.34": "123456789012.34", "89999999999.999985": "90000000000",
	} {
		if got, ok := decimal(raw); !ok || got != want {
			t.Errorf("%s is %q %v, want %s", raw, got, ok, want)
		}
	}
	for _, bad := range []string{"", "-", ".", "1,5", "1e", "e5", "1e999999", "NaN", "INF", "0x10", "１", "1 2", "1_000", "--1"} {
		if got, ok := decimal(bad); ok {
			t.Errorf("%q is the number %s", bad, got)
		}
	}
}

// TestDouble: eight bytes of a number become the digits that were typed.
func TestDouble(t *testing.T) {
	for bits, want := range map[uint64]string{
		0x40B23FD99999999A: "4671.85", 0x3FD3333333333334: "0.3", 0x4062E00000000000: "151", 0x8000000000000000: "0", 0xC0FD4C0000000000: "-120000",
	} {
		if got, ok := double(bits); !ok || got != want {
			t.Errorf("%x is %q %v, want %s", bits, got, ok, want)
		}
	}
	for _, bad := range []uint64{0x7FF0000000000000, 0x7FF8000000000000} {
		if got, ok := double(bad); ok {
			t.Errorf("%x is the number %s", bad, got)
		}
	}
}

// TestDays: which formats show days, and which day a number is.
func TestDays(t *testing.T) {
	for code, want := range map[string]bool{
		"yyyy-mm-dd": true, "yyyy/m/d;@": true, `yyyy"年"m"月"d"日"`: true, `[$-804]yyyy"年"m"月";@`: true, "m-d": true, "mmm-yy": true, "General": false, "G/通用格式": false,
		"#,##0.00": false, `#,##0.00_);[Red](#,##0.00)`: false, `0"元/day"`: false, `0\d`: false, "0_d": false, "h:mm": false, "[h]:mm:ss": false, "mm:ss": false, "[m]": false,
		`General"m"`: false, "0.00;yyyy": false, `"年`: false, "@": false,
	} {
		if got := isDate(styleOf(code).code); got != want {
			t.Errorf("%s shows days: %v, want %v", code, got, want)
		}
	}
	for _, x := range []struct {
		number   string
		from1904 bool
		want     string
	}{{"1", false, "1900-01-01"}, {"59", false, "1900-02-28"}, {"60", false, ""}, {"61", false, "1900-03-01"}, {"46063", false, "2026-02-10"}, {"44601", true, "2026-02-10"},
		{"0", true, "1904-01-01"}, {"0", false, ""}, {"-1", false, ""}, {"2958465", false, "9999-12-31"}, {"2958466", false, ""}, {"46063.999999999", false, "2026-02-11"},
		{"46063.25", false, "2026-02-10 06:00:00"}} {
		if got, ok := dayOf(x.number, x.from1904); got != x.want || ok != (x.want != "") {
			t.Errorf("%s is %q, want %q", x.number, got, x.want)
		}
	}
}
