// Package feed lets documents come in by themselves: from feeds (RSS, Atom, JSON
// Feed), sitemaps, and pages that link to documents.
//
// What a feed brings becomes a plain file below the corpus, with a sidecar that
// tells its title, outlet, author, date and address, so that it outlives the
// feed and can be read by a person. A document that changes at its source is
// taken up anew, and what it said before stays beside it as an earlier version;
// one that vanishes there stays here, and is marked.
//
// A [Poller] asks the sources, each on its own schedule: one request at a time
// to a host, with a pause after it, as its robots.txt and its answers want it.
// What it knows of them is in the state, and what it says is true after a crash:
// a file is on the disk before the state knows of it.
package feed

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Feed is a source that is asked for new documents.
type Feed struct {
	Name      string        // tells it from others, also as the name of its folder
	Address   string        // of a feed, a sitemap or a page with links
	Pattern   string        // which links of a sitemap or a page are documents: * stands for anything
	Every     time.Duration // between two requests
	Publisher string        // of what comes from it; empty: as it calls itself
	Tags      []string      // of what comes from it
	Language  string        // of what comes from it, ISO 639-1; empty: as it says
	Full      bool          // each entry's page is the document, rather than the entry
	Keep      Keep
}

// Keep is how many earlier versions of a document stay, or for how long.
type Keep struct {
	Count int           // where For is 0
	For   time.Duration // since it was replaced
}

// ParseKeep reads a number of versions, "5", or a time in days or hours, "365d".
func ParseKeep(s string) (Keep, error) {
	if n, err := strconv.Atoi(s); err == nil && n >= 0 && n <= mostVersions {
		return Keep{Count: n}, nil
	}
	for unit, length := range map[string]time.Duration{"d": 24 * time.Hour, "h": time.Hour} {
		number, ok := strings.CutSuffix(s, unit)
		if n, err := strconv.Atoi(number); ok && err == nil && n > 0 && n <= 36500 {
			return Keep{For: time.Duration(n) * length}, nil
		}
	}
	return Keep{}, fmt.Errorf("%q is neither a number of versions up to %d nor a time as 365d or 12h", s, mostVersions)
}

// What is asked of a source at most.
const (
	LeastEvery   = 5 * time.Minute
	DefaultEvery = time.Hour

	mostVersions = 50       // of one document that are kept
	mostListing  = 20 << 20 // bytes of a feed, a sitemap or a page with links
	mostEntries  = 10_000   // of one source: the newest
	mostChildren = 20       // sitemaps that a sitemap leads to
	mostPages    = 200      // that are fetched in one round; the next one goes on
	mostLooks    = 20       // of them those that are looked at again
)

// DefaultKeep is for how long earlier versions stay where nothing else is said.
var DefaultKeep = Keep{For: 365 * 24 * time.Hour}

// Check finds what is wrong with a feed.
func (f Feed) Check() error {
	u, err := url.Parse(f.Address)
	switch {
	case f.Address == "":
		return errors.New("address is missing: it is that of a feed, a sitemap or a page with links")
	case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "":
		return fmt.Errorf("address is %q: it must begin with https:// and a host", f.Address)
	case f.Every < LeastEvery:
		return fmt.Errorf("every is %v: it must be %v or more", f.Every, LeastEvery)
	case slug(f.Name) == "" || len(f.Name) > 100 || strings.Contains(f.Name, "/"):
		return fmt.Errorf("name is %q: it needs a letter or a digit, at most 100 of them, and no slash", f.Name)
	}
	return nil
}

// NameOf is what a feed without a name is called: its host, and what tells it
// from others there.
func NameOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	name := strings.TrimPrefix(u.Hostname(), "www.")
	if rest := strings.Trim(u.Path+"-"+u.RawQuery, "/-"); rest != "" {
		name += "-" + rest
	}
	return cut(slug(name), 60)
}

// Dir is the folder of a feed's documents, below the corpus.
func (f Feed) Dir() string { return "feeds/" + slug(f.Name) }

// earlier is below the folder of a feed that of the earlier versions.
const earlier = "earlier"

// matches reports whether an address is one of those that the pattern means; all
// are where there is none.
func (f Feed) matches() func(address string) bool {
	if f.Pattern == "" {
		return func(string) bool { return true }
	}
	expr := regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(f.Pattern), `\*`, ".*") + "$")
	return expr.MatchString
}

var (
	unslug  = regexp.MustCompile(`[^\p{L}\p{N}.]+`)
	dotless = regexp.MustCompile(`\.{2,}|^\.+`)
)

// slug makes a part of a file's name of a text.
func slug(s string) string {
	s = unslug.ReplaceAllString(strings.ToLower(strings.ToValidUTF8(s, "-")), "-")
	return strings.Trim(dotless.ReplaceAllString(s, "-"), "-.")
}

// cut returns at most n bytes of s, to the end of a rune.
func cut(s string, n int) string {
	if len(s) > n {
		s = strings.ToValidUTF8(s[:n], "")
	}
	return strings.TrimRight(s, "-.")
}

// digest returns so many characters that stand for some texts.
func digest(n int, texts ...string) string {
	h := sha256.New()
	for _, t := range texts {
		fmt.Fprintf(h, "%d:%s", len(t), t)
	}
	return hex.EncodeToString(h.Sum(nil))[:n]
}

// sane returns a time that a document can be from; zero for others, as feeds with
// wrong dates have them.
func sane(t *time.Time, now time.Time) time.Time {
	if t == nil || t.Year() < 1900 || t.After(now.Add(48*time.Hour)) {
		return time.Time{}
	}
	return *t
}

// newest is the later of what a listing says of when an entry is from.
func (e entry) newest() time.Time {
	if e.updated.After(e.published) {
		return e.updated
	}
	return e.published
}

// called is how an entry is named in messages.
func (e entry) called() string { return cmp.Or(e.link, e.title, e.key) }
