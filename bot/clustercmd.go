package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.org/attache/bot/cluster"
	"example.org/attache/bot/command"
	"example.org/attache/bot/state"
)

// clusterCmd is about the nodes that are one bot together.
type clusterCmd struct {
	Status clusterStatusCmd `cmd:"" help:"List the nodes that live, and what they answer from."`
	Import clusterImportCmd `cmd:"" help:"Copy what one process has kept in [state] path to the cluster, which must be empty."`
	Export clusterExportCmd `cmd:"" help:"Copy what the cluster keeps to an empty [state] path, for one process."`
}

type (
	clusterStatusCmd struct{}
	clusterImportCmd struct{}
	clusterExportCmd struct{}
)

// nodeJSON is a node with --json.
type nodeJSON struct {
	cluster.Member
	Leads []string `json:"leads"`
}

// Run lists the nodes.
func (*clusterStatusCmd) Run(ctx context.Context, p *program) error {
	n, err := p.ofCluster()
	if err != nil {
		return err
	}
	members, err := cluster.Members(ctx, n.space)
	if err != nil {
		return err
	}
	leaders, err := cluster.Leaders(ctx, n.space)
	if err != nil {
		return err
	}
	current, err := cluster.Generations(ctx, n.space)
	if err != nil {
		return err
	}
	r := command.Reply{Title: "Nodes"}
	for _, m := range members {
		var leads []string
		for what, name := range leaders {
			if name == m.Name {
				leads = append(leads, what)
			}
		}
		slices.Sort(leads)
		r.Records = append(r.Records, nodeJSON{m, leads})
		r.Sections = append(r.Sections, command.Section{Heading: m.Name, List: true, Lines: nodeLines(m, leads, current)})
	}
	if len(members) == 0 {
		r.Sections = []command.Section{{Lines: []string{"No node lives."}}}
	}
	return p.show(r)
}

// nodeLines says how a node does.
func nodeLines(m cluster.Member, leads []string, current map[string]string) []string {
	lines := []string{fmt.Sprintf("release %s, up since %s", m.Version, m.Started.Local().Format(time.DateTime))}
	switch newest := current[m.Format]; {
	case m.Tool:
		return append(lines, "a command that ends soon")
	case len(m.Uses) == 0:
		lines = append(lines, "answers from no shared index yet")
	case slices.Equal(m.Uses, []string{newest}):
		lines = append(lines, "answers from the current index of format "+m.Format)
	default:
		lines = append(lines, "is fetching the current index of format "+m.Format)
	}
	if len(m.Shards) > 0 {
		lines = append(lines, "connected to Discord as shard "+strings.Trim(strings.Join(strings.Fields(fmt.Sprint(m.Shards)), ", "), "[]"))
	}
	if len(leads) > 0 {
		lines = append(lines, "does for all: "+strings.Join(leads, ", "))
	}
	if m.Leaving {
		lines = append(lines, "is leaving")
	}
	return lines
}

// Run copies the state of one process to the cluster.
func (*clusterImportCmd) Run(ctx context.Context, p *program) error {
	n, err := p.ofCluster()
	if err != nil {
		return err
	}
	return p.copyState(n.state, p.files)
}

// Run copies the state of the cluster to the folder of one process.
func (*clusterExportCmd) Run(ctx context.Context, p *program) error {
	n, err := p.ofCluster()
	if err != nil {
		return err
	}
	files, err := p.files()
	if err != nil {
		return err
	}
	return p.copyState(files, func() (state.Store, error) { return n.state, nil })
}

// files is the state in the folder of one process.
func (p *program) files() (state.Store, error) {
	return state.Open(p.config.State.Path, p.config.State.Keep.Duration)
}

func (p *program) copyState(to state.Store, from func() (state.Store, error)) error {
	source, err := from()
	if err != nil {
		return err
	}
	copied, err := state.Copy(to, source)
	if err != nil {
		return err
	}
	return p.show(command.Reply{Notes: []string{fmt.Sprintf("Copied %d votes, questions, removals and records.", copied)}})
}

// ofCluster opens the program for a command about its cluster.
func (p *program) ofCluster() (*node, error) {
	if err := p.open(); err != nil {
		return nil, err
	}
	if p.library.node == nil {
		return nil, misused{errors.New("there is no cluster: the configuration has no [cluster] endpoints")}
	}
	return p.library.node, nil
}
