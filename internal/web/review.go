package web

import (
	"errors"
	"net/http"

	"yusuan/internal/desk"
)

// reviewRoutes serve what is marked to be looked at: what was taken from last year, or guessed.
func (s *Server) reviewRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /d/{id}/api/reviews", s.of((*folder).getReviews))
	mux.HandleFunc("POST /d/{id}/api/reviewed", s.of((*folder).postReviewed))
}

type wireReview struct {
	ID    string `json:"id"`
	Row   string `json:"row"`
	Key   string `json:"key"`
	Place string `json:"place"`
	Line  int    `json:"line"`
	Title string `json:"title"`
	Text  string `json:"text"`
	Words string `json:"words"`
}

func (f *folder) getReviews(*http.Request) (any, error) {
	out := []wireReview{}
	for _, r := range f.desk.Reviews() {
		out = append(out, wireReview{r.ID, r.Row, r.Key, r.File, r.Line, r.Title, r.Text, r.Words})
	}
	return out, nil
}

func (f *folder) postReviewed(r *http.Request) (any, error) {
	var in struct {
		IDs []string `json:"ids"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	err := f.desk.Reviewed(in.IDs)
	switch {
	case errors.Is(err, desk.ErrChanged):
		return nil, refusal(http.StatusConflict, "这期间数据改过，清单已经重新列出，请再看一遍")
	case err != nil:
		return nil, refusal(http.StatusConflict, "%s", err)
	}
	f.edited()
	return struct{}{}, nil
}
