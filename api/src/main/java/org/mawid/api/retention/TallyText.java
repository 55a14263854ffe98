package org.mawid.api.retention;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.mawid.api.retention.Tally.Fate;

/** What a sweep has found, for the operator. Nothing of it is personal. */
public final class TallyText {
    private TallyText() {
    }

    /** @param nowMs log time @return {@code whole}, and for each of {@code kinds}: {@code deleted}, {@code held}, {@code kept}, and {@code oldestDays} when something is kept */
    public static JsonObject of(final Tally tally, final long nowMs) {
        final JsonArray kinds = new JsonArray();
        for (final RetentionKind kind : RetentionKind.values()) {
            final JsonObject one = new JsonObject().put("kind", kind.name()).put("deleted", tally.of(kind, Fate.DELETED)).put("held", tally.of(kind, Fate.HELD)).put("kept", tally.of(kind, Fate.KEPT));
            if (tally.oldestMs(kind) != Tally.NONE) {
                one.put("oldestDays", TimeUnit.MILLISECONDS.toDays(nowMs - tally.oldestMs(kind)));
            }
            kinds.add(one);
        }
        return new JsonObject().put("whole", tally.isWhole()).put("kinds", kinds);
    }
}
