package cli

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"yusuan/internal/audit"
	"yusuan/internal/build"
)

// tellSpoken tells how many numbers of the sentences were held against something, and lists those that were not by why: first
// those that are worth a look. Numbers of items and dates are only counted; they are in what programs read.
func (j *judged) tellSpoken(to io.Writer) {
	sentences, settled := 0, 0
	byWhy := map[string][]*build.Spoken{}
	for i := range j.spoken {
		s := &j.spoken[i]
		if !s.Table {
			sentences++
		}
		if s.By != "" {
			settled++
		} else {
			byWhy[s.Why] = append(byWhy[s.Why], s)
		}
	}
	say(to, "  句子里的数%d个，与别的数核对过%d个，没有核对%d个\n", sentences, settled, sentences-settled)
	for _, why := range append(audit.Reasons(), build.LooseInTable) {
		list := byWhy[why]
		if len(list) == 0 {
			continue
		}
		say(to, "  没有核对：%s（%d个）\n", why, len(list))
		if !audit.WorthALook(why) {
			continue
		}
		for _, s := range list {
			say(to, "      %s\n", strings.TrimSpace(whereSpoken(s)+" "+cmp.Or(s.Around, s.Text)))
		}
	}
}

// spokenForPrograms is a number of a document and what it was held against.
type spokenForPrograms struct {
	Place   string `json:"place"`
	Text    string `json:"text"`
	Against string `json:"against,omitempty"`
	Why     string `json:"why,omitempty"`
	Table   bool   `json:"table,omitempty"`
}

func (j *judged) spokenForPrograms() (out []spokenForPrograms) {
	for i := range j.spoken {
		s := &j.spoken[i]
		out = append(out, spokenForPrograms{Place: whereSpoken(s), Text: s.Text, Against: s.By, Why: s.Why, Table: s.Table})
	}
	return out
}

// whereSpoken is the place of a number in words.
func whereSpoken(s *build.Spoken) string {
	if in := s.At.In.String(); in != "" {
		return in
	}
	return fmt.Sprint(s.At)
}
