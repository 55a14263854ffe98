package org.mawid.bench.peer;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.postgresql.PGConnection;

/** PostgreSQL with one function call a commit, or one call with arrays; what it does is in {@code postgres.sql}. */
final class PostgresPeer implements Peer {
    static final String NAME = "postgres";
    static final int BATCH = 100;
    private static final String USER = "mawid";
    private static final long HOLD_TTL_MS = 600_000;
    private static final long START_MS = 60_000;
    /** What is not as it comes. Nothing makes an answer come before it is on the disk. */
    private static final Map<String, String> SETTINGS = settings();

    private final PeerProcess process;
    private final Calendar calendar;
    private final String url;
    private final Properties login;
    private Sweeper sweeper;
    private Connection sweeping;
    private volatile long holdTtlMs = HOLD_TTL_MS;

    private PostgresPeer(final PeerProcess process, final Calendar calendar, final int port, final String password) {
        this.process = process;
        this.calendar = calendar;
        this.url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        this.login = login(password);
    }

    private static Map<String, String> settings() {
        final Map<String, String> settings = new LinkedHashMap<>();
        settings.put("fsync", "on");
        settings.put("synchronous_commit", "on");
        settings.put("shared_buffers", "1GB");
        settings.put("wal_level", "minimal");
        settings.put("max_wal_senders", "0");
        settings.put("wal_buffers", "64MB");
        settings.put("max_wal_size", "16GB"); // no checkpoint comes in between, as Mawid makes no snapshot
        settings.put("min_wal_size", "1GB");
        settings.put("checkpoint_timeout", "30min");
        settings.put("max_connections", "300");
        settings.put("random_page_cost", "1.1");
        settings.put("jit", "off"); // its statements are short
        settings.put("plan_cache_mode", "force_generic_plan");
        settings.put("enable_bitmapscan", "off"); // slots are then locked in the order of the index
        return settings;
    }

    private static Properties login(final String password) {
        final Properties login = new Properties();
        login.setProperty("user", USER);
        login.setProperty("password", password);
        login.setProperty("prepareThreshold", "1"); // prepared in the server from the first call on
        login.setProperty("sslmode", "disable");
        login.setProperty("gssEncMode", "disable");
        login.setProperty("connectTimeout", "10");
        login.setProperty("socketTimeout", "60");
        login.setProperty("ApplicationName", "mawid-bench");
        return login;
    }

    /**
     * A new server with the calendar in it.
     *
     * @param programs folder of its programs
     * @param near     where its folder is made, null = the temporary folder
     */
    static PostgresPeer start(final Path programs, final Path near, final Calendar calendar) throws Exception {
        final PeerProcess process = PeerProcess.in(near, NAME, userInPlaceOfRoot());
        PostgresPeer made = null;
        try {
            final String password = PeerProcess.newPassword();
            final Path data = process.folder().resolve("data");
            initialise(process, programs, data, password);
            final int port = PeerProcess.freePort();
            final List<String> command = new ArrayList<>(List.of(programs.resolve("postgres").toString(), "-D", data.toString(), "-p", Integer.toString(port),
                    "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
            SETTINGS.forEach((key, value) -> command.addAll(List.of("-c", key + '=' + value)));
            process.start(command, List.of(programs.resolve("pg_ctl").toString(), "stop", "-D", data.toString(), "-m", "immediate", "-w"));
            made = new PostgresPeer(process, calendar, port, password);
            made.awaitStarted();
            made.load();
            return made;
        } catch (final Exception e) {
            process.close();
            throw e;
        }
    }

    /** It refuses to run as root. */
    private static String userInPlaceOfRoot() throws IOException {
        final Path self = Path.of("/proc/self");
        if (!Files.exists(self) || (int) Files.getAttribute(self, "unix:uid") != 0) {
            return null;
        }
        try {
            self.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres");
            return "postgres";
        } catch (final UserPrincipalNotFoundException e) {
            return "nobody";
        }
    }

    private static void initialise(final PeerProcess process, final Path programs, final Path data, final String password) throws IOException, InterruptedException {
        final Path secret = process.folder().resolve("password");
        Files.writeString(secret, password);
        Files.setOwner(secret, Files.getOwner(process.folder()));
        process.run(List.of(programs.resolve("initdb").toString(), "-D", data.toString(), "-U", USER, "-A", "scram-sha-256", "--pwfile=" + secret,
                "--no-locale", "-E", "UTF8", "--no-sync"));
        Files.delete(secret);
    }

    private void awaitStarted() throws IOException, InterruptedException {
        final long dueNs = System.nanoTime() + START_MS * 1_000_000L;
        while (true) {
            try (Connection connection = connect()) {
                return;
            } catch (final SQLException notYet) {
                if (!process.isAlive() || System.nanoTime() - dueNs > 0) {
                    throw new IOException("postgres did not start: " + process.said(), notYet);
                }
            }
            Thread.sleep(50);
        }
    }

    private void load() throws Exception {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            statement.execute(Script.named("postgres.sql"));
            try (PreparedStatement slots = connection.prepareStatement("INSERT INTO slot (post, date, slot, capacity) "
                    + "SELECT p, d, s, CASE WHEN p < ? THEN ? ELSE ? END "
                    + "FROM generate_series(0, ?) AS p, generate_series(0, ?) AS d, generate_series(0, ?) AS s ORDER BY p, d, s")) {
                slots.setInt(1, calendar.posts());
                slots.setInt(2, calendar.capacity());
                slots.setInt(3, Calendar.HOT_CAPACITY);
                slots.setInt(4, calendar.posts() + calendar.hotPosts() - 1);
                slots.setInt(5, calendar.dates() - 1);
                slots.setInt(6, calendar.slots() - 1);
                slots.executeUpdate();
            }
        }
        sweeping = connect();
        final PreparedStatement expire = sweeping.prepareStatement("SELECT expire(" + Sweeper.MOST + ")");
        sweeper = new Sweeper(NAME, () -> only(expire.executeQuery()));
    }

    private static long only(final ResultSet row) throws SQLException {
        try (row) {
            row.next();
            return row.getLong(1);
        }
    }

    /** As every client connects. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, login);
    }

    /** Of holds to come. */
    void holdTtlMs(final long ms) {
        holdTtlMs = ms;
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
    public void prepare(final int validated, final int unvalidated) throws SQLException {
        try (Connection connection = connect();
             PreparedStatement applications = connection.prepareStatement("INSERT INTO application SELECT i, i < ? FROM generate_series(0, ?) AS i");
             Statement statement = connection.createStatement()) {
            applications.setInt(1, validated);
            applications.setInt(2, validated + unvalidated - 1);
            applications.executeUpdate();
            statement.execute("VACUUM (ANALYZE)");
            statement.execute("CHECKPOINT");
        }
    }

    @Override
    public String durability() throws SQLException {
        final String commit = shown("synchronous_commit");
        final String fsync = shown("fsync");
        final String said = "synchronous_commit=" + commit + ", fsync=" + fsync;
        if (!"on".equals(commit) || !"on".equals(fsync)) {
            throw new IllegalStateException("postgres does not wait for the disk (" + said + "): it is not compared");
        }
        return said + ", wal_sync_method=" + shown("wal_sync_method");
    }

    private String shown(final String setting) throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public JsonObject about() throws SQLException {
        final JsonObject settings = new JsonObject();
        for (final String setting : SETTINGS.keySet()) {
            settings.put(setting, shown(setting));
        }
        return new JsonObject().put("version", shown("server_version")).put("client", "pgjdbc, a thread and a connection each, prepared in the server")
                .put("settings", settings);
    }

    @Override
    public Drive drive(final int clients) throws SQLException {
        final List<PostgresLine> lines = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            lines.add(new PostgresLine(connect()));
        }
        return new BlockingDrive(NAME, lines);
    }

    @Override
    public Taken taken(final BitSet those) throws SQLException {
        final Taken taken = new Taken(calendar);
        try (Connection connection = connect(); Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery("SELECT post, date, slot, taken FROM slot WHERE taken <> 0")) {
            while (row.next()) {
                taken.set(row.getInt(1) * calendar.dates() + row.getInt(2), row.getInt(3), row.getInt(4));
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
    public void close() throws IOException {
        try {
            if (sweeper != null) {
                sweeper.close();
                sweeping.close();
            }
        } catch (final SQLException e) {
            throw new IOException(e);
        } finally {
            process.close();
        }
    }

    private final class PostgresLine implements Line {
        private final Connection connection;
        private final PGConnection arrays;
        private final PreparedStatement hold;
        private final PreparedStatement confirm;
        private final PreparedStatement giveBack;
        private final PreparedStatement many;
        private final PreparedStatement datesWith;

        PostgresLine(final Connection connection) throws SQLException {
            this.connection = connection;
            this.arrays = connection.unwrap(PGConnection.class);
            this.hold = connection.prepareStatement("SELECT hold(?, ?, ?, ?, ?, ?, ?, ?)");
            this.confirm = connection.prepareStatement("SELECT confirm(?, ?, ?)");
            this.giveBack = connection.prepareStatement("SELECT give_back(?, ?, ?, ?)");
            this.many = connection.prepareStatement("SELECT many(?, ?, ?, ?, ?, ?, ?, ?, ?)");
            this.datesWith = connection.prepareStatement("SELECT dates_with(?, 0, " + calendar.dates() + ", ?)");
        }

        @Override
        public void ask(final Steps steps) throws SQLException {
            if (steps.count() == 1) {
                steps.answer[0] = only(one(steps).executeQuery());
            } else {
                askMany(steps);
            }
        }

        private PreparedStatement one(final Steps steps) throws SQLException {
            final byte kind = steps.kind[0];
            final PreparedStatement call = kind == Steps.HOLD ? hold : kind == Steps.CONFIRM ? confirm : giveBack;
            call.setLong(1, steps.idHigh());
            call.setLong(2, steps.idLow[0]);
            call.setLong(3, kind == Steps.HOLD ? steps.application[0] : steps.visit[0]);
            if (kind == Steps.HOLD) {
                call.setInt(4, calendar.post(steps.day[0]));
                call.setInt(5, calendar.date(steps.day[0]));
                call.setShort(6, steps.start[0]);
                call.setShort(7, steps.units[0]);
                call.setInt(8, (int) holdTtlMs);
            } else if (kind != Steps.CONFIRM) {
                call.setShort(4, (short) (kind == Steps.CANCEL ? 2 : 1));
            }
            return call;
        }

        private void askMany(final Steps steps) throws SQLException {
            final int count = steps.count();
            final short[] kinds = new short[count];
            final long[] lows = new long[count];
            final long[] subjects = new long[count];
            final int[] posts = new int[count];
            final int[] dates = new int[count];
            final short[] starts = new short[count];
            final short[] units = new short[count];
            for (int i = 0; i < count; i++) {
                kinds[i] = steps.kind[i];
                lows[i] = steps.idLow[i];
                subjects[i] = steps.kind[i] == Steps.HOLD ? steps.application[i] : steps.visit[i];
                posts[i] = calendar.post(steps.day[i]);
                dates[i] = calendar.date(steps.day[i]);
                starts[i] = steps.start[i];
                units[i] = steps.units[i];
            }
            many.setLong(1, steps.idHigh());
            many.setArray(2, arrays.createArrayOf("int2", kinds));
            many.setArray(3, arrays.createArrayOf("int8", lows));
            many.setArray(4, arrays.createArrayOf("int8", subjects));
            many.setArray(5, arrays.createArrayOf("int4", posts));
            many.setArray(6, arrays.createArrayOf("int4", dates));
            many.setArray(7, arrays.createArrayOf("int2", starts));
            many.setArray(8, arrays.createArrayOf("int2", units));
            many.setInt(9, (int) holdTtlMs);
            try (ResultSet row = many.executeQuery()) {
                row.next();
                final Long[] answers = (Long[]) row.getArray(1).getArray();
                for (int i = 0; i < count; i++) {
                    steps.answer[i] = answers[i];
                }
            }
        }

        @Override
        public long datesWith(final int post, final int units) throws SQLException {
            datesWith.setInt(1, post);
            datesWith.setInt(2, units);
            return only(datesWith.executeQuery());
        }

        @Override
        public void close() throws IOException {
            try {
                connection.close();
            } catch (final SQLException e) {
                throw new IOException(e);
            }
        }
    }
}
