//go:build linux

package main

import (
	"fmt"
	"time"
)

const mib = 1 << 20

// print shows the memory over time, what was measured, and what it means for a country.
func (o *options) print(first, again *watched, size int64) {
	fmt.Println("seconds  departments  a second  resident MiB  anonymous  of files")
	const rows = 20
	shown := 0
	for i, s := range first.samples {
		if i < len(first.samples)-1 && s.documents*rows < shown*o.n {
			continue
		}
		shown = s.documents*rows/o.n + 1
		fmt.Printf("%7.0f %12d %9.1f %13.1f %10.1f %9.1f\n", s.at.Seconds(), s.documents, float64(s.documents)/s.at.Seconds(),
			kib(s.rss), kib(s.anon), kib(s.file))
	}
	rate := float64(o.n) / first.wall.Seconds()
	allowed := int64(64 + 16*o.jobs + 3*o.n/2000) // as README has it
	fmt.Printf("%d departments, %d workers: %s, %.1f a second, cpu %.2f ms each, %.0f KiB each\n", o.n, o.jobs, round(first.wall), rate,
		first.cpu.Seconds()*1000/float64(o.n), float64(size)/1024/float64(o.n))
	fmt.Printf("%s peak %d MiB, at most %d; %.1f anonymous, %.1f of files\n", met(first.peak <= allowed*mib), first.peak/mib, allowed, kib(first.anon), kib(first.file))
	fmt.Printf("anonymous memory grows by %.0f bytes a department after the first quarter\n", growth(first.samples, o.n/4))
	fmt.Printf("again, nothing changed: %.2f s, %.2f ms each, peak %d MiB\n", again.wall.Seconds(), again.wall.Seconds()*1000/float64(o.n), again.peak/mib)
	one := time.Duration(float64(country) / rate * float64(time.Second))
	fmt.Printf("projection for %d: one such machine %s, %d of them with a shard each %s; %.0f GiB of documents\n", country, round(one), o.machines,
		round(one/time.Duration(o.machines)), float64(size)/float64(o.n)*country/(1<<30))
}

func kib(n int64) float64 { return float64(n) / 1024 }

func met(ok bool) string {
	if ok {
		return "met    "
	}
	return "NOT MET"
}

func round(d time.Duration) string { return d.Round(time.Second / 10).String() }

// growth is the slope of anonymous memory over documents, by least squares, in bytes.
func growth(samples []sample, from int) float64 {
	var n, x, y, xx, xy float64
	for _, s := range samples {
		if s.documents < from {
			continue
		}
		d, a := float64(s.documents), float64(s.anon)*1024
		n, x, y, xx, xy = n+1, x+d, y+a, xx+d*d, xy+d*a
	}
	if d := n*xx - x*x; d > 0 {
		return (n*xy - x*y) / d
	}
	return 0
}
