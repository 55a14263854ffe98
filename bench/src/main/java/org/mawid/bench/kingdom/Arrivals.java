package org.mawid.bench.kingdom;

import java.util.SplittableRandom;

/** Who comes with a new application, where and with what: as many a day as the post and the season bring, until enough appointments are asked for. One thread. */
final class Arrivals {
    private static final int ATTEMPTS = 20;

    private final Realm realm;
    private final Cases cases;
    private final SplittableRandom random;
    private final long total;
    private final double another;
    private final double[] owed;
    private long planned;
    private long persons;

    /**
     * @param total   appointments that are asked for in all
     * @param another share of appointments after which there is another of the same application
     */
    Arrivals(final Realm realm, final Cases cases, final SplittableRandom random, final long total, final double another) {
        this.realm = realm;
        this.cases = cases;
        this.random = random;
        this.total = total;
        this.another = another;
        this.owed = new double[realm.postIds() + 1];
    }

    /** Whether somebody will still come. */
    boolean goOn() {
        return planned < total;
    }

    /** These appointments will not be: others will ask in their place. */
    void giveUp(final int appointments) {
        planned -= appointments;
    }

    /** A day begins at a post. */
    void beginDay(final int postId, final int month) {
        owed[postId] += realm.applications(postId, month);
    }

    /** Whether another one asks today. */
    boolean isAnother(final int postId) {
        if (owed[postId] > 1 && goOn()) {
            owed[postId] -= random.nextDouble() * 2; // one on average, and no two days alike
            return true;
        }
        return false;
    }

    /** Somebody will ask: for what, and for whom. @return the slot of the new case */
    int arrive(final int postId) {
        final int slot = cases.open();
        int appointments = 1;
        while (planned + appointments < total && random.nextDouble() < another) {
            appointments++;
        }
        planned += appointments;
        cases.toCome[slot] = (byte) appointments;
        final double size = random.nextDouble();
        final int lines = realm.services(size);
        cases.post[slot] = (short) postId;
        cases.stamps[slot] = (byte) (random.nextDouble() < realm.stampShare() ? -1 : 0); // −1 = to be issued
        cases.stampCentimes[slot] = 0;
        cases.waitedDays[slot] = 0;
        cases.persons[slot] = (byte) Math.min(lines, realm.persons(size));
        cases.personBase[slot] = persons;
        persons += cases.persons[slot];
        cases.lines[slot] = (byte) draw(slot, lines);
        return slot;
    }

    /** @return lines, a few less than wanted where there are not so many services */
    private int draw(final int slot, final int lines) {
        int count = 0;
        for (int line = 0; line < lines; line++) {
            final int person = line % cases.persons[slot];
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                final int service = realm.drawService(cases.post[slot], random);
                if (!isTwice(slot, count, person, service)) { // a person asks for a service once
                    cases.service[Cases.at(slot, count)] = (byte) service;
                    cases.person[Cases.at(slot, count)] = (byte) person;
                    count++;
                    break;
                }
            }
        }
        return count;
    }

    private boolean isTwice(final int slot, final int count, final int person, final int service) {
        for (int line = 0; line < count; line++) {
            if (cases.person[Cases.at(slot, line)] == person && cases.service[Cases.at(slot, line)] == service) {
                return true;
            }
        }
        return false;
    }
}
