package org.mawid.api.cutover;

import java.util.ArrayList;
import java.util.List;
import org.mawid.sbe.Result;

/**
 * Takes applications over, each whole or not at all: what was done of one before a part of it was refused is undone, so that nobody has a visit without stamps. Those of a window go step by step together.
 */
final class Taking {
    private final Door door;
    private final Messages messages;

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
                refusal = what + ": " + result + (number == 0 ? "" : " " + number);
            }
        }
    }

    Taking(final Door door, final Messages messages) {
        this.door = door;
        this.messages = messages;
    }

    List<Taken> take(final List<Planned> window) {
        final List<Taken> all = new ArrayList<>();
        for (final Planned one : window) {
            final Taken taken = new Taken(one);
            all.add(taken);
            door.send((slot, offset) -> messages.submit(slot, offset, one), (result, number1, number2) -> {
                if (result == Result.OK) {
                    taken.application = number1;
                } else {
                    taken.refused("application", result, number1);
                }
            });
        }
        door.await();
        all.stream().filter(Taken::isDone).forEach(this::rest);
        door.await();
        undo(all.stream().filter(taken -> !taken.isDone() && taken.application != 0).toList());
        return all;
    }

    private void rest(final Taken taken) {
        final Planned one = taken.planned;
        if (one.toValidate() != 0) {
            door.send((slot, offset) -> messages.validate(slot, offset, one, taken.application), (result, number1, number2) -> {
                if (result != Result.OK) {
                    taken.refused("validation", result, number1);
                }
            });
        }
        for (int i = 0; i < one.visits().size(); i++) {
            final int visit = i;
            door.send((slot, offset) -> messages.visit(slot, offset, one, taken.application, visit), (result, number1, number2) -> {
                if (result == Result.OK) {
                    taken.visits[visit] = number1;
                } else {
                    taken.refused("appointment " + (visit + 1), result, number1);
                }
            });
        }
        for (int i = 0; i < one.payments().size(); i++) {
            final int group = i;
            door.send((slot, offset) -> messages.stamps(slot, offset, one, taken.application, group), (result, number1, number2) -> {
                if (result == Result.OK) {
                    taken.firstStamps[group] = number1;
                    taken.payments[group] = number2;
                } else {
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
                    door.send((slot, offset) -> messages.reverse(slot, offset, taken.planned, payment), must("a payment", taken));
                }
            }
            for (final long visit : taken.visits) {
                if (visit != 0) {
                    door.send((slot, offset) -> messages.cancel(slot, offset, taken.planned, visit), must("an appointment", taken));
                }
            }
            door.send((slot, offset) -> messages.withdraw(slot, offset, taken.planned, taken.application), must("lines", taken));
        }
        door.await();
    }

    private static Door.Answer must(final String what, final Taken taken) {
        return (result, number1, number2) -> {
            if (result != Result.OK) {
                taken.refusal += "; " + what + " of it could not be undone: " + result;
            }
        };
    }
}
