package format

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/asticode/go-astisub"

	"example.org/attache/corpus/text"
)

// readSubtitles reads the subtitles of a recording, SubRip and WebVTT. Cues are
// joined to paragraphs of sentences, each of one voice, with the time that it
// begins at.
func readSubtitles(ctx context.Context, f File) (Document, error) {
	t, err := text.Decode(f.Data, "")
	if err != nil {
		return Document{}, err
	}
	if n := strings.Count(t, "-->"); n > maxCues {
		return Document{}, fmt.Errorf("%w: it has %s cues, and at most %s are read; split it", ErrTooBig, thousands(n), thousands(maxCues))
	}
	read := astisub.ReadFromSRT
	if f.extension() == ".vtt" || strings.HasPrefix(strings.TrimLeft(t, "\ufeff \r\n"), "WEBVTT") {
		read = astisub.ReadFromWebVTT
	}
	subtitles, err := unpanicked(func() (*astisub.Subtitles, error) { return read(strings.NewReader(t)) })
	if err != nil {
		return Document{}, fmt.Errorf("taking its cues apart: %w; save it again as .srt or .vtt", err)
	}
	if len(subtitles.Items) == 0 {
		return Document{}, errNoCues
	}
	s := subtitleReader{number: map[string]int{}}
	for _, item := range subtitles.Items {
		if err := ctx.Err(); err != nil {
			return Document{}, err
		}
		for _, l := range item.Lines {
			s.line(strings.TrimSpace(l.VoiceName), l.String(), item.StartAt, item.EndAt)
		}
	}
	s.flush()
	return s.Document, nil
}

// unpanicked makes an error of a panic in f: the library panics over some cues
// without a number.
func unpanicked[T any](f func() (T, error)) (v T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	return f()
}

var errNoCues = errors.New("no cue with a time was found in it; save it again as .srt or .vtt")

// subtitleReader joins cues to paragraphs.
type subtitleReader struct {
	Document
	number map[string]int // of a voice, from 1
	now    strings.Builder
	voice  string
	began  time.Duration
	ended  time.Duration
	last   string // the line before: captions of live broadcasts print it again
}

// How cues make paragraphs: a pause, or enough text at the end of a sentence,
// ends one.
const (
	longPause      = 4 * time.Second
	enoughText     = 400  // bytes
	mostInOneBlock = 2000 // bytes, where no sentence ends
)

var (
	subtitleMarkup = regexp.MustCompile(`<[^<>]{0,80}>|\{\\[^{}]{0,40}\}`)
	newSpeaker     = regexp.MustCompile(`^(?:>>+|- ?(?:\p{Lu}))`)
	lineSpeaker    = regexp.MustCompile(`^(?:>>+ ?)?\p{Lu}[\p{L}.'’ -]{1,40}: `)
)

// line takes up a line of a cue.
func (s *subtitleReader) line(voice, t string, from, to time.Duration) {
	t = strings.TrimSpace(strings.Join(strings.Fields(subtitleMarkup.ReplaceAllString(t, "")), " "))
	if t == "" || t == s.last {
		return
	}
	s.last = t
	if s.now.Len() > 0 && (voice != s.voice || from-s.ended > longPause || newSpeaker.MatchString(t) || lineSpeaker.MatchString(t) || s.isEnough()) {
		s.flush()
	}
	t = strings.TrimLeft(t, "> ")
	if s.now.Len() == 0 {
		s.began, s.voice = from, voice
	} else {
		s.now.WriteString(text.Between(s.now.String(), t))
	}
	s.now.WriteString(t)
	s.ended = to
}

// isEnough reports whether the paragraph under way is long enough.
func (s *subtitleReader) isEnough() bool {
	t := s.now.String()
	last, _ := utf8.DecodeLastRuneInString(t)
	return len(t) > enoughText && strings.ContainsRune(".?!…。？！”\"", last) || len(t) > mostInOneBlock
}

// flush ends the paragraph under way.
func (s *subtitleReader) flush() {
	t := strings.TrimSpace(s.now.String())
	s.now.Reset()
	if t == "" {
		return
	}
	b := Block{Text: t, Second: 1 + int(s.began/time.Second)}
	if s.voice != "" {
		n := s.number[s.voice]
		if n == 0 {
			s.Voices = append(s.Voices, Voice{Name: nameInCase(labelName(s.voice))})
			n = len(s.Voices)
			s.number[s.voice] = n
		}
		b.Voice = n
	}
	s.Blocks = append(s.Blocks, b)
}
