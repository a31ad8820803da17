package main

import "yusuan/internal/recognise"

type reasons struct{ x *exam }

func reasonsFor(x *exam, f *recognise.Found) *reasons { return &reasons{x} }

func (r *reasons) why(c *change) string { return "" }
