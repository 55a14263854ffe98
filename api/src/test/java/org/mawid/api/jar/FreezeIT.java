package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ConfirmReply;
import org.mawid.client.HoldReply;
import org.mawid.client.MawidClient;
import org.mawid.client.MawidException;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.SubmitApplicationReply;

/** A machine that stands still for a while, as under a debugger or a host that moves it. */
class FreezeIT {
    private static final long HOLD_MS = 30_000;
    private static final Duration SHORT = Duration.ofMillis(500);

    @Test
    void givenHoldsAndCallers_whenTheProcessStandsStillForAWhile_thenDeadlinesAreKeptAndNothingHalts(@TempDir(factory = OnDisk.class) final Path folder)
            throws Exception {
        final Path data = folder.resolve("data");
        try (Server server = Server.start(data)) {
            final MawidClient client = server.client();
            OnePost.make(client, 1, 1);
            OnePost.holdsLive(client, HOLD_MS);
            OnePost.coolsNothing(client);
            final List<String> applications = OnePost.validated(client, 1, 3);
            final HoldReply.Held overslept = (HoldReply.Held) client.hold(applications.get(0), List.of(OnePost.leg(0, 0)), false);
            final HoldReply.Held kept = (HoldReply.Held) client.hold(applications.get(1), List.of(OnePost.leg(0, 1)), false);
            final MawidClient hurried = server.client(server.options().withTimeout(SHORT));
            final SubmitApplication late = submit(client.newRequest().toBuilder().setDeadlineMs(System.currentTimeMillis() + SHORT.toMillis()).build(), 10);
            final SubmitApplication patient = submit(client.newRequest(), 11);

            server.freeze();
            final MawidException noAnswer = catchThrowableOfType(MawidException.class, () -> hurried.confirm(kept.hold(), false));
            assertThat(noAnswer).as("its own deadline ends the call").isNotNull();
            final var applicationService = ApplicationServiceGrpc.newFutureStub(server.channel());
            final var lateReply = applicationService.submitApplication(late);
            final var patientReply = applicationService.submitApplication(patient);
            Thread.sleep(3_000);
            server.thaw();

            assertThatThrownBy(lateReply::get).hasMessageContaining("DEADLINE_EXCEEDED");
            assertThat(client.outcome(late.getRequest()).getResult()).as("took no position").isEqualTo(Result.REQUEST_UNKNOWN);
            final SubmitApplicationReply waited = patientReply.get();
            assertThat(client.outcome(patient.getRequest()).getReference()).isEqualTo(waited.getApplication());
            // The one that gave up may have been done all the same: its request tells, and sent again makes no second one.
            final CommandReply soFar = client.outcome(noAnswer.request());
            final CommandReply again = client.execute(Command.newBuilder().setConfirm(
                    Confirm.newBuilder().setRequest(noAnswer.request()).setHold(kept.hold())).build());
            assertThat(again.getResult()).isEqualTo(Result.OK);
            assertThat(soFar.getResult() == Result.REQUEST_UNKNOWN || soFar.getReference().equals(again.getReference())).as("%s", soFar).isTrue();
            assertThat(client.outcome(noAnswer.request()).getReference()).isEqualTo(again.getReference());
            assertThat(client.appointment(again.getReference(), again.getPosition())).isPresent();
            assertThat(client.confirm(kept.hold(), false)).as("by another request").isEqualTo(new ConfirmReply.Refused(Result.HOLD_EXPIRED, 0));
            assertThat(client.hold(applications.get(2), List.of(OnePost.leg(0, 1)), false)).as("booked once")
                    .isEqualTo(new HoldReply.Refused(Result.SOLD_OUT, 0));
            assertThat(client.hold(applications.get(2), List.of(OnePost.leg(0, 0)), false)).as("not expired yet")
                    .isEqualTo(new HoldReply.Refused(Result.HELD_BY_OTHER, 0));

            final long freezeAtMs = overslept.until().toEpochMilli() - 1_000;
            Thread.sleep(Math.max(0, freezeAtMs - System.currentTimeMillis()));
            server.freeze();
            Thread.sleep(3_000);
            server.thaw();

            assertThat(client.confirm(overslept.hold(), false)).isEqualTo(new ConfirmReply.Refused(Result.HOLD_EXPIRED, 0));
            await().atMost(Server.PATIENCE).ignoreException(MawidException.class).until(() -> client.execute(OnePost.hold(applications.get(2), 0, 0)).getResult() == Result.OK);
            server.assertServes();
            server.kill();
        }
        final Inspected inspected = Inspected.whole(data);
        assertThat(inspected.count("appointments.CONFIRMED")).isEqualTo(1);
        assertThat(inspected.count("holds")).isEqualTo(1);
        assertThat(inspected.count("applications")).isEqualTo(4);
    }

    private static SubmitApplication submit(final Request request, final long person) {
        return SubmitApplication.newBuilder().setRequest(request).setPostId(OnePost.POST).addLines(OnePost.line(person)).build();
    }
}
