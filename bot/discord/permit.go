package discord

import (
	"slices"

	"github.com/bwmarrin/discordgo"
)

// admin reports whether a person may run admin commands: one of admin_users,
// or, in a server, a member with one of admin_roles, or with Manage Server in
// a server of admin_guilds. What Discord itself lets through does not count:
// whoever adds the bot to a server of their own decides that there.
func (f *Front) admin(in *interaction) bool {
	if slices.Contains(f.AdminUsers, in.who()) {
		return true
	}
	if in.GuildID == "" || in.Member.User.ID == "" {
		return false
	}
	for _, role := range in.Member.Roles {
		if slices.Contains(f.AdminRoles, role) {
			return true
		}
	}
	const manages = discordgo.PermissionManageGuild | discordgo.PermissionAdministrator
	return in.Member.Permissions&manages != 0 && slices.Contains(f.AdminGuilds, in.GuildID)
}
