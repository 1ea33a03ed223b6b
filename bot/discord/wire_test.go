package discord_test

import (
	"encoding/json"
	"testing"

	"example.org/attache/bot/discord"
)

func TestInteractionsAreReadAsFarAsTheyCanBe(t *testing.T) {
	for raw, want := range map[string]bool{
		`{"id":"1","token":"t","type":2,"data":{"name":"ask","options":[{"name":"q","type":3,"value":"x"}]}}`:    true,
		`{"id":"1","token":"t","type":3,"data":null,"message":{"components":[{"type":77,"components":"none"}]}}`: true,
		`{"id":"1","token":"t","type":2,"member":{"permissions":"many","roles":[],"user":{"id":"2"}}}`:           true,
		`{"id":"1","token":"t","type":2,"member":{"permissions":32,"roles":[1,2]}}`:                              true,
		`{"id":"1","type":2}`:               false,
		`{"token":"t"}`:                     false,
		`[]`:                                false,
		``:                                  false,
		`{"id":1,"token":"t","type":"two"}`: false,
	} {
		if got := discord.ReadInteraction([]byte(raw)); got != want {
			t.Errorf("%s: %v", raw, got)
		}
	}
}

func FuzzInteractions(f *testing.F) {
	f.Add([]byte(`{"id":"1","token":"t","type":2,"data":{"name":"admin","options":[{"name":"reindex","type":1,"options":[{"name":"a","value":1}]}]}}`))
	f.Add([]byte(`{"id":"1","token":"t","type":3,"message":{"components":[{"type":17,"components":[{"type":10,"content":"### a\\"}]}]}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if discord.ReadInteraction(raw) && !json.Valid(raw) {
			t.Errorf("read %q, which is no JSON", raw)
		}
	})
}
