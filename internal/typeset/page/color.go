package page

import _ "embed" // the colour profile

// srgb is sRGB-v4.icc of Compact-ICC-Profiles by Clinton Ingram, CC0 1.0.
//
//go:embed srgb.icc
var srgb []byte

// SRGB is the profile of the colours of pages, which nobody changes.
func SRGB() []byte { return srgb }
