package org.mawid.bench.peer.redis;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.mawid.bench.peer.foreign.ForeignPeer;
import org.mawid.bench.peer.foreign.PeerProcess;
import org.mawid.bench.peer.foreign.Sweeper;
import org.mawid.bench.peer.work.Calendar;
import org.mawid.bench.peer.work.Line;
import org.mawid.bench.peer.work.PeerName;
import org.mawid.bench.peer.work.Taken;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Response;

/** Redis with one script a step, each by itself or many in a pipeline; what they do is in the files {@code .lua}. */
public final class RedisPeer extends ForeignPeer<Jedis> {
    private static final int TIMEOUT_MS = 60_000;
    private static final int LOAD_AT_ONCE = 1_000;
    /** What is not as it comes. Nothing makes an answer come before it is on the disk; nothing is rewritten in between, as Mawid makes no snapshot. */
    private static final List<String> SETTINGS = List.of("appendonly yes", "appendfsync always", "no-appendfsync-on-rewrite no",
            "auto-aof-rewrite-percentage 0", "save \"\"", "maxclients 1000");
    private static final byte[] VALIDATED = "validated".getBytes(StandardCharsets.US_ASCII);

    private final int port;
    private final String password;
    private final byte[][] days;
    private RedisScripts scripts;

    private RedisPeer(final PeerProcess process, final Calendar calendar, final int port, final String password) {
        super(PeerName.redis, process, calendar);
        this.port = port;
        this.password = password;
        this.days = new byte[calendar.days()][];
        for (int day = 0; day < days.length; day++) {
            days[day] = ("d:" + calendar.post(day) + ':' + calendar.date(day)).getBytes(StandardCharsets.US_ASCII);
        }
    }

    /**
     * A new server with the calendar in it.
     *
     * @param program the server
     * @param near    where its folder is made, null = the temporary folder
     */
    public static RedisPeer start(final Path program, final Path near, final Calendar calendar) throws Exception {
        final PeerProcess process = PeerProcess.in(near, PeerName.redis.name(), null);
        try {
            final int port = PeerProcess.freePort();
            final String password = PeerProcess.newPassword();
            final List<String> lines = new ArrayList<>(SETTINGS);
            lines.addAll(List.of("bind 127.0.0.1", "port " + port, "requirepass " + password, "dir " + process.folder(), "daemonize no"));
            final Path config = Files.write(process.folder().resolve("redis.conf"), lines);
            process.start(List.of(program.toString(), config.toString()), List.of());
            final RedisPeer made = new RedisPeer(process, calendar, port, password);
            made.begin();
            return made;
        } catch (final Exception e) {
            process.close();
            throw e;
        }
    }

    @Override
    public Jedis connect() {
        return new Jedis(new HostAndPort("127.0.0.1", port), DefaultJedisClientConfig.builder().password(password)
                .connectionTimeoutMillis(TIMEOUT_MS).socketTimeoutMillis(TIMEOUT_MS).build());
    }

    @Override
    protected void ping(final Jedis jedis) {
        jedis.ping();
    }

    @Override
    protected void load(final Jedis jedis) throws IOException {
        scripts = RedisScripts.load(jedis);
        final Pipeline pipeline = jedis.pipelined();
        for (int day = 0; day < days.length; day++) {
            final byte[] empty = new byte[1 + calendar().slots()];
            empty[0] = (byte) calendar().capacity(day);
            pipeline.set(days[day], empty);
            if (day % LOAD_AT_ONCE == LOAD_AT_ONCE - 1) {
                pipeline.sync();
            }
        }
        pipeline.sync();
    }

    @Override
    protected Sweeper.Sweep sweep(final Jedis jedis) {
        return () -> (Long) jedis.evalsha(scripts.expire(), 0, Protocol.toByteArray(Sweeper.MOST));
    }

    @Override
    protected Line line(final Jedis jedis) {
        return new RedisLine(jedis, scripts, days, calendar().dates(), this::holdTtlMs);
    }

    @Override
    public void prepare(final int validated, final int unvalidated) {
        final byte[] bits = new byte[(validated + 7) / 8];
        for (int application = 0; application < validated; application++) {
            bits[application >> 3] |= (byte) (0x80 >> (application & 7));
        }
        try (Jedis jedis = connect()) {
            jedis.set(VALIDATED, bits);
        }
    }

    @Override
    protected Map<String, String> durableSettings() {
        return Map.of("appendonly", "yes", "appendfsync", "always");
    }

    @Override
    protected String shown(final Jedis jedis, final String setting) {
        return jedis.configGet(setting).get(setting);
    }

    @Override
    protected String version(final Jedis jedis) {
        final String version = jedis.info("server").lines().filter(line -> line.startsWith("redis_version:")).findFirst().orElse("redis_version:?");
        return version.substring(version.indexOf(':') + 1).strip();
    }

    @Override
    protected String client() {
        return "Jedis, a thread and a connection each, EVALSHA";
    }

    @Override
    protected JsonArray settings(final Jedis jedis) {
        return new JsonArray(SETTINGS);
    }

    @Override
    public Taken taken(final BitSet those) {
        final Calendar calendar = calendar();
        final Taken taken = new Taken(calendar);
        try (Jedis jedis = connect()) {
            final List<Response<byte[]>> answers = new ArrayList<>();
            for (int from = 0; from < days.length; from += LOAD_AT_ONCE) {
                final Pipeline pipeline = jedis.pipelined();
                answers.clear();
                for (int day = from; day < Math.min(days.length, from + LOAD_AT_ONCE); day++) {
                    answers.add(pipeline.get(days[day]));
                }
                pipeline.sync();
                for (int i = 0; i < answers.size(); i++) {
                    final byte[] day = answers.get(i).get();
                    for (int slot = 0; slot < calendar.slots(); slot++) {
                        taken.set(from + i, slot, day[1 + slot] & 0xFF);
                    }
                }
            }
        }
        return taken;
    }
}
