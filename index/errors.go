package index

import (
	"errors"

	"example.org/attache/index/internal/store"
)

// ErrNone means that a folder holds no index that this program can read:
// [Build] makes one.
var ErrNone = errors.New("no index that can be read")

// ErrNoDocument means that the corpus has no document of a name.
var ErrNoDocument = errors.New("no such document")

// ErrNoPlace means that the text of a document has no such place.
var ErrNoPlace = errors.New("no such place")

// ErrBusy means that somebody else is rebuilding the index.
var ErrBusy = errors.New("the index is already being rebuilt")

// ErrVanished means that the corpus has no file any more, where the index holds
// documents of it.
var ErrVanished = errors.New("the folder of the documents is empty now")

// ErrOtherRelease means that an index was made by a release of the program with
// another format or analysis. It has to be built anew.
var ErrOtherRelease = store.ErrOtherRelease
