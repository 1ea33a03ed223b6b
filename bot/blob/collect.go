package blob

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Collect deletes generations that are not live and were found unused by a collection
// longer than the grace period ago, and blobs older than the grace period that no
// remaining generation refers to. live lists the references in use or published. One
// collector at a time is enough, and two do no harm. Times are the store's own.
func (g *Generations) Collect(ctx context.Context, live []string) (removed int, err error) {
	now, err := g.clock(ctx)
	if err != nil {
		return 0, err
	}
	return g.collect(ctx, live, now)
}

// collect is Collect with the time given.
func (g *Generations) collect(ctx context.Context, live []string, now time.Time) (removed int, err error) {
	c := &collection{Generations: g, now: now, live: map[string]bool{}, needed: map[string]bool{}}
	for _, ref := range live {
		c.live[ref] = true
	}
	// Generations come first: what is stored meanwhile has young blobs.
	if err := c.recipes(ctx); err != nil {
		return c.removed, err
	}
	return c.removed, c.blobs(ctx)
}

// clock returns the time by the store's clock.
func (g *Generations) clock(ctx context.Context) (time.Time, error) {
	if err := g.bucket.put(ctx, clockName, nil); err != nil {
		return time.Time{}, err
	}
	o, err := g.bucket.stat(ctx, clockName)
	return o.Modified, err
}

// collection is the state of one run of Collect.
type collection struct {
	*Generations
	now     time.Time
	live    map[string]bool
	needed  map[string]bool // blobs
	removed int
}

// old reports whether something has been as it is for the grace.
func (c *collection) old(since time.Time) bool { return c.now.Sub(since) > c.grace }

// recipes removes generations, and notes what the others need.
func (c *collection) recipes(ctx context.Context) error {
	condemned := map[string]time.Time{}
	for o, err := range c.bucket.list(ctx, condemnedFolder) {
		if err != nil {
			return err
		}
		condemned[strings.TrimPrefix(o.Name, condemnedFolder)] = o.Modified
	}
	there := map[string]bool{}
	for o, err := range c.bucket.list(ctx, recipesFolder) {
		if err != nil {
			return err
		}
		ref := strings.TrimPrefix(o.Name, recipesFolder)
		there[ref] = true
		gone, err := c.judge(ctx, ref, o.Modified, condemned[ref])
		if err != nil {
			return err
		}
		if gone {
			continue
		}
		r, err := c.recipe(ctx, ref)
		if err != nil {
			return fmt.Errorf("collecting what is not needed: nothing more is removed: %w", err)
		}
		for _, b := range r.blobs() {
			c.needed[b] = true
		}
	}
	for ref := range condemned {
		if !there[ref] {
			if err := c.bucket.remove(ctx, condemnedFolder+ref); err != nil {
				return err
			}
		}
	}
	return nil
}

// judge deletes a generation that has been unused for the grace period, and reports
// whether it did. The first time that one is found unused it puts a marker beside it.
func (c *collection) judge(ctx context.Context, ref string, made, condemned time.Time) (gone bool, err error) {
	switch {
	case c.live[ref] && !condemned.IsZero():
		return false, c.bucket.remove(ctx, condemnedFolder+ref)
	case c.live[ref] || !c.old(made):
		return false, nil
	case condemned.IsZero():
		return false, c.bucket.put(ctx, condemnedFolder+ref, nil)
	case !c.old(condemned):
		return false, nil
	}
	return true, c.remove(ctx, recipesFolder+ref)
}

// blobs removes those that are not needed.
func (c *collection) blobs(ctx context.Context) error {
	for o, err := range c.bucket.list(ctx, blobsFolder) {
		if err != nil {
			return err
		}
		if c.needed[strings.TrimPrefix(o.Name, blobsFolder)] || !c.old(o.Modified) {
			continue
		}
		if err := c.remove(ctx, o.Name); err != nil {
			return err
		}
	}
	return nil
}

func (c *collection) remove(ctx context.Context, name string) error {
	if err := c.bucket.remove(ctx, name); err != nil {
		return err
	}
	c.removed++
	return nil
}
