package terminal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// Lines yields the lines of in without the white space around them, until the
// end of in or of ctx. An error is the last thing it yields.
func Lines(ctx context.Context, in io.Reader) iter.Seq2[string, error] {
	lines := bufio.NewReader(in)
	ended := false
	read := func() (string, error) {
		if ended {
			return "", io.EOF
		}
		line, err := lines.ReadString('\n')
		if errors.Is(err, io.EOF) && line != "" {
			ended, err = true, nil // the last line has no end
		}
		return line, err
	}
	return func(yield func(string, error) bool) {
		for line, err := range await(ctx, read) {
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				err = fmt.Errorf("reading a line of input: %w", err)
			}
			if !yield(line, err) {
				return
			}
		}
	}
}

// await yields what read returns, time and again, up to an error. It waits for
// read no longer than ctx lasts: a read can't be broken off, but it can be left
// behind.
func await(ctx context.Context, read func() (string, error)) iter.Seq2[string, error] {
	type result struct {
		line string
		err  error
	}
	return func(yield func(string, error) bool) {
		results := make(chan result, 1)
		for ctx.Err() == nil {
			go func() {
				line, err := read()
				results <- result{strings.TrimSpace(line), err}
			}()
			select {
			case <-ctx.Done():
				return
			case r := <-results:
				if !yield(r.line, r.err) || r.err != nil {
					return
				}
			}
		}
	}
}
