package web

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"yusuan/internal/desk"
)

// Backup is how a folder was before programs changed it.
type Backup struct {
	// States are those that are kept, the newest first.
	States func(dir string) ([]KeptState, error)
	// Difference is what going back to a state writes.
	Difference func(dir string, number int) ([]desk.Written, error)
	// Journal are the last steps that the folder remembers, the newest first; more says that there were others before.
	Journal func(dir string) (steps []desk.Step, more bool, err error)
}

// KeptState is how a folder was before something.
type KeptState struct {
	Number int       `json:"number"`
	Time   time.Time `json:"time"`
	When   string    `json:"when"`  // the time in words
	Why    string    `json:"why"`   // what followed
	Files  string    `json:"files"` // that it changed
}

func (s *Server) backupRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /d/{id}/api/backup", s.of(s.getBackup))
	mux.HandleFunc("GET /d/{id}/api/backup/{number}", s.of(s.getBackupOf))
	mux.HandleFunc("POST /d/{id}/api/backup", s.of(s.postBackup))
	mux.HandleFunc("GET /d/{id}/api/journal", s.of(s.getJournal))
}

func (s *Server) getBackup(f *folder, _ *http.Request) (any, error) {
	if err := f.settled(); err != nil {
		return nil, err
	}
	states, err := s.world.Backup.States(f.dir)
	return states, f.said(err)
}

// goingBack is what going back to a state changes.
type goingBack struct {
	State   KeptState `json:"state"`
	Changes []change  `json:"changes"`
}

// back tells what going back to a state changes, and the files.
func (s *Server) back(f *folder, number int) (*goingBack, []desk.Written, error) {
	if err := f.settled(); err != nil {
		return nil, nil, err
	}
	states, err := s.world.Backup.States(f.dir)
	if err != nil {
		return nil, nil, f.said(err)
	}
	i := slices.IndexFunc(states, func(k KeptState) bool { return k.Number == number })
	if i < 0 {
		return nil, nil, refusal(http.StatusNotFound, "没有留着这个样子了；重新打开“备份和恢复”看有哪些")
	}
	files, err := s.world.Backup.Difference(f.dir, number)
	if err != nil {
		return nil, nil, f.said(err)
	}
	notes, err := f.would(files)
	return &goingBack{states[i], changes(notes)}, files, err
}

func (s *Server) getBackupOf(f *folder, r *http.Request) (any, error) {
	number, err := strconv.Atoi(r.PathValue("number"))
	if err != nil {
		return nil, refusal(http.StatusBadRequest, "编号应为数字")
	}
	x, _, err := s.back(f, number)
	return x, err
}

// postBackup goes back to a state: one step, which can be taken back like any other.
func (s *Server) postBackup(f *folder, r *http.Request) (any, error) {
	var in struct {
		Number int `json:"number"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	x, files, err := s.back(f, in.Number)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, refusal(http.StatusConflict, "现在就是这个样子，没有要恢复的")
	}
	return f.take("恢复到 "+x.State.When+" “"+x.State.Why+"”以前", files)
}

// getJournal are the last steps of the folder, of this time and of those before.
func (s *Server) getJournal(f *folder, _ *http.Request) (any, error) {
	steps, more, err := s.world.Backup.Journal(f.dir)
	if err != nil {
		return nil, f.said(err)
	}
	return struct {
		Steps []desk.Step `json:"steps"`
		More  bool        `json:"more"`
	}{append([]desk.Step{}, steps...), more}, nil
}
