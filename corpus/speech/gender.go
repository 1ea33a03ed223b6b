package speech

import "strings"

// Gender is what a text tells of a person's gender; the zero value is unknown.
type Gender uint8

// The genders that pronouns tell apart.
const (
	Male Gender = 1 << iota
	Female
)

// givenGender is the gender that a folded given name tells.
func givenGender(givenName string) Gender {
	first, _, _ := strings.Cut(givenName, " ")
	c := words().words[first]
	if c&givenEither != 0 || c&given == givenMale|givenFemale {
		return 0
	}
	switch {
	case c&givenMale != 0:
		return Male
	case c&givenFemale != 0:
		return Female
	}
	return 0
}

// honorificGender is the gender that "Mr." or "Mrs." tells.
func honorificGender(toks []token) Gender {
	var g Gender
	for i := range toks {
		g |= wordGender(toks[i].class, honorificMale, honorificFemale)
	}
	return g
}

// roleGender is the gender that "spokeswoman" or "king" tells.
func roleGender(c class) Gender { return wordGender(c, roleMale, roleFemale) }

func wordGender(c, male, female class) Gender {
	switch {
	case c&male != 0 && c&female == 0:
		return Male
	case c&female != 0 && c&male == 0:
		return Female
	}
	return 0
}
