package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.Batch;
import org.mawid.client.MawidClient;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Command;
import org.mawid.grpc.Command.CommandCase;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.GetOutcomeRequest;
import org.mawid.grpc.LineState;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;

/** SIGKILL at any moment, whatever of a visit's life is on its way, loses nothing that was acknowledged, and does nothing twice. */
class CrashIT {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final String AGAIN = "again with -Dit.test=CrashIT -Dseed=" + SEED;
    private static final int KILLS = Integer.getInteger("kills", 4);
    private static final int CAPACITY = 120;
    private static final int LIVES = 128;
    private static final int STREAMS = 4;
    /** A snapshot at least every so many positions, so that kills meet them too, and the log publishes state hashes. */
    private static final int SNAPSHOT_RECORDS = 1_000;

    private static final List<CommandCase> DAILY = List.of(CommandCase.SUBMIT_APPLICATION, CommandCase.VALIDATE_LINES, CommandCase.REJECT_LINES,
            CommandCase.WITHDRAW_LINES, CommandCase.HOLD, CommandCase.CONFIRM, CommandCase.RELEASE, CommandCase.RESCHEDULE, CommandCase.CANCEL,
            CommandCase.CHECK_IN, CommandCase.CALL, CommandCase.SERVE, CommandCase.MARK_NO_SHOW, CommandCase.WALK_IN, CommandCase.ISSUE_STAMPS,
            CommandCase.VOID_STAMP);

    private final Random random = new Random(SEED);
    private final Ledger ledger = new Ledger(random.nextLong() | 1);
    private final List<Life> lives = new ArrayList<>();
    private final Acknowledged acknowledged = new Acknowledged(AGAIN);
    private final KeyedCalls overHttp = new KeyedCalls(0);

    @Test
    void givenManyCommandsOnTheirWay_whenKilledAndStartedAgainAndAgain_thenWhatWasAcknowledgedIsThereAndNothingIsDoneTwice(
            @TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        for (int i = 0; i < LIVES; i++) {
            lives.add(new WholeLife(ledger, 1 + i * 1_000_000L, random.nextLong()));
        }
        int published = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            final int before = ledger.size();
            final TreeMap<Long, String> hashes;
            try (Server server = start(data)) {
                if (kill == 0) {
                    TodayPost.make(server.client(), CAPACITY);
                    OnePost.open(server.client(), 0, CAPACITY);
                }
                lives.forEach(Life::resume);
                final Traffic traffic = new Traffic(server, lives, STREAMS);
                traffic.awaitAnswers(1 + random.nextInt(4_000));
                overHttp.hold(server);
                server.kill();
                traffic.awaitEnd();
                hashes = server.publishedHashes();
            }
            published += assertWholeAfterKill(data, hashes);
            try (Server server = start(data)) {
                final Told told = told();
                acknowledged.assertRead(server, told, told::isSettled);
                assertOutcomes(server, ledger.since(before, entry -> entry.reply() != null));
                assertRepeated(server.client(), before);
                acknowledged.assertRead(server, told(), asked -> !told.hasSettled(asked));
                overHttp.assertAgain(server);
                server.kill(); // right after the repeats: what they were answered is durable as well
            }
            assertCounts(Inspected.whole(data));
        }
        assertThat(published).as("snapshots of a killed server that were compared").isPositive();
        assertThat(DAILY).as("done between kills: %s", AGAIN).allMatch(kind -> ledger.done(kind) > 0);
        assertEverythingAgainAndACleanStop(data);
    }

    private static Server start(final Path data) throws Exception {
        return Server.on(data).set("mawid.snapshot.records", SNAPSHOT_RECORDS).start();
    }

    /** @return how many published state hashes were found again */
    private int assertWholeAfterKill(final Path data, final TreeMap<Long, String> published) throws Exception {
        final Inspected inspected = Inspected.whole(data);
        final TreeMap<Long, String> found = inspected.hashes();
        int compared = 0;
        for (final Map.Entry<Long, String> hash : published.entrySet()) {
            if (found.containsKey(hash.getKey())) {
                assertThat(found).as(AGAIN).contains(hash);
                compared++;
            }
        }
        if (!published.isEmpty()) {
            assertThat(found).as("the last one published: %s", AGAIN).contains(published.lastEntry());
        }
        final long opened = inspected.count("applications") - overHttp.held();
        assertThat(opened).as(AGAIN).isBetween(told().asked().count(),
                told().asked().count() + ledger.open(CommandCase.SUBMIT_APPLICATION) + ledger.open(CommandCase.WALK_IN));
        assertThat(inspected.count("appointments")).as(AGAIN).isBetween(told().visits().count(),
                told().visits().count() + ledger.open(CommandCase.CONFIRM) + ledger.open(CommandCase.WALK_IN));
        assertBetween(inspected.count("appointments.CANCELLED"), CommandCase.CANCEL);
        assertBetween(inspected.count("appointments.SERVED"), CommandCase.SERVE);
        assertBetween(inspected.count("appointments.NO_SHOW"), CommandCase.MARK_NO_SHOW);
        return compared;
    }

    private void assertBetween(final long count, final CommandCase kind) {
        assertThat(count).as("%s: all that were acknowledged, and none that was not asked: %s", kind, AGAIN)
                .isBetween(ledger.done(kind), ledger.done(kind) + ledger.open(kind));
    }

    private static void assertOutcomes(final Server server, final List<Ledger.Entry> acknowledged) throws Exception {
        final ManagedChannel channel = server.channel();
        final CommandServiceGrpc.CommandServiceFutureStub commands = CommandServiceGrpc.newFutureStub(channel);
        final int atOnce = 256;
        for (int from = 0; from < acknowledged.size(); from += atOnce) {
            final List<Ledger.Entry> some = acknowledged.subList(from, Math.min(from + atOnce, acknowledged.size()));
            final List<ListenableFuture<CommandReply>> outcomes = new ArrayList<>();
            for (final Ledger.Entry entry : some) {
                final Request request = request(entry.command);
                outcomes.add(commands.getOutcome(GetOutcomeRequest.newBuilder().setIdHigh(request.getIdHigh()).setIdLow(request.getIdLow()).build()));
            }
            for (int i = 0; i < some.size(); i++) {
                assertSame(outcomes.get(i).get(), some.get(i));
            }
        }
    }

    /** Every request since {@code from} once more, then those that had no answer a third time. */
    private void assertRepeated(final MawidClient client, final int from) {
        final List<Ledger.Entry> answered = ledger.since(from, entry -> entry.reply() != null);
        final List<Ledger.Entry> open = ledger.since(0, entry -> entry.reply() == null);
        assertThat(open).as("each life had one on its way").hasSize(LIVES);
        final List<CommandReply> late = sendAll(client, open);
        for (int i = 0; i < open.size(); i++) {
            open.get(i).answered(late.get(i));
        }
        for (final List<Ledger.Entry> entries : List.of(answered, open)) {
            final List<CommandReply> again = sendAll(client, entries);
            for (int i = 0; i < entries.size(); i++) {
                assertThat(again.get(i).getRepeatedAnswer()).as("%s: %s", AGAIN, entries.get(i)).isTrue();
                assertSame(again.get(i), entries.get(i));
            }
        }
    }

    private static List<CommandReply> sendAll(final MawidClient client, final List<Ledger.Entry> entries) {
        final List<CommandReply> replies = new ArrayList<>();
        final Batch batch = client.batch();
        for (final Ledger.Entry entry : entries) {
            batch.add(entry.command);
            if (batch.size() == Batch.MAX_COMMANDS) {
                replies.addAll(batch.send());
            }
        }
        if (batch.size() > 0) {
            replies.addAll(batch.send());
        }
        return replies;
    }

    /** Appointment, hold, deadline, stamps, or the same refusal. */
    private static void assertSame(final CommandReply again, final Ledger.Entry entry) {
        assertThat(again.getResult()).as("%s: %s", AGAIN, entry).isEqualTo(entry.reply().getResult());
        assertThat(again.getReference()).as("%s: %s", AGAIN, entry).isEqualTo(entry.reply().getReference());
        assertThat(again.getDetail()).as("%s: %s", AGAIN, entry).isEqualTo(entry.reply().getDetail());
        assertThat(again.getStampsList()).as("%s: %s", AGAIN, entry).isEqualTo(entry.reply().getStampsList());
    }

    /** When everything has its answer, what is there is what was answered, to the last one. */
    private void assertCounts(final Inspected inspected) {
        final Told told = told();
        assertThat(inspected.count("applications")).as(AGAIN).isEqualTo(told.asked().count() + overHttp.held());
        for (final LineState state : List.of(LineState.LINE_STATE_SUBMITTED, LineState.LINE_STATE_REJECTED, LineState.LINE_STATE_WITHDRAWN, LineState.LINE_STATE_FULFILLED)) {
            assertThat(inspected.count(state.name().replace("LINE_STATE_", "lines."))).as("%s: %s", state, AGAIN)
                    .isEqualTo(told.asked().filter(asked -> asked.state == state).count());
        }
        assertThat(inspected.count("lines.VALIDATED")).as(AGAIN)
                .isEqualTo(told.asked().filter(asked -> asked.state == LineState.LINE_STATE_VALIDATED).count() + overHttp.held());
        assertThat(inspected.count("holds")).as(AGAIN).isEqualTo(told.holds().count() + overHttp.held());
        for (final AppointmentState state : AppointmentState.values()) {
            if (state.name().endsWith("_UNSPECIFIED") || state == AppointmentState.UNRECOGNIZED) continue;
            assertThat(inspected.count(state.name().replace("APPOINTMENT_STATE_", "appointments."))).as("%s: %s", state, AGAIN)
                    .isEqualTo(told.visits().filter(visit -> visit.state == state).count());
        }
        assertThat(inspected.count("appointments.overflow")).as(AGAIN).isEqualTo(told.visits().filter(visit -> visit.overflow).count());
        assertThat(inspected.count("stamps.VOID")).as(AGAIN).isEqualTo(told.stamps().filter(stamp -> stamp.isVoid).count());
        assertThat(inspected.count("stamps.ISSUED")).as(AGAIN).isEqualTo(told.stamps().filter(stamp -> !stamp.isVoid).count() + overHttp.held());
    }

    private Told told() {
        return new Told(ledger.since(0, entry -> true));
    }

    private void assertEverythingAgainAndACleanStop(final Path data) throws Exception {
        final String hash;
        try (Server server = start(data)) {
            acknowledged.assertRead(server, told(), asked -> true);
            assertRepeatedFromTheFirst(server.client());
            overHttp.assertAgain(server);
            final Server.End end = server.terminate();
            assertThat(end.exitCode()).as("%s", end).isZero();
            assertThat(end.complaints()).isEmpty();
            hash = server.publishedHashes().lastEntry().getValue();
        }
        final Inspected inspected = Inspected.whole(data);
        assertThat(inspected.stateHash()).as("published at the stop").isEqualTo(hash);
        assertCounts(inspected);
    }

    private void assertRepeatedFromTheFirst(final MawidClient client) {
        final List<Ledger.Entry> all = ledger.since(0, entry -> true);
        final List<CommandReply> again = sendAll(client, all);
        for (int i = 0; i < all.size(); i++) {
            assertSame(again.get(i), all.get(i));
        }
        assertThat(ledger.since(0, entry -> entry.reply().getResult() == Result.UNAVAILABLE)).isEmpty();
    }

    private static Request request(final Command command) {
        return switch (command.getCommandCase()) {
            case SUBMIT_APPLICATION -> command.getSubmitApplication().getRequest();
            case VALIDATE_LINES -> command.getValidateLines().getRequest();
            case HOLD -> command.getHold().getRequest();
            case CONFIRM -> command.getConfirm().getRequest();
            case RELEASE -> command.getRelease().getRequest();
            case CANCEL -> command.getCancel().getRequest();
            case REJECT_LINES -> command.getRejectLines().getRequest();
            case WITHDRAW_LINES -> command.getWithdrawLines().getRequest();
            case RESCHEDULE -> command.getReschedule().getRequest();
            case CHECK_IN -> command.getCheckIn().getRequest();
            case CALL -> command.getCall().getRequest();
            case SERVE -> command.getServe().getRequest();
            case MARK_NO_SHOW -> command.getMarkNoShow().getRequest();
            case WALK_IN -> command.getWalkIn().getRequest();
            case ISSUE_STAMPS -> command.getIssueStamps().getRequest();
            case VOID_STAMP -> command.getVoidStamp().getRequest();
            default -> throw new AssertionError(command);
        };
    }
}
