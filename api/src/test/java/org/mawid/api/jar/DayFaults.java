package org.mawid.api.jar;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mawid.api.sandbox.treasury.SandboxInjection;

/** Which break each thing that went wrong must have come to: one, of that type, at that post, with both sides' amounts. Whatever is not here comes to none. */
final class DayFaults {
    private static final String NO_PAYMENT = "-";

    private DayFaults() {
    }

    /** @param attempts payments online by what they are called at the treasury @param states of payments, by reference */
    static List<String> expected(final List<SandboxInjection> injected, final Map<String, DayPeople.Begun> attempts, final Map<String, String> states) {
        final List<String> expected = new ArrayList<>();
        for (final SandboxInjection one : injected) {
            final DayPeople.Begun begun = attempts.get(one.reference());
            switch (one.fault()) {
                case WRONG_AMOUNT -> expected.add(unallocated(begun, begun.place().currency(), 2 * begun.amountMinor()));
                case OFF_BY_ONE -> expected.add(unallocated(begun, begun.place().currency(), begun.amountMinor() - 1));
                case OTHER_CURRENCY -> expected.add(unallocated(begun, "MAD", begun.amountMinor()));
                // Which of the two call-backs the ledger hears first is chance when the server is down in between: either way it is one break.
                case CONTRADICTING_CALL_BACK -> expected.add(states.get(begun.payment()).equals("APPROVED")
                        ? text("CONTRADICTED", begun.place().postId(), begun.place().currency(), begun.amountMinor(), 0, begun.payment())
                        : unallocated(begun, begun.place().currency(), begun.amountMinor()));
                case UNKNOWN_CALL_BACK -> expected.add(text("UNKNOWN_AT_LEDGER", 0, begun.place().currency(), 0, begun.amountMinor(), NO_PAYMENT));
                default -> { }
            }
        }
        return expected;
    }

    private static String unallocated(final DayPeople.Begun begun, final String currency, final long minor) {
        return text("UNALLOCATED_MONEY", begun.place().postId(), currency, 0, minor, begun.payment());
    }

    /** As the server tells them. */
    static List<String> told(final JsonObject breaks) {
        final List<String> told = new ArrayList<>();
        final JsonArray all = breaks.getJsonArray("breaks");
        for (int i = 0; i < all.size(); i++) {
            final JsonObject one = all.getJsonObject(i);
            told.add(text(one.getString("breakType"), one.getInteger("postId"), one.getString("currency"), one.getLong("ourMinor"), one.getLong("theirMinor"), one.getString("payment", NO_PAYMENT)));
        }
        return told;
    }

    private static String text(final String type, final int postId, final String currency, final long ourMinor, final long theirMinor, final String payment) {
        return type + " at " + postId + ", ours " + ourMinor + ", theirs " + theirMinor + ' ' + currency + ", payment " + payment;
    }
}
