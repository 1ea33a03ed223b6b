// Package lean makes the garbage collector run more often while work that needs much
// memory is going on.
package lean

import (
	"runtime/debug"
	"sync"
)

// growth is by how many percent the memory may grow before what is garbage in
// it is collected.
const growth = 30

var state struct {
	sync.Mutex
	entered int
	usual   int // percent, before the first entered
}

// Enter has garbage collected often until leave is called. The setting is that
// of the whole process, and holds until all who entered have left.
func Enter() (leave func()) {
	state.Lock()
	defer state.Unlock()
	if state.entered++; state.entered == 1 {
		state.usual = debug.SetGCPercent(growth)
		if 0 <= state.usual && state.usual < growth {
			debug.SetGCPercent(state.usual)
		}
	}
	return sync.OnceFunc(func() {
		state.Lock()
		defer state.Unlock()
		if state.entered--; state.entered == 0 {
			debug.SetGCPercent(state.usual)
		}
	})
}
