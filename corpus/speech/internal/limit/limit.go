// Package limit ends the reading of a text whose time is over, from whatever
// depth the passes have reached.
package limit

import "errors"

var errOver = errors.New("the time of the text is over")

// Check panics when over reports that the time is over, with a value that
// Recover takes; a nil over never does. Every loop over what a text may have
// very many of calls it.
func Check(over func() bool) {
	if over != nil && over() {
		panic(errOver)
	}
}

// Recover, deferred by the function that begins a reading, stops the panic of
// Check and leaves all others alone: the function then returns its results as
// they are.
func Recover() {
	if p := recover(); p != nil && p != errOver {
		panic(p)
	}
}
