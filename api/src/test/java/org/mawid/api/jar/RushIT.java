package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.ConfirmReply;
import org.mawid.grpc.Hold;
import org.mawid.grpc.HoldReply;
import org.mawid.grpc.Result;

/** A thousand applicants for one slot: as many win as there are places, and the others are told what to expect. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RushIT {
    private static final int APPLICANTS = 1_000;
    private static final int CONNECTIONS = 64;
    private static final int CAPACITY_MAX = 20;

    private final List<AppointmentServiceGrpc.AppointmentServiceFutureStub> appointments = new ArrayList<>();
    private Path data;
    private Server server;

    @BeforeAll
    void start(@TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        data = folder.resolve("data");
        server = Server.start(data);
        OnePost.define(server.client());
        for (int capacity = 1; capacity <= CAPACITY_MAX; capacity++) {
            OnePost.open(server.client(), capacity, capacity);
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            final ManagedChannel channel = server.channel();
            appointments.add(AppointmentServiceGrpc.newFutureStub(channel));
        }
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @Test
    void givenOneSlot_whenAThousandAskOn64ConnectionsAtOnce_thenExactlyItsCapacityWins() throws Exception {
        int held = 0;
        int confirmed = 0;
        for (int capacity = 1; capacity <= CAPACITY_MAX; capacity++) {
            final List<String> applications = OnePost.validated(server.client(), capacity * 10_000L, APPLICANTS);
            final List<String> holds = rush(applications, capacity, Map.of(Result.OK, capacity, Result.HELD_BY_OTHER, APPLICANTS - capacity));
            if (capacity % 5 == 0 || capacity <= 2) {
                confirm(holds);
                confirmed += capacity;
                rush(OnePost.validated(server.client(), capacity * 10_000L + APPLICANTS, 100), capacity, Map.of(Result.SOLD_OUT, 100));
            } else {
                held += capacity;
            }
        }

        server.kill();
        final Inspected inspected = Inspected.whole(data);
        assertThat(inspected.count("appointments.CONFIRMED")).isEqualTo(confirmed);
        assertThat(inspected.count("holds")).isEqualTo(held);
    }

    /** @return the holds that were made */
    private List<String> rush(final List<String> applications, final int capacity, final Map<Result, Integer> expected) throws Exception {
        final List<ListenableFuture<HoldReply>> replies = new ArrayList<>();
        for (int i = 0; i < applications.size(); i++) {
            final Hold hold = Hold.newBuilder().setRequest(server.client().newRequest()).setApplication(applications.get(i))
                    .addLegs(OnePost.leg(capacity, 7)).build();
            replies.add(appointments.get(i % CONNECTIONS).withDeadlineAfter(Server.PATIENCE.toSeconds(), TimeUnit.SECONDS).hold(hold));
        }
        final List<String> holds = new ArrayList<>();
        final Map<Result, Integer> results = new EnumMap<>(Result.class);
        for (final ListenableFuture<HoldReply> reply : replies) {
            try {
                holds.add(reply.get().getHold());
                results.merge(Result.OK, 1, Integer::sum);
            } catch (final ExecutionException e) {
                final StatusRuntimeException refusal = (StatusRuntimeException) e.getCause();
                assertThat(GrpcFixture.errorInfo(refusal)).as("%s", refusal).isNotNull();
                final Result reason = Result.valueOf(GrpcFixture.errorInfo(refusal).getReason());
                assertThat(refusal.getStatus().getCode()).isEqualTo(reason == Result.HELD_BY_OTHER ? Status.Code.ABORTED : Status.Code.FAILED_PRECONDITION);
                results.merge(reason, 1, Integer::sum);
            }
        }
        assertThat(results).as("capacity %s", capacity).isEqualTo(expected);
        assertThat(holds).doesNotHaveDuplicates();
        return holds;
    }

    private void confirm(final List<String> holds) throws Exception {
        final List<ListenableFuture<ConfirmReply>> replies = new ArrayList<>();
        for (int i = 0; i < holds.size(); i++) {
            replies.add(appointments.get(i % CONNECTIONS).confirm(
                    Confirm.newBuilder().setRequest(server.client().newRequest()).setHold(holds.get(i)).build()));
        }
        for (final ListenableFuture<ConfirmReply> reply : replies) {
            assertThat(reply.get().getAppointment()).isNotEmpty();
        }
    }
}
