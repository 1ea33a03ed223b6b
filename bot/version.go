package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version says which version of the program this is, from which commit of which
// day it was built, and with which Go. A build within a clone knows all of it; one
// by "go install" knows the version.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "attache, version unknown, " + runtime.Version()
	}
	set := map[string]string{}
	for _, s := range info.Settings {
		set[s.Key] = s.Value
	}
	v := "attache " + info.Main.Version
	if commit := set["vcs.revision"]; commit != "" {
		v += fmt.Sprintf(", commit %.12s", commit)
		if set["vcs.modified"] == "true" {
			v += " with changes"
		}
		v += fmt.Sprintf(" of %.10s", set["vcs.time"])
	}
	return v + ", " + info.GoVersion
}
