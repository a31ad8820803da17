package fonts

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"testing"

	"yusuan/internal/typeset/font"
)

func library(t testing.TB, overrides ...font.Override) *font.Library {
	t.Helper()
	l, err := Library(overrides...)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestFacesAreWhatTheManifestSays(t *testing.T) {
	for _, f := range library(t).Faces() {
		data, err := open(f.File)
		if err != nil {
			t.Fatal(err)
		}
		face, err := font.Parse("", data)
		if err != nil {
			t.Fatal(err)
		}
		if face.Name() != f.Name {
			t.Errorf("%s calls itself %s, not %s", f.File, face.Name(), f.Name)
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != f.SHA256 {
			t.Errorf("%s has sha256 %x", f.File, sum)
		}
		if _, err := os.Stat(f.Licence); err != nil {
			t.Errorf("licence of %s: %v", f.File, err)
		}
	}
}

func TestFullWidthMarksAndEqualDigits(t *testing.T) {
	l := library(t)
	for _, role := range l.Roles() {
		family, _ := l.Family(role)
		for _, r := range "“”‘’…—·，。预" {
			if w := family.Pick(r).RuneAdvance(r); w != 1000 {
				t.Errorf("%s: %c is %d wide, want a full em", role, r, w)
			}
		}
		want := family.Pick('0').RuneAdvance('0')
		for r := '0'; r <= '9'; r++ {
			if face := family.Pick(r); face != family.Pick('0') || face.RuneAdvance(r) != want {
				t.Errorf("%s: digit %c is %d wide in %s, want %d", role, r, face.RuneAdvance(r), face.Name(), want)
			}
		}
	}
}

// TestDashJoins holds that the dash fills its em, so that two of them make one line.
func TestDashJoins(t *testing.T) {
	l := library(t)
	for _, role := range l.Roles() {
		family, _ := l.Family(role)
		face := family.Pick('—')
		var o font.Outline
		face.AppendOutline(&o, face.Glyph('—'))
		lo, hi := o.Points[0].X, o.Points[0].X
		for _, p := range o.Points {
			lo, hi = min(lo, p.X), max(hi, p.X)
		}
		if upm := int32(face.Metrics().UnitsPerEm); lo > 0 || hi < upm {
			t.Errorf("%s: the dash of %s reaches from %d to %d of %d", role, face.Name(), lo, hi, upm)
		}
	}
}

func TestOverrideGoesFirst(t *testing.T) {
	data, err := open("NotoSansSC-Medium.ttf")
	if err != nil {
		t.Fatal(err)
	}
	l := library(t, font.Override{Role: "仿宋", File: "own.ttf", Data: data})
	family, _ := l.Family("仿宋")
	if got := family.Pick('预').Name(); got != "NotoSansSC-Medium" {
		t.Errorf("预 is drawn by %s", got)
	}
	if got := family.Pick('7').Name(); got != "YusuanSerifLight-Regular" {
		t.Errorf("7 is drawn by %s", got)
	}
	if _, err := Library(font.Override{Role: "隶书", File: "own.ttf", Data: data}); err == nil {
		t.Error("an unknown role was accepted")
	}
	if _, err := Library(font.Override{Role: "仿宋", File: "own.otf", Data: []byte("OTTO00000000")}); err == nil {
		t.Error("a font with CFF outlines was accepted")
	}
}

// TestEveryRoleCanBeReplaced holds that each role can be drawn by the user's own font, and whatever that lacks by the faces
// behind it.
func TestEveryRoleCanBeReplaced(t *testing.T) {
	data, err := open("YusuanSerifFallback-Bold.ttf") // kana alone
	if err != nil {
		t.Fatal(err)
	}
	var own []font.Override
	for _, role := range library(t).Roles() {
		own = append(own, font.Override{Role: role, File: "own.ttf", Data: data})
	}
	l := library(t, own...)
	for _, role := range l.Roles() {
		family, _ := l.Family(role)
		if got := family.Pick('あ').Name(); got != "YusuanSerifFallback-Bold" {
			t.Errorf("%s: あ is drawn by %s", role, got)
		}
		if family.Pick('预') == nil || len(family.Missing("预算0123456789，。（）“”—…")) > 0 {
			t.Errorf("%s: characters that the own font lacks are lost", role)
		}
	}
}

// TestOverrideStandsAtOneHeight holds that a font of the user's, of which no manifest says how high it stands, is measured.
func TestOverrideStandsAtOneHeight(t *testing.T) {
	const han = "国务院关于加强预算管理的通知项目支出绩效目标申报表同意"
	data, err := open("FandolFang-Regular.ttf")
	if err != nil {
		t.Fatal(err)
	}
	own, _ := library(t, font.Override{Role: "宋体", File: "own.ttf", Data: data}).Family("宋体")
	song, _ := library(t).Family("宋体")
	if got, want := middle(own, han), middle(song, han); got < want-10 || got > want+10 {
		t.Errorf("the middles of the user's ideographs are %d above the baseline, those of the program's %d", got, want)
	}
}
