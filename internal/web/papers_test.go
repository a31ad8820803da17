package web

import (
	"bytes"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
)

// form is a form with files, and the head that goes with it.
func form(t *testing.T, files map[string]string) (body string, head map[string]string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for field, text := range files {
		to, err := w.CreateFormFile(field, `C:\公文\`+field+".pdf")
		if err == nil {
			_, err = to.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), map[string]string{"Content-Type": w.FormDataContentType()}
}

// judgeAll checks documents by what their first word says.
func judgeAll(got *[]Paper) Papers {
	return Papers{
		File: func(in *Paper) (*Judged, error) {
			*got = append(*got, *in)
			if strings.HasPrefix(string(in.Raw), "fail") {
				return nil, errors.New("机器坏了")
			}
			x := &Judged{Name: in.Name, Closing: "核对了", Errors: 1, Findings: []Judging{{Level: "error", Message: "不等", Notes: []string{}, Pieces: []int{},
				Boxes: []JudgedBox{{Page: 1, Left: 1, Top: 2, Width: 3, Height: 4}}}}, Pages: []JudgedPage{{Page: 1, Width: 600, Height: 800}}, Parts: []JudgedPart{}}
			text := string(in.Raw)
			x.Picture = func(page int) ([]byte, error) { return []byte(fmt.Sprintf("picture %d of %s", page, text)), nil }
			if !strings.HasPrefix(text, "web") {
				x.Marked = func() (string, []byte, error) { return "标出问题.pdf", []byte("marked " + text), nil }
			}
			x.List = func() (string, []byte, error) { return "问题清单.xlsx", []byte("list"), nil }
			return x, nil
		},
		Read: func(path string) ([]byte, error) { return []byte("given " + path), nil },
	}
}

// TestPapers: a document that is sent is checked; its pages and copies are asked for by its number, which others do not have; the
// last three are kept; what is no document is refused.
func TestPapers(t *testing.T) {
	var got []Paper
	x := serve(t, sample(t), func(w *World) {
		w.Papers = judgeAll(&got)
		w.Home.Kind = func(name string) Kind {
			if strings.HasSuffix(name, ".pdf") {
				return PDFFile
			}
			return DataFolder
		}
	})
	send := func(files map[string]string) (int, string) {
		body, head := form(t, files)
		status, answer, _ := x.do("POST", "/api/check", body, head)
		return status, answer
	}
	status, answer := send(map[string]string{"file": "%PDF one", "last": "%PDF before"})
	if status != http.StatusOK || !strings.Contains(answer, `"id":1`) || !strings.Contains(answer, `"boxes":[{"page":1,"left":1,"top":2,"width":3,"height":4}]`) {
		t.Fatal(status, answer)
	}
	if len(got) != 1 || got[0].Name != "file.pdf" || string(got[0].Raw) != "%PDF one" || string(got[0].Last) != "%PDF before" || got[0].LastName != "last.pdf" {
		t.Errorf("checked is %+v", got)
	}
	for _, c := range []struct {
		path   string
		status int
		text   string
	}{
		{"/api/check/1", 200, `"closing":"核对了"`},
		{"/api/check/1/pages/1", 200, "picture 1 of %PDF one"},
		{"/api/check/1/copies/marked", 200, "marked %PDF one"},
		{"/api/check/1/copies/list", 200, "list"},
		{"/api/check/1/pages/0", 404, "没有这一页"},
		{"/api/check/1/pages/2", 404, "没有这一页"},
		{"/api/check/1/pages/-1", 404, "没有这一页"},
		{"/api/check/1/pages/x", 404, "没有这一页"},
		{"/api/check/1/copies/other", 404, "没有这个文件"},
		{"/api/check/2", 404, "再核对一次"},
		{"/api/check/0/pages/1", 404, "再核对一次"},
		{"/api/check/x/copies/list", 404, "再核对一次"},
	} {
		if status, answer, _ := x.do("GET", c.path, "", nil); status != c.status || !strings.Contains(answer, c.text) {
			t.Errorf("%s is answered by %d: %.200s", c.path, status, answer)
		}
	}
	for range 3 {
		send(map[string]string{"file": "web"})
	}
	if status, _, _ := x.do("GET", "/api/check/1", "", nil); status != 404 {
		t.Error("the first of four is kept")
	}
	if status, _, _ := x.do("GET", "/api/check/4/copies/marked", "", nil); status != 404 {
		t.Error("what cannot be marked has a marked copy")
	}
	for name, files := range map[string]map[string]string{"nothing": {}, "empty": {"file": ""}, "only last year's": {"last": "x"}} {
		if status, answer := send(files); status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", name, status, answer)
		}
	}
	if status, answer := send(map[string]string{"file": "fail"}); status == http.StatusOK || !strings.Contains(answer, "机器坏了") {
		t.Errorf("a failure is answered by %d %s", status, answer)
	}
	if status, _, _ := x.do("POST", "/api/check", "{}", nil); status != http.StatusBadRequest {
		t.Errorf("what is no form is answered by %d", status)
	}
	at := x.server.give([]string{"/somewhere/a.pdf", "/somewhere/folder"})
	if status, answer, _ := x.do("POST", "/api/check/given", fmt.Sprintf(`{"given":%d}`, at), nil); status != http.StatusOK || !strings.Contains(answer, `"name":"a.pdf"`) {
		t.Errorf("a file that was given is answered by %d %s", status, answer)
	}
	for _, given := range []string{fmt.Sprint(at + 1), "-1", "99", `"/etc/passwd"`} {
		if status, answer, _ := x.do("POST", "/api/check/given", `{"given":`+given+`}`, nil); status == http.StatusOK {
			t.Errorf("given %s is answered by %s", given, answer)
		}
	}
}

// TestPapersAreGuarded: no other page checks documents, nor reads what was found in them.
func TestPapersAreGuarded(t *testing.T) {
	var got []Paper
	x := serve(t, sample(t), func(w *World) { w.Papers = judgeAll(&got) })
	body, head := form(t, map[string]string{"file": "%PDF"})
	if status, answer, _ := x.do("POST", "/api/check", body, head); status != http.StatusOK {
		t.Fatal(status, answer)
	}
	jar := x.client.Jar
	for name, more := range map[string]map[string]string{"another origin": {"Origin": "http://attacker.com"}, "another site": {"Sec-Fetch-Site": "cross-site"}, "another name": {"Host": "attacker.com"}, "no cookie": nil} {
		if x.client.Jar = jar; more == nil {
			x.client.Jar = nil
		}
		for _, path := range []string{"/check", "/api/check/1", "/api/check/1/pages/1", "/api/check/1/copies/list", "/api/check/1/copies/marked"} {
			if status, answer, _ := x.do("GET", path, "", more); status == http.StatusOK {
				t.Errorf("%s: %s is answered by %.80s", name, path, answer)
			}
		}
		all := map[string]string{"Content-Type": head["Content-Type"]}
		for k, v := range more {
			all[k] = v
		}
		if status, _, _ := x.do("POST", "/api/check", body, all); status == http.StatusOK {
			t.Errorf("%s: a document is checked", name)
		}
	}
	if len(got) != 1 {
		t.Errorf("%d documents were checked", len(got))
	}
}
