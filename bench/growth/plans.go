//go:build linux

package growth

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"waypost/bench/site"
	"waypost/internal/db"
)

// plans explains how the engine ran every statement that the questions came down to,
// and shows those that read a table which grows with the stories from end to end.
// PostgreSQL remembers the statements of a connection; SQLite is asked about the same.
func (r *run) plans(ctx context.Context, s *site.Site) ([]string, error) {
	if s.DB.Engine() == db.Postgres {
		var err error
		if r.asked, err = prepared(ctx, s); err != nil {
			return nil, err
		}
	}
	lines := []string{fmt.Sprintf("%d statements explained; those that read a table of stories from end to end:", len(r.asked))}
	whole := 0
	for _, text := range r.asked {
		plan, err := explain(ctx, s, text)
		if err != nil {
			return nil, fmt.Errorf("explain %s: %w", text, err)
		}
		if readsWhole.MatchString(plan) {
			whole++
			lines = append(lines, "  "+oneLine(text), "    "+strings.ReplaceAll(plan, "\n", "\n    "))
		}
	}
	if whole == 0 {
		lines = append(lines, "  none")
	}
	return lines, nil
}

// readsWhole finds the line of a plan that reads a table of stories whole: of
// PostgreSQL, or of SQLite when no index gives it an end.
var readsWhole = regexp.MustCompile(`Seq Scan on (?:stories|story_(?:texts|authors|topics|related|figures|resources|terms))\b` +
	`|SCAN (?:stories|story_(?:texts|authors|topics|related|figures|resources|terms)|t|f)(?:$|\n| USING COVERING)`)

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// prepared lists the reading statements of PostgreSQL's only connection.
func prepared(ctx context.Context, s *site.Site) (texts []string, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) (err error) {
		texts, err = db.List(tx, db.Value[string], `SELECT statement FROM pg_prepared_statements WHERE statement LIKE 'SELECT%'
			AND statement LIKE '%stor%' AND statement NOT LIKE '%pg_prepared%' ORDER BY statement`)
		return err
	})
	return texts, err
}

// explain is the plan of a statement whatever its arguments.
func explain(ctx context.Context, s *site.Site, text string) (string, error) {
	var plan []string
	err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		if s.DB.Engine() == db.SQLite {
			plan, err = db.List(tx, scanStep, `EXPLAIN QUERY PLAN `+text, nulls(text)...)
			return err
		}
		for _, statement := range []string{`SET LOCAL plan_cache_mode = force_generic_plan`, `PREPARE explained AS ` + text} {
			if _, err := tx.Exec(statement); err != nil {
				return err
			}
		}
		execute := "EXPLAIN EXECUTE explained"
		if n := len(nulls(text)); n > 0 {
			execute += "(" + strings.TrimSuffix(strings.Repeat("NULL,", n), ",") + ")"
		}
		if plan, err = db.List(tx, db.Value[string], execute); err != nil {
			return err
		}
		_, err = tx.Exec(`DEALLOCATE explained`)
		return err
	})
	return strings.Join(plan, "\n"), err
}

func scanStep(r db.Row) (string, error) {
	var id, parent, unused int
	var detail string
	return detail, r.Scan(&id, &parent, &unused, &detail)
}

var placeholder = regexp.MustCompile(`\$(\d+)`)

// nulls is an argument for each placeholder of a statement.
func nulls(text string) []any {
	most := 0
	for _, found := range placeholder.FindAllStringSubmatch(text, -1) {
		var n int
		if _, err := fmt.Sscan(found[1], &n); err == nil {
			most = max(most, n)
		}
	}
	return make([]any, most)
}
