package command_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"example.org/attache/bot/command"
	"example.org/attache/corpus"
)

func sayTo(t *testing.T, b *command.Bot, said string) command.Reply {
	t.Helper()
	return b.Do(t.Context(), "ask", &command.Call{Options: map[string]string{"question": said}, User: "1"})
}

func linesOf(r command.Reply) (all []string) {
	for _, s := range r.Sections {
		all = append(all, s.Heading)
		all = append(all, s.Lines...)
	}
	return append(all, r.Notes...)
}

func TestSmallTalkGetsAFriendlyWordAndQuestionsThatAreAnswered(t *testing.T) {
	b := newBot(t, corpus.Builtin())
	for said, want := range map[string]string{
		"Hello!": "Hello!", "who are you?": "I am Attaché", "What documents do you have?": "/sources lists", "how do I add a document?": "/admin add",
		"you are useless": "I am sorry", "write me a poem": "I only quote", "what do you think of Trump?": "I have no opinions", "help": "Ask me anything",
		"안녕하세요": "안녕하세요!", "谢谢": "不客气。", "Wer bist du?": "Ich bin Attaché",
	} {
		r := sayTo(t, b, said)
		lines := strings.Join(linesOf(r), "\n")
		if r.Failed || !strings.Contains(lines, want) || strings.Contains(lines, "found nothing") || !strings.Contains(lines, "/help") {
			t.Errorf("%q is answered %q", said, lines)
		}
		samples := r.Sections[len(r.Sections)-1].Lines
		if len(samples) != 2 {
			t.Fatalf("%q is answered with the questions %q", said, samples)
		}
		for _, q := range samples {
			if found := sayTo(t, b, q); len(found.Sections) == 0 || len(found.Sections[0].Quotes) == 0 || strings.Contains(strings.Join(linesOf(found), "\n"), "found nothing") {
				t.Errorf("the documents don't answer %q", q)
			}
		}
	}
	if kept := sayTo(t, b, "who is Yu"); !strings.Contains(strings.Join(linesOf(kept), "\n"), "found nothing") {
		t.Errorf("a question is taken for small talk: %q", linesOf(kept))
	}
}

// Whoever the documents call by a word of greeting can be asked for.
func TestSomebodysNameIsNoSmallTalk(t *testing.T) {
	b := newBot(t, fstest.MapFS{"a.txt": {Data: []byte("President Salve Moin, 52, agreed to the lease of the quay. “It runs for twelve years,” said Salve Moin.\n")}})
	if r := sayTo(t, b, "Salve Moin"); quotes(r) == "" {
		t.Errorf("got %q", linesOf(r))
	}
	if r := sayTo(t, b, "salve!"); !strings.Contains(strings.Join(linesOf(r), "\n"), "Ciao!") {
		t.Errorf("got %q", linesOf(r))
	}
}

func TestSmallTalkIsAnsweredWithoutDocumentsToo(t *testing.T) {
	b := newBot(t, fstest.MapFS{})
	if r := sayTo(t, b, "hello"); !strings.Contains(strings.Join(linesOf(r), "\n"), "Hello!") {
		t.Errorf("got %q", linesOf(r))
	}
}

// Documents where nobody says a word, and those in other languages, have questions
// of their own.
func TestQuestionsToShowAreFoundInAllKindsOfDocuments(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"nobody speaks": {"Talks in Lisbon\n\nFrench Foreign Minister Odile Varenne met the press in Lisbon on Monday. Portuguese Prime Minister Rui Salgueiro left for Madrid on the same day. French Foreign Minister Odile Varenne returns on Friday.\n",
			[]string{"Odile Varenne", "Portuguese Prime Minister"}},
		"two languages": {"한일 회담\n\n박진 외교부 장관은 7일 서울에서 하야시 외무상과 회담했다. 두 장관은 저녁에 만찬을 함께했다. 항구의 어민들은 새 부두를 기다린다. 박진 장관은 \"대만과 대만 해협의 평화가 중요하다\"고 말했다. 다음 회담은 봄에 열린다.\n", []string{"박진은(는) 대만에 대해 뭐라고 말했나요?"}},
	} {
		b := newBot(t, fstest.MapFS{"a.txt": {Data: []byte(c.text)}})
		r := sayTo(t, b, "hello")
		shown := r.Sections[len(r.Sections)-1].Lines
		if len(shown) != len(c.want) {
			t.Errorf("%s: shown are %q, want %q", name, shown, c.want)
			continue
		}
		for i, q := range shown {
			if !strings.Contains(q, c.want[i]) {
				t.Errorf("%s: %q is shown, want %q", name, q, c.want[i])
			}
		}
	}
}
