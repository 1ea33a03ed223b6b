package state

import (
	"context"
	"errors"
	"testing"
	"time"
)

func TestOneHolderOfALockAtATime(t *testing.T) {
	each(t, oneHolderOfALock)
}

func oneHolderOfALock(t *testing.T, k *kept) {
	s, other := k.open(t), k.open(t) // as two processes have it
	unlock, err := s.Lock(t.Context(), "feeds")
	must(t, err)
	ctx, stop := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer stop()
	if _, err := other.Lock(ctx, "feeds"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a second holder: %v", err)
	}
	if free, err := other.Lock(t.Context(), "follows"); err != nil {
		t.Errorf("another lock: %v", err)
	} else {
		free()
	}
	taken := make(chan error, 1)
	go func() {
		free, err := other.Lock(t.Context(), "feeds")
		if err == nil {
			free()
		}
		taken <- err
	}()
	unlock()
	if err := <-taken; err != nil {
		t.Errorf("who waits does not get it: %v", err)
	}
}
