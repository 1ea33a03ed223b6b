package index_test

import (
	"context"
	"fmt"
	"log"
	"os"

	"example.org/attache/corpus"
	"example.org/attache/index"
)

// An index of the built-in documents, in a temporary folder, answers a question and
// says who somebody is.
func Example() {
	dir, err := os.MkdirTemp("", "attache")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	if _, err := index.Build(ctx, dir, corpus.Builtin(), index.Options{}); err != nil {
		log.Fatal(err)
	}
	ix, err := index.Open(dir)
	if err != nil {
		log.Fatal(err)
	}
	defer ix.Close()

	found, err := ix.Ask(ctx, index.Question{Text: "when did the 2+2 dialogue begin?"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(found.Answered, found.Quotes[0].Source.Title)
	fmt.Println(found.Quotes[0].Text)

	who, err := ix.Who(ctx, "park jin", index.Filter{}, 1)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(who.Profiles[0].Name, "is called", who.Profiles[0].Titles[0].Title)
	// Output:
	// true Blinken Heads to Japan, South Korea, India After Middle East Visit
	// The U.S.-India 2+2 Dialogue began in 2018 and has allowed the two countries to have high-level discussions about strategic and defense issues.
	// Park Jin is called South Korean Foreign Minister
}
