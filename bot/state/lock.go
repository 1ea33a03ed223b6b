package state

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// lockRetry is how often a lock that another process holds is asked for again.
const lockRetry = 500 * time.Millisecond

// Lock implements [Store].
func (s *Files) Lock(ctx context.Context, name string) (unlock func(), err error) {
	sum := sha256.Sum256([]byte(name))
	lock := flock.New(filepath.Join(s.dir, "lock-"+hex.EncodeToString(sum[:6])))
	if ok, err := lock.TryLockContext(ctx, lockRetry); !ok {
		return nil, fmt.Errorf("waiting for the lock of %s in %s: %w", name, s.dir, err)
	}
	return func() { lock.Close() }, nil
}
