package web

import (
	"testing"
	"time"
)

// TestSlowWindowIsLetGo: a window that does not take what it is told holds up nobody; its browser comes back and asks for all.
func TestSlowWindowIsLetGo(t *testing.T) {
	slow := newStream()
	f := &folder{streams: map[*stream]struct{}{slow: {}}}
	for range mostWaiting {
		f.send("state", 1)
	}
	select {
	case <-slow.gone:
		t.Fatal("it is let go though it keeps up")
	default:
	}
	f.send("state", 1)
	select {
	case <-slow.gone:
	default:
		t.Error("it waits for ever, and knows nothing of the newest")
	}
}

// TestLateWindowIsTold: a window that begins to listen to a folder that said farewell is not left waiting.
func TestLateWindowIsTold(t *testing.T) {
	x := serve(t, sample(t), nil)
	x.until("ready", settled)
	f, err := x.server.Folder("/" + where)
	if err != nil {
		t.Fatal(err)
	}
	f.farewell("关上了")
	x.client.Timeout = 20 * time.Second
	if status, body, _ := x.do("GET", "events", "", nil); status != 200 || body != ": ok\n\n" {
		t.Errorf("%d %q", status, body)
	}
}
