package org.mawid.bench.peer.postgres;

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
import org.mawid.bench.peer.foreign.ForeignPeer;
import org.mawid.bench.peer.foreign.PeerProcess;
import org.mawid.bench.peer.foreign.Script;
import org.mawid.bench.peer.foreign.Sweeper;
import org.mawid.bench.peer.work.Calendar;
import org.mawid.bench.peer.work.Line;
import org.mawid.bench.peer.work.PeerName;
import org.mawid.bench.peer.work.Taken;

/** PostgreSQL with one function call a commit, or one call with arrays; what it does is in {@code postgres.sql}. */
public final class PostgresPeer extends ForeignPeer<Connection> {
    private static final String USER = "mawid";
    /** What is not as it comes. Nothing makes an answer come before it is on the disk. */
    private static final Map<String, String> SETTINGS = settings();

    private final String url;
    private final Properties login;

    private PostgresPeer(final PeerProcess process, final Calendar calendar, final int port, final String password) {
        super(PeerName.postgres, process, calendar);
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
    public static PostgresPeer start(final Path programs, final Path near, final Calendar calendar) throws Exception {
        final PeerProcess process = PeerProcess.in(near, PeerName.postgres.name(), userInPlaceOfRoot());
        try {
            final String password = PeerProcess.newPassword();
            final Path data = process.folder().resolve("data");
            initialise(process, programs, data, password);
            final int port = PeerProcess.freePort();
            final List<String> command = new ArrayList<>(List.of(programs.resolve("postgres").toString(), "-D", data.toString(), "-p", Integer.toString(port),
                    "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
            SETTINGS.forEach((key, value) -> command.addAll(List.of("-c", key + '=' + value)));
            process.start(command, List.of(programs.resolve("pg_ctl").toString(), "stop", "-D", data.toString(), "-m", "immediate", "-w"));
            final PostgresPeer made = new PostgresPeer(process, calendar, port, password);
            made.begin();
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

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, login);
    }

    @Override
    protected void ping(final Connection connection) {
        // to be connected is to be answered
    }

    @Override
    protected void load(final Connection connection) throws SQLException, IOException {
        final Calendar calendar = calendar();
        try (Statement statement = connection.createStatement()) {
            statement.execute(Script.beside(PostgresPeer.class, "postgres.sql"));
        }
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

    @Override
    protected Sweeper.Sweep sweep(final Connection connection) throws SQLException {
        final PreparedStatement expire = connection.prepareStatement("SELECT expire(" + Sweeper.MOST + ")");
        return () -> only(expire.executeQuery());
    }

    @Override
    protected Line line(final Connection connection) throws SQLException {
        return new PostgresLine(connection, calendar(), this::holdTtlMs);
    }

    static long only(final ResultSet row) throws SQLException {
        try (row) {
            row.next();
            return row.getLong(1);
        }
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
    protected Map<String, String> durableSettings() {
        return Map.of("synchronous_commit", "on", "fsync", "on");
    }

    @Override
    protected String shown(final Connection connection, final String setting) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    protected String version(final Connection connection) throws SQLException {
        return shown(connection, "server_version");
    }

    @Override
    protected String client() {
        return "pgjdbc, a thread and a connection each, prepared in the server";
    }

    @Override
    protected JsonObject settings(final Connection connection) throws SQLException {
        final JsonObject settings = new JsonObject().put("wal_sync_method", shown(connection, "wal_sync_method"));
        for (final String setting : SETTINGS.keySet()) {
            settings.put(setting, shown(connection, setting));
        }
        return settings;
    }

    @Override
    public Taken taken(final BitSet those) throws SQLException {
        final Calendar calendar = calendar();
        final Taken taken = new Taken(calendar);
        try (Connection connection = connect(); Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery("SELECT post, date, slot, taken FROM slot WHERE taken <> 0")) {
            while (row.next()) {
                taken.set(row.getInt(1) * calendar.dates() + row.getInt(2), row.getInt(3), row.getInt(4));
            }
        }
        return taken;
    }
}
