package command

import "fmt"

// Clock writes the second of a recording, from 1, as players show it: "1:02:33";
// empty for 0, where there is no recording.
func Clock(second int) string {
	if second == 0 {
		return ""
	}
	s := second - 1
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
