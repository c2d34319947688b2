-- +goose Up

-- Whoever has an account is a member; other roles come on top.
INSERT INTO account_roles (account_id, role, granted_at)
    SELECT a.id, 'member', a.created_at FROM accounts a
    WHERE NOT EXISTS (SELECT 1 FROM account_roles r WHERE r.account_id = a.id AND r.role = 'member');

-- An editor or owner lets this member publish without review, where the community allows it.
ALTER TABLE accounts ADD COLUMN trusted BOOLEAN NOT NULL DEFAULT FALSE;

CREATE INDEX account_roles_by_role ON account_roles (role, account_id);
CREATE INDEX accounts_by_name ON accounts (name, id);
