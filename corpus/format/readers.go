package format

import (
	"context"
	"iter"
	"slices"
	"strings"
)

// reader reads one format.
type reader struct {
	extensions string // with their dots, joined by spaces; an empty one stands for none
	magic      string // what every file of the format begins with; empty when nothing
	sure       bool   // no other format begins like this, whatever the name says
	read       func(context.Context, File) iter.Seq2[Document, error]
}

func (r reader) has(extension string) bool {
	return slices.Contains(strings.Split(r.extensions, " "), extension)
}

// readers is the table of formats. It is a function, since archives read what
// is in them by the same table.
func readers() []reader {
	return []reader{
		{extensions: ".txt .text ", read: one(readPlain)},
		{extensions: ".md .markdown", read: one(readMarkdown)},
		{extensions: ".html .htm .xhtml", read: one(readHTML)},
		{extensions: ".pdf", magic: "%PDF-", sure: true, read: one(readPDF)},
		{extensions: ".docx", read: one(readDOCX)},
		{extensions: ".odt", read: one(readODT)},
		{extensions: ".eml .mht .mhtml", read: readMail},
		{extensions: ".xml", read: readTEI},
		{extensions: ".csv .tsv", read: readCSV},
		{extensions: ".jsonl .ndjson .json", read: readJSON},
		{extensions: ".zip", read: readZIP},
		{extensions: ".gz", magic: "\x1f\x8b", sure: true, read: readGZIP},
	}
}

// Extensions lists the endings of the names of files that can be read.
func Extensions() string {
	var all []string
	for _, r := range readers() {
		all = append(all, strings.Fields(r.extensions)...)
	}
	return strings.Join(all, ", ")
}
