-- Ends holds whose time is over, the oldest first. ARGV: 1 how many at most. Returns how many.
local now = redis.call('TIME')
local due = redis.call('ZRANGEBYSCORE', 'holds', 0, now[1] * 1000 + math.floor(now[2] / 1000), 'LIMIT', 0, ARGV[1])
for _, visit in ipairs(due) do
    local is = redis.call('HMGET', 'v:' .. visit, 'd', 's', 'u')
    local start, units = tonumber(is[2]), tonumber(is[3])
    local taken = { string.byte(redis.call('GETRANGE', is[1], start + 1, start + units), 1, units) }
    for i = 1, units do
        taken[i] = taken[i] - 1
    end
    redis.call('SETRANGE', is[1], start + 1, string.char(unpack(taken)))
    redis.call('HSET', 'v:' .. visit, 't', 4)
    redis.call('ZREM', 'holds', visit)
end
return #due
