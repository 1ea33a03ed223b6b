package format_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"example.org/attache/corpus/format"
)

// told writes what a file holds in short: of each document its part, title,
// author and date, and its blocks between bars.
func told(name, data string) string {
	var b strings.Builder
	for d, err := range format.Read(context.Background(), format.File{Path: name, Data: []byte(data)}) {
		if err != nil {
			fmt.Fprintf(&b, "%s! %v\n", d.Part, err)
			continue
		}
		var blocks []string
		for _, block := range d.Blocks {
			blocks = append(blocks, strings.Join(strings.Fields(block.Text), " "))
		}
		fmt.Fprintf(&b, "%s (%s; %s; %s) %s\n", d.Part, d.Title, d.Author, d.Published, strings.Join(blocks, " | "))
	}
	return b.String()
}

const ferryHead = "From: Ida Falk <ida@pier.example>\nTo: desk@pier.example\nDate: Tue, 6 Feb 2024 10:00:00 +0100\nMIME-Version: 1.0\n"

// ferryMail is a mail of Ida Falk.
func ferryMail(subject, kind, body string) string {
	return ferryHead + "Subject: " + subject + "\nContent-Type: " + kind + "; charset=utf-8\n\n" + body
}

// The mail that another one answers is not its sender's, however it stands there.
func TestAnsweredMailsAreLeftOut(t *testing.T) {
	const want = " (Ferry; Ida Falk; 2024-02-06) The pier opens at noon.\n"
	html := func(quoted string) string { return "<div>The pier opens at noon.</div>" + quoted }
	for name, mail := range map[string]string{
		"marks":    ferryMail("Ferry", "text/plain", "The pier opens at noon.\n\nOn Mon, 5 Feb 2024 at 8:00, Per Dahl\n<per@dahl.example> wrote:\n\n> When does it open?\n"),
		"Outlook":  ferryMail("Ferry", "text/plain", "The pier opens at noon.\n\n-----Original Message-----\nFrom: Per Dahl\nSent: Monday\nTo: Ida\nSubject: Ferry\n\nWhen does it open?\n"),
		"a rule":   ferryMail("Ferry", "text/plain", "The pier opens at noon.\n\n________________________________\nFrom: Per Dahl <per@dahl.example>\nSent: Monday, 5 February 2024 08:00\nTo: Ida Falk; Ole Lie;\n other@pier.example\nSubject: Ferry\n\nWhen does it open?\n"),
		"French":   ferryMail("Ferry", "text/plain", "The pier opens at noon.\n\n-----Message d'origine-----\nDe : Per Dahl\nEnvoyé : lundi\nÀ : Ida\nObjet : Ferry\n\nWhen does it open?\n"),
		"Japanese": ferryMail("Ferry", "text/plain", "The pier opens at noon.\n\n差出人: Per Dahl\n送信日時: 2024年2月5日\n宛先: Ida\n件名: Ferry\n\nWhen does it open?\n"),
		"emphasis": ferryMail("Ferry", "text/plain", "The pier opens at noon.\n\n*From:* Per Dahl\n*Sent:* Monday\n*To:* Ida\n*Subject:* Ferry\n\nWhen does it open?\n"),
		"unmarked": ferryMail("Ferry", "text/plain", "The pier opens at noon.\n\n---- Original Message ----\nWhen does it open?\n"),
		"signed":   ferryMail("Ferry", "text/plain", "The pier opens at noon.\n\n-- \nIda Falk\nPier Office\n\n-----Original Message-----\nWhen does it open?\n"),
		"Gmail":    ferryMail("Ferry", "text/html", html(`<div class="gmail_quote"><div class="gmail_attr">On Mon, 5 Feb 2024 at 8:00 Per wrote:</div><blockquote class="gmail_quote">When does it open?</blockquote></div>`)),
		"cited":    ferryMail("Ferry", "text/html", html(`<p>Am 05.02.24 um 8:00 schrieb Per Dahl:</p><blockquote type="cite"><p>When does it open?</p></blockquote>`)),
		"plain":    ferryMail("Ferry", "text/html", html(`<blockquote>When does it open?</blockquote>`)),
		"a box":    ferryMail("Ferry", "text/html", html(`<div class="yahoo_quoted">When does it open?</div>`)),
		"Word":     ferryMail("Ferry", "text/html", html(`<div><p><b>Fra:</b> Per Dahl<br><b>Sendt:</b> mandag<br><b>Til:</b> Ida<br><b>Emne:</b> Ferry</p></div><p>When does it open?</p>`)),
	} {
		if got := told("a.eml", mail); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

// What looks a little like an answered mail stays.
func TestWhatIsTheSendersStays(t *testing.T) {
	for _, mail := range []string{
		ferryMail("Ferry", "text/plain", "The pier opens at noon.\n\nFrom: noon on, two boats sail.\nTo: be sure, ask.\n"),
		ferryMail("Ferry", "text/plain", "The council wrote:\n\nThe pier opens at noon.\n"),
		ferryMail("Ferry", "text/html", `<p>The pier opens at noon.</p><blockquote style="margin:0 0 0 40px;border:none">Two boats sail.</blockquote>`),
		"List-Unsubscribe: <https://pier.example/off>\n" + ferryMail("Ferry", "text/html", `<p>The council said:</p><blockquote>The pier opens at noon, two boats sail.</blockquote>`),
	} {
		got := told("a.eml", mail)
		if !strings.Contains(got, "The pier opens at noon") || strings.Contains(mail, "two boats") && !strings.Contains(got, "two boats") || strings.Contains(mail, "Two boats") && !strings.Contains(got, "Two boats") {
			t.Errorf("of %q: got %q", mail, got)
		}
	}
}

// Who passes a mail on did not write it.
func TestForwardedMailsHaveTheirOwnSender(t *testing.T) {
	const own, passed = "For the file.", "#forwarded (Ferry; Per Dahl; 2024-02-05) The pier opens at noon.\n"
	for name, mail := range map[string]string{
		"Gmail":      ferryMail("Fwd: Ferry", "text/plain", own+"\n\n---------- Forwarded message ---------\nFrom: Per Dahl <per@dahl.example>\nDate: Mon, 5 Feb 2024 at 08:00\nSubject: Ferry\nTo: <ida@pier.example>\n\n\nThe pier opens at noon.\n\n> When?\n"),
		"Apple":      ferryMail("Fwd: Ferry", "text/plain", own+"\n\nBegin forwarded message:\n\nFrom: Per Dahl <per@dahl.example>\nSubject: Ferry\nDate: 5 February 2024 at 08:00:00 CET\nTo: ida@pier.example\n\nThe pier opens at noon.\n"),
		"Outlook":    ferryMail("VS: Ferry", "text/html", "<p>"+own+`</p><p><b>Fra:</b> Per Dahl &lt;per@dahl.example&gt;<br><b>Sendt:</b> 5. februar 2024<br><b>Til:</b> Ida<br><b>Emne:</b> Ferry</p><p>The pier opens at noon.</p>`),
		"Gmail HTML": ferryMail("Fwd: Ferry", "text/html", "<div>"+own+`</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>From: <b>Per Dahl</b> &lt;per@dahl.example&gt;<br>Date: Mon, 5 Feb 2024<br>Subject: Ferry<br>To: &lt;ida@pier.example&gt;<br></div><br><br><div>The pier opens at noon.</div></div>`),
	} {
		got := told("a.eml", mail)
		if first, rest, _ := strings.Cut(got, "\n"); !strings.HasSuffix(first, "; Ida Falk; 2024-02-06) "+own) || rest != passed {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

func TestAttachedMailsAreMails(t *testing.T) {
	part := func(head string) string {
		return "--x\nContent-Type: message/rfc822" + head + "\n\n" + ferryMail("Ferry", "text/plain", "The caf=C3=A9 on the pier opens at noon.\n")
	}
	body := strings.NewReplacer("charset=utf-8\n", "charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n").Replace(
		part("\nContent-Disposition: attachment") + part("; name=\"Ferry\"\nContent-Disposition: attachment; filename=\"Ferry\"") + part("\nContent-Disposition: inline"))
	got := told("a.eml", "From: Per <per@dahl.example>\nSubject: See\nDate: Wed, 7 Feb 2024 10:00:00 +0100\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nPlease see below.\n"+body+"--x--\n")
	want := " (See; Per; 2024-02-07) Please see below.\n"
	for _, name := range []string{"attached-1.eml", "Ferry.eml", "attached-2.eml"} {
		want += "/" + name + " (Ferry; Ida Falk; 2024-02-06) The café on the pier opens at noon.\n"
	}
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Lines of format=flowed that end in a space go on in the next.
func TestFlowedMails(t *testing.T) {
	for _, row := range [][3]string{
		{"", "The pier opens \nat noon, and \n stays open.\n\n From May on \nit is free.\n-- \nIda \nFalk\n", "The pier opens at noon, and stays open. | From May on it is free."},
		{"; delsp=yes", "The pi \ner opens at no \non.\n", "The pier opens at noon."},
		{"", "It opens at noon.\n\nPer wrote on 5 Feb 2024:\n>When does \n>it open?\n", "It opens at noon."},
	} {
		mail := strings.Replace(ferryMail("Ferry", "text/plain", row[1]), "charset=utf-8", "charset=utf-8; format=flowed"+row[0], 1)
		if got, want := told("a.eml", mail), " (Ferry; Ida Falk; 2024-02-06) "+row[2]+"\n"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// Each mail of a mailbox is a document, also when lines of one begin like what
// is between two.
func TestMailboxes(t *testing.T) {
	first := "From ida@pier.example Tue Feb  6 10:00:00 2024\n" + ferryMail("Ferry", "text/plain", "The pier opens at noon.\n\nFrom noon on it is free.\n\n>From May on it is not.\n\n")
	second := "From - Wed Feb  7 10:00:00 2024\r\n" + strings.ReplaceAll(ferryMail("Bridge", "text/plain", "The bridge is open.\n"), "\n", "\r\n")
	want := "#1 (Ferry; Ida Falk; 2024-02-06) The pier opens at noon. | From noon on it is free. | From May on it is not.\n#2 (Bridge; Ida Falk; 2024-02-06) The bridge is open.\n"
	for _, name := range []string{"a.mbox", "Inbox"} {
		if got := told(name, first+second); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

// The encoding that a mail declares counts; where it declares none, or ASCII of
// what is more, its bytes tell.
func TestEncodingsOfMails(t *testing.T) {
	const body = "The “café” on the pier opens at noon, and stays open until the last ferry has left for the island of Moen.\n"
	want := " (Ferry; Ida Falk; 2024-02-06) " + strings.TrimSpace(body) + "\n"
	mail := ferryMail("Ferry", "text/plain", body)
	for _, charset := range []string{"charset=utf-8", "charset=us-ascii", "format=fixed"} {
		if got := told("a.eml", strings.Replace(mail, "charset=utf-8", charset, 1)); got != want {
			t.Errorf("%s: got %q", charset, got)
		}
	}
	latin := strings.NewReplacer("charset=utf-8", "charset=windows-1252", "“", "\x93", "”", "\x94", "é", "\xe9").Replace(mail)
	if got := told("a.eml", latin); got != want {
		t.Errorf("windows-1252: got %q", got)
	}
}
