// Package follow tells people when something new is said.
//
// A [Follow] is of a person, a topic, a source or a question, and belongs to a
// channel or to one member. After each reading of the documents a [Service]
// matches all of them against what is new, by the finders that answer commands,
// and hands each [Notice] to a front, at once or as a daily or weekly digest.
//
// What will be sent is in the state before it is sent, together with the note that
// it was found, and leaves it once the front has it: a crash at any moment
// loses nothing. A message that may have been sent before a crash is looked for
// at its place before it is sent again.
package follow

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // machines without time zones have them too

	"example.org/attache/corpus/text"
	"example.org/attache/index"
)

// Kind is what a follow is of.
type Kind string

// The kinds of follows.
const (
	Person   Kind = "who"
	Topic    Kind = "topic"
	Source   Kind = "source"
	Question Kind = "question" // ends with its answer
)

// Every is how often a follow says what it has found.
type Every string

// How often follows tell.
const (
	AtOnce Every = "at once"
	Daily  Every = "daily"
	Weekly Every = "weekly"
)

// Place is where a follow says what it has found: a channel of a server, or, with
// no channel, direct messages to its owner.
type Place struct {
	Server  string `json:"server,omitempty"`
	Channel string `json:"channel,omitempty"`
}

// Follow is something that somebody wants to be told of.
type Follow struct {
	ID       string    `json:"id"`
	Kind     Kind      `json:"kind"`
	Subject  string    `json:"subject"` // a name, words or a question
	Place    Place     `json:"place"`
	Owner    string    `json:"owner"`          // who may stop it
	Ping     string    `json:"ping,omitempty"` // a role that is mentioned with what is found, by its ID
	Every    Every     `json:"every"`
	Hour     int       `json:"hour,omitempty"`     // of a digest
	Zone     string    `json:"zone,omitempty"`     // of the hour, as "Europe/Berlin"; empty: UTC
	Language string    `json:"language,omitempty"` // of its notices, as package words names it
	Made     time.Time `json:"made"`               // a weekly digest comes on the same day of the week
	Refused  int       `json:"refused,omitempty"`  // direct messages that its owner did not take, one after another
}

// Notice is what there is to tell of one follow.
type Notice struct {
	ID      string         `json:"id"` // of the notice: it is sent once
	Follow  Follow         `json:"follow"`
	Quotes  []index.Quote  `json:"quotes,omitempty"`  // at most Shown
	Sources []index.Source `json:"sources,omitempty"` // of a follow of a source
	More    int            `json:"more,omitempty"`    // how many others there are
	Due     time.Time      `json:"due"`
	Begun   bool           `json:"begun,omitempty"` // it may have been sent already
	Tries   int            `json:"tries,omitempty"`
}

// Shown is how many quotes, or sources, a notice has at most.
const Shown = 5

// Limits bound how many follows there may be.
type Limits struct {
	Person int // of one person
	Server int // in the channels of one server
	All    int
}

// Why a follow can't be.
var (
	ErrAlready = errors.New("this is followed here already")
	ErrPerson  = errors.New("one person has as many follows as allowed")
	ErrServer  = errors.New("one server has as many follows as allowed")
	ErrAll     = errors.New("there are as many follows as allowed")
	ErrNone    = errors.New("there is no such follow")
)

// Check finds what is wrong with a follow, and fills in what goes without saying.
func (f *Follow) Check() error {
	f.Every = cmp.Or(f.Every, AtOnce)
	if !slices.Contains([]Every{AtOnce, Daily, Weekly}, f.Every) {
		return fmt.Errorf("%q is not how often to tell: at once, daily or weekly", f.Every)
	}
	if f.Hour < 0 || f.Hour > 23 {
		return fmt.Errorf("%d is no hour: it goes from 0 to 23", f.Hour)
	}
	if _, err := time.LoadLocation(f.Zone); err != nil || f.Zone == "Local" {
		return fmt.Errorf("%q is no time zone: write one as Europe/Berlin or UTC", f.Zone)
	}
	return nil
}

// same is equal for follows of the same thing at the same place.
func (f Follow) same() string {
	owner := f.Owner
	if f.Place.Channel != "" {
		owner = ""
	}
	return strings.Join([]string{string(f.Kind), text.Fold(f.Subject), f.Place.Channel, owner}, "\x00")
}

// due is when something that is found now is told.
func (f Follow) due(now time.Time) time.Time {
	if f.Every == AtOnce {
		return now
	}
	zone, err := time.LoadLocation(f.Zone)
	if err != nil { // checked when it was made; the zone may have gone since
		zone = time.UTC
	}
	day := now.In(zone)
	at := time.Date(day.Year(), day.Month(), day.Day(), f.Hour, 0, 0, 0, zone)
	for !at.After(now) || f.Every == Weekly && at.Weekday() != f.Made.In(zone).Weekday() {
		at = time.Date(at.Year(), at.Month(), at.Day()+1, f.Hour, 0, 0, 0, zone)
	}
	return at
}

// newID returns a short name that nothing else has.
func newID() string { return strings.ToLower(rand.Text()[:10]) }
