package org.mawid.bench.release.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.mawid.bench.release.visit.Start;
import org.mawid.bench.release.wire.Exchange.Kind;
import org.mawid.grpc.CountStartsReply;
import org.mawid.grpc.DayCount;
import org.mawid.grpc.FirstStartsReply;
import org.mawid.grpc.Slot;

/** Both transports say the same. */
class FoundTest {
    private static final int DATE = (int) LocalDate.of(2026, 11, 30).toEpochDay();

    private static byte[] bytes(final String json) {
        return json.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void givenStarts_whenLookedAt_thenTheSameOverBothTransports() {
        final Found grpc = Found.ofProtobuf(Kind.STARTS, FirstStartsReply.newBuilder().setUnits(3).setPosition(77)
                .addSlots(Slot.newBuilder().setDeskId(5).setEpochDay(DATE).setStartUnit(9)).addSlots(Slot.newBuilder().setDeskId(6).setEpochDay(DATE + 1)).build().toByteArray());
        final Found http = Found.ofJson(Kind.STARTS, bytes("{\"slots\":[{\"deskId\":5,\"date\":\"2026-11-30\",\"startUnit\":9,\"startMs\":1,\"start\":\"x\"},"
                + "{\"deskId\":6,\"date\":\"2026-12-01\",\"startUnit\":0}],\"units\":3,\"position\":77,\"ageMs\":0}"));

        assertThat(grpc.starts()).containsExactly(new Start(5, DATE, 9), new Start(6, DATE + 1, 0));
        assertThat(http.starts()).isEqualTo(grpc.starts());
        assertThat(http.seen()).isEqualTo(grpc.seen()).isEqualTo(2);
        assertThat(http.position()).isEqualTo(grpc.position()).isEqualTo(77);
    }

    @Test
    void givenCounts_whenLookedAt_thenTheSameOverBothTransports() {
        final Found grpc = Found.ofProtobuf(Kind.COUNTS, CountStartsReply.newBuilder().setPosition(8).addDays(DayCount.newBuilder().setEpochDay(DATE).setStarts(4))
                .addDays(DayCount.newBuilder().setEpochDay(DATE + 1).setStarts(3)).build().toByteArray());
        final Found http = Found.ofJson(Kind.COUNTS, bytes("{\"days\":[{\"date\":\"2026-11-30\",\"starts\":4},{\"date\":\"2026-12-01\",\"starts\":3}],\"units\":3,\"position\":8}"));

        assertThat(grpc.seen()).isEqualTo(http.seen()).isEqualTo(7);
        assertThat(grpc.position()).isEqualTo(http.position()).isEqualTo(8);
        assertThat(http.starts()).isEmpty();
    }

    @Test
    void givenWhatIsNoAnswer_whenLookedAt_thenItIsTold() {
        assertThatIllegalStateException().isThrownBy(() -> Found.ofJson(Kind.STARTS, bytes("{\"slots\":[")).starts()).withMessageContaining("cannot be read");
    }
}
