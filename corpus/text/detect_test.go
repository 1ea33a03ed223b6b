package text_test

import (
	"testing"

	"example.org/attache/corpus/text"
)

var detectRows = map[string]struct{ language, body string }{
	"English":              {"en", "The foreign ministers of the two countries met in Oslo and agreed to reopen the border."},
	"short English":        {"en", "Vik is the head of the bank and of its board."},
	"English with Chinese": {"en", "The word 外交 is the Chinese for diplomacy, and it has been in use for more than a century."},
	"German":               {"de", "Die Außenminister der beiden Länder trafen sich in Oslo und einigten sich auf die Öffnung der Grenze."},
	"French":               {"fr", "Les ministres des deux pays se sont réunis à Oslo et ont décidé de rouvrir la frontière."},
	"Spanish":              {"es", "Los ministros de los dos países se reunieron en Oslo y acordaron reabrir la frontera."},
	"Portuguese":           {"pt", "Os ministros dos dois países reuniram-se em Oslo e não chegaram a um acordo sobre a fronteira."},
	"Italian":              {"it", "I ministri dei due paesi si sono incontrati a Oslo e hanno deciso di riaprire la frontiera."},
	"Dutch":                {"nl", "De ministers van de twee landen hebben elkaar in Oslo ontmoet en zijn het eens geworden."},
	"Russian":              {"ru", "Министры двух стран встретились в Осло и договорились о том, что граница будет открыта."},
	"Ukrainian":            {"uk", "Міністри двох країн зустрілися в Осло та домовилися про те, що кордон буде відкрито."},
	"Polish":               {"pl", "Ministrowie obu krajów spotkali się w Oslo i uzgodnili, że granica zostanie otwarta."},
	"Turkish":              {"tr", "İki ülkenin bakanları Oslo'da bir araya geldi ve sınırın açılması için anlaştı."},
	"Arabic":               {"ar", "اجتمع وزيرا خارجية البلدين في أوسلو واتفقا على إعادة فتح الحدود."},
	"Persian":              {"fa", "وزیران خارجه دو کشور در اسلو دیدار کردند و پس از گفتگو توافق شد."},
	"Hindi":                {"hi", "दोनों देशों के विदेश मंत्री ओस्लो में मिले और सीमा को खोलने पर सहमत हुए।"},
	"Korean":               {"ko", "두 나라의 외교장관은 오슬로에서 만나 국경을 다시 열기로 합의했다."},
	"Chinese":              {"zh", "两国外长在奥斯陆会晤，同意重新开放边境。"},
	"Japanese":             {"ja", "両国の外相はオスロで会談し、国境の再開に合意した。"},
	"Japanese, much Han":   {"ja", "両国外相会談、国境再開で合意。首脳会談の日程調整中。"},
	"Hebrew":               {"he", "שרי החוץ של שתי המדינות נפגשו באוסלו והסכימו לפתוח את הגבול."},
	"Greek":                {"el", "Οι υπουργοί των δύο χωρών συναντήθηκαν στο Όσλο."},
	"Czech":                {"cs", "Ministři zahraničí obou zemí se sešli v Oslu a dohodli se na otevření hranice."},
	"list of names":        {"", "1. Oslo FK ; 2. Bonn SC ; 3. Lima AC. Nov 12, 2019 ... 4. Turku BK ; 5. Riga FC ; 6. Graz SV"},
	"Bulgarian":            {"bg", "Министрите на двете страни се срещнаха в Осло и се съгласиха да отворят границата."},
	"Marathi":              {"mr", "दोन्ही देशांचे परराष्ट्रमंत्री ओस्लो मध्ये भेटले आणि त्यांनी सीमा उघडण्याचा निर्णय घेतला आहे."},
	"Swedish":              {"sv", "De båda ländernas ministrar möttes i Oslo och är nu överens om att öppna gränsen."},
	"Danish":               {"da", "De to landes ministre mødtes i Oslo og er blevet enige om at åbne grænsen."},
	"Vietnamese":           {"vi", "Bộ trưởng của hai nước đã gặp nhau tại Oslo và đồng ý mở lại biên giới."},
	"names only":           {"", "Oslo Bonn"},
	"no letters":           {"", "12.5 – 13.0"},
	"empty":                {"", ""},
}

func TestLanguage(t *testing.T) {
	for name, row := range detectRows {
		t.Run(name, func(t *testing.T) {
			if got := text.Language(row.body); got != row.language {
				t.Errorf("%q is told to be %q, want %q", row.body, got, row.language)
			}
		})
	}
}
