package command_test

import (
	"strings"
	"testing"

	"example.org/attache/bot/command"
	"example.org/attache/corpus"
)

func subjectOf(name string, options ...string) command.Subject {
	s := command.Subject{Command: name, Options: map[string]string{}}
	for i := 0; i < len(options); i += 2 {
		s.Options[options[i]] = options[i+1]
	}
	return s
}

// told writes subjects for comparison.
func told(all []command.Subject) string {
	var lines []string
	for _, s := range all {
		line := s.Command
		for o, v := range s.All() {
			line += " " + o.Name + "=" + v
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, " | ")
}

func TestWhatIsSaidIsUnderstoodByTheQuestionBefore(t *testing.T) {
	b := newBot(t, corpus.Builtin())
	lu := subjectOf("ask", "question", "What did Donald Lu say about India?", "since", "2023")
	for _, c := range []struct {
		before command.Subject
		said   string
		want   string
	}{
		{command.Subject{}, "and in Japan?", "ask question=and in Japan?"},
		{lu, "and about Japan?", "ask question=What did Donald Lu say about Japan? since=2023"},
		{lu, "And Park Jin?", "ask question=What did Park Jin say about India? since=2023"},
		{lu, "and in 2022?", "ask question=What did Donald Lu say about India in 2022?"},
		{lu, "when?", "ask question=When? (What did Donald Lu say about India?) since=2023"},
		{lu, "Who is Park Jin?", "ask question=Who is Park Jin?"},
		{lu, "And who is Park Jin?", "ask question=Who is Park Jin?"},
		{subjectOf("ask", "question", "nuclear energy", "speaker", "Donald Lu"), "and Park Jin?", "ask question=nuclear energy speaker=Park Jin"},
		{subjectOf("who", "name", "Donald Lu"), "and Park Jin?", "who name=Park Jin"},
		{subjectOf("who", "name", "Donald Lu"), "What did he say about India?", "ask question=What did Donald Lu say about India?"},
		{subjectOf("said", "speaker", "Donald Lu", "topic", "India"), "and about Japan?", "ask question=What did Donald Lu say about Japan?"},
		{subjectOf("said", "speaker", "Donald Lu"), "about Japan?", "ask question=What did Donald Lu say about Japan?"},
		{subjectOf("timeline", "topic", "talks with India", "until", "2024"), "and with Japan?", "timeline topic=talks with Japan until=2024"},
		{subjectOf("timeline", "topic", "talks with India"), "why?", "ask question=Why? (talks with India)"},
		{subjectOf("sources", "query", "korea"), "and Japan?", "ask question=and Japan?"},
		// two questions, and no more
		{command.Subject{}, "When will Blinken be in India? And in Japan?", "ask question=When will Blinken be in India? | ask question=When will Blinken be in Japan?"},
		{command.Subject{}, "Who is Park Jin?? Where was Chang born?! Why?", "ask question=Who is Park Jin?? | ask question=Where was Chang born?! | further"},
		{command.Subject{}, "who is park jin\nwhen will blinken be in india", "ask question=who is park jin | ask question=when will blinken be in india"},
		{command.Subject{}, "When will Blinken be in India? and who is Park Jin", "ask question=When will Blinken be in India? | ask question=Who is Park Jin"},
		{command.Subject{}, "朴振是谁？布林肯什么时候去印度？", "ask question=朴振是谁？ | ask question=布林肯什么时候去印度？"},
		{command.Subject{}, "Chang spoke in Delhi. What did he say?", "ask question=Chang spoke in Delhi. What did he say?"},
		{command.Subject{}, "Is https://mfa.example/?q=1 right? I doubt it.", "ask question=Is https://mfa.example/?q=1 right? I doubt it."},
		{command.Subject{}, `Who asked “why? and when?” in Seoul?`, "ask question=Who asked “why? and when?” in Seoul?"},
		{command.Subject{}, "Hello! When will Blinken be in India? Thanks a lot!", "ask question=When will Blinken be in India?"},
		{command.Subject{}, "hi, who is Park Jin", "ask question=who is Park Jin"},
		{command.Subject{}, "Hello! Who are you? What can you do?", "ask question=Hello! Who are you? What can you do?"},
		{lu, "thanks", "ask question=thanks"},
		{lu, "Thanks! And Park Jin?", "ask question=What did Park Jin say about India? since=2023"},
		{command.Subject{}, "nuclear\nenergy", "ask question=nuclear energy"},
		{command.Subject{}, "", "ask"},
	} {
		asked, further := b.Understand(t.Context(), map[string]string{"question": c.said}, c.before)
		got := told(asked)
		if further {
			got += " | further"
		}
		if got != c.want {
			t.Errorf("%q after %v is %s, want %s", c.said, told([]command.Subject{c.before}), got, c.want)
		}
	}
}

func TestOnlyWhatMayFollowUpIsLookedUp(t *testing.T) {
	b := newBot(t, corpus.Builtin())
	for said, want := range map[string]bool{"and in Japan?": true, "when?": true, "what did he say?": true, "그럼 일본은?": true,
		"Who is Park Jin?": false, "thanks": false, "When will Blinken be in India?": false, "": false} {
		if got := b.MayFollowUp(t.Context(), said); got != want {
			t.Errorf("%q: %v", said, got)
		}
	}
}

func FuzzUnderstand(f *testing.F) {
	b := newBot(f, corpus.Builtin())
	f.Add("When? And “who? me” in Japan? x", "ask", "Who is Park Jin?")
	f.Add("日本は？それで？", "who", "Park Jin")
	f.Fuzz(func(t *testing.T, said, name, value string) {
		before := subjectOf(name, "question", value, "name", value, "topic", value, "speaker", value)
		asked, _ := b.Understand(t.Context(), map[string]string{"question": said}, before)
		if len(asked) < 1 || len(asked) > 2 {
			t.Fatalf("%d questions in %q", len(asked), said)
		}
		for _, s := range asked {
			if _, ok := command.Find(s.Command); !ok {
				t.Errorf("%q uses %q", said, s.Command)
			}
		}
	})
}
