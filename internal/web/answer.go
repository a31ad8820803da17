package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"runtime/debug"
	"strings"
)

// refused is an answer that something cannot be, for people.
type refused struct {
	status int
	words  string
}

func (e *refused) Error() string { return e.words }

// refusal makes an error whose words the window shows as they are.
func refusal(status int, format string, args ...any) error {
	return &refused{status, fmt.Sprintf(format, args...)}
}

// refuse answers with an error, in words for the window.
func refuse(w http.ResponseWriter, status int, words string) {
	write(w, status, struct {
		Error string `json:"error"`
	}{words})
}

// answer answers with JSON.
func answer(w http.ResponseWriter, v any) { write(w, http.StatusOK, v) }

func write(w http.ResponseWriter, status int, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // of structs of ours
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b) // the window may be gone
}

// answered is a handler that answers with JSON, or with an error in words.
func (s *Server) answered(fn func(r *http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.looked()
		r.Body = http.MaxBytesReader(w, r.Body, mostBody)
		v, err := fn(r)
		if err != nil {
			s.refuseFor(w, err)
			return
		}
		answer(w, v)
	}
}

// refuseFor answers with an error.
func (s *Server) refuseFor(w http.ResponseWriter, err error) {
	var no *refused
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &no):
		refuse(w, no.status, no.words)
	case errors.As(err, &big):
		refuse(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("一次送来的超过 %d MB，没有收；分几次来", big.Limit>>20))
	default:
		refuse(w, http.StatusInternalServerError, s.world.Words(innermost(err)))
	}
}

// innermost is an error without what the desk says of where it met it, which is for its maintainers.
func innermost(err error) error {
	if err != nil && strings.HasPrefix(err.Error(), "desk: ") {
		if inner := errors.Unwrap(err); inner != nil {
			return inner
		}
	}
	return err
}

// decode reads the JSON of a request. No form of another page can send it: it would have to say that it is JSON.
func decode(r *http.Request, v any) error {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		return refusal(http.StatusUnsupportedMediaType, "送来的不是 JSON")
	}
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			return err
		}
		return refusal(http.StatusBadRequest, "送来的看不懂：%s", err)
	}
	return nil
}

// caught keeps the server going when a request meets an error of the program's own: it is told, and the window is.
func (s *Server) caught(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer s.fault(func() {
			refuse(w, http.StatusInternalServerError, "程序出错了，这一步没有做成；详情在程序的窗口里，请交给程序的维护者。已经填的都在，可以接着填")
		})
		h.ServeHTTP(w, r)
	})
}

// fault is deferred where something of ours may go wrong that must not end all else.
func (s *Server) fault(then func()) {
	what := recover()
	if what == nil {
		return
	}
	if what == http.ErrAbortHandler {
		panic(what)
	}
	s.world.Fault(what, debug.Stack())
	if then != nil {
		then()
	}
}

// found answers for addresses and methods that there are not, in words.
func found(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		var c codeOnly
		h.ServeHTTP(&c, r)
		if c.code == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", c.Header().Get("Allow"))
			refuse(w, c.code, "这个地址不能这样用")
			return
		}
		refuse(w, http.StatusNotFound, "没有这个地址")
	})
}

// codeOnly is an answer of which nothing but its code and head matters.
type codeOnly struct {
	head http.Header
	code int
}

func (c *codeOnly) Header() http.Header {
	if c.head == nil {
		c.head = http.Header{}
	}
	return c.head
}
func (c *codeOnly) WriteHeader(code int)        { c.code = code }
func (c *codeOnly) Write(b []byte) (int, error) { return len(b), nil }
