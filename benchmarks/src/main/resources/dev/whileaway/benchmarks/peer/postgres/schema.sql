CREATE TABLE IF NOT EXISTS events (
  user_id bigint, id bigint GENERATED ALWAYS AS IDENTITY, body bytea, PRIMARY KEY (user_id, id));
CREATE TABLE IF NOT EXISTS due (user_id bigint PRIMARY KEY, due_at bigint, token bigint);
CREATE INDEX IF NOT EXISTS due_at ON due (due_at);
