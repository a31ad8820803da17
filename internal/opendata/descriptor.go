package opendata

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// about is what the description and the text for people say of the package, one document or a district.
type about struct {
	name, title, summary string
	generator            string
	year                 string
	published            string // the date of the document
	publishers           []string
	resources            []resourceJSON
	notes                []string // of the text for people, what only this package says
}

// The fields of what follows stand in the order of the alphabet, so that the keys of the file do.

type packageJSON struct {
	Schema       string         `json:"$schema"`
	Contributors []contributor  `json:"contributors,omitempty"`
	CountryCode  string         `json:"countryCode"`
	Description  string         `json:"description"`
	FiscalPeriod *period        `json:"fiscalPeriod"`
	Generator    string         `json:"generator"` // by which commands know that they may write over it
	Name         string         `json:"name"`
	Published    string         `json:"published,omitempty"`
	Resources    []resourceJSON `json:"resources"`
	Title        string         `json:"title"`
}

type contributor struct {
	Roles []string `json:"roles"`
	Title string   `json:"title"`
}

type period struct {
	End   string `json:"end"`
	Start string `json:"start"`
}

type resourceJSON struct {
	Bytes       int64       `json:"bytes"`
	Description string      `json:"description"`
	Dialect     dialectJSON `json:"dialect"`
	Encoding    string      `json:"encoding"`
	Format      string      `json:"format"`
	Hash        string      `json:"hash"`
	MediaType   string      `json:"mediatype"`
	Name        string      `json:"name"`
	Path        string      `json:"path"`
	Schema      schemaJSON  `json:"schema"`
	Title       string      `json:"title"`
	Type        string      `json:"type"`
}

type dialectJSON struct {
	Delimiter      string `json:"delimiter"`
	DoubleQuote    bool   `json:"doubleQuote"`
	Header         bool   `json:"header"`
	LineTerminator string `json:"lineTerminator"`
	QuoteChar      string `json:"quoteChar"`
}

// usualDialect is that of all files.
var usualDialect = dialectJSON{",", true, true, "\r\n", `"`}

type schemaJSON struct {
	Fields        []fieldJSON   `json:"fields"`
	ForeignKeys   []foreignJSON `json:"foreignKeys,omitempty"`
	MissingValues []string      `json:"missingValues"`
	PrimaryKey    []string      `json:"primaryKey,omitempty"`
}

type fieldJSON struct {
	ColumnType  string           `json:"columnType,omitempty"`
	Constraints *constraintsJSON `json:"constraints,omitempty"`
	Description string           `json:"description,omitempty"`
	Name        string           `json:"name"`
	Title       string           `json:"title"`
	Type        kind             `json:"type"`
}

type constraintsJSON struct {
	Enum     []string `json:"enum,omitempty"`
	Required bool     `json:"required,omitempty"`
	Unique   bool     `json:"unique,omitempty"`
}

type foreignJSON struct {
	Fields    []string      `json:"fields"`
	Reference referenceJSON `json:"reference"`
}

type referenceJSON struct {
	Fields   []string `json:"fields"`
	Resource string   `json:"resource,omitempty"` // of itself none
}

// descriptor is datapackage.json. It names no place of the network but that of its own form, which no reader needs to look up.
func (p *about) descriptor() []byte {
	out := packageJSON{Schema: "https://datapackage.org/profiles/2.0/datapackage.json", CountryCode: "CN", Description: p.summary, Generator: p.generator, Name: p.name,
		Published: p.published, Resources: p.resources, Title: p.title, FiscalPeriod: &period{p.year + "-12-31", p.year + "-01-01"}}
	for _, a := range p.publishers {
		out.Contributors = append(out.Contributors, contributor{[]string{"publisher"}, a})
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(out); err != nil {
		panic(err) // texts and numbers are JSON
	}
	return b.Bytes()
}

// resource describes a file.
func (t *sheet) resource() resourceJSON {
	s := schemaJSON{MissingValues: []string{""}, PrimaryKey: t.key}
	for i := range t.columns {
		c := &t.columns[i]
		f := fieldJSON{ColumnType: c.fiscal, Description: c.about, Name: c.name, Title: c.title, Type: c.kind}
		if c.required || c.unique || c.words != nil {
			f.Constraints = &constraintsJSON{c.words, c.required, c.unique}
		}
		s.Fields = append(s.Fields, f)
	}
	for _, r := range t.refs {
		s.ForeignKeys = append(s.ForeignKeys, foreignJSON{r.columns, referenceJSON{r.in, r.resource}})
	}
	sum := sha256.Sum256(t.b)
	return resourceJSON{Bytes: int64(len(t.b)), Description: t.about, Dialect: usualDialect, Encoding: "utf-8", Format: "csv",
		Hash: hashed(sum[:]), MediaType: "text/csv", Name: t.name, Path: t.path, Schema: s, Title: t.title, Type: "table"}
}

func hashed(sum []byte) string { return "sha256:" + hex.EncodeToString(sum) }
