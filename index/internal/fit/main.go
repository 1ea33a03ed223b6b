// Fit finds the weights of the ranking model and of its confidence on
// questions with known answers, and writes them to a file with the figures
// they reach:
//
//	go run ./index/internal/fit -out index/rank/model.json DIR
//
// DIR holds the sets that sets.toml names, a folder each: corpus/, the
// documents, and questions.jsonl, a line each: {"question", "answers": ["…"],
// "documents": ["…"], "paragraph": "…"}; a quote is right when it is from one of
// the documents, over the paragraph where one is given, and holds one of the
// answers. A question without answers is one that the documents don't answer.
// bot/docs/RANKING.md says what is fitted, and how to read the report.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"sync"

	"example.org/attache/index/rank"
)

func main() {
	out := flag.String("out", "", "file to write the model to; none: only report")
	cache := flag.String("features", "", "file that keeps what was asked, to fit again without asking")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "fit: give the folder that holds the sets")
		os.Exit(2)
	}
	if err := run(context.Background(), *out, *cache, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out, cache, dir string) error {
	all, err := load(ctx, cache, dir)
	if err != nil {
		return err
	}
	var ranking, confidence linear
	var work sync.WaitGroup
	if out != "" {
		work.Go(func() {
			ranking = fitRanking(all)
			confidence = fitConfidence(ranking, all)
		})
	}
	judged := crossValidate(all)
	border := borderOf(judged)
	figures := report(os.Stdout, judged, border)
	work.Wait()
	if out == "" {
		return nil
	}
	m := rank.Model{Figures: figures, Border: border,
		Ranking: ranking.weights(rank.FeatureNames()), Confidence: confidence.weights(rank.EvidenceNames())}
	b, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(out, append(b, '\n'), 0o644)
}

// folds is into how many parts the articles are dealt: each is judged by weights
// that were fitted on the others.
const folds = 3

// crossValidate judges every question with weights that have seen none of its
// articles.
func crossValidate(all []asked) []judgement {
	var byFold [folds][]judgement
	var work sync.WaitGroup
	for fold := range folds {
		work.Go(func() {
			var train []asked
			for _, a := range all {
				if a.Article%folds != fold {
					train = append(train, a)
				}
			}
			ranking := fitRanking(train)
			confidence := fitConfidence(ranking, train)
			for i := range all {
				if a := &all[i]; a.Article%folds == fold {
					byFold[fold] = append(byFold[fold], judge(ranking, confidence, a))
				}
			}
		})
	}
	work.Wait()
	return slices.Concat(byFold[:]...)
}
