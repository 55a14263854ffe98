package org.mawid.api.server;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.treasury.reconciliation.Contracts;
import org.mawid.api.treasury.reconciliation.Reconciliation;
import org.mawid.api.treasury.reconciliation.ReconciliationConfig;
import org.mawid.api.treasury.statement.StatementLimits;
import org.mawid.engine.DataDirectory;

/** The treasury's statements as the settings have them: contracts and folder are read at the start, so that what is wrong is told then. One thread. */
final class Statements implements AutoCloseable {
    /** In the data directory, for files on their way. */
    private static final String INCOMING = "incoming";
    private static final long MOST_LINES = StatementLimits.USUAL.lines();

    private final ReconciliationConfig config;
    private final DataDirectory directory;
    private Reconciliation reconciliation;

    private Statements(final ReconciliationConfig config, final DataDirectory directory) {
        this.config = config;
        this.directory = directory;
    }

    /** @throws IllegalArgumentException in one line: which setting is wrong, and its range */
    static void check(final Settings settings) {
        settings.number(EdgeSetting.STATEMENTS_GRACE_DAYS, 0, 366);
        settings.number(EdgeSetting.STATEMENTS_MOST_BYTES, 1_024, 1L << 34);
    }

    /**
     * @throws IOException              contracts or folder cannot be read; names the setting
     * @throws IllegalArgumentException a line of the contracts is wrong, and how it must look
     */
    static Statements of(final Settings settings) throws IOException {
        final String contracts = settings.text(EdgeSetting.STATEMENTS_CONTRACTS);
        final String folder = settings.text(EdgeSetting.STATEMENTS_FOLDER);
        if (!folder.isEmpty() && !(Files.isDirectory(Path.of(folder)) && Files.isWritable(Path.of(folder)))) {
            throw new IOException(EdgeSetting.STATEMENTS_FOLDER.key() + " = " + folder + " is no folder that can be written in: make it, or leave the setting out");
        }
        final boolean isExpected = !contracts.isEmpty() || !folder.isEmpty() || !settings.text(EdgeSetting.TREASURY_URL).isEmpty();
        return new Statements(new ReconciliationConfig(contracts.isEmpty() ? Contracts.none() : Contracts.read(Path.of(contracts)), folder.isEmpty() ? null : Path.of(folder),
                (int) settings.number(EdgeSetting.STATEMENTS_GRACE_DAYS, 0, 366), isExpected,
                new StatementLimits(settings.number(EdgeSetting.STATEMENTS_MOST_BYTES, 1_024, 1L << 34), MOST_LINES)), new DataDirectory(settings.engine().data()));
    }

    /** @param vertx on which the engine is told; to be closed after this @throws IOException what was taken before cannot be read */
    Reconciliation open(final Vertx vertx, final Gateway gateway) throws IOException {
        reconciliation = Reconciliation.open(directory.edge(), directory.root().resolve(INCOMING), vertx, gateway, config);
        return reconciliation;
    }

    Reconciliation opened() {
        return reconciliation;
    }

    /** Looks at folder and clock from now on. */
    void begin() {
        reconciliation.begin();
    }

    @Override
    public void close() {
        if (reconciliation != null) {
            reconciliation.close();
        }
    }
}
