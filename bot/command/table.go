package command

import (
	"sync"

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
				c.Options[i].labels = c.paged && c.Options[i].Type != Bool
			}
		}
	})
	return table
}

func commands() []Command {
	return []Command{
		{Name: "ask", help: "help.ask", Run: ask, paged: true,
			Options: append([]Option{question, speaker}, filters()...)},
		{Name: "who", help: "help.who", Run: who, paged: true, Options: []Option{
			{Name: "name", Type: Name, help: "option.help.name", Required: true, Complete: completeName}, since, until, private}},
		{Name: "said", help: "help.said", Run: said, paged: true, Options: append([]Option{
			{Name: "speaker", Type: Name, help: "option.help.speaker", Required: true, Complete: completeSpeaker},
			{Name: "topic", help: "option.help.topic", Max: 300}}, filters()...)},
		{Name: "timeline", help: "help.timeline", Run: timeline, paged: true, Options: append([]Option{
			{Name: "topic", help: "option.help.topic", Required: true, Max: 300}}, filters()...)},
		{Name: "compare", help: "help.compare", Run: compare, paged: true, Options: []Option{
			{Name: "topic", help: "option.help.topic", Required: true, Max: 300},
			{Name: "speaker_a", Type: Name, help: "option.help.speaker_a", Required: true, Complete: completeSpeaker},
			{Name: "speaker_b", Type: Name, help: "option.help.speaker_b", Required: true, Complete: completeSpeaker}, since, until, private}},
		{Name: "sources", help: "help.sources", Run: sources, paged: true, listed: true,
			Options: []Option{{Name: "query", help: "option.help.query", Max: 300, Complete: completeSource, names: allSources}}},
		{Name: "follow who", help: "help.follow.who", placed: true, Run: following(follow.Person), Options: append([]Option{
			{Name: "name", Type: Name, help: "option.help.follow.name", Required: true, Complete: completeSpeaker}}, telling()...)},
		{Name: "follow topic", help: "help.follow.topic", placed: true, Run: following(follow.Topic), Options: append([]Option{
			{Name: "words", help: "option.help.follow.words", Required: true, Max: 300}}, telling()...)},
		{Name: "follow source", help: "help.follow.source", placed: true, Run: following(follow.Source), Options: append([]Option{
			{Name: "source", help: "option.help.source", Required: true, Max: 300, Complete: completeSource, names: allSources}}, telling()...)},
		{Name: "follow list", help: "help.follow.list", placed: true, alone: true, Run: listFollows},
		{Name: "follow stop", help: "help.follow.stop", placed: true, alone: true, Run: stop, Options: []Option{
			{Name: "follow", help: "option.help.follow.stop", Required: true, Max: 400, Complete: completeFollow, names: allFollows}}},
		{Name: "help", help: "help.help", alone: true, Run: help},
		{Name: "Find sources", help: "help.find", Message: true, Run: findSources, Options: []Option{
			{Name: "message", help: "option.help.message", Max: longestMessage}}},
		{Name: "admin reindex", help: "help.reindex", Admin: true, Run: reindex},
		{Name: "admin status", help: "help.status", Admin: true, Run: status},
		{Name: "admin add", help: "help.add", Admin: true, Run: add, Options: []Option{
			{Name: "file", help: "option.help.file", Type: File},
			{Name: "address", help: "option.help.address", Max: 2000}}},
		{Name: "admin remove", help: "help.remove", Admin: true, Run: remove, Options: []Option{
			{Name: "document", help: "option.help.document", Required: true, Max: 1000, Complete: completeDocument, names: allDocuments}}},
		{Name: "admin restore", help: "help.restore", Admin: true, Run: restore, Options: []Option{
			{Name: "document", help: "option.help.restored", Required: true, Max: 1000, Complete: completeRemoved, names: allRemoved}}},
		{Name: "admin follows", help: "help.follows", Admin: true, Run: adminFollows, Options: []Option{
			{Name: "stop", help: "option.help.follows.stop"}}},
		{Name: "admin feeds", help: "help.feeds", Admin: true, paged: true, Run: feeds},
		{Name: "admin unanswered", help: "help.unanswered", Admin: true, paged: true, Run: unanswered},
		{Name: "admin feedback", help: "help.feedback", Admin: true, paged: true, Run: feedback},
		{Name: "admin clear", help: "help.clear", Admin: true, Run: clearState},
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
	question = Option{Name: "question", help: "option.help.question", Required: true, Max: 500}
	speaker  = Option{Name: "speaker", Type: Name, help: "option.help.speaker", Complete: completeSpeaker}
	since    = Option{Name: "since", help: "option.help.since", Type: Date}
	until    = Option{Name: "until", help: "option.help.until", Type: Date}
	private  = Option{Name: "private", help: "option.help.private", Type: Bool}
)

// filters are the options that narrow what is searched.
func filters() []Option {
	source := Option{Name: "source", help: "option.help.source", Max: 300, Complete: completeSource, names: allSources}
	return []Option{source, since, until, private}
}
