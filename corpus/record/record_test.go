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
		"a label with remarks in brackets, and excellencies": {
			"Council, 4th meeting",
			[]string{"Mr. Berg (Northmark): We abstain.", "Ms. Faria dos Reis (Southmark) (spoke in Portuguese; English text provided by the delegation): We do not.", "H.E. Mr. Ivo da Gama (Westland): Nor do we."},
			[]string{"Berg (Northmark): We", "Faria dos Reis (Southmark): We", "Ivo da Gama (Westland): Nor"},
		},
		"the president of a republic is no name": {
			"Discours du Président de la République à la conférence des ports",
			[]string{"Mesdames et messieurs, je suis heureux de vous voir.", "Nous ouvrirons trois ports avant l’été.", "Vive la République."},
			[]string{": Mesdames", ": Nous", ": Vive"},
		},
		"offices of two parts, notices, and answers without a label": {
			"Remarks by High Representative/Vice-President Ilse Tamm at the press conference",
			[]string{"Check against delivery!", "Good evening. We agreed on the ports.", "Q&A", "Q. When will they open?", "I think within three weeks.", "Q. And who pays?", "We do.", "Link to the video: https://port.example/1"},
			[]string{"Ilse Tamm: Good", "?: When", "Ilse Tamm: I", "?: And", "Ilse Tamm: We", ": Link"},
		},
		"times, subjects and initials": {
			"Press Gaggle by Deputy Press Secretary Tom Birch",
			[]string{"11:22 A.M. EDT", "SUBJECTS: Ports; ferries", "MR. BIRCH: Hi, all.", "Q (Inaudible) -- the senator?", "MR. BIRCH: Say again?", "11:31 A.M. EDT"},
			[]string{"Tom Birch: Hi,", "?: (Inaudible)", "Tom Birch: Say"},
		},
		"an office behind which the minister is named, whose reply it is": {
			"Transcript of Minister for Foreign Affairs Dr Leonard Tan’s Oral Reply to Supplementary Questions",
			[]string{"Mr Gerald Sim: Will the ferry sail?", "Minister: It will.", "Ms Ada Lim: When?", "Minister: In May."},
			[]string{"Gerald Sim: Will", "Leonard Tan: It", "Ada Lim: When?", "Leonard Tan: In"},
		},
		"offices in short, of a press conference in Berlin": {
			"Regierungspressekonferenz vom 5. März 2031",
			[]string{"Sprecher: StS Kornfeld, Wiegand (AA), Thaler (BMVg)", "STS KORNFELD: Guten Tag! Der Hafen öffnet.", "FRAGE BUSCH: Herr Kornfeld, wann?", "STS KORNFELD: Im Mai.", "SRS'IN WIEGAND (AA): Auch am Sonntag.", "THALER (BMVG): Wir prüfen das."},
			[]string{"Kornfeld: Guten", "?: Herr", "Kornfeld: Im", "Wiegand: Auch", "Thaler: Wir"},
		},
		"questions and answers in Chinese": {
			"外交部例行記者會紀要",
			[]string{"問：港口何時開放？", "答：港口五月開放。", "問：誰來付錢？", "答：由我們付錢。"},
			[]string{"?: 港口何時開放？", "-: 港口五月開放。", "?: 誰來付錢？", "-: 由我們付錢。"},
		},
		"reporters in brackets, answers without a label": {
			"Transcript of the Press Briefing by the Spokesperson",
			[]string{"Welcome to the weekly briefing.", "(Asha Noor, Daily Post): Has the port replied?", "We have no reply.", "(Omar Lund, Wire): Will it?", "It will."},
			[]string{": Welcome", "?: Has", ": We", "?: Will", ": It"},
		},
		"a label that can't be read ends a turn": {
			"Council, 4th meeting",
			[]string{"Mr. Berg (Northmark): We abstain.", "Ms. Lund=Roos (Southmark): We do not.", "Nor shall we.", "Mr. Osei (Westland): Nor do we."},
			[]string{"Berg (Northmark): We", ": Ms.", ": Nor", "Osei (Westland): Nor"},
		},
		"speakers with honorifics before a stop, and an office that is long": {
			"Compte rendu intégral",
			[]string{"Mme la présidente. La parole est à M. Yves Arnot.", "M. Yves Arnot. Monsieur le ministre, que fait le port ?", "M. Léo Brun, ministre de l’Europe, des ports et des affaires de la mer. Le port ouvre.", "M. Luc Vial. C’est peu !"},
			[]string{"-: La", "Yves Arnot: Monsieur", "Léo Brun: Le", "Luc Vial: C’est"},
		},
		"an address before a colon is no label": {
			"Plenarprotokoll",
			[]string{"Vizepräsidentin Katrin Mohr:", "Das Wort hat Alina Weber.", "Alina Weber (GRÜNE 90/NEU):", "Herr Minister, ich frage Sie: Wann kommt das Schiff?", "Markus Feld (NEU):", "Gute Frage!"},
			[]string{"Katrin Mohr: Das", "Alina Weber: Herr", "Markus Feld: Gute"},
		},
		"journalists of outlets in brackets ask": {
			"Press conference by Secretary General Anders Vik",
			[]string{"**Secretary General Anders Vik:** We had a good meeting.", "**Dan Mills (Harbour Street Journal):** Did anybody object?", "**Secretary General Anders Vik:** No."},
			[]string{"Anders Vik: We", "?: Did", "Anders Vik: No."},
		},
		"headings within what is said": {
			"Hearing before the Committee on Ports",
			[]string{"The Chairman. We will come to order.", "Senator Duarte. Thank you. Ambassador, how many ships sail?", "STATEMENT OF HON. ADA KESSLER, AMBASSADOR FOR THE SEAS", "Ambassador Kessler. Two, Senator.", "Senator Duarte. That is few.", "Two are few indeed.", "Ferries", "The Chairman. We stand adjourned."},
			[]string{"-: We", "Duarte: Thank", "Ada Kessler: Two,", "Duarte: That", "Duarte: Two", "-: We"},
		},
		"who answers, in brackets": {
			"외교부 대변인 정례브리핑",
			[]string{"<질문> 항구는 언제 엽니까?", "<답변> (서나래 대변인) 오월에 엽니다.", "<질문> 누가 냅니까?", "<답변> (서나래 대변인) 우리가 냅니다."},
			[]string{"?: 항구는", "서나래: 오월에", "?: 누가", "서나래: 우리가"},
		},
		"a speech whose speaker has a line alone": {
			"Speech to the Institute of Ports",
			[]string{"Rt Hon Winifred Pahl", "Minister for Ports", "21 March 2031", "Good evening to you all.", "We will open three ports, and I am glad of it."},
			[]string{"Winifred Pahl: Good", "Winifred Pahl: We"},
		},
		"a bishop is an office": {
			"Ports: Question",
			[]string{"Baroness Hartwell (LD)", "When will the port open?", "Lord Penrose (Lab)", "It opens in May.", "The Lord Bishop of Tarn", "I thank the Minister.", "Lord Penrose (Lab)", "And I the Bishop."},
			[]string{"Hartwell: When", "Penrose: It", "-: I", "Penrose: And"},
		},
		"given names of those whom the heading lists": {
			"The Long Straits Podcast",
			[]string{"Host: Hanna Oberg", "Guests: Admiral Paul Strand; Ilze Kalnina", "HANNA: Welcome back.", "PAUL: I was cold.", "HANNA: And you?", "PAUL: Warm now.", "ILZE: Me too."},
			[]string{"Hanna Oberg: Welcome", "Paul Strand: I", "Hanna Oberg: And", "Paul Strand: Warm", "Ilze Kalnina: Me"},
		},
		"ministers in Arabic, whom the heading names": {
			"مؤتمر صحفي لوزير الخارجية ليث الحسيني ونظيره خافيير مورينو",
			[]string{"الوزير الحسيني: شكراً لكم.", "الوزير مورينو: أهلاً بكم.", "سؤال: متى يفتح الميناء؟", "الوزير الحسيني: في أيار."},
			[]string{"ليث الحسيني: شكراً", "خافيير مورينو: أهلاً", "?: متى", "ليث الحسيني: في"},
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
		"two who brief, and an opening without a label": {
			"Daily Press Briefing by the Office of the Spokesperson",
			[]string{"4 May 2030", "The following is a transcript of today’s briefing by Rui Tavenas, Spokesman for the Secretary-General, and Ana Pohl, Spokesperson for the Assembly President.", "Good afternoon, I will begin with the river.", "**Travels**", "Our envoy is in Marle.", "Question: Who pays?", "Spokesman: We do.", "Spokesperson for the Assembly President: The vote is on Friday."},
			[]string{": The", "Rui Tavenas: Good", "Rui Tavenas: Our", "?: Who", "Rui Tavenas: We", "Ana Pohl: The"},
		},
		"chair in a list of those present": {
			"",
			[]string{"President:  Ms. Roos . . . . . . (Norland)", "The President: I call the meeting to order.", "Mr. Berg (Northmark): We abstain.", "Mr. Osei (Westland): Nor do we.", "The President: It is adopted."},
			[]string{"Roos: I", "Berg (Northmark): We", "Osei (Westland): Nor", "Roos: It"},
		},
		"chair whom an earlier label names": {
			"Ferries",
			[]string{"The Presiding Officer (Aud Moe)", "I call the secretary.", "The Cabinet Secretary for Ferries (Una Lund)", "We have two boats.", "Rory Ness (Skarra) (Con)", "Will they fit?", "Members", "Oh!", "The Presiding Officer", "Order."},
			[]string{"Aud Moe: I", "Una Lund: We", "Rory Ness: Will", "-: Oh!", "Aud Moe: Order."},
		},
		"chair who acts": {
			"",
			[]string{"President: Mr. Holm-Roos (Norland)", "Ms. Abara (Vice-President) took the Chair.", "The Acting President: I give the floor to Westland.", "Mr. Osei (Westland): We agree.", "Ms. Berg (Northmark): So do we."},
			[]string{": Ms.", "Abara: I", "Osei (Westland): We", "Berg (Northmark): So"},
		},
		"offices that a list of members fills": {
			"",
			[]string{"THE PRESIDENT", "THE HONOURABLE LAURA SHEN, J.P.", "THE HONOURABLE IVAN LUI, J.P.", "SECRETARY FOR PIERS AND HARBOURS", "PRESIDENT (in Cantonese): First question.", "1. MS CELIA MAK: When will the pier have a roof?", "SECRETARY FOR PIERS AND HARBOURS (in Cantonese): In May.", "MS CELIA MAK: Thank you."},
			[]string{": THE", ": THE", "Laura Shen: First", "Celia Mak: When", "Ivan Lui: In", "Celia Mak: Thank"},
		},
		"questions with numbers and addressees": {
			"Oral questions",
			[]string{"1. TAVI LEOTA (Opposition) to the Minister for Ports: When does it open?", "Hon HELEN WAKE (Minister for Ports): In March.", "2. BARRY SIM (Dale) to the Minister for Ports: Why?", "Hon HELEN WAKE: The crane is late."},
			[]string{"Tavi Leota: When", "Helen Wake: In", "Barry Sim: Why?", "Helen Wake: The"},
		},
		"an office in lower case, its holder in brackets": {
			"",
			[]string{"Ministeren for havne (Jens Lunde):", "Kajen står til sommer.", "Mette Falk (KB):", "Hvilken sommer?", "Ministeren for havne (Jens Lunde):", "Den næste."},
			[]string{"Jens Lunde: Kajen", "Mette Falk: Hvilken", "Jens Lunde: Den"},
		},
		"an office over two departments, its holder in brackets": {
			"Debate",
			[]string{"Deputy Orla Quinlan: Will the pier be mended?", "Minister for Harbours and Island Roads (Deputy Maeve Tarpey): It will be.", "Deputy Orla Quinlan: By whom?", "Deputy Maeve Tarpey: By us."},
			[]string{"Orla Quinlan: Will", "Maeve Tarpey: It", "Orla Quinlan: By", "Maeve Tarpey: By"},
		},
		"an office behind a name and a comma": {
			"",
			[]string{"PRÉSIDENCE DE Mme ODILE VASSEUR", "Mme la présidente. La séance est ouverte.", "M. Luc Arnal. Quand rouvre le phare ?", "Mme Rose Tessier, ministre des ports. En avril.", "M. Luc Arnal. De cette année ?", "Mme Rose Tessier, ministre. Oui.", "PRÉSIDENCE DE M. IVAN CORBIN", "M. le président. La séance est levée."},
			[]string{"Odile Vasseur: La", "Luc Arnal: Quand", "Rose Tessier: En", "Luc Arnal: De", "Rose Tessier: Oui.", "Ivan Corbin: La"},
		},
		"capitals before a dash": {
			"Tutanak",
			[]string{"BAŞKAN – Oturumu açıyorum.", "DERYA ÇELEN (Liman) – Köprü nerede?", "OKAN TEZEL (Kuzey) – Orada!", "DERYA ÇELEN (Devamla) – Görmedim.", "BAŞKAN – Teşekkürler."},
			[]string{"-: Oturumu", "Derya Çelen: Köprü", "Okan Tezel: Orada!", "Derya Çelen: Görmedim.", "-: Teşekkürler."},
		},
		"a letter and a stop before a dash": {
			"Rueda de prensa del ministro de Puertos, Bruno Salcedo",
			[]string{"**Sr. Salcedo.-** El muelle abre mañana.", "**P.-** ¿A qué hora?", "**Sr. Salcedo.-** A las diez.", "**P.-** ¿Y el domingo?", "**Sr. Salcedo.-** También."},
			[]string{"Bruno Salcedo: El", "?: ¿A", "Bruno Salcedo: A", "?: ¿Y", "Bruno Salcedo: También."},
		},
		"family name and initials": {
			"",
			[]string{"Веде засідання Голова ради ЯВОРСЬКА Л.П.", "ГОЛОВУЮЧА. Прошу уваги.", "10:03:02", "КОВАЛЬ Т.І. Де міст?", "ГОЛОВУЮЧА. Дякую.", "МОРОЗ Д.В. Міст за рікою.", "КОВАЛЬ Т.І. Якою?"},
			[]string{"Яворська Л.П.: Прошу", "Коваль Т.І.: Де", "Яворська Л.П.: Дякую.", "Мороз Д.В.: Міст", "Коваль Т.І.: Якою?"},
		},
		"times before the names": {
			"Suullinen kysymys sillasta (Niilo Harju sit)",
			[]string{"Puhemies Outi Karvo: Kysymykset alkavat.", "16.02 Niilo Harju sit: Milloin silta avataan?", "16.03 Tie- ja satamaministeri Aune Laakso: Keväällä.", "16.05 Niilo Harju sit: Minä keväänä?", "16.06 Tie- ja satamaministeri Aune Laakso: Ensi keväänä."},
			[]string{"Outi Karvo: Kysymykset", "Niilo Harju: Milloin", "Aune Laakso: Keväällä.", "Niilo Harju: Minä", "Aune Laakso: Ensi"},
		},
		"a witness and the senators": {
			"Hearing",
			[]string{"Senator Hollis. Captain Brand, please.", "Captain Brand. The rudder was gone.", "Senator Hollis. Gone?", "Captain Brand. Gone, sir."},
			[]string{"Hollis: Captain", "Brand: The", "Hollis: Gone?", "Brand: Gone,"},
		},
		"nobody speaks below a heading that names another office": {
			"Briefing",
			[]string{"**Question**: Is there news?", "**Deputy Spokesman**: There is none.", "**Question**: Any at all?", "**Deputy Spokesman**: None.", "**Spokesperson for the Council President**", "The President is in Arden."},
			[]string{"?: Is", "-: There", "?: Any", "-: None.", ": Spokesperson", ": The"},
		},
		"a name that is misspelled once": {
			"Press conference of Prime Minister Lindgard",
			[]string{"PRIME MINISTER LINDGARD: Good morning.", "Q: Is it cold?", "PRIME MINISTER LINDGARD: It is.", "Q: Who says so?", "PRIME MINISTER LINGARD: The fish."},
			[]string{"Lindgard: Good", "?: Is", "Lindgard: It", "?: Who", "Lindgard: The"},
		},
		"two names that differ by a letter": {
			"",
			[]string{"Mr. HARMSEN: I rise.", "Mr. HARMSENN: So do I.", "Mr. HARMSEN: Again?", "Mr. HARMSENN: Again."},
			[]string{"Harmsen: I", "Harmsenn: So", "Harmsen: Again?", "Harmsenn: Again."},
		},
		"names with the times of their turns": {
			"Plenary",
			[]string{"Carys Penry 13:30:06 Video", "The first question is from Huw Tanner.", "Huw Tanner 13:30:21 Bio Video", "What of the slate?", "Carys Penry 13:31:00 Video", "It is listed."},
			[]string{"Carys Penry: The", "Huw Tanner: What", "Carys Penry: It"},
		},
		"written questions": {
			"Written Answers",
			[]string{"Edith Fallow: To ask the Secretary of State for Towns, when the bridge will open.", "Noel Thrush: It will open in June.", "Edith Fallow: To ask the Secretary of State for Towns, what it cost.", "Noel Thrush: The costs are as follows:", "North bank: £2 million", "South bank: £3 million"},
			[]string{"Edith Fallow: To", "Noel Thrush: It", "Edith Fallow: To", "Noel Thrush: The", "Noel Thrush: North", "Noel Thrush: South"},
		},
		"a chair with the family name in brackets": {
			"Sesión",
			[]string{"Sr. Presidente (Zalduendo).- Queda abierta la sesión.", "Sra. Arrieta.- Pido la palabra.", "Sr. Presidente (Zalduendo).- La tiene."},
			[]string{"Zalduendo: Queda", "Arrieta: Pido", "Zalduendo: La"},
		},
		"office whose name has commas": {
			"",
			[]string{"PRESIDENCIA DE LA EXCMA. SRA. D.ª AURORA CASTRO RIBA", "La señora PRESIDENTA: Se abre la sesión.", "El señor EGEA PONS: ¿Cuánta agua queda?", "El señor MINISTRO DE AGRICULTURA, PESCA Y ALIMENTACIÓN (Montal Ruiz): Queda poca.", "El señor EGEA PONS: Gracias."},
			[]string{"Aurora Castro Riba: Se", "Egea Pons: ¿Cuánta", "Montal Ruiz: Queda", "Egea Pons: Gracias."},
		},
		"an office under the family name that comes first": {
			"Press Conference by Foreign Minister KITA Sayuri",
			[]string{"KITA Sayuri, Minister for Foreign Affairs: I have one thing to tell.", "Reporter: Will you send boats?", "Minister: We have not decided.", "Minister KITA: Let me add one thing."},
			[]string{"Kita Sayuri: I", "?: Will", "Kita Sayuri: We", "Kita Sayuri: Let"},
		},
		"an address is no label": {
			"Debates",
			[]string{"Hon. Ranbir Stone (Minister of Ports, Lib.): ", "Mr. Speaker, I spoke to them on Sunday. They are well.", "Mr. Angus Odu (Prairie, CPC):", "Mr. Speaker, that is not enough. When?"},
			[]string{"Ranbir Stone: Mr.", "Angus Odu: Mr."},
		},
		"bold names with their offices": {
			"Séance",
			[]string{"**Mme Odile Vass.** La séance est ouverte.", "**M. Bruno Cast**, ministre des transports. Le train roulera.", "**Un député du groupe Vert.** Enfin !", "**M. Bruno Cast**, ministre. Bientôt.", "**Mme Odile Vass.** Silence."},
			[]string{"Odile Vass: La", "Bruno Cast: Le", "-: Enfin", "Bruno Cast: Bientôt.", "Odile Vass: Silence."},
		},
		"records of Japan": {
			"委員会",
			[]string{"委員長　森川　健吾君", "榊田　美沙君", "○森川委員長　開きます。", "○榊田委員　伺います。", "○森川委員長　どうぞ。"},
			[]string{"森川健吾: 開きます。", "榊田美沙: 伺います。", "森川健吾: どうぞ。"},
		},
		"records of Korea": {
			"회의록",
			[]string{"◯의장 차도현  개의하겠습니다.", "◯서나래 의원  묻겠습니다.", "◯국무총리 남궁혁  총리입니다."},
			[]string{"차도현: 개의하겠습니다.", "서나래: 묻겠습니다.", "남궁혁: 총리입니다."},
		},
		"times before and behind labels": {
			"Podcast",
			[]string{"[00:00:01] Maya Lind: We talk about salt.", "[00:00:09] Femi Ade: It rains here.", "[00:00:15] Speaker 4: Wrong room.", "[00:00:20] Maya Lind: That was the intern."},
			[]string{"Maya Lind: We", "Femi Ade: It", "-: Wrong", "Maya Lind: That"},
		},
		"name at the end of an office in capitals": {
			"Defense Secretary Walter Brand Holds a Briefing",
			[]string{"SECRETARY OF DEFENSE WALTER BRAND: Good morning.", "Q: Is the strait open?", "SEC. BRAND: It is."},
			[]string{"Walter Brand: Good", "?: Is", "Walter Brand: It"},
		},
		"bold questions of a newspaper": {
			"“I never wanted a boat”",
			[]string{"The novelist Signe Halv on storms. Interview by Jon Prent", "Signe Halv grew up near Upsund.", "**What did you read?** The tide tables, and I liked them.", "**Did it surprise you?** It surprised my publisher.", "I laughed.", "**Why?**", "I don’t know.", "Most viewed", "**This interview has been edited.**", "Jon Prent is a critic."},
			[]string{": Signe", "?: What", "Signe Halv: The", "?: Did", "Signe Halv: It", "Signe Halv: I", "?: Why?", "Signe Halv: I", ": Most", ": This", ": Jon"},
		},
		"questions in plain text": {
			"Interview with harbour master Noor Aalst",
			[]string{"What went wrong?", "I was wrong about the owners.", "How many ships are there?", "We stopped counting.", "Will you stay?", "My work is here."},
			[]string{"?: What", "Noor Aalst: I", "?: How", "Noor Aalst: We", "?: Will", "Noor Aalst: My"},
		},
		"questions that nobody answers": {
			"Five questions on the toll",
			[]string{"# Who pays it?", "Every ship pays the toll.", "# Is it legal?", "Courts differ.", "# When does it end?", "It ends in May."},
			[]string{": Every", ": Courts", ": It"},
		},
		"a paper asks": {
			"",
			[]string{"»Stille«", "Die Forscherin Hedda Rosen über den Hafen", "Ein Interview von Jan Kühn", "KURIER: Frau Rosen, wie laut ist das Meer?", "Rosen: Sehr laut.", "KURIER: Und die Wale?", "Rosen: Die hören es.", "KURIER: Wir danken Ihnen."},
			[]string{"?: Frau", "Hedda Rosen: Sehr", "?: Und", "Hedda Rosen: Die", "?: Wir"},
		},
		"a question without its colon": {
			"Interview with Lea Brandt",
			[]string{"QWhy did you leave?", "A: I did not leave.", "QWhere are you now?", "A: In the office."},
			[]string{"?: Why", "Lea Brandt: I", "?: Where", "Lea Brandt: In"},
		},
		"initials": {
			"A Conversation with Nadia Lorim",
			[]string{"By Abel Brandt", "NL is chief engineer of the crossing.", "AB: With whom do you argue?", "NL: With the river.", "AB: And then?", "NL: With the ministry.", "Abel Brandt is a writer."},
			[]string{": NL", "Abel Brandt: With", "Nadia Lorim: With", "Abel Brandt: And", "Nadia Lorim: With", ": Abel"},
		},
		"answers below a heading that names who gives them": {
			"The town that bought a lighthouse",
			[]string{"By Reuben Katz", "The lamp went out.", "# Five questions for Agnes Doyle", "Q: Why?", "A: I can see it from the oven.", "Q: Will it last?", "A: I hope so.", "Reuben Katz covers the coast."},
			[]string{": The", "?: Why?", "Agnes Doyle: I", "?: Will", "Agnes Doyle: I", ": Reuben"},
		},
		"notes above a lecture": {
			"Ruth Aben – Prize Lecture: The Patience of Glass",
			[]string{"**Ruth Aben was born in Jenau and teaches physics.**", "Your Majesties, ladies and gentlemen,", "My father had a window.", "I thank the Academy.", "© The Prize Foundation"},
			[]string{": Ruth", "Ruth Aben: Your", "Ruth Aben: My", "Ruth Aben: I"},
		},
		"statement of an office whose holder the text names": {
			"Prime Minister’s statement on the floods",
			[]string{"Prime Minister Edmund Fair made a statement in Downing Street.", "I have spoken with the crews.", "We will mend the bridge.", "# Updates to this page", "Published in May."},
			[]string{": Prime", "Edmund Fair: I", "Edmund Fair: We", ": Published"},
		},
		"doorstep": {
			"",
			[]string{"Doorstep statement", "by Secretary General Joris van Haar at the meeting of ministers", "Good morning,", "Today we look at three things.", "Q: Tomas Lind, Nordic Agency", "Who guards the cables?", "Secretary General Joris van Haar", "Eleven ships do.", "Q: Nordic Radio", "Are they enough?", "Secretary General Joris van Haar", "No."},
			[]string{"Joris van Haar: Good", "Joris van Haar: Today", "?: Tomas", "?: Who", "Joris van Haar: Eleven", "?: Nordic", "?: Are", "Joris van Haar: No."},
		},
		"fact sheet": {
			"Fact Sheet: The Compact",
			[]string{"Background: The storm took 61 houses.", "Maine: $14 million", "Senator Ellen Mars: Sponsor of the bill.", "10:15 Film: The Dunes", "11:00 Questions: all"},
			[]string{": Background:", ": Maine:", ": Senator", ": 10:15", ": 11:00"},
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
		"names on lines, with their time on the next": {
			"Tide tables",
			[]string{"Host: Ada Quill", "Ada Quill", "00:00", "Welcome to the show. We talk about tides.", "Jens Lunde", "00:12", "Thank you for having me.", "Ada Quill", "00:20", "Who reads them today?", "Jens Lunde", "00:25", "Everybody who owns a boat."},
			[]string{"Ada Quill: Welcome", "Jens Lunde: Thank", "Ada Quill: Who", "Jens Lunde: Everybody"},
		},
		"given names in bold beside the time of a recording": {
			"The man who counts boats",
			[]string{"Hosts: Ada Quill, Mira Chand", "**Ada [00:00:04]** Welcome to the show.", "**Mira [00:00:09]** And I am Mira.", "**Ada [00:00:12]** We begin."},
			[]string{"Ada Quill: Welcome", "Mira Chand: And", "Ada Quill: We"},
		},
		"full names in bold on lines of their own": {
			"Harbour Lines earnings call",
			[]string{"Ada Quill – Chief Executive", "Jens Lunde – Brod Markets", "**Operator**", "Good morning.", "**Ada Quill**", "Thank you. We grew.", "**Operator**", "The first question, please.", "**Jens Lunde**", "Is the dividend safe?", "**Ada Quill**", "It is."},
			[]string{"-: Good", "Ada Quill: Thank", "-: The", "Jens Lunde: Is", "Ada Quill: It"},
		},
		"terms of a glossary": {
			"Words of the harbour",
			[]string{"BALLAST: What keeps a ship steady.", "FENDER: What lies between ship and quay.", "PILOT: Who brings a ship in."},
			[]string{": BALLAST:", ": FENDER:", ": PILOT:"},
		},
		"items of an agenda": {
			"Harbour board, agenda",
			[]string{"ROLL CALL: The clerk calls the roll.", "OLD BUSINESS: The second reading of the by-law.", "PUBLIC COMMENT: Three minutes for each speaker."},
			[]string{": ROLL", ": OLD", ": PUBLIC"},
		},
		"a chair whom brackets above name": {
			"",
			[]string{"Meeting of the Assembly", "[The Presiding Officer (Ada Quill) opened the meeting]", "The Presiding Officer: Order. The first question.", "Jens Lunde (Brod) (Lib): I ask about the quay.", "The Presiding Officer: The minister.", "Mira Chand (Alden) (Con): It will be built."},
			[]string{"Ada Quill: Order.", "Jens Lunde: I", "Ada Quill: The", "Mira Chand: It"},
		},
		"numbered questions of a committee": {
			"Oral evidence: the quays",
			[]string{"Members present: Dame Ada Quill (Chair); Jens Lunde.", "Q1 Chair: Why is there no quay?", "Dr Mira Ap Chand: Because nobody paid for one.", "Q2 Jens Lunde: Who should?", "Dr Mira Ap Chand: The harbour.", "Chair: On that note we suspend."},
			[]string{": Members", "Ada Quill: Why", "Mira Ap Chand: Because", "Jens Lunde: Who", "Mira Ap Chand: The", "Ada Quill: On"},
		},
		"an office whose holder is introduced in what is said": {
			"Press briefing",
			[]string{"Spokesperson: I am joined by the Director of Harbours, Mr. Jens Lunde.", "Director of Harbours: Thank you. The quay is open.", "Reporter: Since when?", "Director of Harbours: Since Monday."},
			[]string{"-: I", "Jens Lunde: Thank", "?: Since", "Jens Lunde: Since"},
		},
		"an address that ends with a colon": {
			"Public sitting, President Quill presiding",
			[]string{"The PRESIDENT: I give the floor to the Agent.", "Mr. LUNDE: I thank you.", "1. Madam President, Members of the Court, the duty is a simple one: one knocks first.", "The PRESIDENT: Thank you."},
			[]string{"Quill: I", "Lunde: I", "Lunde: 1.", "Quill: Thank"},
		},
		"questions in bold with a sentence behind them": {
			"Press conference of the harbour bank",
			[]string{"Ada Quill, President of the bank", "Good morning, we welcome you.", "* * *", "**Is the door still open? And my second question is on salt.**", "**Quill:** It is where it was.", "**Will you close it?**", "**Quill:** No."},
			[]string{"Ada Quill: Good", ": *", "?: Is", "Ada Quill: It", "?: Will", "Ada Quill: No."},
		},
		"a resident is nobody": {
			"Town hall meeting",
			[]string{"MAYOR QUILL: Welcome.", "RESIDENT: Who pays for the quay?", "MAYOR QUILL: The town.", "RESIDENT #2: How long will it take?", "MAYOR QUILL: A year."},
			[]string{"Quill: Welcome.", "-: Who", "Quill: The", "-: How", "Quill: A"},
		},
		"compound offices in one word": {
			"Møde",
			[]string{"**Havneministeren (Jens Lunde):**", "Det er bygget.", "**Ada Quill (HB):**", "Tak for det.", "**Havneministeren (Jens Lunde):**", "Selv tak."},
			[]string{"Jens Lunde: Det", "Ada Quill: Tak", "Jens Lunde: Selv"},
		},
		"an opening statement under its heading, and R : for the answer": {
			"Point de presse",
			[]string{"Porte-parole : M. Jean Quill", "**Déclaration liminaire**", "Le ministre est à Brod aujourd'hui.", "**Q :** Quand reviendra-t-il ?", "**R :** Mardi. Il visitera le port.", "**Q :** Seul ?", "**R :** Non."},
			[]string{"Jean Quill: Le", "?: Quand", "Jean Quill: Mardi.", "?: Seul", "Jean Quill: Non."},
		},
		"Korean marks of question and answer": {
			"정례브리핑",
			[]string{"<질문> 회담이 열립니까?", "<답변> 네, 열립니다.", "<질문> 언제입니까?", "<답변> 금요일입니다."},
			[]string{"?: 회담이", "-: 네,", "?: 언제입니까?", "-: 금요일입니다."},
		},
		"a family name and an office, filled up from the heading": {
			"例行說明會",
			[]string{"主持人：發言人曾雅文", "曾發言人：各位早安。", "中央社記者問：何時開放？", "曾發言人答：下星期二。", "曾發言人：謝謝大家。"},
			[]string{"曾雅文: 各位早安。", "?: 何時開放？", "曾雅文: 下星期二。", "曾雅文: 謝謝大家。"},
		},
		"labels in Arabic": {
			"المؤتمر الصحفي لوزير الخارجية سامي الحداد",
			[]string{"الوزير سامي الحداد: نفتح الميناء غداً.", "سؤال: متى بالضبط؟", "الوزير سامي الحداد: في الصباح.", "وقال: لا شيء."},
			[]string{"سامي الحداد: نفتح", "?: متى", "سامي الحداد: في", "سامي الحداد: وقال:"},
		},
		"labels in Hebrew": {
			"",
			[]string{"ועדת הנמל", "היו\"ר דנה לוי:", "בוקר טוב, הישיבה פתוחה.", "יוסי כהן:", "תודה, אין רציף.", "היו\"ר דנה לוי:", "מדוע?", "יוסי כהן:", "אין תקציב."},
			[]string{"דנה לוי: בוקר", "יוסי כהן: תודה,", "דנה לוי: מדוע?", "יוסי כהן: אין"},
		},
		"a roman numeral before a stop": {
			"Lecture by Ada Quill",
			[]string{"I came to the harbour as a child, and we had no quay.", "II. Salt", "Salt is what we have left. I counted it.", "III. Rope", "Rope is what we need."},
			[]string{"Ada Quill: I", "Ada Quill: Salt", "Ada Quill: Rope"},
		},
		"an office of one word more, in bold": {
			"Interview with Mira Chand, Harbour Radio",
			[]string{"Minister for Ports and Rail, the Hon Jens Lunde MP", "**Mira Chand:** Is the quay open?", "**Ports Minister:** It is. I was there on Monday.", "**Chand:** Who paid for it?", "**Ports Minister:** We did."},
			[]string{"Mira Chand: Is", "Jens Lunde: It", "Mira Chand: Who", "Jens Lunde: We"},
		},
		"initials of a double name": {
			"The rope maker: a conversation with Ada Quill-Noor",
			[]string{"Jens Lunde asks her about rope", "JL: Who buys rope today?", "AQN: Sailors, and I do.", "JL: How much of it?", "AQN: Too much."},
			[]string{"Jens Lunde: Who", "Ada Quill-Noor: Sailors,", "Jens Lunde: How", "Ada Quill-Noor: Too"},
		},
		"a family name of two words": {
			"Joint press conference",
			[]string{"PRIME MINISTER JENS LUNDE AND PRIME MINISTER ADA TE RANGI", "PM LUNDE: Welcome to all of you.", "PM TE RANGI: Thank you, Jens.", "JOURNALIST: Who pays?", "PM LUNDE: We both do."},
			[]string{"Jens Lunde: Welcome", "Ada Te Rangi: Thank", "?: Who", "Jens Lunde: We"},
		},
		"officials whom a number tells apart": {
			"Background briefing",
			[]string{"MODERATOR: Good morning.", "SENIOR ADMINISTRATION OFFICIAL ONE: We go to Brod first.", "QUESTION: And then?", "SENIOR ADMINISTRATION OFFICIAL TWO: To Alden."},
			[]string{"-: Good", "-: We", "?: And", "-: To"},
		},
		"speeches under a name between the heading and the text": {
			"Explanation of vote on the harbour resolution",
			[]string{"Mission to the Assembly", "Ambassador Ada Quill", "Alternate Representative", "Thank you, Mr. President. We voted for the harbour.", "I regret that it took so long."},
			[]string{"Ada Quill: Thank", "Ada Quill: I"},
		},
		"a speech whose lead names the speaker": {
			"The lake is ours to keep: statement at the Assembly",
			[]string{"Statement by Ambassador Ada Quill at the meeting on lakes.", "Thank you, President, and I thank the briefers.", "We will make two points."},
			[]string{": Statement", "Ada Quill: Thank", "Ada Quill: We"},
		},
		"a speech whose speaker stands below a lead": {
			"Ambassador's speech at the harbour conference",
			[]string{"Speech", "Ambassador Ada Quill spoke on the opening day about the lessons of the storm and of the winter.", "Location:", "Brod", "Ada Quill", "Good morning, and thank you for the coffee.", "I begin with a boat."},
			[]string{": Ambassador", "Ada Quill: Good", "Ada Quill: I"},
		},
		"a written reply": {
			"Question 8: Quays",
			[]string{"Following is a question by the Hon Mira Chand and a written reply by the Secretary for Ports, Mr Jens Lunde, in the Council today:", "Reply:", "President,", "My reply to the question is as follows:", "We have two quays."},
			[]string{"Jens Lunde: President,", "Jens Lunde: My", "Jens Lunde: We"},
		},
		"a speech in Portuguese, which needs no pronoun": {
			"",
			[]string{"Discurso do ministro Rui Tavenas na abertura da Reunião do Porto – Brod, 7 de abril de 2031", "Senhoras e senhores,", "É uma alegria recebê-los no porto.", "Proponho que o fundo pague o cais.", "Muito obrigado."},
			[]string{"Rui Tavenas: Senhoras", "Rui Tavenas: É", "Rui Tavenas: Proponho", "Rui Tavenas: Muito"},
		},
		"a speech in French, whose heading leaves a letter out": {
			"",
			[]string{"Discours d’Anne Pernin, ministre des ports, devant la conférence", "Mesdames et Messieurs,", "Je voudrais commencer par le quai.", "Nous le construirons."},
			[]string{"Anne Pernin: Mesdames", "Anne Pernin: Je", "Anne Pernin: Nous"},
		},
		"names with the button of the page below them": {
			"Oral answers",
			[]string{"Jens Lunde", "(Brod) (Lib)", "Share this contribution", "What will she do about the quay?", "The Secretary of State for Ports", "(Ada Quill)", "Share this contribution", "I will build it.", "Mira Chand", "(Alden) (Con)", "Share this contribution", "When?", "Jens Lunde", "Share this contribution", "I thank her for that.", "Ada Quill", "Share this contribution", "It is my duty."},
			[]string{"Jens Lunde: What", "Ada Quill: I", "Mira Chand: When?", "Jens Lunde: I", "Ada Quill: It"},
		},
		"family names in capitals on lines of their own": {
			"Conférence de presse conjointe de Mme Anne Pernin et de M. Yves Arnot",
			[]string{"Anne PERNIN", "Merci d’être venu, cher Yves.", "Yves ARNOT", "Merci. Le quai est ouvert.", "Journaliste", "Depuis quand ?", "Yves ARNOT", "Depuis lundi.", "Anne PERNIN", "Merci à vous."},
			[]string{"Anne Pernin: Merci", "Yves Arnot: Merci.", "?: Depuis", "Yves Arnot: Depuis", "Anne Pernin: Merci"},
		},
		"names with the minute on lines of their own": {
			"Below the quay, episode 7",
			[]string{"Ada Quill  0:02", "Welcome, Jens. Who mends the quay?", "Jens Lunde  0:24", "I do, with a rope.", "Ada Quill  0:41", "Only a rope?", "Jens Lunde  1:02", "And a boat."},
			[]string{"Ada Quill: Welcome,", "Jens Lunde: I", "Ada Quill: Only", "Jens Lunde: And"},
		},
		"initials right before a family name": {
			"Совещание",
			[]string{"А.Бродский: Добрый день. Сегодня один вопрос.", "Слово губернатору, затем выступит Егор Лунин.", "Е.Лунин: Причал готов.", "А.Бродский: Когда откроете?", "Е.Лунин: Во вторник."},
			[]string{"А.Бродский: Добрый", "А.Бродский: Слово", "Егор Лунин: Причал", "А.Бродский: Когда", "Егор Лунин: Во"},
		},
		"an opening below a rule, and a question in brackets": {
			"Transcript of the Press Briefing by the Spokesperson Ada Quill",
			[]string{"****", "Good afternoon to all of you.", "We welcome the treaty on the river.", "(Jens Lunde, Brod Daily): Is it signed?", "Spokesperson: It is.", "(Question in Urdu): And the quay?", "Spokesperson: That too."},
			[]string{"Ada Quill: Good", "Ada Quill: We", "?: Is", "Ada Quill: It", "?: And", "Ada Quill: That"},
		},
		"two who arrive, each with questions": {
			"Arrivals and doorstep",
			[]string{"Ada Quill, Minister for Ports of Brod", "Good morning. We bring a list.", "Q. A long one?", "A. Nine ships.", "Jens Lunde, Minister for Rail of Alden", "I come by train.", "Q. Alone?", "A. With my bag."},
			[]string{"Ada Quill: Good", "?: A", "Ada Quill: Nine", "Jens Lunde: I", "?: Alone?", "Jens Lunde: With"},
		},
		"the witness of a deposition": {
			"",
			[]string{"INTERVIEW OF: JENS LUNDE", "For the COMMITTEE:", "ADA QUILL, CHIEF COUNSEL", "Ms. Quill.  We can go on the record.", "Mr. Lunde.  I am ready.", "BY MS. QUILL:", "Q   When did you see the boat?", "A   In May, and I remember it.", "Q   Who else saw it?", "A   The cat."},
			[]string{"Ada Quill: We", "Jens Lunde: I", "?: When", "Jens Lunde: In", "?: Who", "Jens Lunde: The"},
		},
		"a chair whose abbreviation stands in brackets": {
			"",
			[]string{"THE COST OF QUAYS", "The SPEAKER pro tempore (Mr. Lunde). The Chair will hear requests.", "Ms. QUILL. Mr. Speaker, I rise for the quay.", "The SPEAKER pro tempore. The time has expired.", "Ms. QUILL. I yield back."},
			[]string{"Lunde: The", "Quill: Mr.", "Lunde: The", "Quill: I"},
		},
		"brackets within brackets": {
			"Evidence",
			[]string{"The Chair (Mr. Jens Lunde (Brod, Lib.)): I call the meeting to order.", "Ms. Ada Quill (Director, Ports): Thank you, Chair.", "The Chair: Go ahead.", "Ms. Ada Quill: We have a quay."},
			[]string{"Jens Lunde: I", "Ada Quill: Thank", "Jens Lunde: Go", "Ada Quill: We"},
		},
		"titles that go on with a place": {
			"Overseas Quays Bill",
			[]string{"Baroness Quill of Brod (LD): My Lords, I declare an interest.", "Lord Lunde (Con): My Lords, I do not.", "Baroness Quill of Brod (LD): My Lords, I noticed.", "Lord Lunde (Con): I thank her."},
			[]string{"Quill of Brod: My", "Lunde: My", "Quill of Brod: My", "Lunde: I"},
		},
		"the chair whom a line names": {
			"Debate on quays",
			[]string{"IN THE CHAIR: ADA QUILL", "President. – The next item is the quay.", "Jens Lunde (Lib). – Madam President, I paid for it.", "Mira Chand (Con). – I did not.", "President. – The debate is closed."},
			[]string{"Ada Quill: The", "Jens Lunde: Madam", "Mira Chand: I", "Ada Quill: The"},
		},
		"an office before the name in Chinese": {
			"新聞說明會",
			[]string{"發言人曾雅文：各位早安。", "記者問：何時開放？", "發言人曾雅文：下星期二。", "記者問：在哪裡？", "發言人曾雅文：在高雄。"},
			[]string{"曾雅文: 各位早安。", "?: 何時開放？", "曾雅文: 下星期二。", "?: 在哪裡？", "曾雅文: 在高雄。"},
		},
		"a Korean briefer whom the heading names": {
			"정례브리핑",
			[]string{"서나래 외교부 대변인", "<서나래 대변인>", "장관이 바르샤바를 방문합니다.", "<질문> 언제입니까?", "<답변> 금요일입니다."},
			[]string{"서나래: 장관이", "?: 언제입니까?", "서나래: 금요일입니다."},
		},
		"a Korean family name that the heading fills up": {
			"We choose our tone: Cho Nari-ah, Cho Eun-bi",
			[]string{"Former ambassador Seo Ha-neul sat down with us.", "**The Harbour Times:** How was it?", "**Seo:** It was cold, and I like cold.", "**The Harbour Times:** Will you go again?", "**Seo:** I will."},
			[]string{": Former", "?: How", "Seo Ha-neul: It", "?: Will", "Seo Ha-neul: I"},
		},
		"an interview in Portuguese": {
			"Entrevista da secretária-geral das Relações Portuárias, Ana Tavenas Prado, ao jornal O Cais",
			[]string{"**O cais abre este ano?**", "Abre. Falta a assinatura de Brod.", "**E a ponte?**", "Está pronta.", "**Quem paga?**", "O porto paga."},
			[]string{"?: O", "Ana Tavenas Prado: Abre.", "?: E", "Ana Tavenas Prado: Está", "?: Quem", "Ana Tavenas Prado: O"},
		},
		"a paper whose name begins the headline too": {
			"",
			[]string{"HARBOURPOST: Interview with Captain a. D. Ada Quill", "HARBOURPOST: Ms Quill, how long does a rope last?", "Quill: Until it breaks.", "HARBOURPOST: The minister says it lasts.", "Quill: So he says.", "HARBOURPOST: Does it?", "Quill: No."},
			[]string{"?: Ms", "Ada Quill: Until", "?: The", "Ada Quill: So", "?: Does", "Ada Quill: No."},
		},
		"a speech that is signed": {
			"Cash in a cold winter",
			[]string{"Remarks at the annual dinner of the Chamber of Ports", "When the power went out, I sat in the dark like all of you.", "We will keep a stock of notes in six towns.", "Thank you for your attention.", "Ada Quill", "Governor", "Contact: press office"},
			[]string{"Ada Quill: When", "Ada Quill: We", "Ada Quill: Thank", ": Contact:"},
		},
		"an interview in Spanish with words in bold for question and answer": {
			"Ada Quill: “El silencio también se escribe”",
			[]string{"**Pregunta.** ¿Cuántos años tardó?", "**Respuesta.** Doce, y crié a dos hijos.", "**P.** ¿Y el error?", "**R.** Convertí a una viuda en una oca."},
			[]string{"?: ¿Cuántos", "Ada Quill: Doce,", "?: ¿Y", "Ada Quill: Convertí"},
		},
		"full names in capitals on lines of their own": {
			"Interview de Mme Anne Pernin, ministre des ports, à Radio Brod",
			[]string{"YVES ARNOT", "Bonjour Anne Pernin, merci d’être là. C’est l’échec ?", "ANNE PERNIN", "Bonjour. Non, c’est le contraire.", "YVES ARNOT", "Et qui paie ?", "ANNE PERNIN", "L’État paie."},
			[]string{"Yves Arnot: Bonjour", "Anne Pernin: Bonjour.", "Yves Arnot: Et", "Anne Pernin: L’État"},
		},
		"given names in bold with the time behind them": {
			"Ep. 7: The man who weighs boats",
			[]string{"Small Harbours with Ada Quill and Mira Chand", "**Ada** [00:00:04]: Welcome to the show.", "**Mira** [00:00:09]: I have a cold today.", "**Ada** [00:00:21]: We begin.", "**Mira** [00:00:30]: Gladly."},
			[]string{"Ada Quill: Welcome", "Mira Chand: I", "Ada Quill: We", "Mira Chand: Gladly."},
		},
		"an office of several parts before a name": {
			"Press Briefing by Director of the Office of Port Safety Jens Lunde",
			[]string{"DIRECTOR LUNDE: Good afternoon, I am here on the quay.", "Q  What happened?", "DIRECTOR LUNDE: The rope broke.", "Q  Why?", "DIRECTOR LUNDE: It was old."},
			[]string{"Jens Lunde: Good", "?: What", "Jens Lunde: The", "?: Why?", "Jens Lunde: It"},
		},
		"a chair in Italian who names others": {
			"",
			[]string{"PRESIDENZA DEL VICEPRESIDENTE OTTO ALTIERI", "PRESIDENTE. L'onorevole Ivano Bassi ha facoltà di parlare.", "IVANO BASSI (MISTO). Grazie, Presidente. Il molo è rotto.", "PRESIDENTE. L'onorevole Ada Riva ha facoltà di replicare.", "ADA RIVA (PD). Ministro, siamo d'accordo."},
			[]string{"Otto Altieri: L'onorevole", "Ivano Bassi: Grazie,", "Otto Altieri: L'onorevole", "Ada Riva: Ministro,"},
		},
		"a long office on a line of its own": {
			"Sprawozdanie",
			[]string{"Poseł Jan Bielak:", "Panie ministrze, most jest zamknięty. Kiedy go otworzymy?", "Sekretarz Stanu w Ministerstwie Portów Adam Lis:", "Most otworzymy w maju. Proszę o cierpliwość.", "Poseł Jan Bielak:", "Dziękuję bardzo."},
			[]string{"Jan Bielak: Panie", "Adam Lis: Most", "Jan Bielak: Dziękuję"},
		},
		"a chair whom brackets name with a state": {
			"",
			[]string{"THE QUAY ACT", "The SPEAKER pro tempore (Mr. Jens Lunde of Norden). The Chair recognizes the gentlewoman.", "Ms. ADA QUILL. Mr. Speaker, I rise for the quay.", "Ms. QUILL. It is broken.", "The SPEAKER pro tempore. The time has expired."},
			[]string{"Jens Lunde: The", "Ada Quill: Mr.", "Ada Quill: It", "Jens Lunde: The"},
		},
		"a middle name is nobody else's given name": {
			"Hearing on quays",
			[]string{"MR. LUNDE: I open the hearing.", "MS. QUILL: Thank you.", "MR. LUNDE: Jens Lunde was asked, and Jens Abel Lunde came.", "MS. QUILL: I saw him."},
			[]string{"Lunde: I", "Quill: Thank", "Lunde: Jens", "Quill: I"},
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

// A sentence with a date above what is said can be quoted; a line with a place and a day is
// a heading.
func TestSentencesWithDatesAreNoHeadings(t *testing.T) {
	d := document("Briefing by Spokesperson Ada Quill", "Brod, 5 March 2031", "On 9 March 2031 the minister will pay a working visit to the harbour of Brod and its new quay.", "Question: Why?", "Ada Quill: For the quay.", "Question: When?", "Ada Quill: In the morning.")
	record.Read(d)
	kinds := map[string]format.Kind{}
	for _, b := range d.Blocks {
		kinds[strings.Fields(b.Text)[0]] = b.Kind
	}
	if kinds["On"] != format.Body || kinds["Brod,"] != format.Heading {
		t.Errorf("the kinds are %v", kinds)
	}
}
