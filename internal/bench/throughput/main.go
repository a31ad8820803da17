// Command throughput measures what a batch costs: documents per CPU second when all is warm, by phase; one worker
// against two; the other forms of the document; OFD beside PDF, at several levels of compression; a table of 25 times the
// rows; memory, also in all forms; a cold build. CPU time is that of the whole process, so the garbage collector is in it, and the least of
// several rounds counts, since a shared machine only ever adds to it.
//
// When the folder named by -yardstick is there, its program is run in turn with the rounds and the two are compared: the
// speed of a shared machine changes within seconds.
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing/fstest"
	"time"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/batch"
	"yusuan/internal/build"
	"yusuan/internal/pdf"
	"yusuan/templates"
)

const sample = "data/2026/338"

func main() {
	yardstick := flag.String("yardstick", "../shared/spike", "folder of the program to compare with")
	rounds := flag.Int("rounds", 5, "rounds, of which the best counts")
	batches := flag.Duration("batches", 0, "measure whole processes alone, beside a warm document of so much")
	flag.Parse()
	var err error
	if *batches > 0 {
		err = processes(*rounds, *batches)
	} else {
		err = run(*yardstick, *rounds)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(yardstick string, rounds int) error {
	b, err := newBench()
	if err != nil {
		return err
	}
	warm, err := b.warm(rounds, yardstick)
	if err != nil {
		return err
	}
	if err := b.forms(rounds, warm); err != nil {
		return err
	}
	if err := b.packages(rounds); err != nil {
		return err
	}
	if err := b.rows(rounds, warm); err != nil {
		return err
	}
	if err := b.workers(rounds); err != nil {
		return err
	}
	return apart(rounds, warm)
}

// apart measures whole processes from a process of its own: what one has held counts as held by those that it starts.
func apart(rounds int, warm time.Duration) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	c := exec.Command(self, "-rounds", strconv.Itoa(rounds), "-batches", warm.String())
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	return c.Run()
}

// bench is what the rounds share.
type bench struct {
	shared *build.Shared
	files  fstest.MapFS // the sample, in memory
}

func newBench() (*bench, error) {
	batch.LimitMemory(runtime.NumCPU(), 0, 0, 0)
	lib, err := fonts.Library()
	if err != nil {
		return nil, err
	}
	b := &bench{shared: &build.Shared{Fonts: lib, Packs: templates.FS, Catalogue: data.Catalogue(), Program: "bench"}, files: fstest.MapFS{}}
	err = fs.WalkDir(os.DirFS("."), sample, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(name)
		b.files[name] = &fstest.MapFile{Data: raw}
		return err
	})
	return b, err
}

// phases are the CPU times of one document.
type phases struct{ check, layout, pdf time.Duration }

func (p phases) total() time.Duration { return p.check + p.layout + p.pdf }

// warm measures one document by phase, and the yardstick in turn with it.
func (b *bench) warm(rounds int, yardstick string) (time.Duration, error) {
	var best phases
	var theirs time.Duration
	var pages, size int
	stick, err := newYardstick(yardstick)
	if err != nil {
		return 0, err
	}
	defer stick.remove()
	for range rounds {
		var p phases
		if p, pages, size, err = b.measure(b.files, 4, 20); err != nil { // as many as the yardstick makes in a run
			return 0, err
		}
		if best.total() == 0 || p.total() < best.total() {
			best = p
		}
		d, err := stick.measure()
		if err != nil {
			return 0, err
		}
		if theirs == 0 || d < theirs {
			theirs = d
		}
	}
	fmt.Printf("warm document, %d pages, %d KiB         cpu %7.2f ms  (load, check, compose %.2f; layout %.2f; PDF %.2f)  %.1f a CPU second\n",
		pages, size>>10, ms(best.total()), ms(best.check), ms(best.layout), ms(best.pdf), 1000/ms(best.total()))
	if theirs > 0 {
		fmt.Printf("yardstick (no layout)                  cpu %7.2f ms  we make %.2f documents in the time of one, at least 1: %s\n",
			ms(theirs), ms(theirs)/ms(best.total()), met(theirs >= best.total()))
	}
	fmt.Printf("layout takes %.2f of the time of PDF writing, less than 0.33: %s\n", ms(best.layout)/ms(best.pdf), met(3*best.layout < best.pdf))
	return best.total(), nil
}

// measure makes a document n times a round and keeps the best round.
func (b *bench) measure(files fs.FS, rounds, n int) (best phases, pages, size int, err error) {
	var memory pdf.Memory
	for r := range rounds + 1 { // the first only warms
		var sum phases
		runtime.GC()
		for range n {
			p, np, ns, err := b.once(files, &memory)
			if err != nil {
				return best, 0, 0, err
			}
			sum.check, sum.layout, sum.pdf = sum.check+p.check, sum.layout+p.layout, sum.pdf+p.pdf
			pages, size = np, ns
		}
		d := time.Duration(n)
		sum = phases{sum.check / d, sum.layout / d, sum.pdf / d}
		if r == 1 || r > 1 && sum.total() < best.total() {
			best = sum
		}
	}
	return best, pages, size, nil
}

// once makes a document, in memory that the next may have, as a batch does.
func (b *bench) once(files fs.FS, memory *pdf.Memory) (p phases, pages, size int, err error) {
	t0 := cpu()
	w, err := b.shared.Check(build.Input{Data: files, Dir: sample})
	if err != nil {
		return p, 0, 0, err
	}
	t1 := cpu()
	laid := w.Typeset()
	t2 := cpu()
	if w.Diags.HasErrors() {
		return p, 0, 0, fmt.Errorf("%s has errors: %v", sample, w.Diags.Sorted()[0])
	}
	file, err := w.PDF(laid, memory)
	memory.Reuse(file)
	return phases{t1 - t0, t2 - t1, cpu() - t2}, len(laid.Pages), len(file), err
}

// rows measures the sample with 25 times the rows of its tables of projects.
func (b *bench) rows(rounds int, warm time.Duration) error {
	const times = 25
	m := fstest.MapFS{}
	for name, f := range b.files {
		m[name] = f
	}
	name := sample + "/projects.toml"
	text := string(b.files[name].Data)
	_, body, _ := strings.Cut(text, "\n[[project]]")
	var all strings.Builder
	all.WriteString(text)
	n := 1
	for range times - 1 {
		for _, p := range strings.Split(body, "\n[[project]]") {
			n++
			at := strings.Index(p, "name")
			quote := at + strings.Index(p[at:], `"`) + 1
			all.WriteString("\n[[project]]" + p[:quote] + fmt.Sprint(n, " ") + p[quote:])
		}
	}
	m[name] = &fstest.MapFile{Data: []byte(all.String())}
	best, pages, size, err := b.measure(m, rounds, 4)
	if err != nil {
		return err
	}
	fmt.Printf("the same with %d times the projects, %d pages, %d KiB  cpu %7.2f ms  (%.2f; %.2f; %.2f)  %.1f times, at most 8: %s\n", times, pages, size>>10,
		ms(best.total()), ms(best.check), ms(best.layout), ms(best.pdf), ms(best.total())/ms(warm), met(best.total() <= 8*warm))
	return nil
}

// workers compares the wall time of the same work by one and by two goroutines, each with as many processors.
func (b *bench) workers(rounds int) error {
	if runtime.NumCPU() < 2 {
		fmt.Println("one processor only: no comparison of workers")
		return nil
	}
	const documents = 40
	best := [3]time.Duration{}
	old := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(old)
	var failed error
	for range rounds {
		for n := 1; n <= 2; n++ {
			runtime.GOMAXPROCS(n)
			runtime.GC()
			start := time.Now()
			var all sync.WaitGroup
			errs := make([]error, n)
			for g := range n {
				all.Go(func() {
					var memory pdf.Memory
					for range documents / n {
						if _, _, _, err := b.once(b.files, &memory); err != nil {
							errs[g] = err
						}
					}
				})
			}
			all.Wait()
			for _, err := range errs {
				if err != nil {
					failed = err
				}
			}
			if d := time.Since(start); best[n] == 0 || d < best[n] {
				best[n] = d
			}
		}
	}
	fmt.Printf("one worker %.1f, two workers %.1f documents a second: %.2f times, at least 1.8: %s\n", documents/best[1].Seconds(), documents/best[2].Seconds(),
		best[1].Seconds()/best[2].Seconds(), met(best[1].Seconds() >= 1.8*best[2].Seconds()))
	return failed
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
