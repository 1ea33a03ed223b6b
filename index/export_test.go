package index

import (
	"encoding/json"
	"os"
	"path/filepath"

	"example.org/attache/index/internal/store"
)

// Seal gives the manifest of a generation that was edited the checksum that it
// would have been written with.
func Seal(gen string) error {
	name := filepath.Join(gen, store.ManifestName)
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	var m store.Manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return err
	}
	if err := m.Seal(); err != nil {
		return err
	}
	if data, err = json.Marshal(&m); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o600)
}
