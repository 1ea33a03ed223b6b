package language

import "strings"

// Topic is what a file of a language is about; it is the file's name, without
// its ending.
type Topic string

// The topics.
const (
	Writing   Topic = "writing"   // how it is written: its commonest words, where sentences end
	Questions Topic = "questions" // what it asks with, and which words tell what; its stems and synonyms
	FollowUps Topic = "followups" // what a question begins with that goes on from the one before it
	Dates     Topic = "dates"     // how it writes dates
	Pages     Topic = "pages"     // what stands around an article on a page
	Records   Topic = "records"   // what records of briefings, debates and speeches are laid out with
	Speech    Topic = "speech"    // how it reports speech
	Script    Topic = "script"    // how it names people and reports speech, in a script with neither capitals nor an alphabet
	Latin     Topic = "latin"     // how its names are written in Latin letters
	Signs     Topic = "signs"     // Chinese: simplified signs, and how signs are read
	Cues      Topic = "cues"      // English: the words around reported speech
	Titles    Topic = "titles"    // English: what stands before and behind a name
	Bodies    Topic = "bodies"    // English: capitalised words that are no people
	Given     Topic = "given"     // shared: given names
	Family    Topic = "family"    // shared: family names

	Vocabulary Topic = "vocabulary" // shared: the field's words, a column a language
)

// Topics are all of them, in the order in which they are told of.
var Topics = []Topic{Writing, Questions, FollowUps, Dates, Pages, Records, Speech, Script, Latin, Signs, Cues, Titles, Bodies, Given, Family, Vocabulary}

// sections says what each file may hold, and what is no plain word for it. A name that ends in a blank begins
// those of a family, such as "asks person" and "asks place".
var sections = map[Topic][]struct{ name, means string }{
	Writing: {
		{"script", "that it is written in, by its name in Unicode"},
		{"borrowed script", "that it is written in too, and that shows another language"},
		{"letters of its own", "that show it among the languages of its script"},
		{"common", "the commonest words, by which the language is known"},
		{"letters", "the small letters beside a to z, where the encoding of a text is told by them"},
		{"abbreviations", "that no sentence ends with; a name or more follows"},
		{"abbreviations before numbers", "that are such only before a number or a roman numeral"},
		{"abbreviations at ends", "that end a sentence when a word of [sentence starts] follows"},
		{"sentence starts", "words that begin sentences and are no part of a name"},
		{"said", "what tells who speaks, behind a closing quotation mark"},
		{"turning", "words that turn a sentence around: who leaves one out prints something else"},
		{"ordinals", "yes, where a full stop makes an ordinal of a number: 3. Oktober"},
	},
	Questions: {
		{"asks ", "what asks for a person, a place, a time … (the kinds are listed in package lexis); ^ before what asks only at the beginning, ! behind what never stands before the noun asked for"},
		{"holder asked for", "what asks who holds an office: who is"},
		{"beside office", "what may stand before or behind the office there: the, now"},
		{"same office", "names of one office, a line each: foreign minister, secretary of state"},
		{"brief speech", "how one asks briefly what somebody said on a topic, stars for both: * on *"},
		{"speech in full", "the same as a whole question: what did * say about *"},
		{"requests", "what comes before a question and asks nothing itself: do you know"},
		{"newest", "what asks for the newest that there is"},
		{"tells ", "words that show that a sentence tells such a kind"},
		{"nouns ", "what things of a kind are called: which actor"},
		{"class ", "things of a class, by what asks for it: what language"},
		{"when ", "a time counted from today: last year is year -1"},
		{"pronouns", "that stand for somebody"},
		{"light", "words that say little"},
		{"strong", "words on which the sense of a sentence hangs"},
		{"stop", "words without meaning, beside those of [stop list]"},
		{"stop list", "bleve's list of such words"},
		{"stemmer", "bleve's filters that stem, one after the other"},
		{"prefixes", "what is cut from the beginning of a word, where there is no stemmer; behind a plus the letter of the word that it swallows before a vowel"},
		{"suffixes", "the same from its end"},
		{"forms", "irregular forms, a line each; the first stands for all"},
		{"whole", "the same of words whose stem is that of another"},
		{"kin", "words of one family, a line each"},
		{"synonyms", "sets of them, a line each"},
		{"particles", "what is cut from the end of a word; before a plus and behind it in every combination"},
		{"endings", "what is cut from the end of a word first: of a verb that is made of a noun, or of any word of a language that has no stemmer"},
		{"foreign", "characters that foreign names are written with"},
		{"proclitics", "letters that are written together with the word they come before"},
		{"weak letters", "that come and go with a word's form"},
		{"capital nouns", "yes, where all nouns begin with a capital, not only names"},
		{"noun asked for", "next, before or last: right behind the words that ask, right before them, or behind whatever belongs to it; anywhere behind them, where nothing is said"},
	},
	FollowUps: {
		{"leads", "begin one: and"},
		{"about", "begin one that names another topic: what about"},
		{"glued", "begin one, written together with a little word or with one that asks"},
		{"trails", "end one: then"},
		{"topics", "little words before what is spoken of: about"},
		{"little", "other little words before a name: in"},
		{"same", "little words that mean the same before different names, a line each"},
		{"articles", "may stand between the two: the"},
		{"he", "stand for somebody"},
		{"his", "stand for whose something is; those of [he] too, where they come before a noun"},
		{"there", "stand for a place"},
		{"it", "stand for anything"},
		{"owner", "behind a name, whose something is: 's; none where that takes more"},
		{"elides", "yes, where who acts may be left out"},
		{"time leads", "yes, where a time stands at the head of a question, else it stands at the end"},
		{"never", "hold what looks like a pronoun in a script without spaces, and are none"},
		{"particles", "are written behind a name, together with it; with a bar the forms after a consonant and after a vowel"},
	},
	Dates: {
		{"months", "their names and abbreviations, a line each, January first"},
		{"days", "those of the days of the week, Sunday first"},
		{"day first", "yes, where 3/4/2024 is always in April"},
		{"numbers", "their names, one first"},
		{"beside", "what else stands in a line that tells nothing but when something was published"},
		{"ahead", "what tells that a day is to come"},
		{"writings", "what is dated as a place is, \"Press Briefing, 4 May 2023\", and is none"},
	},
	Pages: {
		{"exact", "a whole line that is none of the article, end marks aside"},
		{"prefix", "what such a line begins with"},
		{"suffix", "what it ends with"},
		{"both", "what it begins with, a star, and what it holds behind that"},
		{"credit", "the same of a line that names who made the text"},
		{"caption", "what is in the text under a picture"},
		{"after", "a line under which nothing of the article follows"},
		{"rubric", "what stands over the title of a release: its kind"},
		{"issuer", "what a line there begins with that names who issues it"},
		{"section", "usual headings within a text"},
		{"author", "what stands before a colon and who wrote the text"},
		{"published", "the same before the day"},
		{"publisher", "before the publisher"},
		{"url", "before the address"},
		{"title", "before the title"},
	},
	Records: {
		{"honorific", "words of respect before a name"},
		{"woman", "those of women, and their offices"},
		{"man", "those of men"},
		{"office", "words of offices"},
		{"office behind", "what offices end with that are one word: Verkehrs-minister"},
		{"chair", "offices that chair: their holder is a person only where the document names one"},
		{"particle", "small words within names and offices"},
		{"asker", "who asks: a label that is one of these, or ends in one"},
		{"answerer", "who answers, in an interview: whom the heading names"},
		{"nobody", "speakers who are nobody in particular"},
		{"outlet", "what an outlet's name begins or ends with"},
		{"never", "words before a colon that are no speakers"},
		{"speech", "what a heading calls the words of one person"},
		{"by", "what leads from it to the speaker"},
		{"joint", "headings of what several say, or nobody"},
		{"office alone", "offices that end no name, so that all before them is the office: Trade Minister"},
		{"letters", "letters behind a name that are no part of it: MP"},
		{"noble", "titles that go on with a place, which is part of the name: Baroness Brand of Wick"},
		{"office of", "what joins an office to what it is of: minister of"},
		{"nobody number", "what follows the label of somebody who has no name, where there are several: official one"},
		{"interviewed", "what leads to whoever answers: interview of"},
		{"chair named by", "what a line begins with that names who presides: in the chair:"},
		{"thanks", "what a speech begins or ends with: ladies and gentlemen; thank you"},
		{"before stop", "what a label begins with that a full stop ends: Mr. Brand. I rise"},
		{"listing", "what introduces a list of those who speak or are present"},
		{"opening", "headings of a statement that the questions follow"},
		{"led by", "what leads to whoever presides"},
		{"asking", "headings of a record in which journalists or an interviewer ask"},
		{"end", "what ends a record: the whole line, or its beginning before a time"},
		{"proceeding", "verbs by which the record itself tells of the proceedings"},
		{"body", "what a heading may name that is no person"},
		{"between", "words that end a name in a heading"},
		{"occasion", "what a heading calls an occasion, where it names no speech"},
		{"self", "the first person, by which a speech is known"},
		{"behind", "offices and honorifics behind a name, in languages without spaces"},
		{"presiding", "what a heading calls the chair's office"},
		{"in the chair", "how a record tells who takes the chair"},
		{"acting", "what the office of whoever stands in for the chair begins with"},
		{"asked by", "what introduces whoever puts a question in writing"},
		{"asked of", "what stands between their name and the office that is asked"},
		{"begin", "what the record's own words on the proceedings begin with"},
		{"bill", "what a bill that is read out begins with"},
		{"preamble", "how the record tells, above what is said, what it is"},
		{"imprint", "how the lines of a heading begin that say how it was issued"},
		{"and", "what joins two people, or two offices of one"},
		{"place", "words before a name in a headline that make it a place's"},
		{"byline", "what stands before the name of whoever wrote the page"},
		{"form of address", "words before a name that are never part of one"},
	},
	Speech: {
		{"said", "verbs, in the forms that news uses"},
		{"said male", "those forms that tell that a man speaks"},
		{"said female", "those that tell that a woman does"},
		{"that", "words that open what is said"},
		{"bare", "yes, where what is said can follow a comma without such a word"},
		{"reports nothing", "verbs that go with quotations only"},
		{"source", "phrases after which the speaker stands"},
		{"he", "pronouns, and with a hyphen before them what verbs end in"},
		{"she", "the same of women"},
		{"which", "words that open a clause, which parts a verb from a name behind it"},
		{"which behind comma", "words that do behind a comma only"},
		{"of", "small words that make what follows them no subject"},
		{"drops", "yes, where the subject can be left out"},
		{"office", "words of offices, before a name"},
		{"title", "offices, where names have no capitals"},
		{"department", "what stands between an office and its country, there"},
		{"article", "what is written before a noun as one word, there"},
		{"joins", "words that begin or join a name, there"},
		{"given", "given names, there"},
		{"stop", "words at which a name has ended, there"},
	},
	Script: {
		{"title ahead", "offices that stand before a name"},
		{"title behind", "offices that stand behind it"},
		{"title ahead behind", "offices that do either"},
		{"modifier", "what stands between a name and its office"},
		{"place", "countries and bodies before an office"},
		{"body each", "signs that bodies end in"},
		{"stop", "words that are no name"},
		{"family each", "family names, a sign each"},
		{"given", "given names in letters of another language"},
		{"sound each", "signs that write foreign names"},
		{"end", "what can follow a name"},
		{"said", "verbs of speech"},
		{"reports nothing", "those that go with quotations only"},
		{"quoting", "what joins a quotation to its verb"},
		{"subject", "what marks the subject"},
		{"joining", "what a name does not end in"},
		{"of", "what makes a name no subject"},
		{"he", "pronouns"},
		{"speaking body", "bodies that speak, as the subject of a sentence"},
	},
	Latin: {
		{"letters", "a letter or several and the ways to write them in Latin ones, a line each; a star for nothing"},
		{"first", "the same of what a syllable begins with"},
		{"middle", "of its vowel"},
		{"last", "of what it ends with"},
		{"family", "family names and the ways to write them, a line each"},
		{"sound", "what the beginning of a syllable may stand for in a foreign name, a line each"},
		{"between", "what may stand between two letters, where short vowels are not written"},
		{"article", "what may be written before a name as one word with it, and the ways to write that"},
	},
	Signs: {
		{"traditional", "a traditional sign and the simplified one that it is searched by"},
		{"reading", "how signs are read, a line each: the reading, then the signs; v is ü"},
		{"family reading", "the same where a sign is a family name and read in another way"},
	},
	Cues: {
		{"strong", "verbs of speech that hardly ever do anything else"},
		{"core", "the verbs that alone carry most reported speech"},
		{"reports nothing", "verbs that go with quotations only"},
		{"bare", "forms of such verbs that are nouns too"},
		{"speech noun", "occasions and texts of speech"},
		{"listener", "who is told something"},
		{"attribution", "phrases after which the speaker stands"},
		{"auxiliary", ""}, {"adverb", "that stands between a name and its verb"},
		{"function", "words that open a sentence and are no name"},
		{"quantity", "those of them that stand between an article and its noun"},
		{"verb", "past forms that no ending gives away"},
	},
	Titles: {
		{"honorific", "nothing but respect"}, {"honorific male", ""}, {"honorific female", ""},
		{"title", "offices and ranks before a name"},
		{"regnal", "with which a given name is a whole name"},
		{"modifier", "words of a title beside the office"},
		{"term", "when or how an office is held"},
		{"past", "those that say that it is no longer held"},
		{"rank", "what makes a lower office of one"},
		{"typed", "what people type before a name whom they look up"},
		{"role", "everyday nouns for people by what they do"}, {"role male", ""}, {"role female", ""},
		{"suffix", "behind a name"}, {"particle", "between the names of one person"},
		{"short title", "an abbreviation, and the nouns for who holds the office"},
		{"kin", "who somebody is to somebody else"},
		{"head of state", "offices whose holders' relatives share the name"},
		{"seat", "offices of which a person holds one at a time, in their spellings"},
		{"work ", "roles of one kind of work"},
	},
	Bodies: {
		{"body", "bodies, their parts and what they publish"}, {"place", ""},
		{"country", "countries and cities that stand for a government"}, {"demonym", ""},
		{"same country", "words for one country that do not begin alike"},
		{"compound head", "begins a compound that describes"}, {"compound tail", "ends one"},
		{"calendar", "months and days"},
		{"speaking body", "makes a capitalised name a body that can speak"},
		{"body noun", "everyday words for bodies that speak"},
	},
	Given: {
		{"male", ""}, {"female", ""}, {"either", "tells no gender"},
		{"weak", "also an everyday word or a place"},
		{"nicknames", "a name and the short forms that stand for it"},
	},
	Family: {
		{"family", ""}, {"common", "shared by many people"},
		{"first", "shared by many, and written before the given name"},
	},
	Vocabulary: {
		{"columns", "the languages of the columns"},
		{"offices", "a word a line, in each language; a bar between several ways to say it"},
		{"meetings", ""}, {"agreements", ""}, {"sanctions and trade", ""}, {"war and peace", ""}, {"politics", ""},
		{"organisations", ""},
		{"states", "with what is of them, and their cities"},
		{"ask ", "how a question of a kind is asked, with a star for what it asks about"},
	},
}

func (t Topic) has(name string) bool {
	for _, s := range sections[t] {
		if s.name == name || strings.HasSuffix(s.name, " ") && strings.HasPrefix(name, s.name) {
			return true
		}
	}
	return false
}
