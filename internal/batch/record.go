package batch

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"yusuan/internal/budget"
	"yusuan/internal/check"
	"yusuan/internal/diag"
	"yusuan/internal/money"
)

// Status is what became of a department.
type Status string

// What may become of a department.
const (
	Made      Status = "made"      // its document is there, written by this run
	Unchanged Status = "unchanged" // its document is there and what it depends on is as it was
	Checked   Status = "checked"   // its data are good; no document of its own was asked for
	BadData   Status = "data"      // the author must mend something
	Refused   Status = "machine"   // the machine refused to read or to write
	Crashed   Status = "crash"     // a fault of the program
	NotDone   Status = "not-done"  // the run ended before its turn
)

// Statuses are all of them, in the order in which they are counted.
func Statuses() []Status {
	return []Status{Made, Unchanged, Checked, BadData, Refused, Crashed, NotDone}
}

// Word is the status in the user's language.
func (s Status) Word() string {
	switch s {
	case Made:
		return "已生成"
	case Unchanged:
		return "未变动"
	case Checked:
		return "已核对"
	case BadData:
		return "数据有误"
	case Refused:
		return "读写失败"
	case Crashed:
		return "程序出错"
	case NotDone:
		return "未做"
	}
	return string(s)
}

// Good reports whether the department's document is there.
func (s Status) Good() bool { return s == Made || s == Unchanged }

// Record is what a batch keeps of a document. Its JSON is a line of the manifest and an entry of the summary.
type Record struct {
	Department string     `json:"department"`        // path below the root
	Edition    string     `json:"edition,omitempty"` // unit:CODE for the document of a unit
	Status     Status     `json:"status"`
	Code       string     `json:"code,omitempty"`
	Name       string     `json:"name,omitempty"`
	Year       int        `json:"year,omitempty"`
	Date       string     `json:"date,omitempty"`   // that the document bears
	Output     string     `json:"output,omitempty"` // path below the output folder
	SHA256     string     `json:"sha256,omitempty"` // of the document, as it was written
	Pages      int        `json:"pages,omitempty"`
	Total      Yuan       `json:"total"` // expenditure and what is carried out
	Errors     int        `json:"errors,omitempty"`
	Warnings   int        `json:"warnings,omitempty"`
	Rules      []string   `json:"rules,omitempty"`    // of errors and warnings, each once, in order
	Message    string     `json:"message,omitempty"`  // the first error, or what the machine said
	Replaces   []string   `json:"replaces,omitempty"` // files in OldFiles that the document takes the place of
	Altered    bool       `json:"altered,omitempty"`  // somebody had changed the file, which was made again
	Forms      []FormFile `json:"forms,omitempty"`    // the document in other forms than the PDF, which Output is
	Millis     int64      `json:"millis"`             // thousandths of a second from reading to written

	facts kept // in JSON they follow as fields of the record
}

// Sound reports whether the data are without errors: their amounts may be shown.
func (r *Record) Sound() bool { return r.Status.Good() || r.Status == Checked }

// Facts is what the district asks of the record.
func (r *Record) Facts() Facts {
	return r.facts.facts()
}

// core is the facts that are not of the district's tables alone: the others take long to unpack.
func (r *Record) core() Facts { return r.facts.coreFacts() }

// plainRecord has no methods and so the usual JSON.
type plainRecord Record

type wholeRecord struct {
	*plainRecord
	Facts
}

// MarshalJSON writes the record with its facts.
func (r Record) MarshalJSON() ([]byte, error) {
	return json.Marshal(wholeRecord{(*plainRecord)(&r), r.Facts()})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (r *Record) UnmarshalJSON(b []byte) error {
	if err := json.Unmarshal(b, (*plainRecord)(r)); err != nil {
		return err
	}
	r.facts = kept{plain: bytes.Clone(b)}
	return json.Unmarshal(b, new(Facts)) // what is no record is told here
}

// RuleTitle is what a rule demands, in a few words; "" of one that this version has not.
func RuleTitle(id string) string {
	r, _ := check.FindRule(id)
	return r.Title
}

// Title names the document to people.
func (r *Record) Title() string {
	if r.Edition == "" {
		return r.Department
	}
	return r.Department + " 单位 " + r.unit()
}

// unit is the code of the unit whose document it is.
func (r *Record) unit() string {
	_, code, _ := strings.Cut(r.Edition, ":")
	return code
}

// counts reports whether the record stands for a department in the questions and totals of the district. Units are in
// their departments already.
func (r *Record) counts() bool { return r.Edition == "" && r.Sound() }

// Yuan is an exact amount; in JSON a string in 元, since readers of JSON take numbers for floats.
type Yuan struct{ money.Amount }

// MarshalJSON writes the amount as a string.
func (y Yuan) MarshalJSON() ([]byte, error) { return strconv.AppendQuote(nil, y.Amount.String()), nil }

// UnmarshalJSON reads what MarshalJSON wrote.
func (y *Yuan) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	a, err := money.Parse(s, money.Yuan)
	if err != nil {
		return fmt.Errorf("amount %q: %w", s, err)
	}
	y.Amount = a
	return nil
}

// takeBudget notes whose document it is and the total. A record outlives its document by hours, and a part of the
// document's text would hold all of it, so that it has copies.
func (r *Record) takeBudget(b *budget.Budget) {
	d := &b.Facts.Department
	r.Code, r.Name, r.Year = strings.Clone(d.Code.V), strings.Clone(d.Name.V), d.Year.V
	if !d.Date.Time.IsZero() {
		r.Date = d.Date.Time.Format(time.DateOnly)
	}
	r.Total.Amount = totalOf(b)
}

// takeDiags counts what is wrong and names the rules.
func (r *Record) takeDiags(list []diag.Diagnostic) {
	r.Errors, r.Warnings, r.Rules = 0, 0, nil
	for i := range list {
		switch list[i].Level {
		case diag.Error:
			if r.Errors++; r.Errors == 1 {
				r.Message = strings.TrimSpace(list[i].At.String() + " " + list[i].Message)
			}
		case diag.Warning:
			r.Warnings++
		default:
			continue
		}
		if !slices.Contains(r.Rules, list[i].Rule) {
			r.Rules = append(r.Rules, list[i].Rule)
		}
	}
	slices.Sort(r.Rules)
}
