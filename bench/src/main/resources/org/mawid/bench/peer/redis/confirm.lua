-- Makes a hold an appointment. KEYS: 1 request. ARGV: 1 visit. Answers: above 0 the visit; -3 unknown, -4 ended.
local before = redis.call('GET', KEYS[1])
if before then
    return tonumber(before)
end
local answer
local visit = ARGV[1]
local till = redis.call('ZSCORE', 'holds', visit)
local now = redis.call('TIME')
if not till then
    answer = redis.call('EXISTS', 'v:' .. visit) == 1 and -4 or -3
elseif tonumber(till) <= now[1] * 1000 + math.floor(now[2] / 1000) then
    answer = -4
else
    redis.call('ZREM', 'holds', visit)
    redis.call('HSET', 'v:' .. visit, 't', 2)
    answer = tonumber(visit)
end
redis.call('SET', KEYS[1], answer, 'PX', 86400000)
return answer
