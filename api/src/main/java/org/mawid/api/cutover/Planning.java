package org.mawid.api.cutover;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.upkeep.Rehearsal;
import org.mawid.sbe.DayRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;

/** From codes and local times to the numbers of the log; finds what names nothing there, prices of another scale, and persons at two places at once. */
final class Planning {
    private static final long UNIT_MS = 300_000;

    private record DayKey(int poolId, int epochDay) {
    }

    private record Busy(long fromMs, long toMs, String reference) {
    }

    private final CatalogueView catalogue;
    private final Function<String, ZoneId> zones;
    private final Map<DayKey, Long> dayStarts = new HashMap<>();
    private final Map<String, CatalogueView.Pool> desks = new HashMap<>();
    private final Map<Long, TreeMap<Long, Busy>> busy = new HashMap<>();
    private final Mistakes mistakes = new Mistakes();
    private int otherLengths;

    Planning(final Rehearsal rehearsal, final Function<String, ZoneId> zones) {
        this.catalogue = rehearsal.catalogue();
        this.zones = zones;
        catalogue.posts().forEach(post -> catalogue.pools(post.postId()).forEach(pool -> desks.put(post.code() + '/' + pool.code(), pool)));
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final DayRecordDecoder day = new DayRecordDecoder();
        rehearsal.tell(RecordKind.DAYS, (template, buffer, offset, length) -> {
            day.wrapAndApplyHeader(buffer, offset, header);
            if (day.changeId() == 0) {
                dayStarts.put(new DayKey(day.poolId(), day.epochDay()), day.startMs());
            }
        });
    }

    /** @throws CutOverRefusedException with all that is wrong */
    List<Planned> plan(final CutOverFiles files) {
        final List<Planned> planned = new ArrayList<>();
        files.applications().forEach(one -> planned.add(plan(one)));
        mistakes.throwIfAny("cut-over refused");
        return planned;
    }

    /** Legs that are not as long as the catalogue says: no mistake, they stay as they were promised. */
    int otherLengths() {
        return otherLengths;
    }

    private Planned plan(final CutOverFiles.Application one) {
        final int lines = one.lines().size();
        final int[] services = new int[lines];
        final int[] registered = new int[lines];
        final int[] minutes = new int[lines];
        int toValidate = 0;
        for (int i = 0; i < lines; i++) {
            final CutOverFiles.Line line = one.lines().get(i);
            final CatalogueView.Service service = catalogue.service(line.service());
            if (service == null) {
                mistakes.add("lines.csv", line.where(), "no such service: " + line.service());
            } else {
                services[i] = service.serviceId();
                minutes[i] = service.durationMinutes() * line.quantity();
                toValidate |= service.validationRequired() && line.validated() ? 1 << i : 0;
            }
            registered[i] = line.registeredPost().isEmpty() ? 0 : post("lines.csv", line.where(), line.registeredPost());
        }
        final int postId = one.post().isEmpty() ? 0 : post("applications.csv", one.where(), one.post());
        return new Planned(one, postId, services, registered, toValidate, visits(one, minutes), payments(one, postId));
    }

    private int post(final String file, final long where, final String code) {
        final CatalogueView.Post post = catalogue.post(code);
        if (post == null) {
            mistakes.add(file, where, "no such post: " + code);
        }
        return post == null ? 0 : post.postId();
    }

    /** Legs of one date at one post are one visit. */
    private List<List<Planned.Leg>> visits(final CutOverFiles.Application one, final int[] minutes) {
        final Map<String, List<Planned.Leg>> visits = new LinkedHashMap<>();
        for (final CutOverFiles.Leg leg : one.legs()) {
            final CatalogueView.Pool desk = desks.get(leg.desk());
            if (desk == null) {
                mistakes.add("appointments.csv", leg.where(), "no such desk: " + leg.desk());
                continue;
            }
            final Long dayStart = dayStarts.get(new DayKey(desk.poolId(), (int) leg.date().toEpochDay()));
            if (dayStart == null) {
                mistakes.add("appointments.csv", leg.where(), leg.desk() + " has no day of " + leg.date() + ": " + one.reference() + " would lose the appointment");
                continue;
            }
            final long startMs = leg.date().atTime(leg.start()).atZone(zone(desk.postId(), leg.where())).toInstant().toEpochMilli();
            final long unit = Math.floorDiv(startMs - dayStart, UNIT_MS);
            if (unit < 0 || unit + leg.units() > 192) {
                mistakes.add("appointments.csv", leg.where(), leg.desk() + " is not open then on " + leg.date() + ": " + one.reference() + " would lose the appointment");
                continue;
            }
            busy(one, leg, startMs, startMs + leg.units() * UNIT_MS);
            otherLengths += leg.units() == needed(one, leg.lines(), minutes) ? 0 : 1;
            visits.computeIfAbsent(leg.date() + " " + desk.postId(), key -> new ArrayList<>())
                    .add(new Planned.Leg(desk.poolId(), leg.lines(), (int) leg.date().toEpochDay(), (int) unit, leg.units()));
        }
        return List.copyOf(visits.values());
    }

    private ZoneId zone(final int postId, final long where) {
        try {
            final ZoneId zone = zones.apply(catalogue.post(postId).code());
            if (zone != null) {
                return zone;
            }
        } catch (final DateTimeException | NullPointerException e) {
            // told below
        }
        mistakes.add("appointments.csv", where, "the time zone of " + catalogue.post(postId).code() + " is not known: import the network first");
        return ZoneId.of("UTC");
    }

    private static int needed(final CutOverFiles.Application one, final int lines, final int[] minutes) {
        final Map<Long, Integer> each = new HashMap<>();
        for (int set = lines & (1 << minutes.length) - 1; set != 0; set &= set - 1) {
            final int i = Integer.numberOfTrailingZeros(set);
            each.merge(one.lines().get(i).person(), minutes[i], Integer::sum);
        }
        return (each.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 4) / 5;
    }

    private void busy(final CutOverFiles.Application one, final CutOverFiles.Leg leg, final long fromMs, final long toMs) {
        for (int set = leg.lines() & (1 << one.lines().size()) - 1; set != 0; set &= set - 1) {
            final long person = one.lines().get(Integer.numberOfTrailingZeros(set)).person();
            final TreeMap<Long, Busy> of = busy.computeIfAbsent(person, key -> new TreeMap<>());
            final Map.Entry<Long, Busy> before = of.lowerEntry(toMs);
            final boolean sameLeg = before != null && before.getValue().fromMs() == fromMs && before.getValue().toMs() == toMs && before.getValue().reference().equals(one.reference() + leg.where());
            if (before != null && before.getValue().toMs() > fromMs && !sameLeg) {
                mistakes.add("appointments.csv", leg.where(), one.reference() + ": one of its persons is at another place at that time");
            }
            of.put(fromMs, new Busy(fromMs, toMs, one.reference() + leg.where()));
        }
    }

    /** Stamps of a post by transaction; the unpaid ones together. The post is the application's, or that of its first appointment. */
    private List<Planned.Stamps> payments(final CutOverFiles.Application one, final int chosen) {
        if (one.stamps().isEmpty()) {
            return List.of();
        }
        final int postId = chosen != 0 || one.legs().isEmpty() || desks.get(one.legs().get(0).desk()) == null ? chosen : desks.get(one.legs().get(0).desk()).postId();
        final CatalogueView.Post post = postId == 0 ? null : catalogue.post(postId);
        if (post == null) {
            mistakes.add("applications.csv", one.where(), one.reference() + " has stamps and no post, whose money they are in");
            return List.of();
        }
        final Map<String, List<Planned.Stamp>> groups = new LinkedHashMap<>();
        final Map<String, CutOverFiles.Stamp> firsts = new HashMap<>();
        for (final CutOverFiles.Stamp stamp : one.stamps()) {
            if (stamp.amountLocal().stripTrailingZeros().scale() > post.minorDigits()) {
                mistakes.add("stamps.csv", stamp.where(), "the amount in " + post.currency() + " has more than " + post.minorDigits() + " decimals");
                continue;
            }
            final ZoneId zone = zone(postId, stamp.where());
            groups.computeIfAbsent(stamp.transaction(), key -> new ArrayList<>()).add(new Planned.Stamp(stamp.line(), stamp.serial(), whole(stamp.amountMad(), 2),
                    whole(stamp.amountLocal(), post.minorDigits()), whole(stamp.rate(), 6), at(stamp.issued(), zone)));
            firsts.putIfAbsent(stamp.transaction(), stamp);
        }
        final List<Planned.Stamps> payments = new ArrayList<>();
        groups.forEach((transaction, stamps) -> payments.add(new Planned.Stamps(postId, post.currency(), transaction.isEmpty() ? 0 : (int) firsts.get(transaction).paidOn().toEpochDay(),
                firsts.get(transaction).means(), transaction, List.copyOf(stamps))));
        return payments;
    }

    private static long whole(final BigDecimal amount, final int decimals) {
        return amount.movePointRight(decimals).setScale(0, RoundingMode.UNNECESSARY).longValueExact();
    }

    /** The date's first instant there; of a date without midnight, whatever is first. */
    private static long at(final LocalDate date, final ZoneId zone) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }
}
