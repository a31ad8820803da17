package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"yusuan/internal/batch"
	"yusuan/internal/source"
	"yusuan/internal/web"
)

// opening is one start of the page in the browser.
type opening struct {
	*app
	noBrowser bool
	times     web.Times
	browse    func(address string) error // shows an address to whoever sits there
}

func (a *app) opening() *opening { return &opening{app: a, times: web.Usual(), browse: browse} }

func (a *app) openCommand() *cobra.Command {
	o := a.opening()
	c := &cobra.Command{
		Use:   "open [数据目录]",
		Short: "在浏览器里填报、核对、看页面、生成文件",
		Long: "在本机的浏览器里打开数据目录：边填边核对，边看印出来的页面，填好了生成文件。不写数据目录时打开首页；给的是放着许多部门的目录，就列出各部门。\n" +
			"只在本机，不联网，别的电脑连不上。改动自动保存在数据目录里；关上所有窗口，十分钟后程序自己结束，也可以按 Ctrl+C。\n" +
			"已经开着时再运行，打开的是开着的那一个。把数据目录、填报表（.xlsx）或公开的文件（PDF、OFD、Word、网页）拖到程序上，也是打开。",
		Example: "  yusuan open data/2026/338\n  yusuan open --no-browser      只显示地址，不打开浏览器",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("一次打开一个数据目录，例如：yusuan open data/2026/338")
			}
			return o.open(args)
		},
	}
	o.browserFlag(c)
	return c
}

func (o *opening) browserFlag(c *cobra.Command) {
	c.Flags().BoolVar(&o.noBrowser, "no-browser", false, "只显示地址，不打开浏览器")
}

// openNamed opens what was dropped on the program, or, without anything, what a double click asks for. done is false where it
// is something else that was typed.
func (o *opening) openNamed(args []string) (done bool, err error) {
	alone := clicked()
	if len(args) == 0 && !alone {
		return false, nil
	}
	for _, name := range args {
		info, err := os.Stat(name)
		if err != nil || !info.IsDir() && !slices.Contains([]string{".xlsx", ".pdf", ".ofd", ".docx", ".doc", ".htm", ".html"}, strings.ToLower(filepath.Ext(name))) {
			return false, nil
		}
	}
	if err = o.open(args); err != nil && alone { // the console closes with the program, and what it says with it
		say(o.err, "错误：%s\n按回车键关闭\n", inChinese(err))
		_, _ = bufio.NewReader(os.Stdin).ReadString('\n') // whatever comes
		return true, &exitError{code: exitUsage}
	}
	return true, err
}

// open shows a page in the browser: that of the program that is open already, else of this one, which then serves it.
func (o *opening) open(args []string) error {
	wish, err := wished(args)
	if err != nil {
		return err
	}
	place, err := ownPlace(append([]string{o.catalogue}, o.fonts...))
	if err != nil {
		return machine("不知道把程序自己的记录放在哪里：%w", err)
	}
	if address, err := askRunning(place, wish); err != nil {
		return usage("%s", err)
	} else if address != "" {
		say(o.out, "程序已经开着，在它那里打开\n")
		o.show(address)
		return nil
	}
	return o.serve(place, wish)
}

// wished is what somebody wants to see who names folders and files.
func wished(args []string) (w web.Wish, err error) {
	for _, name := range args {
		if isFile(name) {
			abs, err := filepath.Abs(name)
			if err != nil {
				return w, machine("%w", err)
			}
			w.Dropped = append(w.Dropped, abs)
			continue
		}
		if err := isFolder(name, "部门数据目录，例如 data/2026/338"); err != nil {
			return w, err
		}
		abs, err := inFull(name)
		if err != nil {
			return w, machine("%w", err)
		}
		if holdsData(abs) {
			w.Folder = abs
		} else {
			w.Root = abs
		}
	}
	return w, nil
}

// inFull is the one name of a folder, by which all ways to it are known to be the same.
func inFull(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}

// holdsData reports whether a folder is one of data, not one of such folders: it has files of data itself, other than the one
// that says which departments there are.
func holdsData(dir string) bool {
	entries, err := os.ReadDir(dir)
	return err == nil && slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		return !e.IsDir() && source.IsDataName(e.Name()) && !strings.HasPrefix(strings.ToLower(e.Name()), batch.RosterName)
	})
}

func (o *opening) show(address string) {
	say(o.out, "地址：%s\n", address)
	if o.noBrowser {
		return
	}
	if err := o.browse(address); err != nil {
		say(o.err, "打不开浏览器（%s）；把上面的地址复制到浏览器里\n", inChinese(err))
	}
}

// openMemory is the soft limit of memory while folders with up to usualOpen bytes of data are open: with it, three hundred projects
// with a form each stay below 200 MB. Larger ones raise it.
const (
	openMemory = 150 << 20
	usualOpen  = 256 << 10
)

// serve serves the page until somebody ends it or no window is left.
func (o *opening) serve(place string, wish web.Wish) error {
	debug.SetGCPercent(50) // a page is open for hours, beside whatever else its machine does
	debug.SetMemoryLimit(openMemory)
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return machine("打不开本机的端口：%w", err)
	}
	w, err := o.world(listener.Addr().String())
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	s := web.New(w)
	address, err := s.Start(wish)
	if err != nil {
		return errors.Join(usage("打不开：%s", inChinese(err)), s.Close(context.Background()), listener.Close())
	}
	if err := noteRunning(place, noted{os.Getpid(), w.Address, w.Secret}); err != nil {
		say(o.err, "记不下程序正开着（%s）；再运行一次会另开一个\n", inChinese(err))
	}
	defer forgetRunning(place, w.Secret)
	interrupted, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	served := make(chan error, 1)
	go func() { served <- s.HTTP.Serve(listener) }()
	o.show(address)
	say(o.out, "关闭这个窗口或按 Ctrl+C 就退出，改动都会保存；所有网页关上以后，过一会儿自己退出\n")
	select {
	case <-interrupted.Done():
		stop() // who interrupts once more does not want to wait
	case <-s.Ended():
	case err := <-served:
		return errors.Join(machine("程序不能再回答浏览器：%w", err), s.Close(context.Background()))
	}
	within, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	if err := s.Close(within); err != nil {
		return machine("有改动没有保存成功：%w；都记在数据目录的 .yusuan/journal.jsonl 里", err)
	}
	say(o.out, "已经退出\n")
	return nil
}

// noted is what a program that serves the page notes for the next start.
type noted struct {
	PID     int    `json:"pid"`
	Address string `json:"address"`
	Secret  string `json:"secret"`
}

// askRunning asks the program that is open to open something too; address is "" where there is none.
func askRunning(place string, wish web.Wish) (address string, err error) {
	raw, err := os.ReadFile(place)
	var r noted
	if err != nil || json.Unmarshal(raw, &r) != nil || !running(r.PID) {
		return "", nil
	}
	within, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	address, err = web.Ask(within, r.Address, r.Secret, wish)
	if errors.Is(err, web.ErrSilent) {
		return "", nil
	}
	return address, err
}

func noteRunning(place string, r noted) error {
	raw, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(place), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(place), tempPrefix) // readable by its owner alone, whatever is there
	if err != nil {
		return err
	}
	_, err = f.Write(raw)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), place)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// forgetRunning takes the note away, if it is still ours.
func forgetRunning(place, secret string) {
	raw, err := os.ReadFile(place)
	var r noted
	if err == nil && json.Unmarshal(raw, &r) == nil && r.Secret == secret {
		_ = os.Remove(place) // the next start finds that nobody answers
	}
}
