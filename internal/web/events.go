package web

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// stream is a window that is told what happens, by server-sent events.
type stream struct {
	events chan []byte
	gone   chan struct{}
	once   sync.Once
}

const mostWaiting = 32 // events; a window that is further behind asks anew

func newStream() *stream {
	return &stream{events: make(chan []byte, mostWaiting), gone: make(chan struct{})}
}

// finish ends a stream once what waits is sent.
func (c *stream) finish() { c.once.Do(func() { close(c.gone) }) }

// send tells all windows of a folder. One that does not keep up is let go: its browser comes back and asks for all.
func (f *folder) send(name string, v any) {
	event := eventOf(name, v)
	for _, c := range f.list() {
		select {
		case c.events <- event:
		default:
			c.finish()
		}
	}
}

func eventOf(name string, v any) []byte {
	return fmt.Appendf(nil, "event: %s\ndata: %s\n\n", name, encode(v))
}

func (s *Server) eventRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /d/{id}/events", func(w http.ResponseWriter, r *http.Request) {
		f, err := s.folder(r.PathValue("id"))
		if err != nil {
			s.refuseFor(w, err)
			return
		}
		c := newStream()
		f.mu.Lock()
		if f.streams[c] = struct{}{}; f.ended {
			c.finish()
		}
		f.mu.Unlock()
		defer func() {
			f.mu.Lock()
			delete(f.streams, c)
			f.seen = time.Now()
			f.mu.Unlock()
		}()
		s.stream(w, r, c)
	})
}

// stream serves a window until it goes or there is nothing more to tell. A browser has few connections to a server, so that
// windows beyond some have to ask from time to time instead.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, c *stream) {
	if !s.room() {
		w.WriteHeader(http.StatusNoContent) // by which a browser knows that it need not try again
		return
	}
	defer s.leave()
	out := http.NewResponseController(w)
	_ = out.SetReadDeadline(time.Time{}) // a stream has no end of its own
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	send := func(b []byte) bool {
		_ = out.SetWriteDeadline(time.Now().Add(s.world.Times.Beat))
		_, err := w.Write(b)
		return err == nil && out.Flush() == nil
	}
	if !send([]byte(": ok\n\n")) {
		return
	}
	beat := time.NewTicker(s.world.Times.Beat)
	defer beat.Stop()
	for {
		select {
		case b := <-c.events:
			if !send(b) {
				return
			}
		case <-beat.C:
			if !send([]byte(": ok\n\n")) {
				return
			}
		case <-r.Context().Done():
			return
		case <-c.gone:
			rest(c, send)
			return
		}
	}
}

// rest sends what waits.
func rest(c *stream, send func([]byte) bool) {
	for {
		select {
		case b := <-c.events:
			if !send(b) {
				return
			}
		default:
			return
		}
	}
}

// live serves a window with what fn sends, until fn returns. gone is closed when the window is gone or the program ends.
func (s *Server) live(w http.ResponseWriter, r *http.Request, fn func(gone <-chan struct{}, send func(event string, v any))) {
	c := newStream()
	until, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(s.until, cancel)()
	s.background(func() {
		defer c.finish()
		fn(until.Done(), func(event string, v any) { c.wait(until.Done(), eventOf(event, v)) })
	})
	s.stream(w, r, c)
}

// wait hands an event to a stream, in the time that it takes.
func (c *stream) wait(gone <-chan struct{}, event []byte) {
	select {
	case c.events <- event:
	case <-gone:
	}
}

// room takes a stream if there is one left.
func (s *Server) room() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.streams >= mostStreams {
		return false
	}
	s.streams++
	return true
}

// leave gives a stream back.
func (s *Server) leave() {
	s.mu.Lock()
	s.streams--
	s.seen = time.Now()
	s.mu.Unlock()
}
