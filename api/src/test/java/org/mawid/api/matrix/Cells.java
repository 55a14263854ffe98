package org.mawid.api.matrix;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.mawid.api.access.Matrix;
import org.mawid.api.access.Role;

/** Goes through every cell of the matrix over one edge, and notes what is otherwise than it says. */
final class Cells {
    /** Places that name a thing of which it does not matter whose it is, and why. */
    private static final Map<String, String> ANYBODYS = Map.ofEntries(
            Map.entry("acceptposts posts", "an applicant takes a visit at any post, and posts are on display"), Map.entry("acceptposts /posts", "likewise"),
            Map.entry("submitapplication lines.registered_post_id", "posts are on display"), Map.entry("submitapplication /lines/registeredpostid", "likewise"),
            Map.entry("checkin at_post_id", "where a kiosk stands: posts are on display, and the way is told by tellTheWay"), Map.entry("checkin atpost", "likewise"),
            Map.entry("walkin at_post_id", "likewise"), Map.entry("walkin atpost", "likewise"),
            Map.entry("joinwaitlist post_id", "a visit is waited for at any post"), Map.entry("joinwaitlist /post", "likewise"),
            Map.entry("definepool pool_id", "pools are on display, and one of another post is in the way"), Map.entry("definepool poolid", "likewise"),
            Map.entry("linkidentity identity.parent", "part of what is linked, which tells whether it is somebody else's, a few times a day"),
            Map.entry("walkin desk_id", "desks are on display, and a kiosk elsewhere is told the way"), Map.entry("walkin /deskid", "likewise"),
            Map.entry("openbreak payment", "a break may be about what nobody has"), Map.entry("openbreak batch", "likewise"), Map.entry("openbreak /payment", "likewise"), Map.entry("openbreak /batch", "likewise"),
            Map.entry("applyschedule wanted.file.pool", "code of a pool of the post that is named"), Map.entry("previewschedule file.pool", "likewise"), Map.entry("applyschedule pool", "likewise"), Map.entry("applyschedule /pools/pool", "likewise"));
    /** Who works for a post takes an application of anybody's. */
    private static final Set<String> AT_A_COUNTER = Set.of("submitapplication applicant", "walkin applicant", "recordwalkin applicant");
    /** What is not said is of who calls, or of whom they act for. */
    private static final Set<String> OF_WHO_CALLS = Set.of("submitapplication");
    /** What is named may be new, and then it is made; what is somebody else's is not theirs to make. */
    private static final Set<String> PERHAPS_NEW = Set.of("defineterminal terminal_id", "defineterminal terminalid");
    /** It is read, and told what is wrong with it: that is behind who may. */
    private static final Set<String> READ_AS_IT_IS = Set.of("takestatements", "applyschedule", "previewschedule");
    /** What it names has ended by itself, or this server has no way to it: that is said to whoever may. */
    private static final Set<String> NOT_THERE = Set.of("getticket", "recordreturnsettlement", "closeterminal", "getappointmentcalendar", "getdeskcalendar");

    private static final int MOST_AGAIN = 200;
    private static final long AGAIN_MS = 50;

    private final TwoPosts world;
    private final Edge edge;
    private final Matrix matrix = Matrix.read();
    private final Things nobodys;
    private final Things badrsInLille;
    private final List<String> otherwise = new ArrayList<>();
    private Things aminasInLille;
    private Things chamasInRome;
    private int cells;

    Cells(final TwoPosts world, final Edge edge) {
        this.world = world;
        this.edge = edge;
        nobodys = world.nobodys();
        badrsInLille = world.made(TwoPosts.BADR, TwoPosts.LILLE);
        chamasInRome = world.made(TwoPosts.CHAMA, TwoPosts.ROME);
        aminasInLille = world.made(TwoPosts.AMINA, TwoPosts.LILLE);
    }

    /** What is otherwise, a line each. */
    List<String> all() throws Exception {
        final Comparator<String> rulesLast = Comparator.comparing(operation -> operation.toLowerCase().startsWith("set") || operation.toLowerCase().startsWith("define"));
        for (final String operation : edge.operations().stream().sorted(rulesLast.thenComparing(Comparator.naturalOrder())).toList()) {
            for (final Role role : Role.values()) {
                try {
                    cell(operation, role, matrix.cell(operation, Role.NOBODY).equals("any") ? "any" : matrix.cell(operation, role));
                } catch (final AssertionError | IOException | RuntimeException uncalled) {
                    otherwise.add(operation + " by " + role.word() + " could not be called: " + uncalled);
                }
                cells++;
            }
        }
        return otherwise;
    }

    private void cell(final String operation, final Role role, final String cell) throws Exception {
        switch (cell) {
            case "-" -> denied(operation, role, cell, headers(role));
            case "any" -> anybodys(operation, role, cell, headers(role));
            case "reason" -> {
                denied(operation, role, cell, headers(role));
                anybodys(operation, role, cell, headers(role, "mawid-reason", "20261234"));
            }
            case "user" -> {
                denied(operation, role, cell, headers(role));
                owned(operation, role, cell, badrsInLille, headers(role, "mawid-on-behalf-of", String.format("%016x", TwoPosts.AMINA)));
            }
            case "own" -> owned(operation, role, cell, badrsInLille, headers(role));
            case "post" -> owned(operation, role, cell, chamasInRome, headers(role));
            default -> throw new AssertionError(cell);
        }
    }

    /** How many there were. */
    int cells() {
        return cells;
    }

    private List<String> headers(final Role role, final String... more) {
        final List<String> headers = new ArrayList<>(List.of(more));
        if (role != Role.NOBODY) {
            headers.addAll(List.of("authorization", "Bearer " + world.token(role)));
        }
        return headers;
    }

    /** Sent again, as the answer says, while it is not known yet whose something is. */
    private Answer called(final String operation, final String cell, final Function<String, Things> named, final List<String> headers) throws Exception {
        Answer answer = edge.call(operation, cell, named, headers);
        for (int again = 0; again < MOST_AGAIN && answer.result().equals("READ_MODEL_BEHIND"); again++) {
            Thread.sleep(AGAIN_MS);
            answer = edge.call(operation, cell, named, headers);
        }
        return answer;
    }

    /** What is refused before it is known what it names says nothing of whose that is. */
    private static boolean isOfNoUse(final Answer answer, final String cell) {
        return answer.isOfNoUse() || answer.result().equals("OUT_OF_RANGE") && !cell.equals("any") && !cell.equals("reason");
    }

    private void denied(final String operation, final Role role, final String cell, final List<String> headers) throws Exception {
        final Answer answer = called(operation, cell, place -> aminasInLille, headers);
        final String due = role == Role.NOBODY ? "UNAUTHENTICATED" : "FORBIDDEN";
        if (!answer.result().equals(due)) {
            note(operation, role, "is to be " + due, answer);
        }
    }

    private void anybodys(final String operation, final Role role, final String cell, final List<String> headers) throws Exception {
        allowed(operation, role, cell, edge.places(operation).keySet(), headers, () -> aminasInLille);
        allowed(operation, role, cell, edge.places(operation).keySet(), headers, () -> chamasInRome);
    }

    /** What is theirs is theirs, and somebody else's is answered as nobody's is, wherever it is named. */
    private void owned(final String operation, final Role role, final String cell, final Things foreign, final List<String> headers) throws Exception {
        final Set<String> concerned = new LinkedHashSet<>();
        edge.places(operation).forEach((place, thing) -> {
            final String key = (operation + ' ' + place).toLowerCase();
            if (thing.isConcerned(cell) && !ANYBODYS.containsKey(key) && !(cell.equals("post") && AT_A_COUNTER.contains(key))) {
                concerned.add(place);
            }
        });
        if (edge.places(operation).values().stream().noneMatch(thing -> thing.isConcerned(cell)) && !OF_WHO_CALLS.contains(operation.toLowerCase())) {
            otherwise.add(operation + " by " + role + " is of what is " + cell + ", and names nothing");
        }
        allowed(operation, role, cell, concerned, headers, () -> aminasInLille);
        for (final String place : concerned) {
            final Thing thing = edge.places(operation).get(place);
            final Answer unknown = called(operation, cell, at -> at.equals(place) ? nobodys : aminasInLille, headers).of(nobodys.text(thing));
            final Answer of = called(operation, cell, at -> at.equals(place) ? foreign : aminasInLille, headers).of(foreign.text(thing));
            final boolean mayBeNew = PERHAPS_NEW.contains((operation + ' ' + place).toLowerCase());
            if (mayBeNew ? !of.result().equals("FORBIDDEN") : !of.equals(unknown)) {
                note(operation, role, "names at " + place + " somebody else's, and is to say " + (mayBeNew ? "FORBIDDEN" : unknown), of);
            }
            final boolean isTaken = unknown.status().equals("OK") || unknown.status().startsWith("2");
            if (isOfNoUse(unknown, cell) || isTaken != mayBeNew) {
                note(operation, role, "names at " + place + " nobody's, and is not told so", unknown);
            }
        }
    }

    private interface Latest {
        Things get();
    }

    /** It is let in, and told of what it names, if need be of something that nothing was done with yet. */
    private void allowed(final String operation, final Role role, final String cell, final Set<String> places, final List<String> headers, final Latest things) throws Exception {
        final Answer of = called(operation, cell, place -> things.get(), headers);
        if (of.isDenied() || isOfNoUse(of, cell) && !READ_AS_IT_IS.contains(operation.toLowerCase())) {
            note(operation, role, "is to be let in", of);
            return;
        }
        if (places.isEmpty() || NOT_THERE.contains(operation.toLowerCase()) || of.status().equals("OK") || of.status().startsWith("2")) {
            return;
        }
        final Answer unknown = unnamed(called(operation, cell, place -> places.contains(place) ? nobodys : things.get(), headers), nobodys);
        if (!unnamed(of, things.get()).equals(unknown)) {
            return;
        }
        if (things.get() == aminasInLille || things.get() == chamasInRome) {
            if (things.get() == aminasInLille) {
                aminasInLille = world.made(TwoPosts.AMINA, TwoPosts.LILLE);
            } else {
                chamasInRome = world.made(TwoPosts.CHAMA, TwoPosts.ROME);
            }
            final Answer again = called(operation, cell, place -> things.get(), headers);
            if (!unnamed(again, things.get()).equals(unknown)) {
                return;
            }
        }
        note(operation, role, "is told of what is theirs what is told of nobody's", of);
    }

    /** As whom somebody writes who does so in a role with that cell. */
    static String writer(final String cell) {
        return switch (cell) {
            case "own", "user" -> "APPLICANT";
            case "reason" -> "CALL_CENTRE";
            default -> "POST";
        };
    }

    private static Answer unnamed(final Answer answer, final Things things) {
        Answer without = answer;
        for (final Object name : things.names().values()) {
            without = without.of(name.toString());
        }
        return without;
    }

    private void note(final String operation, final Role role, final String what, final Answer answer) {
        otherwise.add(operation + " by " + role.word() + ' ' + what + ": " + answer);
    }
}
