package index_test

import (
	"database/sql"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"
	_ "modernc.org/sqlite" // the driver

	"example.org/attache/corpus/text"
)

// The peers index every sentence and list the ten that match a question best.

// eachSentence calls f with every sentence of m.
func (m *multiplied) eachSentence(f func(n int, sentence string) error) error {
	n := 0
	for i := range m.documents() {
		t := string(m.document(i))
		for _, p := range text.Paragraphs(t) {
			for _, s := range text.Sentences(t, p, "en") {
				if err := f(n, s.In(t)); err != nil {
					return err
				}
				n++
			}
		}
	}
	return nil
}

// buildBleve builds a lean bleve index: one analysed field, nothing stored.
func buildBleve(m *multiplied, dir string) error {
	field := bleve.NewTextFieldMapping()
	field.Analyzer = en.AnalyzerName
	field.Store, field.IncludeTermVectors, field.IncludeInAll, field.DocValues = false, false, false, false
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("text", field)
	mapping := bleve.NewIndexMapping()
	mapping.DefaultMapping = doc
	ix, err := bleve.NewUsing(dir+"/bleve", mapping, scorch.Name, scorch.Name, nil)
	if err != nil {
		return err
	}
	batch := ix.NewBatch()
	err = m.eachSentence(func(n int, sentence string) error {
		if err := batch.Index(strconv.Itoa(n), map[string]any{"text": sentence}); err != nil {
			return err
		}
		if batch.Size() < 2000 {
			return nil
		}
		defer batch.Reset()
		return ix.Batch(batch)
	})
	if err != nil {
		return err
	}
	if err := ix.Batch(batch); err != nil {
		return err
	}
	return ix.Close()
}

func answerBleve(dir string) (answering, error) {
	ix, err := bleve.OpenUsing(dir+"/bleve", map[string]any{"read_only": true})
	if err != nil {
		return answering{}, err
	}
	return answering{ask: func(q string) error {
		m := bleve.NewMatchQuery(q)
		m.SetField("text")
		_, err := ix.Search(bleve.NewSearchRequestOptions(m, 10, 0, false))
		return err
	}, close: ix.Close}, nil
}

// buildSQLite fills an FTS5 table that keeps no text beside its index. The
// pure Go translation of SQLite is slower than the C library.
func buildSQLite(m *multiplied, dir string) error {
	db, err := sql.Open("sqlite", filepath.Join(dir, "fts5.db"))
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.Exec(`CREATE VIRTUAL TABLE sentences USING fts5(text, content='', tokenize='porter unicode61')`); err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	insert, err := tx.Prepare(`INSERT INTO sentences(rowid, text) VALUES (?, ?)`)
	if err != nil {
		return err
	}
	err = m.eachSentence(func(n int, sentence string) error {
		_, err := insert.Exec(n, sentence)
		return err
	})
	if err != nil {
		return err
	}
	return tx.Commit()
}

func answerSQLite(dir string) (answering, error) {
	db, err := sql.Open("sqlite", filepath.Join(dir, "fts5.db"))
	if err != nil {
		return answering{}, err
	}
	find, err := db.Prepare(`SELECT rowid FROM sentences WHERE sentences MATCH ? ORDER BY rank LIMIT 10`)
	if err != nil {
		return answering{}, err
	}
	questions, err := readQuestions()
	if err != nil {
		return answering{}, err
	}
	// A question takes a second or more at a million sentences.
	return answering{asked: questions[:min(20, len(questions))], ask: func(q string) error {
		words := strings.FieldsFunc(q, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
		rows, err := find.Query(`"` + strings.Join(words, `" OR "`) + `"`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var n int
			if err := rows.Scan(&n); err != nil {
				return err
			}
		}
		return rows.Err()
	}, close: db.Close}, nil
}
