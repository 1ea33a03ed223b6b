package near

import (
	"cmp"
	"slices"
)

// Of the shorter of two texts this share must be in the longer one, by their
// sketches, for them to be put together: reports that print one story share
// most of it, or a good half when both go on by themselves.
const share = 1.0 / 3

// mostLeaders bounds to how many texts one that shares a fingerprint with them
// is compared: what more of them print is a set phrase.
const mostLeaders = 64

// Group puts the texts of the sketches together that print much of one another:
// each with the longest text that holds enough of it and is with no longer one
// itself. It returns the places of each group's texts, the longest first; texts
// by themselves are left out. The time grows with the fingerprints.
func Group(sketches []Sketch) (groups [][]int) {
	order := make([]int, len(sketches))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(sketches[b].Words, sketches[a].Words) })
	shared := sharing(sketches, order)
	groupOf := map[int]int{} // of leaders that are not alone
	counts := map[int32]int{}
	for rank, at := range order {
		s := sketches[at]
		clear(counts)
		for _, run := range shared.of(rank) {
			for _, leader := range shared.leaders(run) {
				counts[leader]++
			}
		}
		leader, ok := best(counts, func(leader int32) float64 {
			return share * expected(s.Words, max(windowOf(s.Words), windowOf(sketches[order[leader]].Words)))
		})
		if !ok {
			shared.lead(rank)
			continue
		}
		first := order[leader]
		g, ok := groupOf[first]
		if !ok {
			g = len(groups)
			groupOf[first] = g
			groups = append(groups, []int{first})
		}
		groups[g] = append(groups[g], at)
	}
	return groups
}

// expected is how many fingerprints a text has.
func expected(words, window int) float64 {
	return max(2, 2*float64(words-shingle+1)/float64(window+1))
}

// best returns the leader that shares most; of equal ones the first.
func best(counts map[int32]int, needed func(leader int32) float64) (leader int32, ok bool) {
	most := 0
	for l, n := range counts {
		if (n > most || n == most && l < leader) && float64(n) >= needed(l) {
			leader, most = l, n
		}
	}
	return leader, most > 0
}

// runs are the fingerprints that several texts share: for each the leaders
// among them so far. Texts are known by their rank.
type runs struct {
	texts  []int32 // the runs that texts are in, one text after the other
	from   []int32 // where those of each text begin
	slots  []int32 // room for the leaders of each run, one run after the other
	begins []int32 // where those of each run begin
	filled []int32 // how many there are
}

func (r *runs) of(rank int) []int32 { return r.texts[r.from[rank]:r.from[rank+1]] }

func (r *runs) leaders(run int32) []int32 {
	return r.slots[r.begins[run] : r.begins[run]+r.filled[run]]
}

// lead makes a text a leader of all its runs.
func (r *runs) lead(rank int) {
	for _, run := range r.of(rank) {
		if room := r.begins[run+1] - r.begins[run]; r.filled[run] < room {
			r.slots[r.begins[run]+r.filled[run]] = int32(rank)
			r.filled[run]++
		}
	}
}

// sharing finds the fingerprints that several texts have. The texts are taken
// in the given order.
func sharing(sketches []Sketch, order []int) *runs {
	type print struct {
		hash uint32
		rank int32
	}
	var all []print
	for rank, at := range order {
		for _, h := range sketches[at].Prints {
			all = append(all, print{h, int32(rank)})
		}
	}
	slices.SortFunc(all, func(a, b print) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.rank, b.rank)) })
	r := &runs{from: make([]int32, len(order)+1), begins: []int32{0}}
	kept := all[:0] // the hash is the run's number from here on
	for i := 0; i < len(all); {
		end := i
		for end < len(all) && all[end].hash == all[i].hash {
			end++
		}
		if end-i > 1 {
			run := uint32(len(r.begins) - 1)
			r.begins = append(r.begins, r.begins[run]+int32(min(end-i, mostLeaders)))
			for _, p := range all[i:end] {
				kept = append(kept, print{run, p.rank})
				r.from[p.rank+1]++
			}
		}
		i = end
	}
	r.slots, r.filled = make([]int32, r.begins[len(r.begins)-1]), make([]int32, len(r.begins)-1)
	for i := range order {
		r.from[i+1] += r.from[i]
	}
	r.texts = make([]int32, len(kept))
	next := slices.Clone(r.from)
	for _, p := range kept {
		r.texts[next[p.rank]] = int32(p.hash)
		next[p.rank]++
	}
	return r
}
