package main

import (
	"fmt"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"

	"yusuan/internal/build"
	"yusuan/internal/ofd"
	"yusuan/internal/pdf"
)

// mostOf is how much of the time of a warm PDF, from its data on, the other forms of a checked and composed document may take.
var mostOf = map[build.Form]float64{build.HTML: 0.3, build.Article: 0.3, build.Data: 0.5, build.Workbook: 2}

// forms measures each form of one document beside its PDF.
func (b *bench) forms(rounds int, warm time.Duration) error {
	w, err := b.shared.Check(build.Input{Data: b.files, Dir: sample})
	if err != nil {
		return err
	}
	pages := w.Typeset()
	for _, f := range build.Forms() {
		if f.Archived() {
			continue // PDF is what the others are held against, OFD has its own line
		}
		var best time.Duration
		var size int
		for r := range 4*rounds + 1 { // the first only warms
			runtime.GC()
			const n = 5
			var memory build.Memory
			start := cpu()
			for range n {
				file, err := w.Make(f, pages, &memory)
				if err != nil {
					return fmt.Errorf("%s: %w", f, err)
				}
				size = len(file)
			}
			if d := (cpu() - start) / n; r == 1 || r > 1 && d < best {
				best = d
			}
		}
		part := ms(best) / ms(warm)
		fmt.Printf("%-8s of the same document, %4d KiB  cpu %7.2f ms  %.2f of a warm PDF, at most %.1f: %s\n", f, size>>10, ms(best), part, mostOf[f], met(part <= mostOf[f]))
	}
	return nil
}

// packages measures the writing of OFD beside that of PDF, of the same pages, as a batch does it: both with their data and into
// memory that was used before. How the two compare is told and not judged; the program itself writes
// level 1.
func (b *bench) packages(rounds int) error {
	w, err := b.shared.Check(build.Input{Data: b.files, Dir: sample})
	if err != nil {
		return err
	}
	pages := w.Typeset()
	var inPDF pdf.Memory
	least := func(write func() ([]byte, error)) (best time.Duration, size int, err error) {
		const n = 10
		for r := range 2*rounds + 1 { // the first only warms
			runtime.GC()
			start := cpu()
			for range n {
				file, err := write()
				if err != nil {
					return 0, 0, err
				}
				size = len(file)
			}
			if d := (cpu() - start) / n; r == 1 || r > 1 && d < best {
				best = d
			}
		}
		return best, size, nil
	}
	of, beside, err := least(func() ([]byte, error) {
		file, err := w.PDF(pages, &inPDF)
		inPDF.Reuse(file)
		return file, err
	})
	if err != nil {
		return err
	}
	fmt.Printf("writing PDF alone                %5d KiB  cpu %7.2f ms\n", beside>>10, ms(of))
	for _, level := range []int{1, 5, 9} {
		var inOFD ofd.Memory
		took, size, err := least(func() ([]byte, error) {
			file, err := ofd.Write(pages, ofd.Options{Level: level}, &inOFD)
			inOFD.Reuse(file)
			return file, err
		})
		if err != nil {
			return fmt.Errorf("level %d: %w", level, err)
		}
		fmt.Printf("writing OFD, compressed at level %d %3d KiB  cpu %7.2f ms  %.2f of PDF's time, %.3f of its size\n", level, size>>10, ms(took), ms(took)/ms(of), float64(size)/float64(beside))
	}
	return nil
}

// inAllForms measures a batch that makes all forms.
func inAllForms(program, data, out string, departments int) error {
	var names []string
	for _, f := range build.Forms() {
		names = append(names, string(f))
	}
	for _, jobs := range []int{1, 2} {
		for _, formats := range slices.Compact([]string{names[0], strings.Join(names, ",")}) {
			c := exec.Command(program, "batch", data, "-o", fmt.Sprintf("%s-%d", out, len(formats)), "--force", "--jobs", fmt.Sprint(jobs), "--formats", formats)
			start := time.Now()
			if msg, err := c.CombinedOutput(); err != nil {
				return fmt.Errorf("%v: %w\n%s", c.Args, err, msg)
			}
			took := time.Since(start)
			used := c.ProcessState.UserTime() + c.ProcessState.SystemTime()
			peak := peakMemory(c.ProcessState)
			fmt.Printf("batch of %d as %s, %d workers  %6.1f a second, cpu %6.2f ms each, peak %d MiB, at most %d: %s\n", departments, formats, jobs,
				float64(departments)/took.Seconds(), ms(used)/float64(departments), peak>>20, 64+16*jobs, met(peak <= int64(64+16*jobs)<<20))
		}
	}
	return nil
}
