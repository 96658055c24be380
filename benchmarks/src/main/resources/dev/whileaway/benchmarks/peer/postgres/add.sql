WITH came AS (SELECT * FROM unnest(?, ?, ?) AS came (user_id, due_at, body)),
kept AS (INSERT INTO events (user_id, body) SELECT user_id, body FROM came RETURNING 1)
INSERT INTO due AS d (user_id, due_at)
SELECT user_id, min(due_at) FROM came GROUP BY user_id ORDER BY user_id
ON CONFLICT (user_id) DO UPDATE SET due_at = excluded.due_at WHERE excluded.due_at < d.due_at
