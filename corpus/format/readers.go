package format

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// reader reads one format.
type reader struct {
	extensions string            // with their dots, joined by spaces; an empty one stands for none
	most       int64             // bytes of a file; 0 stands for maxSize
	cost       cost              // of memory; the zero value stands for that of a text
	begins     func([]byte) bool // reports whether a file is of the format by how it begins; nil: only its name tells
	loose      bool              // files of this ending may be of another format by how they begin
	magic      string            // what files of the format begin with, and no others, whatever their name says; empty when nothing
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
		{extensions: ".txt .text ", loose: true, read: one(readPlain)},
		{extensions: ".md .markdown", read: one(readMarkdown)},
		{extensions: ".rst .rest .adoc .asciidoc .asc .org", read: one(readMarkup)},
		{extensions: ".html .htm .xhtml .shtml .xht .php .asp .aspx .jsp .jspx .cfm .cgi .do", begins: isPage, loose: true, read: one(readHTML)},
		{extensions: ".pdf", most: maxMany, cost: pdfCost, magic: "%PDF-", read: readPDF},
		{extensions: ".docx .docm .dotx", most: maxMany, read: one(readDOCX)},
		{extensions: ".pptx .pptm .ppsx", most: maxMany, read: one(readPPTX)},
		{extensions: ".xlsx .xlsm", most: maxMany, read: readXLSX},
		{extensions: ".rtf", most: maxMany, magic: `{\rtf`, read: one(readRTF)},
		{extensions: ".epub", most: maxMany, read: one(readEPUB)},
		{extensions: ".odt", most: maxMany, read: one(readODT)},
		{extensions: ".eml .mht .mhtml", read: readMail},
		{extensions: ".msg", read: readOutlook},
		{extensions: ".mbox", most: maxMany, cost: rowCost, begins: isMbox, read: readMbox},
		{extensions: ".xml .tei .nxml .jats .rss .atom .rdf", most: maxMany, loose: true, read: readXML},
		{extensions: ".warc", most: maxMany, cost: rowCost, read: readWARC},
		{extensions: ".srt .vtt", magic: "WEBVTT", read: one(readSubtitles)},
		{extensions: ".csv .tsv", most: maxMany, cost: rowCost, read: readCSV},
		{extensions: ".jsonl .ndjson .json", most: maxMany, cost: rowCost, read: readJSON},
		{extensions: ".zip", most: maxMany, read: readZIP},
		{extensions: ".gz", magic: "\x1f\x8b", read: readGZIP},
	}
}

// advice says what to do with files of kinds that are not read.
var advice = map[string]string{
	".doc .dot .pages .wpd .wps .fodt .sxw":            "open it in a word processor and save it as .docx or .odt",
	".xls .ods .numbers":                               "save it as .xlsx, or its table as .csv, with a column text",
	".ppt .odp .key .ps .djvu .xps":                    "save it as .pdf",
	".mobi .azw3":                                      "save it as .epub, .html or .txt",
	".webarchive .maff":                                "open it in the browser and save the page as .html or .mht",
	".url .webloc .lnk .desktop":                       "it is a link; save what it leads to, or give its address to attache add",
	".7z .rar .tar .bz2 .xz .tgz":                      "unpack it, or pack it as .zip",
	".jpg .jpeg .png .gif .tif .tiff .webp .bmp .heic": "if it is a picture of a text, make a .pdf of it by text recognition (OCR)",
	".mp3 .wav .m4a .ogg .mp4 .mov .avi .mkv .webm":    "put a transcript of it there, as .txt or .docx",
}

// unknown says that files of an ending are not read, and what to do.
func unknown(extension string) error {
	for list, what := range advice {
		if slices.Contains(strings.Fields(list), extension) {
			return fmt.Errorf("%w (%s): %s", ErrUnknown, extension, what)
		}
	}
	return fmt.Errorf("%w (%s): save it as .pdf, .docx, .html or .txt, or take it away", ErrUnknown, extension)
}

// pageSuffixes end the names of the folders that browsers save beside a page,
// in the languages that they speak.
var pageSuffixes = []string{"_files", ".files", "-files", "_Dateien", "-Dateien", "_fichiers", "_archivos", "_file", "_arquivos",
	"_ficheiros", "_bestanden", "_pliki", "_filer", "_soubory", "_tiedostot", "_dosyalar", "_elemei", "_datoteke", "_файлы", "_файли", "_文件", "_檔案", "_파일"}

// PagesOf returns the names of the pages that a folder may have been saved with,
// for its pictures, frames and advertisements: none when its name is none of
// such a folder.
func PagesOf(folder string) (pages []string) {
	for _, suffix := range pageSuffixes {
		if stem, ok := strings.CutSuffix(folder, suffix); ok && stem != "" {
			for _, ext := range []string{".html", ".htm", ".xhtml", ".HTML", ".HTM"} {
				pages = append(pages, stem+ext)
			}
		}
	}
	return pages
}

// cost is what reading takes of memory: so many bytes in any case, and so many
// times the size of the file.
type cost struct {
	fixed int64
	times int64
}

// The costs of formats, and the most of any: the budget of a document keeps it
// from taking more.
var (
	textCost = cost{2 << 20, 12} // also of what is packed, as the files of word processors
	rowCost  = cost{2 << 20, 3}  // of what is read row by row
	pdfCost  = cost{56 << 20, 2} // PDFium has memory of its own
	mostCost = int64(256 << 20)
)

// Cost returns about how many bytes of memory it takes to take a file of that name
// and size apart.
func Cost(path string, size int64) int64 {
	c := textCost
	if r, err := readerOf(File{Path: path}); err == nil && r.cost != (cost{}) {
		c = r.cost
	}
	return min(c.fixed+c.times*size, mostCost)
}

// MaxSize returns how many bytes a file of that name may have to be read.
func MaxSize(path string) int64 {
	r, err := readerOf(File{Path: path})
	if err != nil || r.most == 0 {
		return maxSize
	}
	return r.most
}
