package org.mawid.bench.release.visit;

import java.util.ArrayList;
import java.util.List;
import org.mawid.bench.release.ground.Ground;

/**
 * Those who want a visit together: one person or a family, each with services of their own, in one application that is validated before the
 * clock starts. What one person does at one desk with the same resources is one part of the visit.
 */
public final class Applicant {
    /** @param person counted from 0 @param desk that serves it */
    public record Line(int person, Ground.Service service, Ground.Desk desk) {
    }

    /** @param lines bit i = line i @param units that its services take one after the other @param kinds bit k = a place of PoolKind k is needed */
    public record Part(Ground.Desk desk, int person, int lines, int units, int kinds) {
    }

    private final String name;
    private final long[] personKeys;
    private final Ground.Post post;
    private final List<Line> lines;
    private final List<Part> parts;
    private final boolean isHttp;
    private String application = "";

    /**
     * @param personKeys of those who come, 1 to 8
     * @param lines      1 to 8, of desks of one post; no person asks for a service twice
     * @param isHttp     how they speak; else gRPC
     */
    public Applicant(final String name, final long[] personKeys, final List<Line> lines, final boolean isHttp) {
        this.name = name;
        this.personKeys = personKeys.clone();
        this.post = lines.get(0).desk().post();
        this.lines = List.copyOf(lines);
        this.parts = parts(lines);
        this.isHttp = isHttp;
    }

    /** One person with services of one desk. */
    public static Applicant alone(final String name, final long personKey, final Ground.Desk desk, final List<Ground.Service> services, final boolean isHttp) {
        return new Applicant(name, new long[] {personKey}, services.stream().map(service -> new Line(0, service, desk)).toList(), isHttp);
    }

    private static List<Part> parts(final List<Line> lines) {
        final List<Part> parts = new ArrayList<>();
        int seen = 0;
        for (int first = 0; first < lines.size(); first++) {
            if ((seen >>> first & 1) == 0) {
                int set = 0;
                int minutes = 0;
                for (int line = first; line < lines.size(); line++) {
                    if (isOnePart(lines.get(first), lines.get(line))) {
                        set |= 1 << line;
                        minutes += lines.get(line).service().minutes();
                    }
                }
                seen |= set;
                parts.add(new Part(lines.get(first).desk(), lines.get(first).person(), set, (minutes + Ground.UNIT_MINUTES - 1) / Ground.UNIT_MINUTES,
                        lines.get(first).service().kinds()));
            }
        }
        return List.copyOf(parts);
    }

    private static boolean isOnePart(final Line one, final Line other) {
        return one.person() == other.person() && one.desk() == other.desk() && one.service().kinds() == other.service().kinds();
    }

    /** As in the history: who is asked about one thing at a time. */
    public String name() {
        return name;
    }

    /** Who asks; the first of those who come. */
    public long personKey() {
        return personKeys[0];
    }

    public long personKey(final int person) {
        return personKeys[person];
    }

    int persons() {
        return personKeys.length;
    }

    public Ground.Post post() {
        return post;
    }

    /** In the order of the application's. */
    public List<Line> lines() {
        return lines;
    }

    /** At least one; a start is looked for the first. */
    public List<Part> parts() {
        return parts;
    }

    /** What a start is looked for: the services of the first part. */
    public int[] soughtServiceIds() {
        final int set = parts.get(0).lines();
        return java.util.stream.IntStream.range(0, lines.size()).filter(line -> (set >>> line & 1) != 0).map(line -> lines.get(line).service().id()).toArray();
    }

    public boolean isHttp() {
        return isHttp;
    }

    /** All lines, bit i = line i. */
    public int allLines() {
        return (1 << lines.size()) - 1;
    }

    /** Lines that an officer has to validate. */
    public int linesToValidate() {
        int set = 0;
        for (int line = 0; line < lines.size(); line++) {
            set |= (lines.get(line).service().validationRequired() ? 1 : 0) << line;
        }
        return set;
    }

    /** Reference of the application. */
    public String application() {
        return application;
    }

    public void application(final String reference) {
        application = reference;
    }
}
