package terminal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
)

// mostCopies is how many files of one name a folder gets.
const mostCopies = 1000

// save writes the files of a reply into the folder in use and says where; files
// that are there already are left alone.
func (p *Prompt) save(files []command.Attachment) (lines []string) {
	for _, f := range files {
		name, err := create(p.Folder, f.Name, f.Data)
		if err != nil {
			lines = append(lines, p.Words.Say("prompt.unsaved", words.M{"Error": err.Error()}))
			continue
		}
		lines = append(lines, p.Words.Say("prompt.saved", words.M{"File": name}))
	}
	return lines
}

// create writes a file that isn't there yet and returns its path: NAME, or
// NAME-2 and so on where NAME is taken.
func create(folder, name string, data []byte) (string, error) {
	ext := filepath.Ext(name)
	base := strings.TrimSuffix(name, ext)
	for n := 1; n <= mostCopies; n++ {
		path := filepath.Join(folder, name)
		if n > 1 {
			path = filepath.Join(folder, fmt.Sprint(base, "-", n, ext))
		}
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", fmt.Errorf("saving %s: %w", name, err)
		}
		_, err = f.Write(data)
		if err = errors.Join(err, f.Close()); err != nil {
			os.Remove(path)
			return "", fmt.Errorf("saving %s: %w", name, err)
		}
		return path, nil
	}
	return "", fmt.Errorf("saving %s: there are %d files of that name already", name, mostCopies)
}
