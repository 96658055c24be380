-- ARGV: the user.
redis.call('DEL', 'u:' .. ARGV[1])
redis.call('ZREM', 'due', ARGV[1])
return 1
