package text_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"

	"example.org/attache/corpus/text"
)

func TestDecode(t *testing.T) {
	const korean = "두 나라의 외교장관은 오슬로에서 만나 국경을 다시 열기로 합의했다. 회담은 세 시간 동안 이어졌다."
	const japanese = "両国の外相はオスロで会談し、国境の再開に合意した。会談は三時間に及んだ。"
	const chinese = "两国外长在奥斯陆会晤，同意重新开放边境。会谈持续了三个小时，双方发表了联合声明。"
	const russian = "Министры двух стран встретились в Осло и договорились о том, что граница будет открыта."
	const english = "The envoy’s café talks – “frank” ones – cost €30."
	rows := map[string]struct{ charset, declared, body string }{
		"UTF-8":                        {"utf-8", "", english},
		"UTF-8 that is declared wrong": {"utf-8", "windows-1252", english},
		"windows-1252":                 {"windows-1252", "", english},
		"windows-1252, declared":       {"windows-1252", "iso-8859-1", english},
		"UTF-16LE without mark":        {"utf-16le", "", english},
		"UTF-16BE without mark":        {"utf-16be", "", english},
		"EUC-KR":                       {"euc-kr", "", korean},
		"Shift-JIS":                    {"shift_jis", "", japanese},
		"EUC-JP":                       {"euc-jp", "", japanese},
		"ISO-2022-JP":                  {"iso-2022-jp", "", japanese},
		"GB18030":                      {"gb18030", "", chinese},
		"Big5":                         {"big5", "", "兩國外長在奧斯陸會晤，同意重新開放邊境。會談持續了三個小時，雙方發表了聯合聲明。"},
		"windows-1251":                 {"windows-1251", "", russian},
		"KOI8-R":                       {"koi8-r", "", russian},
		"windows-1250, Czech":          {"windows-1250", "", "Ministr přijel do přístavu v pondělí ráno. Most přes řeku byl deset let zavřený a lidé na tento den dlouho čekali. Starosta řekl, že příští rok začne stavba nové lávky."},
		"ISO-8859-2, Polish":           {"iso-8859-2", "", "Minister przybył do portu w poniedziałek rano. Most przez rzekę był zamknięty przez dziesięć lat, a ludzie długo czekali na ten dzień."},
		"ISO-8859-2, Hungarian":        {"iso-8859-2", "", "A külügyminiszter hétfőn érkezett a kikötőbe. A híd tíz évig zárva volt, és az emberek régóta várták ezt a napot, hogy végre átkeljenek."},
		"windows-1254, Turkish":        {"windows-1254", "", "Bakan pazartesi sabahı limana geldi. Köprü on yıldır kapalıydı ve insanlar bu günü çok uzun zamandır bekliyordu. Başkan yeni bir köprü için söz verdi."},
		"windows-1252, French":         {"windows-1252", "", "Le ministre est arrivé au port où il a été reçu. Le pont était fermé depuis dix années, et les habitants espéraient ce jour-là plutôt que naguère."},
		"windows-1252, Danish":         {"windows-1252", "", "Ministeren ankom til havnen mandag. Broen over åen var lukket i ti år, og folk på øen havde længe ventet på den dag."},
		"Greek, declared":              {"iso-8859-7", "iso-8859-7", "Οι υπουργοί συναντήθηκαν."},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			enc, err := htmlindex.Get(row.charset)
			if err != nil {
				t.Fatal(err)
			}
			data, err := enc.NewEncoder().Bytes([]byte(row.body))
			if err != nil {
				t.Fatal(err)
			}
			got, err := text.Decode(data, row.declared)
			if err != nil || got != row.body {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestDecodeMarksLinesAndDamage(t *testing.T) {
	rows := map[string]struct{ data, want string }{
		"UTF-8 mark":           {"\xef\xbb\xbfPact", "Pact"},
		"UTF-16LE mark":        {"\xff\xfeP\x00a\x00", "Pa"},
		"UTF-16BE mark":        {"\xfe\xff\x00P\x00a", "Pa"},
		"line ends":            {"a\r\nb\rc\n", "a\nb\nc\n"},
		"UTF-8 with an escape": {"größer \x1b$", "größer \x1b$"},
		"damaged UTF-8":        {strings.Repeat("été ", 20) + "\xff!", strings.Repeat("été ", 20) + "\ufffd!"},
	}
	for name, row := range rows {
		if got, err := text.Decode([]byte(row.data), ""); err != nil || got != row.want {
			t.Errorf("%s: got %q, %v; want %q", name, got, err, row.want)
		}
	}
	for name, data := range map[string]string{"zeros": "GIF89a\x00\x00\x01", "controls": "\x01\x02\x03abc"} {
		if got, err := text.Decode([]byte(data), ""); !errors.Is(err, text.ErrBinary) {
			t.Errorf("%s: got %q, %v; want ErrBinary", name, got, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("The pact"), "")
	f.Add([]byte("\xff\xfeP\x00"), "")
	f.Add([]byte("\xb5\xce \xb3\xaa\xb6\xf3"), "euc-kr")
	f.Fuzz(func(t *testing.T, data []byte, declared string) {
		if got, err := text.Decode(data, declared); err == nil && (!utf8.ValidString(got) || strings.Contains(got, "\r")) {
			t.Errorf("%q decodes to %q", data, got)
		}
	})
}
