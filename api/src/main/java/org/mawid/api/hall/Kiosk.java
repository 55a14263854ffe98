package org.mawid.api.hall;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.AppointmentState;

/**
 * A machine in the hall of one post: whoever belongs to another one is told to which, and nothing is submitted. It goes by what is read, which may be behind, and
 * decides nothing: where it finds nobody elsewhere the core decides as ever. Any thread.
 */
public final class Kiosk {
    /** What is told beside the post and the date. */
    public static final String TEXT = "Not at this post: the visit, or the desk, is at the one that is told.";

    /** Where to go instead. @param postId 0 = is not told @param post its code @param date local one of the visit, null = of a desk, which has none, or is not told */
    public record Elsewhere(int postId, String post, LocalDate date) {
        /** By the names under which both edges tell it. */
        public Map<String, String> told() {
            final Map<String, String> told = new TreeMap<>(Map.of("post", post));
            if (postId != 0) {
                told.put("postId", Integer.toString(postId));
            }
            if (date != null) {
                told.put("date", date.toString());
            }
            return told;
        }
    }

    private final CatalogueView catalogue;
    private final int postId;

    private Kiosk(final CatalogueView catalogue, final int postId) {
        this.catalogue = catalogue;
        this.postId = postId;
    }

    /** @param postId where it stands @return null when there is no such post */
    public static Kiosk at(final int postId, final CatalogueView catalogue) {
        return catalogue.post(postId) == null ? null : new Kiosk(catalogue, postId);
    }

    /**
     * Null when the core is to say. Who may not know of the visit, but stands in the hall with its whole reference, which nobody guesses, learns the code of its post, so that whoever
     * holds the paper is not sent away as unknown.
     *
     * @param visit    as it is read, null = nothing is
     * @param isTheirs whether who asks may see the visit
     * @param isThere  whether who asks may at least tell people the way from this post
     */
    public Elsewhere ofVisit(final Records.Appointment visit, final BooleanSupplier isTheirs, final BooleanSupplier isThere) {
        final boolean isExpected = visit != null && visit.state() == AppointmentState.CONFIRMED; // any other is nowhere, or has come
        final Elsewhere elsewhere = isExpected ? elsewhere(visit.postId(), LocalDate.ofEpochDay(visit.legs().get(0).epochDay())) : null;
        if (elsewhere == null || isTheirs.getAsBoolean()) {
            return elsewhere;
        }
        return isThere.getAsBoolean() ? new Elsewhere(0, elsewhere.post(), null) : null;
    }

    /** As {@link #ofVisit}, of a desk. */
    public Elsewhere ofDesk(final int deskId) {
        final CatalogueView.Pool desk = catalogue.pool(deskId);
        return desk == null ? null : elsewhere(desk.postId(), null);
    }

    private Elsewhere elsewhere(final int at, final LocalDate date) {
        final CatalogueView.Post post = at == postId ? null : catalogue.post(at);
        return post == null ? null : new Elsewhere(at, post.code(), date);
    }
}
