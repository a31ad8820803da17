package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// States are bounded by their number: contents that several of them have lie there once, and a department's data is small.
const mostStates = 50

// State is what a data folder held before it was changed.
type State struct {
	Number int       `json:"-"`
	Time   time.Time `json:"time"`
	Why    string    `json:"why"` // what changed it
	Files  []Kept    `json:"files"`
}

// Kept is a data file of a state.
type Kept struct {
	Path string `json:"path"`
	Hash string `json:"sha256"`
}

// keep notes what the folder holds and what will be written.
func (f Folder) keep(why string, within time.Duration, files []File) error {
	now, err := f.all()
	if err != nil {
		return err
	}
	s := State{Time: f.Now().UTC().Truncate(time.Second), Why: why}
	for _, x := range now {
		if err := f.add(x.Before); err != nil {
			return err
		}
		s.Files = append(s.Files, Kept{x.Path, hash(x.Before)})
	}
	for _, x := range files {
		if x.After == nil {
			continue
		}
		if err := f.add(x.After); err != nil {
			return err
		}
	}
	states, err := f.States()
	if err != nil {
		return err
	}
	if len(states) > 0 {
		last := states[0]
		if last.Why == why && s.Time.Sub(last.Time) < within && !last.Time.After(s.Time) {
			return nil
		}
		s.Number = last.Number
	}
	return f.writeJSON(f.stateFile(s.Number+1), s)
}

func (f Folder) stateFile(n int) string { return f.own("backup", fmt.Sprintf("%04d.json", n)) }

func (f Folder) objectFile(sum string) string { return f.own("backup", "objects", sum) }

// add keeps a content.
func (f Folder) add(content []byte) error {
	name := f.objectFile(hash(content))
	if raw, err := os.ReadFile(name); err == nil && hash(raw) == hash(content) {
		return nil
	}
	return f.Write(name, content)
}

// object is a content that was kept.
func (f Folder) object(sum string) ([]byte, error) {
	if sum == "" {
		return nil, nil
	}
	if strings.Trim(sum, "0123456789abcdef") != "" {
		return nil, &fs.PathError{Op: "open", Path: sum, Err: ErrAltered}
	}
	raw, err := os.ReadFile(f.objectFile(sum))
	if err != nil {
		return nil, err
	}
	if raw == nil {
		raw = []byte{}
	}
	if hash(raw) != sum {
		return nil, &fs.PathError{Op: "open", Path: f.objectFile(sum), Err: ErrAltered}
	}
	return raw, nil
}

// States lists the states that are kept, the newest first. One that cannot be read is an error: it is somebody's work.
func (f Folder) States() ([]State, error) {
	entries, err := os.ReadDir(f.own("backup"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var out []State
	for _, e := range entries {
		number, ok := strings.CutSuffix(e.Name(), ".json")
		n, err := strconv.Atoi(number)
		if !ok || err != nil {
			continue
		}
		s := State{Number: n}
		if err := f.readJSON(filepath.Join(f.own("backup"), e.Name()), &s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b State) int { return b.Number - a.Number })
	return out, nil
}

// Restore makes the folder what it was, and says which files it changed. What it was until now is kept in turn. Where the note of
// a run that was cut off cannot be read, this is the way out: the state before that run is whole.
func (f Folder) Restore(number int, why string) (changed []File, err error) {
	err = f.alone(func() error {
		var broken *BrokenError
		if _, err := f.finish(); err != nil && !errors.As(err, &broken) {
			return err
		}
		if changed, err = f.Difference(number); err != nil {
			return err
		}
		if err = f.put(why, 0, changed); err == nil && len(changed) == 0 && broken != nil {
			err = f.settled()
		}
		return err
	})
	return changed, err
}

// Current is what the folder holds now, as a state has it.
func (f Folder) Current() ([]Kept, error) {
	now, err := f.all()
	var out []Kept
	for _, x := range now {
		out = append(out, Kept{x.Path, hash(x.Before)})
	}
	return out, err
}

// state is the state of a number; the error is ErrGone where there is none.
func (f Folder) state(number int) (State, error) {
	states, err := f.States()
	if err != nil {
		return State{}, err
	}
	i := slices.IndexFunc(states, func(s State) bool { return s.Number == number })
	if i < 0 {
		return State{}, ErrGone
	}
	return states[i], nil
}

// Then are the files of a state as they were, in After.
func (f Folder) Then(number int) ([]File, error) {
	s, err := f.state(number)
	if err != nil {
		return nil, err
	}
	var out []File
	for _, k := range s.Files {
		raw, err := f.object(k.Hash)
		if err != nil {
			return nil, err
		}
		out = append(out, File{Path: k.Path, After: raw})
	}
	return out, nil
}

// Difference is what restoring a state would write.
func (f Folder) Difference(number int) ([]File, error) {
	s, err := f.state(number)
	if err != nil {
		return nil, err
	}
	now, err := f.all()
	if err != nil {
		return nil, err
	}
	then := map[string]string{}
	for _, k := range s.Files {
		then[k.Path] = k.Hash
	}
	var out []File
	for _, x := range now {
		sum, was := then[x.Path]
		delete(then, x.Path)
		if was && sum == hash(x.Before) {
			continue
		}
		if x.After, err = f.object(sum); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	for name, sum := range then {
		after, err := f.object(sum)
		if err != nil {
			return nil, err
		}
		out = append(out, File{Path: name, After: after})
	}
	slices.SortFunc(out, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return out, nil
}

// prune drops the oldest states, and contents that no state has.
func (f Folder) prune() error {
	states, err := f.States()
	if err != nil {
		return err
	}
	used := map[string]bool{}
	for i, s := range states {
		if i >= mostStates {
			if err := os.Remove(f.stateFile(s.Number)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			continue
		}
		for _, k := range s.Files {
			used[k.Hash] = true
		}
	}
	entries, err := os.ReadDir(f.own("backup", "objects"))
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !used[e.Name()] && !strings.HasPrefix(e.Name(), ".") {
			if err := os.Remove(f.objectFile(e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}
