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
	most       int64  // bytes of a file; 0 stands for maxSize
	magic      string // what files of the format begin with, and no others, whatever their name says; empty when nothing
	read       func(context.Context, File) iter.Seq2[Document, error]
}

// Bytes of a file that is read; of one that holds many documents or pictures
// it may be more.
const (
	maxSize = 32 << 20
	maxMany = 128 << 20
)

func (r reader) has(extension string) bool {
	return slices.Contains(strings.Split(r.extensions, " "), extension)
}

// readers is the table of formats. It is a function, since archives read what
// is in them by the same table.
func readers() []reader {
	return []reader{
		{extensions: ".txt .text ", read: one(readPlain)},
		{extensions: ".md .markdown", read: one(readMarkdown)},
		{extensions: ".html .htm .xhtml", magic: "<!doctype html", read: one(readHTML)},
		{extensions: ".pdf", most: maxMany, magic: "%PDF-", read: one(readPDF)},
		{extensions: ".docx", most: maxMany, read: one(readDOCX)},
		{extensions: ".odt", most: maxMany, read: one(readODT)},
		{extensions: ".eml .mht .mhtml", most: maxMany, read: readMail},
		{extensions: ".xml", most: maxMany, read: readTEI},
		{extensions: ".csv .tsv", most: maxMany, read: readCSV},
		{extensions: ".jsonl .ndjson .json", most: maxMany, read: readJSON},
		{extensions: ".zip", most: maxMany, read: readZIP},
		{extensions: ".gz", magic: "\x1f\x8b", read: readGZIP},
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

// MaxSize returns how many bytes a file of that name may have to be read.
func MaxSize(path string) int64 {
	r, err := readerOf(File{Path: path})
	if err != nil || r.most == 0 {
		return maxSize
	}
	return r.most
}
