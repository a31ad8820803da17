// Command cold compares a cold `yusuan build` of a department with a plain fpdf program that prints the same text with
// four full fonts: both as processes of their own, alternating, in one run. Times of a shared machine mean little by
// themselves; the ratio is what to look at.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/go-pdf/fpdf"

	"yusuan/data"
	"yusuan/fonts"
	"yusuan/internal/build"
	"yusuan/templates"
)

// run is a piece of text as the plain program prints it.
type run struct {
	X, Y, Size float64
	Font       int
	Text       string
}

type sheet struct {
	W, H float64
	Runs []run
}

// faces are the four full fonts of the plain program.
var faces = [...]string{"NotoSerifSC-Regular.ttf", "NotoSansSC-Medium.ttf", "FandolFang-Regular.ttf", "gkai00mp.ttf"}

const rounds = 7

func main() {
	var err error
	if len(os.Args) == 4 && os.Args[1] == "plain" {
		err = plain(os.Args[2], os.Args[3])
	} else {
		err = compare("data/2026/338")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func compare(dir string) error {
	tmp, err := os.MkdirTemp("", "cold")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	yusuan, self := filepath.Join(tmp, "yusuan"), filepath.Join(tmp, "cold")
	for out, pkg := range map[string]string{yusuan: "./cmd/yusuan", self: "./internal/bench/cold"} {
		if msg, err := exec.Command("go", "build", "-trimpath", "-o", out, pkg).CombinedOutput(); err != nil {
			return fmt.Errorf("go build %s: %w\n%s", pkg, err, msg)
		}
	}
	text := filepath.Join(tmp, "text.json")
	if err := extract(dir, text); err != nil {
		return err
	}
	var ours, theirs best
	for range rounds {
		if err := ours.time(exec.Command(yusuan, "build", dir, "-o", filepath.Join(tmp, "a.pdf"))); err != nil {
			return err
		}
		if err := theirs.time(exec.Command(self, "plain", text, filepath.Join(tmp, "b.pdf"))); err != nil {
			return err
		}
	}
	fmt.Printf("cold yusuan build      wall %7.1f ms  cpu %7.1f ms  %s\n", ms(ours.wall), ms(ours.cpu), size(tmp, "a.pdf"))
	fmt.Printf("cold plain fpdf        wall %7.1f ms  cpu %7.1f ms  %s\n", ms(theirs.wall), ms(theirs.cpu), size(tmp, "b.pdf"))
	fmt.Printf("ratio                  wall %7.2f     cpu %7.2f\n", ms(ours.wall)/ms(theirs.wall), ms(ours.cpu)/ms(theirs.cpu))
	return nil
}

// best is the least of several runs.
type best struct{ wall, cpu time.Duration }

func (b *best) time(c *exec.Cmd) error {
	start := time.Now()
	if msg, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", c.Path, err, msg)
	}
	wall := time.Since(start)
	cpu := c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	if b.wall == 0 || wall < b.wall {
		b.wall = wall
	}
	if b.cpu == 0 || cpu < b.cpu {
		b.cpu = cpu
	}
	return nil
}

func ms(d time.Duration) float64 { return float64(d) / 1e6 }

func size(dir, name string) string {
	info, err := os.Stat(filepath.Join(dir, name))
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%d bytes", info.Size())
}

// extract writes the text of the department's pages, with its places, for the plain program.
func extract(dir, name string) error {
	lib, err := fonts.Library()
	if err != nil {
		return err
	}
	s := &build.Shared{Fonts: lib, Packs: templates.FS, Catalogue: data.Catalogue(), Program: "cold"}
	w, err := s.Check(build.Input{Data: os.DirFS("."), Dir: dir})
	if err != nil {
		return err
	}
	var sheets []sheet
	for _, p := range w.Typeset().Pages {
		x := sheet{W: float64(p.Width) / 1000, H: float64(p.Height) / 1000}
		for _, t := range p.Texts {
			x.Runs = append(x.Runs, run{float64(t.X) / 1000, float64(t.Y) / 1000, float64(t.Size) / 1000, int(t.Size/500) % len(faces), t.Text})
		}
		sheets = append(sheets, x)
	}
	raw, err := json.Marshal(sheets)
	if err != nil {
		return err
	}
	return os.WriteFile(name, raw, 0o600)
}

// plain is what a program does that hands its text to fpdf.
func plain(text, out string) error {
	raw, err := os.ReadFile(text)
	if err != nil {
		return err
	}
	var sheets []sheet
	if err := json.Unmarshal(raw, &sheets); err != nil {
		return err
	}
	f := fpdf.New("P", "pt", "A4", "")
	for i, name := range faces {
		b, err := os.ReadFile(filepath.Join("fonts", name))
		if err != nil {
			return err
		}
		f.AddUTF8FontFromBytes(fmt.Sprint("f", i), "", b)
	}
	f.SetAutoPageBreak(false, 0)
	for _, s := range sheets {
		orientation, size := "P", fpdf.SizeType{Wd: s.W, Ht: s.H}
		if s.W > s.H {
			orientation, size = "L", fpdf.SizeType{Wd: s.H, Ht: s.W}
		}
		f.AddPageFormat(orientation, size)
		for _, r := range s.Runs {
			f.SetFont(fmt.Sprint("f", r.Font), "", r.Size)
			f.Text(r.X, r.Y, r.Text)
		}
	}
	return f.OutputFileAndClose(out)
}
