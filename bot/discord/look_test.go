package discord_test

import (
	"bufio"
	_ "embed"
	"encoding/base64"
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
	"example.org/attache/bot/discord/discordtest"
)

// The page that shows what replies look like:
//
//	go test ./bot/discord -run Look -out DIR
//	go test ./bot/discord -run Look -out DIR -corpus FOLDER -lines FILE
//
// writes DIR/index.html, with a page of its own for each reply beside it. The
// replies are those of the recorded conversation, or answers over the documents
// of FOLDER to the lines of FILE, as they are typed at the prompt.
var (
	lookOut    = flag.String("out", "", "write how replies look as HTML pages into this folder")
	lookCorpus = flag.String("corpus", "", "with -out: the documents to answer from")
	lookLines  = flag.String("lines", "", "with -corpus: a file of questions and commands, one a line")
)

//go:embed testdata/look.css
var lookCSS string

func TestLook(t *testing.T) {
	if *lookOut == "" {
		t.Skip("-out names a folder for the pages")
	}
	if err := os.MkdirAll(*lookOut, 0o755); err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, l := range looks(t) {
		pair := l.html(t)
		writePage(t, fileName(l.name)+".html", pair)
		fmt.Fprintf(&all, "<h2>%s</h2>\n%s", html.EscapeString(l.name), pair)
	}
	writePage(t, "index.html", all.String())
}

func writePage(t *testing.T, name, body string) {
	t.Helper()
	page := "<!doctype html>\n<meta charset=\"utf-8\"><title>Replies</title>\n<style>\n" + lookCSS + "</style>\n" + body
	if err := os.WriteFile(filepath.Join(*lookOut, name), []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
}

// fileName makes a file's name of a command.
func fileName(s string) string {
	return strings.Trim(regexp.MustCompile(`[^\pL\pN]+`).ReplaceAllString(strings.ToLower(s), "-"), "-")
}

// look is one reply to be looked at.
type look struct {
	name  string
	reply command.Reply
}

func looks(t *testing.T) (all []look) {
	if *lookCorpus == "" {
		b := harbourBot(t)
		for _, use := range conversation {
			all = append(all, look{use.name, use.reply(b)})
		}
		for name, asked := range map[string]string{"two quotes": "How long does the lease of the harbour run?", "three quotes": "What did Ada Quist say about the lease?"} {
			c := &command.Call{Options: map[string]string{"question": asked}, User: asker.ID}
			all = append(all, look{name, b.Do(t.Context(), "ask", c)})
		}
		for _, language := range words.Languages[1:] {
			b.own = words.In(language)
			for _, use := range conversation {
				if slices.Contains([]string{"unanswered", "said", "help"}, use.name) {
					all = append(all, look{language + " " + use.name, use.reply(b)})
				}
			}
		}
		return all
	}
	b := botOver(t, os.DirFS(*lookCorpus))
	f, err := os.Open(*lookLines)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		name, words := "ask", strings.Fields(line)
		if slash, ok := strings.CutPrefix(line, "/"); ok {
			name, words = strings.Fields(slash)[0], words[1:]
		}
		c := &command.Call{Options: map[string]string{}, User: asker.ID}
		b.Assign(t.Context(), name, words, c.Options)
		all = append(all, look{line, b.Do(t.Context(), name, c)})
	}
	return all
}

// html is a reply as a desktop window shows it, and beside it a phone.
func (l look) html(t *testing.T) string {
	m := draw(t, l.reply)
	p := painter{}
	if l.reply.Picture != nil {
		p.picture, p.alt = l.reply.Picture.PNG, l.reply.Picture.Alt
	}
	card := p.components(m.Components)
	if l.reply.Private {
		card += "<div class=\"only\">Only you can see this</div>\n"
	}
	who := "<div class=\"who\"><i>A</i>Attaché<b>APP</b><time>Today at 14:05</time></div>\n"
	return fmt.Sprintf("<div class=\"pair\">\n<div class=\"view desktop\">\n%[1]s</div>\n<div class=\"view phone\">\n%[1]s</div>\n</div>\n", who+card)
}

// painter draws components as HTML.
type painter struct {
	picture []byte
	alt     string
}

func (p painter) components(list []discordtest.Component) string {
	var b strings.Builder
	for _, c := range list {
		switch c.Type {
		case 17:
			accent := ""
			if c.Accent != nil {
				accent = fmt.Sprintf(` accent" style="--accent:#%06x`, *c.Accent)
			}
			fmt.Fprintf(&b, "<div class=\"card%s\">\n%s</div>\n", accent, p.components(c.Components))
		case 14:
			b.WriteString("<div class=\"rule\"></div>\n")
		case 12:
			fmt.Fprintf(&b, "<img src=\"data:image/png;base64,%s\" alt=\"%s\">\n", base64.StdEncoding.EncodeToString(p.picture), html.EscapeString(p.alt))
		case 13:
			fmt.Fprintf(&b, "<div class=\"file\">%s</div>\n", html.EscapeString(strings.TrimPrefix(c.File.URL, "attachment://")))
		case 10:
			b.WriteString("<div class=\"text\">" + markdown(c.Content) + "</div>\n")
		case 1:
			b.WriteString("<div class=\"row\">" + p.components(c.Components) + "</div>\n")
		case 3:
			fmt.Fprintf(&b, "<div class=\"menu\">%s</div>", html.EscapeString(c.Placeholder))
		case 2:
			off := ""
			if c.Disabled {
				off = " off"
			}
			fmt.Fprintf(&b, "<div class=\"button%s\">%s</div>", off, html.EscapeString(c.Label))
		}
	}
	return b.String()
}

// markdown draws the part of Discord's markup that replies use, a line at a
// time.
func markdown(s string) string {
	var b strings.Builder
	lines := strings.Split(s, "\n")
	quoting, listing := false, false
	set := func(open *bool, want bool, tag string) {
		if *open != want {
			b.WriteString(map[bool]string{true: "<" + tag + ">", false: "</" + tag + ">"}[want])
			*open = want
		}
	}
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		quote, isQuote := strings.CutPrefix(line, "> ")
		item, isItem := strings.CutPrefix(line, "- ")
		set(&quoting, isQuote, "blockquote")
		set(&listing, isItem, "ul")
		switch {
		case isQuote:
			b.WriteString(inline(quote) + "<br>")
		case isItem:
			b.WriteString("<li>" + inline(item) + "</li>")
		case strings.HasPrefix(line, "### "):
			b.WriteString("<h3>" + inline(line[4:]) + "</h3>")
		case strings.HasPrefix(line, "-# "):
			b.WriteString("<small>" + inline(line[3:]) + "</small>")
		case line == "```":
			end := slices.Index(lines[i+1:], "```")
			b.WriteString("<pre>" + html.EscapeString(strings.Join(lines[i+1:i+1+end], "\n")) + "</pre>")
			i += end + 1
		case line == "":
			b.WriteString("<span class=\"gap\"></span>")
		default:
			b.WriteString("<div>" + inline(line) + "</div>")
		}
	}
	set(&quoting, false, "blockquote")
	set(&listing, false, "ul")
	return b.String()
}

var marked = regexp.MustCompile(`^(?:\\([^\pL\pN\s])|\[((?:[^\]\\]|\\.)*)\]\((https?://[^)]+)\)|<t:(-?\d+):D>|</([^:>]+):\d+>)`)

// rawLink is what keeps Discord from drawing a link.
var rawLink = regexp.MustCompile("[\\[\\]|\\\\`]|://|[\u2600-\u27BF\U0001F300-\U0001FAFF]")

// inline draws one line.
func inline(s string) string {
	var b strings.Builder
	bold := false
	for len(s) > 0 {
		if strings.HasPrefix(s, "**") {
			b.WriteString(map[bool]string{false: "<b>", true: "</b>"}[bold])
			bold, s = !bold, s[2:]
			continue
		}
		m := marked.FindStringSubmatch(s)
		switch {
		case m == nil:
			r := []rune(s)[0]
			b.WriteString(html.EscapeString(string(r)))
			s = s[len(string(r)):]
			continue
		case m[1] != "":
			b.WriteString(html.EscapeString(m[1]))
		case m[3] != "" && rawLink.MatchString(m[2]):
			b.WriteString(html.EscapeString(m[0]))
		case m[3] != "":
			fmt.Fprintf(&b, "<a href=\"%s\">%s</a>", html.EscapeString(m[3]), html.EscapeString(m[2]))
		case m[4] != "":
			n, _ := strconv.ParseInt(m[4], 10, 64)
			b.WriteString("<span class=\"time\">" + time.Unix(n, 0).UTC().Format("2 January 2006") + "</span>")
		case m[5] != "":
			b.WriteString("<span class=\"command\">/" + html.EscapeString(m[5]) + "</span>")
		}
		s = s[len(m[0]):]
	}
	return b.String()
}
