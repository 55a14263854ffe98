package org.mawid.api.schedule;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.Transparency;
import biweekly.util.Duration;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.mawid.api.gateway.References;
import org.mawid.api.network.OpenDay;
import org.mawid.api.network.PlannedDay;
import org.mawid.engine.readmodel.Agenda;
import org.mawid.engine.readmodel.Availability.DayView;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ReadModel;

/**
 * A desk as officers' calendar programs show it: an event for each stretch that is open, with its places, what of them is kept for channels, how many visits begin in it and when. Events (VEVENT), for the programs that subscribe to calendars show
 * nothing else: availability (RFC 7953) and free-busy time are read by programs that arrange meetings. Numbers only, and nothing of anybody; but what is free can be reckoned from it, so that whoever wants it needs the link, which is told with the
 * desk's days. Reads the agenda, which may wait: on a thread that may.
 */
public final class DeskCalendar {
    private static final String USE = "desk-calendar";
    /** Dates before today, so that yesterday does not vanish overnight. */
    private static final int PAST_DAYS = 1;
    private static final int AHEAD_DAYS = 60;
    private static final int REFRESH_MINUTES = 15;

    private DeskCalendar() {
    }

    /** What nobody guesses, for a link to it: to be told to whoever may see the days of the desk. */
    public static String token(final References references, final int deskId) {
        return references.links().token(USE, Integer.toString(deskId));
    }

    /** Whether it is {@link #token}. */
    public static boolean isToken(final References references, final int deskId, final String token) {
        return references.links().matches(USE, Integer.toString(deskId), token);
    }

    /**
     * @param tag changes when and only when the calendar does
     * @param ics in UTF-8
     */
    public record Feed(String tag, byte[] ics) {
    }

    /** @param places how many, and for whom @param starts visits by local time at which they begin */
    private record Stretch(LocalDate date, long fromMs, long toMs, String places, Map<LocalTime, Integer> starts) {
        int visits() {
            return starts.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * @param place of a mobile desk; {@code null} = at the post
     * @param nowMs log time, ms since 1970-01-01 UTC
     * @throws org.mawid.engine.readmodel.ReadModelBehindException it cannot be read now
     */
    public static Feed of(final ReadModel model, final CatalogueView.Pool desk, final String post, final ZoneId zone, final String place, final long nowMs) {
        final LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(nowMs), zone);
        final List<Stretch> stretches = new ArrayList<>();
        for (LocalDate date = today.minusDays(PAST_DAYS); !date.isAfter(today.plusDays(AHEAD_DAYS)); date = date.plusDays(1)) {
            final DayView view = model.availability().day(desk.poolId(), (int) date.toEpochDay());
            if (view != null) {
                add(stretches, date, PlannedDay.of(view).at(nowMs), model.agenda().on(desk.postId(), (int) date.toEpochDay()), desk.poolId(), zone);
            }
        }
        final CRC32C sum = new CRC32C();
        final String facts = post + desk + place + zone + stretches;
        sum.update(facts.getBytes(StandardCharsets.UTF_8));
        return new Feed(Long.toHexString(sum.getValue()) + '-' + Integer.toHexString(facts.hashCode()), written(desk, post, place, stretches, zone, nowMs));
    }

    private static void add(final List<Stretch> stretches, final LocalDate date, final PlannedDay day, final Agenda.Visits visits, final int deskId, final ZoneId zone) {
        day.forEachOpenRun(run -> {
            final long fromMs = day.startMs() + run.from() * OpenDay.UNIT_MS;
            final long toMs = day.startMs() + run.to() * OpenDay.UNIT_MS;
            final Map<LocalTime, Integer> starts = new TreeMap<>();
            for (final Agenda.Visit visit : visits.visits()) {
                for (final Agenda.Leg leg : visit.legs()) {
                    if (leg.deskId() == deskId && leg.startMs() >= fromMs && leg.startMs() < toMs) {
                        starts.merge(Words.time(leg.startMs(), zone), 1, Integer::sum);
                    }
                }
            }
            stretches.add(new Stretch(date, fromMs, toMs, Words.places(day, run, zone), starts));
        });
    }

    private static byte[] written(final CatalogueView.Pool desk, final String post, final String place, final List<Stretch> stretches, final ZoneId zone, final long nowMs) {
        final ICalendar calendar = new ICalendar();
        final String name = desk.code() + ", " + post;
        calendar.setProductId("-//Mawid//desk calendar//EN");
        calendar.setName(name);
        calendar.setRefreshInterval(Duration.builder().minutes(REFRESH_MINUTES).build());
        // As most programs ask for it.
        calendar.setExperimentalProperty("X-WR-CALNAME", name);
        calendar.setExperimentalProperty("X-WR-TIMEZONE", zone.getId());
        calendar.setExperimentalProperty("X-PUBLISHED-TTL", "PT" + REFRESH_MINUTES + 'M');
        for (final Stretch stretch : stretches) {
            final VEvent event = new VEvent();
            event.setUid(post + '-' + desk.poolId() + '-' + stretch.fromMs() + "@mawid");
            event.setDateTimeStamp(new Date(nowMs));
            event.setDateStart(new Date(stretch.fromMs()), true);
            event.setDateEnd(new Date(stretch.toMs()), true);
            event.setSummary(desk.code() + " · " + stretch.visits() + " booked · " + stretch.places());
            if (place != null) {
                event.setLocation(place);
            }
            if (!stretch.starts().isEmpty()) {
                final List<String> lines = new ArrayList<>();
                stretch.starts().forEach((time, visits) -> lines.add(time + "  " + visits));
                event.setDescription(String.join("\n", lines));
            }
            event.setTransparency(Transparency.transparent()); // whoever looks at it is not busy by it
            calendar.addEvent(event);
        }
        return Biweekly.write(calendar).go().getBytes(StandardCharsets.UTF_8);
    }
}
