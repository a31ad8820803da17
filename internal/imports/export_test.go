package imports

// Unmet are the words of heads that no head can be read as.
func Unmet(w *Words) []string {
	var out []string
	for _, word := range sortedKeys(w.roles) {
		if h := w.head(word).text; h != word && w.short(h) != word {
			out = append(out, word+" but "+h)
		}
	}
	for _, word := range sortedKeys(w.funds) {
		if h := w.head(word).text; h != word {
			out = append(out, word+" but "+h)
		}
	}
	return out
}
