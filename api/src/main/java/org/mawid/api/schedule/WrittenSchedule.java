package org.mawid.api.schedule;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * A schedule as somebody wrote it: in whichever form, it is brought to the tree that JSON has, which one reader checks, and what is wrong in it is told where it stands.
 * Reading is bounded by the bytes that come in. Immutable.
 */
public final class WrittenSchedule {
    /** A year of the largest post, each day said by itself, is a third of it. */
    public static final int MOST_BYTES = 1 << 20;
    /** Of JSON: every opening of every desk has fifteen. */
    private static final int MOST_TOKENS = 250_000;
    private static final int MOST_NESTED = 16;
    /** Of a name that is given twice we would take the last, and whoever looked before us the first. */
    private static final JsonFactory STRICT = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).maxNestingDepth(MOST_NESTED).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final WantedSchedule wanted;
    private final Map<String, Integer> lines;

    /** Post and period are not in it. @param from first local date, {@code to} the last one */
    public record Period(String post, LocalDate from, LocalDate to) {
    }

    /**
     * What a calendar cannot say and its properties do not.
     *
     * @param pool   of availability that names none; {@code null} = it must
     * @param places of openings that say none; 0 = they must
     */
    public record Unsaid(String pool, int places) {
        public static final Unsaid NOTHING = new Unsaid(null, 0);
    }

    /** A tree as JSON has it. @param lines by place in it, as {@code pools[0].weekly[2]}, the line on which it stands; empty = the place says enough */
    record Tree(JsonObject json, Map<String, Integer> lines) {
    }

    private WrittenSchedule(final WantedSchedule wanted, final Map<String, Integer> lines) {
        this.wanted = wanted;
        this.lines = lines;
    }

    /**
     * @param zone   of the post: calendars must be in it
     * @param unsaid for calendars
     * @throws ScheduleMistakenException something in it is not what it should be; what it means together is looked at later
     */
    public static WrittenSchedule read(final Period period, final ZoneId zone, final ScheduleForm form, final byte[] bytes, final Unsaid unsaid) {
        final Mistakes mistakes = new Mistakes();
        if (bytes.length > MOST_BYTES) {
            mistakes.add("", bytes.length + " bytes, " + MOST_BYTES + " at most");
            mistakes.throwIfAny();
        }
        final Tree tree = switch (form) {
            case JSON -> new Tree(json(bytes, mistakes), Map.of());
            case CSV -> new CsvSchedule(mistakes).read(text(bytes, mistakes));
            case CALENDAR -> new CalendarSchedule(period, zone, unsaid, mistakes).read(text(bytes, mistakes));
        };
        mistakes.throwIfAny();
        return of(period, tree);
    }

    /** @throws ScheduleMistakenException as {@link #read} */
    static WrittenSchedule of(final Period period, final Tree tree) {
        try {
            return new WrittenSchedule(ScheduleJson.read(period.post(), period.from(), period.to(), tree.json()), tree.lines());
        } catch (final ScheduleMistakenException e) {
            throw located(e, tree.lines());
        }
    }

    WantedSchedule wanted() {
        return wanted;
    }

    /** The same, told where it stands. */
    ScheduleMistakenException located(final ScheduleMistakenException mistaken) {
        return located(mistaken, lines);
    }

    private static ScheduleMistakenException located(final ScheduleMistakenException mistaken, final Map<String, Integer> lines) {
        return lines.isEmpty() ? mistaken : mistaken.mapped(mistake -> {
            int end = mistake.where().length();
            while (end > 0 && !lines.containsKey(mistake.where().substring(0, end))) {
                end = Math.max(mistake.where().lastIndexOf('.', end - 1), mistake.where().lastIndexOf('[', end - 1));
            }
            if (end <= 0) {
                return mistake;
            }
            final String rest = mistake.where().substring(end).replaceFirst("^\\.", "");
            return new ScheduleMistakenException.Mistake("line " + lines.get(mistake.where().substring(0, end)), rest.isEmpty() ? mistake.what() : rest + ' ' + mistake.what());
        });
    }

    private static JsonObject json(final byte[] bytes, final Mistakes mistakes) {
        try (JsonParser parser = STRICT.createParser(bytes)) {
            try {
                if (JacksonCodec.fromParser(parser, Object.class) instanceof JsonObject json) {
                    return json;
                }
                mistakes.add("", "is no object");
            } catch (final DecodeException notJson) { // whose message may quote what came in
                mistakes.add("line " + Math.max(1, parser.currentLocation().getLineNr()),
                        "not JSON in UTF-8 from here on, or a name is given twice, or more than " + MOST_TOKENS + " words or " + MOST_NESTED + " levels are in it");
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e); // of an array
        }
        return new JsonObject();
    }

    /** @throws ScheduleMistakenException it is not UTF-8 */
    private static String text(final byte[] bytes, final Mistakes mistakes) {
        final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT);
        final ByteBuffer in = ByteBuffer.wrap(bytes);
        final CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        if (decoder.decode(in, out, true).isError() || decoder.flush(out).isError()) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            mistakes.add("line " + line, "is not UTF-8");
            mistakes.throwIfAny();
        }
        final String text = out.flip().toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    static List<String> words(final String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("[ ,]+"));
    }

    /** A number as one, all else as it is: whoever checks it says what it should be. */
    static Object number(final String text) {
        if (text.matches("-?[0-9]{1,9}")) {
            return Integer.valueOf(text);
        }
        return text.matches("-?[0-9]{1,9}\\.[0-9]{1,9}") ? Double.valueOf(text) : text;
    }
}
