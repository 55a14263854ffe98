package org.mawid.api.stamp.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.StampState;

/** Whoever asks learns one of four words, and nothing from how they were found. */
class StampCheckTest {
    private static final byte[] MASTER = new byte[32];

    private final References references = References.of(1, MASTER);
    private final Map<Long, Records.Stamp> stamps = new HashMap<>();
    private final List<Boolean> reads = new ArrayList<>();
    private final StampCheck check = new StampCheck(references, number -> {
        final Records.Stamp stamp = stamps.get(number);
        reads.add(stamp != null);
        return stamp;
    });

    @Test
    void givenEachState_whenAsked_thenOneOfFourAnswers() {
        final Map<StampState, Standing> expected = new EnumMap<>(StampState.class);
        expected.put(StampState.ISSUED, Standing.UNKNOWN);
        expected.put(StampState.PAYMENT_PENDING, Standing.UNKNOWN);
        expected.put(StampState.PAID, Standing.VALID);
        expected.put(StampState.CONSUMED, Standing.CONSUMED);
        expected.put(StampState.IN_DOUBT, Standing.UNKNOWN);
        expected.put(StampState.VOID, Standing.VOID);
        expected.put(StampState.LAPSED, Standing.VOID);
        expected.put(StampState.FORFEITED, Standing.VOID);
        expected.put(StampState.WAIVED, Standing.VALID);
        expected.put(StampState.REFUND_REQUESTED, Standing.VOID);
        expected.put(StampState.REFUNDED, Standing.VOID);
        expected.put(StampState.CHARGED_BACK, Standing.VOID);
        expected.put(StampState.NULL_VAL, Standing.UNKNOWN);
        expected.put(StampState.SBE_UNKNOWN, Standing.UNKNOWN);
        for (final StampState state : StampState.values()) {
            put(7, state);
            assertThat(check.standing(serial(7))).as("%s", state).isNotNull().isEqualTo(expected.get(state));
        }
    }

    @Test
    void givenAWaivedStampThatWasUsed_whenAsked_thenItIsConsumed() {
        stamps.put(7L, new Records.Stamp(7, 1, 0, 1, StampState.WAIVED, 100, 10, "EUR", 10_000_000, 1, 1, 0, 1_772_439_300_123L, 3, 1));
        assertThat(check.standing(serial(7))).isEqualTo(Standing.CONSUMED);
    }

    @Test
    void givenSerialsAsPeopleTypeThem_whenAsked_thenTheyAreRead() {
        put(7, StampState.PAID);
        assertThat(check.standing(serial(7).replaceAll("(.{4})(?=.)", "$1 "))).isEqualTo(Standing.VALID);
    }

    @Test
    void givenWhatIsNoSerialOrWasNeverGiven_whenAsked_thenUnknown() {
        put(1, StampState.PAID);
        put(7, StampState.PAID);
        final String good = serial(7);
        for (final String typed : new String[] {"", "x", "1", "0".repeat(16), "9".repeat(16), good.substring(1), good + "0", good.replace(good.charAt(5), '?'),
            good.substring(0, 15) + (char) ('0' + (good.charAt(15) - '0' + 1) % 10), serial(8), serial(References.MAX_NUMBER), aboveTheMost(),
            references.text(ReferenceKind.APPLICATION, 7), References.of(2, MASTER).text(ReferenceKind.STAMP, 7), "\u0661".repeat(16)}) {
            assertThat(check.standing(typed)).as("%s", typed).isEqualTo(Standing.UNKNOWN);
        }
        assertThat(check.standing(good)).isEqualTo(Standing.VALID);
    }

    /** One record that is there and one that is not, each time: the two differ in what they cost. */
    @Test
    void givenAnyAnswer_whenAsked_thenTheSameWorkWasDone() {
        put(5, StampState.PAID);
        put(6, StampState.CONSUMED);
        put(7, StampState.VOID);
        check.standing(serial(5));
        for (final String typed : new String[] {serial(5), serial(6), serial(7), serial(8), "nothing", "", aboveTheMost(), serial(7).substring(0, 15), serial(5)}) {
            reads.clear();
            check.standing(typed);
            assertThat(reads).as("reads for %s", typed).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void givenNoStampAtAllYet_whenAsked_thenUnknownAndTwoReads() {
        assertThat(check.standing(serial(5))).isEqualTo(Standing.UNKNOWN);
        assertThat(check.standing("x")).isEqualTo(Standing.UNKNOWN);
        assertThat(reads).containsExactly(false, false, false, false);
    }

    @Test
    void givenRecordsThatCannotBeRead_whenAsked_thenAllAreToldSo() {
        final StampCheck behind = new StampCheck(references, number -> {
            throw new ReadModelBehindException("behind");
        });
        for (final String typed : new String[] {serial(5), "x", ""}) {
            assertThatThrownBy(() -> behind.standing(typed)).as(typed).isInstanceOf(ReadModelBehindException.class);
        }
    }

    /** With check digits that are right, and a number that was never counted to. */
    private String aboveTheMost() {
        for (long body = 1_000_000_000_000_00L; ; body++) {
            final long longForm = body * 100 + 98 - body * 100 % 97;
            if (references.number(ReferenceKind.STAMP, longForm) == References.INVALID) {
                return Long.toString(longForm);
            }
        }
    }

    private void put(final long number, final StampState state) {
        stamps.put(number, new Records.Stamp(number, 1, 0, 1, state, 100, 10, "EUR", 10_000_000, 1, 1, 0, 0, 0, 1));
    }

    private String serial(final long number) {
        return references.text(ReferenceKind.STAMP, number);
    }
}
