package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"example.org/attache/bot/blob"
	"example.org/attache/bot/etcd"
)

// S3 is the part of Config that says how a store is reached, and what is kept of it.
type S3 struct {
	Endpoint        string   `toml:"endpoint"`
	Region          string   `toml:"region"`
	AddressStyle    string   `toml:"address_style"`
	CAFile          string   `toml:"ca_file"`
	CredentialsFile string   `toml:"credentials_file"`
	InstanceRole    bool     `toml:"instance_role"`
	Mirror          string   `toml:"mirror"`
	MirrorMax       memory   `toml:"mirror_max"`
	Poll            duration `toml:"poll"`
}

// Cluster is the part of Config that makes the program one of several nodes.
type Cluster struct {
	Endpoints    []string `toml:"endpoints"`
	CAFile       string   `toml:"ca_file"`
	CertFile     string   `toml:"cert_file"`
	KeyFile      string   `toml:"key_file"`
	User         string   `toml:"user"`
	Password     secret   `toml:"password"`
	PasswordFile string   `toml:"password_file"`
	Prefix       string   `toml:"prefix"`
	Node         string   `toml:"node"`
	Generations  string   `toml:"generations"`
	StaleAfter   duration `toml:"stale_after"`
}

// on reports whether the program is one of several nodes.
func (c *Cluster) on() bool { return len(c.Endpoints) > 0 }

// etcd is how its servers are reached.
func (c *Cluster) etcd() etcd.Config {
	return etcd.Config{Endpoints: c.Endpoints, CAFile: c.CAFile, CertFile: c.CertFile, KeyFile: c.KeyFile,
		User: c.User, Password: c.Password.reveal(), Prefix: c.Prefix}
}

// checkStore finds what is wrong in what is said of a store, where one is used.
func (c *Config) checkStore() (wrong []error) {
	switch c.S3.AddressStyle {
	case "auto", "path", "host":
	default:
		wrong = append(wrong, fmt.Errorf("s3.address_style is %q: it must be one of auto, path, host", c.S3.AddressStyle))
	}
	if c.S3.Poll.Duration < time.Second {
		wrong = append(wrong, errors.New(`s3.poll is too short: at least "1s"`))
	}
	if c.S3.Mirror == "" {
		wrong = append(wrong, errors.New("s3.mirror is missing: it is the folder for the documents of a store"))
	}
	if blob.IsAddress(c.Corpus.Path) {
		if _, _, err := blob.ParseAddress(c.Corpus.Path); err != nil {
			wrong = append(wrong, fmt.Errorf("corpus.path: %w", err))
		}
	}
	return wrong
}

// store is how the store is reached.
func (c *Config) store(env func(string) string) blob.Config {
	return blob.Config{Endpoint: c.S3.Endpoint, Region: c.S3.Region, AddressStyle: c.S3.AddressStyle, CAFile: c.S3.CAFile,
		CredentialsFile: c.S3.CredentialsFile, InstanceRole: c.S3.InstanceRole, Env: env}
}

// checkCluster finds what is wrong in what is said of the nodes, where there are
// several, and names this one where it has no name.
func (c *Config) checkCluster() (wrong []error) {
	n := &c.Cluster
	if !n.on() {
		return nil
	}
	for _, e := range n.Endpoints {
		if u, err := url.Parse(e); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
			wrong = append(wrong, fmt.Errorf("cluster.endpoints has %q: it must be the address of an etcd server, as https://etcd1.example.org:2379", e))
		}
	}
	if (n.CertFile == "") != (n.KeyFile == "") {
		wrong = append(wrong, errors.New("cluster.cert_file and key_file belong together: give both or none"))
	}
	if (n.User == "") != (n.Password == "") {
		wrong = append(wrong, errors.New("cluster.user and password belong together: give both or none (password_file and ATTACHE_ETCD_PASSWORD are passwords too)"))
	}
	if !strings.HasPrefix(n.Prefix, "/") || !strings.HasSuffix(n.Prefix, "/") {
		wrong = append(wrong, fmt.Errorf("cluster.prefix is %q: it must begin and end with a slash, as /attache/", n.Prefix))
	}
	if n.Node == "" {
		n.Node, _ = os.Hostname()
	}
	if n.Node == "" || strings.ContainsAny(n.Node, "/\x00\n") {
		wrong = append(wrong, fmt.Errorf("cluster.node is %q: it must be a name of this node without a slash", n.Node))
	}
	if _, _, err := blob.ParseAddress(n.Generations); err != nil {
		wrong = append(wrong, fmt.Errorf("cluster.generations, where the nodes share the index: %w", err))
	}
	if n.StaleAfter.Duration < time.Minute {
		wrong = append(wrong, errors.New(`cluster.stale_after is too short: at least "1m"`))
	}
	if c.Corpus.Path == "" {
		wrong = append(wrong, errors.New("corpus.path is missing: several nodes need documents that all can read, as in a store (s3://BUCKET/PREFIX)"))
	}
	return wrong
}
