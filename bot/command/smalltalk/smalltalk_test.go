package smalltalk_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"example.org/attache/bot/command/smalltalk"
)

func TestWhatAsksNothingOfDocumentsIsSmallTalk(t *testing.T) {
	for said, want := range map[string]string{
		"Hello!": "greeting en", "hey there bot 👋": "greeting en", "Thanks a lot!!": "thanks en", "thank you so much for the help": "thanks en",
		"Who are you?": "identity en", "hi, who are you": "identity en", "What can you do?": "ability en", "HELP": "ability en",
		"Hello! How are you? What can you do?": "ability en", "what documents do you have?": "documents en", "How do I add a document?": "adding en",
		"you're useless": "insult en", "Write me a poem about Taiwan": "task en", "tell me a joke please": "task en",
		"What do you think about Trump?": "opinion en", "Do you like China?": "opinion en", "good night": "farewell en", "How are you?": "wellbeing en",
		"Guten Tag, wer bist du?": "identity de", "Vielen Dank!": "thanks de", "Was denkst du über Merkel?": "opinion de", "Schreib ein Gedicht über Bern": "task de",
		"Bonjour": "greeting fr", "Qui es-tu ?": "identity fr", "Que peux-tu faire ?": "ability fr", "Comment ajouter un document ?": "adding fr",
		"¡Hola!": "greeting es", "¿Quién eres?": "identity es", "¿Qué puedes hacer?": "ability es", "¿Qué opinas de la OTAN?": "opinion es",
		"Olá, quem é você?": "identity pt", "Obrigado!": "thanks pt", "Chi sei?": "identity it", "Grazie mille": "thanks it", "Raccontami una barzelletta": "task it",
		"Привет! Кто ты?": "identity ru", "Что ты умеешь?": "ability ru", "спасибо": "thanks ru", "Как добавить документ?": "adding ru",
		"مرحبا": "greeting ar", "من أنت؟": "identity ar", "شكرا جزيلا": "thanks ar", "ما رأيك في الصين؟": "opinion ar",
		"안녕하세요": "greeting ko", "넌 누구야?": "identity ko", "뭐 할 수 있어?": "ability ko", "감사합니다!": "thanks ko", "농담 하나 해줘": "task ko",
		"こんにちは": "greeting ja", "あなたは誰ですか？": "identity ja", "何ができますか？": "ability ja", "ありがとうございます": "thanks ja", "どんな文書がありますか？": "documents ja",
		"你好": "greeting zh", "你是谁？": "identity zh", "你能做什么？": "ability zh", "谢谢你": "thanks zh", "你怎么看台湾问题？": "opinion zh", "如何添加文档？": "adding zh",
	} {
		kind, language, ok := smalltalk.Read(said)
		if got := string(kind) + " " + language; got != want || !ok {
			t.Errorf("%q is %s (%v), want %s", said, got, ok, want)
		}
	}
}

func TestAQuestionIsNeverSmallTalk(t *testing.T) {
	for _, said := range []string{
		"who is Yu", "Who are the Quad?", "hello kitty museum treaty", "Help for Ukraine", "Good Friday Agreement", "thank you note diplomacy",
		"What documents do the ministers have?", "What documents did they sign?", "How do I apply for a visa?", "What can the UN do?", "What can you do in Seoul?",
		"What do the Chinese think about Taiwan?", "Do you know when Blinken will be in India?", "tell me about Taiwan", "What do you know about Taiwan?",
		"Write-offs of debt in 2023", "test ban treaty", "ping pong diplomacy", "Cool War", "Great Britain", "hi-tech exports", "Morning Star", "Bye-election in Kent",
		"who", "why", "when?", "the", "", "?", "🙂", "Nice Treaty", "OK Corral", "Who is the greatest?", "Is it wrong to sell arms?", "Are you there yet in Busan",
		"hello blinken india", "Did Trump say thanks?", "How are you defining sanctions?", "Help!ed by whom",
		"Wer ist Scholz?", "Was kann die NATO?", "Danke-Brief an Kohl", "Qui est Macron ?", "¿Quién es Petro?", "Chi è Draghi?", "Кто такой Лавров?", "Что умеет НАТО?",
		"من هو بوتين؟", "박진은 누구야?", "안녕 리그 조약", "한국은 뭘 할 수 있어?", "岸田は誰ですか？", "誰？", "日本は何ができますか？", "习近平是谁？", "你好学校条约", "台湾能做什么？", "为什么？",
		"مرحبا بكم في عمان اتفاق", strings.Repeat("hello ", 400),
	} {
		if kind, language, ok := smalltalk.Read(said); ok {
			t.Errorf("%q is taken for %s (%s)", said, kind, language)
		}
	}
}

// Each language has all kinds, no phrase twice, and none that another kind of
// its own has too, but for those that are said on more than one occasion.
func TestEveryLanguageHasEveryKind(t *testing.T) {
	files, err := os.ReadDir("data")
	if err != nil || len(files) < 11 {
		t.Fatal(len(files), err)
	}
	kinds := []smalltalk.Kind{smalltalk.Greeting, smalltalk.Thanks, smalltalk.Farewell, smalltalk.Wellbeing, smalltalk.Identity, smalltalk.Ability,
		smalltalk.Documents, smalltalk.Adding, smalltalk.Insult, smalltalk.Task, smalltalk.Opinion, "filler"}
	for _, f := range files {
		raw, err := os.ReadFile("data/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		var lists map[smalltalk.Kind][]string
		if err := toml.Unmarshal(raw, &lists); err != nil {
			t.Fatalf("%s: %v", f.Name(), err)
		}
		for kind, list := range lists {
			if !slices.Contains(kinds, kind) {
				t.Errorf("%s: unknown kind %s", f.Name(), kind)
			}
			seen := map[string]bool{}
			for _, s := range list {
				if seen[s] || strings.TrimSpace(s) != s || s == "" || s == "…" {
					t.Errorf("%s: %s has %q twice, or with blanks", f.Name(), kind, s)
				}
				seen[s] = true
			}
		}
		for _, kind := range kinds {
			if len(lists[kind]) == 0 {
				t.Errorf("%s lacks %s", f.Name(), kind)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"hello there, who are you", "你好吗", "안녕 봇아", "write me a poem", "Hi hi hi hi"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		kind, language, ok := smalltalk.Read(s)
		if ok != (kind != "") || ok != (language != "") || kind == "filler" {
			t.Errorf("%q is %q (%q, %v)", s, kind, language, ok)
		}
		const iotaBelow = "\u0345" // becomes a letter of its own in capitals
		if ok && len(s) < 300 && utf8.ValidString(s) && !strings.Contains(s, iotaBelow) {
			loud := strings.ToUpper(s)
			if again, _, still := smalltalk.Read("  " + loud + " !!"); !still && strings.EqualFold(s, loud) {
				t.Errorf("%q is %s, but not in capitals (%s)", s, kind, again)
			}
		}
	})
}
