package text_test

import (
	"testing"

	"example.org/attache/corpus/text"
)

func TestJoinLines(t *testing.T) {
	for _, row := range []struct{ lines, want string }{
		{"The road\n is  open.", "The road is open."},
		{"两国同意开放边境，\n并在明年春天\n通车。", "两国同意开放边境，并在明年春天通车。"},
		{"部长说：\n“我们同意。”\n他随后离开。", "部长说：“我们同意。”他随后离开。"},
		{"両国の外相は\nオスロで会談した。", "両国の外相はオスロで会談した。"},
		{"두 나라의\n외교장관은", "두 나라의 외교장관은"},
		{"他们访问了\nOslo。", "他们访问了 Oslo。"},
		{"“The road.”\n“The ferry.”", "“The road.” “The ferry.”"},
		{"北京 上海", "北京 上海"},
		{"\n\nThe road\n\n", "The road"},
		{"", ""},
	} {
		if got := text.JoinLines(row.lines); got != row.want {
			t.Errorf("%q becomes %q, want %q", row.lines, got, row.want)
		}
	}
}
