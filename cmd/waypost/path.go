package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"

	"github.com/alecthomas/kong"

	"waypost/app"
	"waypost/internal/partdate"
	"waypost/internal/settings"
	"waypost/paths/changes"
	"waypost/paths/checkins"
	"waypost/paths/decisions"
)

type pathCommands struct {
	Detect pathDetectCommand `cmd:"" help:"Look for changes in series of check-ins from standard input, as JSON lines."`
	Decide pathDecideCommand `cmd:"" help:"Compare the options of decisions from standard input, as JSON lines."`

	RotateKey rotateKeyCommand `cmd:"" help:"Protect the paths of all members by a new key, while the server runs."`
}

type rotateKeyCommand struct {
	settings.Settings `embed:""`
}

// Help says what becomes of the key before.
func (*rotateKeyCommand) Help() string {
	return `Members' paths are sealed under a key of each member's own, and these keys are wrapped by one that is kept outside the database and its backups: DIR/paths.key, mode 0600, or WAYPOST_PATHS_KEYS. This makes a new one, puts it before the older ones in the file, and wraps all members' keys by it. Older keys stay in the file, as older backups need them. Where the keys are a setting, put the new one first, restart every node, and the start does the same. Keep a copy of the file apart from the backups: without the newest key nobody can read a path again.`
}

// Run asks for a new key and says what became of it.
func (c *rotateKeyCommand) Run(ctx context.Context, command *kong.Context) error {
	if err := c.Load(command, os.Environ()); err != nil {
		return err
	}
	var done struct {
		Anew, Lost int
		File       string
	}
	if err := admin(ctx, c.Settings, app.CallRotateKey, nil, &done, nil); err != nil {
		return err
	}
	fmt.Printf("The paths of %d members are protected by the newest key.\n", done.Anew)
	if done.Lost > 0 {
		fmt.Printf("Those of %d members are not: the key that protects them is not here. Put it back and run this again.\n", done.Lost)
	}
	if done.File != "" {
		fmt.Printf("Keep a copy of %s apart from the backups, and put it on every other node before you restart it there.\n", done.File)
	}
	return nil
}

type pathDetectCommand struct{}

// Help says what lines the command reads and writes.
func (*pathDetectCommand) Help() string {
	return `Each line of standard input is the check-ins of one step: {"id":…,"checkins":[{"date":"2026-11-29","learning":4,…},…]}, with 1 to 5 or null for learning, growth, belonging, workload, pay, happiness and goal. Each is answered at once by a line {"id":…,"steps":[…]} that says for each check-in, as if the later ones were not there yet, the statistic, where it splits the series, on which curve, and whether that is a possible or a detected change at this pace. Nothing is kept.`
}

// Run answers lines until there are no more.
func (*pathDetectCommand) Run() error { return detect(os.Stdin, os.Stdout) }

type detectAnswer struct {
	ID    json.RawMessage `json:"id"`
	Steps []detectStep    `json:"steps"`
}

type detectStep struct {
	Date              partdate.Date  `json:"date"`
	Statistic         float64        `json:"statistic"`
	SplitDate         *partdate.Date `json:"split_date"`
	Series            *string        `json:"series"`
	Detected          bool           `json:"detected"`
	Possible          bool           `json:"possible"`
	ThresholdDetected float64        `json:"threshold_detected"`
	ThresholdPossible float64        `json:"threshold_possible"`
}

func detect(in io.Reader, out io.Writer) error {
	return answerLines(in, out, func(line []byte) (any, error) {
		all, err := checkins.Parse(line)
		if err != nil {
			return nil, err
		}
		found, err := changes.Walk(all)
		if err != nil {
			return nil, err
		}
		a := detectAnswer{ID: idOf(line), Steps: make([]detectStep, len(all))}
		for i, f := range found {
			step := detectStep{Date: all[i].Day.Date(), Statistic: rounded(f.Statistic), Detected: f.Detected(), Possible: f.Possible(),
				ThresholdDetected: rounded(f.Limits.Detected), ThresholdPossible: rounded(f.Limits.Possible)}
			if f.Curve != checkins.NoCurve {
				split, series := all[f.Split].Day.Date(), f.Curve.String()
				step.SplitDate, step.Series = &split, &series
			}
			a.Steps[i] = step
		}
		return a, nil
	})
}

type pathDecideCommand struct{}

// Help says what lines the command reads and writes.
func (*pathDecideCommand) Help() string {
	return `Each line of standard input is a decision: {"id":…,"criteria_rank_groups":[["learning","goal"],["pay"]],"options":[{"name":"Stay","scores":{"learning":[2,4,5],…}},…]}: criteria from those that matter most, scores as low, likely and high from 0 to 10, perhaps "fails_must_have" and "unknown_must_have" with an option. Each is answered at once by a line {"id":…,"central_weights":…,"expected":…} with, by option, how often it came out best, the 10 to 90 percent range and the mean of its value, its expected regret, and its value at likely scores. The draws follow from the id: the same line always has the same answer. Nothing is kept.`
}

// Run answers lines until there are no more.
func (*pathDecideCommand) Run() error { return decide(os.Stdin, os.Stdout) }

type decideAnswer struct {
	ID      json.RawMessage    `json:"id"`
	Central map[string]float64 `json:"central_weights"`
	Result  decideResult       `json:"expected"`
}

type decideResult struct {
	Best   map[string]float64    `json:"p_best"`
	Range  map[string][2]float64 `json:"value_80"`
	Mean   map[string]float64    `json:"value_mean"`
	Regret map[string]float64    `json:"expected_regret"`
	Likely map[string]float64    `json:"value_at_likely_central_weights"`
}

func decide(in io.Reader, out io.Writer) error {
	return answerLines(in, out, func(line []byte) (any, error) {
		d, err := decisions.Parse(line)
		if err != nil {
			return nil, err
		}
		outcomes, err := decisions.Outcomes(d)
		if err != nil {
			return nil, err
		}
		weights, err := decisions.CentralWeights(d)
		if err != nil {
			return nil, err
		}
		for criterion, w := range weights {
			weights[criterion] = rounded(w)
		}
		r := decideResult{Best: map[string]float64{}, Range: map[string][2]float64{}, Mean: map[string]float64{}, Regret: map[string]float64{}, Likely: map[string]float64{}}
		for _, o := range outcomes {
			r.Best[o.Name] = rounded(o.ShareBest)
			r.Range[o.Name] = [2]float64{rounded(o.Low), rounded(o.High)}
			r.Mean[o.Name] = rounded(o.Mean)
			r.Regret[o.Name] = rounded(o.Regret)
			r.Likely[o.Name] = rounded(o.Likely)
		}
		return decideAnswer{ID: idOf(line), Central: weights, Result: r}, nil
	})
}

// idOf is the "id" of a line as it stands there; null without one.
func idOf(line []byte) json.RawMessage {
	var asked struct {
		ID json.RawMessage `json:"id"`
	}
	if json.Unmarshal(line, &asked) != nil {
		return nil
	}
	return asked.ID
}

// rounded is x to four decimals.
func rounded(x float64) float64 { return math.Round(x*1e4) / 1e4 }
