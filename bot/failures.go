package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"example.org/attache/bot/command"
	"example.org/attache/index"
)

// failuresFile is the file beside an index that says what its last reading
// could not read, so that every process can tell.
const failuresFile = "failures.json"

// unread is a file that could not be read.
type unread struct {
	Document string `json:"document"`
	Reason   string `json:"reason"`
}

// noteFailures writes down what a reading could not read.
func (l *library) noteFailures(report *index.Report) (err error) {
	list := []unread{}
	for _, e := range report.Entries {
		if e.Status == index.Failed {
			list = append(list, unread{e.Document, command.Reason(e)})
		}
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("writing which files could not be read: %w", err)
		}
	}()
	f, err := os.CreateTemp(l.dir, ".failures-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := errors.Join(json.NewEncoder(f).Encode(list), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(l.dir, failuresFile))
}

// failures returns what the last reading, of whatever process, could not read.
func (l *library) failures() ([]index.Entry, error) {
	data, err := os.ReadFile(filepath.Join(l.dir, failuresFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var list []unread
	if err == nil {
		err = json.Unmarshal(data, &list)
	}
	if err != nil {
		return nil, fmt.Errorf("reading which files could not be read: %w", err)
	}
	var entries []index.Entry
	for _, u := range list {
		entries = append(entries, index.Entry{Document: u.Document, Status: index.Failed, Err: errors.New(u.Reason)})
	}
	return entries, nil
}
