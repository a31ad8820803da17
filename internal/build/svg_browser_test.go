package build_test

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"html"
	"image"
	"image/draw"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"yusuan/internal/raster"
	"yusuan/internal/svg"
	"yusuan/internal/typeset/font"
	"yusuan/internal/typeset/layout"
	"yusuan/internal/typeset/page"
	"yusuan/internal/typeset/unit"
)

// screenPolicy is as strict as a site can be that shows pages: nothing inline, nothing from elsewhere.
const screenPolicy = "default-src 'none'; font-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'"

// screenScript shows pages below each other, then tells what a browser made of their faces and characters, and what it refused.
const screenScript = `
const told = {Refused: [], Faces: {}, Wrong: [], Characters: 0, Missed: [], Clicked: 0}
document.addEventListener("securitypolicyviolation", e => told.Refused.push(e.violatedDirective + " " + e.blockedURI + " " + e.sample))
const [from, to] = new URLSearchParams(location.search).get("pages").split("-").map(Number)
const svgs = []
for (let i = from; i < to; i++) {
	const place = document.createElement("div")
	place.innerHTML = await (await fetch("/" + i + ".svg")).text()
	document.body.append(place)
	const [, , w, h] = place.firstChild.getAttribute("viewBox").split(" ").map(Number)
	place.firstChild.setAttribute("width", w + "pt")
	place.firstChild.setAttribute("height", h + "pt")
	svgs.push(place.firstChild)
}
for (const f of document.fonts) {
	try { await f.load() } catch (e) { }
	told.Faces[f.family.replaceAll('"', "")] = f.status
}
await document.fonts.ready
for (const [n, s] of svgs.entries()) for (const t of s.querySelectorAll("text")) {
	const want = t.getAttribute("x").split(" ").map(Number)
	let at = 0, k = 0
	for (const c of t.textContent) {
		const p = at < t.getNumberOfChars() ? t.getStartPositionOfChar(at) : {x: NaN, y: NaN}
		if (!(Math.abs(p.x - want[k]) < 0.01) || !(Math.abs(p.y - Number(t.getAttribute("y"))) < 0.01))
			told.Wrong.push("page " + (from + n) + ": " + c + " (" + c.codePointAt(0).toString(16) + ") of " + t.textContent + " at " + p.x + " " + p.y + ", not " + want[k])
		at += c.length
		k++
		told.Characters++
	}
}
for (const [n, s] of svgs.entries()) for (const m of s.querySelectorAll("[data-of], [data-at]")) {
	m.scrollIntoView({block: "center", inline: "center"})
	const e = m.getExtentOfChar(0), at = new DOMPoint(e.x + e.width / 2, e.y + e.height / 2).matrixTransform(m.getScreenCTM())
	const hit = document.elementFromPoint(at.x, at.y)?.closest("[data-of], [data-at]")
	if (hit !== m) told.Missed.push("page " + (from + n) + ": " + m.textContent + ", hit " + hit?.textContent)
	told.Clicked++
}
if (new URLSearchParams(location.search).has("tell")) {
	document.body.textContent = ""
	const out = document.createElement("pre")
	out.id = "told"
	out.textContent = JSON.stringify(told)
	document.body.append(out)
}
`

// screenHeight is how far below each other pages stand, in pixels: the longer side of A4 at 96 dpi.
const screenHeight = 1123

// screenSite serves pages with their faces, by the policy.
func screenSite(t *testing.T, pages []page.Page) *httptest.Server {
	t.Helper()
	faces, library := svg.Faces(&page.Document{Pages: pages}), shared(t).Fonts
	for _, info := range library.Faces() {
		if !slices.ContainsFunc(faces, func(f *font.Face) bool { return f.Name() == info.Name }) {
			f, _ := library.Face(info.Name)
			faces = append(faces, f)
		}
	}
	css := fmt.Sprintf("body { margin: 0; background: white } div { height: %dpx; overflow: hidden } svg { display: block }\n", screenHeight)
	for i, f := range faces {
		css += fmt.Sprintf("@font-face { font-family: %s; src: url(/%d.ttf) }\n", f.Name(), i)
	}
	css += "@font-face { font-family: Cut; src: url(/cut.ttf) }\n"
	files := map[string]func() (kind string, data []byte){
		"/cut.ttf": func() (string, []byte) { return "font/ttf", cutFace(t, faces[0]) },
		"/": func() (string, []byte) {
			return "text/html; charset=utf-8", []byte(`<!DOCTYPE html><meta charset="utf-8"><title>x</title><link rel="stylesheet" href="/x.css"><body><script type="module" src="/x.js"></script>`)
		},
		"/x.css": func() (string, []byte) { return "text/css", []byte(css) },
		"/x.js":  func() (string, []byte) { return "text/javascript; charset=utf-8", []byte(screenScript) },
	}
	for i := range pages {
		files[fmt.Sprintf("/%d.svg", i)] = func() (string, []byte) {
			return "image/svg+xml", svg.Page(&pages[i], (*font.Face).Name)
		}
	}
	for i, f := range faces {
		data, err := f.File()
		if err != nil {
			t.Fatal(err)
		}
		files[fmt.Sprintf("/%d.ttf", i)] = func() (string, []byte) { return "font/ttf", data }
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		file, ok := files[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		kind, data := file()
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Security-Policy", screenPolicy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Write(data)
	}))
	t.Cleanup(server.Close)
	return server
}

// cutFace is a face that was one of a collection.
func cutFace(t *testing.T, f *font.Face) []byte {
	t.Helper()
	data, err := f.File()
	if err != nil {
		t.Fatal(err)
	}
	const begin = 16
	all := append([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x10"), data...)
	for i := range int(binary.BigEndian.Uint16(data[4:])) {
		at := all[begin+12+16*i+8:]
		binary.BigEndian.PutUint32(at, binary.BigEndian.Uint32(at)+begin)
	}
	face, err := font.ParseFace(all, f.Name())
	if err != nil {
		t.Fatal(err)
	}
	if data, err = face.File(); err != nil {
		t.Fatal(err)
	}
	return data
}

// chromium runs the browser on an address.
func chromium(t *testing.T, browser, address string, flags ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	args := append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=" + filepath.Join(t.TempDir(), "profile"),
		"--hide-scrollbars", "--force-device-scale-factor=1", "--disable-lcd-text", "--virtual-time-budget=60000"}, flags...)
	out, err := exec.CommandContext(ctx, browser, append(args, address)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// screenPages are those of the sample, of a department with charts, and what is rare: characters beyond the basic plane,
// letters that are joined or kerned elsewhere, brackets beside each other, blanks.
func screenPages(t *testing.T) []page.Page {
	s := shared(t)
	sample, _ := layout.Lay(good(t, "data/2026/338").Tree, s.Fonts.Family, layout.WithMarks)
	charts, _ := layout.Lay(good(t, "testdata/departments/2026/415").Tree, s.Fonts.Family, layout.WithMarks)
	out := sample.Pages
	for i := range charts.Pages {
		if len(charts.Pages[i].Paths) > 0 {
			out = append(out, charts.Pages[i])
		}
	}
	rare := page.Page{Width: unit.A4Width, Height: unit.A4Height}
	family, _ := s.Fonts.Family("宋体")
	for i, line := range []string{"𫚭𬌗国", "fi ffl AVAToW. Ta", "（（《》）），。、；“”", "  a  b ", "（", "—— …… ＂ ①㎡"} {
		x := unit.Length(60000)
		for _, r := range line {
			face := family.Pick(r)
			if face == nil {
				t.Fatalf("no %c", r)
			}
			n := len(rare.Texts)
			if n == 0 || rare.Texts[n-1].Face != face || rare.Texts[n-1].Y != unit.Length(100000+50000*i) {
				rare.Texts = append(rare.Texts, page.Text{X: x, Y: unit.Length(100000 + 50000*i), Face: face, Size: 26000})
				n++
			}
			advance := unit.Length(26000).Milli(int64(face.RuneAdvance(r))) + 4000
			text := &rare.Texts[n-1]
			text.Text, text.Advances = text.Text+string(r), append(text.Advances, advance)
			x += advance
		}
	}
	return append(out, rare)
}

// TestBrowserTakesPages: Chromium takes all faces as they are and puts every character where layout put it, by a policy that
// allows nothing inline, of which it has nothing to say.
func TestBrowserTakesPages(t *testing.T) {
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium")
	}
	pages := screenPages(t)
	site := screenSite(t, pages)
	out := chromium(t, browser, fmt.Sprintf("%s/?tell&pages=0-%d", site.URL, len(pages)), "--dump-dom")
	_, text, _ := strings.Cut(out, `<pre id="told">`)
	text, _, _ = strings.Cut(text, "</pre>")
	var told struct {
		Refused, Wrong, Missed []string
		Faces                  map[string]string
		Characters, Clicked    int
	}
	if err := json.Unmarshal([]byte(html.UnescapeString(text)), &told); err != nil {
		t.Fatalf("%v: %.500s", err, out)
	}
	if len(told.Missed) > 0 || told.Clicked < 500 {
		t.Errorf("%d clicks, missed: %.20q", told.Clicked, told.Missed)
	}
	if len(told.Refused) > 0 {
		t.Errorf("refused: %q", told.Refused)
	}
	for name, status := range told.Faces {
		if status != "loaded" {
			t.Errorf("%s: %s", name, status)
		}
	}
	if len(told.Faces) != len(shared(t).Fonts.Faces())+1 || told.Characters < 10000 {
		t.Errorf("%d faces, %d characters", len(told.Faces), told.Characters)
	}
	for i, w := range told.Wrong {
		if i < 20 {
			t.Error(w)
		}
	}
	t.Logf("%d pages, %d characters, %d clicks, %d wrong, faces %v", len(pages), told.Characters, told.Clicked, len(told.Wrong), told.Faces)
}

// TestBrowserDrawsPages: what Chromium draws of the pages is what raster draws of them: nearly the same ink, and every text
// where it is there, within a point. With -pages it looks at all of them, not at a third.
func TestBrowserDrawsPages(t *testing.T) {
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium")
	}
	const dpi, together = 96, 12 // a screenshot has at most 16384 pixels
	pages := screenPages(t)
	if !*everyPage {
		all := pages
		pages = nil
		for i := range all {
			if i%4 == 1 || all[i].Turned || len(all[i].Paths) > 0 || i == len(all)-1 {
				pages = append(pages, all[i])
			}
		}
	}
	site := screenSite(t, pages)
	renderer, texts := raster.New(dpi), 0
	for from := 0; from < len(pages); from += together {
		to := min(from+together, len(pages))
		file := filepath.Join(t.TempDir(), "shot.png")
		chromium(t, browser, fmt.Sprintf("%s/?pages=%d-%d", site.URL, from, to), "--screenshot="+file, "--window-size="+strconv.Itoa(screenHeight)+","+strconv.Itoa((to-from)*screenHeight))
		shot := greyOf(t, file)
		for i := from; i < to; i++ {
			want, err := renderer.Image(&pages[i])
			if err != nil {
				t.Fatal(err)
			}
			got := shot.SubImage(want.Rect.Add(image.Pt(0, (i-from)*screenHeight))).(*image.Gray)
			keepShot(t, i, got, want)
			texts += comparePage(t, i, &pages[i], got, want, dpi)
		}
	}
	if texts < 900 {
		t.Errorf("%d texts only", texts)
	}
}

// keepShot leaves the pictures of a page, the browser's beside ours, in the folder that SHOTS names.
func keepShot(t *testing.T, i int, got, want *image.Gray) {
	dir := os.Getenv("SHOTS")
	if dir == "" {
		return
	}
	w, h := want.Rect.Dx(), want.Rect.Dy()
	both := image.NewGray(image.Rect(0, 0, 2*w, h))
	for y := range h {
		copy(both.Pix[y*both.Stride:], got.Pix[y*got.Stride:][:w])
		copy(both.Pix[y*both.Stride+w:], want.Pix[y*want.Stride:][:w])
	}
	f, err := os.Create(filepath.Join(dir, fmt.Sprintf("%03d.png", i+1)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, both); err != nil {
		t.Fatal(err)
	}
}

func greyOf(t *testing.T, file string) *image.Gray {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	out := image.NewGray(img.Bounds())
	draw.Draw(out, out.Rect, img, image.Point{}, draw.Src)
	return out
}

// comparePage holds two pictures of a page against each other, as a whole and around every text, and returns how many texts
// it looked at.
func comparePage(t *testing.T, i int, pg *page.Page, got, want *image.Gray, dpi int) (texts int) {
	t.Helper()
	whole := inkApart(got, want, want.Rect, 0, 0)
	// Hairlines are as grey in a browser as they are thin, and black in our pictures: tables differ more than texts.
	if mean := whole / (want.Rect.Dx() * want.Rect.Dy()); mean > 8 {
		t.Errorf("page %d differs by %d of 255 on the average", i+1, mean)
	}
	pixel := func(l unit.Length) int { return int(l) * dpi / 72 / int(unit.Pt) }
	for k := range pg.Texts {
		x := &pg.Texts[k]
		w := unit.Length(0)
		for _, a := range x.Advances {
			w += a
		}
		box := page.Rule{X: x.X, Y: x.Y - x.Size.Milli(900), W: w, H: x.Size.Milli(1100)}
		if !x.Upright {
			box = pg.OnSheet(box)
		}
		const around = 3
		area := image.Rect(pixel(box.X)-1, pixel(box.Y)-1, pixel(box.X+box.W)+2, pixel(box.Y+box.H)+2).Intersect(want.Rect.Inset(around))
		if strings.TrimSpace(x.Text) == "" || area.Empty() {
			continue
		}
		texts++
		here, best, bx, by := inkApart(got, want, area, 0, 0), 0, 0, 0
		best = here
		for dy := -around; dy <= around; dy++ {
			for dx := -around; dx <= around; dx++ {
				if d := inkApart(got, want, area, dx, dy); d < best {
					best, bx, by = d, dx, dy
				}
			}
		}
		if (bx < -1 || bx > 1 || by < -1 || by > 1) && best*10 < here*9 {
			t.Errorf("page %d: %q is off by %d, %d pixels", i+1, x.Text, bx, by)
		}
	}
	return texts
}

// inkApart sums up how two pictures differ within an area, one of them moved.
func inkApart(got, want *image.Gray, area image.Rectangle, dx, dy int) (sum int) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		a, b := got.Pix[(y+dy)*got.Stride+area.Min.X+dx:][:area.Dx()], want.Pix[y*want.Stride+area.Min.X:][:area.Dx()]
		for x := range a {
			sum += max(int(a[x])-int(b[x]), int(b[x])-int(a[x]))
		}
	}
	return sum
}
