package org.mawid.api.sync;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.mawid.grpc.AgeBand;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Call;
import org.mawid.grpc.Command;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Priority;
import org.mawid.grpc.RecordConsumption;
import org.mawid.grpc.RecordVisit;
import org.mawid.grpc.RecordWalkIn;
import org.mawid.grpc.Request;

/**
 * What a post has recorded, from the text of its file to the command that tells it. Whatever was done before somebody at the counter is told as recorded at
 * its time, also while the link is up: the same rules hold then. Only a call is news for a minute, and nothing later.
 */
final class Record {
    private static final long CALL_MS = 60_000;
    private static final int LINES = 16;
    private static final Set<String> HEAD = Set.of("do", "at");

    private final JsonObject json;
    private final int postId;

    Record(final JsonObject json, final int postId) {
        this.json = json;
        this.postId = postId;
    }

    /** It cannot be told; the message says which field is wrong. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(final String message) {
            super(message);
        }
    }

    /** @param nowMs by this machine's clock */
    boolean isTooLate(final long nowMs) throws UnreadableException {
        return "call".equals(text("do", true)) && atMs() < nowMs - CALL_MS;
    }

    Command command(final Request request) throws UnreadableException {
        final Command.Builder command = Command.newBuilder();
        switch (text("do", true)) {
            case "check-in" -> {
                only("appointment", "ticket");
                command.setRecordVisit(visit(request, AppointmentState.APPOINTMENT_STATE_CHECKED_IN));
            }
            case "serve" -> {
                only("appointment", "ticket", "counter", "served");
                command.setRecordVisit(visit(request, AppointmentState.APPOINTMENT_STATE_SERVED).setFulfilled(lines("served", true)));
            }
            case "no-show" -> {
                only("appointment");
                command.setRecordVisit(visit(request, AppointmentState.APPOINTMENT_STATE_NO_SHOW));
            }
            case "call" -> {
                only("appointment", "counter");
                command.setCall(Call.newBuilder().setRequest(request).setAppointment(text("appointment", true)).setCounter(number("counter", true, 255)));
            }
            case "walk-in" -> {
                only("application", "applicant", "asked", "served", "ticket", "counter", "issueStamps", "lines");
                command.setRecordWalkIn(walkIn(request));
            }
            case "consume" -> {
                only("stamp", "application", "line", "date", "secret");
                command.setRecordConsumption(RecordConsumption.newBuilder().setRequest(request).setStamp(text("stamp", true)).setApplication(text("application", true))
                        .setLine(number("line", true, LINES - 1)).setAtMs(atMs()).setEpochDay(date()).setPostId(postId).setSecret(text("secret", true)));
            }
            default -> throw new UnreadableException("\"do\" is one of check-in, call, serve, no-show, walk-in, consume");
        }
        return command.build();
    }

    private RecordVisit.Builder visit(final Request request, final AppointmentState state) throws UnreadableException {
        return RecordVisit.newBuilder().setRequest(request).setAppointment(text("appointment", true)).setAtMs(atMs()).setState(state)
                .setTicket(number("ticket", false, 65_535)).setCounter(number("counter", false, 255));
    }

    private RecordWalkIn.Builder walkIn(final Request request) throws UnreadableException {
        final String application = text("application", false);
        final RecordWalkIn.Builder walkIn = RecordWalkIn.newBuilder().setRequest(request).setAtMs(atMs()).setPostId(postId).setApplication(application)
                .setTicket(number("ticket", false, 65_535)).setCounter(number("counter", false, 255)).setFulfilled(lines("served", false))
                .setApplicant(key(json, "applicant", false));
        if (json.containsKey("issueStamps")) {
            walkIn.setIssueStamps(value("issueStamps", Boolean.class));
        }
        if (!application.isEmpty()) {
            return walkIn.setLineSet(lines("asked", true));
        }
        for (final Object line : value("lines", JsonArray.class)) {
            if (!(line instanceof JsonObject one)) {
                throw new UnreadableException("\"lines\" is a list of objects");
            }
            walkIn.addLines(line(one));
        }
        return walkIn;
    }

    private static NewLine line(final JsonObject line) throws UnreadableException {
        only(line, Set.of("person", "serviceId", "quantity", "registeredPostId", "ageBand", "priority", "representative"));
        try {
            return NewLine.newBuilder().setPersonKey(key(line, "person", true)).setServiceId(line.getInteger("serviceId", 0)).setQuantity(line.getInteger("quantity", 1))
                    .setRegisteredPostId(line.getInteger("registeredPostId", 0)).setAgeBand(AgeBand.valueOf("AGE_BAND_" + line.getString("ageBand", "ADULT")))
                    .setPriority(Priority.valueOf("PRIORITY_" + line.getString("priority", "NONE"))).setRepresentative(line.getBoolean("representative", false)).build();
        } catch (final ClassCastException | IllegalArgumentException wrong) {
            throw new UnreadableException("a line has \"person\", \"serviceId\", and may have \"quantity\", \"registeredPostId\", \"ageBand\", \"priority\", \"representative\"");
        }
    }

    /** A misspelt name would be something that was never told. */
    private void only(final String... names) throws UnreadableException {
        final Set<String> known = new HashSet<>(HEAD);
        known.addAll(Arrays.asList(names));
        only(json, known);
    }

    private static void only(final JsonObject json, final Set<String> known) throws UnreadableException {
        for (final String name : json.fieldNames()) {
            if (!known.contains(name)) {
                throw new UnreadableException("there is no field \"" + name + "\" here");
            }
        }
    }

    private <T> T value(final String name, final Class<T> type) throws UnreadableException {
        final Object value = json.getValue(name);
        if (!type.isInstance(value)) {
            throw new UnreadableException("\"" + name + "\" " + (value == null ? "is missing" : "is not of the right kind"));
        }
        return type.cast(value);
    }

    private String text(final String name, final boolean needed) throws UnreadableException {
        return needed || json.containsKey(name) ? value(name, String.class) : "";
    }

    private int number(final String name, final boolean needed, final int most) throws UnreadableException {
        if (!needed && !json.containsKey(name)) {
            return 0;
        }
        final int number = value(name, Integer.class);
        if (number < 0 || number > most) {
            throw new UnreadableException("\"" + name + "\" is 0 to " + most);
        }
        return number;
    }

    /** Bit i = line i. */
    private int lines(final String name, final boolean needed) throws UnreadableException {
        int set = 0;
        for (final Object line : needed || json.containsKey(name) ? value(name, JsonArray.class) : new JsonArray()) {
            if (!(line instanceof Integer number) || number < 0 || number >= LINES) {
                throw new UnreadableException("\"" + name + "\" is a list of lines, 0 to " + (LINES - 1));
            }
            set |= 1 << number;
        }
        return set;
    }

    private static long key(final JsonObject json, final String name, final boolean needed) throws UnreadableException {
        if (!needed && !json.containsKey(name)) {
            return 0;
        }
        if (json.getValue(name) instanceof String text && text.matches("[0-9a-f]{16}")) {
            return Long.parseUnsignedLong(text, 16);
        }
        throw new UnreadableException("\"" + name + "\" is a key of 16 hexadecimal digits");
    }

    private long atMs() throws UnreadableException {
        try {
            return OffsetDateTime.parse(text("at", true)).toInstant().toEpochMilli();
        } catch (final DateTimeException wrong) {
            throw new UnreadableException("\"at\" is a time with its offset, as 2026-03-02T09:14:07+01:00");
        }
    }

    private int date() throws UnreadableException {
        try {
            return (int) LocalDate.parse(text("date", true)).toEpochDay();
        } catch (final DateTimeException wrong) {
            throw new UnreadableException("\"date\" is a date, as 2026-03-02");
        }
    }
}
