// Command truth tells how much of what a finished document prints would be noticed if it were wrong: it reads documents, changes
// one number, sign, year or unit at a time, checks each again, and counts what is told at its place.
//
//	go run ./internal/bench/truth [-every 1] [-only sentences|tables] [-kinds digit,year] [-open|-held-out] [-list] [-last FILE] [FILE...]
//
// Without files it takes the documents that our packs print of all departments at hand. A change is noticed if there is an error
// or a warning that was not there before, and it (or one of its notes) stands in the cell or the sentence that was changed, or it
// prints the changed number among its own. Why nothing in a document could tell a change is sought by brute force over the
// numbers that are printed (reason.go), without asking what the rules know.
package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// options are what one asks for.
type options struct {
	every          int
	only           string
	kinds          map[string]bool // none for all
	open, heldOut  bool
	list, findings bool
	last           string
	template       string
	workers        int
}

func main() {
	var o options
	flag.IntVar(&o.every, "every", 1, "take one of so many changes")
	flag.StringVar(&o.only, "only", "", "sentences or tables alone")
	kinds := flag.String("kinds", "", "kinds of changes, parted by commas: "+strings.Join(kindNames(), " "))
	flag.BoolVar(&o.open, "open", false, "only documents whose name has an even hash")
	flag.BoolVar(&o.heldOut, "held-out", false, "only documents whose name has an odd hash")
	flag.BoolVar(&o.list, "list", false, "list each change that nothing notices")
	flag.BoolVar(&o.findings, "findings", false, "list what is found before anything is changed")
	flag.StringVar(&o.last, "last", "", "a finished document of last year, for all files")
	flag.StringVar(&o.template, "template", "", "the pack, for all files")
	flag.IntVar(&o.workers, "workers", 2, "changes that are checked at a time")
	flag.Parse()
	if *kinds != "" {
		o.kinds = map[string]bool{}
		for k := range strings.SplitSeq(*kinds, ",") {
			o.kinds[k] = true
		}
	}
	if err := run(flag.Args(), &o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(files []string, o *options) error {
	s, err := shared()
	if err != nil {
		return err
	}
	l := &library{s: s}
	defer l.close()
	docs, err := l.all(files, o)
	if err != nil {
		return err
	}
	var total tally
	for i := range docs {
		d := &docs[i]
		if !o.takes(d.name) {
			continue
		}
		began := time.Now()
		t, err := examine(s, l, d, o)
		if err != nil {
			return fmt.Errorf("%s: %w", d.name, err)
		}
		if t == nil {
			continue
		}
		t.took = time.Since(began)
		fmt.Print(t.table(d.name))
		total.add(t)
	}
	fmt.Print(total.table("total"))
	return nil
}

// takes reports whether a document is of the half that is asked for.
func (o *options) takes(name string) bool {
	odd := sha256.Sum256([]byte(path.Base(filepath.ToSlash(name))))[0]%2 == 1
	return !(o.open && odd) && !(o.heldOut && !odd)
}
