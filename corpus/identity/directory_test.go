package identity_test

import (
	"slices"
	"testing"

	"example.org/attache/corpus/identity"
	"example.org/attache/corpus/speech"
)

func person(name string, gender speech.Gender, aliases []string, traits ...string) speech.Person {
	return speech.Person{Name: name, Gender: gender, Aliases: aliases, Traits: traits}
}

func TestDirectory(t *testing.T) {
	type doc = []speech.Person
	tests := map[string]struct {
		docs []doc
		want []string // names, most documents first
	}{
		"one person in two documents": {
			[]doc{{person("Lena Ortmann", speech.Female, nil)}, {person("Lena Ortmann", 0, nil)}},
			[]string{"Lena Ortmann"}},
		"middle initial and short form": {
			[]doc{{person("Michael Arden", speech.Male, nil)}, {person("Mike Arden", 0, nil)}, {person("Michael T. Arden", 0, nil)}},
			[]string{"Michael T. Arden"}},
		"a family of two": {
			[]doc{{person("Paul Arden", speech.Male, nil), person("Nora Arden", speech.Female, nil)}},
			[]string{"Paul Arden", "Nora Arden"}},
		"middle initials differ": {
			[]doc{{person("Paul W. Arden", 0, nil)}, {person("Paul H. Arden", 0, nil)}},
			[]string{"Paul W. Arden", "Paul H. Arden"}},
		"no middle initial, and two that fit": {
			[]doc{{person("Paul Arden", 0, nil)}, {person("Paul W. Arden", 0, nil)}, {person("Paul H. Arden", 0, nil)}},
			[]string{"Paul Arden", "Paul W. Arden", "Paul H. Arden"}},
		"a misspelling": {
			[]doc{{person("Phillip Arden", 0, nil)}, {person("Phillip Arden", 0, nil)}, {person("Philip Arden", 0, nil)}},
			[]string{"Phillip Arden"}},
		"father and son": {
			[]doc{{person("Paul Arden Sr.", 0, nil), person("Paul Arden Jr.", 0, nil)}},
			[]string{"Paul Arden Sr.", "Paul Arden Jr."}},
		"a son who is named beside his father": {
			[]doc{{person("Paul Arden", 0, nil), person("Paul Arden Jr.", 0, nil)}, {person("Paul Arden", 0, nil)}},
			[]string{"Paul Arden", "Paul Arden Jr."}},
		"a suffix that is left out": {
			[]doc{{person("Paul Arden Jr.", 0, nil)}, {person("Paul R. Arden", 0, nil)}},
			[]string{"Paul Arden Jr."}},
		"a bare name that is mostly one person's": {
			append([]doc{{person("Arden", 0, nil)}, {person("Nora Arden", 0, nil)}}, slices.Repeat([]doc{{person("Paul Arden", 0, nil)}}, 10)...),
			[]string{"Paul Arden", "Nora Arden"}},
		"the work tells namesakes apart": {
			[]doc{{person("Park Jin", 0, nil, "country:korea", "work:politics")}, {person("Park Jin", 0, nil, "work:sport")}},
			[]string{"Park Jin", "Park Jin"}},
		"the country tells namesakes apart": {
			[]doc{{person("Chen Li", 0, nil, "country:china")}, {person("Chen Li", 0, nil, "country:singapore")}},
			[]string{"Chen Li", "Chen Li"}},
		"offices of one time": {
			[]doc{{person("Paul Arden", 0, nil, "seat:mayor of springfield", "work:politics")}, {person("Paul Arden", 0, nil, "seat:senator", "work:politics")}},
			[]string{"Paul Arden", "Paul Arden"}},
		"offices of one time, and the same company": {
			[]doc{{person("Paul Arden", 0, nil, "seat:mayor"), person("Lena Ortmann", 0, nil), person("Peter Lund", 0, nil)},
				{person("Paul Arden", 0, nil, "seat:senator"), person("Lena Ortmann", 0, nil), person("Peter Lund", 0, nil)}},
			[]string{"Paul Arden", "Lena Ortmann", "Peter Lund"}},
		"an office of two places": {
			[]doc{{person("Paul Arden", 0, nil, "seat:mayor of springfield")}, {person("Paul Arden", 0, nil, "seat:mayor of portland")}},
			[]string{"Paul Arden", "Paul Arden"}},
		"an office without its place": {
			[]doc{{person("Paul Arden", 0, nil, "seat:mayor of springfield")}, {person("Paul Arden", 0, nil, "seat:mayor")}},
			[]string{"Paul Arden"}},
		"offices for two countries": {
			[]doc{{person("Paul Arden", 0, nil, "work:politics", "country:canada")}, {person("Paul Arden", 0, nil, "work:politics", "country:ireland")}},
			[]string{"Paul Arden", "Paul Arden"}},
		"a country said less fully": {
			[]doc{{person("Park Jin", 0, nil, "country:south korea")}, {person("Park Jin", 0, nil, "country:korea")}},
			[]string{"Park Jin"}},
		"namesakes, and one untold in the company of the second": {
			[]doc{{person("Paul Arden", 0, nil, "seat:mayor"), person("Anna Brandt", 0, nil)},
				{person("Paul Arden", 0, nil, "seat:senator"), person("Lena Ortmann", 0, nil)},
				{person("Paul Arden", 0, nil), person("Lena Ortmann", 0, nil)}},
			[]string{"Paul Arden", "Lena Ortmann", "Paul Arden", "Anna Brandt"}},
		"namesakes, and one of whom nothing is told": {
			[]doc{{person("Paul Arden", 0, nil, "seat:mayor")}, {person("Paul Arden", 0, nil, "seat:senator")}, {person("Paul Arden", 0, nil)}},
			[]string{"Paul Arden", "Paul Arden", "Paul Arden"}},
		"namesakes, one of them the usual one": {
			append(slices.Repeat([]doc{{person("Paul Arden", 0, nil, "seat:mayor")}}, 3), doc{person("Paul Arden", 0, nil, "seat:senator")}, doc{person("Paul Arden", 0, nil)}),
			[]string{"Paul Arden", "Paul Arden"}},
		"a bare name and nothing more": {
			[]doc{{person("Ortmann", 0, nil)}, {person("Lena Ortmann", speech.Female, nil)}},
			[]string{"Ortmann", "Lena Ortmann"}},
		"a bare name of somebody known": {
			[]doc{{person("Clinton", 0, nil)}, {person("Chelsea Clinton", speech.Female, nil)}, {person("Putin", 0, nil)}, {person("Jane Putin", speech.Female, nil, "work:science")}},
			[]string{"Clinton", "Chelsea Clinton", "Putin", "Jane Putin"}},
		"a bare name of the same office": {
			[]doc{{person("Ortmann", 0, nil, "office:chancellor")}, {person("Ortmann", 0, nil)}, {person("Lena Ortmann", speech.Female, nil, "office:chancellor", "country:germany")}},
			[]string{"Lena Ortmann", "Ortmann"}},
		"a bare name of the same office, shortened": {
			[]doc{{person("Park", 0, nil, "office:minister")}, {person("Park Jin", 0, nil, "office:foreign minister")}},
			[]string{"Park Jin"}},
		"a bare name of another office": {
			[]doc{{person("Kim", 0, nil, "office:defense minister")}, {person("Kim Min-su", 0, nil, "office:foreign minister")}},
			[]string{"Kim", "Kim Min-su"}},
		"a bare name of lower rank": {
			[]doc{{person("Arden", 0, nil, "office:deputy minister")}, {person("Paul Arden", 0, nil, "office:minister")}},
			[]string{"Arden", "Paul Arden"}},
		"a bare name of another country": {
			[]doc{{person("Arden", 0, nil, "office:minister", "country:france")}, {person("Paul Arden", 0, nil, "office:minister", "country:japan")}},
			[]string{"Arden", "Paul Arden"}},
		"a bare name of an office of two": {
			[]doc{{person("Arden", 0, nil, "office:senator")}, {person("Paul Arden", 0, nil, "office:senator")}, {person("Nora Arden", 0, nil, "office:senator")}},
			[]string{"Arden", "Paul Arden", "Nora Arden"}},
		"a bare name of an office that nearly all give to one": {
			append(slices.Repeat([]doc{{person("Paul Arden", 0, nil, "office:senator")}}, 10),
				doc{person("Nora Arden", 0, nil, "office:senator")}, doc{person("Arden", 0, nil, "office:senator")}),
			[]string{"Paul Arden", "Nora Arden"}},
		"a bare name in the same company": {
			[]doc{{person("Arden", 0, nil), person("Lena Ortmann", 0, nil), person("Peter Lund", 0, nil)},
				{person("Paul Arden", 0, nil), person("Lena Ortmann", 0, nil), person("Peter Lund", 0, nil)}},
			[]string{"Paul Arden", "Lena Ortmann", "Peter Lund"}},
		"a bare name beside one other": {
			[]doc{{person("Arden", 0, nil), person("Lena Ortmann", 0, nil)}, {person("Paul Arden", 0, nil), person("Lena Ortmann", 0, nil)}},
			[]string{"Lena Ortmann", "Arden", "Paul Arden"}},
		"a bare name beside those whom everybody names": {
			append([]doc{{person("Arden", 0, nil), person("Lena Ortmann", 0, nil), person("Peter Lund", 0, nil)},
				{person("Paul Arden", 0, nil), person("Lena Ortmann", 0, nil), person("Peter Lund", 0, nil)}},
				slices.Repeat([]doc{{person("Lena Ortmann", 0, nil), person("Peter Lund", 0, nil)}}, 5)...),
			[]string{"Lena Ortmann", "Peter Lund", "Arden", "Paul Arden"}},
		"a bare name with a usual bearer": {
			append([]doc{{person("Ortmann", 0, nil)}}, slices.Repeat([]doc{{person("Lena Ortmann", 0, nil)}}, 3)...),
			[]string{"Lena Ortmann"}},
		"a bare name that is mostly bare": {
			append(slices.Repeat([]doc{{person("Ortmann", 0, nil)}}, 4), slices.Repeat([]doc{{person("Lena Ortmann", 0, nil)}}, 3)...),
			[]string{"Ortmann", "Lena Ortmann"}},
		"a bare name beside another of the family": {
			append([]doc{{person("Arden", speech.Male, nil), person("Nora Arden", speech.Female, nil)}}, slices.Repeat([]doc{{person("Paul Arden", speech.Male, nil)}}, 12)...),
			[]string{"Paul Arden", "Arden", "Nora Arden"}},
		"a bare name with two bearers": {
			[]doc{{person("Arden", 0, nil)}, {person("Paul Arden", speech.Male, nil), person("Nora Arden", speech.Female, nil)}},
			[]string{"Arden", "Paul Arden", "Nora Arden"}},
		"a bare name that many bear": {
			[]doc{{person("Kim", 0, nil)}, {person("Kim Min-su", speech.Male, nil)}},
			[]string{"Kim", "Kim Min-su"}},
		"an initial that fits two": {
			[]doc{{person("J. Arden", 0, nil)}, {person("John Arden", speech.Male, nil), person("Jane Arden", speech.Female, nil)}},
			[]string{"J. Arden", "John Arden", "Jane Arden"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var d identity.Directory
			for i, people := range tt.docs {
				d.Add(string(rune('a'+i))+".txt", "2024-01-0"+string(rune('1'+i)), people)
			}
			var got []string
			for _, e := range d.People() {
				got = append(got, e.Name)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// Somebody can go from one office to the next.
func TestOfficesOneAfterAnother(t *testing.T) {
	for _, c := range []struct {
		then, now string
		want      int
	}{{"2004-05-06", "2012", 1}, {"2011-12-31", "2012-01-02", 2}, {"", "2012", 2}} {
		var d identity.Directory
		d.Add("a.txt", c.then, []speech.Person{person("Paul Arden", 0, nil, "seat:mayor")})
		d.Add("b.txt", c.now, []speech.Person{person("Paul Arden", 0, nil, "seat:senator")})
		if got := len(d.People()); got != c.want {
			t.Errorf("%q and %q: %d people, want %d", c.then, c.now, got, c.want)
		}
	}
}

// Who is who does not hang on the order of the documents.
func TestNamesakesInAnyOrder(t *testing.T) {
	docs := [][]speech.Person{
		{person("Paul Arden", 0, nil), person("Lena Ortmann", 0, nil)},
		{person("Paul Arden", 0, nil, "seat:mayor"), person("Lena Ortmann", 0, nil)},
		{person("Paul Arden", 0, nil, "seat:senator"), person("Peter Lund", 0, nil)},
		{person("Paul Arden", 0, nil), person("Peter Lund", 0, nil)},
	}
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {0, 3, 1, 2}, {2, 0, 3, 1}} {
		var d identity.Directory
		for _, i := range order {
			d.Add(string(rune('a'+i)), "", docs[i])
		}
		var got []string
		for _, e := range d.People() {
			if e.Name == "Paul Arden" {
				got = append(got, e.Appearances[0].Document+e.Appearances[1].Document)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, []string{"ab", "cd"}) {
			t.Errorf("order %v: %q", order, got)
		}
	}
}

func TestDirectoryEntry(t *testing.T) {
	var d identity.Directory
	d.Add("old.txt", "2023-05-01", []speech.Person{person("Lena Ortmann", 0, []string{"Ms. Ortmann"})})
	d.Add("new.txt", "2024-02-03", []speech.Person{person("Li Wei", 0, nil), person("Lena K. Ortmann", speech.Female, []string{"Chancellor Ortmann", "Ms. Ortmann"})})
	e := d.People()[0]
	if e.Name != "Lena K. Ortmann" || e.Gender != speech.Female {
		t.Errorf("got %q, gender %v", e.Name, e.Gender)
	}
	if want := []string{"Chancellor Ortmann", "Lena Ortmann", "Ms. Ortmann"}; !slices.Equal(e.Aliases, want) {
		t.Errorf("aliases %q, want %q", e.Aliases, want)
	}
	want := []identity.Appearance{{Document: "new.txt", Published: "2024-02-03", Person: 1}, {Document: "old.txt", Published: "2023-05-01", Person: 0}}
	if !slices.Equal(e.Appearances, want) {
		t.Errorf("appearances %v, want %v", e.Appearances, want)
	}
}

func TestKeysMeet(t *testing.T) {
	tests := []struct {
		typed, name string
		want        bool
	}{
		{"antony blinken", "Antony J. Blinken", true},
		{"Blinken", "Antony Blinken", true},
		{"Secretary of State Antony Blinken", "Antony Blinken", true},
		{"Secretary Blinken", "Antony Blinken", true},
		{"Minister Park", "Park Jin", true},
		{"Foreign Minister Park", "Park Jin", true},
		{"South Korean Foreign Minister Park Jin", "Park Jin", true},
		{"Mr. Chang", "Chang Jae-Bok", true},
		{"Mr Chang", "Chang Jae-Bok", true},
		{"Secretary of State Blinken", "Antony Blinken", true},
		{"Dr. Park", "Park Jin", true},
		{"Prime Minister Dr. Kishida", "Fumio Kishida", true},
		{"Korea's envoy Chang", "Chang Jae-Bok", true},
		{"Sec. Blinken", "Antony Blinken", true},
		{"FM Park", "Park Jin", true},
		{"His Excellency Chang Jae-Bok", "Chang Jae-Bok", true},
		{"India Haldane", "Paul Haldane", false},
		{"Dean Haldane", "Paul Haldane", false},
		{"White House adviser Blinken", "Antony Blinken", true},
		{"Blinken, secretary of state", "Antony Blinken", true},
		{"Blinken, Antony", "Antony Blinken", true},
		{"John King Smith", "Paul Smith", false},
		{"Minister for External Affairs Jaishankar", "Subrahmanyam Jaishankar", true},
		{"the Prime Minister Kishida", "Fumio Kishida", true},
		{"President Putin", "Vladimir Putin", true},
		{"Jae-bok Chang", "Chang Jae-Bok", true},
		{"Chang Jaebok", "Chang Jae-Bok", true},
		{"jin park", "Park Jin", true},
		{"José Álvarez", "Jose Alvarez", true},
		{"von der Leyen", "Ursula von der Leyen", true},
		{"Leyen", "Ursula von der Leyen", true},
		{"A. Blinken", "Antony Blinken", true},
		{"박진", "박진", true},
		{"岸本首相", "岸本文雄", false},
		{"岸本文雄首相", "岸本文雄", true},
		{"王明毅外长", "王明毅", true},
		{"Paul Arden", "Nora Arden", false},
		{"Jin", "Park Jin", false},
		{"", "Park Jin", false},
	}
	for _, tt := range tests {
		keys := identity.Keys(tt.name)
		typed := identity.Keys(tt.typed)
		got := len(typed) > 0 && slices.Contains(keys, typed[0])
		if got != tt.want {
			t.Errorf("%q finds %q: %v, want %v (keys %q and %q)", tt.typed, tt.name, got, tt.want, typed, keys)
		}
	}
}

func TestTitleOfATypedName(t *testing.T) {
	for typed, want := range map[string]string{
		"Foreign Minister Park Jin":        "foreign minister",
		"Paul Arden, mayor of Springfield": "mayor of springfield",
		"Mr. Arden":                        "",
		"Robert Stone, Sr.":                "",
		"Paul Arden":                       "",
		"":                                 "",
	} {
		if got := identity.Title(typed); got != want {
			t.Errorf("%q: title %q, want %q", typed, got, want)
		}
	}
}
