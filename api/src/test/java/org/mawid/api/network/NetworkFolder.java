package org.mawid.api.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The small network as a folder of files, open on every weekday, with holidays of the years that a test needs. */
public final class NetworkFolder {
    private static final Set<MonthDay> CLOSED = Set.of(MonthDay.of(5, 1), MonthDay.of(7, 14));

    private final Path folder;

    private NetworkFolder(final Path folder) {
        this.folder = folder;
    }

    /** @param firstYear of holidays and Ramadan @param lastYear the last, included: nothing can be opened after it */
    public static NetworkFolder write(final Path folder, final int firstYear, final int lastYear) throws IOException {
        final SmallNetwork small = new SmallNetwork().without("opening-hours-exceptional.csv").without("posts-load.csv")
                .without("service-mix.csv").without("visit-size.csv").without("external/host-holidays-2026.csv");
        final List<String> hours = new ArrayList<>(List.of("post_code,weekday,open,close,ramadan_open,ramadan_close"));
        for (final String day : List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")) {
            hours.add("MA-CG-LYON," + day + ",09:00,15:00,09:00,14:00");
        }
        final List<String> moroccan = new ArrayList<>(List.of("date,name_fr"));
        final List<String> host = new ArrayList<>(List.of("country_iso2,date,name"));
        final List<String> ramadan = new ArrayList<>(List.of("year,start,end"));
        for (int year = firstYear; year <= lastYear; year++) {
            moroccan.add(year + "-05-01,Fête du travail");
            host.add("FR," + year + "-07-14,Fête nationale");
            host.add("TN," + year + "-03-20,Indépendance");
            ramadan.add(year + "," + year + "-02-10," + year + "-03-10");
        }
        final NetworkFolder written = new NetworkFolder(folder);
        for (final String name : List.of("chancery-rates.csv", "posts.csv", "resources.csv", "services.csv", "desks.csv", "post-services.csv")) {
            written.file(name, new String(small.read(name), StandardCharsets.UTF_8).lines().toList());
        }
        return written.file("opening-hours.csv", hours).file("holidays-ma.csv", moroccan).file("host-holidays.csv", host).file("ramadan.csv", ramadan);
    }

    /** Whether its post in France is closed on that date. */
    public static boolean isHoliday(final LocalDate date) {
        return CLOSED.contains(MonthDay.from(date));
    }

    public Path path() {
        return folder;
    }

    /** Replaces a file. */
    public NetworkFolder file(final String name, final List<String> lines) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name), String.join("\n", lines) + '\n');
        return this;
    }

    /** Replaces a piece of text in one line, which must have it; the header is line 1. */
    public NetworkFolder line(final String name, final int line, final String piece, final String with) throws IOException {
        final List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve(name)));
        if (!lines.get(line - 1).contains(piece)) {
            throw new AssertionError(piece + " is not in: " + lines.get(line - 1));
        }
        lines.set(line - 1, lines.get(line - 1).replace(piece, with));
        return file(name, lines);
    }
}
