package main

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"sigs.k8s.io/yaml"
)

func noEnv(string) string { return "" }

// write makes a configuration file.
func write(t *testing.T, content string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestTheExampleSaysTheDefaults(t *testing.T) {
	data, err := os.ReadFile("../config.example.toml")
	if err != nil {
		t.Fatal(err)
	}
	var c Config
	if err := decodeConfig(data, &c); err != nil {
		t.Fatal(err)
	}
	want := defaults()
	for _, list := range []*[]string{&want.Corpus.Addresses, &want.Corpus.Languages, &want.Discord.Guilds, &want.Discord.AdminUsers, &want.Discord.AdminRoles, &want.Discord.AdminGuilds, &want.Cluster.Endpoints} {
		*list = []string{} // written as [] in the file
	}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("the example has\n%+v\nthe defaults are\n%+v", c, want)
	}
	for _, key := range keys(reflect.TypeFor[Config]()) {
		if !bytes.Contains(data, []byte("\n"+key)) {
			t.Errorf("config.example.toml lacks %s", key)
		}
	}
}

// keys lists the keys of a part of the configuration, as its file writes them.
func keys(t reflect.Type) (all []string) {
	for f := range t.Fields() {
		name := f.Tag.Get("toml")
		if f.Type.Kind() == reflect.Struct && !reflect.PointerTo(f.Type).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
			all = append(append(all, "["+name+"]"), keys(f.Type)...)
			continue
		}
		if f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct { // there is none by default
			all = append(all, "#[["+name+"]]")
			for _, key := range keys(f.Type.Elem()) {
				all = append(all, "#"+key)
			}
			continue
		}
		all = append(all, name+" = ")
	}
	return all
}

func TestWhatIsWrongInAConfiguration(t *testing.T) {
	for name, c := range map[string]struct{ content, want string }{
		"unknown key":         {"[corpus]\npth = \"x\"", "no such key"},
		"unknown table":       {"[korpus]", "no such key"},
		"syntax":              {"[corpus\n", "line 1"},
		"a number for text":   {"[corpus]\npath = 3", "corpus.path must be text in quotes, line 2"},
		"text for a switch":   {"[corpus]\n\nwatch = \"yes\"", "corpus.watch must be true or false, line 3"},
		"text for a number":   {"[discord]\nuser_per_minute = \"9\"", "discord.user_per_minute must be a whole number, line 2"},
		"a number for a list": {"[discord]\nguilds = 3", `discord.guilds must be a list of texts, as ["one", "two"], line 2`},
		"a number for a time": {"[state]\nkeep = 90", `write "90d", "12h" or "30m"`},
		"a value for a table": {"state = 3", "state must be a table, [state], line 1"},
		"log level":           {"[log]\nlevel = \"loud\"", `log.level is "loud"`},
		"several":             {"[log]\nformat = \"xml\"\n[discord]\nguilds = [\"my server\"]", `discord.guilds has "my server"`},
		"days":                {"[state]\nkeep = \"90 days\"", `write "90d"`},
		"no unit":             {"[corpus]\nmemory = 512", `write "512 MiB" or "2 GiB"`},
		"another unit":        {"[corpus]\nmemory = \"512 MB\"", `write "512 MiB" or "2 GiB"`},
		"too little memory":   {"[corpus]\nmemory = \"16 MiB\"", `at least "256 MiB"`},
		"too many days":       {"[state]\nkeep = \"106752d\"", "at most 106751d"},
		"nowhere":             {"[discord]\ninteractions = \"http\"\n[http]\nlisten = \"\"", "http.listen is missing"},
		"http":                {"[discord]\ninteractions = \"http\"", "public_key is missing"},
		"public key":          {"[discord]\npublic_key = \"abc\"", "64 hexadecimal digits"},
		"api":                 {"[discord]\napi_url = \"discord.com\"", "api_url"},
		"shards":              {"[discord]\nshards = \"many\"", "shards"},
		"addresses":           {"[corpus]\naddresses = [\"file:///etc\"]", "corpus.addresses"},
		"token file":          {"[discord]\ntoken_file = \"missing\"", "token_file"},
		"API token file":      {"[api]\ntoken_file = \"missing\"", "reading the API token (api.token_file)"},
		"API without port":    {"[api]\nlisten = \"localhost\"", "api.listen"},
		"API for everybody":   {"[api]\nlisten = \":8090\"", "api.token is missing"},
		"API behind a server": {"[api]\nlisten = \"127.0.0.1:8090\"\npublic_url = \"https://q.example\"", "api.token is missing"},
		"short API token":     {"[api]\ntoken = \"secret\"", "api.token is too short"},
		"public nowhere":      {"[api]\npublic_url = \"https://q.example\"", "needs api.listen"},
		"public address":      {"[api]\nlisten = \"127.0.0.1:8090\"\ntoken = \"0123456789abcdef\"\npublic_url = \"q.example\"", "api.public_url"},
		"etcd's address":      {"[cluster]\nendpoints = [\"etcd1:2379\"]", `cluster.endpoints has "etcd1:2379"`},
		"half a certificate":  {"[cluster]\nendpoints = [\"https://e:2379\"]\ncert_file = \"a.pem\"", "cluster.cert_file and key_file belong together"},
		"half a user":         {"[cluster]\nendpoints = [\"https://e:2379\"]\nuser = \"a\"", "cluster.user and password belong together"},
		"prefix":              {"[cluster]\nendpoints = [\"https://e:2379\"]\nprefix = \"attache\"", "must begin and end with a slash"},
		"name of a node":      {"[cluster]\nendpoints = [\"https://e:2379\"]\nnode = \"a/b\"", "cluster.node"},
		"no place to share":   {"[cluster]\nendpoints = [\"https://e:2379\"]", "cluster.generations"},
		"too soon stale":      {"[cluster]\nendpoints = [\"https://e:2379\"]\nstale_after = \"5s\"", "cluster.stale_after"},
		"etcd's password":     {"[cluster]\npassword_file = \"missing\"", "cluster.password_file"},
		"API limit":           {"[api]\nper_minute = -1", "api.per_minute"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, err := loadConfig(write(t, c.content), noEnv); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

const token = "MTA5ODc2NTQzMjEwOTg3NjU0.GxYzAb.abcdefghijklmnopqrstuvwxyz0123456789AB"

func TestNoErrorShowsTheToken(t *testing.T) {
	for _, content := range []string{
		"[discord]\ntoken = \"" + token, "[discord]\ntokken = \"" + token + "\"", "[discord]\ntoken = '" + token + "' x",
		"token = \"" + token + "\"\n[discord]", "[discord]\nguilds = 3 # " + token,
		"[discord]\ntoken_file = \"" + token + "\"",
		"[api]\ntoken = \"" + token + "\"\nlisten = \"nowhere\"", "[api]\ntoken_file = \"" + token + "\"",
	} {
		_, _, err := loadConfig(write(t, content), noEnv)
		if err == nil || strings.Contains(err.Error(), token) {
			t.Errorf("%s: %v", content, err)
		}
	}
}

func TestTheTokenCannotBePrinted(t *testing.T) {
	c, _, err := loadConfig(write(t, "[discord]\ntoken = \"in the file\"\n[api]\ntoken = \""+token+"\""), func(string) string { return token + "\n" })
	if err != nil {
		t.Fatal(err)
	}
	if c.Discord.Token.reveal() != token {
		t.Error("the environment doesn't win over the file")
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "%v %+v %#v %s %q %x %d", c, c, c, c.Discord.Token, c.Discord.Token, c.Discord.Token, c.API.Token)
	json.NewEncoder(&out).Encode(c)
	slog.New(slog.NewTextHandler(&out, nil)).Info("config", "c", c, "token", c.Discord.Token)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("config", "c", c, "token", c.Discord.Token)
	if s := out.String(); strings.Contains(s, token) || strings.Contains(s, fmt.Sprintf("%x", token)) {
		t.Error(s)
	}
}

func TestPathsAreRelativeToTheFile(t *testing.T) {
	name := write(t, "[corpus]\npath = \"texts\"\n[state]\npath = \"/srv/state\"\n[discord]\ntoken_file = \"token\"")
	dir := filepath.Dir(name)
	if err := os.WriteFile(filepath.Join(dir, "token"), []byte(token+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, found, err := loadConfig(name, noEnv)
	if err != nil || !found {
		t.Fatal(found, err)
	}
	if c.Corpus.Path != filepath.Join(dir, "texts") || c.State.Path != "/srv/state" || c.Discord.Token.reveal() != token {
		t.Errorf("%+v", c)
	}
}

func FuzzConfig(f *testing.F) {
	f.Add([]byte("[discord]\ntoken = \"x\""))
	f.Add([]byte("[state]\nkeep = \"90d\""))
	f.Fuzz(func(t *testing.T, data []byte) {
		c := defaults()
		if err := decodeConfig(data, &c); err == nil {
			c.check()
		}
	})
}

func TestTheContainersConfiguration(t *testing.T) {
	if _, found, err := loadConfig("deploy/config.toml", noEnv); !found || err != nil {
		t.Error(found, err)
	}
}

// What is handed out to start a cluster with is read as it stands, and is a cluster.
func TestTheConfigurationsOfAClusterAreRead(t *testing.T) {
	manifests, err := os.ReadFile("deploy/cluster/kubernetes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var object struct{ Data map[string]string }
	first, _, _ := strings.Cut(string(manifests), "\n---\n")
	if err := yaml.Unmarshal([]byte(first), &object); err != nil {
		t.Fatal(err)
	}
	inKubernetes := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(inKubernetes, []byte(object.Data["config.toml"]), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"deploy/cluster/config.toml", inKubernetes} {
		c, found, err := loadConfig(file, func(key string) string { return map[string]string{"DISCORD_TOKEN": "x"}[key] })
		if err != nil || !found {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if len(c.Cluster.Endpoints) == 0 || c.Cluster.Generations == "" || c.HTTP.Listen == "" || c.Metrics.Listen == "" {
			t.Errorf("%s is no cluster behind a balancer: %+v", file, c)
		}
	}
}

func TestFeedsOfTheConfiguration(t *testing.T) {
	corpus := "[corpus]\npath = \"docs\"\naddresses = [\"https://mfa.example/\"]\n"
	c, _, err := loadConfig(write(t, corpus+"[[feed]]\naddress = \"https://mfa.example/rss.xml\"\n[[feed]]\naddress = \"https://mfa.example/list?lang=en\"\npattern = \"*/statements/*\"\nevery = \"6h\"\nkeep = 3\nfull = true\n"), noEnv)
	if err != nil {
		t.Fatal(err)
	}
	feeds, err := c.feeds()
	if err != nil || len(feeds) != 2 || feeds[0].Name != "mfa.example-rss.xml" || feeds[0].Every != time.Hour || feeds[0].Keep.For == 0 {
		t.Errorf("got %+v, %v", feeds, err)
	}
	if f := feeds[1]; f.Name != "mfa.example-list-lang-en" || f.Every != 6*time.Hour || f.Keep.Count != 3 || !f.Full {
		t.Errorf("got %+v", f)
	}
	for wrong, want := range map[string]string{
		corpus + "[[feed]]\n":                                                                                         "address is missing",
		corpus + "[[feed]]\naddress = \"mfa.example/rss\"\n":                                                          "must begin with https://",
		corpus + "[[feed]]\naddress = \"https://mfa.example/rss\"\nevery = \"1m\"\n":                                  "every is 1m0s: it must be 5m0s or more",
		corpus + "[[feed]]\naddress = \"https://mfa.example/rss\"\nkeep = \"for ever\"\n":                             "keep: \"for ever\" is neither",
		corpus + "[[feed]]\naddress = \"https://mfa.example/rss\"\nlanguage = \"English\"\n":                          "must be the code of a language",
		corpus + "[[feed]]\naddress = \"https://elsewhere.example/rss\"\n":                                            "is under none of corpus.addresses",
		corpus + "[[feed]]\naddress = \"https://mfa.example/rss\"\n[[feed]]\naddress = \"https://mfa.example/rss\"\n": "another feed has this name",
		"[corpus]\naddresses = [\"https://mfa.example/\"]\n[[feed]]\naddress = \"https://mfa.example/rss\"\n":         "corpus.path is missing",
		corpus + "[[feed]]\naddress = \"https://mfa.example/rss\"\nevry = \"1h\"\n":                                   "evry",
	} {
		if _, _, err := loadConfig(write(t, wrong), noEnv); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", wrong, err)
		}
	}
}
