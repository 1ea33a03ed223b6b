package near

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestSame(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
		why  string
	}{
		{"The council of Tolland reopened the northern harbour to foreign ships.", "The Council of Tolland re-opened the northern harbour to foreign ships", true, "a hyphen"},
		{"The council of Tolland reopened the northern harbour to foreign ships.", "The council of Tolland on Monday reopened the northern harbour to foreign ships.", true, "the day is put in"},
		{"The ministry's colour code was chosen by Sergei Arlov in the capital.", "The ministry's color code was chosen by Sergey Arlov in the capital.", true, "spellings"},
		{"Grain exports fell by 12 percent after the strait was closed to tankers.", "Grain exports fell by 12 per cent after the strait was closed to tankers.", true, "two words for one"},
		{"Grain exports fell by 12 percent after the strait was closed to tankers.", "Grain exports fell by 14 percent after the strait was closed to tankers.", false, "another number"},
		{"Grain exports fell after the strait was closed to tankers.", "Grain exports fell by a half after the strait was closed to tankers.", false, "a number more"},
		{"The council of Tolland reopened the northern harbour to foreign ships.", "The council of Tolland has not reopened the northern harbour to foreign ships.", false, "not"},
		{"The council of Tolland reopened the northern harbour to foreign ships.", "The council of Marrow reopened the northern harbour to foreign ships.", false, "another name"},
		{"The envoy of Iran left the talks in the northern capital early.", "The envoy of Iraq left the talks in the northern capital early.", false, "names that look alike"},
		{"The envoy will agree to the text of the northern treaty.", "The envoy agreed to the text of the northern treaty.", false, "another time"},
		{"The council accepted the plan of the northern league for the strait.", "The council rejected the plan of the northern league for the strait.", false, "another verb"},
		{"OSLO (NTB) — The council of Tolland reopened the northern harbour on Monday.", "GENEVA, 4 May (RTS) - The council of Tolland reopened the northern harbour on Monday.", true, "datelines"},
		{"He declined.", "He declined now.", false, "too short to tell"},
		{"The council of Tolland reopened the northern harbour.", "The council of Tolland reopened the northern harbour to foreign ships of the league after a winter of quarrels over fees.", false, "most of it is missing"},
		{"The council voted for the plan of the northern league on the strait.", "The council voted against the plan of the northern league on the strait.", false, "for and against"},
		{"The council sent ships to the northern harbour of Tolland.", "The council sent ships from the northern harbour of Tolland.", false, "to and from"},
		{"The envoy can sign the treaty on the northern harbour in time.", "The envoy can’t sign the treaty on the northern harbour in time.", false, "can't"},
		{"He signed the treaty on the northern harbour in time.", "She signed the treaty on the northern harbour in time.", false, "he and she"},
		{"The clash killed 12 soldiers in the northern harbour of Tolland.", "The clash killed more than 12 soldiers in the northern harbour of Tolland.", false, "more than"},
		{"The envoy refused to sign the treaty on the northern harbour.", "The envoy sign the treaty on the northern harbour.", false, "refused"},
		{"大臣は首都で北部の港に関する協定に署名した。", "大臣は首都で北部の港に関する協定に署名しなかった。", false, "not, in Japanese"},
		{"部长在首都会见了来自北方的代表团。", "部长在首都没会见了来自北方的代表团。", false, "not, in Chinese"},
	} {
		language := "en"
		switch {
		case strings.Contains(c.a, "は"):
			language = "ja"
		case c.a[0] >= 0x80:
			language = "zh"
		}
		for _, turned := range []bool{false, true} {
			a, b := c.a, c.b
			if turned {
				a, b = b, a
			}
			if got := NewWording(a, language).Same(NewWording(b, language)); got != c.want {
				t.Errorf("%s: %q and %q the same: %v", c.why, a, b, got)
			}
		}
	}
}

// story is a text of made-up words, always the same for a seed.
func story(seed uint64, words int) []string {
	r := rand.New(rand.NewPCG(seed, 1))
	all := make([]string, words)
	for i := range all {
		all[i] = fmt.Sprintf("w%d", r.IntN(5000))
	}
	return all
}

func sketchOf(words []string) Sketch {
	return NewSketch(slices.Values([]string{strings.Join(words, " ")}))
}

func TestGroup(t *testing.T) {
	edited := func(words []string, every int) []string {
		words = slices.Clone(words)
		for i := every; i < len(words); i += every {
			words[i] = "edited"
		}
		return words
	}
	long, other, note := story(1, 600), story(2, 500), story(3, 40)
	digest := slices.Concat(story(4, 700), other, story(5, 700))
	sketches := []Sketch{
		0: sketchOf(long),
		1: sketchOf(edited(long, 20)),                                // small edits
		2: sketchOf(long[:200]),                                      // cut short
		3: sketchOf(slices.Concat(story(6, 30), long, story(7, 50))), // another head and tail
		4: sketchOf(digest),                                          // holds another story whole
		5: sketchOf(other),
		6: sketchOf(note),
		7: sketchOf(edited(note, 15)),
		8: sketchOf(story(8, 300)), // by itself
		9: sketchOf(story(9, 5)),
	}
	got := fmt.Sprint(Group(sketches))
	if want := "[[3 0 1 2] [4 5] [6 7]]"; got != want {
		t.Errorf("the groups are %s, want %s", got, want)
	}
}

// What many unlike texts print, as a notice under each of them, joins none.
func TestGroupPassesOverSetPhrases(t *testing.T) {
	notice := story(1, 40)
	var sketches []Sketch
	for n := range 300 {
		sketches = append(sketches, sketchOf(slices.Concat(story(uint64(n+2), 300), notice)))
	}
	if groups := Group(sketches); len(groups) > 0 {
		t.Errorf("%d groups of texts that share a notice only", len(groups))
	}
}

func TestKey(t *testing.T) {
	key := func(s string) uint64 { return NewWording(s, "en").Key() }
	if key("The Minister, “Ann”, left.") != key("the minister \"Ann\" left") || key("not now") == key("now not") || key("…") != 0 {
		t.Error("keys are to tell words and their order, and nothing else")
	}
}

func FuzzSame(f *testing.F) {
	f.Add("The envoy left.", "The envoy has left 2 days ago.")
	f.Add("  - ", "0")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := NewWording(a, "en"), NewWording(b, "en")
		if x.Same(y) != y.Same(x) {
			t.Errorf("%q and %q: it depends on the order", a, b)
		}
		NewSketch(slices.Values([]string{a, b}))
	})
}

func BenchmarkSketch(b *testing.B) {
	text := strings.Join(story(1, 400), " ")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		NewSketch(slices.Values([]string{text}))
	}
}

func BenchmarkGroup(b *testing.B) {
	for name, copies := range map[string]int{"alone": 1, "copies": 10} {
		var sketches []Sketch
		for n := range 20_000 {
			sketches = append(sketches, sketchOf(story(uint64(n/copies), 400)))
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Group(sketches)
			}
		})
	}
}

// A negation is one with its accents and without.
func TestSameInOtherLanguages(t *testing.T) {
	for _, c := range []struct{ language, a, b string }{
		{"pt", "O conselho de Tolland reabriu o porto do norte aos navios estrangeiros.", "O conselho de Tolland não reabriu o porto do norte aos navios estrangeiros."},
		{"es", "El consejo de Tolland reabrió el puerto del norte a los barcos extranjeros.", "El consejo de Tolland jamás reabrió el puerto del norte a los barcos extranjeros."},
	} {
		if NewWording(c.a, c.language).Same(NewWording(c.b, c.language)) {
			t.Errorf("%q is the same as %q", c.a, c.b)
		}
	}
}
