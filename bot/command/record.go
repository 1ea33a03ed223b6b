package command

import (
	"time"

	"example.org/attache/corpus"
	"example.org/attache/index"
)

// The objects that --json prints. Scripts rely on their keys.
type (
	answersJSON struct {
		Question string      `json:"question"`
		Answered bool        `json:"answered"`
		Answers  []quoteJSON `json:"answers"`
		TookMS   float64     `json:"took_ms"`
	}
	quoteJSON struct {
		Quote     string      `json:"quote"`
		Document  string      `json:"document"`
		Title     string      `json:"title,omitempty"`
		Publisher string      `json:"publisher,omitempty"`
		Published corpus.Date `json:"published,omitzero"`
		URL       string      `json:"url,omitempty"`
		Link      string      `json:"link,omitempty"` // the page that shows it in its document
		Speaker   string      `json:"speaker,omitempty"`
		Page      int         `json:"page,omitempty"`
		Start     int         `json:"start"`
		End       int         `json:"end"`
		Score     float64     `json:"score"`
		Also      []string    `json:"also,omitempty"`
		Kind      string      `json:"kind,omitempty"`
		Second    int         `json:"second,omitempty"`

		Recognised bool `json:"recognised,omitempty"`

		Reasons []reasonJSON `json:"reasons,omitempty"`
	}
	// reasonJSON is one thing that a score rests on; adds is value times weight.
	reasonJSON struct {
		Feature string  `json:"feature"`
		Meaning string  `json:"meaning"`
		Value   float64 `json:"value"`
		Weight  float64 `json:"weight"`
		Adds    float64 `json:"adds"`
	}
	titleJSON struct {
		Title    string      `json:"title"`
		Document string      `json:"document"`
		Quote    string      `json:"quote"`
		First    corpus.Date `json:"first,omitzero"` // when documents used it
		Last     corpus.Date `json:"last,omitzero"`
	}
	personJSON struct {
		Name      string      `json:"name"`
		Titles    []titleJSON `json:"titles"`
		Aliases   []string    `json:"aliases"`
		Documents int         `json:"documents"`
		First     corpus.Date `json:"first,omitzero"`
		Last      corpus.Date `json:"last,omitzero"`
	}
	profileJSON struct {
		personJSON
		Quotes   []quoteJSON `json:"quotes"`
		Mentions []quoteJSON `json:"mentions"`
		With     []string    `json:"with,omitempty"`
	}
)

// What unanswered and feedback print of a question.
type (
	unansweredJSON struct {
		Question string `json:"question"`
		Count    int    `json:"count"`
	}
	feedbackJSON struct {
		Question string `json:"question"`
		Good     int    `json:"good"`
		Bad      int    `json:"bad"`
	}
)

// commandJSON is what help prints of a command.
type commandJSON struct {
	Command string `json:"command"`
	Usage   string `json:"usage"`
	Help    string `json:"help"`
}

// PersonRecord is what --json prints of a person in a list.
func PersonRecord(p index.Profile) any { return person(p) }

func person(p index.Profile) personJSON {
	r := personJSON{Name: p.Name, Titles: []titleJSON{}, Aliases: []string{}, Documents: p.Documents, First: p.First, Last: p.Last}
	for _, t := range p.Titles {
		r.Titles = append(r.Titles, titleJSON{t.Title, t.Quote.Source.Document, t.Quote.Text, t.First, t.Last})
	}
	r.Aliases = append(r.Aliases, p.Aliases...)
	return r
}

func (b *Bot) profileRecord(p index.Profile) profileJSON {
	return profileJSON{person(p), b.quoteRecords(p.Quotes), b.quoteRecords(p.Mentions), p.With}
}

// quotationJSON is what quotes and statements print.
type quotationJSON struct {
	Document  string `json:"document"`
	Quote     string `json:"quote"`
	Kind      string `json:"kind,omitempty"`
	Speaker   string `json:"speaker"`
	AsWritten string `json:"speaker_as_written"`
	Cue       string `json:"cue"`
	Page      int    `json:"page,omitempty"`
	Start     int    `json:"start"`
	End       int    `json:"end"`
}

// QuotationRecord is what --json prints of a direct quotation, whose kind goes
// without saying.
func QuotationRecord(s index.Statement) any {
	return quotationJSON{s.Source.Document, s.Text, "", s.Speaker, s.Written, s.Cue, s.Page, s.Span.Start, s.Span.End}
}

// StatementRecord is what --json prints of a statement.
func StatementRecord(s index.Statement) any {
	return quotationJSON{s.Source.Document, s.Text, s.Kind, s.Speaker, s.Written, s.Cue, s.Page, s.Span.Start, s.Span.End}
}

func (b *Bot) answersRecord(asked string, answered bool, quotes []index.Quote, took time.Duration) answersJSON {
	return answersJSON{asked, answered, b.quoteRecords(quotes), float64(took.Microseconds()) / 1000}
}

// quoteRecords is never nil: an empty list is [].
func (b *Bot) quoteRecords(quotes []index.Quote) []quoteJSON {
	records := make([]quoteJSON, 0, len(quotes))
	for _, q := range quotes {
		records = append(records, quoteJSON{Quote: q.Text, Document: q.Source.Document, Title: q.Source.Title,
			Publisher: q.Source.Publisher, Published: q.Source.Published, URL: q.Source.URL, Link: b.link(q), Speaker: q.Speaker, Kind: q.Kind, Second: max(0, q.Second-1),
			Page: q.Page, Start: q.Span.Start, End: q.Span.End, Score: q.Score, Also: q.Also, Reasons: reasonRecords(q.Reasons), Recognised: q.Source.Recognised})
	}
	return records
}

func reasonRecords(reasons []index.Reason) (records []reasonJSON) {
	for _, r := range reasons {
		records = append(records, reasonJSON{r.Name, r.Meaning, r.Value, r.Weight, r.Adds()})
	}
	return records
}

// NoAnswer is what --json prints for a line that is no question.
func NoAnswer(line string) any { return answersJSON{Question: line, Answers: []quoteJSON{}} }

// entryJSON is what reindex and check print of a document.
type entryJSON struct {
	Document string       `json:"document"`
	Status   index.Status `json:"status"`
	Reason   string       `json:"reason,omitempty"`
}

func entryRecord(e index.Entry) entryJSON {
	r := entryJSON{Document: e.Document, Status: e.Status}
	if e.Err != nil {
		r.Reason = Reason(e)
	}
	return r
}
