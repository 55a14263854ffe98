package org.mawid.api.closure;

import java.util.ArrayList;
import java.util.List;
import org.mawid.engine.readmodel.ClosuresView.Waiter;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.LineState;
import org.mawid.sbe.WaiterState;

/**
 * One of those who wait, as it is told.
 *
 * @param lines  that still wait
 * @param before how many are looked at before it
 * @param offer  null = none
 */
public record Waits(Waiter waiter, int lines, int before, Records.Hold offer) {
    /**
     * What an application waits for, by number; reads records.
     *
     * @return null = there is no such application
     * @throws ReadModelBehindException records are behind what is known of the offers: ask again
     */
    public static List<Waits> of(final ReadModel model, final long applicationId) {
        final Records.Application application = model.records().application(applicationId);
        if (application == null) {
            return null;
        }
        final List<Waits> all = new ArrayList<>();
        for (final Waiter waiter : model.closures().waiters(applicationId)) {
            final Records.Hold offer = waiter.holdId() == 0 ? null : model.records().hold(waiter.holdId());
            if (offer == null && waiter.holdId() != 0) {
                throw new ReadModelBehindException("an offer is not in the records yet, or not any more");
            }
            all.add(new Waits(waiter, waiting(waiter, application), model.closures().before(waiter), offer));
        }
        return all;
    }

    /** Those of a post, the first in line first. @param max 1 and more */
    public static List<Waits> at(final ReadModel model, final int postId, final int max) {
        final List<Waits> all = new ArrayList<>();
        int before = 0;
        for (final Waiter waiter : model.closures().queue(postId, max)) {
            all.add(new Waits(waiter, waiter.lines(), before, null));
            before += waiter.state() == WaiterState.OFFERED ? 0 : 1;
        }
        return all;
    }

    private static int waiting(final Waiter waiter, final Records.Application application) {
        int lines = 0;
        for (int i = 0; i < application.lines().size(); i++) {
            final Records.Line line = application.lines().get(i);
            lines |= line.state() == LineState.VALIDATED && line.appointmentId() == 0 ? 1 << i : 0;
        }
        return lines & waiter.lines();
    }
}
