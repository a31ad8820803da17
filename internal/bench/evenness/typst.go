package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"yusuan/internal/typeset/par"
)

// typst sets the same paragraphs, in the same size and measure, with faces whose characters are as wide, and returns its
// lines with how far Han stand apart, and its version: "" where it is not installed.
func typst(asked []par.Paragraph) ([]par.Line, string, error) {
	compile, version := installed()
	if compile == nil {
		return nil, "", nil
	}
	dir, err := os.MkdirTemp("", "evenness")
	if err != nil {
		return nil, "", err
	}
	defer os.RemoveAll(dir)
	source, drawing := filepath.Join(dir, "lines.typ"), filepath.Join(dir, "lines.svg")
	if err := os.WriteFile(source, []byte(typstSource(asked)), 0o600); err != nil {
		return nil, "", err
	}
	if out, err := compile(source, drawing).CombinedOutput(); err != nil {
		return nil, "", fmt.Errorf("typst: %w\n%s", err, out)
	}
	f, err := os.Open(drawing)
	if err != nil {
		return nil, "", err
	}
	defer f.Close()
	rows, err := drawn(f)
	if err != nil {
		return nil, "", err
	}
	lines, err := typstLines(asked, rows)
	return lines, version, err
}

// installed finds typst as a command or as a module of python3.
func installed() (compile func(from, to string) *exec.Cmd, version string) {
	if out, err := exec.Command("typst", "--version").Output(); err == nil {
		return func(from, to string) *exec.Cmd {
			return exec.Command("typst", "compile", "--font-path", "fonts", from, to)
		}, strings.TrimSpace(string(out))
	}
	if out, err := exec.Command("python3", "-c", "import typst; print('typst', typst.__version__)").Output(); err == nil {
		return func(from, to string) *exec.Cmd {
			return exec.Command("python3", "-c", "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], format='svg', font_paths=['fonts'])", from, to)
		}, strings.TrimSpace(string(out))
	}
	return nil, ""
}

// typstSource asks for each paragraph as a block of the measure, on one page.
func typstSource(asked []par.Paragraph) string {
	var b strings.Builder
	b.WriteString("#set page(width: 300mm, height: auto, margin: 10mm)\n" +
		"#set text(font: ((name: \"Liberation Serif\", covers: \"latin-in-cjk\"), \"Noto Serif SC\"), lang: \"zh\", region: \"cn\")\n")
	for i := range asked {
		p := &asked[i]
		text := ""
		for _, s := range p.Spans {
			text += s.Text
		}
		fmt.Fprintf(&b, "#block(width: %spt, par(justify: true, first-line-indent: (amount: %spt, all: true), text(size: %spt, %s)))\n",
			p.Measure, p.FirstIndent, p.Spans[0].Size, typstString(text))
	}
	return b.String()
}

func typstString(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}

// row is what stands on one line of a drawing: where its characters begin, in points.
type row struct {
	y  float64
	at []float64
}

// drawn reads the characters of a drawing, line by line.
func drawn(r io.Reader) (rows []row, err error) {
	d := xml.NewDecoder(r)
	var x, y float64 // of the groups that are open
	var back [][2]float64
	for {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return rows, nil
		case err != nil:
			return nil, err
		}
		switch e := token.(type) {
		case xml.StartElement:
			back = append(back, [2]float64{x, y})
			dx, dy := moved(attribute(&e, "transform"))
			x, y = x+dx, y+dy
			if e.Name.Local != "use" {
				continue
			}
			at, err := strconv.ParseFloat(attribute(&e, "x"), 64)
			if err != nil {
				return nil, err
			}
			if len(rows) == 0 || math.Abs(rows[len(rows)-1].y-y) > 3 {
				rows = append(rows, row{y: y})
			}
			rows[len(rows)-1].at = append(rows[len(rows)-1].at, x+at)
		case xml.EndElement:
			x, y = back[len(back)-1][0], back[len(back)-1][1]
			back = back[:len(back)-1]
		}
	}
}

func attribute(e *xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// moved is how far translate(x y) or matrix(a b c d x y) moves.
func moved(transform string) (x, y float64) {
	open, end := strings.IndexByte(transform, '('), strings.IndexByte(transform, ')')
	if open < 0 || end < open {
		return 0, 0
	}
	numbers := strings.FieldsFunc(transform[open+1:end], func(r rune) bool { return r == ' ' || r == ',' })
	if len(numbers) < 2 {
		return 0, 0
	}
	x, _ = strconv.ParseFloat(numbers[len(numbers)-2], 64)
	y, _ = strconv.ParseFloat(numbers[len(numbers)-1], 64)
	return x, y
}

// typstLines tells which characters of the paragraphs the lines hold: all that are drawn, in their order.
func typstLines(asked []par.Paragraph, rows []row) (lines []par.Line, err error) {
	for i := range asked {
		var text []rune
		for _, s := range asked[i].Spans {
			for _, r := range s.Text {
				if !unicode.IsSpace(r) {
					text = append(text, r)
				}
			}
		}
		for len(text) > 0 {
			if len(rows) == 0 || len(rows[0].at) > len(text) {
				return nil, fmt.Errorf("typst: paragraph %d is not drawn character by character", i+1)
			}
			n := len(rows[0].at)
			lines = append(lines, par.Line{Open: apart(text[:n], rows[0].at, float64(asked[i].Spans[0].Size)/1000), Forced: n == len(text)})
			text, rows = text[n:], rows[1:]
		}
	}
	return lines, nil
}

// apart is how far the Han of a line stand apart at most, in thousandths of an em.
func apart(text []rune, at []float64, size float64) (widest int) {
	for i := 1; i < len(text); i++ {
		if unicode.Is(unicode.Han, text[i-1]) && unicode.Is(unicode.Han, text[i]) {
			widest = max(widest, int(math.Round((at[i]-at[i-1]-size)*1000/size)))
		}
	}
	return widest
}
