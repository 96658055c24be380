WITH leased AS (
  UPDATE due SET due_at = ?, token = ? WHERE user_id IN (
    SELECT user_id FROM due WHERE due_at <= ? ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED)
  RETURNING user_id)
SELECT e.user_id, e.id, e.body FROM events e JOIN leased USING (user_id)
