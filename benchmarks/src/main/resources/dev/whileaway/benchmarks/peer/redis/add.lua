-- ARGV: for each event its user, the time at which it makes the user due, and its bytes.
-- The first event of a backlog sets its time; only an earlier one, of an urgent event, moves it.
for i = 1, #ARGV, 3 do
  redis.call('RPUSH', 'u:' .. ARGV[i], ARGV[i + 2])
  redis.call('ZADD', 'due', 'LT', ARGV[i + 1], ARGV[i])
end
return #ARGV / 3
