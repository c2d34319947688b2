package paths

import "context"

// SaveEntry keeps an entry, a new one (without an ID) or a changed one. One without a
// text is fine: hours alone say something.
func (s *Service) SaveEntry(ctx context.Context, member string, given Entry) (x Entry, err error) {
	err = s.change(ctx, member, func(e *Edit, _ kept) error {
		x = given
		if x.ID != "" {
			old, err := current(e.Path.Entries, x.Row)
			if err != nil {
				return err
			}
			x.Made, x.Import = old.Made, old.Import
		} else if err := tooMany(len(e.Path.Entries), MaxEntries); err != nil {
			return err
		}
		if err := x.check(e.Path); err != nil {
			return err
		}
		e.put(&x)
		return nil
	})
	return x, err
}

// RemoveEntry takes an entry away.
func (s *Service) RemoveEntry(ctx context.Context, member string, at Row) error {
	return s.change(ctx, member, func(e *Edit, _ kept) error {
		x, err := current(e.Path.Entries, at)
		if err != nil {
			return err
		}
		e.remove(&x)
		return nil
	})
}
