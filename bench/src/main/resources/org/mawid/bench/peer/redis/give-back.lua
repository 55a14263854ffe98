-- Gives back what is in that state: 1 a hold, 2 an appointment. KEYS: 1 request. ARGV: 1 visit, 2 state.
-- Answers: above 0 the visit; -3 unknown, -4 ended.
local before = redis.call('GET', KEYS[1])
if before then
    return tonumber(before)
end
local answer
local visit = ARGV[1]
local key = 'v:' .. visit
local is = redis.call('HMGET', key, 'd', 's', 'u', 't')
if not is[4] then
    answer = -3
elseif is[4] ~= ARGV[2] then
    answer = -4
else
    if is[4] == '1' then
        local till = redis.call('ZSCORE', 'holds', visit)
        local now = redis.call('TIME')
        if tonumber(till) <= now[1] * 1000 + math.floor(now[2] / 1000) then
            answer = -4
        else
            redis.call('ZREM', 'holds', visit)
        end
    end
    if not answer then
        local start, units = tonumber(is[2]), tonumber(is[3])
        local taken = { string.byte(redis.call('GETRANGE', is[1], start + 1, start + units), 1, units) }
        for i = 1, units do
            taken[i] = taken[i] - 1
        end
        redis.call('SETRANGE', is[1], start + 1, string.char(unpack(taken)))
        redis.call('HSET', key, 't', 3)
        answer = tonumber(visit)
    end
end
redis.call('SET', KEYS[1], answer, 'PX', 86400000)
return answer
