package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// forgotten is the age from which a lock belongs to no run: to write a few files takes no minute.
const forgotten = 2 * time.Minute

// alone runs fn while nobody else writes into the folder. The folder may lie on a share, where machines know nothing of each
// other's processes; a file that can be made once is what they have in common.
func (f Folder) alone(fn func() error) (err error) {
	if err := f.makeOwn(); err != nil {
		return err
	}
	name := f.own("lock")
	for try := 0; ; try++ {
		l, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
		if err == nil {
			if err = l.Close(); err != nil {
				return err
			}
			break
		}
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
		if try > 0 || !f.leftBehind(name) {
			return ErrBusy
		}
	}
	defer func() { err = errors.Join(err, os.Remove(name)) }()
	return fn()
}

// leftBehind takes away a lock that a run left which was killed. Its age is told by the clock of the disk that it lies on,
// which may be another's; of several that find it old, the one that can rename it takes it away.
func (f Folder) leftBehind(name string) bool {
	probe, err := os.CreateTemp(f.own(), ".clock-")
	if err != nil {
		return false
	}
	defer func() { _ = os.Remove(probe.Name()) }() // named so that nothing reads it
	now, err := probe.Stat()
	_ = probe.Close() // nothing was written
	if err != nil {
		return false
	}
	lock, err := os.Stat(name)
	if err != nil || now.ModTime().Sub(lock.ModTime()) < forgotten {
		return errors.Is(err, fs.ErrNotExist)
	}
	away := fmt.Sprintf("%s-%d", probe.Name(), lock.ModTime().UnixNano())
	if os.Rename(name, away) != nil {
		return false
	}
	if taken, err := os.Stat(away); err != nil || !taken.ModTime().Equal(lock.ModTime()) {
		// Another run was quicker and holds a new one already: it gets that back.
		_ = os.Rename(away, name)
		return false
	}
	_ = os.Remove(away) // named so that nothing reads it
	return true
}
