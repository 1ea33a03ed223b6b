package format_test

import (
	"slices"
	"strings"
	"testing"
)

// Where the structure of a file names who speaks, each paragraph has that voice.
func TestVoicesOfStructure(t *testing.T) {
	const rows = "date,speaker,country,position,text\n2030-09-24,INÉS KOLB,Westland,President,We open the harbour.\n,,,,Nobody says this.\n"
	tests := map[string]struct {
		file string
		data []byte
		want []string // "Name (whom for), office: what is said"
	}{
		"columns of a table": {"a.csv", []byte(rows), []string{"Inés Kolb (Westland), President: We open the harbour.", ": Nobody says this."}},
		"keys of an object": {"a.jsonl", []byte(`{"Speaker":"Mr. Tom Ash","party":"Lib","speech":"The toll stays."}` + "\n"),
			[]string{"Tom Ash: The toll stays."}},
		"an office is nobody":      {"a.csv", []byte("speaker,text\nThe Chair,Order.\nTom Ash,No.\n"), []string{": Order.", "Tom Ash: No."}},
		"a country of speeches":    {"a.csv", []byte("country,year,speech\nWestland,2030,We open the harbour.\n"), []string{" (Westland): We open the harbour."}},
		"a country among speakers": {"a.csv", []byte("speaker,country,text\nTom Ash,Eastland,No.\n,Westland,We open the harbour.\n"), []string{"Tom Ash (Eastland): No.", " (Westland): We open the harbour."}},
		"a country of news":        {"a.csv", []byte("country,text\nWestland,The harbour is open.\n"), []string{": The harbour is open."}},
		"columns of a sheet": {"a.xlsx", xlsx(t, "<sheetData><row>"+inline("A1", "Speaker")+inline("B1", "Text")+"</row><row>"+inline("A2", "Ines Kolb")+inline("B2", "We open.")+"</row></sheetData>"),
			[]string{"Ines Kolb: We open."}},
		"TEI": {"a.xml", []byte(`<TEI><teiHeader><profileDesc><particDesc><listPerson><person xml:id="k"><persName>Kolb, Ines</persName></person></listPerson></particDesc></profileDesc></teiHeader>
<text><body><sp who="#k"><speaker>Ms. Kolb:</speaker><p>We open.</p><p>On Monday.</p></sp><sp><speaker>Mr. Ash (Westland):</speaker><p>No <seg>toll</seg> then.</p></sp><p>The house rose.</p></body></text></TEI>`),
			[]string{"Ines Kolb: We open.", "Ines Kolb: On Monday.", "Ash: No toll then.", ": The house rose."}},
		"ParlaMint": {"a.xml", []byte(`<TEI><teiHeader><profileDesc><settingDesc><setting><date when="2030-05-04"/></setting></settingDesc><particDesc><listPerson><person xml:id="k"><persName><surname>Kolb</surname><forename>Ines</forename></persName></person></listPerson></particDesc></profileDesc></teiHeader>
<text><body><div><u who="#k"><seg>We open without a stop</seg><seg>On Monday.</seg><kinesic><desc>Applause.</desc></kinesic></u><u who="#TomAsh"><seg>No.</seg></u></div></body></text></TEI>`),
			[]string{"Ines Kolb: We open without a stop", "Ines Kolb: On Monday.", "Tom Ash: No."}},
		"Akoma Ntoso": {"a.xml", []byte(`<akomaNtoso><debate><meta><references><TLCPerson eId="k" showAs="Ines  Kolb"/></references></meta><preface><block><docTitle>THE HOUSE</docTitle></block></preface><debateBody><debateSection><heading>Tolls</heading>
<question by="#k" eId="q1"><from>Deputy Ines Kolb<recordedTime time="2030-05-04T14:00:00"/></from><p>When does it open?</p></question><speech by=""><from>Deputy Tom Ash</from><p>On Monday.</p><p>Without a toll.</p></speech><summary>The House rose.</summary></debateSection></debateBody></debate></akomaNtoso>`),
			[]string{"Ines Kolb: When does it open?", "Tom Ash: On Monday.", "Tom Ash: Without a toll."}},
		"minutes of the Bundestag": {"a.xml", []byte(`<dbtplenarprotokoll wahlperiode="22" sitzung-nr="7" sitzung-datum="04.05.2030"><rednerliste><redner><name><vorname>Ines</vorname></name></redner></rednerliste><sitzungsverlauf><sitzungsbeginn><name>Präsidentin Ada Roth:</name><p klasse="J_1">Die Sitzung ist eröffnet.</p></sitzungsbeginn>
<tagesordnungspunkt><p klasse="T_fett">Brücken</p><rede id="1"><p klasse="redner"><redner id="2"><name><vorname>Ines</vorname><nachname>Kolb</nachname></name></redner>Dr. Ines Kolb, Bundesministerin für Verkehr:</p><p klasse="J_1">Wir öffnen.</p><kommentar>(Beifall)</kommentar><p klasse="O">Am Montag.</p><name>Präsidentin Ada Roth:</name><p klasse="J">Ihre Zeit ist um.</p></rede>
<rede id="3"><p klasse="redner"><redner id="4"/>Tom Ash (Nord):</p><p klasse="J_1">Nein.</p></rede></tagesordnungspunkt></sitzungsverlauf></dbtplenarprotokoll>`),
			[]string{"Ada Roth: Die Sitzung ist eröffnet.", "Ines Kolb: Wir öffnen.", "Ines Kolb: Am Montag.", "Ada Roth: Ihre Zeit ist um.", "Tom Ash: Nein."}},
		"debates of TheyWorkForYou": {"a.xml", []byte(`<publicwhip><major-heading id="uk.org.publicwhip/debate/2030-05-04a.1.0">Tolls</major-heading><speech id="a.1.2" speakername="Ines  Kolb" colnum="3"><p>We open.</p><p>On Monday.</p></speech><speech id="a.1.3" nospeaker="true"><p>The House rose.</p></speech></publicwhip>`),
			[]string{"Ines Kolb: We open.", "Ines Kolb: On Monday.", ": The House rose."}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			docs, errs := readAll(tt.file, tt.data)
			if len(errs) > 0 {
				t.Fatal(errs)
			}
			var got []string
			for _, d := range docs {
				for _, b := range d.Blocks {
					if b.Kind != 0 {
						continue
					}
					who := ""
					if b.Voice > 0 {
						v := d.Voices[b.Voice-1]
						who = v.Name
						if v.For != "" {
							who += " (" + v.For + ")"
						}
						if v.Office != "" {
							who += ", " + v.Office
						}
					}
					got = append(got, who+": "+b.Text)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(tt.want, "\n\t"))
			}
		})
	}
	docs, _ := readAll("a.csv", []byte(rows))
	if got := docs[0].Title; got != "Inés Kolb, Westland, 2030-09-24" {
		t.Errorf("a row without a title is called %q", got)
	}
}

// A label whose brackets go on over a line end is one paragraph, however the lines
// of the file are broken.
func TestBrokenLabel(t *testing.T) {
	const text = "La señora PRESIDENTA: Buenos días.\nEl señor MINISTRO DE AGRICULTURA, PESCA Y COSTAS (Montal de la\nHoz): Gracias, presidenta.\nQueda poca agua.\n"
	docs, errs := readAll("a.txt", []byte(text))
	if len(errs) > 0 || len(docs[0].Blocks) != 3 {
		t.Fatalf("%v, %+v", errs, docs)
	}
	if got, want := docs[0].Blocks[1].Text, "El señor MINISTRO DE AGRICULTURA, PESCA Y COSTAS (Montal de la Hoz): Gracias, presidenta."; strings.Join(strings.Fields(got), " ") != want {
		t.Errorf("%q", got)
	}
}

// Parliaments link the names of their members with the party in brackets, also where nothing
// sets them off.
func TestLinkedMembersAreKept(t *testing.T) {
	page := `<html><head><title>Tolls</title></head><body><h1>Tolls</h1><p>Volume 4: debated on Monday 19 May</p><h2>Question</h2>`
	for range 20 {
		page += `<div><a href="/k">Baroness Kolb of Brod (LD)</a> <span>Share this</span></div><p>My Lords, the harbour opens in the spring, and nobody pays a toll for a year and a day.</p>`
	}
	docs, errs := readAll("a.html", []byte(page+`<footer>Cookie policy</footer></body></html>`))
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	names := 0
	for _, b := range docs[0].Blocks {
		if strings.HasPrefix(b.Text, "Baroness Kolb of Brod (LD)") {
			names++
		}
	}
	if names != 20 {
		t.Errorf("%d names of 20 in %v", names, docs[0].Blocks)
	}
}
