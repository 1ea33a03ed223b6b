package extract_test

import (
	"slices"
	"strings"
	"testing"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/extract"
	"example.org/attache/corpus/text"
)

// read reads a text whose paragraphs are its lines.
func read(body string) ([]speech.Statement, []speech.Person) {
	return extract.From(textOf(body))
}

// quotationsIn are the direct quotations of such a text.
func quotationsIn(body string) ([]speech.Statement, []speech.Person) {
	all, people := read(body)
	return quotationsOf(all), people
}

func quotationsOf(all []speech.Statement) []speech.Statement {
	return slices.DeleteFunc(slices.Clone(all), func(s speech.Statement) bool { return s.Kind != speech.Quotation })
}

func textOf(body string) speech.Text {
	t := speech.Text{Body: body, Paragraphs: text.Paragraphs(body), Language: "en"}
	for _, p := range t.Paragraphs {
		t.Sentences = append(t.Sentences, text.Sentences(body, p, t.Language)...)
	}
	return t
}

func TestMarks(t *testing.T) {
	tests := map[string]struct {
		body string
		want []string
	}{
		"curly":                     {"He said: “We will talk.” Then he left.", []string{"We will talk."}},
		"straight":                  {`She said "we will talk" and left.`, []string{"we will talk"}},
		"doubled single":            {"''We will talk,'' she said.", []string{"We will talk,"}},
		"broken by its speaker":     {"“We will talk,” she said, “and then we will sign.”", []string{"We will talk,", "and then we will sign."}},
		"single inside double":      {"“He told me ‘never again’ and left,” she said.", []string{"He told me ‘never again’ and left,"}},
		"apostrophes":               {"“It’s the ministers’ plan, isn't it?” she asked. The '90s' end wasn't near.", []string{"It’s the ministers’ plan, isn't it?"}},
		"nested double":             {"“He called it “a grave mistake” twice,” she said.", []string{"He called it “a grave mistake” twice,"}},
		"two paragraphs":            {"“We begin today.\n“We end tomorrow,” she said.", []string{"We begin today.", "We end tomorrow,"}},
		"resumed without mark":      {"“We begin today.\nWe end tomorrow,” she said.", []string{"We begin today.", "We end tomorrow,"}},
		"never closed":              {"She said: “We begin today.\nThe talks went on.", []string{"We begin today."}},
		"never opened":              {"We begin today,” she said.", nil},
		"wrong way":                 {"”We begin today,“ she said.", []string{"We begin today,"}},
		"both close":                {"”We begin today,” she said.", []string{"We begin today,"}},
		"curly and straight":        {"“We begin today,\" she said.", []string{"We begin today,"}},
		"guillemets":                {"« Nous commençons aujourd'hui », a-t-elle dit.", []string{"Nous commençons aujourd'hui"}},
		"German":                    {"„Wir fangen heute an“, sagte sie.", []string{"Wir fangen heute an"}},
		"German guillemets":         {"»Wir fangen heute an«, sagte sie.", []string{"Wir fangen heute an"}},
		"corner brackets":           {"外長說：「我們今天開始『對話』。」", []string{"我們今天開始『對話』。"}},
		"white corner":              {"長官は『今日から始める』と述べた。", []string{"今日から始める"}},
		"inches and feet":           {`The wall is 6" thick and 12" high.`, nil},
		"empty":                     {"He wrote “” and “ ” there.", nil},
		"British singles":           {"‘We’ll begin the ministers’ talks today,’ she said.", []string{"We’ll begin the ministers’ talks today,"}},
		"no singles beside doubles": {"“We begin,” she said of the ‘grand plan’.", []string{"We begin,"}},
		"dash before":               {"The answer—“never”—came at once.", []string{"never"}},
		"in brackets":               {"The plan (“a disaster”) failed.", []string{"a disaster"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			quotes, _ := quotationsIn(tt.body)
			var got []string
			for _, q := range quotes {
				got = append(got, q.Span.In(tt.body))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPeople(t *testing.T) {
	tests := map[string]struct {
		body string
		want []string
	}{
		"title and bare name":  {"Foreign Minister Lena Ortmann spoke. Ortmann left early.", []string{"Lena Ortmann"}},
		"slogan":               {"Gerald Haldane came. Mr. Haldane smiled at the sign, “Dump Haldane” it read; a Dump Haldane rally followed.", []string{"Gerald Haldane"}},
		"adjective":            {"Harsh comments are earning some people fines.", nil},
		"park":                 {"They walked through Van Orten Park in the evening.", nil},
		"honorific":            {"Mr. Haldane came. Haldane said nothing.", []string{"Haldane"}},
		"president, bare":      {"Since President Varga took office, much has changed.", []string{"Varga"}},
		"pope":                 {"Pope Benedict prayed. Benedict then rested.", []string{"Pope Benedict"}},
		"initial":              {"Gerald T. Haldane and G.T. Brown met.", []string{"Gerald T. Haldane", "G.T. Brown"}},
		"suffix":               {"Paul Arden Jr. met Robert Stone, Sr., at noon.", []string{"Paul Arden Jr.", "Robert Stone, Sr."}},
		"suffix, then capital": {"His father was Robert Stone, Jr. Statement or not, he left.", []string{"Robert Stone, Jr."}},
		"particles":            {"Ursula van den Berg met Mohammed bin Rashid and Charles de la Tour.", []string{"Ursula van den Berg", "Mohammed bin Rashid", "Charles de la Tour"}},
		"particle alone":       {"Ursula van den Berg spoke. Van den Berg left.", []string{"Ursula van den Berg"}},
		"Arabic article":       {"Ahmed al-Sharif met Nabil El-Masri.", []string{"Ahmed al-Sharif", "Nabil El-Masri"}},
		"Korean":               {"South Korean envoy Hwang Min-ho met Han Duck-soo and Kang Ji Won.", []string{"Hwang Min-ho", "Han Duck-soo", "Kang Ji Won"}},
		"Korean, bare":         {"Ambassador Hwang Min-ho spoke. Mr. Hwang left.", []string{"Hwang Min-ho"}},
		"Chinese":              {"President Zhao Ming met Foreign Minister Qian Liwei.", []string{"Zhao Ming", "Qian Liwei"}},
		"Vietnamese":           {"Prime Minister Pham Van Minh arrived. Minister Tran Duc An too.", []string{"Pham Van Minh", "Tran Duc An"}},
		"families of one name": {"Paul Arden and his wife Nora Arden came. Mrs. Arden spoke. Mr. Arden slept.", []string{"Paul Arden", "Nora Arden"}},
		"word before a name":   {"Whereas Arden left, Unlike Paul Arden he stayed.", []string{"Paul Arden"}},
		"relative of a head":   {"First lady Nora Arden came. President Arden spoke.", []string{"Nora Arden", "Arden"}},
		"headline verb":        {"Peter Lund Joins a Growing List. They join it.", []string{"Peter Lund"}},
		"headline of two":      {"Peter Lund Beats Nora Arden in Bonn. It was close.", []string{"Peter Lund", "Nora Arden"}},
		"abbreviated office":   {"Pres. Arden met Sec. Lena Ortmann.", []string{"Arden", "Lena Ortmann"}},
		"short form":           {"Michael Haldane came. Mike Haldane left.", []string{"Michael Haldane"}},
		"father and son":       {"Paul Arden came with Paul Arden Jr. on Monday.", []string{"Paul Arden", "Paul Arden Jr."}},
		"middle initials":      {"Paul H. Arden and Paul W. Arden came.", []string{"Paul H. Arden", "Paul W. Arden"}},
		"role before":          {"Ministry spokesman Tomasz Wieczorek said so.", []string{"Tomasz Wieczorek"}},
		"apposition behind":    {"Oyelaran Adebisi, a professor of law, agreed.", []string{"Oyelaran Adebisi"}},
		"a list":               {"Anna Brandt, Okwudili Eze and Peter Lund signed it.", []string{"Anna Brandt", "Okwudili Eze", "Peter Lund"}},
		"everyday family name": {"Martha Small runs the shop. Then Small said no.", []string{"Martha Small"}},
		"place as family name": {"Peter London met them in London. London said he was glad.", []string{"Peter London"}},
		"double family name":   {"Carla Meyer Lindt came. Meyer Lindt spoke.", []string{"Carla Meyer Lindt"}},
		"unknown word before":  {"Celebrities Anna Brandt and Peter Lund came.", []string{"Anna Brandt", "Peter Lund"}},
		"heading":              {"Ortmann Warns Against New Tariffs On Steel\nChancellor Lena Ortmann spoke on tariffs.", []string{"Lena Ortmann"}},
		"in capitals alone":    {"BY MINISTER LENA ORTMANN\nThe harbour is open.", []string{"Lena Ortmann"}},
		"particle in capitals": {"BY MINISTER LENA VAN ORTMANN\nThe harbour is open.", []string{"Lena van Ortmann"}},
		"Korean script too":    {"한국 외교부 장관은 서울에서 말했다.", nil},
		"no places":            {"In New Delhi, Seoul and South Korea, near the Taiwan Strait and San Francisco Bay.", nil},
		"no bodies":            {"The State Department, Hamas, NATO and the Johns Hopkins University agreed.", nil},
		"no treaties":          {"The Paris Agreement and the Treaty of Versailles were read in May and on Monday.", nil},
		"no forums":            {"The Korea-India Track 1.5 forum and the Quad met under the Indo-Pacific Economic Framework.", nil},
		"no nationalities":     {"Korean, American and Saudi Arabian officials met Republican Party leaders.", nil},
		"no outlets":           {"The New York Times and Fox News reported it. USA Today did too.", nil},
		"no headline words":    {"Markets Rise After Long Talks\nThe markets rose.", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, people := read(tt.body)
			var got []string
			for _, p := range people {
				got = append(got, p.Name)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTitles(t *testing.T) {
	tests := map[string]struct {
		body string
		want []string // title, then the second one where there is one
	}{
		"before":              {"Secretary of State Lena Ortmann came.", []string{"Secretary of State"}},
		"with country":        {"The U.S. Secretary of State Lena Ortmann came.", []string{"U.S. Secretary of State"}},
		"nationality":         {"He met South Korean Envoy Hwang Min-ho.", []string{"South Korean Envoy"}},
		"possessive country":  {"They met India’s Minister for External Affairs Ravi Menon.", []string{"India’s Minister for External Affairs"}},
		"former":              {"They met former Prime Minister Lena Ortmann.", []string{"former Prime Minister"}},
		"acting":              {"Then acting Foreign Minister Lena Ortmann spoke.", []string{"acting Foreign Minister"}},
		"then-":               {"It was then-President Lena Ortmann who knew.", []string{"then-President"}},
		"small":               {"That is what ministry spokeswoman Lena Ortmann said.", []string{"ministry spokeswoman"}},
		"behind":              {"Lena Ortmann, the Foreign Ministry’s deputy director for Asian and Pacific Affairs, came.", []string{"the Foreign Ministry’s deputy director for Asian and Pacific Affairs"}},
		"behind with article": {"Lena Ortmann, a professor of law at Bonn University, came.", []string{"professor of law at Bonn University"}},
		"behind, not closed":  {"Lena Ortmann, Secretary East in the Ministry of External Affairs said so.", []string{"Secretary East in the Ministry of External Affairs"}},
		"both":                {"Ambassador Lena Ortmann, the former director of the institute, came.", []string{"Ambassador", "former director of the institute"}},
		"apposed":             {"The mayor of the city, Lena Ortmann, came.", []string{"mayor of the city"}},
		"apposed, possessed":  {"It was his former campaign manager, Lena Ortmann, who knew.", []string{"former campaign manager"}},
		"list, not apposed":   {"They met the mayor, Lena Ortmann and others.", nil},
		"of New":              {"That is what New Jersey Gov. Lena Ortmann said.", []string{"New Jersey Gov."}},
		"behind a rival":      {"It was rival Sen. Lena Ortmann who left.", []string{"Sen."}},
		"line in capitals":    {"NEW TALKS BEGIN President Lena Ortmann came.", []string{"President"}},
		"running mate":        {"His running mate Lena Ortmann came.", []string{"running mate"}},
		"of several":          {"They met Sens. Lena Ortmann and Ravi Menon.", nil},
		"relation":            {"His wife Lena Ortmann, mother of two, came.", nil},
		"first lady":          {"First lady Lena Ortmann came.", []string{"First lady"}},
		"what it aims at":     {"Lena Ortmann, a candidate aiming at the young, came.", []string{"candidate"}},
		"no office":           {"They saw Lena Ortmann, in a five-person battle with Lund.", nil},
		"age":                 {"Lena Ortmann, 62, a retired teacher, came.", []string{"retired teacher"}},
		"list":                {"They met Lena Ortmann, Minister of Defense Ravi Menon and others.", nil},
		"the next of a list":  {"They met Lena Ortmann, Bavarian Minister Ravi Menon and others.", nil},
		"and another":         {"They met Lena Ortmann, and his spokesman, Ravi Menon.", nil},
		"another subject":     {"Against Lena Ortmann, the Ohio governor earned 51 percent.", nil},
		"what was done":       {"Lena Ortmann, a judge appointed in May, came.", []string{"judge"}},
		"aside":               {"Lena Ortmann, a lawyer by the time her husband came, stayed.", []string{"lawyer"}},
		"place":               {"Lena Ortmann, Bonn and Berlin are in the news.", nil},
		"clause":              {"Lena Ortmann, who is a teacher, came.", nil},
		"honorific only":      {"Mrs. Lena Ortmann came.", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, people := read(tt.body)
			if len(people) == 0 {
				t.Fatal("nobody found")
			}
			var got []string
			for _, s := range []text.Span{people[0].Mentions[0].Title, people[0].Mentions[0].Also} {
				if s.Len() > 0 {
					got = append(got, s.In(tt.body))
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTraits(t *testing.T) {
	_, people := read("South Korean Foreign Minister Park Min spoke. North Korea's President Han Tae-min did not. Golfer Ryu So-yeon won; she smiled. Former Mayor Paul Arden met Senator Nora Lund of Ohio, Springfield Mayor Peter Brandt and Anna Roe, the mayor of Portland, who left.")
	want := map[string][]string{
		"Park Min":     {"office:foreign minister", "country:south korea", "work:politics"},
		"Han Tae-min":  {"office:president", "country:north korea", "work:politics"},
		"Ryu So-yeon":  {"work:sport"},
		"Paul Arden":   {"office:mayor", "work:politics"},
		"Nora Lund":    {"office:senator", "work:politics", "seat:senator of ohio"},
		"Peter Brandt": {"office:springfield mayor", "work:politics", "seat:mayor of springfield"},
		"Anna Roe":     {"office:mayor portland", "work:politics", "seat:mayor of portland"},
	}
	for _, p := range people {
		if !slices.Equal(p.Traits, want[p.Name]) {
			t.Errorf("%s: %q, want %q", p.Name, p.Traits, want[p.Name])
		}
		delete(want, p.Name)
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
}

// A speaker case: quotations are told apart by their order; "" is no speaker.
func TestSpeakers(t *testing.T) {
	const intro = "Chancellor Lena Ortmann met Foreign Minister Gerald Haldane in Bonn.\n"
	tests := map[string]struct {
		body string
		want []string
	}{
		"speaker behind":        {"“We will sign the treaty this week,” Ortmann said.", []string{"Lena Ortmann"}},
		"inverted":              {"“We will sign the treaty this week,” said Ortmann.", []string{"Lena Ortmann"}},
		"inverted with title":   {"“We will sign the treaty this week,” said Chancellor Ortmann.", []string{"Lena Ortmann"}},
		"before":                {"Ortmann said, “We will sign the treaty this week.”", []string{"Lena Ortmann"}},
		"colon":                 {"Ortmann told reporters: “We will sign the treaty this week.”", []string{"Lena Ortmann"}},
		"wrote":                 {"In a letter to parliament on Monday, Haldane wrote: “The treaty is ready to be signed.”", []string{"Gerald Haldane"}},
		"according to":          {"The treaty is “as good as signed,” according to Haldane.", []string{"Gerald Haldane"}},
		"said recently":         {"“We will sign the treaty this week,” Ortmann said recently.", []string{"Lena Ortmann"}},
		"unlisted occasion":     {"“Nobody believes a word of this,” Haldane scoffed.", []string{"Gerald Haldane"}},
		"long apposition":       {"Haldane, a lawyer by training who has led the ministry for nine years, said: “The treaty is ready.”", []string{"Gerald Haldane"}},
		"announced above":       {"The talks are over, said Ortmann:\n“The treaty is ready to be signed this week by all parties.”", []string{"Lena Ortmann"}},
		"apposition behind":     {"“The treaty is ready,” said Haldane, who has led the ministry for nine years.", []string{"Gerald Haldane"}},
		"split":                 {"“The treaty,” Ortmann said, “is ready to be signed this week.”", []string{"Lena Ortmann", "Lena Ortmann"}},
		"goes on":               {"“The treaty is ready,” Ortmann said. “It will be signed this week.”", []string{"Lena Ortmann", "Lena Ortmann"}},
		"two paragraphs":        {"“The treaty is ready,” Ortmann said. “Nobody should doubt it.\n“It will be signed this week.”", []string{"Lena Ortmann", "Lena Ortmann", "Lena Ortmann"}},
		"told somebody":         {"“The treaty is ready,” Ortmann told Haldane.", []string{"Lena Ortmann"}},
		"object is no speaker":  {"Ortmann called Haldane “a patient negotiator” on Monday.", []string{"Lena Ortmann"}},
		"saying":                {"Ortmann defended the treaty, saying it was “the best we could get.”", []string{"Lena Ortmann"}},
		"secondhand":            {"“The treaty is ready,” Haldane said, according to Ortmann.", []string{"Gerald Haldane"}},
		"secondhand, before":    {"Haldane said “the treaty is ready,” according to two officials.", []string{"Gerald Haldane"}},
		"secondhand, reported":  {"“The treaty is ready to be signed,” Ortmann said, the Bonn Courier reported.", []string{"Lena Ortmann"}},
		"as quoted by":          {"“The treaty is ready to be signed,” Haldane was quoted as saying by a paper.", []string{"Gerald Haldane"}},
		"by an outlet":          {"“The treaty is ready,” Haldane said, according to CNN.", []string{"Gerald Haldane"}},
		"she":                   {"Ortmann was in no hurry. “The treaty is ready to be signed,” she said.", []string{"Lena Ortmann"}},
		"he":                    {"“The treaty is ready to be signed,” he said.", []string{"Gerald Haldane"}},
		"the minister":          {"“The treaty is ready to be signed,” the minister said.", []string{"Gerald Haldane"}},
		"unnamed official":      {"“The treaty is ready to be signed,” a senior official said.", []string{""}},
		"officials":             {"“The treaty is ready to be signed,” officials said.", []string{""}},
		"an aide of somebody's": {"“The treaty is ready to be signed,” said an aide to Ortmann.", []string{""}},
		"somebody's aide":       {"“The treaty is ready to be signed,” an Ortmann aide said.", []string{""}},
		"adviser by name":       {"“The treaty is ready to be signed,” said Ortmann adviser Peter Lund.", []string{"Peter Lund"}},
		"country":               {"India has condemned the treaty as “a terrible bargain” on Monday.", []string{"India"}},
		"body":                  {"“The treaty is ready to be signed,” the White House said.", []string{"White House"}},
		"title of a book":       {"The library holds “A Short History of Bonn” and much else.", []string{""}},
		"title of a show":       {"Haldane was a guest on “Bonn This Week” and on “The Late Hour.”", []string{"", ""}},
		"title of a song":       {"The band played “Roads to the River” as Ortmann left.", []string{""}},
		"slogan on a hat":       {"Haldane wore a cap with the words “Bonn First Again” on Monday.", []string{""}},
		"sign":                  {"One sign outside read “No Treaty Now.”", []string{""}},
		"nickname":              {"The man known as “the Fox of Bonn” left early.", []string{""}},
		"broken twice":          {"“The treaty,” Ortmann said, “is ready,” adding, “and it will be signed.”", []string{"Lena Ortmann", "Lena Ortmann", "Lena Ortmann"}},
		"three paragraphs":      {"“The treaty is ready,” Ortmann said. “We worked on it for years.\n“Nobody should doubt it.\n“It will be signed this week.”", []string{"Lena Ortmann", "Lena Ortmann", "Lena Ortmann", "Lena Ortmann"}},
		"named a paragraph ago": {"Ortmann turned to the treaty.\n“It will be signed this week by all,” she said.", []string{"Lena Ortmann"}},
		"in a speech":           {"In a speech on Monday, Ortmann called the treaty “the best that we could get.”", []string{"Lena Ortmann"}},
		"reported by another":   {"Peter Lund had left the talks early, Haldane said. “He was tired of waiting for us,” he said.", []string{"Gerald Haldane"}},
		"scare quotes":          {"The so-called “soft landing” of the economy is still far off.", []string{""}},
		"asked by somebody":     {"“Is the treaty ready to be signed?” asked Haldane.", []string{"Gerald Haldane"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			quotes, people := quotationsIn(intro + tt.body)
			var got []string
			for _, q := range quotes {
				got = append(got, q.Speaker(people))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPronounsBetweenTwo(t *testing.T) {
	tests := map[string]struct {
		body, want string
	}{
		"two men, none nearer": {"Gerald Haldane and Peter Lund arrived in Bonn. “The treaty is ready,” he said.", ""},
		"a man and a woman":    {"Gerald Haldane and Lena Ortmann arrived in Bonn. “The treaty is ready,” she said.", "Lena Ortmann"},
		"gender by role":       {"Foreign ministry spokeswoman Alex Oyelaran arrived after Peter Lund. “The treaty is ready,” she said.", "Alex Oyelaran"},
		"gender by honorific":  {"Mrs. Oyelaran arrived after Mr. Lund. “The treaty is ready,” she said.", "Oyelaran"},
		"two since then":       {"Ban Ki-min sat down. “We have to talk,” he said.\nAsked about Peter Lund, who called the talks a hoax, Ban shrugged and demurred.\n“There is one science,” he added.", ""},
		"nobody fits":          {"Gerald Haldane arrived in Bonn. “The treaty is ready,” she said.", ""},
		"two envoys":           {"Envoy Gerald Haldane met envoy Peter Lund. “The treaty is ready,” the envoy said.", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			quotes, people := quotationsIn(tt.body)
			if got := quotes[len(quotes)-1].Speaker(people); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestWrittenAndCue(t *testing.T) {
	tests := []struct{ body, written, cue string }{
		{"“The treaty is ready,” Chancellor Lena Ortmann said on Monday.", "Chancellor Lena Ortmann", "said"},
		{"“The treaty is ready,” Chancellor Ortmann said on Monday.", "Chancellor Ortmann", "said"},
		{"“The treaty is ready,” former Foreign Minister Dr. Lena Ortmann said.", "former Foreign Minister Dr. Lena Ortmann", "said"},
		{"“The treaty is ready,” said Lena Ortmann, the chancellor.", "Lena Ortmann", "said"},
		{"“The treaty is ready,” said an aide to Chancellor Ortmann.", "an aide", "said"},
		{"The chancellor came. Ortmann said: “The treaty is ready.”", "Ortmann", "said"},
		{"Mrs. Ortmann added: “The treaty is ready.”", "Mrs. Ortmann", "added"},
		{"Lena Ortmann came. “The treaty is ready,” she told reporters.", "she", "told"},
		{"“The treaty is ready,” a senior official said.", "a senior official", "said"},
		{"“The treaty is ready,” the 46-year-old said.", "the 46-year-old", "said"},
		{"“The treaty is ready,” said the tall, quiet diplomat.", "the tall, quiet diplomat", "said"},
		{"“The treaty is ready to be signed,” the lawsuit says.", "the lawsuit", "says"},
		{"“The treaty is ready to be signed,” said one commenter.", "one commenter", "said"},
	}
	for _, tt := range tests {
		quotes, _ := quotationsIn(tt.body)
		if w, c := quotes[0].Written.In(tt.body), quotes[0].Cue.In(tt.body); w != tt.written || c != tt.cue {
			t.Errorf("%s: written %q by %q, want %q by %q", tt.body, w, c, tt.written, tt.cue)
		}
	}
}

func TestAliasInAnotherScript(t *testing.T) {
	_, people := read("Foreign Minister Hwang Min-ho (황민호) came.")
	if len(people) != 1 || !slices.Contains(people[0].Aliases, "황민호") {
		t.Errorf("got %+v, want the Korean spelling among the aliases", people)
	}
}

func TestAliases(t *testing.T) {
	_, people := read("Chancellor Lena Ortmann came. Mrs. Ortmann sat. Ortmann spoke; Lena K. Ortmann left.")
	if len(people) != 1 {
		t.Fatalf("%d people, want one", len(people))
	}
	if p := people[0]; p.Name != "Lena K. Ortmann" || strings.Join(p.Aliases, "; ") != "Lena Ortmann; Mrs. Ortmann; Ortmann" || p.Gender != speech.Female {
		t.Errorf("got %q, aliases %q, gender %v", p.Name, p.Aliases, p.Gender)
	}
}
