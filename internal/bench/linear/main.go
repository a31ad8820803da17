// Command linear measures whether cost grows in proportion to the data: departments of one, ten and a hundred times as many
// rows of a kind, and for each step of the pipeline the CPU time and memory of a row. A step is out of proportion where its
// hundredfold takes more than 1.3 times ten of its tenfold.
//
// Each department is made in a process of its own, so that its peak of memory is its own. CPU time counts, all threads', the
// garbage collector's with it, and the least of several runs, since a shared machine only ever adds to it.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/testdept"
)

func main() {
	one := flag.String("one", "", "make one department of these rows and print the measures as JSON")
	dir := flag.String("dir", "", "make the department of this folder and print the measures as JSON")
	n := flag.Int("n", 0, "how many rows")
	least := flag.Int("least", 200, "rows of the smallest department")
	kinds := flag.String("kinds", strings.Join(append(testdept.LargeKinds(), tableRows), ","), "rows to measure")
	profile := flag.String("cpuprofile", "", "file for a CPU profile of -one or -dir")
	flag.Parse()
	err := func() error {
		if *one != "" || *dir != "" {
			return single(*one, *n, *dir, *profile)
		}
		return all(strings.Split(*kinds, ","), *least)
	}()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func single(kind string, n int, dir, profile string) error {
	if profile != "" {
		f, err := os.Create(profile)
		if err != nil {
			return err
		}
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	m, err := measure(kind, n, dir)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(m)
}

// inProcess measures a department in a process of its own, and keeps the least of each step.
func inProcess(kind string, n, runs int) (best measures, err error) {
	self, err := os.Executable()
	if err != nil {
		return best, err
	}
	for range runs {
		c := exec.Command(self, "-one", kind, "-n", strconv.Itoa(n))
		c.Stderr = os.Stderr
		out, err := c.Output()
		if err != nil {
			return best, fmt.Errorf("%s × %d: %w", kind, n, err)
		}
		var m measures
		if err := json.Unmarshal(out, &m); err != nil {
			return best, err
		}
		if best.Steps == nil {
			best = m
			continue
		}
		best.Peak = min(best.Peak, m.Peak)
		for i := range m.Steps {
			best.Steps[i].CPU = min(best.Steps[i].CPU, m.Steps[i].CPU)
			best.Steps[i].Bytes = min(best.Steps[i].Bytes, m.Steps[i].Bytes)
		}
	}
	return best, nil
}

// tolerance is how far from linear a step may be.
const tolerance = 1.3

func all(kinds []string, least int) error {
	var bent []string
	for _, kind := range kinds {
		var m [3]measures
		sizes := [...]int{least, 10 * least, 100 * least}
		for i, n := range sizes {
			var err error
			if m[i], err = inProcess(kind, n, [...]int{3, 5, 2}[i]); err != nil {
				return err
			}
		}
		fmt.Printf("\n%s: %d, %d, %d rows; %d pages; in all %.2f s CPU, peak %d MB\n", kind, sizes[0], sizes[1], sizes[2], m[2].Pages, m[2].total().Seconds(), m[2].Peak>>20)
		fmt.Printf("  %-8s %28s %28s   %s\n", "step", "µs CPU a row", "bytes allocated a row", "100× against ten times 10×")
		for s := range m[0].Steps {
			if s >= len(m[2].Steps) {
				fmt.Printf("  %-8s not measured of %d %s: see rechecked\n", m[0].Steps[s].Name, sizes[2], kind)
				continue
			}
			var us, bytes []string
			for i, n := range sizes {
				us = append(us, fmt.Sprintf("%8.1f", float64(m[i].Steps[s].CPU.Nanoseconds())/1000/float64(n)))
				bytes = append(bytes, fmt.Sprintf("%8d", m[i].Steps[s].Bytes/int64(n)))
			}
			time := float64(m[2].Steps[s].CPU) / float64(max(m[1].Steps[s].CPU, 1)) / 10
			room := float64(m[2].Steps[s].Bytes) / float64(max(m[1].Steps[s].Bytes, 1)) / 10
			verdict := "ok"
			if m[2].Steps[s].CPU > grain && time > tolerance || room > tolerance {
				verdict = "OUT OF PROPORTION"
				bent = append(bent, kind+": "+m[0].Steps[s].Name)
			}
			fmt.Printf("  %-8s %s   %s   time %.2f, memory %.2f  %s\n", m[0].Steps[s].Name, strings.Join(us, " "), strings.Join(bytes, " "), time, room, verdict)
		}
	}
	if slices.Sort(bent); len(bent) > 0 {
		return fmt.Errorf("out of proportion: %s", strings.Join(bent, "; "))
	}
	fmt.Println("\nevery step grows in proportion to the data")
	return nil
}
