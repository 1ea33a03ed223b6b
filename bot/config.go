package main

import (
	"cmp"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"example.org/attache/bot/blob"
	"example.org/attache/bot/command/words"
	"example.org/attache/bot/feed"
	"example.org/attache/bot/fetch"
	"example.org/attache/corpus"
	"example.org/attache/corpus/date"
	"example.org/attache/corpus/format"
)

// defaultConfig is the file that is read when none is named and it is there.
const defaultConfig = "config.toml"

// Config is what config.example.toml explains, key by key.
type Config struct {
	Corpus struct {
		Path      string   `toml:"path"`
		Watch     bool     `toml:"watch"`
		Memory    memory   `toml:"memory"`
		Addresses []string `toml:"addresses"`
		NameDate  any      `toml:"date_from_name"` // a boolean or a pattern
		OCR       string   `toml:"ocr"`
		Languages []string `toml:"ocr_languages"`
	} `toml:"corpus"`
	S3    S3 `toml:"s3"`
	Index struct {
		Path string `toml:"path"`
	} `toml:"index"`
	State struct {
		Path string   `toml:"path"`
		Keep duration `toml:"keep"`
	} `toml:"state"`
	Discord Discord    `toml:"discord"`
	Feeds   []FeedKeys `toml:"feed"`
	Follow  struct {
		Person int `toml:"person"`
		Server int `toml:"server"`
		All    int `toml:"all"`
	} `toml:"follow"`
	HTTP struct {
		Listen string `toml:"listen"`
	} `toml:"http"`
	API     API     `toml:"api"`
	Cluster Cluster `toml:"cluster"`
	Metrics struct {
		Listen string `toml:"listen"`
	} `toml:"metrics"`
	Log struct {
		Format string `toml:"format"`
		Level  string `toml:"level"`
	} `toml:"log"`
}

// FeedKeys is one [[feed]] of the configuration.
type FeedKeys struct {
	Name      string   `toml:"name"`
	Address   string   `toml:"address"`
	Pattern   string   `toml:"pattern"`
	Every     duration `toml:"every"`
	Publisher string   `toml:"publisher"`
	Tags      []string `toml:"tags"`
	Language  string   `toml:"language"`
	Full      bool     `toml:"full"`
	Keep      any      `toml:"keep"` // a number or a time
}

// API is the part of Config that says how other programs may ask.
type API struct {
	Listen    string `toml:"listen"`
	Token     secret `toml:"token"`
	TokenFile string `toml:"token_file"`
	PublicURL string `toml:"public_url"`
	PerMinute int    `toml:"per_minute"`
}

// Discord is the part of Config that the Discord front needs.
type Discord struct {
	Token        secret   `toml:"token"`
	TokenFile    string   `toml:"token_file"`
	Guilds       []string `toml:"guilds"`
	AdminUsers   []string `toml:"admin_users"`
	AdminRoles   []string `toml:"admin_roles"`
	AdminGuilds  []string `toml:"admin_guilds"`
	APIURL       string   `toml:"api_url"`
	Interactions string   `toml:"interactions"`
	PublicKey    string   `toml:"public_key"`
	Shards       string   `toml:"shards"`

	Language string `toml:"language"`

	UserPerMinute   int `toml:"user_per_minute"`
	ServerPerMinute int `toml:"server_per_minute"`
}

// exposed warns of each file with a token that others on the machine can read.
func (c *Config) exposed(file string, env func(string) string) (warnings []string) {
	if runtime.GOOS == "windows" {
		return nil
	}
	for _, t := range []struct {
		which, file string
		kept        bool // in a file
	}{
		{"Discord", c.Discord.TokenFile, c.Discord.Token != "" && env("DISCORD_TOKEN") == ""},
		{"API", c.API.TokenFile, c.API.Token != ""},
	} {
		name := cmp.Or(t.file, file, defaultConfig)
		if info, err := os.Stat(name); t.kept && err == nil && info.Mode().Perm()&0o077 != 0 {
			warnings = append(warnings, fmt.Sprintf("others on this machine can read the %s token in %s; chmod 600 keeps it to its owner", t.which, name))
		}
	}
	return warnings
}

// defaults returns the configuration of an empty file.
func defaults() Config {
	var c Config
	c.Corpus.NameDate = false
	c.Corpus.Memory = memory{corpus.DefaultMemory}
	c.S3 = S3{Endpoint: "https://s3.amazonaws.com", Region: "us-east-1", AddressStyle: "auto", Mirror: "data/mirror",
		MirrorMax: memory{20 << 30}, Poll: duration{time.Minute}}
	c.Index.Path = "data/index"
	c.State.Path = "data/state"
	c.State.Keep = duration{90 * 24 * time.Hour}
	c.Discord.APIURL = "https://discord.com/api"
	c.Discord.Interactions = "gateway"
	c.Discord.Shards = "auto"
	c.Discord.UserPerMinute = 60
	c.Discord.ServerPerMinute = 1200
	c.Follow.Person = 25
	c.Follow.Server = 200
	c.Follow.All = 20_000
	c.HTTP.Listen = "127.0.0.1:8080"
	c.API.PerMinute = 120
	c.Cluster.Prefix = "/attache/"
	c.Cluster.StaleAfter = duration{10 * time.Minute}
	c.Log.Format = "text"
	c.Log.Level = "info"
	return c
}

// loadConfig reads the configuration file called name, or the default one
// where name is empty; found reports whether there is a file. Paths in it are
// relative to its folder. DISCORD_TOKEN of env wins over the file.
func loadConfig(name string, env func(string) string) (c Config, found bool, err error) {
	c = defaults()
	file := name
	if file == "" {
		file = defaultConfig
	}
	data, err := os.ReadFile(file)
	switch {
	case name == "" && errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return c, false, fmt.Errorf("reading the configuration: %w", err)
	default:
		found = true
		if err := decodeConfig(data, &c); err != nil {
			return c, false, fmt.Errorf("reading the configuration %s: %w", file, err)
		}
	}
	c.resolve(filepath.Dir(file))
	if password := env("ATTACHE_ETCD_PASSWORD"); password != "" {
		c.Cluster.Password = secret(password)
	}
	if err := c.takeToken(env("DISCORD_TOKEN")); err != nil {
		return c, found, err
	}
	if err := c.check(); err != nil {
		return c, found, fmt.Errorf("checking the configuration %s: %w", file, err)
	}
	return c, found, nil
}

// resolve makes the paths relative to folder.
func (c *Config) resolve(folder string) {
	for _, p := range []*string{&c.Corpus.Path, &c.S3.CAFile, &c.S3.CredentialsFile, &c.S3.Mirror, &c.Index.Path, &c.State.Path, &c.Discord.TokenFile, &c.API.TokenFile,
		&c.Cluster.CAFile, &c.Cluster.CertFile, &c.Cluster.KeyFile, &c.Cluster.PasswordFile} {
		if *p != "" && !filepath.IsAbs(*p) && !blob.IsAddress(*p) {
			*p = filepath.Join(folder, *p)
		}
	}
	if p := &c.Corpus.OCR; strings.ContainsRune(filepath.ToSlash(*p), '/') && !filepath.IsAbs(*p) { // a name alone is looked for where programs are
		*p = filepath.Join(folder, *p)
	}
}

// takeToken takes the tokens from the environment, the file or the token files,
// whichever comes first.
func (c *Config) takeToken(fromEnv string) error {
	if token := strings.TrimSpace(fromEnv); token != "" {
		c.Discord.Token = secret(token)
	} else if err := c.Discord.Token.orFrom(c.Discord.TokenFile, "Discord token (discord.token_file)"); err != nil {
		return err
	}
	return errors.Join(c.API.Token.orFrom(c.API.TokenFile, "API token (api.token_file)"),
		c.Cluster.Password.orFrom(c.Cluster.PasswordFile, "password for etcd (cluster.password_file)"))
}

// orFrom reads the secret from a file where there is none yet and a file is
// named; what says which it is.
func (s *secret) orFrom(file, what string) error {
	if *s != "" || file == "" {
		return nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("reading the %s: %s; the token itself goes into token", what, tokenLike.ReplaceAllString(err.Error(), "(not shown)"))
	}
	*s = secret(strings.TrimSpace(string(data)))
	if *s == "" {
		return fmt.Errorf("reading the %s: %s is empty", what, file)
	}
	return nil
}

// reading returns how documents are read. All readings with it share its memory.
func (c *Config) reading() corpus.Options {
	pattern, _ := c.nameDate() // checked with the configuration
	return corpus.Options{DateFromName: pattern, OCR: c.Corpus.OCR, OCRLanguages: c.Corpus.Languages, Memory: corpus.NewMemory(c.Corpus.Memory.bytes)}
}

// nameDate returns the pattern of names of files that tell a date, empty for
// none.
func (c *Config) nameDate() (string, error) {
	switch v := c.Corpus.NameDate.(type) {
	case bool:
		if v {
			return date.AnyForm, nil
		}
		return "", nil
	case string:
		if v == "" {
			return "", nil
		}
		if err := date.CheckPattern(v); err != nil {
			return "", fmt.Errorf("corpus.date_from_name is %q: %w", v, err)
		}
		return v, nil
	}
	return "", errors.New(`corpus.date_from_name must be true, false or a pattern in quotes, as "DD.MM.YYYY*"`)
}

// check finds what is wrong in the values, all of it at once.
func (c *Config) check() error {
	var wrong []error
	oneOf := func(key, value string, allowed ...string) {
		for _, a := range allowed {
			if value == a {
				return
			}
		}
		wrong = append(wrong, fmt.Errorf("%s is %q: it must be one of %s", key, value, strings.Join(allowed, ", ")))
	}
	oneOf("log.format", c.Log.Format, "text", "json")
	oneOf("log.level", c.Log.Level, "debug", "info", "warn", "error")
	oneOf("discord.interactions", c.Discord.Interactions, "gateway", "http")
	wrong = append(wrong, c.Discord.check()...)
	wrong = append(wrong, c.API.check()...)
	wrong = append(wrong, c.checkCluster()...)
	if c.Discord.Interactions == "http" && c.HTTP.Listen == "" {
		wrong = append(wrong, errors.New(`http.listen is missing: interactions = "http" needs an address, as "127.0.0.1:8080"`))
	}
	if _, err := c.nameDate(); err != nil {
		wrong = append(wrong, err)
	}
	for _, l := range c.Corpus.Languages {
		if format.LanguageCode(l) != l || l == "" {
			wrong = append(wrong, fmt.Errorf("corpus.ocr_languages has %q: it must be the code of a language in two letters, as \"en\"", l))
		}
	}
	for _, a := range c.Corpus.Addresses {
		if u, err := url.Parse(a); err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
			wrong = append(wrong, fmt.Errorf("corpus.addresses has %q: it must begin with https:// and a host", a))
		}
	}
	wrong = append(wrong, c.checkStore()...)
	if c.Follow.Person < 0 || c.Follow.Server < 0 || c.Follow.All < 0 {
		wrong = append(wrong, errors.New("follow.person, server and all must not be below 0 (0: none)"))
	}
	if _, err := c.feeds(); err != nil {
		wrong = append(wrong, err)
	}
	return errors.Join(wrong...)
}

// feeds returns the feeds of the configuration, or all that is wrong with them.
func (c *Config) feeds() (feeds []feed.Feed, err error) {
	var wrong []error
	allowed := fetch.New(c.Corpus.Addresses, nil)
	names := map[string]bool{}
	for i, k := range c.Feeds {
		f := feed.Feed{Name: cmp.Or(k.Name, feed.NameOf(k.Address)), Address: k.Address, Pattern: k.Pattern, Every: cmp.Or(k.Every.Duration, feed.DefaultEvery),
			Publisher: k.Publisher, Tags: k.Tags, Language: k.Language, Full: k.Full, Keep: feed.DefaultKeep}
		fault := f.Check()
		if k.Keep != nil && fault == nil {
			if f.Keep, fault = feed.ParseKeep(fmt.Sprint(k.Keep)); fault != nil {
				fault = fmt.Errorf("keep: %w", fault)
			}
		}
		switch {
		case fault != nil:
		case format.LanguageCode(f.Language) != f.Language:
			fault = fmt.Errorf("language is %q: it must be the code of a language in two letters, as \"en\"", f.Language)
		case c.Corpus.Path == "":
			fault = errors.New("corpus.path is missing: it is where its documents are kept")
		case !allowed.Allows(f.Address):
			fault = fmt.Errorf("its address is under none of corpus.addresses; add the beginning of %s there", f.Address)
		case names[f.Dir()]:
			fault = errors.New("another feed has this name; give one of them another by name")
		}
		names[f.Dir()] = true
		if fault != nil {
			wrong = append(wrong, fmt.Errorf("feed %d (%s): %w", i+1, cmp.Or(f.Name, "without a name"), fault))
		}
		feeds = append(feeds, f)
	}
	return feeds, errors.Join(wrong...)
}

func (d *Discord) check() (wrong []error) {
	if _, ok := words.Spoken(d.Language); !ok && d.Language != "" {
		wrong = append(wrong, fmt.Errorf("discord.language is %q: it must be one of %s, or empty for that of each server", d.Language, strings.Join(words.Languages, ", ")))
	}
	if u, err := url.Parse(d.APIURL); err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
		wrong = append(wrong, fmt.Errorf("discord.api_url is %q: it must be the address of an API, as https://discord.com/api", d.APIURL))
	}
	if key, err := hex.DecodeString(d.PublicKey); err != nil || (len(key) != 0 && len(key) != 32) {
		wrong = append(wrong, errors.New("discord.public_key must be the 64 hexadecimal digits of the application's page"))
	}
	if d.Interactions == "http" && d.PublicKey == "" {
		wrong = append(wrong, errors.New(`discord.public_key is missing: interactions = "http" needs it (see the application's page)`))
	}
	if d.Shards != "auto" {
		if n, err := strconv.Atoi(d.Shards); err != nil || n < 1 || strconv.Itoa(n) != d.Shards {
			wrong = append(wrong, fmt.Errorf(`discord.shards is %q: it must be "auto" or a number, as "2"`, d.Shards))
		}
	}
	if d.UserPerMinute < 0 || d.ServerPerMinute < 0 {
		wrong = append(wrong, errors.New("discord.user_per_minute and server_per_minute must not be below 0 (0: no limit)"))
	}
	for _, list := range []struct {
		key string
		ids []string
	}{{"guilds", d.Guilds}, {"admin_users", d.AdminUsers}, {"admin_roles", d.AdminRoles}, {"admin_guilds", d.AdminGuilds}} {
		for _, id := range list.ids {
			if !isID(id) {
				wrong = append(wrong, fmt.Errorf("discord.%s has %q: an ID is a number of up to 20 digits, in quotes", list.key, id))
			}
		}
	}
	return wrong
}

// shortestToken is how long the token of the API is at least: shorter ones can be
// guessed.
const shortestToken = 16

func (a *API) check() (wrong []error) {
	if a.PublicURL != "" {
		u, err := url.Parse(a.PublicURL)
		if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
			wrong = append(wrong, fmt.Errorf("api.public_url is %q: it must be where the API is reached, as https://quotes.example.org", a.PublicURL))
		}
		if a.Listen == "" {
			wrong = append(wrong, errors.New("api.public_url needs api.listen: links would lead nowhere"))
		}
	}
	if a.PerMinute < 0 {
		wrong = append(wrong, errors.New("api.per_minute must not be below 0 (0: no limit)"))
	}
	if a.Token != "" && len(a.Token) < shortestToken {
		wrong = append(wrong, fmt.Errorf("api.token is too short: it must have %d characters or more, as openssl rand -hex 20 makes them", shortestToken))
	}
	if a.Listen == "" {
		return wrong
	}
	host, _, err := net.SplitHostPort(a.Listen)
	if err != nil {
		return append(wrong, fmt.Errorf("api.listen is %q: it must be an address with a port, as 127.0.0.1:8090", a.Listen))
	}
	ip := net.ParseIP(host)
	loopback := host == "localhost" || ip != nil && ip.IsLoopback()
	if a.Token == "" && (!loopback || a.PublicURL != "") {
		wrong = append(wrong, errors.New("api.token is missing: without one, only this machine may ask; set it, or listen on 127.0.0.1 without public_url"))
	}
	return wrong
}

// isID reports whether s may be an ID that Discord gave.
func isID(s string) bool {
	return strings.Trim(s, "0123456789") == "" && len(s) >= 1 && len(s) <= 20
}
