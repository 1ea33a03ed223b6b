package blob

import (
	"bytes"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/attache/bot/blob/blobtest"
)

// open opens a place in a test's store.
func open(t *testing.T, s *blobtest.Server, address string) *Bucket {
	t.Helper()
	b, err := Open(Config{Endpoint: s.Endpoint, Region: blobtest.Region, Env: s.Env}, address)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestObjects(t *testing.T) {
	s := blobtest.Start(t, "papers")
	b := open(t, s, "s3://papers/of/2024")
	if _, err := b.stat(t.Context(), "none"); !errors.Is(err, ErrMissing) {
		t.Errorf("looking for an object that isn't there: %v", err)
	}
	if err := b.get(t.Context(), "none", func(io.Reader) error { return nil }); !errors.Is(err, ErrMissing) {
		t.Errorf("reading an object that isn't there: %v", err)
	}
	if err := b.remove(t.Context(), "none"); err != nil {
		t.Errorf("removing an object that isn't there: %v", err)
	}
	large := bytes.Repeat([]byte("0123456789abcdef"), 1<<20)
	for name, content := range map[string][]byte{"a.txt": []byte("A treaty."), "in/b c+d é.txt": {}, "large": large} {
		if err := b.put(t.Context(), name, content); err != nil {
			t.Fatal(err)
		}
		var got []byte
		err := b.get(t.Context(), name, func(r io.Reader) (err error) { got, err = io.ReadAll(r); return err })
		if err != nil || !bytes.Equal(got, content) {
			t.Errorf("%s: got %d bytes, %v; want %d", name, len(got), err, len(content))
		}
		if o, err := b.stat(t.Context(), name); err != nil || o.Size != int64(len(content)) || o.ETag == "" || o.Modified.IsZero() {
			t.Errorf("%s: described as %+v, %v", name, o, err)
		}
	}
	s.Put(t, "papers", "of/other.txt", "Not below the place.")
	var names []string
	for o, err := range b.list(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, o.Name)
	}
	if got := strings.Join(names, "|"); got != "a.txt|in/b c+d é.txt|large" {
		t.Errorf("listed: %s", got)
	}
	if err := b.remove(t.Context(), "a.txt"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.stat(t.Context(), "a.txt"); !errors.Is(err, ErrMissing) {
		t.Errorf("after the removal: %v", err)
	}
	if _, err := b.read(t.Context(), "large", 100); err == nil || !strings.Contains(err.Error(), "more than 100 bytes") {
		t.Errorf("reading too much: %v", err)
	}
}

// An error of a real store says what to do.
func TestErrorsSayWhatToDo(t *testing.T) {
	s := blobtest.Start(t, "papers")
	with := func(change func(*Config)) Config {
		c := Config{Endpoint: s.Endpoint, Region: blobtest.Region, Env: s.Env}
		change(&c)
		return c
	}
	keys := func(id, key string) func(string) string {
		return func(name string) string {
			return map[string]string{"AWS_ACCESS_KEY_ID": id, "AWS_SECRET_ACCESS_KEY": key}[name]
		}
	}
	for _, c := range []struct {
		what    string
		config  Config
		address string
		want    string
		away    bool
	}{
		{"no bucket", with(func(*Config) {}), "s3://papyri/x", "no bucket of this name", false},
		{"no such key", with(func(c *Config) { c.Env = keys("someone", "secret") }), "s3://papers", "doesn't know the access key", false},
		{"wrong secret", with(func(c *Config) { c.Env = keys(blobtest.AccessKey, "hush-hush") }), "s3://papers", "the secret key is wrong", false},
		{"nothing listens", with(func(c *Config) { c.Endpoint = "http://127.0.0.1:1" }), "s3://papers", "nothing listens at http://127.0.0.1:1", true},
		{"no TLS", with(func(c *Config) { c.Endpoint = strings.Replace(s.Endpoint, "http:", "https:", 1) }), "s3://papers", "write http:// in s3.endpoint", true},
		{"no such name", with(func(c *Config) { c.Endpoint = "http://nowhere.invalid" }), "s3://papers", "can't be resolved", true},
	} {
		t.Run(c.what, func(t *testing.T) {
			b, err := Open(c.config, c.address)
			if err != nil {
				t.Fatal(err)
			}
			err = errors.Join(func() error {
				for _, err := range b.list(t.Context(), "") {
					return err
				}
				return nil
			}())
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "listing "+c.address) {
				t.Errorf("got %v\nwant: %s", err, c.want)
			}
			if errors.Is(err, ErrAway) != c.away {
				t.Errorf("away: %v", errors.Is(err, ErrAway))
			}
			if strings.Contains(fmt.Sprint(err), "hush-hush") {
				t.Errorf("the secret is in %v", err)
			}
		})
	}
}

// What stores answer that a test's store doesn't.
func TestAnswersInWords(t *testing.T) {
	for _, c := range []struct {
		status     int
		code, want string
		away       bool
	}{
		{http.StatusForbidden, "AccessDenied", "the keys may not do this", false},
		{http.StatusForbidden, "RequestTimeTooSkewed", "clocks", false},
		{http.StatusForbidden, "ExpiredToken", "renew", false},
		{http.StatusBadRequest, "AuthorizationHeaderMalformed", "s3.region", false},
		{http.StatusInsufficientStorage, "XMinioStorageFull", "disk is full", false},
		{http.StatusInsufficientStorage, "", "disk is full", false},
		{http.StatusForbidden, "QuotaExceeded", "quota", false},
		{http.StatusServiceUnavailable, "SlowDown", "tried again", true},
		{http.StatusInternalServerError, "InternalError", "tried again", true},
	} {
		t.Run(fmt.Sprint(c.status, c.code), func(t *testing.T) {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				io.Copy(io.Discard, r.Body)
				w.Header().Set("Content-Type", "application/xml")
				w.WriteHeader(c.status)
				if c.code != "" {
					fmt.Fprintf(w, "<Error><Code>%s</Code><Message>No.</Message></Error>", c.code)
				}
			}))
			defer s.Close()
			b, err := Open(Config{Endpoint: s.URL, Region: "r", Env: new(blobtest.Server).Env}, "s3://papers/2024")
			if err != nil {
				t.Fatal(err)
			}
			err = b.put(t.Context(), "a.txt", []byte("A treaty."))
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "writing s3://papers/2024/a.txt") || errors.Is(err, ErrAway) != c.away {
				t.Errorf("got %v", err)
			}
		})
	}
}

// A store whose certificate this machine doesn't know is believed by the file of its
// authority alone.
func TestAuthoritiesOfTheCertificate(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Last-Modified", "Mon, 02 Jan 2006 15:04:05 GMT")
		fmt.Fprint(w, "A treaty.")
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	defer s.Close()
	c := Config{Endpoint: s.URL, Region: "r", Env: new(blobtest.Server).Env}
	b, err := Open(c, "s3://papers")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.read(t.Context(), "a.txt", 100); err == nil || !strings.Contains(err.Error(), "s3.ca_file") || !errors.Is(err, ErrAway) {
		t.Errorf("without it: %v", err)
	}
	c.CAFile = filepath.Join(t.TempDir(), "ca.pem")
	authority := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if err := os.WriteFile(c.CAFile, authority, 0o600); err != nil {
		t.Fatal(err)
	}
	if b, err = Open(c, "s3://papers"); err != nil {
		t.Fatal(err)
	}
	if got, err := b.read(t.Context(), "a.txt", 100); err != nil || string(got) != "A treaty." {
		t.Errorf("with it: %q, %v", got, err)
	}
}

// A connection that breaks in the middle of an object costs nothing.
func TestReadAgain(t *testing.T) {
	asked := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		w.Header().Set("Content-Length", "9")
		w.Header().Set("Last-Modified", "Mon, 02 Jan 2006 15:04:05 GMT")
		w.Write([]byte("A treaty."[:3*asked]))
	}))
	defer s.Close()
	b, err := Open(Config{Endpoint: s.URL, Region: "r", Env: new(blobtest.Server).Env}, "s3://papers")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := b.read(t.Context(), "a.txt", 100); err != nil || string(got) != "A treaty." || asked != 3 {
		t.Errorf("got %q, %v after %d requests", got, err, asked)
	}
}

func TestAddresses(t *testing.T) {
	for address, want := range map[string][2]string{
		"s3://papers":            {"papers", ""},
		"s3://papers/":           {"papers", ""},
		"s3://papers/of/2024":    {"papers", "of/2024/"},
		"s3://papers//of/2024//": {"papers", "of/2024/"},
	} {
		if bucket, prefix, err := ParseAddress(address); err != nil || bucket != want[0] || prefix != want[1] {
			t.Errorf("%s: %q, %q, %v", address, bucket, prefix, err)
		}
	}
	for _, address := range []string{"", "papers", "s3:/papers", "s3://", "s3:///of", "s3://user:key@host/x", "https://s3.example.org/papers"} {
		if _, _, err := ParseAddress(address); err == nil {
			t.Errorf("%q is taken", address)
		}
	}
}

func TestKeys(t *testing.T) {
	none := func(string) string { return "" }
	file := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(file, []byte("[default]\naws_access_key_id = "+blobtest.AccessKey+"\naws_secret_access_key = "+blobtest.SecretKey+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := blobtest.Start(t, "papers")
	b, err := Open(Config{Endpoint: s.Endpoint, Region: blobtest.Region, Env: none, CredentialsFile: file}, "s3://papers")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.put(t.Context(), "a", nil); err != nil {
		t.Errorf("with keys of a file: %v", err)
	}
	broken := filepath.Join(t.TempDir(), "broken")
	if err := os.WriteFile(broken, []byte("my-secret-key"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]Config{
		"set AWS_ACCESS_KEY_ID":  {Env: none},
		"must be set both":       {Env: func(name string) string { return map[string]string{"AWS_ACCESS_KEY_ID": "x"}[name] }},
		"s3.credentials_file":    {Env: none, CredentialsFile: broken},
		"no such file":           {Env: none, CredentialsFile: file + "none"},
		"s3.ca_file":             {Env: s.Env, CAFile: broken},
		"s3.endpoint is \"ftp:/": {Env: s.Env, Endpoint: "ftp://x"},
		"s3.endpoint is \"\"":    {Env: s.Env, Endpoint: "-"},
	} {
		switch c.Endpoint {
		case "":
			c.Endpoint = s.Endpoint
		case "-":
			c.Endpoint = ""
		}
		if _, err := Open(c, "s3://papers"); err == nil || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), "my-secret-key") {
			t.Errorf("want %s, got %v", name, err)
		}
	}
}
