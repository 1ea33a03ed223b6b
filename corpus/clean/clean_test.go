package clean_test

import (
	"slices"
	"strings"
	"testing"

	"example.org/attache/corpus/clean"
	"example.org/attache/corpus/format"
)

const paragraph = "The foreign ministers of the two coastal republics reopened the harbour road on Thursday, nine years after it was closed. Both sides keep one customs post at the old bridge."

// page makes a document of lines; a line that begins with # is a heading.
func page(lines ...string) format.Document {
	var d format.Document
	for _, l := range lines {
		kind := format.Body
		if t, ok := strings.CutPrefix(l, "# "); ok {
			l, kind = t, format.Heading
		}
		d.Blocks = append(d.Blocks, format.Block{Text: l, Kind: kind})
	}
	return d
}

// lines is what is left of a document: titles after =, headings after #.
func lines(d format.Document) string {
	var out []string
	for _, b := range d.Blocks {
		out = append(out, []string{"", "= ", "# "}[b.Kind]+b.Text)
	}
	return strings.Join(out, "\n")
}

func TestTitle(t *testing.T) {
	rows := map[string]struct {
		in          []string
		title, left string
	}{
		"first line":               {[]string{"Harbour road reopens", paragraph}, "Harbour road reopens", "= Harbour road reopens\n" + paragraph},
		"with a full stop":         {[]string{"Harbour Road Reopens After Nine Years.", paragraph}, "Harbour Road Reopens After Nine Years", "= Harbour Road Reopens After Nine Years.\n" + paragraph},
		"a sentence stays text":    {[]string{"The harbour road is open.", paragraph}, "The harbour road is open", "The harbour road is open.\n" + paragraph},
		"two sentences":            {[]string{"Who owns the ice? Seven states meet", paragraph}, "Who owns the ice? Seven states meet", "= Who owns the ice? Seven states meet\n" + paragraph},
		"none":                     {[]string{paragraph, paragraph}, "", paragraph + "\n" + paragraph},
		"nothing but one line":     {[]string{"Harbour road reopens"}, "", "Harbour road reopens"},
		"doubled":                  {[]string{"Harbour road reopens", "World", "Harbour road reopens", paragraph}, "Harbour road reopens", "= Harbour road reopens\n# World\n" + paragraph},
		"breadcrumb":               {[]string{"Home › World › Harbour road reopens after nine years", "Lund Moss", "Harbour road reopens after nine years", paragraph}, "Harbour road reopens after nine years", "= Harbour road reopens after nine years\n" + paragraph},
		"breadcrumb alone":         {[]string{"Home > World > Harbour road reopens after nine years", paragraph}, "Harbour road reopens after nine years", paragraph},
		"breadcrumb of sections":   {[]string{"World | Coast | Politics", "Harbour road reopens", paragraph}, "Harbour road reopens", "= Harbour road reopens\n" + paragraph},
		"with the name of a site":  {[]string{"Harbour road reopens | Coast Gazette", paragraph}, "Harbour road reopens", "= Harbour road reopens\n" + paragraph},
		"begins like a list":       {[]string{"- one", paragraph}, "", "- one\n" + paragraph},
		"an intro is no title":     {[]string{"The minister said:", paragraph}, "", "The minister said:\n" + paragraph},
		"a label":                  {[]string{"Title: Harbour road reopens", paragraph}, "Harbour road reopens", paragraph},
		"behind date and author":   {[]string{"4 May 2023", "Harbour road reopens", "By Ann Moe", paragraph}, "Harbour road reopens", "= Harbour road reopens\n" + paragraph},
		"Chinese":                  {[]string{"首页 > 国际", "港口公路重新开放", "两国外长周四重新开放了关闭九年的港口公路。双方在旧桥保留一个海关检查站。"}, "港口公路重新开放", "= 港口公路重新开放\n两国外长周四重新开放了关闭九年的港口公路。双方在旧桥保留一个海关检查站。"},
		"behind rubrics":           {[]string{"FOR IMMEDIATE RELEASE", "Office of the Harbour Master", "May 4, 2023", "Joint Statement on the Harbour Road", paragraph, "###"}, "Joint Statement on the Harbour Road", "# FOR IMMEDIATE RELEASE\n# Office of the Harbour Master\n= Joint Statement on the Harbour Road\n" + paragraph},
		"said twice":               {[]string{"Transcript of the talks", "The road was closed.", "Thank you.", "Thank you.", paragraph}, "Transcript of the talks", "= Transcript of the talks\nThe road was closed.\nThank you.\nThank you.\n" + paragraph},
		"headings of plain text":   {[]string{"Harbour road reopens", paragraph, "1. What Is Open", paragraph, "THE BRIDGE", paragraph, "Conclusion", paragraph, "2. Ferries sail", "3. Boats land"}, "Harbour road reopens", "= Harbour road reopens\n" + paragraph + "\n# 1. What Is Open\n" + paragraph + "\n# THE BRIDGE\n" + paragraph + "\n# Conclusion\n" + paragraph + "\n2. Ferries sail\n3. Boats land"},
		"headings stay where they": {[]string{"Harbour road reopens", paragraph, "# What is open", paragraph}, "Harbour road reopens", "= Harbour road reopens\n" + paragraph + "\n# What is open\n" + paragraph},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			d := page(row.in...)
			clean.Clean(&d)
			if d.Title != row.title || lines(d) != row.left {
				t.Errorf("the title is %q, want %q; left is\n%s\nwant\n%s", d.Title, row.title, lines(d), row.left)
			}
		})
	}
}

func TestMetadata(t *testing.T) {
	rows := map[string]struct {
		in                                   []string
		author, publisher, published, source string
	}{
		"labels":              {[]string{"Road", "Author: Ann Moe", "Published: May 4, 2023", paragraph, "Source: Coast Gazette"}, "Ann Moe", "Coast Gazette", "2023-05-04", ""},
		"address":             {[]string{paragraph, "Source: https://gazette.example/road"}, "", "", "", "https://gazette.example/road"},
		"posted":              {[]string{"Harbour road reopens", "Posted on May 4, 2023 by Ann Moe", paragraph}, "Ann Moe", "", "2023-05-04", ""},
		"published":           {[]string{"Harbour road reopens", "Published 4 May 2023", paragraph}, "", "", "2023-05-04", ""},
		"byline":              {[]string{"Harbour road reopens", "By Ann Moe | Coast Gazette", paragraph}, "Ann Moe", "", "", ""},
		"date line":           {[]string{"Harbour road reopens", "Thursday, 4 May 2023 10:15 CET", paragraph}, "", "", "2023-05-04", ""},
		"date beside others":  {[]string{"Harbour road reopens", "By Ann Moe | May 4, 2023 08:00 am | Updated 09:10 am", paragraph}, "Ann Moe", "", "2023-05-04", ""},
		"date in the title":   {[]string{"Press Briefing – May 4, 2023", paragraph}, "", "", "2023-05-04", ""},
		"dateline":            {[]string{"MOSS, May 4, 2023 (NTB) — " + paragraph}, "", "", "2023-05-04", ""},
		"dateline, no year":   {[]string{"MOSS, May 4 (NTB) — " + paragraph}, "", "", "", ""},
		"reported day":        {[]string{"The road was opened on Thursday (May 4, 2023). " + paragraph}, "", "", "2023-05-04", ""},
		"history":             {[]string{"The road was closed on May 4, 2014. " + paragraph}, "", "", "", ""},
		"empty labels":        {[]string{paragraph, "Source :", "Tags:"}, "", "", "", ""},
		"a sentence says by":  {[]string{"Harbour road reopens", "By Monday all was over", paragraph}, "", "", "", ""},
		"a source that talks": {[]string{paragraph, "Source: a person who was there and would rather not be named in print"}, "", "", "", ""},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			d := page(row.in...)
			clean.Clean(&d)
			if d.Author != row.author || d.Publisher != row.publisher || d.Published.String() != row.published || d.URL != row.source {
				t.Errorf("got author %q, publisher %q, date %q, address %q", d.Author, d.Publisher, d.Published, d.URL)
			}
		})
	}
}

func TestFrameIsDropped(t *testing.T) {
	for _, frame := range []string{
		"Read more", "READ MORE »", "Read more: Ferries sail twice a day", "Related articles", "Advertisement", "Share on Facebook",
		"Sign up for our daily newsletter", "Subscribe to our morning briefing.", "© 2023 Coast Gazette. All rights reserved.",
		"Photo: Ann Moe / Coast Gazette", "A ferry at the old bridge. (Photo by Bo Lind)", "Follow us on Telegram", "Tags: harbour, ferries",
		"Source :", "4 min read", "Lesen Sie auch", "相关新闻", "관련기사", "Ann Moe ann.moe@gazette.example", "* * *", "We use cookies to make this site better.",
		"Reporting by Ann Moe; Editing by Bo Lind", "Additional reporting by Bo Lind in Moss", "(Click here for the full text)", "• Read more: Ferries sail",
		"11:02 BST", "10.15", "Updated at 11.05 BST", "Hide caption", "Enlarge this image", "Nils Holm/Coast Pictures", "The pier at dusk. (Photo: Nils Holm)",
		"Follow Coast Gazette on Facebook", "Subscribe to the Gazette Premium to read more stories like this one.", "Get the day's news in your inbox.",
		"You have 3 free articles remaining this month.", "Already have an account? Sign in", "By signing up you agree to our terms.", "Was this page helpful? Yes No",
		"Font size: A A A", "Page views: 1,204", "Like this: Like Loading...", "This entry was posted in Politics. Bookmark the permalink.", "← Previous post",
		"What do you think? Let us know in the comments below.", "This article is exclusive to subscribers.",
	} {
		d := page("Harbour road reopens", paragraph, frame, paragraph)
		if frame == "Source :" {
			d = page("Harbour road reopens", paragraph, paragraph, frame)
		}
		clean.Clean(&d)
		if got := lines(d); got != "= Harbour road reopens\n"+paragraph+"\n"+paragraph {
			t.Errorf("%q: left is\n%s", frame, got)
		}
	}
}

func TestTextIsKept(t *testing.T) {
	for _, line := range []string{
		"The minister read more letters than anybody.",
		"She said:",
		"Q: Will the road stay open?",
		"More than 300 people came.",
		"Home is where the ferry lands, he said.",
		"“Subscribe to nothing,” said Dr. Ruiz, who has led the commission since it was founded.",
		"By Monday the road was closed again.",
		"Sources close to the ministry: nobody knew.",
		"Lund / Moss: 14 ferries a week.",
		"Write to the harbour office at road@harbour.example until Friday, Dr. Ruiz said.",
		"On 4 May 2023 the road was opened.",
		"Follow the road to Moss, and you will see what became of it.",
		"Lund/Moss is the name of the line.",
		"At 10:15 the first lorry came.",
		"You have 14 days to object.",
		"Reporting this to the council took three days.",
	} {
		d := page("Harbour road reopens", paragraph, line, paragraph)
		clean.Clean(&d)
		if !strings.Contains(lines(d), line) {
			t.Errorf("%q is lost", line)
		}
	}
}

func TestRunningHeadersAreDropped(t *testing.T) {
	d := page("Harbour road reopens", paragraph, "Harbour Office Bulletin 14", paragraph, "Harbour Office Bulletin 14", "MR. VIK:", paragraph,
		"Harbour Office Bulletin 14", "MR. VIK:", paragraph, "MR. VIK:", "No.", paragraph, "No.", paragraph, "No.")
	clean.Clean(&d)
	got := lines(d)
	if strings.Contains(got, "Bulletin") || strings.Count(got, "MR. VIK:") != 3 || strings.Count(got, "No.") != 3 {
		t.Errorf("left is\n%s", got)
	}
}

func FuzzClean(f *testing.F) {
	f.Add("Home » Road\nRoad\nBy Ann Moe\n" + paragraph + "\nSource :")
	f.Fuzz(func(t *testing.T, body string) {
		d := page(strings.Split(body, "\n")...)
		had := strings.TrimSpace(body) != ""
		clean.Clean(&d)
		for _, b := range d.Blocks {
			if !strings.Contains(body, b.Text) {
				t.Errorf("%q is no slice of %q", b.Text, body)
			}
		}
		if had && len(d.Blocks) == 0 && strings.Trim(body, "# \n\t\r") != "" {
			t.Errorf("nothing is left of %q", body)
		}
	})
}

func BenchmarkClean(b *testing.B) {
	d := page("Harbour road reopens", "By Ann Moe", paragraph, paragraph, paragraph, paragraph, paragraph, paragraph, "Read more")
	b.SetBytes(int64(len(lines(d))))
	for b.Loop() {
		c := d
		c.Blocks = append([]format.Block(nil), d.Blocks...)
		clean.Clean(&c)
	}
}

// Who is named as the maker of a file may have typed or converted it.
func TestTheMakerIsTheAuthorWhenTheTextSaysSo(t *testing.T) {
	for maker, c := range map[string]struct {
		in     []string
		author string
	}{
		"Ann Moe":   {[]string{"Harbour road reopens", "Ann Moe", paragraph, paragraph}, "Ann Moe"},
		"ann moe":   {[]string{"Harbour road reopens", "By Ann Moe", paragraph, paragraph}, "Ann Moe"},
		"Ole Berg":  {[]string{"Harbour road reopens", paragraph, paragraph, "Yours sincerely,", "Ole Berg"}, "Ole Berg"},
		"Desk 3":    {[]string{"Harbour road reopens", "By Ann Moe", paragraph, paragraph}, "Ann Moe"},
		"Secretary": {[]string{"Harbour road reopens", paragraph, paragraph}, ""},
		"Ola Vik":   {[]string{"Harbour road reopens", paragraph + " Ola Vik was there.", paragraph}, ""},
	} {
		d := page(c.in...)
		d.Maker = maker
		clean.Clean(&d)
		if d.Author != c.author {
			t.Errorf("made by %q: the author is %q, want %q", maker, d.Author, c.author)
		}
	}
}

func TestWhatASiteHasUnderAnArticleIsDropped(t *testing.T) {
	long := paragraph + " " + paragraph
	for _, c := range []struct {
		marker string
		ends   bool
	}{{"Leave a Reply", true}, {"Most read", true}, {"Leave a comment (12)", true}, {"You may also like:", true}, {"Related links", true},
		{"Weiterführende Links", true}, {"Ähnliche Artikel", true}, {"Sur le même sujet", true}, {"Notizie", false}, {"Leggi anche", true}, {"Más noticias", true}, {"Leia também", true}, {"Материалы по теме", true},
		{"Comments", false}, {"Latest", false}} {
		d := page("Harbour road reopens", long, long, c.marker, "They should have built it in Moss, everybody knows that.", "Who pays for the pier?")
		clean.Clean(&d)
		if got := !strings.Contains(lines(d), "everybody knows"); got != c.ends {
			t.Errorf("%q ends the document: %v", c.marker, got)
		}
	}
	d := page("Harbour road reopens", paragraph, "Most read", long, long, long)
	if clean.Clean(&d); !strings.Contains(lines(d), long) {
		t.Error("the larger part of a document is dropped")
	}
}

// Who made a text is known, and not quoted.
func TestCreditsAreNotRunningText(t *testing.T) {
	for _, credit := range []string{"Reporting by Ann Moe; Editing by Bo Lind", "Follow Ann Moe on Twitter @annmoe.", "(Additional reporting by Bo Lind in Moss)"} {
		d := page("Harbour road reopens", paragraph, credit)
		if clean.Clean(&d); d.Blocks[len(d.Blocks)-1].Kind != format.Heading || !strings.Contains(lines(d), credit) {
			t.Errorf("%q is running text, or lost:\n%s", credit, lines(d))
		}
	}
}

// The cells of a table at the head are neither title nor date nor a way to the
// page, and a letterhead is none either.
func TestTablesAtTheHead(t *testing.T) {
	table := []format.Block{{Text: "Pier | Opened | Closed", Row: true}, {Text: "North | 4 May 2023 | 1 June 2023", Row: true}, {Text: "South | 4 May 2023 | never", Row: true}}
	letterhead := []format.Block{{Text: "HARBOUR OFFICE | PRESS RELEASE 7/2023", Row: true}, {Text: "Moss, 4 May 2023"}}
	text := []format.Block{{Text: paragraph}, {Text: paragraph}}
	title := []format.Block{{Text: "Harbour road reopens", Kind: format.Title}}
	heading := []format.Block{{Text: "Harbour road reopens", Kind: format.Heading}}
	for name, c := range map[string]struct {
		blocks           []format.Block
		title, published string
		lost             int
	}{
		"table":                    {slices.Concat(table, text), "", "", 0},
		"title and table":          {slices.Concat(title, table, text), "Harbour road reopens", "", 0},
		"letterhead and heading":   {slices.Concat(letterhead, heading, text), "Harbour road reopens", "2023-05-04", 0},
		"letterhead and no title":  {slices.Concat(letterhead, text), "", "2023-05-04", 0},
		"letterhead and a line":    {slices.Concat(letterhead, []format.Block{{Text: "Harbour road reopens"}}, text), "Harbour road reopens", "2023-05-04", 0},
		"a table that comes again": {slices.Concat(table, text, table, text, table, text), "", "", 0},
	} {
		d := format.Document{Blocks: slices.Clone(c.blocks)}
		clean.Clean(&d)
		if d.Title != c.title || d.Published.String() != c.published || len(c.blocks)-len(d.Blocks) != c.lost {
			t.Errorf("%s: the title is %q, the date %q, left is\n%s", name, d.Title, d.Published, lines(d))
		}
	}
}
