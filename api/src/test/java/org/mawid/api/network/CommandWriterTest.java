package org.mawid.api.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.api.testkit.LoggedCommand;
import org.mawid.engine.readmodel.Availability.Overbooked;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.QuotaClass;

/** What an import stages, read by its header alone: whoever does so looks for the groups of that version, and finds each. */
class CommandWriterTest {
    private static final int TWELVE = 12;

    private final byte[] bytes = new byte[1_024];

    @Test
    void givenADayWithPlainPlaces_whenItIsReadByItsHeader_thenItIsAsOldAsItLooks() {
        assertThat(staged(ChannelQuotas.NONE, Overbooked.NONE)).containsEntry("runs.0.capacity", "4").doesNotContainKeys("quotas.0.places", "overbooked.0.places");
        assertThat(version()).isEqualTo(5);
    }

    @Test
    void givenQuotasOnly_whenItIsReadByItsHeader_thenNothingIsLookedForBehindThem() {
        assertThat(staged(callCentre(), Overbooked.NONE)).containsEntry("quotas.0.places", "1").containsEntry("quotas.0.quotaClass", "CALL_CENTRE").doesNotContainKey("overbooked.0.places");
        assertThat(version()).isEqualTo(6);
    }

    @Test
    void givenPlacesBeyondTheCounters_whenItIsReadByItsHeader_thenTheyAreThereWithAndWithoutQuotas() {
        final int[] places = new int[TWELVE];
        Arrays.fill(places, 3, 9, 1);
        assertThat(staged(ChannelQuotas.NONE, new Overbooked(places, 7))).containsEntry("overbooked.0.startUnit", "3").containsEntry("overbooked.0.units", "6").containsEntry("overbooked.0.places", "1")
                .containsEntry("overbooked.0.untilMs", "7").doesNotContainKeys("overbooked.1.places", "quotas.0.places");
        assertThat(staged(callCentre(), new Overbooked(places, 7))).containsEntry("quotas.0.places", "1").containsEntry("overbooked.0.places", "1");
        assertThat(version()).as("with all that a day may have: the newest").isEqualTo(MessageHeaderDecoder.SCHEMA_VERSION);
    }

    private static ChannelQuotas callCentre() {
        final int[][] places = new int[ChannelQuotas.CLASSES][];
        places[QuotaClass.CALL_CENTRE.value() - 1] = new int[TWELVE];
        Arrays.fill(places[QuotaClass.CALL_CENTRE.value() - 1], 1);
        return new ChannelQuotas(places, new long[ChannelQuotas.CLASSES]);
    }

    private Map<String, String> staged(final ChannelQuotas quotas, final Overbooked overbooked) {
        final int[] capacity = new int[TWELVE];
        Arrays.fill(capacity, 4);
        Arrays.fill(bytes, (byte) 0xFF); // of an older command
        final int length = new CommandWriter(1, () -> 1).addToChange(new UnsafeBuffer(bytes), 0, 3, new PlannedDay(11, 20_000, 0, 3, 0, capacity, new int[TWELVE], quotas, overbooked));
        return LoggedCommand.fields(new UnsafeBuffer(bytes, 0, length));
    }

    private int version() {
        return new MessageHeaderDecoder().wrap(new UnsafeBuffer(bytes), 0).version();
    }
}
