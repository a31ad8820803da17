package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	startPath = "/start/"
	askPath   = "/ask"
)

// Wish is what somebody who starts the program wants to see.
type Wish struct {
	Folder  string   `json:"folder,omitempty"`  // a data folder, by its path in full
	Root    string   `json:"root,omitempty"`    // a folder of data folders, likewise
	Dropped []string `json:"dropped,omitempty"` // files, by their paths in full, for home to show
}

// Start opens what somebody wants to see and makes an address for it, which is good once.
func (s *Server) Start(w Wish) (address string, err error) {
	to := "/"
	if w.Folder != "" {
		f, err := s.Folder(w.Folder)
		if err != nil {
			return "", err
		}
		to = "/d/" + f.id + "/"
		s.remember(w.Folder)
	}
	if w.Folder == "" && w.Root != "" {
		if to, err = s.openBoard(w.Root); err != nil {
			return "", err
		}
	}
	if at := s.give(w.Dropped); to == "/" && len(w.Dropped) == 1 {
		switch s.kindOf(w.Dropped[0]) {
		case PDFFile, OFDFile:
			to = "/verify?given=" + strconv.Itoa(at)
		case PaperFile:
			to = "/check?given=" + strconv.Itoa(at)
		}
	}
	return s.guard.link(to), nil
}

func (s *Server) startRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET "+startPath+"{token}", s.start)
	mux.HandleFunc("POST "+askPath, s.answered(s.ask))
	mux.HandleFunc("POST /api/close", s.answered(func(*http.Request) (any, error) {
		time.AfterFunc(100*time.Millisecond, s.End) // the answer goes first
		return struct{}{}, nil
	}))
	mux.HandleFunc("GET /api/alive", s.answered(func(*http.Request) (any, error) { return struct{}{}, nil }))
}

func (s *Server) start(w http.ResponseWriter, r *http.Request) {
	to, ok := s.guard.use(r.PathValue("token"))
	switch {
	case ok:
		http.SetCookie(w, &http.Cookie{Name: s.guard.cookie, Value: s.guard.key, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	case s.guard.known(r): // the window came back to where it began
		to = "/"
	default:
		s.explain(w, http.StatusForbidden, "这个地址已经用过", "为了安全，打开用的地址只能用一次。再运行一次 yusuan open，会打开新的。")
		return
	}
	s.looked()
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// ask answers another start of the program, which no browser can pretend to be: they say where they come from, and know no secret.
func (s *Server) ask(r *http.Request) (any, error) {
	secret, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if s.world.Secret == "" || !same(secret, s.world.Secret) || r.Header.Get("Origin") != "" || r.Header.Get("Sec-Fetch-Site") != "" {
		return nil, refusal(http.StatusForbidden, "没有得到允许")
	}
	var w Wish
	if err := decode(r, &w); err != nil {
		return nil, err
	}
	address, err := s.Start(w)
	return asked{address}, err
}

type asked struct {
	Address string `json:"address"`
}

// ErrSilent is of a program that does not answer.
var ErrSilent = errors.New("web: no answer")

// Ask asks a program that is running to open something. The error is ErrSilent where there is none.
func Ask(ctx context.Context, at, secret string, w Wish) (address string, err error) {
	body, err := json.Marshal(w)
	if err != nil {
		return "", err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+at+askPath, bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	r.Header.Set("Authorization", "Bearer "+secret)
	r.Header.Set("Content-Type", "application/json")
	direct := &http.Transport{DisableKeepAlives: true} // no proxy
	answer, err := direct.RoundTrip(r)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrSilent, err)
	}
	defer func() { _ = answer.Body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(answer.Body, mostHeader))
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrSilent, err)
	}
	var got struct {
		asked
		Error string `json:"error"`
	}
	if err := json.Unmarshal(raw, &got); err != nil || slices.Contains([]int{http.StatusForbidden, http.StatusMisdirectedRequest, http.StatusServiceUnavailable}, answer.StatusCode) {
		return "", ErrSilent // another program has its port now, or it is about to end
	}
	if answer.StatusCode != http.StatusOK {
		return "", errors.New(got.Error)
	}
	if !strings.HasPrefix(got.Address, "http://"+at+startPath) {
		return "", ErrSilent
	}
	return got.Address, nil
}
