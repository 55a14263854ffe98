package org.mawid.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.testkit.FilledMessages;
import org.mawid.api.testkit.LoggedCommand;
import org.mawid.engine.CommandSource;
import org.mawid.grpc.AddToChange;
import org.mawid.grpc.Channel;
import org.mawid.grpc.Command;
import org.mawid.grpc.Overbooked;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Quota;
import org.mawid.grpc.QuotaClass;
import org.mawid.grpc.Request;
import org.mawid.grpc.Run;

/**
 * Every field of every command arrives in the schema's field of the same name. Messages are filled by reflection with values
 * that are all different, and read back by the generated decoders: a field that is forgotten or swapped shows.
 */
class CommandMappingTest {
    private final References references = References.of(1, new byte[32]);
    private final FilledMessages messages = new FilledMessages(references, Map.of());

    @TestFactory
    List<DynamicTest> everyCommandArrivesWhole() {
        return Command.getDescriptor().getOneofs().get(0).getFields().stream()
                .map(field -> DynamicTest.dynamicTest(field.getName(), () -> check(field))).toList();
    }

    @Test
    void givenADayWithSomeOfItsGroupsOnly_whenItIsReadByItsHeader_thenNothingIsLookedForBehindThem() {
        final Quota quota = Quota.newBuilder().setUnits(12).setQuotaClass(QuotaClass.QUOTA_CLASS_WALK_IN).setPlaces(1).build();
        final Overbooked beyond = Overbooked.newBuilder().setUnits(12).setPlaces(1).build();
        final Run run = Run.newBuilder().setUnits(12).setCapacity(3).build();
        final Request request = Request.newBuilder().setIdLow(1).setChannel(Channel.CHANNEL_SYSTEM).build();
        final PublishDay plain = PublishDay.newBuilder().setRequest(request).setPoolId(11).setEpochDay(20_000).setStartMs(20_000 * 86_400_000L).setUnitCount(12).setAlignUnits(3)
                .addRuns(run).build();
        assertThat(logged(Command.newBuilder().setPublishDay(plain))).doesNotContainKeys("quotas.0.places", "overbooked.0.places");
        assertThat(logged(Command.newBuilder().setPublishDay(plain.toBuilder().addQuotas(quota)))).containsEntry("quotas.0.places", "1").doesNotContainKey("overbooked.0.places");
        assertThat(logged(Command.newBuilder().setPublishDay(plain.toBuilder().addOverbooked(beyond)))).containsEntry("overbooked.0.places", "1").doesNotContainKey("quotas.0.places");
        final AddToChange staged = AddToChange.newBuilder().setRequest(request).setChange(references.text(ReferenceKind.CHANGE, 7)).setPoolId(11).setEpochDay(20_000).setStartMs(20_000 * 86_400_000L).setUnitCount(12).setAlignUnits(3)
                .addRuns(run).build();
        assertThat(logged(Command.newBuilder().setAddToChange(staged.toBuilder().addQuotas(quota)))).containsEntry("quotas.0.places", "1").doesNotContainKey("overbooked.0.places");
        assertThat(logged(Command.newBuilder().setAddToChange(staged.toBuilder().addOverbooked(beyond)))).containsEntry("overbooked.0.places", "1").doesNotContainKey("quotas.0.places");
    }

    /** As its own bytes say, and whatever is behind them. */
    private Map<String, String> logged(final Command.Builder command) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CommandSource.MAX_BYTES]);
        buffer.setMemory(0, buffer.capacity(), (byte) 0xA5);
        final int length = new CommandMapping().encode(new Draft(references).begin(buffer, 0, 0), command.build());
        assertThat(length).as("it is one").isPositive();
        return LoggedCommand.fields(new UnsafeBuffer(buffer, 0, length));
    }

    private void check(final FieldDescriptor which) {
        final Command.Builder command = Command.newBuilder();
        final Map<String, String> expected = new TreeMap<>();
        command.setField(which, messages.fill(command.newBuilderForField(which), expected));

        // Filled with rubbish first: what is not written shows too.
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2 * CommandSource.MAX_BYTES]);
        buffer.setMemory(0, buffer.capacity(), (byte) 0xA5);
        new CommandMapping().encode(new Draft(references).begin(buffer, 0, 0), command.build());

        assertThat(LoggedCommand.template(buffer)).isNotNull().isEqualTo(CommandTemplate.of(which.getNumber()));
        final Map<String, String> actual = LoggedCommand.fields(buffer);
        expected.forEach((name, value) -> assertThat(actual).as("fields of %s", which.getName()).containsEntry(name, value));
        actual.keySet().removeAll(expected.keySet());
        assertThat(actual.keySet()).as("fields that nothing is mapped to").allMatch(name -> name.endsWith("reserved"));
    }
}
