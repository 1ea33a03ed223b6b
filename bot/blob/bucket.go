// Package blob keeps documents, and generations of the index, in a store that
// speaks S3.
//
// A [Bucket] is a place in such a store. A [Mirror] keeps a local folder the same
// as the documents below one. [Generations] stores finished generations of an index
// below another, so that nodes which share them move only what changed.
//
// Questions are never answered from the store: when it is away, what is on the
// local disk serves on.
package blob

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"iter"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Config says how a store is reached.
type Config struct {
	Endpoint        string // its address, as https://s3.example.org
	Region          string
	AddressStyle    string // of buckets: "path", "host" or "auto"
	CAFile          string // a PEM file with the authorities that sign its certificate; empty: the system's
	CredentialsFile string // in the format of AWS; empty: from the environment
	InstanceRole    bool   // ask the machine that the program runs on for credentials
	Env             func(string) string
}

// Scheme begins the address of a place in a store: s3://BUCKET/PREFIX.
const Scheme = "s3://"

// IsAddress reports whether a path means a place in a store rather than a folder.
func IsAddress(path string) bool { return strings.HasPrefix(path, Scheme) }

// ParseAddress splits s3://BUCKET/PREFIX. The prefix is empty or ends in a slash.
func ParseAddress(address string) (bucket, prefix string, err error) {
	bucket, prefix, _ = strings.Cut(strings.TrimPrefix(address, Scheme), "/")
	if !IsAddress(address) || bucket == "" || strings.ContainsAny(bucket, " ?#@:") {
		return "", "", fmt.Errorf("%q is no place in a store: write %sBUCKET or %sBUCKET/PREFIX", address, Scheme, Scheme)
	}
	if prefix = strings.Trim(prefix, "/"); prefix != "" {
		prefix += "/"
	}
	return bucket, prefix, nil
}

// How long the store may keep one waiting. A transfer may take longer, as long
// as bytes go on arriving.
const (
	dialTime  = 5 * time.Second
	quietTime = 30 * time.Second
)

// attempts is how often a request that failed for a reason that may pass is made.
const attempts = 4

// Bucket is a place in a store: the objects whose names begin with a prefix. They
// are called by the rest of their names.
type Bucket struct {
	core   minio.Core
	config Config
	name   string
	prefix string
}

// Open returns the place that an address of the form s3://BUCKET/PREFIX means.
// It makes no request.
func Open(c Config, address string) (*Bucket, error) {
	name, prefix, err := ParseAddress(address)
	if err != nil {
		return nil, err
	}
	endpoint, err := url.Parse(c.Endpoint)
	if err != nil || endpoint.Host == "" || endpoint.Scheme != "https" && endpoint.Scheme != "http" || strings.Trim(endpoint.Path, "/") != "" {
		return nil, fmt.Errorf("s3.endpoint is %q: it must be the address of a store without a path, as https://s3.example.org", c.Endpoint)
	}
	keys, err := c.credentials()
	if err != nil {
		return nil, err
	}
	transport, err := c.transport()
	if err != nil {
		return nil, err
	}
	client, err := minio.New(endpoint.Host, &minio.Options{Creds: keys, Secure: endpoint.Scheme == "https", Transport: transport,
		Region: c.Region, BucketLookup: c.lookup(endpoint.Host), MaxRetries: attempts})
	if err != nil {
		return nil, fmt.Errorf("preparing to use the store at %s: %w", c.Endpoint, err)
	}
	return &Bucket{minio.Core{Client: client}, c, name, prefix}, nil
}

func (c Config) lookup(host string) minio.BucketLookupType {
	switch {
	case c.AddressStyle == "path", c.AddressStyle != "host" && !strings.HasSuffix(host, ".amazonaws.com"):
		return minio.BucketLookupPath
	case c.AddressStyle == "host":
		return minio.BucketLookupDNS
	}
	return minio.BucketLookupAuto
}

// credentials finds the keys: in the environment, in a file, or from what runs the
// program.
func (c Config) credentials() (*credentials.Credentials, error) {
	id, key := c.Env("AWS_ACCESS_KEY_ID"), c.Env("AWS_SECRET_ACCESS_KEY")
	switch {
	case id != "" && key != "":
		return credentials.NewStaticV4(id, key, c.Env("AWS_SESSION_TOKEN")), nil
	case id != "" || key != "":
		return nil, errors.New("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set both")
	case c.CredentialsFile != "":
		keys := credentials.NewFileAWSCredentials(c.CredentialsFile, c.Env("AWS_PROFILE"))
		if v, err := keys.GetWithContext(nil); err != nil || v.AccessKeyID == "" || v.SecretAccessKey == "" {
			return nil, fmt.Errorf("reading the keys of the store from %s (s3.credentials_file): the file must hold [default] with aws_access_key_id and aws_secret_access_key%s", c.CredentialsFile, withCause(err))
		}
		return keys, nil
	case c.InstanceRole || c.Env("AWS_WEB_IDENTITY_TOKEN_FILE") != "" || c.Env("AWS_CONTAINER_CREDENTIALS_FULL_URI") != "" || c.Env("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") != "":
		return credentials.NewIAM(""), nil
	}
	return nil, errors.New("there are no keys for the store: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or s3.credentials_file")
}

// withCause adds an error that may only be the system's about a file: others could
// quote the file.
func withCause(err error) string {
	var cause *os.PathError
	if errors.As(err, &cause) {
		return ": " + cause.Error()
	}
	return ""
}

func (c Config) transport() (*http.Transport, error) {
	t := &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         dial,
		TLSHandshakeTimeout: dialTime,
		MaxIdleConnsPerHost: 16,
		IdleConnTimeout:     quietTime,
		DisableCompression:  true, // objects are to arrive as they are
	}
	if c.CAFile == "" {
		return t, nil
	}
	pem, err := os.ReadFile(c.CAFile)
	if err != nil {
		return nil, fmt.Errorf("reading the authorities of the store's certificate (s3.ca_file): %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("reading the authorities of the store's certificate (s3.ca_file): %s holds no certificate in PEM", c.CAFile)
	}
	t.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	return t, nil
}

func dial(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := (&net.Dialer{Timeout: dialTime}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return quiet{c}, nil
}

// quiet is a connection that fails when nothing moves for quietTime.
type quiet struct{ net.Conn }

func (q quiet) Read(b []byte) (int, error) {
	if err := q.SetReadDeadline(time.Now().Add(quietTime)); err != nil {
		return 0, err
	}
	return q.Conn.Read(b)
}

func (q quiet) Write(b []byte) (int, error) {
	if err := q.SetWriteDeadline(time.Now().Add(quietTime)); err != nil {
		return 0, err
	}
	return q.Conn.Write(b)
}

// String is the address of the place.
func (b *Bucket) String() string {
	return strings.TrimSuffix(Scheme+b.name+"/"+b.prefix, "/")
}

// Object is what a listing says of an object.
type Object struct {
	Name     string
	Size     int64
	ETag     string // changes whenever the content does
	Modified time.Time
}

// list lists the objects whose names begin with prefix, in the order of their names.
func (b *Bucket) list(ctx context.Context, prefix string) iter.Seq2[Object, error] {
	return func(yield func(Object, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		for o := range b.core.ListObjectsIter(ctx, b.name, minio.ListObjectsOptions{Prefix: b.prefix + prefix, Recursive: true}) {
			if o.Err != nil {
				yield(Object{}, b.explain("listing", prefix, o.Err))
				return
			}
			if !yield(Object{strings.TrimPrefix(o.Key, b.prefix), o.Size, strings.Trim(o.ETag, `"`), o.LastModified}, nil) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(Object{}, b.explain("listing", prefix, err))
		}
	}
}

// put makes an object, or replaces it.
func (b *Bucket) put(ctx context.Context, name string, data []byte) error {
	return b.write(ctx, name, data, minio.PutObjectOptions{})
}

// add makes an object. The error is errExists where there is one.
func (b *Bucket) add(ctx context.Context, name string, data []byte) error {
	var o minio.PutObjectOptions
	o.SetMatchETagExcept("*")
	return b.write(ctx, name, data, o)
}

func (b *Bucket) write(ctx context.Context, name string, data []byte, o minio.PutObjectOptions) error {
	if err := step("put"); err != nil {
		return err
	}
	o.ContentType = "application/octet-stream"
	o.DisableContentSha256 = len(data) == 0 // the signature of nothing is a body that some stores don't expect
	_, err := b.core.Client.PutObject(ctx, b.name, b.prefix+name, bytes.NewReader(data), int64(len(data)), o)
	return b.explain("writing", name, err)
}

// get hands the content of an object to use, again from its beginning where a
// connection breaks. The error is [ErrMissing] where there is none.
func (b *Bucket) get(ctx context.Context, name string, use func(io.Reader) error) (err error) {
	for n := range attempts {
		if n > 0 {
			select {
			case <-ctx.Done():
				return b.explain("reading", name, ctx.Err())
			case <-time.After(time.Duration(n) * 200 * time.Millisecond):
			}
		}
		var body io.ReadCloser
		if body, _, _, err = b.core.GetObject(ctx, b.name, b.prefix+name, minio.GetObjectOptions{}); err != nil {
			return b.explain("reading", name, err) // it has been tried several times
		}
		broken := &breaking{Reader: body}
		err = use(broken)
		body.Close()
		if broken.err == nil || ctx.Err() != nil {
			return err
		}
		err = b.explain("reading", name, broken.err)
	}
	return err
}

// breaking remembers why reading failed.
type breaking struct {
	io.Reader
	err error
}

func (b *breaking) Read(p []byte) (n int, err error) {
	n, err = b.Reader.Read(p)
	if err != nil && err != io.EOF {
		b.err = err
	}
	return n, err
}

// read returns the content of a small object.
func (b *Bucket) read(ctx context.Context, name string, most int64) (data []byte, err error) {
	err = b.get(ctx, name, func(r io.Reader) error {
		data, err = io.ReadAll(io.LimitReader(r, most+1))
		if err == nil && int64(len(data)) > most {
			err = fmt.Errorf("reading %s/%s: it has more than %d bytes", b, name, most)
		}
		return err
	})
	return data, err
}

// stat describes an object. The error is [ErrMissing] where there is none.
func (b *Bucket) stat(ctx context.Context, name string) (Object, error) {
	o, err := b.core.StatObject(ctx, b.name, b.prefix+name, minio.StatObjectOptions{})
	if err != nil {
		return Object{}, b.explain("looking for", name, err)
	}
	return Object{name, o.Size, strings.Trim(o.ETag, `"`), o.LastModified}, nil
}

// remove removes an object, if it is there.
func (b *Bucket) remove(ctx context.Context, name string) error {
	if err := step("remove"); err != nil {
		return err
	}
	err := b.explain("removing", name, b.core.RemoveObject(ctx, b.name, b.prefix+name, minio.RemoveObjectOptions{}))
	if errors.Is(err, ErrMissing) {
		return nil
	}
	return err
}

// atStep, when not nil, is asked before each change to a store and to what is fetched
// from it. Only tests set it: to stop there.
var atStep func(what string) error

func step(what string) error {
	if atStep == nil {
		return nil
	}
	return atStep(what)
}
