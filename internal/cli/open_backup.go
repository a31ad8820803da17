package cli

import (
	"bytes"
	"encoding/json"
	"fmt"

	"yusuan/internal/desk"
	"yusuan/internal/web"
)

// openBackups shows how folders were.
func openBackups() web.Backup {
	return web.Backup{States: keptStates, Difference: keptDifference, Journal: keptJournal}
}

// keptStates are the states of a folder with what each became.
func keptStates(dir string) ([]web.KeptState, error) {
	states, after, err := statesOf(dataFolder(dir))
	if err != nil {
		return nil, inPage(notPut(dir, err))
	}
	out := []web.KeptState{}
	for i, s := range states {
		out = append(out, web.KeptState{Number: s.Number, Time: s.Time, When: s.Time.Local().Format("1月2日15:04"), Why: s.Why, Files: otherFiles(s.Files, after[i])})
	}
	return out, nil
}

// keptDifference is what going back to a state writes.
func keptDifference(dir string, number int) ([]desk.Written, error) {
	files, err := dataFolder(dir).Difference(number)
	if err != nil {
		return nil, inPage(notPut(dir, err))
	}
	var out []desk.Written
	for _, f := range files {
		out = append(out, desk.Written{Path: f.Path, Before: f.Before, After: f.After})
	}
	return out, nil
}

// mostJournal bounds how much of a journal is shown.
const mostJournal = 1 << 20

// keptJournal are the last steps of a folder. Lines that cannot be read are told, not left out.
func keptJournal(dir string) (steps []desk.Step, more bool, err error) {
	lines, more, err := dataFolder(dir).Notes(mostJournal)
	if err != nil {
		return nil, false, machine("读不出改动记录：%w", err)
	}
	for i := len(lines) - 1; i >= 0; i-- {
		if len(bytes.TrimSpace(lines[i])) == 0 {
			continue
		}
		var s desk.Step
		if err := json.Unmarshal(lines[i], &s); err != nil {
			s = desk.Step{Kind: "broken", Notes: []desk.Note{{Words: fmt.Sprintf("这一条记录坏了，读不出（%d 字节）", len(lines[i]))}}}
		}
		if s.Kind != desk.AllSaved {
			steps = append(steps, s)
		}
	}
	return steps, more, nil
}
