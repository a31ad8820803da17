package web

import (
	"yusuan/internal/budget"
	"yusuan/internal/desk"
	"yusuan/internal/diag"
)

// What windows are told, as JSON.

type wireField struct {
	Key      string   `json:"key"`
	Title    string   `json:"title"`
	Kind     string   `json:"kind"`
	List     string   `json:"list,omitempty"`
	Words    []string `json:"words,omitempty"`
	Open     bool     `json:"open,omitempty"`
	Required bool     `json:"required,omitempty"`
	Repeated bool     `json:"repeated,omitempty"`
	Names    bool     `json:"names,omitempty"`
	Least    int      `json:"least,omitempty"`
	Most     int      `json:"most,omitempty"`
	Help     string   `json:"help,omitempty"`
}

type wireItem struct {
	Table    string   `json:"table"`
	Key      string   `json:"key"`
	Title    string   `json:"title"`
	Kind     string   `json:"kind"`
	List     string   `json:"list,omitempty"`
	Words    []string `json:"words,omitempty"`
	Open     bool     `json:"open,omitempty"`
	Required bool     `json:"required,omitempty"`
	Repeated bool     `json:"repeated,omitempty"`
	Family   string   `json:"family,omitempty"`
	Form     string   `json:"form,omitempty"`
	Help     string   `json:"help,omitempty"`
}

type wireTable struct {
	Name     string      `json:"name"`
	Title    string      `json:"title"`
	What     string      `json:"what,omitempty"`
	File     string      `json:"file,omitempty"`
	Parent   string      `json:"parent,omitempty"`
	Many     bool        `json:"many,omitempty"`
	Required bool        `json:"required,omitempty"`
	Own      string      `json:"own,omitempty"`
	Fields   []wireField `json:"fields"`
	Items    []wireItem  `json:"items,omitempty"`
}

type wireValue struct {
	Key      string   `json:"key"`
	Text     string   `json:"text"`
	Items    []string `json:"items,omitempty"`
	Problems int      `json:"problems,omitempty"`
}

type wireRow struct {
	ID       string      `json:"id"`
	Table    string      `json:"table"`
	File     string      `json:"file"`
	Parent   string      `json:"parent,omitempty"`
	Unit     string      `json:"unit"`
	Title    string      `json:"title"`
	Digest   string      `json:"digest"`
	Problems int         `json:"problems,omitempty"`
	Values   []wireValue `json:"values"`
}

type wirePage struct {
	Hash  string `json:"hash"`
	Body  string `json:"body"`
	W     int64  `json:"w"` // thousandths of a point
	H     int64  `json:"h"`
	Label string `json:"label"`
}

type wireHeading struct {
	Title string `json:"title"`
	Level int    `json:"level"`
	Page  int    `json:"page"`
	Y     int64  `json:"y"`
}

type wireProblem struct {
	ID      string     `json:"id"`
	Level   string     `json:"level"` // error, warning, note
	Rule    string     `json:"rule"`
	Message string     `json:"message"`
	Hint    string     `json:"hint,omitempty"`
	Ready   string     `json:"ready,omitempty"` // TOML to copy
	Stated  string     `json:"stated,omitempty"`
	Want    string     `json:"want,omitempty"`
	Apart   string     `json:"diff,omitempty"`
	Notes   []wireNote `json:"notes,omitempty"`
	Row     string     `json:"row,omitempty"`
	Key     string     `json:"key,omitempty"`
	Place   string     `json:"place,omitempty"`
}

type wireNote struct {
	Text  string `json:"text"`
	Place string `json:"place,omitempty"`
}

type wireConflict struct {
	ID     string `json:"id"`
	Row    string `json:"row"`
	Key    string `json:"key"`
	What   string `json:"what"`
	Mine   string `json:"mine"`
	Theirs string `json:"theirs"`
}

// wireBlocked is a file of which somebody has to say whose it is to be.
type wireBlocked struct {
	File string `json:"file"`
	Why  string `json:"why"`
}

type wireRefusal struct {
	Change  int    `json:"change"`
	Row     string `json:"row"`
	Key     string `json:"key"`
	Message string `json:"message"`
}

type wireNumber struct {
	Title    string      `json:"title"`
	Words    string      `json:"words,omitempty"`
	Address  string      `json:"address,omitempty"`
	Kind     string      `json:"kind"`
	Formula  string      `json:"formula"`
	Ranges   []string    `json:"ranges"`
	Exact    string      `json:"exact"`
	Printed  string      `json:"printed"`
	Unit     string      `json:"unit"`
	Adjusted bool        `json:"adjusted,omitempty"`
	Lines    []wireEntry `json:"lines"`
	Of       *wireNumber `json:"of,omitempty"`
	Over     *wireNumber `json:"over,omitempty"`
}

type wireEntry struct {
	Row    string `json:"row,omitempty"`
	Key    string `json:"key,omitempty"`
	Title  string `json:"title"`
	Words  string `json:"words"`
	Amount string `json:"amount"`
	Place  string `json:"place"`
}

// kindNames are the names of kinds in scripts.
var kindNames = map[budget.FieldKind]string{
	budget.FieldNone: "", budget.FieldText: "text", budget.FieldLong: "long", budget.FieldPasted: "pasted", budget.FieldAmount: "amount",
	budget.FieldWhole: "whole", budget.FieldYear: "year", budget.FieldYesNo: "bool", budget.FieldDate: "date", budget.FieldListed: "word",
	budget.FieldCode: "code", budget.FieldUnit: "unit", budget.FieldFunction: "function", budget.FieldEconomic: "economic",
	budget.FieldClassified: "classified", budget.FieldProject: "project", budget.FieldGoal: "goal", budget.FieldTemplate: "template",
	budget.FieldPart: "part", budget.FieldForm: "form", budget.FieldFigure: "figure", budget.FieldRole: "role", budget.FieldFile: "file",
	budget.FieldTexts: "texts", budget.FieldAmounts: "amounts",
}

func tableOf(t *desk.Table) wireTable {
	out := wireTable{Name: t.Name, Title: t.Label, What: t.What, File: t.File, Parent: t.Parent, Many: t.Repeated, Required: t.Required,
		Own: kindNames[t.Own], Fields: []wireField{}}
	for i := range t.Fields {
		f := &t.Fields[i]
		out.Fields = append(out.Fields, wireField{Key: f.Key, Title: f.Label, Kind: kindNames[f.Kind], List: f.List, Words: f.Words, Open: f.Open,
			Required: f.Required, Repeated: f.Repeated, Names: f.Names(), Least: f.Least, Most: f.Most, Help: f.What})
	}
	for i := range t.Items {
		x := &t.Items[i]
		out.Items = append(out.Items, wireItem{Table: x.Table, Key: x.Key, Title: x.Label, Kind: kindNames[x.Kind], List: x.List, Words: x.Words,
			Open: x.Open, Required: x.Required, Repeated: x.Repeated, Family: x.Family, Form: x.Form,
			Help: x.What})
	}
	return out
}

func rowOf(r *desk.Row) wireRow {
	out := wireRow{ID: r.ID, Table: r.Table, File: r.File, Parent: r.Parent, Unit: r.Unit, Title: r.Title, Digest: r.Digest, Problems: r.Problems,
		Values: make([]wireValue, len(r.Values))}
	for i := range r.Values {
		v := &r.Values[i]
		out.Values[i] = wireValue{v.Key, v.Text, v.Items, v.Problems}
	}
	return out
}

func problemOf(p *desk.Problem, folder string) wireProblem {
	out := wireProblem{ID: p.ID, Level: levels[p.Level], Rule: p.Rule, Message: p.Message, Hint: p.Hint, Ready: p.Ready, Stated: p.Stated, Want: p.Want, Apart: p.Diff,
		Row: p.Row, Key: p.Key, Place: p.At.Below(folder)}
	for _, n := range p.Notes {
		out.Notes = append(out.Notes, wireNote{n.Text, n.At.Below(folder)})
	}
	return out
}

var levels = map[diag.Level]string{diag.Error: "error", diag.Warning: "warning", diag.Note: "note"}

// wireBroken is a file that is mended in its text.
type wireBroken struct {
	File     string        `json:"file"`
	Text     string        `json:"text"`
	Problems []wireProblem `json:"problems"`
}

func brokenOf(list []desk.Broken, folder string) []wireBroken {
	out := make([]wireBroken, len(list))
	for i := range list {
		out[i] = wireBroken{list[i].File, list[i].Text, []wireProblem{}}
		for j := range list[i].Problems {
			out[i].Problems = append(out[i].Problems, problemOf(&list[i].Problems[j], folder))
		}
	}
	return out
}

func conflictsOf(list []desk.Conflict) []wireConflict {
	out := make([]wireConflict, len(list))
	for i, c := range list {
		out[i] = wireConflict{c.ID, c.Row, c.Key, c.What, c.Mine, c.Theirs}
	}
	return out
}

func blockedOf(list []desk.Blocked) []wireBlocked {
	out := make([]wireBlocked, len(list))
	for i, b := range list {
		out[i] = wireBlocked(b)
	}
	return out
}

func numberOf(n *desk.Number, folder string) *wireNumber {
	if n == nil {
		return nil
	}
	out := &wireNumber{Title: n.Title, Words: n.Words, Address: n.Address, Kind: n.Kind, Formula: n.Formula, Ranges: append([]string{}, n.Ranges...),
		Exact: n.Exact, Printed: n.Printed, Unit: n.Unit, Adjusted: n.Adjusted, Lines: []wireEntry{}, Of: numberOf(n.Of, folder), Over: numberOf(n.Over, folder)}
	for _, e := range n.Lines {
		out.Lines = append(out.Lines, wireEntry{e.Row, e.Key, e.Title, e.Words, e.Amount, e.At.Below(folder)})
	}
	return out
}
