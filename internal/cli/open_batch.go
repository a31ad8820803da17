package cli

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"yusuan/internal/batch"
	"yusuan/internal/board"
	"yusuan/internal/web"
)

// batchWorld makes the documents of a root from the page.
func (a *app) batchWorld(r *recents) web.Batch {
	return web.Batch{
		Forms:  formsShown(),
		Script: board.ScriptSource(),
		Run: func(ctx context.Context, root string, x web.BatchWish, follow web.Follow) (*web.BatchMade, error) {
			return a.one("").batchFrom(ctx, r, root, &x, follow)
		},
	}
}

// batchFrom makes the documents of a root. Beside the page, neither processors nor memory are its own.
func (a *app) batchFrom(ctx context.Context, r *recents, root string, x *web.BatchWish, follow web.Follow) (*web.BatchMade, error) {
	if !filepath.IsAbs(x.Out) {
		return nil, usage("“%s”不是完整的路径；写明放在哪个文件夹", x.Out)
	}
	out := filepath.Clean(x.Out)
	if kindOf(out) == web.DataFolder {
		return nil, usage("%s 是数据文件夹，做成的文件不能放在里面；换一个文件夹", out)
	}
	a.limit, a.strip = func(int, int, int, int64) {}, x.Strip
	o := &batchOptions{out: out, editions: x.Editions, formats: strings.Join(x.Forms, ","), force: x.Force, verify: x.Verify, again: true, count: served()}
	made, err := a.makeBatch(ctx, rootPlaced(root), o, follower{
		begin: follow.Begin,
		done: func(records []batch.Record) {
			f := web.Failed{}
			for i := range records {
				if f = failedOf(&records[i]); f.Words != "" {
					break
				}
			}
			follow.Done(f)
		},
		end: func() {},
	})
	if made == nil {
		return nil, err
	}
	if err := r.remember(root, out); err != nil {
		say(a.err, "%s\n", inChinese(err))
	}
	y := &web.BatchMade{Out: out, Stopped: made.interrupted, Counts: []web.Count{}, Failed: []web.Failed{}, Report: strings.Join(a.saidLines(), "\n")}
	y.Notes = a.warnings()
	if made.districts != nil {
		y.District = shownDistrict(r, root, made.districts)
	}
	var told *exitError
	asked := made.interrupted && made.stopped == nil                         // to stop: that is no fault
	if err != nil && !asked && (!errors.As(err, &told) || told.err != nil) { // one without words is of data: the failures say it
		y.Error = inChinese(err)
	}
	countMade(y, made.summary)
	return y, nil
}

// countMade tells what became of the departments.
func countMade(y *web.BatchMade, s *batch.Summary) {
	var words []string
	for _, x := range batch.Statuses() {
		if n := s.Counts[x]; n > 0 {
			y.Counts = append(y.Counts, web.Count{State: x.Word(), Count: n})
			words = append(words, x.Word()+" "+strconv.Itoa(n))
		}
	}
	y.Words = strconv.Itoa(s.CountDepartments()) + " 个部门：" + strings.Join(words, "，")
	for i := range s.Departments {
		if f := failedOf(&s.Departments[i]); f.Words != "" {
			y.Failed = append(y.Failed, f)
		}
	}
	slices.SortStableFunc(y.Failed, func(a, b web.Failed) int { return strings.Compare(a.State, b.State) })
}
