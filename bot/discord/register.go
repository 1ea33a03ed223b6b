package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/bwmarrin/discordgo"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
)

// registered is a command as Discord is told of it. The permissions are a
// number here: that is what Discord's description of its API wants.
type registered struct {
	*discordgo.ApplicationCommand
	Permissions *int64 `json:"default_member_permissions,omitempty"`
}

// register tells Discord the commands, where they differ from what it has: one
// request a scope. In each scope it tries again until it has been told, unless
// the scope is refused.
func (f *Front) register(ctx context.Context) {
	scopes := f.Guilds
	if len(scopes) == 0 {
		scopes = []string{""}
	}
	var all sync.WaitGroup
	for _, guild := range scopes {
		all.Go(func() { f.registerIn(ctx, guild) })
	}
	all.Wait()
}

func (f *Front) registerIn(ctx context.Context, guild string) {
	for try := 0; ctx.Err() == nil; try++ {
		err := f.registerOnce(ctx, guild)
		switch {
		case err == nil, ctx.Err() != nil:
			return
		case elsewhere(err):
			f.log.Error("can't register the commands there: invite the bot to the server, or correct guilds in [discord]", "server", guild, "error", err)
			return
		case isStatus(err, http.StatusBadRequest):
			f.log.Error("Discord refuses the commands; those registered before stay", "server", guild, "error", err)
			return
		}
		f.log.Warn("can't register the commands yet, trying again", "server", guild, "error", err)
		sleep(ctx, f.wait(try))
	}
}

func (f *Front) registerOnce(ctx context.Context, guild string) error {
	have, err := f.registeredIn(ctx, guild)
	if err != nil {
		return err
	}
	want := commands(command.Table(), guild == "")
	raw, err := json.Marshal(want)
	if err != nil {
		return err
	}
	var wanted []map[string]any
	if err := json.Unmarshal(raw, &wanted); err != nil {
		return err
	}
	ours, others := parted(have)
	if same(ours, wanted) {
		f.ids.learn(guild, ours)
		return nil
	}
	all := slices.Clone(others)
	for _, c := range want {
		all = append(all, c)
	}
	put := request{what: "registering the commands", method: "PUT", path: f.commandsOf(guild), body: all, bucket: "commands"}
	var now []map[string]any
	if err = f.brief(ctx, put, &now); err == nil {
		f.ids.learn(guild, now)
		f.log.Info("registered the commands", "count", len(want), "server", guild)
	}
	return err
}

// registeredIn reads the commands that a server has, or with "" those that are
// registered everywhere.
func (f *Front) registeredIn(ctx context.Context, guild string) (have []map[string]any, err error) {
	err = f.brief(ctx, request{what: "reading the registered commands", method: "GET", path: f.commandsOf(guild) + "?with_localizations=true", bucket: "commands"}, &have)
	return have, err
}

// parted tells the commands of the kinds that the bot registers from those that
// it never does, as the entry point of an app with an activity: a bulk overwrite
// has to carry these along, as Discord takes them.
func parted(have []map[string]any) (ours []map[string]any, others []any) {
	for _, c := range have {
		switch asText(c["type"]) {
		case asText(discordgo.ChatApplicationCommand), asText(discordgo.MessageApplicationCommand), "null":
			ours = append(ours, c)
		default:
			others = append(others, carried(c))
		}
	}
	return ours, others
}

// carried is a command as Discord takes it back.
func carried(c map[string]any) map[string]any {
	out := map[string]any{}
	for _, k := range []string{"id", "type", "name", "name_localizations", "description", "description_localizations",
		"options", "default_member_permissions", "contexts", "integration_types", "nsfw", "handler"} {
		if v := c[k]; v != nil && v != "" {
			out[k] = v
		}
	}
	if s, ok := out["default_member_permissions"].(string); ok { // told as text, taken as a number
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			out["default_member_permissions"] = n
		}
	}
	return out
}

// mostServers is in how many servers the bot looks for commands that show twice.
const mostServers = 100

// warnOfDoubles logs where members see the bot's commands twice: those
// of the server and those that are registered everywhere. servers are those that
// the bot is in. It can wait until who asks first was answered.
func (f *Front) warnOfDoubles(ctx context.Context, servers []string) {
	if !sleep(ctx, 2*f.pace.backoff) {
		return
	}
	if len(f.Guilds) > 0 {
		if f.has(ctx, "") {
			f.log.Warn("the commands are registered everywhere too, and show twice in the servers that guilds of [discord] names; to take away those registered everywhere: attache unregister", "servers", f.Guilds)
		}
		return
	}
	for _, guild := range servers[:min(len(servers), mostServers)] {
		if f.has(ctx, guild) {
			f.log.Warn("the commands are registered everywhere and in a server too, where they show twice; to take away those of the server: attache unregister "+guild, "server", guild)
		}
	}
}

// has reports whether a server has commands of the bot, or with "" whether they
// are registered everywhere.
func (f *Front) has(ctx context.Context, guild string) bool {
	have, err := f.registeredIn(ctx, guild)
	ours, _ := parted(have)
	return err == nil && len(ours) > 0
}

// servers lists those that the bot is in, for a bot that has no connection that
// tells it.
func (f *Front) servers(ctx context.Context) (ids []string) {
	var list []struct {
		ID string `json:"id"`
	}
	if err := f.brief(ctx, request{what: "asking which servers the bot is in", method: "GET", path: "/users/@me/guilds", bucket: "me"}, &list); err != nil {
		f.log.Info("not known which servers the bot is in", "error", err)
	}
	for _, s := range list {
		ids = append(ids, s.ID)
	}
	return ids
}

// commandsOf is where the commands of a server are, or with "" those that are
// registered everywhere.
func (f *Front) commandsOf(guild string) string {
	if guild == "" {
		return "/applications/" + f.appID() + "/commands"
	}
	return "/applications/" + f.appID() + "/guilds/" + guild + "/commands"
}

// Unregister takes the commands off Discord: those of the given servers, or
// without one those that are registered everywhere. It stands for Run.
func (f *Front) Unregister(ctx context.Context, guilds []string) error {
	app, err := f.whoAmI(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return errors.New("taking the commands off Discord: Discord does not answer; see the log above, and try again")
	}
	if err != nil {
		return err
	}
	f.app.Store(app)
	if len(guilds) == 0 {
		guilds = []string{""}
	}
	for _, guild := range guilds {
		what := "taking the commands off Discord"
		if guild != "" {
			what = "taking the commands off server " + guild
		}
		have, err := f.registeredIn(ctx, guild)
		if err == nil {
			_, others := parted(have)
			rest := request{what: what, method: "PUT", path: f.commandsOf(guild), body: append([]any{}, others...), bucket: "commands"}
			err = f.brief(ctx, rest, nil)
		}
		if elsewhere(err) {
			return fmt.Errorf("%w; the bot is not in that server, and its commands there went with it, or the ID is wrong", err)
		}
		if err != nil {
			return fmt.Errorf("%w; try again", err)
		}
	}
	return nil
}

// elsewhere reports whether Discord refuses a scope as none of the bot's.
func elsewhere(err error) bool {
	return isStatus(err, http.StatusForbidden) || isStatus(err, http.StatusNotFound)
}

// commands makes the table what Discord registers: subcommands under their
// command, in the order of the table. Where commands are global, they work in
// servers and in direct messages, and but for admin commands everywhere for
// people who installed the bot for themselves.
//
// They are named and described in each language that Discord's clients have and
// the bot speaks; those of other members see English.
func commands(table []command.Command, global bool) []registered {
	var out []registered
	in := readTongues()
	at := map[string]int{}
	for _, c := range table {
		name, sub, nested := strings.Cut(c.Name, " ")
		if c.Message {
			name, nested = c.Name, false
		}
		i, known := at[name]
		if !known {
			i, at[name] = len(out), len(out)
			out = append(out, in.registration(c, name, global))
		}
		cmd := out[i].ApplicationCommand
		switch {
		case c.Message:
		case nested:
			title := func(w words.Catalogue) string {
				_, sub, _ := strings.Cut(c.Title(w), " ")
				return sub
			}
			cmd.Options = append(cmd.Options, &discordgo.ApplicationCommandOption{
				Type: discordgo.ApplicationCommandOptionSubCommand, Name: sub, NameLocalizations: in.all(title),
				Description: c.Help(english), DescriptionLocalizations: in.all(c.Help), Options: in.options(c.Options)})
		default:
			cmd.Options = in.options(c.Options)
		}
	}
	return out
}

// registration is a command without its options.
func (in tongues) registration(c command.Command, name string, global bool) registered {
	titles, helps := in.all(func(w words.Catalogue) string {
		title := c.Title(w)
		if !c.Message {
			title, _, _ = strings.Cut(title, " ")
		}
		return title
	}), in.all(c.Help)
	r := registered{ApplicationCommand: &discordgo.ApplicationCommand{Type: discordgo.ChatApplicationCommand,
		Name: name, NameLocalizations: &titles, Description: c.Help(english), DescriptionLocalizations: &helps}}
	if c.Message {
		r.Type, r.Description, r.DescriptionLocalizations = discordgo.MessageApplicationCommand, "", nil
	}
	if c.Admin {
		manage := int64(discordgo.PermissionManageGuild)
		r.Permissions = &manage
	}
	if global {
		where := []discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM}
		installs := []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}
		if !c.Admin {
			where = append(where, discordgo.InteractionContextPrivateChannel)
			installs = append(installs, discordgo.ApplicationIntegrationUserInstall)
		}
		r.Contexts, r.IntegrationTypes = &where, &installs
	}
	return r
}

var optionTypes = map[command.Type]discordgo.ApplicationCommandOptionType{
	command.String: discordgo.ApplicationCommandOptionString,
	command.Name:   discordgo.ApplicationCommandOptionString,
	command.Date:   discordgo.ApplicationCommandOptionString,
	command.Bool:   discordgo.ApplicationCommandOptionBoolean,
	command.File:   discordgo.ApplicationCommandOptionAttachment,
	command.Role:   discordgo.ApplicationCommandOptionRole,
}

func (in tongues) options(list []command.Option) []*discordgo.ApplicationCommandOption {
	var out []*discordgo.ApplicationCommandOption
	for _, o := range list {
		opt := &discordgo.ApplicationCommandOption{Type: optionTypes[o.Type], Name: o.Name, NameLocalizations: in.all(o.Title),
			Description: o.Help(english), DescriptionLocalizations: in.all(o.Help), Required: o.Required, Autocomplete: o.Complete != nil}
		if o.Type == command.String && o.Max > 0 {
			opt.MaxLength = o.Max
		}
		for _, value := range o.Choices {
			title := func(w words.Catalogue) string { return command.ChoiceTitle(w, value) }
			opt.Choices = append(opt.Choices, &discordgo.ApplicationCommandOptionChoice{Name: title(english), NameLocalizations: in.all(title), Value: value})
		}
		out = append(out, opt)
	}
	return out
}

// same reports whether Discord has just the commands that are wanted. Discord
// adds to what it was told (IDs, versions, defaults) and leaves out what is
// false or empty; the order is of no matter.
func same(have, want []map[string]any) bool {
	if len(have) != len(want) {
		return false
	}
	key := func(c map[string]any) string { return asText(c["type"]) + " " + asText(c["name"]) }
	known := map[string]map[string]any{}
	for _, c := range have {
		known[key(c)] = plain(c)
	}
	return !slices.ContainsFunc(want, func(c map[string]any) bool {
		have, ok := known[key(c)]
		want := plain(c)
		for _, k := range []string{"contexts", "integration_types"} { // Discord has defaults of its own
			if want[k] == nil {
				delete(have, k)
			}
		}
		return !ok || !reflect.DeepEqual(have, want)
	})
}

// compared are the fields of commands and options that the bot sets.
var compared = []string{"type", "name", "description", "default_member_permissions", "contexts", "integration_types",
	"options", "choices", "value", "required", "autocomplete", "max_length", "name_localizations", "description_localizations"}

// plain reduces a command or an option to what is compared.
func plain(c map[string]any) map[string]any {
	out := map[string]any{}
	for k, v := range c {
		if !slices.Contains(compared, k) {
			continue
		}
		list, isList := v.([]any)
		named, isMap := v.(map[string]any)
		switch {
		case v == nil, v == false, v == "", isList && len(list) == 0, isMap && len(named) == 0:
		case k == "options", k == "choices":
			var opts []map[string]any
			for _, o := range list {
				if o, ok := o.(map[string]any); ok {
					opts = append(opts, plain(o))
				}
			}
			out[k] = opts
		case isList:
			texts := make([]string, len(list))
			for i, e := range list {
				texts[i] = asText(e)
			}
			slices.Sort(texts)
			out[k] = texts
		default:
			out[k] = asText(v)
		}
	}
	return out
}

func asText(v any) string {
	raw, _ := json.Marshal(v)
	return strings.Trim(string(raw), `"`)
}
