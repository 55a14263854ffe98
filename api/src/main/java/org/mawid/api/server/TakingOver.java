package org.mawid.api.server;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.mawid.api.cutover.CutOver;
import org.mawid.api.cutover.Progress;
import org.mawid.api.gateway.References;
import org.mawid.api.network.NetworkFiles;
import org.mawid.api.network.NetworkNames;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineStartException;
import org.mawid.engine.Setting;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.upkeep.Rehearsal;

/** What an older system has under way comes into an engine: one that serves, or one that runs for as long as that takes. */
public final class TakingOver {
    /** How long the books may take to follow the log. Milliseconds. */
    private static final long READ_SIDE_MS = 60_000;

    private final EmbeddedEngine engine;
    private final DataDirectory directory;
    private final References references;
    private final Supplier<NetworkNames> names;

    /** @param names of the network in force, asked for each time */
    TakingOver(final EmbeddedEngine engine, final DataDirectory directory, final References references, final Supplier<NetworkNames> names) {
        this.engine = engine;
        this.directory = directory;
        this.references = references;
        this.names = names;
    }

    /** @param snapshot position of a snapshot, whose state is that of the rehearsal @return as {@link CutOver} tells it */
    JsonObject run(final Path from, final boolean dryRun, final boolean accept, final long snapshot, final Progress progress) throws IOException {
        final CutOver cutOver = new CutOver(from, names.get()::zone, progress);
        try (Rehearsal rehearsal = Rehearsal.ofSnapshot(directory, snapshot)) {
            return dryRun ? cutOver.rehearse(rehearsal, engine.nowMs())
                    : cutOver.run(rehearsal, new CutOver.Live(engine, references, engine::nowMs, this::books), accept);
        }
    }

    private List<MoneyView.Book> books() {
        engine.readModel().availability().awaitPosition(engine.status().durablePosition(), READ_SIDE_MS);
        return engine.readModel().money().books(0);
    }

    /**
     * A dry run on a directory that nobody serves: not even the log is opened for writing.
     *
     * @throws org.mawid.engine.upkeep.UpkeepException it cannot be read
     */
    public static JsonObject rehearse(final Path from, final Settings settings, final long nowMs, final Progress progress) throws IOException {
        final DataDirectory directory = new DataDirectory(settings.engine().data());
        final CutOver cutOver = new CutOver(from, names(directory)::zone, progress);
        try (Rehearsal rehearsal = Rehearsal.of(directory, "mawid cut-over")) {
            return cutOver.rehearse(rehearsal, nowMs);
        }
    }

    /**
     * Takes over into a directory that nobody serves.
     *
     * @throws EngineStartException the directory cannot be used
     */
    public static JsonObject run(final Path from, final Settings settings, final boolean accept, final Progress progress) throws IOException, EngineStartException {
        final DataDirectory directory = new DataDirectory(settings.engine().data());
        final CutOver cutOver = new CutOver(from, names(directory)::zone, progress);
        try (Rehearsal rehearsal = Rehearsal.of(directory, "mawid cut-over");
             EmbeddedEngine engine = EmbeddedEngine.start(settings.engine().with(Setting.RECORDS, false))) {
            Files.createDirectories(directory.edge());
            final TakingOver taking = new TakingOver(engine, directory, References.open(directory.edge().resolve(Service.REFERENCE_KEY)), () -> NetworkNames.NONE);
            return cutOver.run(rehearsal, new CutOver.Live(engine, taking.references, engine::nowMs, taking::books), accept);
        }
    }

    private static NetworkNames names(final DataDirectory directory) throws IOException {
        final Path kept = Service.kept(directory);
        return Files.exists(kept) ? NetworkNames.of(NetworkFiles.kept(kept).network()) : NetworkNames.NONE;
    }
}
