package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// columns are those of the table. More may be added at the end.
var columns = []string{"group", "quote", "speaker", "kind", "label", "title", "publisher", "author", "published", "page", "time", "url", "document", "start", "end", "also", "accessed"}

// byteOrderMark tells a spreadsheet that a table is UTF-8.
const byteOrderMark = "\ufeff"

// csv writes a row for each quote, as RFC 4180 has it.
func (d Dossier) csv(w io.Writer) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	table := csv.NewWriter(w)
	table.UseCRLF = true
	table.Write(columns) // its error stays with the writer
	for _, g := range d.Groups {
		for _, q := range g.Quotes {
			page, accessed := "", ""
			if q.Page > 0 {
				page = fmt.Sprint(q.Page)
			}
			if !q.Accessed.IsZero() {
				accessed = q.Accessed.Format("2006-01-02")
			}
			s := q.Source
			row := []string{g.Heading, q.Text, q.Speaker, q.Kind, q.Label, s.Title, s.Publisher, s.Author, s.Published.String(), page, Clock(q.Second),
				q.address(), s.Document, fmt.Sprint(q.Span.Start), fmt.Sprint(q.Span.End), strings.Join(q.Also, "; "), accessed}
			for i := range row {
				row[i] = inert(row[i])
			}
			table.Write(row)
		}
	}
	table.Flush()
	return table.Error()
}

// inert makes a cell one that no spreadsheet takes for a formula.
func inert(cell string) string {
	text := strings.TrimLeftFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\ufeff' })
	for _, sign := range []string{"=", "+", "-", "@", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(text, sign) {
			return "'" + cell
		}
	}
	return cell
}
