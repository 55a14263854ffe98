-- On which dates a post has so many consecutive slots with a place left: a digit for each date, 1 where it has. KEYS: its days in order.
-- ARGV: 1 slots.
local wanted = tonumber(ARGV[1])
local days = redis.call('MGET', unpack(KEYS))
local found = {}
for date = 1, #days do
    local day = days[date]
    local capacity = string.byte(day, 1)
    local run = 0
    for slot = 2, #day do
        if string.byte(day, slot) < capacity then
            run = run + 1
            if run == wanted then
                break
            end
        else
            run = 0
        end
    end
    found[date] = run == wanted and '1' or '0'
end
return table.concat(found)
