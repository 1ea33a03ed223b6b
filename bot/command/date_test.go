package command

import (
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	now := time.Date(2024, 9, 12, 15, 0, 0, 0, time.UTC) // a Thursday
	for written, want := range map[string]string{
		"2023-11-07": "2023-11-07", "Nov. 7, 2023": "2023-11-07", "7 November 2023": "2023-11-07",
		"March 2023": "2023-03", "2023-03": "2023-03", "2023": "2023",
		"yesterday": "2024-09-11", "last week": "2024-09-05", "last month": "2024-08", "last year": "2023",
		"Tuesday": "2024-09-10", "last tuesday": "2024-09-10", "December": "2023-12",
		"marzo de 2023": "2023-03", "2023년 11월 7일": "2023-11-07", "7 ноября 2023": "2023-11-07",
		"7.11.2023": "2023-11-07", "11/7/2023": "2023-11-07", "17/11/2023": "2023-11-17", "11/2023": "2023-11", "2023/11/07": "2023-11-07",
		"3 days ago": "2024-09-09", "two weeks ago": "2024-08-29", "a year ago": "2023", "this month": "2024-09", "Nov 7th": "2023-11-07",
		"7": "", "2023-13": "", "February 30, 2023": "", "13/13/2023": "", "2023-11-07-01": "", "1 May June 2023": "",
		"banana": "", "last": "", "0000-00-00": "",
	} {
		got, ok := parseDate(written, now)
		if ok != (want != "") || ok && got.String() != want {
			t.Errorf("parseDate(%q) = %q, %v; want %q", written, got, ok, want)
		}
	}
}
