package clean

import (
	"strings"
	"unicode/utf8"

	"example.org/attache/corpus/date"
	"example.org/attache/corpus/format"
	"example.org/attache/corpus/text"
)

// head reads the lines above the first paragraph: the way to the page
// ("Home » Asia » …"), the title, perhaps twice, the author, the date, tags.
func (c *cleaner) head() {
	lines := c.headLines()
	c.maker(lines)
	crumb := c.breadcrumbs(lines)
	c.bylines(lines)
	c.rubrics(lines)
	at, sure := c.title(lines, crumb)
	if at >= 0 {
		c.nameTitle(at, sure)
	}
	if crumb != "" {
		fill(&c.d.Title, crumb)
	}
	if sure {
		c.dropAround(at, lines)
	}
	c.doubled(at)
}

// maker makes the author of whom the file names as its maker, when a line above
// the first paragraph, or one of the last, is that name: else it may be who typed
// the text.
func (c *cleaner) maker(lines []int) {
	const signed = 4 // of the last lines
	name := text.Fold(strings.TrimSpace(c.d.Maker))
	if name == "" || c.d.Author != "" {
		return
	}
	for i := max(0, len(c.d.Blocks)-signed); i < len(c.d.Blocks); i++ {
		lines = append(lines[:len(lines):len(lines)], i)
	}
	for _, i := range lines {
		line := c.d.Blocks[i].Text
		if own, ok := byline(line); ok {
			line = own
		}
		if text.Fold(line) == name {
			c.d.Author = line
			return
		}
	}
}

// dropAround drops the lines above the title at, unless they are sentences, and
// the rows of keywords below it.
func (c *cleaner) dropAround(at int, lines []int) {
	for _, i := range lines {
		b := c.d.Blocks[i]
		if b.Row {
			continue
		}
		if i < at && !endsLikeSentence(b.Text) || i > at && b.Kind == format.Body && isTagLine(b.Text) {
			c.drop[i] = true
		}
	}
}

// headLines returns the blocks above the first that is a paragraph by its
// length or by holding several sentences, the last of which ends.
func (c *cleaner) headLines() []int {
	const most, longest = 12, 160
	var lines []int
	for i, b := range c.d.Blocks {
		if isRecord(b) || len(lines) == most || utf8.RuneCountInString(b.Text) > longest {
			return lines
		}
		if b.Kind == format.Body && endsLikeSentence(b.Text) && !isTitleCase(b.Text) && crumbs(b.Text) == nil && len(text.Sentences(b.Text, text.Span{End: len(b.Text)}, "")) > 1 {
			return lines
		}
		lines = append(lines, i)
	}
	if len(lines) > 3 {
		lines = lines[:3] // nothing but short lines: a list, not a head
	}
	return lines
}

// breadcrumbs drops the ways to the page among the lines, and returns where
// they lead to, if that reads as a title.
func (c *cleaner) breadcrumbs(lines []int) string {
	lead := ""
	for _, i := range lines {
		parts := crumbs(c.d.Blocks[i].Text)
		if c.drop[i] || c.d.Blocks[i].Row || parts == nil || !c.follows(i) {
			continue
		}
		c.drop[i] = true
		c.bylineParts(parts)
		if last := parts[len(parts)-1]; len(strings.Fields(last)) > 2 && readsAsTitle(last) {
			lead = last
		}
	}
	return lead
}

// bylineParts takes date and author from a line that has nothing else, or them
// beside each other: "By Ann Moe | 4 May 2023". It reports whether it found one.
func (c *cleaner) bylineParts(parts []string) (found bool) {
	for _, p := range parts {
		p = strings.TrimSpace(p)
		if day, name, ok := posted(p); ok {
			found = true
			fill(&c.d.Author, name)
			if c.d.Published.IsZero() {
				c.d.Published = day
			}
			continue
		}
		if day, ok := date.Alone(p); ok {
			found = true
			if c.d.Published.IsZero() {
				c.d.Published = day
			}
		}
		if name, ok := byline(p); ok {
			found = true
			fill(&c.d.Author, name)
		}
	}
	return found
}

// posted takes a line apart that says when and by whom a page was made: "Posted
// on 4 May 2023 by Ann Moe".
func posted(t string) (day date.Date, by string, ok bool) {
	rest, found := t, false
	for _, label := range []string{"Posted on ", "Published on ", "Posted ", "Published "} {
		if rest, found = strings.CutPrefix(t, label); found {
			break
		}
	}
	when, who, named := strings.Cut(rest, " by ")
	if day, ok = date.Alone(strings.TrimSpace(when)); !found || !ok || named && !isName(who) {
		return date.Date{}, "", false
	}
	return day, who, true
}

// crumbs takes a line apart that leads from a home page to this one; nil for
// any other line.
func crumbs(t string) []string {
	for _, sep := range []string{"»", "›", "→", ">", "/", "|", "·", "•", "::"} {
		parts := strings.Split(t, " "+sep+" ")
		if len(parts) < 2 {
			continue
		}
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
			if i < len(parts)-1 && len(strings.Fields(parts[i])) > 4 {
				return nil
			}
		}
		if isHome(parts[0]) || len(parts) > 2 || sep == "»" || sep == "›" {
			return parts
		}
	}
	return nil
}

func isHome(t string) bool {
	switch strings.ToLower(t) {
	case "home", "homepage", "home page", "main", "start", "startseite", "accueil", "inicio", "início", "главная", "الرئيسية", "होम", "홈", "首页", "首頁", "ホーム", "トップ":
		return true
	}
	return false
}

// bylines takes author and date from lines that hold nothing else.
func (c *cleaner) bylines(lines []int) {
	for _, i := range lines {
		t := c.d.Blocks[i].Text
		if c.drop[i] || c.d.Blocks[i].Kind != format.Body || c.d.Blocks[i].Row {
			continue
		}
		if day, ok := date.PlaceAndDay(t); ok && c.d.Published.IsZero() {
			c.d.Published = day
		}
		if t == c.d.Author || c.bylineParts(strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune("|·•", r) })) {
			c.drop[i] = c.follows(i)
		}
	}
}

// rubrics makes headings of what is above the title and is none.
func (c *cleaner) rubrics(lines []int) {
	for _, i := range lines {
		if b := &c.d.Blocks[i]; b.Kind == format.Body && !b.Row && isRubric(b.Text) && c.follows(i) {
			b.Kind = format.Heading
		}
	}
}

// byline returns the name in a line such as "By Ann Moe".
func byline(t string) (string, bool) {
	for _, by := range []string{"By ", "by ", "BY "} {
		if name, ok := strings.CutPrefix(t, by); ok {
			name, _, _ = strings.Cut(name, "|")
			name, _, _ = strings.Cut(name, ",")
			name = strings.TrimSpace(name)
			return name, isName(name) && !endsLikeSentence(t)
		}
	}
	return "", false
}

// title returns which of the lines is the title, -1 for none, and whether that
// is sure: because it is the one that the file's metadata or the way to the
// page tell, or because it stands there twice.
func (c *cleaner) title(lines []int, crumb string) (at int, sure bool) {
	known := text.Fold(c.d.Title)
	first := -1
	for n, i := range lines {
		b := c.d.Blocks[i]
		if c.drop[i] || b.Kind == format.Heading || b.Row || isDateline(b.Text) {
			continue
		}
		fold := text.Fold(b.Text)
		if b.Kind == format.Title || fold == known && known != "" || crumb != "" && fold == text.Fold(crumb) || c.again(lines[n+1:], fold) {
			return i, true
		}
		if first < 0 && readsAsTitle(b.Text) {
			first = i
		}
	}
	if known != "" || crumb != "" {
		return -1, false
	}
	if first < 0 {
		first = c.headed(lines)
	}
	if first >= 0 && c.isFirst(first) && c.follows(first) {
		return first, false
	}
	return -1, false
}

// headed returns the heading that a file marks under a letterhead or a dateline,
// where its title stands; -1 for none.
func (c *cleaner) headed(lines []int) int {
	under := false
	for _, i := range lines {
		switch b := c.d.Blocks[i]; {
		case c.drop[i]:
		case b.Row || isDateline(b.Text):
			under = true
		case under && b.Kind == format.Heading && readsAsTitle(b.Text) && !isRubric(b.Text):
			return i
		}
	}
	return -1
}

func isDateline(t string) bool {
	_, ok := date.PlaceAndDay(t)
	return ok
}

// again reports whether one of the lines says the same; of sentences, which
// people do say twice, only headlines count.
func (c *cleaner) again(lines []int, fold string) bool {
	for _, i := range lines {
		if t := c.d.Blocks[i].Text; text.Fold(t) == fold {
			return readsAsTitle(t) && (!endsLikeSentence(t) || isTitleCase(t)) && (len(strings.Fields(t)) > 1 || len(t) > 20)
		}
	}
	return false
}

// isFirst reports whether nothing that is kept is above block at, but
// rubrics, a letterhead and a dateline.
func (c *cleaner) isFirst(at int) bool {
	for i := range at {
		if b := c.d.Blocks[i]; !c.drop[i] && !b.Row && !isRubric(b.Text) && !isDateline(b.Text) {
			return false
		}
	}
	return true
}

// follows reports whether there is text below block at.
func (c *cleaner) follows(at int) bool {
	for i := at + 1; i < len(c.d.Blocks); i++ {
		if !c.drop[i] && c.d.Blocks[i].Text != "" {
			return true
		}
	}
	return false
}

// nameTitle makes block at the title. A first line that is a plain sentence
// names the document, but stays what it is: it may well be the text's first.
func (c *cleaner) nameTitle(at int, sure bool) {
	b := &c.d.Blocks[at]
	if name, site, ok := strings.Cut(b.Text, " | "); ok && len(strings.Fields(site)) <= 4 {
		b.Text = name
	}
	if b.Kind == format.Body && !sure && endsLikeSentence(b.Text) && !isTitleCase(b.Text) {
		const longest = 100
		if len(b.Text) <= longest {
			fill(&c.d.Title, withoutStop(b.Text))
		}
		return
	}
	b.Kind = format.Title
	fill(&c.d.Title, withoutStop(b.Text))
}

// doubled drops what says the title again near the top, but for block at.
func (c *cleaner) doubled(at int) {
	title := text.Fold(c.d.Title)
	for i, b := range c.d.Blocks[:min(len(c.d.Blocks), 2*margin)] {
		if i != at && title != "" && len(b.Text) < 2*len(title)+20 && strings.TrimRight(text.Fold(b.Text), ".") == title {
			if at < 0 && !c.drop[i] {
				c.d.Blocks[i].Kind, at = format.Title, i
				continue
			}
			c.drop[i] = true
		}
	}
}
