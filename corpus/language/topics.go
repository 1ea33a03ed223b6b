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
)

// Topics are all of them, in the order in which they are told of.
var Topics = []Topic{Writing, Questions, FollowUps}

// sections says what each file may hold. A name that ends in a blank begins
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
		{"ordinals", "yes, where a full stop makes an ordinal of a number: 3. Oktober"},
	},
	Questions: {
		{"asks ", "what asks for a person, a place, a time … (the kinds are listed in package lexis); ^ before what asks only at the beginning, ! behind what never stands before the noun asked for"},
		{"requests", "what comes before a question and asks nothing itself: do you know"},
		{"newest", "what asks for the newest that there is"},
		{"tells ", "words that show that a sentence tells such a kind"},
		{"nouns ", "what things of a kind are called: which actor"},
		{"class ", "things of a class, by what asks for it: what language"},
		{"months", "their names, a line each, January first"},
		{"when ", "a time counted from today: last year is year -1"},
		{"pronouns", "that stand for somebody"},
		{"light", "words that say little"},
		{"strong", "words on which the sense of a sentence hangs"},
		{"stop", "words without meaning, beside those of [stop list]"},
		{"stop list", "bleve's list of such words"},
		{"stemmer", "bleve's filters that stem, one after the other"},
		{"forms", "irregular forms, a line each; the first stands for all"},
		{"whole", "the same of words whose stem is that of another"},
		{"kin", "words of one family, a line each"},
		{"synonyms", "sets of them, a line each"},
		{"particles", "what is cut from the end of a word; before a plus and behind it in every combination"},
		{"endings", "what is cut from the end of a verb that is made of a noun"},
		{"foreign", "characters that foreign names are written with"},
		{"proclitics", "letters that are written together with the word they come before"},
		{"weak letters", "that come and go with a word's form"},
		{"capital nouns", "yes, where all nouns begin with a capital, not only names"},
		{"noun asked for", "next or before: where it stands, seen from the words that ask; anywhere behind them, where nothing is said"},
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
		{"particles", "are written behind a name, together with it; with a bar the forms after a consonant and after a vowel"},
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
