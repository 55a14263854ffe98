package org.mawid.engine.story;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mawid.engine.testkit.Command.Leg;
import org.mawid.engine.testkit.Command.LineAsked;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.Priority;

/** The parts of a sentence, and what its names stand for. Names are given numbers as they come. */
final class Words {
    static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
    private static final long UNIT_MS = 300_000;

    private final Map<String, Map<String, Long>> numbers = new HashMap<>();
    private final Map<String, Long> dayStarts = new HashMap<>();

    /** One sentence: a verb, what stands alone, and what is {@code key=value}. */
    record Sentence(String verb, List<String> plain, Map<String, String> named) {
        static Sentence of(final String text) {
            final String[] tokens = text.trim().split("\\s+");
            final List<String> plain = new ArrayList<>();
            final Map<String, String> named = new LinkedHashMap<>();
            for (int i = 1; i < tokens.length; i++) {
                final int equal = tokens[i].indexOf('=');
                if (equal > 0) {
                    named.put(tokens[i].substring(0, equal), tokens[i].substring(equal + 1));
                } else {
                    plain.add(tokens[i]);
                }
            }
            return new Sentence(tokens[0], plain, named);
        }

        String first() {
            return plain.get(0);
        }

        boolean has(final String word) {
            return plain.contains(word);
        }

        String named(final String key, final String otherwise) {
            return named.getOrDefault(key, otherwise);
        }

        int number(final String key, final int otherwise) {
            return named.containsKey(key) ? Integer.parseInt(named.get(key)) : otherwise;
        }

        long big(final String key, final long otherwise) {
            return named.containsKey(key) ? Long.parseLong(named.get(key)) : otherwise;
        }
    }

    /** The number of a name; a number stands for itself. */
    long number(final String kind, final String name) {
        if (Character.isDigit(name.charAt(0))) {
            return Long.parseLong(name);
        }
        final Map<String, Long> known = numbers.computeIfAbsent(kind, any -> new HashMap<>());
        return known.computeIfAbsent(name, any -> known.size() + 1L);
    }

    void isNumber(final String kind, final String name, final long number) {
        numbers.computeIfAbsent(kind, any -> new HashMap<>()).put(name, number);
    }

    /** 0 when nothing has that name. */
    long known(final String kind, final String name) {
        return Character.isDigit(name.charAt(0)) ? Long.parseLong(name)
                : numbers.getOrDefault(kind, Map.of()).getOrDefault(name, 0L);
    }

    /** What has that number. */
    String name(final String kind, final long number) {
        return numbers.getOrDefault(kind, Map.of()).entrySet().stream().filter(each -> each.getValue() == number).map(Map.Entry::getKey).findFirst().orElse("?");
    }

    /** Keys are hashes: half of them are negative. */
    long person(final String name) {
        final long number = number("person", name);
        return number % 2 == 0 ? -number * 0x5851_F42D_4C95_7F2DL : number;
    }

    // ---- time: UTC, {@code 08:05}, or {@code +2d@08:05} for another day than today

    static long instantMs(final String text) {
        final int at = text.indexOf("d@");
        final LocalDate date = at < 0 ? TODAY : TODAY.plusDays(Integer.parseInt(text.substring(0, at)));
        final String time = at < 0 ? text : text.substring(at + 2);
        return date.atTime(LocalTime.parse(time)).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    static boolean isInstant(final String token) {
        return token.matches("([+-]\\d+d@)?\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?");
    }

    static String text(final long instantMs) {
        final var moment = java.time.Instant.ofEpochMilli(instantMs).atOffset(ZoneOffset.UTC).toLocalDateTime();
        final long days = moment.toLocalDate().toEpochDay() - TODAY.toEpochDay();
        return (days == 0 ? "" : (days > 0 ? "+" : "") + days + "d@") + moment.toLocalTime();
    }

    static int epochDay(final Sentence sentence) {
        return (int) TODAY.toEpochDay() + Integer.parseInt(sentence.named("date", "0"));
    }

    // ---- days and legs

    void dayStarts(final String pool, final int epochDay, final long startMs) {
        dayStarts.put(pool + " " + epochDay, startMs);
    }

    /** Which unit of a pool's day begins at a time of that date; of a day that is not known, counted from midnight. */
    int unit(final String pool, final int epochDay, final String time) {
        final long midnightMs = epochDay * 86_400_000L;
        final long startMs = dayStarts.getOrDefault(pool + " " + epochDay, midnightMs);
        final long atMs = midnightMs + LocalTime.parse(time).toSecondOfDay() * 1_000L;
        return (int) Math.floorDiv(atMs - startMs, UNIT_MS);
    }

    /** {@code PARIS/D1@09:15+3} for all lines, {@code PARIS/D1@09:15+3:0,1} for some. */
    List<Leg> legs(final Sentence sentence, final int allLines) {
        final int epochDay = epochDay(sentence);
        final List<Leg> legs = new ArrayList<>();
        for (final String token : sentence.plain()) {
            final int at = token.indexOf('@');
            final int plus = token.indexOf('+');
            if (at > 0 && plus > at) {
                final int colon = token.indexOf(':', plus);
                final int units = Integer.parseInt(token.substring(plus + 1, colon < 0 ? token.length() : colon));
                final String desk = token.substring(0, at);
                legs.add(new Leg((int) number("pool", desk), colon < 0 ? allLines : lines(token.substring(colon + 1)), epochDay,
                        unit(desk, epochDay, token.substring(at + 1, plus)), units));
            }
        }
        return legs;
    }

    /** {@code 0,2} = lines 0 and 2. */
    static int lines(final String text) {
        int set = 0;
        for (final String line : text.split(",")) {
            set |= 1 << Integer.parseInt(line);
        }
        return set;
    }

    /** {@code Yasmine:passport,card*2}: who, which services, how many of each. */
    List<LineAsked> linesAsked(final Sentence sentence) {
        final List<LineAsked> lines = new ArrayList<>();
        for (final String token : sentence.plain()) {
            final int colon = token.indexOf(':');
            if (colon > 0 && token.indexOf('@') < 0) {
                for (final String service : token.substring(colon + 1).split(",")) {
                    final String[] parts = service.split("\\*");
                    lines.add(new LineAsked(person(token.substring(0, colon)), (int) number("service", parts[0]),
                            (int) number("post", sentence.named("registered", "0")), parts.length > 1 ? Integer.parseInt(parts[1]) : 1,
                            AgeBand.ADULT, Priority.valueOf(sentence.named("priority", "NONE")), false));
                }
            }
        }
        return lines;
    }
}
