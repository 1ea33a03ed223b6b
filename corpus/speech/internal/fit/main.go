// Fit fits the weights of package attribute on texts whose quotations are annotated
// with their sources, and writes them to the data files.
//
//	go run ./corpus/speech/internal/fit -texts DIR [-reported FILE] [-out corpus/speech/internal/attribute/data] FILE
//
// FILE holds a JSON object a line: "document", a path below DIR; "gold", its
// quotations, each with "at" and "source_at" (from and to, in code points), the
// "class" of its source, the "heads" of its words, folded, and the "name" of
// who speaks; and "ignore", quotations that are left out.
//
// The second FILE holds the reported speech of the same documents: "units", each
// with its "sentence", the "heads" of the words that name its source, its "name"
// and whether it is of "speech" or of thought; and sentences to "ignore".
//
// It prints two-fold cross-validation accuracy. The weights that it writes are
// fitted on all documents; they are built into the program.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	texts := flag.String("texts", ".", "folder of the marked texts")
	reported := flag.String("reported", "", "file of marked reported speech; none: its weights are left alone")
	out := flag.String("out", "", "folder to write the weights to; none: only report")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "fit: name one file of marked quotations")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), *reported, *texts, *out); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(file, reported, texts, out string) error {
	documents, err := readGold(file, reported)
	if err != nil {
		return err
	}
	var all [2]map[string][]example // of each half, by the scorer
	for half := range all {
		all[half] = map[string][]example{}
	}
	for _, d := range documents {
		if err := d.examples(texts, all[halfOf(d.Document)]); err != nil {
			return err
		}
	}
	for _, scorer := range []string{"speaker", "pronoun", "reported"} {
		if scorer == "reported" && reported == "" {
			continue
		}
		right, n := 0, 0
		for half, other := range []int{1, 0} {
			right += fit(all[other][scorer]).right(all[half][scorer])
			n += len(all[half][scorer])
		}
		fmt.Printf("%s: %d choices, two-fold cross-validation accuracy %.1f %%\n", scorer, n, 100*float64(right)/float64(max(1, n)))
		if out == "" {
			continue
		}
		if err := fit(slices.Concat(all[0][scorer], all[1][scorer])).write(filepath.Join(out, scorer+".weights")); err != nil {
			return err
		}
	}
	return nil
}

// halfOf is the half to which a document belongs, whatever the others are.
func halfOf(name string) int {
	h := fnv.New32a()
	h.Write([]byte(filepath.Base(name)))
	return int(h.Sum32()>>8) & 1
}

// least is the smallest weight that is written.
const least = 0.1

func (w weights) write(name string) error {
	var lines []string
	for fact, v := range w {
		if math.Abs(v) >= least {
			lines = append(lines, fmt.Sprintf("%s\t%.2f\n", fact, v))
		}
	}
	slices.SortFunc(lines, cmp.Compare[string])
	head := "# Fitted by corpus/speech/internal/fit: what a fact adds to a candidate's score.\n"
	return os.WriteFile(name, []byte(head+strings.Join(lines, "")), 0o644)
}
