package speech_test

import (
	"slices"
	"testing"

	"attache/corpus/speech"
)

// reportedIn are the reported statements of a text, each as its speaker and
// its words.
func reportedIn(body, language string) (got []string) {
	x := textOf(body)
	x.Language = language
	all, people := speech.Read(x)
	for _, s := range all {
		if s.Kind == speech.Reported {
			got = append(got, s.Speaker(people)+": "+s.Span.In(body))
		}
	}
	return got
}

func TestReported(t *testing.T) {
	const intro = "Chancellor Lena Ortmann met Foreign Minister Gerald Haldane and the opposition leader Peter Lund in Bonn.\n"
	tests := map[string]struct {
		body string
		want []string
	}{
		"said that":                {"Ortmann said that the treaty would be signed on Friday.", []string{"Lena Ortmann: Ortmann said that the treaty would be signed on Friday."}},
		"without that":             {"On Monday, Mr. Haldane said the border would stay open all winter.", []string{"Gerald Haldane: On Monday, Mr. Haldane said the border would stay open all winter."}},
		"at the end":               {"The border will stay open all winter, Haldane said.", []string{"Gerald Haldane: The border will stay open all winter, Haldane said."}},
		"verb first":               {"The border will stay open all winter, said Haldane.", []string{"Gerald Haldane: The border will stay open all winter, said Haldane."}},
		"according to":             {"The border will stay open all winter, according to Haldane.", []string{"Gerald Haldane: The border will stay open all winter, according to Haldane."}},
		"told reporters":           {"Ortmann told reporters on Monday that the treaty was ready for its signatures.", []string{"Lena Ortmann: Ortmann told reporters on Monday that the treaty was ready for its signatures."}},
		"who called for":           {"Lund, who called for an end of the talks, left Bonn in the evening.", []string{"Peter Lund: Lund, who called for an end of the talks, left Bonn in the evening."}},
		"two verbs":                {"Ortmann welcomed the treaty and urged both parliaments to approve it by June.", []string{"Lena Ortmann: Ortmann welcomed the treaty and urged both parliaments to approve it by June."}},
		"she":                      {"Ortmann turned to the treaty. She said that it would be signed on Friday.", []string{"Lena Ortmann: She said that it would be signed on Friday."}},
		"the chancellor":           {"The chancellor said that the treaty would be signed on Friday.", []string{"Lena Ortmann: The chancellor said that the treaty would be signed on Friday."}},
		"passed on":                {"The Herald reported that Haldane said the border would stay open all winter.", []string{"Gerald Haldane: The Herald reported that Haldane said the border would stay open all winter."}},
		"country":                  {"India said on Monday that it would send two ships to the strait.", []string{"India: India said on Monday that it would send two ships to the strait."}},
		"unnamed":                  {"Border officials said that the border would stay open all winter.", []string{": Border officials said that the border would stay open all winter."}},
		"several":                  {"Haldane and Lund said that the border would stay open all winter.", []string{": Haldane and Lund said that the border would stay open all winter."}},
		"scrap of quotation":       {"Ortmann called the treaty a “turning point” for both countries and their people.", []string{"Lena Ortmann: Ortmann called the treaty a “turning point” for both countries and their people."}},
		"behind a quotation":       {"“The treaty that we have worked on for nine years is ready at last,” Ortmann said, but Lund told reporters that nobody in parliament had read it.", []string{"Peter Lund: Lund told reporters that nobody in parliament had read it."}},
		"two speakers":             {"Ortmann said that the treaty was ready to be signed, while Lund said that nobody had read it.", []string{"Lena Ortmann: Ortmann said that the treaty was ready to be signed", "Peter Lund: Lund said that nobody had read it."}},
		"only a quotation":         {"“The treaty is ready to be signed this week,” Ortmann said on Monday.", nil},
		"wish":                     {"Ortmann wants the treaty to be signed on Friday.", nil},
		"plan":                     {"Haldane plans to travel to the border on Friday.", nil},
		"belief":                   {"Lund believes that the treaty will fail in parliament.", nil},
		"occasion":                 {"Ortmann spoke for an hour before the guests in Bonn.", nil},
		"no answer":                {"Lund had no answer for the reporters in Bonn.", nil},
		"a quotation left open":    {"The border will stay open all winter” Haldane said on Monday evening.", nil},
		"noun of the same letters": {"The charges against the company of Haldane were dropped on Friday.", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := reportedIn(intro+tt.body, "en"); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
