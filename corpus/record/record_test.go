package record_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.org/attache/corpus/format"
	"example.org/attache/corpus/record"
)

// document makes a document of lines: a line "**Name** text" has a bold lead, a
// line "# text" is a heading.
func document(title string, lines ...string) *format.Document {
	d := &format.Document{Title: title}
	for _, l := range lines {
		b := format.Block{Text: l}
		if rest, ok := strings.CutPrefix(l, "# "); ok {
			b.Text, b.Kind = rest, format.Heading
		} else if bold, rest, ok := strings.Cut(strings.TrimPrefix(l, "**"), "**"); ok && strings.HasPrefix(l, "**") {
			b.Text, b.Lead = bold+rest, len(bold)
		}
		d.Blocks = append(d.Blocks, b)
	}
	return d
}

// spoken lists who says each block, as "Name: beginning of the block"; a
// reporter's question is "?: …", somebody without a name "-: …".
func spoken(d *format.Document) (all []string) {
	for _, b := range d.Blocks {
		who := ""
		switch {
		case b.Kind == format.Label || b.Kind == format.Heading || b.Kind == format.Title || b.Kind == format.Aside:
			continue
		case b.Kind == format.Question:
			who = "?"
		case b.Voice == 0:
			who = ""
		default:
			v := d.Voices[b.Voice-1]
			if who = v.Name; who == "" {
				who = "-"
			}
			if v.For != "" {
				who += " (" + v.For + ")"
			}
		}
		first, _, _ := strings.Cut(b.Text, " ")
		all = append(all, who+": "+first)
	}
	return all
}

func TestWhoSpeaks(t *testing.T) {
	tests := map[string]struct {
		title string
		lines []string
		want  []string
	}{
		"briefing with names in the title": {
			"Press Briefing by Press Secretary Nora Hale and Trade Envoy Tim Okoro",
			[]string{"MS. HALE:  Good morning, everybody.", "The ferry sails again on Monday.", "Q    Will it be free?", "MR. OKORO:  Yes, it will.", "SENIOR OFFICIAL:  On background, no.", "(Laughter.)", "END 2:10 P.M.", "Call the press office for more."},
			[]string{"Nora Hale: Good", "Nora Hale: The", "?: Will", "Tim Okoro: Yes,", "-: On", ": Call"},
		},
		"office that the heading names": {
			"Remarks by President Ama Serwaa at the Harbour",
			[]string{"THE PRESIDENT: We open the harbour today.", "Q: And the toll?", "THE PRESIDENT: It is gone."},
			[]string{"Ama Serwaa: We", "?: And", "Ama Serwaa: It"},
		},
		"record of a council": {
			"Council, 4th meeting",
			[]string{"The President: I call the meeting to order.", "Mr. Berg (Northmark): We abstain.", "Ms. Berg (Southmark) (spoke in French): We do not.", "Mr. Osei (Westland): Nor do we.", "The resolution was adopted by 9 votes to none."},
			[]string{"-: I", "Berg (Northmark): We", "Berg (Southmark): We", "Osei (Westland): Nor", ": The"},
		},
		"names on lines of their own": {
			"Harbour Bill",
			[]string{"Jane Moor (Eastport) (Lab)", "Will the Minister say when it opens?", "The Minister for Ports (Peter Lund)", "It opens in March.", "Jane Moor", "That is too late.", "Mr Speaker", "Order."},
			[]string{"Jane Moor: Will", "Peter Lund: It", "Jane Moor: That", "-: Order."},
		},
		"bold names and dashes": {
			"Tolls (debate)",
			[]string{"**Ines Kolb (GRN).** – The toll must go.", "**President.** – Thank you.", "**Marc Oudin, Member of the Board.** – It will stay."},
			[]string{"Ines Kolb: The", "-: Thank", "Marc Oudin: It"},
		},
		"stops behind names in capitals": {
			"",
			[]string{"Mr. HOLLOW. Mr. Speaker, I rise to oppose.", "Mrs. FENWICK of Dale. Will the gentleman yield?", "Mr. HOLLOW. I yield.", "The SPEAKER pro tempore. Time has expired."},
			[]string{"Hollow: Mr.", "Fenwick: Will", "Hollow: I", "-: Time"},
		},
		"interview": {
			"Interview with Deputy Minister of Trade Lea Brandt, The Harbour Post",
			[]string{"Q: Why did you leave?", "A: I did not leave.", "They moved the office."},
			[]string{"?: Why", "Lea Brandt: I", "Lea Brandt: They"},
		},
		"outlets ask": {
			"Ministry Spokesperson Hana Koh’s Press Conference on May 2",
			[]string{"Harbour Daily: Is the strait open?", "Hana Koh: It is open.", "Northern Wire: Until when?", "Hana Koh: I have nothing to add."},
			[]string{"?: Is", "Hana Koh: It", "?: Until", "Hana Koh: I"},
		},
		"German plenary record": {
			"Plenarprotokoll",
			[]string{"Vizepräsidentin Ute Brand:", "Ich eröffne die Aussprache.", "Dr. Karl Weiß, Bundesminister des Innern:", "Frau Präsidentin! Wir handeln.", "(Beifall bei der XYZ)", "Ole Sand (XYZ):", "Herr Minister, wann?", "Dr. Karl Weiß, Bundesminister des Innern:", "Morgen."},
			[]string{"Ute Brand: Ich", "Karl Weiß: Frau", "Ole Sand: Herr", "Karl Weiß: Morgen."},
		},
		"speech": {
			"Speech by Foreign Minister Olga Lind at the Academy",
			[]string{"Ladies and gentlemen,", "We will open six offices.", "My friend Tom Ash used to say, “Wait and see.” I don’t wait."},
			[]string{"Olga Lind: Ladies", "Olga Lind: We", "Olga Lind: My"},
		},
		"speech in capitals over several lines": {
			"",
			[]string{"STATEMENT BY", "HER EXCELLENCY OLGA LIND", "MINISTER FOR FOREIGN AFFAIRS", "AT THE GENERAL DEBATE", "Mr. President, I congratulate you on your election to this high office."},
			[]string{"Olga Lind: Mr."},
		},
		"joint statement": {
			"Joint Statement by President Lind and Prime Minister Ash",
			[]string{"We welcome the treaty on our river.", "Our two countries will meet again."},
			[]string{": We", ": Our"},
		},
		"told of somebody": {
			"Statement by President Olga Lind’s office",
			[]string{"President Lind informed the council of the storm.", "Lind will travel on Monday, and we will report."},
			[]string{": President", ": Lind"},
		},
		"news with colons": {
			"Harbour opens",
			[]string{"One thing is clear: the harbour is open.", "Note: all times are local.", "Ukraine: $1.8 billion", "The talks begin at 10:30 on Monday.", "Berlin: The minister came by train."},
			[]string{": One", ": Note:", ": Ukraine:", ": The", ": Berlin:"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := document(tt.title, tt.lines...)
			record.Read(d)
			if got := spoken(d); !slices.Equal(got, tt.want) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(tt.want, "\n\t"))
			}
		})
	}
}

// Marks that end a press release, or set its parts apart, are no labels.
func TestMarksAreNoLabels(t *testing.T) {
	for _, mark := range []string{"###", "#", "##: ", "* * *", "— — —", "-30-", "...", "...:"} {
		d := document("Joint statement", "The two sides agreed to meet in May.", mark, "Call the press office.")
		want := []string{": The", ": " + strings.Fields(mark)[0], ": Call"}
		if record.Read(d); !slices.Equal(spoken(d), want) {
			t.Errorf("%q: %q, want %q", mark, spoken(d), want)
		}
	}
}

func TestLabelsAreSetOff(t *testing.T) {
	d := document("Talks", "PRIME MINISTER LIND: (As interpreted.) We agree.", "MR. ASH: So do we.", "PRIME MINISTER LIND: Good.")
	record.Read(d)
	if got := d.Blocks[0]; got.Kind != format.Label || got.Text != "PRIME MINISTER LIND: (As interpreted.)" || d.Blocks[1].Text != "We agree." {
		t.Errorf("%+v, then %q", got, d.Blocks[1].Text)
	}
	if v := d.Voices[0]; v.Name != "Lind" || v.Office != "PRIME MINISTER" {
		t.Errorf("%+v", v)
	}
}

func TestTitleAndDateOfTheHeading(t *testing.T) {
	d := document("", "Ministry of Ports", "Daily Press Briefing", "Monday, November 11, 2030", "MR HALE: We are open.", "QUESTION: Until when?", "MR HALE: Until May.")
	record.Read(d)
	if d.Title != "Daily Press Briefing" || fmt.Sprint(d.Published) != "2030-11-11" {
		t.Errorf("%q of %v", d.Title, d.Published)
	}
	if d.Blocks[2].Kind != format.Heading {
		t.Errorf("%q may be quoted", d.Blocks[2].Text)
	}
}

// Whatever the lines, no text is lost, and each block has a voice that is there.
func FuzzRead(f *testing.F) {
	f.Add("Remarks by President Lind", "MR. ASH: (Laughter.) We agree.\nQ   Why?\nMR. ASH: So.")
	f.Add("", "Mr. ASH. Mr. Speaker, I rise.\n(Beifall)\nThe SPEAKER. Order.")
	f.Add("記者会見", "記者：いつですか。\n大臣：明日です。\n記者：なぜ。")
	f.Fuzz(func(t *testing.T, title, body string) {
		d := document(title, strings.Split(strings.ToValidUTF8(body, ""), "\n")...)
		before := ""
		for _, b := range d.Blocks {
			before += b.Text
		}
		record.Read(d)
		after := ""
		for _, b := range d.Blocks {
			if after += b.Text; b.Voice < 0 || b.Voice > len(d.Voices) {
				t.Fatalf("voice %d of %d", b.Voice, len(d.Voices))
			}
		}
		if squeeze(before) != squeeze(after) {
			t.Errorf("%q became %q", before, after)
		}
	})
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
