-- Keeps consecutive slots until a deadline. A day is a string: its capacity, then how many places of each slot are taken, a byte each.
-- KEYS: 1 request, 2 day. ARGV: 1 application, 2 first slot, 3 slots, 4 time to live in ms.
-- Answers: above 0 the visit; -1 no room, -2 not validated. Each is remembered by its request id for a day.
local before = redis.call('GET', KEYS[1])
if before then
    return tonumber(before)
end
local answer
if redis.call('GETBIT', 'validated', ARGV[1]) == 0 then
    answer = -2
else
    local start, units = tonumber(ARGV[2]), tonumber(ARGV[3])
    local day = redis.call('GET', KEYS[2])
    local capacity = string.byte(day, 1)
    local taken = { string.byte(day, start + 2, start + units + 1) }
    for i = 1, units do
        if not taken[i] or taken[i] >= capacity then
            answer = -1
            break
        end
        taken[i] = taken[i] + 1
    end
    if not answer then
        redis.call('SETRANGE', KEYS[2], start + 1, string.char(unpack(taken)))
        answer = redis.call('INCR', 'visits')
        redis.call('HSET', 'v:' .. answer, 'd', KEYS[2], 's', start, 'u', units, 't', 1)
        local now = redis.call('TIME')
        redis.call('ZADD', 'holds', now[1] * 1000 + math.floor(now[2] / 1000) + ARGV[4], answer)
    end
end
redis.call('SET', KEYS[1], answer, 'PX', 86400000)
return answer
