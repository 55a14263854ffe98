package org.mawid.bench.peer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisException;

/** Redis with one script a step, each by itself or many in a pipeline; what they do is in the files {@code .lua}. */
final class RedisPeer implements Peer {
    static final String NAME = "redis";
    private static final int BATCH = 64;
    private static final long HOLD_TTL_MS = 600_000;
    private static final long START_MS = 30_000;
    private static final int TIMEOUT_MS = 60_000;
    private static final int LOAD_AT_ONCE = 1_000;
    /** What is not as it comes. Nothing makes an answer come before it is on the disk; nothing is rewritten in between, as Mawid makes no snapshot. */
    private static final List<String> SETTINGS = List.of("appendonly yes", "appendfsync always", "no-appendfsync-on-rewrite no",
            "auto-aof-rewrite-percentage 0", "save \"\"", "maxclients 1000");
    private static final byte[] VALIDATED = "validated".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HELD = {'1'};
    private static final byte[] CONFIRMED = {'2'};

    private final PeerProcess process;
    private final Calendar calendar;
    private final int port;
    private final String password;
    private final byte[][] days;
    private byte[] hold;
    private byte[] confirm;
    private byte[] giveBack;
    private byte[] datesWith;
    private Sweeper sweeper;
    private Jedis sweeping;
    private volatile byte[] holdTtlMs = Protocol.toByteArray(HOLD_TTL_MS);

    private RedisPeer(final PeerProcess process, final Calendar calendar, final int port, final String password) {
        this.process = process;
        this.calendar = calendar;
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
    static RedisPeer start(final Path program, final Path near, final Calendar calendar) throws Exception {
        final PeerProcess process = PeerProcess.in(near, NAME, null);
        try {
            final int port = PeerProcess.freePort();
            final String password = PeerProcess.newPassword();
            final List<String> lines = new ArrayList<>(SETTINGS);
            lines.addAll(List.of("bind 127.0.0.1", "port " + port, "requirepass " + password, "dir " + process.folder(), "daemonize no"));
            final Path config = Files.write(process.folder().resolve("redis.conf"), lines);
            process.start(List.of(program.toString(), config.toString()), List.of());
            final RedisPeer made = new RedisPeer(process, calendar, port, password);
            made.awaitStarted();
            made.load();
            return made;
        } catch (final Exception e) {
            process.close();
            throw e;
        }
    }

    private void awaitStarted() throws IOException, InterruptedException {
        final long dueNs = System.nanoTime() + START_MS * 1_000_000L;
        while (true) {
            try (Jedis jedis = connect()) {
                jedis.ping();
                return;
            } catch (final JedisException notYet) {
                if (!process.isAlive() || System.nanoTime() - dueNs > 0) {
                    throw new IOException("redis did not start: " + process.said(), notYet);
                }
            }
            Thread.sleep(20);
        }
    }

    private void load() throws IOException {
        final byte[] expire;
        try (Jedis jedis = connect()) {
            hold = script(jedis, "hold.lua");
            confirm = script(jedis, "confirm.lua");
            giveBack = script(jedis, "give-back.lua");
            datesWith = script(jedis, "dates-with.lua");
            expire = script(jedis, "expire.lua");
            final Pipeline pipeline = jedis.pipelined();
            for (int day = 0; day < days.length; day++) {
                final byte[] empty = new byte[1 + calendar.slots()];
                empty[0] = (byte) calendar.capacity(day);
                pipeline.set(days[day], empty);
                if (day % LOAD_AT_ONCE == LOAD_AT_ONCE - 1) {
                    pipeline.sync();
                }
            }
            pipeline.sync();
        }
        sweeping = connect();
        sweeper = new Sweeper(NAME, () -> (Long) sweeping.evalsha(expire, 0, Protocol.toByteArray(Sweeper.MOST)));
    }

    private static byte[] script(final Jedis jedis, final String name) throws IOException {
        return jedis.scriptLoad(Script.named(name)).getBytes(StandardCharsets.US_ASCII);
    }

    /** As every client connects. */
    Jedis connect() {
        return new Jedis(new HostAndPort("127.0.0.1", port), DefaultJedisClientConfig.builder().password(password)
                .connectionTimeoutMillis(TIMEOUT_MS).socketTimeoutMillis(TIMEOUT_MS).build());
    }

    /** Of holds to come. */
    void holdTtlMs(final long ms) {
        holdTtlMs = Protocol.toByteArray(ms);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Calendar calendar() {
        return calendar;
    }

    @Override
    public int batch() {
        return BATCH;
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
    public String durability() {
        try (Jedis jedis = connect()) {
            final String only = jedis.configGet("appendonly").get("appendonly");
            final String fsync = jedis.configGet("appendfsync").get("appendfsync");
            final String said = "appendonly=" + only + ", appendfsync=" + fsync;
            if (!"yes".equals(only) || !"always".equals(fsync)) {
                throw new IllegalStateException("redis does not wait for the disk (" + said + "): it is not compared");
            }
            return said;
        }
    }

    @Override
    public JsonObject about() {
        try (Jedis jedis = connect()) {
            final String version = jedis.info("server").lines().filter(line -> line.startsWith("redis_version:")).findFirst().orElse("redis_version:?");
            return new JsonObject().put("version", version.substring(version.indexOf(':') + 1).strip())
                    .put("client", "Jedis, a thread and a connection each, EVALSHA").put("settings", new JsonArray(SETTINGS));
        }
    }

    @Override
    public Drive drive(final int clients) {
        final List<RedisLine> lines = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            lines.add(new RedisLine(connect()));
        }
        return new BlockingDrive(NAME, lines);
    }

    @Override
    public Taken taken(final BitSet those) {
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

    @Override
    public long cpuNs() throws IOException {
        return process.cpuNs();
    }

    @Override
    public long compilerNs() {
        return 0;
    }

    @Override
    public void close() {
        try {
            if (sweeper != null) {
                sweeper.close();
                sweeping.close();
            }
        } finally {
            process.close();
        }
    }

    private final class RedisLine implements Line {
        private final Jedis jedis;

        RedisLine(final Jedis jedis) {
            this.jedis = jedis;
        }

        @Override
        public void ask(final Steps steps) {
            if (steps.count() == 1) {
                steps.answer[0] = (Long) jedis.evalsha(script(steps, 0), keys(steps, 0), arguments(steps, 0));
                return;
            }
            final Pipeline pipeline = jedis.pipelined();
            for (int i = 0; i < steps.count(); i++) {
                pipeline.evalsha(script(steps, i), keys(steps, i), arguments(steps, i));
            }
            final List<Object> answers = pipeline.syncAndReturnAll();
            for (int i = 0; i < steps.count(); i++) {
                if (answers.get(i) instanceof JedisException e) {
                    throw e;
                }
                steps.answer[i] = (Long) answers.get(i);
            }
        }

        private byte[] script(final Steps steps, final int i) {
            return steps.kind[i] == Steps.HOLD ? hold : steps.kind[i] == Steps.CONFIRM ? confirm : giveBack;
        }

        private int keys(final Steps steps, final int i) {
            return steps.kind[i] == Steps.HOLD ? 2 : 1;
        }

        private byte[][] arguments(final Steps steps, final int i) {
            final byte[] request = ByteBuffer.allocate(2 + 2 * Long.BYTES).put((byte) 'r').put((byte) ':').putLong(steps.idHigh()).putLong(steps.idLow[i]).array();
            return switch (steps.kind[i]) {
                case Steps.HOLD -> new byte[][] {request, days[steps.day[i]], Protocol.toByteArray(steps.application[i]),
                    Protocol.toByteArray(steps.start[i]), Protocol.toByteArray(steps.units[i]), holdTtlMs};
                case Steps.CONFIRM -> new byte[][] {request, Protocol.toByteArray(steps.visit[i])};
                default -> new byte[][] {request, Protocol.toByteArray(steps.visit[i]), steps.kind[i] == Steps.CANCEL ? CONFIRMED : HELD};
            };
        }

        @Override
        public long datesWith(final int post, final int units) {
            final byte[][] arguments = new byte[calendar.dates() + 1][];
            System.arraycopy(days, post * calendar.dates(), arguments, 0, calendar.dates());
            arguments[calendar.dates()] = Protocol.toByteArray(units);
            final byte[] digits = (byte[]) jedis.evalsha(datesWith, calendar.dates(), arguments);
            long found = 0;
            for (int date = 0; date < digits.length; date++) {
                found |= digits[date] == '1' ? 1L << date : 0;
            }
            return found;
        }

        @Override
        public void close() {
            jedis.close();
        }
    }
}
