WITH held AS (
  SELECT user_id FROM due WHERE user_id = ANY (?) AND token = ? ORDER BY user_id FOR UPDATE),
told AS (
  DELETE FROM events e USING unnest(?, ?) AS t (user_id, id), held h
  WHERE e.user_id = t.user_id AND e.id = t.id AND h.user_id = t.user_id RETURNING 1),
later AS (
  SELECT DISTINCT user_id FROM events e JOIN held USING (user_id)
  WHERE NOT EXISTS (
    SELECT 1 FROM unnest(?, ?) AS t (user_id, id) WHERE t.user_id = e.user_id AND t.id = e.id)),
next AS (UPDATE due SET due_at = ?, token = NULL WHERE user_id IN (SELECT user_id FROM later)),
done AS (
  DELETE FROM due WHERE user_id IN (SELECT user_id FROM held EXCEPT SELECT user_id FROM later))
SELECT count(*) FROM held
