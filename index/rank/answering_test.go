package rank_test

import (
	"testing"

	"example.org/attache/index/rank"
)

// Each feature of an answer tells the sentence that answers from one that is
// only about the same.
func TestWhatAnswersIsToldFromWhatIsNear(t *testing.T) {
	for _, c := range []struct {
		question, title string
		answers, near   string
		more, less      []rank.Feature // that the one that answers has more, or less, of
	}{
		{"When was the treaty of Tarn signed?", "Treaty of Tarn",
			"The treaty of Tarn was signed in 1994.", "The treaty of Tarn is kept in Oslo.",
			[]rank.Feature{rank.Precise, rank.PreciseNear, rank.RelationNear}, []rank.Feature{rank.RelationOpen, rank.RelationAbsent, rank.LastAbsent}},
		{"When did the harbour of Tarn open?", "Tarn",
			"In 1994 the harbour of Tarn opened.", "The harbour of Tarn opens early on market days.",
			[]rank.Feature{rank.Precise}, nil},
		{"Who built the harbour?", "The harbour of Tarn",
			"The harbour was built by Ada Quist.", "The harbour was closed by Ada Quist.",
			nil, []rank.Feature{rank.FocusAbsent, rank.RelationOpen}},
		{"Who is the ambassador of Norway?", "Visits",
			"Ambassador Ada Quist of Norway came to Tarn.", "In Tarn the ambassador of Norway met a few of the fishermen of the village and their friend Ada Quist.",
			[]rank.Feature{rank.PreciseNear}, nil},
		{"How tall is the lighthouse of Tarn?", "The lighthouse of Tarn",
			"The lighthouse of Tarn is 40 metres tall.", "The lighthouse of Tarn has 40 lamps.",
			[]rank.Feature{rank.Measured}, nil},
		{"What is a weir?", "Rivers",
			"A weir is a low wall across a river.", "Where the river bends, a miller of Tarn has kept up a weir.",
			[]rank.Feature{rank.Defines}, nil},
		{"What was the first harbour of Tarn?", "Tarn",
			"The first harbour of Tarn lay below the church.", "The harbour of Tarn lay below the church.",
			nil, []rank.Feature{rank.StrongAbsent}},
		{"When was Ada Quist born?", "Ada Quist",
			"Ada Quist (3 March 1911 – 1990) was a judge.", "Ada Quist was a judge in Tarn since 1911.",
			[]rank.Feature{rank.Bracketed}, nil},
		{"Who won the race in 1994?", "The race of Tarn",
			"Ada Quist won the race in 1994.", "Ole Dahl won the race in 1996.",
			nil, []rank.Feature{rank.OtherYear}},
	} {
		q := rank.Understand(c.question, "en", now, known)
		p := passage("a", c.answers, c.near)
		p.Title = c.title
		f := featuresOf(t, q, p)
		answers, near := f[c.answers], f[c.near]
		for _, of := range c.more {
			if answers[of] <= near[of] {
				t.Errorf("%s: %s is %.2f of what answers, %.2f of what is near", c.question, rank.FeatureNames()[of], answers[of], near[of])
			}
		}
		for _, of := range c.less {
			if answers[of] >= near[of] {
				t.Errorf("%s: %s is %.2f of what answers, %.2f of what is near", c.question, rank.FeatureNames()[of], answers[of], near[of])
			}
		}
	}
}

// A document whose whole title is asked about is told from one that has a word
// of it.
func TestTitlesThatAreAskedAbout(t *testing.T) {
	q := rank.Understand("When was the treaty of Tarn signed?", "en", now, known)
	whole, part := passage("whole", "It was signed in 1994."), passage("part", "It was signed in 1996.")
	whole.Title, part.Title = "Treaty of Tarn", "Treaty ports of the northern coast"
	f := featuresOf(t, q, whole, part)
	a, b := f["It was signed in 1994."], f["It was signed in 1996."]
	if a[rank.TitleAsked] <= b[rank.TitleAsked] || a[rank.TitleNamed] != 1 || b[rank.TitleNamed] != 0 {
		t.Errorf("whole title: %.2f and %.0f, part of one: %.2f and %.0f", a[rank.TitleAsked], a[rank.TitleNamed], b[rank.TitleAsked], b[rank.TitleNamed])
	}
}
