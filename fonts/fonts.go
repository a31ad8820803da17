// Package fonts carries the font files of the program and the manifest that makes roles of them.
package fonts

import (
	_ "embed" // the files below
	"fmt"
	"unsafe"

	"yusuan/internal/typeset/font"
)

//go:embed manifest.toml
var manifest string

// The files are embedded as strings, not through embed.FS: those bytes stay in the read-only part of the program, which
// is mapped and not copied, and of which only the pages with used glyphs are ever loaded.
var (
	//go:embed FandolFang-Regular.ttf
	fandolFang string
	//go:embed gkai00mp.ttf
	gkai string
	//go:embed LiberationSerif-Regular.ttf
	liberationSerif string
	//go:embed LiberationSerif-Bold.ttf
	liberationSerifBold string
	//go:embed NotoSansSC-Medium.ttf
	notoSansMedium string
	//go:embed NotoSansSymbols2-Subset.ttf
	notoSymbols string
	//go:embed NotoSerifSC-Regular.ttf
	notoSerif string
	//go:embed NotoSerifSC-Bold.ttf
	notoSerifBold string
	//go:embed YusuanFangFallback.ttf
	fangFallback string
	//go:embed YusuanKaiFallback.ttf
	kaiFallback string
	//go:embed YusuanSansFallback-Medium.ttf
	sansFallback string
	//go:embed YusuanSerifFallback-Regular.ttf
	serifFallback string
	//go:embed YusuanSerifFallback-Bold.ttf
	serifFallbackBold string
	//go:embed YusuanSerifLight.ttf
	serifLight string
)

// Library returns the program's faces and roles. Overrides put the user's own fonts in front of them.
func Library(overrides ...font.Override) (*font.Library, error) {
	return font.Load(manifest, open, overrides)
}

// open returns a font file. Its bytes are the program's own read-only memory: a write to them is a fault.
func open(file string) ([]byte, error) {
	var s string
	switch file {
	case "FandolFang-Regular.ttf":
		s = fandolFang
	case "gkai00mp.ttf":
		s = gkai
	case "LiberationSerif-Regular.ttf":
		s = liberationSerif
	case "LiberationSerif-Bold.ttf":
		s = liberationSerifBold
	case "NotoSansSC-Medium.ttf":
		s = notoSansMedium
	case "NotoSansSymbols2-Subset.ttf":
		s = notoSymbols
	case "NotoSerifSC-Regular.ttf":
		s = notoSerif
	case "NotoSerifSC-Bold.ttf":
		s = notoSerifBold
	case "YusuanFangFallback.ttf":
		s = fangFallback
	case "YusuanKaiFallback.ttf":
		s = kaiFallback
	case "YusuanSansFallback-Medium.ttf":
		s = sansFallback
	case "YusuanSerifFallback-Regular.ttf":
		s = serifFallback
	case "YusuanSerifFallback-Bold.ttf":
		s = serifFallbackBold
	case "YusuanSerifLight.ttf":
		s = serifLight
	default:
		return nil, fmt.Errorf("font file %s is not part of the program", file)
	}
	return unsafe.Slice(unsafe.StringData(s), len(s)), nil
}
