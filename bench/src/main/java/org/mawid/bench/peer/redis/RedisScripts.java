package org.mawid.bench.peer.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.mawid.bench.peer.foreign.Script;
import redis.clients.jedis.Jedis;

/** What the scripts are called in the server that has them: the hash of each. */
record RedisScripts(byte[] hold, byte[] confirm, byte[] giveBack, byte[] datesWith, byte[] expire) {
    static RedisScripts load(final Jedis jedis) throws IOException {
        return new RedisScripts(script(jedis, "hold.lua"), script(jedis, "confirm.lua"), script(jedis, "give-back.lua"), script(jedis, "dates-with.lua"),
                script(jedis, "expire.lua"));
    }

    private static byte[] script(final Jedis jedis, final String name) throws IOException {
        return jedis.scriptLoad(Script.beside(RedisScripts.class, name)).getBytes(StandardCharsets.US_ASCII);
    }
}
