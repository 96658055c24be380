-- ARGV: now, when the lease ends, how many users at most. Leased users are due again when the lease
-- ends, and that time is the lease's token. Returns user and events by turns.
local due = redis.call('ZRANGEBYSCORE', 'due', '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
local out = {}
for i, user in ipairs(due) do
  redis.call('ZADD', 'due', ARGV[2], user)
  out[2 * i - 1] = user
  out[2 * i] = redis.call('LRANGE', 'u:' .. user, 0, -1)
end
return out
