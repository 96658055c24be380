-- ARGV: the token, the time at which events that came meanwhile are due, and for each lease its
-- user and how many events it covers. A lost lease removes nothing. Returns the leases held.
local token = tonumber(ARGV[1])
local held = 0
for i = 3, #ARGV, 2 do
  local user = ARGV[i]
  if tonumber(redis.call('ZSCORE', 'due', user) or -1) == token then
    held = held + 1
    redis.call('LTRIM', 'u:' .. user, ARGV[i + 1], -1)
    if redis.call('EXISTS', 'u:' .. user) == 0 then
      redis.call('ZREM', 'due', user)
    else
      redis.call('ZADD', 'due', ARGV[2], user)
    end
  end
end
return held
