package speech

import (
	"fmt"
	"os"
	"testing"

	"attache/corpus/text"
)

func TestDbg(t *testing.T) {
	body := os.Getenv("DBG")
	if body == "" {
		t.Skip()
	}
	x := Text{Body: body, Paragraphs: text.Paragraphs(body), Language: "en"}
	for _, p := range x.Paragraphs {
		x.Sentences = append(x.Sentences, text.Sentences(body, p, "en")...)
	}
	r := read(x)
	for i := range r.people {
		fmt.Printf("person %d %v roles %v g%d\n", i, r.people[i].forms, r.people[i].roles, r.people[i].gender)
	}
	s := r.resolver()
	for q := range r.marks {
		s.resolveBefore(q)
		su := s.around(q)
		cands := s.candidates(q)
		var sc []float64
		for _, c := range cands {
			sc = append(sc, s.weigh(&su, c))
		}
		sc = append(sc, s.weighNone(&su, q))
		chances(sc)
		fmt.Printf("Q %q lead %s tail %s near %s\n", r.marks[q].In(body), su.lead, su.tail, su.near)
		for i, c := range cands {
			p := s.phrases[c]
			v := ""
			if p.verb >= 0 {
				v = s.token(p.verb).key
			}
			fmt.Printf("   %.3f %q %v %v person %d sure %.2f verb %s rel %s\n", sc[i], s.spanOf(c).In(body), p.kind, p.relation, p.person, p.sure, v, s.relationTo(&su, c))
		}
		fmt.Printf("   %.3f none\n", sc[len(sc)-1])
		s.choose(q)
		if c := s.chosen[q]; c >= 0 {
			s.speakers[q] = s.phrases[c].person
		}
	}
}
