package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Those who wait at a post, in order, and where looking for room for them stands: by looks, and from core version 8 on by searches beside them. */
final class NaiveQueue {
    final List<DisplacementModel.Waiter> waiters = new ArrayList<>();
    /** For whom room is looked for next, null = for nobody until room comes; and where that goes on. */
    DisplacementModel.Waiter looking;
    Place looked = new Place();
    /** Room came meanwhile: once more from the first one. */
    boolean again;
    /** The newest run that cooled when this look began: it sees no later ones. */
    long sees;
    /** How many times room came since somebody looked first, and one more; what that was when this look began; before what nothing counts that was found. */
    int came;
    int seesCame;
    int anew;
    /** By date modulo 512. */
    final TreeMap<Integer, Integer> cameOn = new TreeMap<>();

    /** Whether searches go on beside looks. */
    boolean beside;
    /** Who is searched for on all dates, null = nobody has to be; where that goes on; and what came before it began. */
    DisplacementModel.Waiter searching;
    Place searched = new Place();
    int since;
    /** What the last look saw that is through, and the newest run that searches see. */
    int saw;
    long sawRun;
    /** Somebody was passed over: searched for when the look under way is through; then, once more when the search under way is. */
    boolean due;
    boolean searchAgain;
    private int today;

    /** Where going through the dates of somebody stands. */
    static final class Place {
        int dates;
        int posts;
    }

    /** @param newestRun negative = before core version 7 */
    private void see(final long newestRun) {
        sees = newestRun;
        if (newestRun >= 0) {
            came = Math.max(1, came);
            seesCame = came;
        }
    }

    void roomCame(final Set<Integer> epochDays) {
        if (came > 0) {
            came++;
            epochDays.forEach(epochDay -> cameOn.put(Math.floorMod(epochDay, 512), came));
        }
    }

    void searchAnew(final long newestRun) {
        if (came > 0) {
            anew = ++came;
        }
        if (beside) {
            sawRun = Math.max(sawRun, newestRun);
            searchFor(waiters.get(0));
        }
    }

    /** Whether what was found out about somebody still counts. */
    boolean isSearched(final DisplacementModel.Waiter waiter) {
        return waiter.searched != 0 && waiter.searched >= anew;
    }

    boolean cameSince(final int epochDay, final int seen) {
        return cameOn.getOrDefault(Math.floorMod(epochDay, 512), 0) > seen;
    }

    void lookFromTheFirst(final long newestRun) {
        if (looking == null) {
            see(newestRun);
            lookFor(waiters.get(0));
        } else {
            again = true;
        }
    }

    /** Somebody without an offer may have one once more. */
    void lookAgain(final long newestRun) {
        lookFromTheFirst(newestRun);
        due |= beside;
    }

    /** Somebody was put in: nobody behind is looked for before those before. */
    void lookAnew(final long newestRun) {
        if (beside) {
            searchFor(waiters.get(0));
        }
        if (!beside || looking != null) {
            see(newestRun);
            lookFor(waiters.get(0));
        }
    }

    /** Somebody was put in behind all: nobody else has to be looked for. */
    void lookAt(final DisplacementModel.Waiter waiter, final long newestRun) {
        if (beside && searching == null) {
            searchFor(due ? waiters.get(0) : waiter);
        } else if (!beside && looking == null) {
            see(newestRun);
            lookFor(waiter);
        }
    }

    /** Whoever comes behind the one that was looked for; behind the last one, the first again if room came meanwhile. */
    void lookForTheNext(final long newestRun) {
        final int next = waiters.indexOf(looking) + 1;
        if (next < waiters.size()) {
            lookFor(waiters.get(next));
            return;
        }
        if (beside) {
            lookedThrough();
        }
        lookFor(again ? waiters.get(0) : null);
        if (again) {
            see(newestRun);
        }
        again = false;
    }

    private void lookedThrough() {
        saw = seesCame;
        sawRun = Math.max(sawRun, sees);
        if (due) {
            searchOnceMore();
        }
        due = false;
    }

    void searchOnceMore() {
        if (searching == null) {
            searchFor(waiters.get(0));
        } else {
            searchAgain = true;
        }
    }

    /** What was found out about somebody is not so any more. */
    void beginAgain(final DisplacementModel.Waiter waiter) {
        if (looking == waiter) {
            looked = new Place();
        }
        if (searching == waiter) {
            searchFor(waiter);
        }
    }

    void searchForTheNext() {
        final int next = waiters.indexOf(searching) + 1;
        if (next < waiters.size()) {
            searchFor(waiters.get(next));
        } else {
            searchFor(searchAgain ? waiters.get(0) : null);
            searchAgain = false;
        }
    }

    private void lookFor(final DisplacementModel.Waiter waiter) {
        looking = waiter;
        looked = new Place();
    }

    private void searchFor(final DisplacementModel.Waiter waiter) {
        searching = waiter;
        since = Math.max(saw, anew);
        searched = new Place();
    }

    /** Dates are counted from this one. */
    void today(final int epochDay) {
        if (epochDay != today) {
            today = epochDay;
            looked = new Place();
            searchFor(searching);
        }
    }

    /** Core version 8 is in force, and somebody waits. */
    void searchBeside(final long newestRun) {
        if (!beside) {
            beside = true;
            see(newestRun);
            saw = seesCame;
            sawRun = newestRun;
        }
    }

    /** And did so before. */
    void searchAllBeside(final long newestRun) {
        again = false;
        lookFor(null);
        searchBeside(newestRun);
        searchAnew(newestRun);
        lookAgain(newestRun);
    }
}
