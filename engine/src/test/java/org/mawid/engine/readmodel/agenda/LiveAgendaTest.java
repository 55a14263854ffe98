package org.mawid.engine.readmodel.agenda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.readmodel.Agenda;
import org.mawid.engine.readmodel.Agenda.Visit;
import org.mawid.engine.readmodel.Happenings;
import org.mawid.sbe.AppointmentState;

@Timeout(60)
class LiveAgendaTest {
    private static final int POST = 1;
    private static final long DAY_MS = 86_400_000L;
    private static final long TODAY_MS = 20_500 * DAY_MS;
    private static final long ALL_MS = 30_000 * DAY_MS;
    private static final int BATCHES = 20_000;
    private static final int READS = 1_000;

    private final LiveAgenda agenda = new LiveAgenda((deskId, epochDay) -> epochDay * DAY_MS);
    private final Happenings happenings = new Happenings(0, TODAY_MS);

    private void tell() {
        happenings.tell((position, nowMs, events, offset, length) -> {
            for (int at = offset; at < offset + length; at += EventWriter.FRAME_BYTES + events.getInt(at) + 7 & ~7) {
                agenda.onMessage(nowMs, events, at + EventWriter.FRAME_BYTES);
            }
        });
    }

    private void show() {
        agenda.onBatchEnd(happenings.position() - 1, happenings.nowMs());
    }

    private List<Visit> all() {
        return agenda.between(POST, 0, ALL_MS).visits();
    }

    @Test
    void givenABatchThatIsNotAtItsEnd_whenItIsRead_thenNothingOfItIsSeenBefore() throws Exception {
        final AtomicBoolean done = new AtomicBoolean();
        final AtomicInteger begun = new AtomicInteger();
        final List<String> wrong = new ArrayList<>();
        final Thread reader = new Thread(() -> {
            while (!done.get()) {
                final Agenda.Visits seen = agenda.between(POST, 0, ALL_MS);
                begun.incrementAndGet();
                if (seen.position() > 0 && (seen.visits().size() != 1 || seen.visits().get(0).appointmentId() != seen.position())) {
                    wrong.add(seen.toString());
                }
            }
        });
        reader.start();
        int kept = 0;
        for (int batch = 1; batch <= BATCHES || begun.get() < READS; batch++) {
            happenings.confirmed(2L * batch, 1, 1, POST, 1, 3);
            tell();
            happenings.appointment(2L * batch - 2, 1, AppointmentState.CANCELLED, 0, 0, 0);
            tell();
            show();
            kept = 2 * batch;
        }
        done.set(true);
        reader.join();
        assertThat(wrong).isEmpty();
        assertThat(all()).extracting(Visit::appointmentId).containsExactly((long) kept);
    }

    @Test
    void givenABatchThatNeverEnds_whenItsTurnIsGivenAway_thenReadersAreLetIn() {
        happenings.confirmed(5, 1, 1, POST, 1, 3);
        tell();
        agenda.giveTurn();
        assertThat(CompletableFuture.supplyAsync(this::all).join()).extracting(Visit::appointmentId).containsExactly(5L);
    }

    @Test
    void givenADateThatIsPast_whenItIsNoLongerKept_thenItsVisitsAreGoneAndWhatComesLateIsPassedOver() {
        happenings.overflow(5, 1, POST, 1);
        tell();
        show();
        assertThat(all()).extracting(Visit::appointmentId).containsExactly(5L);

        happenings.at(TODAY_MS + 2 * DAY_MS).overflow(6, 1, POST, 2);
        tell();
        show();
        assertThat(all()).extracting(Visit::appointmentId).as("yesterday, wherever the post is").containsExactly(5L, 6L);

        happenings.at(TODAY_MS + 3 * DAY_MS).appointment(6, 1, AppointmentState.CALLED, 2, 4, 0);
        tell();
        show();
        happenings.appointment(5, 1, AppointmentState.CALLED, 1, 3, 0);
        tell();
        show();
        assertThat(all()).extracting(Visit::appointmentId, Visit::state, Visit::ticket, Visit::counter).containsExactly(
                tuple(6L, AppointmentState.CALLED, 2, 4));
    }
}
