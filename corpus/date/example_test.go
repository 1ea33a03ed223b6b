package date_test

import (
	"fmt"

	"example.org/attache/corpus/date"
)

func ExampleParse() {
	for _, s := range []string{"4 December 2030", "2030-12", "3. Oktober 1990", "soon"} {
		fmt.Printf("%q\n", date.Parse(s).String())
	}
	// Output:
	// "2030-12-04"
	// "2030-12"
	// "1990-10-03"
	// ""
}
