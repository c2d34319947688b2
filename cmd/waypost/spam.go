package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"waypost/app"
	"waypost/internal/settings"
	"waypost/spam"
	"waypost/spam/base"
	"waypost/spam/base/examples"
)

type spamCommands struct {
	Score   spamScoreCommand   `cmd:"" help:"Judge and learn messages from standard input, as JSON lines; for measuring the filter."`
	Explain spamExplainCommand `cmd:"" help:"Say what the filter thinks of one message, and why."`
	Stats   spamStatsCommand   `cmd:"" help:"Say month by month what the filter got right and wrong."`
	Rebuild spamRebuildCommand `cmd:"" help:"Make the filter's model anew of all that moderators decided."`
	Unlearn spamUnlearnCommand `cmd:"" help:"Make the filter forget what one moderator taught it."`
	Train   spamTrainCommand   `cmd:"" help:"Make a base model of examples."`
}

// baseFlag says what a model stands on.
type baseFlag struct {
	Base  string `placeholder:"none|shipped|FILE" help:"What is known before anything is learned: nothing, what the program comes with (as it is if nothing is said), or a file: a trained base, or examples as JSON lines (.gz too) to train one of."`
	Learn string `placeholder:"FILE" help:"Messages to learn first, as JSON lines with \"text\" and \"spam\" (.gz too)."`
}

// model makes the model that the flags ask for.
func (f baseFlag) model() (*spam.Model, error) {
	under, err := f.base()
	if err != nil {
		return nil, err
	}
	m := spam.New(under)
	if f.Learn == "" {
		return m, nil
	}
	learned, err := readExamples(f.Learn)
	if err != nil {
		return nil, err
	}
	for _, e := range learned {
		m.Learn(spam.Extract(e.Message), e.Spam)
	}
	return m, nil
}

func (f baseFlag) base() (*spam.Base, error) {
	switch f.Base {
	case "none":
		return nil, nil
	case "shipped", "":
		return base.Shipped(), nil
	}
	file, err := os.ReadFile(f.Base)
	if err != nil {
		return nil, fmt.Errorf("--base is \"none\", \"shipped\" or a file: %w", err)
	}
	if spam.IsBase(file) {
		trained, err := spam.ReadBase(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Base, err)
		}
		return trained, nil
	}
	examples, err := readExamples(f.Base)
	if err != nil {
		return nil, err
	}
	trained, err := spam.TrainBase(examples)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Base, err)
	}
	return trained, nil
}

// readExamples reads labelled messages from JSON lines, packed with gzip or not.
func readExamples(name string) ([]spam.Example, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var in io.Reader = file
	if strings.HasSuffix(name, ".gz") {
		if in, err = gzip.NewReader(file); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	examples, err := spam.ReadExamples(in, nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return examples, nil
}

type spamScoreCommand struct{ baseFlag }

// Help says what lines the command reads and writes.
func (*spamScoreCommand) Help() string {
	return `Each line of standard input is {"op":"check","text":…} or {"op":"learn","spam":true|false,"text":…}, with "author", "email" and "url" if they are known. Each is answered at once by a line: {"score":0..1,"spam":true|false} or {"ok":true}. The model begins with the base that --base names, with the one that the program comes with unless it is set, and with nothing for --base=none; what it learns is gone at the end.`
}

// Run answers lines until there are no more.
func (c *spamScoreCommand) Run() error {
	m, err := c.model()
	if err != nil {
		return err
	}
	return score(m, os.Stdin, os.Stdout)
}

type scoreAnswer struct {
	Score float64 `json:"score"`
	Spam  bool    `json:"spam"`
}

func score(m *spam.Model, in io.Reader, out io.Writer) error {
	thresholds := spam.Usual.Thresholds()
	return answerLines(in, out, func(line []byte) (any, error) {
		var asked struct {
			Op string `json:"op"`
		}
		message, isSpam, err := spam.ParseMessage(line)
		if err == nil {
			err = json.Unmarshal(line, &asked)
		}
		switch {
		case err != nil:
			return nil, err
		case asked.Op == "check":
			v := m.Check(message, thresholds)
			return scoreAnswer{v.Probability, v.Decided}, nil
		case asked.Op == "learn" && isSpam == nil:
			return nil, errors.New("to learn a message, \"spam\" must be true or false")
		case asked.Op == "learn":
			m.Learn(spam.Extract(message), *isSpam)
			return map[string]bool{"ok": true}, nil
		}
		return nil, fmt.Errorf("\"op\" is %q, but must be \"check\" or \"learn\"", asked.Op)
	})
}

type spamExplainCommand struct {
	baseFlag
	JSON              bool `help:"Print as JSON."`
	settings.Settings `embed:""`
	File              string `arg:"" help:"The message: plain text, or JSON with \"text\" and perhaps \"name\", \"email\", \"url\", \"user_agent\", \"seconds\", \"approved\", \"refused\"; - is standard input."`
}

// Help says whose filter is asked.
func (*spamExplainCommand) Help() string {
	return `With --data=DIR (or --database) the filter of the community there is asked, with all that its moderators decided and as sternly as its owners want it. Otherwise it is a filter of what --base and --learn say alone, and of the base that the program comes with where --base is not set. Nothing is refused as spam before ten messages are learned as spam and ten as honest, however probable it is: a base alone never refuses.`
}

// mostExplained is how large a message may be that a community is asked about.
const mostExplained = 256 << 10

// verdict asks the filter of a community, if one is named, or one of the flags.
func (c *spamExplainCommand) verdict(ctx context.Context, command *kong.Context, message spam.Message) (v spam.Verdict, err error) {
	itself := c.Base != "" || c.Learn != ""
	if itself && slices.ContainsFunc(command.Path, func(p *kong.Path) bool { return p.Flag != nil && (p.Flag.Name == "data" || p.Flag.Name == "database") }) {
		return v, errors.New("a community's filter has its own base and decisions: give --data or --database, or else --base and --learn")
	}
	if !itself {
		if err := c.Load(command, os.Environ()); err != nil {
			return v, err
		}
		if c.DataNamed() || c.Database != "" {
			if len(message.Text) > mostExplained {
				return v, fmt.Errorf("%s has more than %d KiB, and a reply never has", c.File, mostExplained>>10)
			}
			err := admin(ctx, c.Settings, app.CallSpamExplain, message, &v, nil)
			return v, err
		}
	}
	m, err := c.model()
	if err != nil {
		return v, err
	}
	return m.Check(message, spam.Usual.Thresholds()), nil
}

// Run prints the verdict on a message.
func (c *spamExplainCommand) Run(ctx context.Context, command *kong.Context) error {
	message, err := readMessage(c.File)
	if err != nil {
		return err
	}
	v, err := c.verdict(ctx, command, message)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(os.Stdout, map[string]any{"verdict": v.Kind, "probability": v.Probability, "untaught": v.Untaught, "reasons": v.Reasons})
	}
	return printVerdict(os.Stdout, v)
}

func printVerdict(w io.Writer, v spam.Verdict) error {
	_, err := fmt.Fprintf(w, "%s, by a probability of %.3f that it is spam\n", v.Kind, v.Probability)
	if v.Untaught && err == nil {
		_, err = fmt.Fprintln(w, "  not refused: a base alone never refuses; until moderators have kept ten replies and refused ten, what is doubted waits for them")
	}
	for _, r := range v.Reasons {
		side := "for spam    "
		if r.Weight < 0 {
			side = "against spam"
		}
		if _, err := fmt.Fprintf(w, "  %s %5.2f  %s\n", side, max(r.Weight, -r.Weight), r); err != nil {
			return err
		}
	}
	return err
}

func readMessage(name string) (spam.Message, error) {
	in := os.Stdin
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return spam.Message{}, err
		}
		defer file.Close()
		in = file
	}
	text, err := io.ReadAll(io.LimitReader(in, spam.LongestLine))
	if err != nil {
		return spam.Message{}, err
	}
	if trimmed := bytes.TrimSpace(text); bytes.HasPrefix(trimmed, []byte("{")) && json.Valid(trimmed) {
		message, _, err := spam.ParseMessage(trimmed)
		if err != nil {
			return spam.Message{}, fmt.Errorf("%s: %w", name, err)
		}
		return message, nil
	}
	return spam.Message{Text: string(text)}, nil
}

type spamTrainCommand struct {
	Folder string `arg:"" type:"existingdir" help:"Where the examples lie: JSON lines in files that end in -ham.jsonl and -spam.jsonl."`
	File   string `arg:"" help:"Where to write the base model, for --base."`
}

// Run makes a base model.
func (c *spamTrainCommand) Run() error {
	trained, err := examples.Train(os.DirFS(c.Folder))
	if err != nil {
		return err
	}
	return os.WriteFile(c.File, trained.Bytes(), 0o644)
}
