package command

import (
	"sync"

	"example.org/attache/bot/command/words"
	"example.org/attache/bot/follow"
)

var (
	table     []Command
	makeTable sync.Once
)

// Table returns every command, in the order in which help lists them.
func Table() []Command {
	makeTable.Do(func() {
		table = commands()
		for _, c := range table {
			for i := range c.Options {
				if o := &c.Options[i]; c.paged && o.Type != Bool {
					o.Label = words.Say("option.label." + o.Name)
				}
			}
		}
	})
	return table
}

func commands() []Command {
	return []Command{
		{Name: "ask", Help: words.Say("help.ask"), Run: ask, paged: true,
			Options: append([]Option{question, speaker}, filters()...)},
		{Name: "who", Help: words.Say("help.who"), Run: who, paged: true, Options: []Option{
			{Name: "name", Type: Name, Help: words.Say("option.help.name"), Required: true, Complete: completeName}, since, until, private}},
		{Name: "said", Help: words.Say("help.said"), Run: said, paged: true, Options: append([]Option{
			{Name: "speaker", Type: Name, Help: words.Say("option.help.speaker"), Required: true, Complete: completeSpeaker},
			{Name: "topic", Help: words.Say("option.help.topic"), Max: 300}}, filters()...)},
		{Name: "timeline", Help: words.Say("help.timeline"), Run: timeline, paged: true, Options: append([]Option{
			{Name: "topic", Help: words.Say("option.help.topic"), Required: true, Max: 300}}, filters()...)},
		{Name: "compare", Help: words.Say("help.compare"), Run: compare, paged: true, Options: []Option{
			{Name: "topic", Help: words.Say("option.help.topic"), Required: true, Max: 300},
			{Name: "speaker_a", Type: Name, Help: words.Say("option.help.speaker_a"), Required: true, Complete: completeSpeaker},
			{Name: "speaker_b", Type: Name, Help: words.Say("option.help.speaker_b"), Required: true, Complete: completeSpeaker}, since, until, private}},
		{Name: "sources", Help: words.Say("help.sources"), Run: sources, paged: true, listed: true,
			Options: []Option{{Name: "query", Help: words.Say("option.help.query"), Max: 300, Complete: completeSource, names: allSources}}},
		{Name: "follow who", Help: words.Say("help.follow.who"), placed: true, Run: following(follow.Person), Options: append([]Option{
			{Name: "name", Type: Name, Help: words.Say("option.help.follow.name"), Required: true, Complete: completeSpeaker}}, telling()...)},
		{Name: "follow topic", Help: words.Say("help.follow.topic"), placed: true, Run: following(follow.Topic), Options: append([]Option{
			{Name: "words", Help: words.Say("option.help.follow.words"), Required: true, Max: 300}}, telling()...)},
		{Name: "follow source", Help: words.Say("help.follow.source"), placed: true, Run: following(follow.Source), Options: append([]Option{
			{Name: "source", Help: words.Say("option.help.source"), Required: true, Max: 300, Complete: completeSource, names: allSources}}, telling()...)},
		{Name: "follow list", Help: words.Say("help.follow.list"), placed: true, Run: listFollows},
		{Name: "follow stop", Help: words.Say("help.follow.stop"), placed: true, Run: stop, Options: []Option{
			{Name: "follow", Help: words.Say("option.help.follow.stop"), Required: true, Max: 400, Complete: completeFollow, names: allFollows}}},
		{Name: "help", Help: words.Say("help.help"), Run: help},
		{Name: "Find sources", Help: words.Say("help.find"), Message: true, Run: findSources, Options: []Option{
			{Name: "message", Help: words.Say("option.help.message"), Max: longestMessage}}},
		{Name: "admin reindex", Help: words.Say("help.reindex"), Admin: true, Run: reindex},
		{Name: "admin status", Help: words.Say("help.status"), Admin: true, Run: status},
		{Name: "admin add", Help: words.Say("help.add"), Admin: true, Run: add, Options: []Option{
			{Name: "file", Help: words.Say("option.help.file"), Type: File},
			{Name: "address", Help: words.Say("option.help.address"), Max: 2000}}},
		{Name: "admin remove", Help: words.Say("help.remove"), Admin: true, Run: remove, Options: []Option{
			{Name: "document", Help: words.Say("option.help.document"), Required: true, Max: 1000, Complete: completeDocument, names: allDocuments}}},
		{Name: "admin restore", Help: words.Say("help.restore"), Admin: true, Run: restore, Options: []Option{
			{Name: "document", Help: words.Say("option.help.restored"), Required: true, Max: 1000, Complete: completeRemoved, names: allRemoved}}},
		{Name: "admin follows", Help: words.Say("help.follows"), Admin: true, Run: adminFollows, Options: []Option{
			{Name: "stop", Help: words.Say("option.help.follows.stop")}}},
		{Name: "admin feeds", Help: words.Say("help.feeds"), Admin: true, paged: true, Run: feeds},
		{Name: "admin unanswered", Help: words.Say("help.unanswered"), Admin: true, paged: true, Run: unanswered},
		{Name: "admin feedback", Help: words.Say("help.feedback"), Admin: true, paged: true, Run: feedback},
		{Name: "admin clear", Help: words.Say("help.clear"), Admin: true, Run: clearState},
	}
}

// Find returns the command called name.
func Find(name string) (Command, bool) {
	for _, c := range Table() {
		if c.Name == name {
			return c, true
		}
	}
	return Command{}, false
}

// The options that several commands share.
var (
	question = Option{Name: "question", Help: words.Say("option.help.question"), Required: true, Max: 500}
	speaker  = Option{Name: "speaker", Type: Name, Help: words.Say("option.help.speaker"), Complete: completeSpeaker}
	since    = Option{Name: "since", Help: words.Say("option.help.since"), Type: Date}
	until    = Option{Name: "until", Help: words.Say("option.help.until"), Type: Date}
	private  = Option{Name: "private", Help: words.Say("option.help.private"), Type: Bool}
)

// filters are the options that narrow what is searched.
func filters() []Option {
	source := Option{Name: "source", Help: words.Say("option.help.source"), Max: 300, Complete: completeSource, names: allSources}
	return []Option{source, since, until, private}
}
