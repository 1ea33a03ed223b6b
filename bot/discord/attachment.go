package discord

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"example.org/attache/bot/command"
)

// upload is a file that a person gave with a command.
type upload struct {
	Filename string `json:"filename"`
	URL      string `json:"url"`
}

// attach replaces the ID of a file among the options of a call by its name, and
// lets the call open it.
func (f *Front) attach(cmd command.Command, d *data, c *command.Call) {
	for _, o := range cmd.Options {
		file, ok := d.Resolved.Attachments[c.Options[o.Name]]
		if o.Type != command.File || !ok {
			continue
		}
		c.Options[o.Name] = file.Filename
		c.Open = func(ctx context.Context) (io.ReadCloser, error) { return f.download(ctx, file) }
	}
}

// download gets a file from where Discord keeps it.
func (f *Front) download(ctx context.Context, file upload) (io.ReadCloser, error) {
	u, err := url.Parse(file.URL)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" {
		return nil, fmt.Errorf("downloading %s: Discord gave no address for it", file.Filename)
	}
	req, err := http.NewRequestWithContext(ctx, "GET", file.URL, nil)
	if err != nil {
		return nil, fmt.Errorf("downloading %s: Discord gave no address for it", file.Filename)
	}
	resp, err := f.rest.session.Client.Do(req)
	if err != nil {
		return nil, explain("downloading "+file.Filename, f.Token, err)
	}
	if resp.StatusCode != http.StatusOK {
		resp.Body.Close()
		return nil, fmt.Errorf("downloading %s: Discord answered %s", file.Filename, resp.Status)
	}
	return resp.Body, nil
}
