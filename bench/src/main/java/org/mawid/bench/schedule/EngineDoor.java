package org.mawid.bench.schedule;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.mawid.api.network.Network;
import org.mawid.api.network.NetworkImport;
import org.mawid.api.report.Reports;
import org.mawid.api.schedule.Schedules;
import org.mawid.api.schedule.WantedSchedule;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.EngineStartException;

/** An engine in this process, without an edge. */
final class EngineDoor implements Door {
    private final Network network = Network.bundled();
    private final EmbeddedEngine engine;
    private final Schedules schedules;

    /** @param config of a simulation @param today on which it begins */
    EngineDoor(final EngineConfig config, final Path data, final LocalDate today) throws EngineStartException {
        engine = EmbeddedEngine.start(config);
        engine.advanceTo(today.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
        new NetworkImport(engine, System.nanoTime() | 1, engine::nowMs, (phase, done, total) -> { })
                .run(new org.mawid.api.network.Schedule(network), new NetworkImport.Publication(today, today, today, NetworkImport.Existing.KEEP, NetworkImport.Others.REFUSE));
        schedules = new Schedules(engine, data.resolve("schedule.unfinished"), () -> network, Reports.NONE, engine::nowMs);
    }

    @Override
    public Applied apply(final WantedSchedule wanted) {
        final long version = schedules.present(wanted.post(), wanted.from(), wanted.from()).version();
        final long fromNs = System.nanoTime();
        final Schedules.Outcome outcome = schedules.apply(wanted, version);
        final double ms = (System.nanoTime() - fromNs) / 1e6;
        if (!(outcome instanceof Schedules.Outcome.Applied)) {
            throw new IllegalStateException(wanted.post() + " was not applied: " + outcome.difference().refused());
        }
        return new Applied(ms, outcome.difference().changes().size());
    }

    @Override
    public boolean isInForce(final WantedSchedule wanted) {
        return schedules.difference(wanted).isNothing();
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public String leftOut() {
        return "HTTP and JSON; records";
    }

    @Override
    public void close() {
        engine.close();
    }
}
