package main

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"

	"yusuan/internal/build"
	"yusuan/internal/diag"
	"yusuan/internal/money"
	"yusuan/internal/read/paper"
	"yusuan/internal/recognise"
)

// verdict is how a change was noticed.
type verdict int

const (
	unnoticed verdict = iota
	elsewhere         // something new is told, but not of it
	named             // what is told elsewhere prints the changed number
	noted             // a note of what is told stands at it
	told              // what is told stands at it
)

func (v verdict) noticed() bool { return v >= named }

// exam is a document under examination.
type exam struct {
	s       *build.Shared
	in      build.FinishedInput
	sites   []site
	numbers []number
	found   *recognise.Found
	before  map[string]bool
	seed    string
}

// examine reads a document, makes all changes that are asked for, and counts. It is nil for one that is no budget document.
func examine(s *build.Shared, l *library, d *document, o *options) (*tally, error) {
	x, found, err := begin(s, d, o)
	if err != nil || found == nil {
		return nil, err
	}
	units := unitsIn(found)
	for i := range x.sites {
		x.numbers = append(x.numbers, numbersOf(&x.sites[i], units[x.sites[i].block])...)
	}
	var todo []change
	t := &tally{documents: 1}
	for i := range x.numbers {
		in := x.sites[x.numbers[i].site].inTable()
		if o.only == "sentences" && in || o.only == "tables" && !in {
			continue
		}
		for _, c := range changesOf(i, &x.numbers[i], d.name) {
			if (o.kinds == nil || o.kinds[c.kind]) && roll(d.name, fmt.Sprint(x.numbers[i].site, x.numbers[i].start), c.kind)%o.every == 0 {
				todo = append(todo, c)
			}
		}
	}
	verdicts, err := x.tryAll(todo, o.workers)
	if err != nil {
		return nil, err
	}
	r := reasonsFor(x, found)
	for k := range todo {
		c := &todo[k]
		why := ""
		if !verdicts[k].noticed() {
			why = r.why(c)
		}
		t.count(x, c, verdicts[k], why, o.list)
	}
	return t, nil
}

// tryAll makes all changes, by so many workers.
func (x *exam) tryAll(todo []change, workers int) ([]verdict, error) {
	verdicts, failed := make([]verdict, len(todo)), make([]error, workers)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			own := clone(x.in.Document)
			for k := w; k < len(todo) && failed[w] == nil; k += workers {
				if w == 0 && k%50 == 0 {
					fmt.Fprintf(os.Stderr, "\r%s %d/%d ", x.seed, k, len(todo))
				}
				verdicts[k], failed[w] = x.try(own, &todo[k])
			}
		})
	}
	wait.Wait()
	fmt.Fprint(os.Stderr, "\r\x1b[K")
	return verdicts, errors.Join(failed...)
}

// begin reads a document and checks it as it is.
func begin(s *build.Shared, d *document, o *options) (*exam, *recognise.Found, error) {
	p, err := d.read()
	if err != nil {
		return nil, nil, err
	}
	x := &exam{s: s, seed: d.name, in: build.FinishedInput{Name: d.name, Document: p, Template: o.template}}
	if d.last != nil {
		if x.in.Last, err = d.last(); err != nil {
			return nil, nil, err
		}
		x.in.LastName = d.lastName
	}
	first, err := s.Finished(x.in)
	if err != nil {
		return nil, nil, err
	}
	if first.Found == nil {
		fmt.Printf("%s: no budget document\n", d.name)
		return nil, nil, nil
	}
	x.in.Template = first.Found.Pack.ID
	x.sites = lay(p, first.Found)
	base, err := s.Finished(x.in)
	if err != nil {
		return nil, nil, err
	}
	x.before = map[string]bool{}
	for _, f := range base.Diags.Sorted() {
		if f.Level > diag.Note {
			x.before[keyOf(&f)] = true
			if o.findings {
				fmt.Printf("%s: %s %v %s %s (%s, %s)\n", d.name, f.At, f.Level, f.Rule, f.Message, f.Stated, f.Want)
			}
		}
	}
	return x, base.Found, nil
}

// keyOf is a finding by what it says.
func keyOf(d *diag.Diagnostic) string {
	return strings.Join([]string{d.Rule, d.At.String(), d.Message, d.Stated, d.Want}, "\x00")
}

// unitsIn are the units of amounts of tables, by their blocks.
func unitsIn(f *recognise.Found) map[int]string {
	out := map[int]string{}
	for _, t := range f.Tables {
		out[t.Block] = "万元"
		if t.Unit == money.Yuan {
			out[t.Block] = "元"
		}
	}
	return out
}

// try makes a change in a document of one's own, checks it, and puts it back.
func (x *exam) try(d *paper.Document, c *change) (verdict, error) {
	n := &x.numbers[c.number]
	s := &x.sites[n.site]
	undo := s.put(d, c.made(n, s.text))
	defer undo()
	in := x.in
	in.Document = d
	after, err := x.s.Finished(in)
	if err != nil {
		return unnoticed, err
	}
	best := unnoticed
	for _, f := range after.Diags.Sorted() {
		if f.Level > diag.Note && !x.before[keyOf(&f)] {
			best = max(best, x.of(after, &f, s, c))
		}
	}
	return best, nil
}

// of tells whether a finding is told of a change.
func (x *exam) of(after *build.Finished, f *diag.Diagnostic, s *site, c *change) verdict {
	at := s.covers
	if x.numbers[c.number].sort == unitWord { // of all numbers of its table
		at = func(p paper.Place) bool {
			return slices.ContainsFunc(x.ofBlock(s.block), func(o site) bool { return o.covers(p) })
		}
	}
	if slices.ContainsFunc(after.Boxes(*f), at) {
		return told
	}
	for _, raw := range after.Work.Diags.Sorted() { // as it was typed: its notes lead to paper
		if raw.Rule != f.Rule || raw.Message != f.Message || raw.Stated != f.Stated {
			continue
		}
		for _, note := range raw.Notes {
			if slices.ContainsFunc(after.Typed.At(note.At), at) {
				return noted
			}
		}
	}
	all := f.Message + " " + f.Stated + " " + f.Want
	for _, n := range f.Notes {
		all += " " + n.Text
	}
	if c.kind != otherWay && prints(all, c.with) {
		return named
	}
	return elsewhere
}

// ofBlock are the sites of a table.
func (x *exam) ofBlock(block int) []site {
	from := slices.IndexFunc(x.sites, func(s site) bool { return s.block == block })
	end := from
	for end < len(x.sites) && x.sites[end].block == block {
		end++
	}
	return x.sites[from:end]
}

var digits = regexp.MustCompile(`[0-9][0-9,]*(?:\.[0-9]+)?`)

// prints reports whether a text has a number of at least three digits in it.
func prints(text, number string) bool {
	bare := strings.ReplaceAll(number, ",", "")
	if len(strings.TrimLeft(strings.ReplaceAll(bare, ".", ""), "0")) < 3 {
		return false
	}
	for _, m := range digits.FindAllString(text, -1) {
		if strings.ReplaceAll(m, ",", "") == bare {
			return true
		}
	}
	return false
}
