package word

import (
	"strings"

	"example.org/attache/corpus/speech"
)

// GivenGender is the gender of a folded given name; 0 where it is unknown or
// either.
func GivenGender(givenName string) speech.Gender {
	first, _, _ := strings.Cut(givenName, " ")
	c := Of(first)
	if c&GivenEither != 0 || c&Given == GivenMale|GivenFemale {
		return 0
	}
	switch {
	case c&GivenMale != 0:
		return speech.Male
	case c&GivenFemale != 0:
		return speech.Female
	}
	return 0
}

// HonorificGender is the gender of the class of "Mr." or "Mrs.".
func HonorificGender(c Class) speech.Gender {
	return genderOf(c, HonorificMale, HonorificFemale)
}

// RoleGender is the gender of the class of "spokeswoman" or "king".
func RoleGender(c Class) speech.Gender { return genderOf(c, RoleMale, RoleFemale) }

func genderOf(c, male, female Class) speech.Gender {
	switch {
	case c&male != 0 && c&female == 0:
		return speech.Male
	case c&female != 0 && c&male == 0:
		return speech.Female
	}
	return 0
}
