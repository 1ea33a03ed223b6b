package rank

import "slices"

// Feature is one thing that the ranking model weighs.
type Feature int

// The features of a sentence. Shares are of the question's weight: rare words
// weigh more.
const (
	Exact           Feature = iota // share whose own words the sentence has
	Near                           // share met by other forms of the words, by how well
	Like                           // share met by words of like meaning
	Rare                           // Exact, Near and Like together, by squared weight: the rarest words count most
	Dense                          // BM25 of the sentence, by its true length
	Previous                       // share met only by the sentence before
	InTitle                        // … only by title and heading
	InParagraph                    // … only by other sentences of the passage
	Voiced                         // … only by the name of who says it
	Spoken                         // the question asks what somebody said, and the sentence is that speaker's statement
	NameMissing                    // share of names found neither in the sentence nor around it
	NameAbsent                     // share of names that the sentence lacks
	NameLost                       // 1 minus the level of the worst matched name, in the sentence or around it
	NameOut                        // the same in the sentence alone
	ThingMissing                   // share of the words that are neither names nor numbers nor light, found neither in the sentence nor around it
	ThingAbsent                    // share of them that the sentence lacks
	NumberAbsent                   // share of numbers that the sentence lacks
	LocalAround                    // share met in the sentence or around it, weighted by rarity among the candidates
	Evident                        // mean log level over the units, here or around: the worst matched units count most
	Refers                         // has a pronoun that refers to something named before
	Adjacent                       // share of neighbouring units of the question that are neighbours here
	Words                          // share of the words as written, stop words too, weighted by rarity among the candidates
	Letters                        // share of the character n-grams, weighted likewise
	DocLetters                     // share of them, weighted by rarity among the document's candidates
	LettersPrevious                // share of the n-grams that only the sentence before has
	LettersNext                    // … only in the one after
	Together                       // how close together the matched words are
	Ordered                        // share matched in the order of the question
	Subject                        // its first content word matches the question
	Carried                        // Refers × Previous: the pronoun probably means what the question names
	PassageRank                    // retrieval score of the passage, as a share of the best
	DocumentRank                   // the same of the document
	ParagraphShare                 // share met by the sentence, its passage and the title together
	Short                          // shorter than six words
	Long                           // longer than 250 characters
	Asks                           // is a question itself
	Pronoun                        // begins with a pronoun
	TellsPerson                    // a person is asked for and the sentence has one; likewise below
	TellsPlace
	TellsTime
	TellsNumber
	TellsDuration
	TellsReason
	TellsManner
	TellsDefinition
	TellsName
	TellsSpeech
	FullName // a person is asked for, and the sentence has a name of two words
	Counted  // "how many nations": a number stands before the nations
	KindNear // how near the kind asked for is to the question's words
	OfClass  // the sentence names a member of the class asked for: a language, a disease
	DocLocal // share met, weighted by rarity among the document's candidates
	Rival    // lacks a state or organisation that the question names, and names another

	RelationAbsent // share of the relation, what is asked about the topic, that the sentence lacks
	RelationLike   // share of it that only words of like meaning meet
	RelationOpen   // share of its words, each counting the same, that the sentence lacks
	RelationAround // share of them found neither in the sentence nor around it
	FocusAbsent    // the noun asked for ("the population of") is missing
	LastAbsent     // the last word that is neither a name nor a number, mostly the verb, is missing
	Precise        // the kind asked for in a precise form: a year or a month, a name of two words, digits
	PreciseNear    // how near that is to the relation
	Measured       // a number is asked for, and the sentence has one with a unit or a currency
	RelationNear   // how near the kind asked for is to the relation
	TopicAbsent    // share of the topic that the sentence lacks
	TopicFirst     // share of the topic that the sentence begins with
	Defines        // share of the question matched before the first "is a"
	Bracketed      // the kind asked for is in brackets after a word of the question, as the dates of a life are
	StrongAbsent   // share of ordinals and superlatives ("first", "largest") that the sentence lacks
	OtherYear      // the question names a year, and the sentence another
	TitleAsked     // share of the document's title that the question names
	TitleNamed     // the question names the whole title
	HeadingAsked   // share of the heading above that the question names
	Opening        // how near the sentence is to the beginning of the document
	OffTopic       // the question asks what somebody said about a topic that the sentence is not about
	NumFeatures
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
	TitleAsked: "title_asked", TitleNamed: "title_named", HeadingAsked: "heading_asked", Opening: "opening", OffTopic: "off_topic"}

// FeatureNames lists the features of a sentence in order, as model.json and
// explanations name them.
func FeatureNames() []string { return slices.Clone(featureNames[:]) }

// Features are a sentence's values.
type Features [NumFeatures]float64

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
