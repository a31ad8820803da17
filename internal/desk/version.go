package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"
	"sync/atomic"

	"yusuan/internal/budget"
	"yusuan/internal/diag"
	"yusuan/internal/source"
)

// version is a file as it is or was. Once its rows have ids it is never changed.
type version struct {
	path    string
	raw     []byte
	file    *source.File
	entries []source.Entry // parents before what is in them
	ids     []int          // of the entries, the same as long as the session

	byID      map[int]int
	byAddress map[string]int
	places    func() *diag.Nest[spot]
	names     func() *source.Addresses
	rows      func() []Row
	digests   func() map[int]string
	titling   atomic.Pointer[titling]
}

// spot is a row, or a field of it.
type spot struct {
	row int
	key string
}

func newVersion(path string, raw []byte) *version {
	f, _ := source.Parse(path, raw)
	return versionOf(path, raw, f)
}

func versionOf(path string, raw []byte, f *source.File) *version {
	v := &version{path: path, raw: raw, file: f, entries: f.Entries()}
	v.ids = make([]int, len(v.entries))
	v.byAddress = make(map[string]int, len(v.entries))
	for i := range v.entries {
		v.byAddress[v.entries[i].Address] = i
	}
	v.places = sync.OnceValue(v.findPlaces)
	v.names = sync.OnceValue(func() *source.Addresses {
		naming := budget.Naming()
		return source.NewAddresses(f, func(table string) []string { return naming[table] })
	})
	v.rows = sync.OnceValue(v.makeRows)
	v.digests = sync.OnceValue(v.makeDigests)
	return v
}

func (v *version) index() {
	v.byID = make(map[int]int, len(v.ids))
	for i, id := range v.ids {
		v.byID[id] = i
	}
}

// entry is a row by its id.
func (v *version) entry(id int) (*source.Entry, bool) {
	if v == nil {
		return nil, false
	}
	i, ok := v.byID[id]
	if !ok {
		return nil, false
	}
	return &v.entries[i], true
}

// up is the index of the row around a row, -1 for the top of the file: tables that only headers imply are no rows.
func (v *version) up(i int) int {
	if v.entries[i].Address == "" {
		return -1
	}
	address := v.entries[i].Parent
	for {
		if j, ok := v.byAddress[address]; ok {
			return j
		}
		dot := strings.LastIndexByte(address, '.')
		if dot < 0 {
			return v.byAddress[""]
		}
		address = address[:dot]
	}
}

// place names the list that a row is in, or the table that it is: the id of what it is in, and its keys.
type place struct {
	up    int
	table string
}

func (v *version) place(i int) place {
	up := v.up(i)
	if up < 0 {
		return place{-1, ""}
	}
	return place{v.ids[up], v.entries[i].Table}
}

// lists are the ids of the rows in each place, in their order.
func (v *version) lists() map[place][]int {
	out := map[place][]int{}
	if v == nil {
		return out
	}
	for i := range v.entries {
		p := v.place(i)
		out[p] = append(out[p], v.ids[i])
	}
	return out
}

// take gives the rows of a file the ids that lists have, in their order, parents first. Rows beyond them have none.
func (v *version) take(lists map[place][]int) {
	used := map[place]int{}
	for i := range v.entries {
		p := v.place(i)
		if n := used[p]; n < len(lists[p]) {
			v.ids[i] = lists[p][n]
			used[p]++
		}
	}
}

func (v *version) findPlaces() *diag.Nest[spot] {
	n := &diag.Nest[spot]{}
	for i := range v.entries {
		e := &v.entries[i]
		if e.Address == "" {
			continue
		}
		n.AddRange(e.At(), spot{row: v.ids[i]})
		for _, x := range e.Values() {
			n.AddRange(x.At, spot{v.ids[i], x.Key})
		}
	}
	n.Find(diag.Range{}) // puts it in order, for many readers
	return n
}

// digests tell apart what rows say with all that is in them.
func (v *version) makeDigests() map[int]string {
	deep := make([][]byte, len(v.entries))
	for i := range v.entries {
		deep[i] = []byte(v.entries[i].Table + "\n" + v.entries[i].Digest() + "\n")
	}
	out := make(map[int]string, len(v.entries))
	for i := len(v.entries) - 1; i >= 0; i-- {
		sum := sha256.Sum256(deep[i])
		out[v.ids[i]] = hex.EncodeToString(sum[:6])
		if up := v.up(i); up > 0 {
			deep[up] = append(deep[up], sum[:]...)
		}
	}
	return out
}
