package command

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"example.org/attache/bot/command/words"
	"example.org/attache/bot/follow"
	"example.org/attache/corpus/text"
	"example.org/attache/index"
)

// telling are the options for how and where a follow reports what it finds.
func telling() []Option {
	return []Option{
		{Name: "every", help: "option.help.every", Choices: []string{string(follow.AtOnce), string(follow.Daily), string(follow.Weekly)}},
		{Name: "hour", help: "option.help.hour"},
		{Name: "zone", help: "option.help.zone", Complete: from("UTC", "America/New_York", "America/Los_Angeles", "America/Sao_Paulo",
			"Europe/London", "Europe/Berlin", "Europe/Kyiv", "Africa/Cairo", "Africa/Nairobi", "Asia/Dubai", "Asia/Kolkata", "Asia/Shanghai", "Asia/Seoul", "Asia/Tokyo", "Australia/Sydney")},
		{Name: "private", Type: Bool, help: "option.help.follow.private"},
		{Name: "ping", Type: Role, help: "option.help.follow.ping"},
	}
}

// from completes to one of some values.
func from(values ...string) func(context.Context, *Bot, string) []string {
	return func(_ context.Context, _ *Bot, typed string) []string {
		return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return !strings.Contains(text.Fold(v), text.Fold(typed)) })
	}
}

// following returns what runs a command that follows things of a kind.
func following(kind follow.Kind) func(context.Context, *Bot, *Call) (Reply, error) {
	return func(ctx context.Context, b *Bot, c *Call) (Reply, error) {
		f := follow.Follow{Kind: kind, Subject: cmp.Or(c.Options["name"], c.Options["words"], c.Options["source"]),
			Every: follow.Every(c.Options["every"]), Zone: c.Options["zone"], Ping: c.Options["ping"]}
		if hour := c.Options["hour"]; hour != "" {
			var err error
			if f.Hour, err = strconv.Atoi(strings.TrimSuffix(hour, ":00")); err != nil {
				return Reply{}, tell("follow.hour", words.M{"Value": hour})
			}
		}
		if f.Hour < 0 || f.Hour > 23 {
			return Reply{}, tell("follow.hour", words.M{"Value": c.Options["hour"]})
		}
		if f.Check() != nil { // the rest was a choice
			return Reply{}, tell("follow.zone", words.M{"Value": f.Zone})
		}
		return b.follows(ctx, c, f, c.Options["private"] == "true" || c.Place == nil || c.Place.Server == "")
	}
}

// follows adds a follow at the place of a call, or of who calls alone.
func (b *Bot) follows(ctx context.Context, c *Call, f follow.Follow, private bool) (Reply, error) {
	if b.Follows == nil {
		return Reply{}, tell("state.none")
	}
	if c.Place == nil || c.User == "" {
		return Reply{}, tell("follow.nowhere")
	}
	f.Owner, f.Language = c.User, c.Words.Language()
	if !private {
		switch {
		case !c.Place.Writes:
			return Reply{}, tell("follow.unwritten")
		case !c.Place.Manages && !c.Admin:
			return Reply{}, tell("follow.manage")
		}
		f.Place = follow.Place{Server: c.Place.Server, Channel: c.Place.Channel}
	}
	if err := pings(c.Place, f); err != nil {
		return Reply{}, err
	}
	var notes []string
	if f.Kind == follow.Person {
		name, note, err := b.speakerMeant(ctx, c.Words, f.Subject)
		if err != nil {
			return Reply{}, err
		}
		f.Subject = name
		notes = append(notes, note...)
	}
	added, err := b.Follows.Add(f, b.now())
	switch {
	case errors.Is(err, follow.ErrAlready):
		return Reply{}, tell("follow.already", words.M{"Follow": followLine(c.Own, added, false)})
	case errors.Is(err, follow.ErrPerson), errors.Is(err, follow.ErrServer), errors.Is(err, follow.ErrAll):
		return Reply{}, tell("follow.many")
	case err != nil:
		return Reply{}, err
	}
	key := "follow.added"
	if f.Place.Channel == "" {
		key = "follow.added.private"
	}
	r := Reply{Title: c.Words.Say(key), Sections: []Section{{Lines: []string{followLine(c.Words, added, false)}}}, Notes: append(notes, c.Words.Say("follow.how")),
		Private: f.Place.Channel == "", Actions: []Action{relabelled(c.Words, action(c.Words, "stop", added.ID), "follow.stop")}}
	return r, nil
}

// pings says why the role of a follow can't be mentioned at a place.
func pings(at *Place, f follow.Follow) error {
	if f.Ping == "" {
		return nil
	}
	may, known := at.Pings[f.Ping]
	switch {
	case f.Place.Channel == "":
		return tell("follow.ping.private")
	case !known:
		return tell("follow.ping.unknown")
	case !may.Member:
		return tell("follow.ping.member")
	case !may.Bot:
		return tell("follow.ping.bot")
	}
	return nil
}

// speakerMeant is the name of whom a follow means, as the documents have it. One that is
// spelled nearly so is not meant; one that nobody has may come.
func (b *Bot) speakerMeant(ctx context.Context, w words.Catalogue, name string) (meant string, notes []string, err error) {
	ix, err := b.ready()
	if err != nil {
		return "", nil, err
	}
	found, err := ix.Said(ctx, name, "", index.Filter{}, 1)
	switch {
	case err != nil:
		return "", nil, err
	case found.Speaker == "":
		return name, []string{w.Say("follow.unknown", words.M{"Name": name})}, nil
	case found.Near:
		return name, []string{w.Say("follow.near", words.M{"Name": name, "Near": found.Speaker})}, nil
	case strings.Contains(name, ", "): // a title tells namesakes apart
		return name, nil, nil
	}
	return found.Speaker, nil, nil
}

// offerFollow lets who asked be told of more of what a reply is about.
func (r *Reply) offerFollow(b *Bot, c *Call) {
	if b.Follows != nil && c.User != "" {
		r.Actions = append(r.Actions, action(c.Words, "follow"))
	}
}

// followSubject follows for who chose it alone what the reply of an action is about.
func followSubject(ctx context.Context, b *Bot, c *Call, args string) (Reply, error) {
	cmd, options, err := b.answered(c, "")
	if err != nil || args != "" {
		return Reply{}, cmp.Or(err, tell("action.unknown"))
	}
	var f follow.Follow
	switch cmd.Name {
	case "who":
		f = follow.Follow{Kind: follow.Person, Subject: options["name"]}
	case "said":
		f = follow.Follow{Kind: follow.Person, Subject: options["speaker"]}
	case "ask":
		f = follow.Follow{Kind: follow.Question, Subject: options["question"]}
	default:
		return Reply{}, tell("action.unknown")
	}
	f.Every = follow.AtOnce
	return b.follows(ctx, c, f, true)
}

// mine are the follows that who calls may stop: their own, those of the channel
// where they decide, and for an admin of the program all.
func (b *Bot) mine(c *Call) (mine []follow.Follow, err error) {
	if b.Follows == nil {
		return nil, tell("state.none")
	}
	all, err := b.Follows.All()
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		here := c.Place != nil && f.Place.Channel != "" && f.Place.Channel == c.Place.Channel
		if f.Owner == c.User && c.User != "" || here && c.Place.Manages {
			mine = append(mine, f)
		}
	}
	return mine, nil
}

// listFollows lists what who calls follows, each with a way to stop it.
func listFollows(_ context.Context, b *Bot, c *Call) (Reply, error) {
	mine, err := b.mine(c)
	if err != nil {
		return Reply{}, err
	}
	r := Reply{Tone: Listing, Title: c.Words.Say("follow.list"), Private: true}
	var lines []string
	stops := Menu{Label: c.Words.Say("follow.stop.menu")}
	for _, f := range mine {
		lines = append(lines, followLine(c.Words, f, false))
		a := action(c.Words, "stop", f.ID)
		a.Label, a.Detail = short(f.Subject, 80), c.Words.Say("follow.kind."+string(f.Kind))
		stops.Actions = append(stops.Actions, a)
	}
	r.Sections = []Section{list(c.Words, lines, "follow.none")}
	if len(mine) > 0 {
		r.Menus = []Menu{stops}
	}
	return r, nil
}

// stop ends the follow that an option describes, or its ID.
func stop(_ context.Context, b *Bot, c *Call) (Reply, error) {
	mine, err := b.mine(c)
	if err != nil {
		return Reply{}, err
	}
	for _, f := range mine {
		if typed := c.Options["follow"]; typed == f.ID || typed == followLine(c.Own, f, false) || text.Fold(typed) == text.Fold(f.Subject) {
			return b.ended(c, f)
		}
	}
	return Reply{}, tell("follow.stop.unknown")
}

// stopFollow ends the follow of an action; what follows its ID tells notices
// apart.
func stopFollow(_ context.Context, b *Bot, c *Call, args string) (Reply, error) {
	if b.Follows == nil {
		return Reply{}, tell("state.none")
	}
	id, _, _ := strings.Cut(args, ":")
	all, err := b.Follows.All()
	if err != nil {
		return Reply{}, err
	}
	at := slices.IndexFunc(all, func(f follow.Follow) bool { return f.ID == id })
	if at < 0 {
		return Reply{}, tell("follow.ended.already")
	}
	f := all[at]
	manages := c.Place != nil && c.Place.Manages && f.Place.Channel == c.Place.Channel && f.Place.Channel != ""
	if f.Owner != c.User && !manages && !c.Admin {
		return Reply{}, tell("follow.stop.other")
	}
	return b.ended(c, f)
}

func (b *Bot) ended(c *Call, f follow.Follow) (Reply, error) {
	if err := b.Follows.End(f.ID); err != nil && !errors.Is(err, follow.ErrNone) {
		return Reply{}, err
	}
	return Reply{Notes: []string{c.Words.Say("follow.ended", words.M{"Follow": followLine(c.Words, f, false)})}, Private: true}, nil
}

// adminFollows lists all follows, or ends one.
func adminFollows(_ context.Context, b *Bot, c *Call) (Reply, error) {
	if b.Follows == nil {
		return Reply{}, tell("state.none")
	}
	all, err := b.Follows.All()
	if err != nil {
		return Reply{}, err
	}
	if id := c.Options["stop"]; id != "" {
		at := slices.IndexFunc(all, func(f follow.Follow) bool { return f.ID == id })
		if at < 0 {
			return Reply{}, tell("follow.admin.unknown", words.M{"ID": id})
		}
		return b.ended(c, all[at])
	}
	r := Reply{Title: c.Words.Say("follow.admin"), Private: true, Notes: []string{c.Words.Say("count.follows", words.M{"Count": len(all)})}}
	var lines []string
	for _, f := range all {
		if len(lines) < max(c.Limit, adminListed) {
			lines = append(lines, followLine(c.Words, f, true))
		}
		r.Records = append(r.Records, f)
	}
	if more := len(all) - len(lines); more > 0 {
		lines = append(lines, c.Words.Say("list.more", words.M{"Count": more}))
	}
	r.Sections = []Section{list(c.Words, lines, "follow.none.all")}
	return r, nil
}

// adminListed is how many follows /admin follows lists.
const adminListed = 25

// followLine describes a follow: what it is of, how often it tells, and where;
// where others look at it, in IDs.
func followLine(w words.Catalogue, f follow.Follow, ids bool) string {
	line := w.Say("follow.line", words.M{"Kind": w.Say("follow.kind." + string(f.Kind)), "Subject": f.Subject})
	if f.Every != follow.AtOnce {
		line += ", " + w.Say("follow.line."+string(f.Every), words.M{"Hour": strconv.Itoa(f.Hour) + ":00", "Zone": cmp.Or(f.Zone, "UTC")})
	}
	if f.Ping != "" {
		line += ", " + w.Say("follow.line.ping")
	}
	switch {
	case ids && f.Place.Channel != "":
		line = f.ID + ": " + line + ", " + w.Say("follow.line.where", words.M{"Channel": f.Place.Channel, "Server": f.Place.Server, "Owner": f.Owner})
	case ids:
		line = f.ID + ": " + line + ", " + w.Say("follow.line.whom", words.M{"Owner": f.Owner})
	case f.Place.Channel == "":
		line += ", " + w.Say("follow.line.private")
	default:
		line += ", " + w.Say("follow.line.channel")
	}
	return line
}

func completeFollow(ctx context.Context, b *Bot, typed string) (lines []string) {
	mine, err := b.mine(caller(ctx))
	if err != nil {
		return nil
	}
	for _, f := range mine {
		if line := followLine(caller(ctx).Own, f, false); strings.Contains(text.Fold(line), text.Fold(typed)) {
			lines = append(lines, line)
		}
	}
	return lines
}

// allFollows lists every follow, for completing a handle; whose it is is checked when
// one is stopped.
func allFollows(ctx context.Context, b *Bot) (lines []string) {
	if b.Follows == nil {
		return nil
	}
	all, err := b.Follows.All()
	if err != nil {
		return nil
	}
	for _, f := range all {
		lines = append(lines, followLine(caller(ctx).Own, f, false))
	}
	return lines
}

// Notice is the message of what was found for a follow, in the language that it was made in
// unless another is named.
func (b *Bot) Notice(n follow.Notice, language string) Reply {
	f := n.Follow
	w := words.In(cmp.Or(language, f.Language))
	r := Reply{Tone: Listing, Ping: f.Ping, Words: w, Title: w.Say("follow.news."+string(f.Kind), words.M{"Subject": f.Subject}), Sections: quoteSections(w, n.Quotes)}
	if len(n.Sources) > 0 {
		r.Sections = append(r.Sections, Section{Sources: n.Sources})
	}
	if f.Kind == follow.Question {
		r.Tone = Answer
		r.Notes = append(r.Notes, w.Say("follow.answered"))
	}
	if n.More > 0 {
		r.Notes = append(r.Notes, w.Say("follow.more."+string(f.Kind), words.M{"Count": n.More, "Subject": f.Subject}))
	}
	if f.Kind != follow.Question {
		r.Actions = append(r.Actions, relabelled(w, action(w, "stop", f.ID, n.ID), "follow.stop"))
	} else {
		r.Actions = append(r.Actions, relabelled(w, action(w, "stop", f.ID, n.ID), "follow.forget"))
	}
	b.entitle(&r)
	return r
}
