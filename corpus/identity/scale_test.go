package identity_test

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/attache/corpus/identity"
	"example.org/attache/corpus/internal/budget"
	"example.org/attache/corpus/speech"
)

// coined returns different capitalised words that no list holds.
func coined(i int) string {
	const syllables = "bacedifoguhajekilomunapeqirosutavewixoyuz"
	var b strings.Builder
	for i += len(syllables); i > 0; i /= 20 {
		at := 2 * (i % 20)
		b.WriteString(syllables[at : at+2])
	}
	return strings.ToUpper(b.String()[:1]) + b.String()[1:]
}

// crowds are corpora whose people share as much of their names as can be: the
// people of document i of n.
var crowds = map[string]func(i int) []speech.Person{
	"surnames that differ": func(i int) []speech.Person {
		return []speech.Person{person("Paul "+coined(i), 0, nil, "office:minister of "+coined(i))}
	},
	"one surname": func(i int) []speech.Person {
		return []speech.Person{person(coined(i)+" Arden", 0, nil, "office:minister of "+coined(i), "seat:mayor of "+coined(i))}
	},
	"one common surname": func(i int) []speech.Person {
		return []speech.Person{person(coined(i)+" Smith", 0, nil, "country:"+coined(i%300), fmt.Sprint("work:", i%7))}
	},
	"one full name": func(i int) []speech.Person {
		return []speech.Person{person("Paul Arden", 0, nil, "seat:mayor of "+coined(i))}
	},
	"one full name, also without a word": func(i int) []speech.Person {
		if i%2 == 0 {
			return []speech.Person{person("Paul Arden", 0, nil), person(coined(i)+" Lund", 0, nil)}
		}
		return []speech.Person{person("Paul Arden", 0, nil, "seat:mayor of "+coined(i)), person(coined(i)+" Lund", 0, nil)}
	},
	"middle names": func(i int) []speech.Person {
		return []speech.Person{person("Paul "+coined(i)+" Arden", 0, nil)}
	},
	"initials": func(i int) []speech.Person {
		if i%2 == 0 {
			return []speech.Person{person(fmt.Sprintf("%c. %s Arden", 'A'+i%26, coined(i)), 0, nil, "seat:mayor of "+coined(i))}
		}
		return []speech.Person{person(coined(i)+" Arden", 0, nil, "seat:mayor of "+coined(i))}
	},
	"bare names of an office": func(i int) []speech.Person {
		if i%2 == 0 {
			return []speech.Person{person("Arden", 0, nil, "office:minister of "+coined(i))}
		}
		return []speech.Person{person(coined(i)+" Arden", 0, nil, "office:minister of "+coined(i))}
	},
	"bare names of one office": func(i int) []speech.Person {
		if i%2 == 0 {
			return []speech.Person{person("Arden", 0, nil, "office:minister", "seat:mayor of "+coined(i))}
		}
		return []speech.Person{person(coined(i)+" Arden", 0, nil, "office:prime minister")}
	},
	"bare names in one company": func(i int) []speech.Person {
		all := []speech.Person{person(coined(i%2000)+" Lund", 0, nil), person(coined(i%2001)+" Brandt", 0, nil)}
		if i%2 == 0 {
			return append(all, person("Arden", 0, nil))
		}
		return append(all, person(coined(i)+" Arden", 0, nil))
	},
	"thirty of a surname in a document": func(i int) (all []speech.Person) {
		for j := range 30 {
			all = append(all, person(coined(i*30+j)+" Smith", 0, nil, "office:minister of "+coined(j)))
		}
		return all
	},
	"aliases": func(i int) []speech.Person {
		return []speech.Person{person("Paul Arden", 0, []string{"P. " + coined(i)})}
	},
}

// However many people share a name, gathering them loses nobody, and takes
// memory that grows with their number alone. BenchmarkCrowds tells the time.
func TestCrowdsOfNamesakes(t *testing.T) {
	const n = 3000
	const most = 20 << 10 // bytes an appearance, of all that is allocated on the way
	for name, people := range crowds {
		t.Run(name, func(t *testing.T) {
			docs := n
			if len(people(0)) > 10 {
				docs /= 10
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			seen := 0
			all, entries := gather(docs, people)
			for _, e := range entries {
				seen += len(e.Appearances)
			}
			if seen != all {
				t.Errorf("%d appearances of %d are left", seen, all)
			}
			runtime.ReadMemStats(&after)
			if each := (after.TotalAlloc - before.TotalAlloc) / uint64(all); each > most {
				t.Errorf("%d bytes are allocated for each appearance", each)
			}
		})
	}
}

// gather gathers the people of so many documents; it returns how often they
// appear, too.
func gather(docs int, people func(i int) []speech.Person) (appearances int, entries []identity.Entry) {
	var d identity.Directory
	for i := range docs {
		in := people(i)
		appearances += len(in)
		d.Add(fmt.Sprintf("%08d", i), fmt.Sprint(1900+i%100), in)
	}
	return appearances, d.People()
}

// BenchmarkCrowds gathers the people of each crowd and, as its peer in the same
// run, as many whose surnames differ and who are otherwise the same. Compare
// ns/person, of processor time, of the two sizes, which shall not grow with the
// size; x/peer shall stay below 2.
func BenchmarkCrowds(b *testing.B) {
	for _, name := range slices.Sorted(maps.Keys(crowds)) {
		for _, docs := range []int{10_000, 100_000} {
			b.Run(fmt.Sprint(name, "/", docs), func(b *testing.B) {
				people := crowds[name]
				docs /= max(1, len(people(0))/10) // as many people, of long lists
				var crowd, peer time.Duration
				all := 0
				for b.Loop() {
					began := budget.Used()
					n, _ := gather(docs, people)
					between := budget.Used()
					gather(docs, func(i int) []speech.Person { return surnamesApart(i, people(i)) })
					crowd, peer, all = crowd+between-began, peer+budget.Used()-between, all+n
				}
				b.ReportMetric(float64(crowd.Nanoseconds())/float64(all), "ns/person")
				b.ReportMetric(float64(crowd)/float64(peer), "x/peer")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}

// surnamesApart gives the people of document i surnames that nobody else has.
func surnamesApart(i int, people []speech.Person) []speech.Person {
	for j := range people {
		people[j].Name += strings.ToLower(coined(len(people)*i + j))
	}
	return people
}
