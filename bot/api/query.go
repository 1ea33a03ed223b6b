package api

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"example.org/attache/bot/command"
)

// query is a command that can be asked for: its options are the parameters.
type query struct {
	name    string // of the command and of the path
	options []string
	most    int  // results that can be asked for
	usual   int  // results without a limit
	single  bool // the answer is one object, not a list
	pages   bool // takes an offset
}

var narrowing = []string{"source", "since", "until"}

var queries = []query{
	{name: "ask", options: append([]string{"question", "speaker"}, narrowing...), most: 50, usual: 3, single: true},
	{name: "who", options: []string{"name", "since", "until"}, most: 200, usual: 8},
	{name: "said", options: append([]string{"speaker", "topic"}, narrowing...), most: 300, usual: 10},
	{name: "timeline", options: append([]string{"topic"}, narrowing...), most: 200, usual: 10},
	{name: "compare", options: []string{"topic", "speaker_a", "speaker_b", "since", "until"}, most: 300, usual: 3},
	{name: "sources", options: []string{"query"}, most: 1000, usual: 100, pages: true},
}

// mostSkipped is the largest offset.
const mostSkipped = 10_000_000

// results is an answer that is a list.
type results struct {
	Results []any `json:"results"`
	More    bool  `json:"more"`
}

// query answers with what a command finds.
func (s *Server) query(q query) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given, err := parameters(r, append(slices.Clone(q.options), "limit", "offset"))
		if err != nil {
			fail(w, http.StatusBadRequest, err.Error())
			return
		}
		limit, err := number(given, "limit", q.usual, 1, q.most)
		if err != nil {
			fail(w, http.StatusBadRequest, err.Error())
			return
		}
		offset, err := number(given, "offset", 0, 0, mostSkipped)
		if err == nil && offset > 0 && !q.pages {
			err = fmt.Errorf("offset is no parameter of %s; limit is at most %d", r.URL.Path, q.most)
		}
		if err != nil {
			fail(w, http.StatusBadRequest, err.Error())
			return
		}
		delete(given, "limit")
		delete(given, "offset")
		call := &command.Call{Options: given, Limit: offset + limit}
		listed := q.name == "said" || q.name == "timeline" || q.name == "sources"
		if listed {
			call.Limit++ // tells whether there are more
		}
		reply, ok := s.do(w, r, q.name, call)
		if !ok {
			return
		}
		records := reply.Records
		if q.single {
			if len(records) == 0 {
				records = []any{command.NoAnswer(given["question"])}
			}
			answer(w, records[0])
			return
		}
		out := results{Results: []any{}}
		records = records[min(offset, len(records)):]
		if listed && len(records) > limit {
			records, out.More = records[:limit], true
		}
		out.Results = append(out.Results, records...)
		answer(w, out)
	})
}

// do runs a command. Where it fails it says so, and ok is false.
func (s *Server) do(w http.ResponseWriter, r *http.Request, name string, c *command.Call) (reply command.Reply, ok bool) {
	if s.bot.Index() == nil {
		w.Header().Set("Retry-After", "30")
		fail(w, http.StatusServiceUnavailable, "the documents are being read for the first time; try again in a moment")
		return reply, false
	}
	reply = s.bot.Do(r.Context(), name, c)
	detail := strings.Join(reply.Notes, " ")
	switch {
	case reply.Misused:
		fail(w, http.StatusBadRequest, detail)
	case reply.Failed && r.Context().Err() != nil:
		fail(w, http.StatusGatewayTimeout, detail)
	case reply.Failed:
		fail(w, http.StatusInternalServerError, detail)
	default:
		return reply, true
	}
	return reply, false
}

// text answers with the text of a document, or a part of it.
func (s *Server) text(w http.ResponseWriter, r *http.Request) {
	given, err := parameters(r, []string{"document", "start", "end"})
	if err == nil && given["document"] == "" {
		err = fmt.Errorf("document is missing: the name of one, as /v1/sources lists it")
	}
	start, end := 0, 0
	if err == nil {
		start, err = number(given, "start", 0, 0, mostSkipped)
	}
	if err == nil {
		end, err = number(given, "end", 0, 0, mostSkipped)
	}
	if err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return
	}
	if s.bot.Index() == nil {
		w.Header().Set("Retry-After", "30")
		fail(w, http.StatusServiceUnavailable, "the documents are being read for the first time; try again in a moment")
		return
	}
	part, err := s.bot.Extract(given["document"], start, end)
	switch {
	case errors.Is(err, command.ErrGone):
		fail(w, http.StatusNotFound, err.Error())
	case err != nil:
		s.Log.Error("a text could not be read", "error", err)
		fail(w, http.StatusInternalServerError, "the text could not be read; the log says why")
	default:
		answer(w, part)
	}
}

// parameters returns the parameters of a request, each of which may be given
// once.
func parameters(r *http.Request, known []string) (map[string]string, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, fmt.Errorf("the parameters can't be read: %w", err)
	}
	given := map[string]string{}
	for name, all := range values {
		switch {
		case !slices.Contains(known, name):
			return nil, fmt.Errorf("there is no parameter %.40q here; there are: %s", name, strings.Join(known, ", "))
		case len(all) > 1:
			return nil, fmt.Errorf("the parameter %s is given %d times", name, len(all))
		}
		given[name] = all[0]
	}
	return given, nil
}

// number reads a parameter that is a number.
func number(given map[string]string, name string, usual, least, most int) (int, error) {
	s, ok := given[name]
	if !ok {
		return usual, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < least || n > most {
		return 0, fmt.Errorf("%s is %.20q: it must be a number from %d to %d", name, s, least, most)
	}
	return n, nil
}
