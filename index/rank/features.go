package rank

import "slices"

// Feature is one thing that the ranking model weighs.
type Feature int

// The features of a sentence. Shares are of the question's weight: rare words
// weigh more.
const (
	Exact           Feature = iota // share whose own words stand in the sentence
	Near                           // share met by other forms of the words, by how well
	Like                           // share met by words of like meaning
	Rare                           // like the two together, by squared weight: the rarest words
	Dense                          // BM25 of the sentence, by its true length
	Previous                       // share met only by the sentence before
	InTitle                        // … only by title and heading
	InParagraph                    // … only by what else stands around the sentence
	Voiced                         // … only by the name of who says it
	Spoken                         // the question asks what somebody said: that one says it here
	NameMissing                    // share of names that nothing of it holds
	NameAbsent                     // share of names that the sentence does not hold
	NameLost                       // how little of the least met name any of it holds
	NameOut                        // how little of the least met name the sentence holds
	ThingMissing                   // share of what is neither a name nor a number, nor only shapes the question, that nothing of it holds
	ThingAbsent                    // share of it that the sentence does not hold
	NumberAbsent                   // share of numbers that the sentence does not hold
	LocalAround                    // share met by the sentence or what stands around it, by how rare it is among the candidates
	Evident                        // how well all is met here or around, the worst met weighing most
	Refers                         // a word stands for something named before
	Adjacent                       // share of neighbours in the question that stand together here
	Words                          // share of the words as written, little ones too, by how few candidates have them
	Letters                        // share of the runs of letters, by the same
	DocLetters                     // share of them, by how few candidates of the document have them
	LettersPrevious                // share of them only in the sentence before
	LettersNext                    // … only in the one after
	Together                       // how close the matched words stand
	Ordered                        // share that comes in the question's order
	Subject                        // its first word of meaning is met
	Carried                        // it refers to something named before, and the sentence before meets this share
	PassageRank                    // retrieval score of the passage, by that of the best
	DocumentRank                   // the same of the document
	ParagraphShare                 // share met by all around it with the title
	Short                          // shorter than six words
	Long                           // longer than 250 characters
	Asks                           // is a question itself
	Pronoun                        // begins with a pronoun
	TellsPerson                    // a person is asked for and told; so on
	TellsPlace
	TellsTime
	TellsNumber
	TellsDuration
	TellsReason
	TellsManner
	TellsDefinition
	TellsName
	TellsSpeech
	FullName // a person is asked for, and a name of two words told
	Counted  // "how many nations": a number stands before the nations
	KindNear // how near to the question's words the asked-for kind stands
	OfClass  // a member of the class asked for is told: a language, a disease
	DocLocal // share met, by how rare it is among the candidates of the document
	Rival    // of a state or organisation that the question names the sentence says nothing, but of another

	RelationAbsent // share of the relation, what the question says of its topic, that the sentence does not hold
	RelationLike   // share of it that only words of like meaning meet
	RelationOpen   // how many of its words, however common, the sentence does not hold
	RelationAround // how many of them neither it nor what stands around it holds
	FocusAbsent    // the noun asked for ("the population of") is not met
	LastAbsent     // the last word that is neither a name nor a number, mostly the verb, is not met
	Precise        // the asked-for kind is told as such: a year or a day, a name of two words, digits
	PreciseNear    // how near to the relation it stands
	Measured       // a number is asked for, and told with a unit or a currency
	RelationNear   // how near to the relation the asked-for kind stands
	TopicAbsent    // share of the topic that the sentence does not hold
	TopicFirst     // share of the topic that the sentence begins with
	Defines        // share of the question met before the first "is a"
	Bracketed      // the asked-for kind stands in brackets behind a word of the question: a lifetime
	StrongAbsent   // share of what says which of many ("first", "largest") that the sentence does not hold
	OtherYear      // a year is asked about, and the sentence tells another
	TitleAsked     // share of the document's title that the question names
	TitleNamed     // the question names the whole title
	HeadingAsked   // share of the heading above that the question names
	Opening        // how near to the document's beginning the sentence stands
	Features_
)

var featureNames = [...]string{Exact: "exact", Near: "near", Like: "like", Rare: "rare", Dense: "dense",
	Previous: "previous", InTitle: "in_title", InParagraph: "in_paragraph", Voiced: "voiced", Spoken: "spoken",
	NameMissing: "name_missing", NameAbsent: "name_absent", NameLost: "name_lost", NameOut: "name_out", ThingMissing: "thing_missing", ThingAbsent: "thing_absent", NumberAbsent: "number_absent", LocalAround: "local_around", Evident: "evident", Refers: "refers",
	Adjacent: "adjacent", Words: "words", Letters: "letters", DocLetters: "doc_letters", LettersPrevious: "letters_previous", LettersNext: "letters_next", Together: "together", Ordered: "ordered", Subject: "subject", Carried: "carried",
	PassageRank: "passage_rank", DocumentRank: "document_rank", ParagraphShare: "paragraph_share",
	Short: "short", Long: "long", Asks: "asks", Pronoun: "pronoun",
	TellsPerson: "tells_person", TellsPlace: "tells_place", TellsTime: "tells_time", TellsNumber: "tells_number",
	TellsDuration: "tells_duration", TellsReason: "tells_reason", TellsManner: "tells_manner", TellsDefinition: "tells_definition",
	TellsName: "tells_name", TellsSpeech: "tells_speech", FullName: "full_name", Counted: "counted", KindNear: "kind_near", OfClass: "of_class", DocLocal: "doc_local", Rival: "rival",
	RelationAbsent: "relation_absent", RelationLike: "relation_like", RelationNear: "relation_near", RelationOpen: "relation_open", RelationAround: "relation_around", FocusAbsent: "focus_absent", LastAbsent: "last_absent", Precise: "precise", PreciseNear: "precise_near", Measured: "measured", TopicAbsent: "topic_absent", TopicFirst: "topic_first", Defines: "defines", Bracketed: "bracketed", StrongAbsent: "strong_absent", OtherYear: "other_year",
	TitleAsked: "title_asked", TitleNamed: "title_named", HeadingAsked: "heading_asked", Opening: "opening"}

// FeatureNames lists the features of a sentence in order, as model.json and
// explanations name them.
func FeatureNames() []string { return slices.Clone(featureNames[:]) }

// Features are a sentence's values.
type Features [Features_]float64

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
