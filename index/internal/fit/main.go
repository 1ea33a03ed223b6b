// Fit finds the weights of the ranking model and of its confidence on
// questions with known answers, and writes them to a file with the figures
// they reach.
//
//	go run ./index/internal/fit -out index/rank/model.json SET…
//
// A SET is a folder with corpus/, the documents, and questions.jsonl, a line
// each: {"question", "answers": ["…"], "documents": ["…"], "paragraph": "…"};
// a quote is right when it is from one of the documents, over the paragraph
// where one is given, and holds one of the answers. A question without answers
// is one that the documents don't answer. "SET+DIR" lays the documents of DIR
// among those of the set.
//
// Every question is also asked of a corpus that lacks its documents, so that
// the confidence learns to tell, and of folders of a few documents that hold or
// lack its own ("NAME few" in the report), where words are rare or missing for
// no other reason than that there are few. What is written is fitted on
// everything; the figures are those of two halves, each measured with the
// weights of the other. Halves are by document, the same in every set.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"attache/index/rank"
)

func main() {
	out := flag.String("out", "", "file to write the model to; none: only report")
	flag.Parse()
	if err := run(context.Background(), *out, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out string, folders []string) error {
	var all []asked
	for _, folder := range folders {
		name, with, _ := strings.Cut(folder, "+")
		set, err := askSet(ctx, name, with)
		if err != nil {
			return err
		}
		all = append(all, set...)
		fmt.Fprintf(os.Stderr, "%s: %d questions asked\n", name, len(set))
	}
	figures := crossValidate(all)
	ranking := fitRanking(all)
	confidence := fitConfidence(ranking, all)
	for _, line := range report("fitted on all", ranking, confidence, all, nil) {
		fmt.Println(line)
	}
	if out == "" {
		return nil
	}
	m := rank.Model{Fitted: time.Now().Format(time.DateOnly), Figures: figures,
		Ranking: ranking.weights(rank.FeatureNames()), Confidence: confidence.weights(rank.EvidenceNames())}
	b, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(out, append(b, '\n'), 0o644)
}

// crossValidate fits on one half of the documents' questions and measures on
// the other, both ways.
func crossValidate(all []asked) map[string]float64 {
	figures := map[string]float64{}
	var tested []asked
	var models [2]linear
	var judges [2]linear
	for half := range 2 {
		var train []asked
		for _, a := range all {
			if a.half != half {
				train = append(train, a)
			}
		}
		models[half] = fitRanking(train)
		judges[half] = fitConfidence(models[half], train)
	}
	for _, a := range all {
		m, c := models[a.half], judges[a.half]
		a.order, a.sure = m.order(a), 0
		a.sure = c.probability(m.evidence(a))
		tested = append(tested, a)
	}
	for _, line := range report("each half with the weights of the other", linear{}, linear{}, tested, figures) {
		fmt.Println(line)
	}
	return figures
}
