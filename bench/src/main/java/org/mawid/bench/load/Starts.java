package org.mawid.bench.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;
import org.mawid.engine.readmodel.Availability;

/** Starts for one person, counted on {@value #DATES} dates at each of a model network's desks with its seats. Not changed once made. */
public final class Starts {
    /** Asked about at once, from the model network's first date on. */
    public static final int DATES = 60;
    /** What is asked for. */
    public static final int SERVICE = 4;

    private final List<int[]> byDesk;

    /** @param byDesk starts by date, for each desk from the first on */
    public Starts(final List<int[]> byDesk) {
        this.byDesk = List.copyOf(byDesk);
    }

    /** As the search in process counts them. @param desks how many, from the first on */
    public static Starts in(final Engine engine, final int desks) {
        final List<int[]> byDesk = new ArrayList<>();
        for (int desk = 0; desk < desks; desk++) {
            byDesk.add(engine.readModel().availability().countsPerDay(new Availability.Query(new int[] {ModelNetwork.deskId(desk)}, ModelNetwork.FIRST_DAY, DATES, 1,
                    ModelNetwork.unitsOf(SERVICE), 0, 1, System.currentTimeMillis())).days().stream().mapToInt(Availability.DayCount::starts).toArray());
        }
        return new Starts(byDesk);
    }

    /** The same of a network of which nothing is taken. */
    public static Starts of(final ModelNetwork network, final int desks) throws Exception {
        final Path folder = Engines.temporaryData(null);
        try (Engine engine = EmbeddedEngine.start(config(folder.resolve("data")))) {
            Engines.make(engine, network, new Commands(3));
            return in(engine, desks);
        } finally {
            Engines.delete(folder);
        }
    }

    /** The same of what a server left that has stopped. */
    public static Starts left(final Path data, final int desks) throws Exception {
        try (Engine engine = EmbeddedEngine.start(config(data))) {
            return in(engine, desks);
        }
    }

    private static EngineConfig config(final Path data) {
        return EngineConfig.at(data).with(Setting.RECORDS, false).with(Setting.RETIRE_EVERY_MS, 0).with(Setting.SNAPSHOT_AT_STOP, false);
    }

    public int desks() {
        return byDesk.size();
    }

    /** By date. */
    public int[] at(final int desk) {
        return byDesk.get(desk).clone();
    }

    /** @param told by date @return where another answer about that desk differs first; empty when it does not */
    public String differenceOf(final int desk, final int[] told) {
        final int[] ours = byDesk.get(desk);
        if (told.length != ours.length) {
            return "desk " + ModelNetwork.deskId(desk) + ": " + told.length + " dates came, the search in process has " + ours.length;
        }
        for (int date = 0; date < ours.length; date++) {
            if (told[date] != ours[date]) {
                return "desk " + ModelNetwork.deskId(desk) + ", date " + (date + 1) + " of " + ours.length + ": " + told[date] + " starts were told, the search in process has " + ours[date];
            }
        }
        return "";
    }

    /** Of all desks of the other. */
    public List<String> differencesOf(final Starts told) {
        final List<String> differences = new ArrayList<>();
        for (int desk = 0; desk < told.desks(); desk++) {
            final String difference = differenceOf(desk, told.byDesk.get(desk));
            if (!difference.isEmpty()) {
                differences.add(difference);
            }
        }
        return differences;
    }
}
