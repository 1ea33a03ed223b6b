package text_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/attache/corpus/internal/budget"
	"example.org/attache/corpus/text"
)

// Each row is one paragraph; a bar stands where a sentence begins.
var sentenceRows = map[string]struct{ language, cut string }{
	"plain":                            {"en", `The talks began. |They ended late.`},
	"one":                              {"en", `The talks began.`},
	"headline without full stop":       {"en", `Envoys Meet in Oslo After a Pause`},
	"country":                          {"en", `The U.S. Secretary of State landed. |He met aides.`},
	"country at the end":               {"en", `She flew to the U.S. |The visit lasted a week.`},
	"honorific":                        {"en", `On Monday Mr. Okafor spoke. |Dr. Lind and Gen. Ruiz listened.`},
	"honorific in capitals":            {"en", `TALKS WITH GEN. RUIZ END. |THE ENVOY LEAVES.`},
	"date":                             {"en", `The forum meets Nov. 7-8 in Bonn. |It met there in Nov. |The next is in May.`},
	"number":                           {"en", `Order No. 12 lapsed. |Was it renewed? |No. |It was not.`},
	"roman number":                     {"en", `See Art. IV of the pact. |It is short.`},
	"decimal":                          {"en", `Exports rose 3.5 percent. |Imports fell 0.2 percent.`},
	"initials":                         {"en", `Talks with J. K. Adeyemi and George W. Hale went on. |Hale left.`},
	"initial, then the next sentence":  {"en", `They chose plan B. |The minister agreed.`},
	"company":                          {"en", `Norsk Gas Inc. President Ola Vik resigned. |He had led Norsk Gas Inc. |The board met.`},
	"time":                             {"en", `It opens at 9 a.m. Tuesday and closes at 5 p.m. |The doors lock then.`},
	"degree":                           {"en", `She holds a Ph.D. in law. |He has none.`},
	"quotation ends the sentence":      {"en", `“We will sign.” |The room fell silent.`},
	"quotation ends inside":            {"en", `“We will sign,” said Lind. |“We must.”`},
	"sentences inside a quotation":     {"en", `“The minister arrives on May 10. |He brings aides. |They stay a week,” said Vik.`},
	"question inside":                  {"en", `“Will you sign?” asked Vik. |“Perhaps.”`},
	"question, speaker first":          {"en", `“Will you sign?” Foreign Minister Ola Vik asked. |Nobody answered.`},
	"question, then a sentence":        {"en", `“Will you sign?” |Ola Vik kept silent.`},
	"question, then a pronoun":         {"en", `“Will you sign?” |They said nothing. |“Go!” |The minister said it twice.`},
	"exclamation, lower case":          {"en", `“Never!” they shouted. |Then they left.`},
	"straight marks":                   {"en", `"We will sign." |"When?" |"Soon," he said. |The end.`},
	"single marks":                     {"en", `'We will sign.' |The room fell silent.`},
	"quotation after a quotation":      {"en", `He said: “No.” |“Why?” |“No reason.”`},
	"spaced ellipsis":                  {"en", `We keep the pact in full . . . |We remain committed to peace.`},
	"spaced ellipsis and full stop":    {"en", `They fired missiles. . . .|We’re going on.`},
	"ellipsis inside":                  {"en", `They waited ... and waited. |Then they left.`},
	"ellipsis sign":                    {"en", `They waited… |Nobody came.`},
	"ellipsis behind a full stop":      {"en", `Vik founded the firm. ...| Since 2014, Lind has led it ...`},
	"ellipsis first":                   {"en", `... |Since 2014, Lind has led it.`},
	"parenthesis":                      {"en", `The pact (signed in Bonn. Renewed twice.) is in force. |It holds.`},
	"whole parenthesis":                {"en", `The pact holds. |(It was signed in Bonn.) |It binds both.`},
	"state":                            {"en", `Sen. Ann Moe (D-Vt.) spoke. |Rep. Bo Hale, R-Tex., did not.`},
	"footnote":                         {"en", `The pact was signed in 1990.[12] |It was renewed.[3][4]`},
	"list marker":                      {"en", `1. Both sides withdraw. |2. Trade resumes.`},
	"missing space":                    {"en", `The talks are over.|The envoy left. |See example.com and Node.js for more.`},
	"address":                          {"en", `Write to desk@press.example.org or see www.example.org/news. |Thanks.`},
	"number first":                     {"en", `They voted at noon. |30 members agreed.`},
	"name in lower case":               {"en", `They fled. |al-Nuri stayed behind.`},
	"several marks":                    {"en", `Really?! |Yes!!! |Good.`},
	"abbreviation in brackets":         {"en", `The group (e.g. France) agreed. |It did (cf. Rome).`},
	"abbreviation and full stop":       {"ru", `Город вошёл в округ в 1968 г.. |Мэр согласился.`},
	"unit":                             {"de", `Er braucht 4 kg (8,8 lb.) Dampf in der Stunde. |Der Rest wiegt 2 kg. |Nebel steigt auf.`},
	"unclosed parenthesis":             {"en", `The pact (in force is old. |It binds.`},
	"German ordinal":                   {"de", `Am 3. Oktober sprach Dr. Weiß. |Im 19. Jahrhundert galt z. B. das Recht. |Er starb 1990. |Die Witwe blieb.`},
	"German marks":                     {"de", `„Wir kommen.“ |Sie blieb. |»Nein.« |Er ging.`},
	"German regnal number":             {"de", `Wilhelm II. von Preußen kam. |Ludwig XIV. |Er blieb.`},
	"French marks":                     {"fr", `« Nous signerons. » |M. Petit est parti. |Il reviendra.`},
	"Spanish marks":                    {"es", `El Sr. Ruiz viajó a EE. UU. en mayo. |¿Volverá? |¡Sí! |Nadie lo sabe.`},
	"Russian":                          {"ru", `Встреча прошла в 1990 г. в Москве. |В. В. Орлов молчал. |Дж. А. Грей отказался.`},
	"English names in Spanish":         {"es", `El río St. Clare es largo. |Mr. Vik lo sabe.`},
	"degrees":                          {"en", `It was 30 °C. |The rest had 5 °F. |Snow fell.`},
	"Arabic":                           {"ar", `وصل الوزير. |هل يعود؟ |قال د. سامي لجون سي. كالهون ذلك.`},
	"Hindi":                            {"hi", `मंत्री आए। |डॉ. राव बोले। |क्या वे लौटेंगे?`},
	"Urdu":                             {"ur", `وزیر آئے۔ |وہ چلے گئے۔`},
	"Korean":                           {"ko", `장관이 도착했다. |“서명하겠다.”고 말했다. |회담은 3.5시간 걸렸다.`},
	"Chinese":                          {"zh", `部长抵达。|会谈持续了3.5小时！|“我们会签署。|条约有效。”他说。|双方同意。`},
	"Chinese, nobody speaks":           {"zh", `“我们会签署。”|双方同意。`},
	"Japanese":                         {"ja", `大臣が到着した。|「署名する。」と述べた。|会談は終わった。`},
	"Armenian":                         {"hy", `Նախարարը եկավ։ |Նա գնաց։`},
	"unknown language":                 {"", `Mr. Vik left. |The rest stayed.`},
	"Polish ordinal":                   {"pl", `Spotkanie było 3. Maja w Gdyni. |W piątek dr Nowak wyjechał.`},
	"wide stop before a closing title": {"zh", `他读过《去哪儿？》这本书。|很好。`},
}

func TestSentences(t *testing.T) {
	for name, row := range sentenceRows {
		t.Run(name, func(t *testing.T) {
			var want, got []string
			for s := range strings.SplitSeq(row.cut, "|") {
				if s = strings.Trim(s, " ."); s != "" {
					want = append(want, s)
				}
			}
			body := strings.ReplaceAll(row.cut, "|", "")
			for _, s := range text.Sentences(body, text.Span{End: len(body)}, row.language) {
				got = append(got, strings.Trim(s.In(body), " ."))
			}
			if !slices.Equal(got, want) {
				t.Errorf("got  %s\nwant %s", strings.Join(got, " | "), strings.Join(want, " | "))
			}
		})
	}
}

// What is no prose, such as lists of names in programs, takes no longer than
// prose: a way that looks back at each stop takes minutes here.
func TestSentencesOfNoProse(t *testing.T) {
	for _, unit := range []string{"Xa.", "! ", "a . - ", "a.[ ", "(a. ", "x!” ", "U.S.", "…", "。 ", "“A. ” "} {
		body := strings.Repeat(unit, 256<<10/len(unit))
		done := make(chan int)
		go func() { done <- len(text.Sentences(body, text.Span{End: len(body)}, "en")) }()
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			t.Errorf("%q, repeated, takes too long", unit)
		}
	}
}

func FuzzSentences(f *testing.F) {
	for _, row := range sentenceRows {
		f.Add(strings.ReplaceAll(row.cut, "|", ""), row.language)
	}
	f.Add("\u2000We", "en")
	f.Fuzz(func(t *testing.T, body, language string) {
		budget.Read(t, body, 64<<10, func(body string) {
			for _, p := range text.Paragraphs(body) {
				at := p.Start
				for _, s := range text.Sentences(body, p, language) {
					if s.Start < at || s.End > p.End || s.Len() <= 0 {
						t.Fatalf("%v after %d in %v of %q", s, at, p, body)
					}
					if in := s.In(body); strings.TrimSpace(in) != in {
						t.Fatalf("white space around %q", in)
					}
					at = s.End
				}
			}
		})
	})
}

func BenchmarkSentences(b *testing.B) {
	body := strings.Repeat("“The minister arrives on Nov. 10,” said Dr. Vik of the U.S. delegation. He brings 3.5 tons of aid. ", 50)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		text.Sentences(body, text.Span{End: len(body)}, "en")
	}
}
