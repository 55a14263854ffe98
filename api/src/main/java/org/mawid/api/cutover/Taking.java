package org.mawid.api.cutover;

import java.util.ArrayList;
import java.util.List;
import org.mawid.sbe.Result;

/**
 * Takes applications over, each whole or not at all: what was done of one before a part of it was refused is undone, so that nobody has a visit without stamps. Those of a window go step by step together.
 * The commands are numbered in an order that follows from the files and from what was answered, so that a window that is gone through again sends the same ones under the same numbers.
 */
final class Taking {
    private static final String REFUSED_BEFORE = ": refused when it was sent first; why is no longer remembered";

    private final Door door;
    private final Messages messages;
    private final Earlier earlier;
    private long sequence;
    private volatile long expected; // answers may come on a thread of the engine

    /** What became of one. */
    static final class Taken {
        final Planned planned;
        /** 0 = none was made. */
        long application;
        final long[] visits;
        final long[] firstStamps;
        final long[] payments;
        /** The first that was refused, in words; null = nothing. */
        String refusal;

        Taken(final Planned planned) {
            this.planned = planned;
            visits = new long[planned.visits().size()];
            firstStamps = new long[planned.payments().size()];
            payments = new long[planned.payments().size()];
        }

        boolean isDone() {
            return refusal == null;
        }

        private void refused(final String what, final Result result, final long number) {
            if (refusal == null) {
                refusal = what + (isBefore(result) ? REFUSED_BEFORE : ": " + result + (number == 0 ? "" : " " + number));
            }
        }
    }

    /** @param earlier what was done before and is no longer remembered @param sequence commands that were sent before */
    Taking(final Door door, final Messages messages, final Earlier earlier, final long sequence) {
        this.door = door;
        this.messages = messages;
        this.earlier = earlier;
        this.sequence = sequence;
    }

    /** Number of the command that was sent last. */
    long sequence() {
        return sequence;
    }

    /** How many commands of these files the log has had. Nothing is done by asking: the number cannot be the next one. */
    static long had(final Door door, final Messages messages) {
        final Taking asking = new Taking(door, messages, Earlier.NOTHING, Long.MAX_VALUE - 1);
        asking.send(messages::question, (result, number1, number2) -> { });
        door.await();
        return asking.expected - 1;
    }

    private void send(final Door.Message message, final Door.Answer answer) {
        final long number = ++sequence;
        door.send((slot, offset) -> {
            messages.sequence(number);
            return message.write(slot, offset);
        }, (result, number1, number2) -> {
            expected = result == Result.SEQUENCE_GAP ? number1 : expected;
            answer.on(result, number1, number2);
        });
    }

    /** @throws CutOverStoppedException the log has not had what was sent before: it is an older one */
    private void await() {
        door.await();
        if (expected != 0) {
            throw new CutOverStoppedException("the log has had " + (expected - 1) + " commands of this cut-over, and " + Journal.STATE + " says that there were more: the data directory is older than that file."
                    + " Bring back the newest back-up of it, or move " + Journal.STATE + " and " + Journal.MAPPING + " away: all is gone through again, and nothing is done twice");
        }
    }

    List<Taken> take(final List<Planned> window) {
        final List<Taken> all = new ArrayList<>();
        for (final Planned one : window) {
            final Taken taken = new Taken(one);
            all.add(taken);
            send((slot, offset) -> messages.submit(slot, offset, one), (result, number1, number2) -> {
                taken.application = result == Result.OK ? number1 : isBefore(result) ? earlier.application(one) : 0;
                if (taken.application == 0) {
                    taken.refused("application", result, number1);
                }
            });
        }
        await();
        all.stream().filter(Taken::isDone).forEach(this::rest);
        await();
        undo(all.stream().filter(taken -> !taken.isDone() && taken.application != 0).toList());
        return all;
    }

    private void rest(final Taken taken) {
        final Planned one = taken.planned;
        if (one.toValidate() != 0) {
            send((slot, offset) -> messages.validate(slot, offset, one, taken.application), (result, number1, number2) -> {
                if (result != Result.OK && !isBefore(result)) { // lines that were just submitted are never refused
                    taken.refused("validation", result, number1);
                }
            });
        }
        for (int i = 0; i < one.visits().size(); i++) {
            final int visit = i;
            send((slot, offset) -> messages.visit(slot, offset, one, taken.application, visit), (result, number1, number2) -> {
                taken.visits[visit] = result == Result.OK ? number1 : isBefore(result) ? earlier.visit(one, visit) : 0;
                if (taken.visits[visit] == 0) {
                    taken.refused("appointment " + (visit + 1), result, number1);
                }
            });
        }
        for (int i = 0; i < one.payments().size(); i++) {
            final int group = i;
            send((slot, offset) -> messages.stamps(slot, offset, one, taken.application, group), (result, number1, number2) -> {
                final Earlier.Stamps before = isBefore(result) ? earlier.stamps(one, group) : null;
                taken.firstStamps[group] = result == Result.OK ? number1 : before == null ? 0 : before.first();
                taken.payments[group] = result == Result.OK ? number2 : before == null ? 0 : before.payment();
                if (taken.firstStamps[group] == 0) {
                    taken.refused("stamps " + one.payments().get(group).stamps().get(0).serial(), result, number1);
                }
            });
        }
    }

    /** First the money, then the room, then the lines, which take unpaid stamps with them. */
    private void undo(final List<Taken> refused) {
        for (final Taken taken : refused) {
            for (final long payment : taken.payments) {
                if (payment != 0) {
                    send((slot, offset) -> messages.reverse(slot, offset, taken.planned, payment), must("a payment", taken));
                }
            }
            for (final long visit : taken.visits) {
                if (visit != 0) {
                    send((slot, offset) -> messages.cancel(slot, offset, taken.planned, visit), must("an appointment", taken));
                }
            }
            send((slot, offset) -> messages.withdraw(slot, offset, taken.planned, taken.application), must("lines", taken));
        }
        await();
    }

    /** It was done before and what it was answered is forgotten, or it was remembered of another time at which these files were taken over. */
    private static boolean isBefore(final Result result) {
        return result == Result.SEQUENCE_REPEATED || result == Result.REQUEST_ID_REUSED;
    }

    private static Door.Answer must(final String what, final Taken taken) {
        return (result, number1, number2) -> {
            if (result != Result.OK && !isBefore(result)) {
                taken.refusal += "; " + what + " of it could not be undone: " + result;
            }
        };
    }
}
