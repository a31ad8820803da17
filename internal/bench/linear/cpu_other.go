//go:build !unix

package main

import "time"

var began = time.Now()

// cpu is the wall time, where the CPU time is not at hand.
func cpu() time.Duration { return time.Since(began) }
