package org.mawid.api.audit.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.api.audit.Entry;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.testkit.OnePost;
import org.mawid.engine.Setting;
import org.mawid.engine.readmodel.Records;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.WithdrawLines;
import org.mawid.sbe.Result;

/** Whatever was done, and whatever became of the file: the trail has what the log has, and says when it may not be all. */
class AuditTrailTest {
    private static final int ENOUGH = 20;
    /** Of a store. */
    private static final int BLOCK = 4_096;

    @TempDir
    private Path folder;

    // ---- the same as the log

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void givenManyWhoDoThisAndThat_whenAskedInBetween_thenTheNewestAreThoseOfTheNaiveTwin_andNothingThatAnAuditorIsToldIsMissing(final long seed) throws Exception {
        try (TrailPost post = TrailPost.in(folder).defined().begun()) {
            final RandomAgents agents = new RandomAgents(post, Long.getLong("seed", seed));
            for (int round = 0; round < 3; round++) {
                agents.act(120);
                post.caughtUp();
                isTheTwins(post, agents);
            }
            for (final long application : agents.applications()) {
                assertThat(post.all(application)).containsAll(post.listed(application));
            }
        }
    }

    private static void isTheTwins(final TrailPost post, final RandomAgents agents) {
        for (final long application : agents.applications()) {
            final List<Entry> all = agents.newest(application);
            final AuditTrail.Newest newest = post.newest(application, ENOUGH);
            assertThat(newest.entries()).as("application %d", application).isEqualTo(all.subList(0, Math.min(ENOUGH, all.size())));
            assertThat(newest.isWhole()).as("%d were found", all.size()).isEqualTo(all.size() <= ENOUGH);
        }
    }

    @Test
    void givenWhatWasDoneThisMoment_whenAsked_thenItIsThere() throws Exception {
        try (TrailPost post = TrailPost.in(folder).defined().begun()) {
            final long application = submitted(post, 1_000);
            for (int i = 0; i < 10; i++) {
                final CommandReply reply = post.tell(7, OnePost.validate(text(post, application)).toBuilder());
                assertThat(post.newest(application, ENOUGH).entries().get(0)).extracting(Entry::position, Entry::actor).containsExactly(reply.getPosition(), 7L);
            }
        }
    }

    @Test
    void givenThousandsOfPositionsSince_andACoreThatHasForgotten_whenAsked_thenItIsToldWhoDidItAndWhatCameOfIt() throws Exception {
        try (TrailPost post = TrailPost.in(folder).defined().begun()) {
            final long application = submitted(post, 1_000);
            post.tell(7, OnePost.validate(text(post, application)).toBuilder());
            post.tell(9, OnePost.validate(text(post, application)).toBuilder());
            final AuditTrail.Newest before = post.newest(application, ENOUGH);
            OnePost.validated(post.client, 2_000, 1_500);
            post.caughtUp();
            post.timeGoesOn(Duration.ofDays(2));
            for (int i = 1; i <= 50; i++) {
                submitted(post, 10_000 + i); // the core forgets a few with each
            }
            assertThat(post.listed(application)).as("the log alone").extracting(Entry::result).containsOnlyNulls();
            assertThat(post.newest(application, ENOUGH)).isEqualTo(before);
            assertThat(before.isWhole()).isTrue();
            assertThat(before.entries()).extracting(entry -> entry.operation() + ' ' + entry.actor() + ' ' + entry.result())
                    .containsExactly("validateLines 9 LINE_STATE", "validateLines 7 OK", "submitApplication 5 OK");
        }
    }

    // ---- made anew, and gone on with

    @Test
    void givenTheFileIsGoneOrCutOrOfAnotherLogOrNone_whenItBegins_thenItIsMadeAnew_andIsTheSame() throws Exception {
        final Map<Long, List<Entry>> before = new HashMap<>();
        final Path other = folder.resolve("other");
        try (TrailPost another = TrailPost.in(other).defined().begun()) {
            submitted(another, 1_000);
            another.caughtUp();
        }
        final byte[] ofAnother = Files.readAllBytes(other.resolve("data/readmodel/trail/trail.mv"));
        try (TrailPost post = TrailPost.in(folder).defined().begun()) {
            final RandomAgents agents = new RandomAgents(post, 5).act(200);
            post.caughtUp();
            agents.applications().forEach(application -> before.put(application, agents.newest(application)));
            for (final Damage damage : List.<Damage>of(Files::delete, file -> cut(file, 0), file -> cut(file, 5_000), file -> cut(file, Files.size(file) / 2), file -> Files.write(file, ofAnother),
                    file -> Files.write(file, "no store at all".getBytes()), AuditTrailTest::scratch, AuditTrailTest::claim)) {
                post.trail.close();
                damage.to(post.file());
                post.beginAnew();
                post.caughtUp();
                before.forEach((application, entries) -> await().atMost(TrailPost.PATIENCE).untilAsserted(() -> {
                    assertThat(post.all(application)).isEqualTo(entries);
                    assertThat(post.newest(application, 100_000).isWhole()).isTrue();
                }));
            }
        }
    }

    private interface Damage {
        void to(Path file) throws IOException;
    }

    private static void cut(final Path file, final long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    /** Other bytes here and there, but not where the store looks when it is opened. */
    private static void scratch(final Path file) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        for (int i = 2 * BLOCK; i < bytes.length; i += 97) {
            if (i % BLOCK > 200 && i % BLOCK < BLOCK - 200) {
                bytes[i] ^= 0x55;
            }
        }
        Files.write(file, bytes);
    }

    /** A row that nobody has written so. */
    private static void claim(final Path file) throws IOException {
        try (TrailFile kept = TrailFile.open(file)) {
            kept.put(new Place(1, 1), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
            kept.sync();
        }
    }

    @Test
    void givenTheServerStarts_whenCoreAndEventsHaveForgotten_thenItGoesOn_andReadsNothingTwice() throws Exception {
        final Map<Setting, Object> noEvents = Map.of(Setting.EVENTS_MAX_BYTES, 0);
        final Map<Long, List<Entry>> before = new HashMap<>();
        final long last;
        try (TrailPost post = new TrailPost(folder, noEvents).defined().begun()) {
            final RandomAgents agents = new RandomAgents(post, 6).act(200);
            post.caughtUp();
            agents.applications().forEach(application -> before.put(application, agents.newest(application)));
            post.timeGoesOn(Duration.ofDays(2));
            for (int i = 0; i < 300; i++) {
                submitted(post, 5_000 + i); // the core forgets a few with each
            }
            last = submitted(post, 9_000);
            post.caughtUp();
        }
        try (TrailPost post = new TrailPost(folder, noEvents).begun()) {
            post.tell(7, OnePost.validate(text(post, last)).toBuilder());
            assertThat(post.all(last)).extracting(Entry::operation).containsExactly("validateLines", "submitApplication");
            before.forEach((application, entries) -> assertThat(post.all(application)).as("with what came of it, which nobody knows any more").isEqualTo(entries));
        }
    }

    @Test
    void givenAServerThatIsKilled_whenItStartsAgain_thenTheTrailIsWhole() throws Exception {
        final Path copy = folder.resolve("copy");
        final Map<Long, List<Entry>> before = new HashMap<>();
        try (TrailPost post = TrailPost.in(folder.resolve("first")).defined().begun()) {
            final RandomAgents agents = new RandomAgents(post, 7).act(100);
            post.caughtUp();
            post.beginAnew(); // what there is now is durable
            agents.act(60);
            post.caughtUp();
            agents.applications().forEach(application -> before.put(application, agents.newest(application)));
            copy(folder.resolve("first"), copy);
        }
        try (TrailPost post = TrailPost.in(copy).begun()) {
            post.caughtUp();
            before.forEach((application, entries) -> assertThat(post.all(application)).isEqualTo(entries));
        }
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            all.filter(file -> !file.toString().contains("records")).forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    @Test
    void givenALogThatWasSetBackAndWentOnOtherwise_whenItBegins_thenNothingOfTheOtherCourseIsTold() throws Exception {
        final Path first = folder.resolve("first");
        final Path second = folder.resolve("second");
        final long application;
        try (TrailPost post = TrailPost.in(first).defined()) {
            application = submitted(post, 1_000);
        }
        copy(first, second);
        try (TrailPost post = TrailPost.in(first).begun()) {
            post.tell(7, OnePost.validate(text(post, application)).toBuilder());
            post.caughtUp();
        }
        try (TrailPost post = TrailPost.in(second)) {
            for (int i = 0; i < 20; i++) {
                post.tell(9, OnePost.validate(text(post, application)).toBuilder());
            }
            Files.createDirectories(post.folder());
            Files.copy(first.resolve("data/readmodel/trail/trail.mv"), post.file());
            post.begun();
            await().atMost(TrailPost.PATIENCE).untilAsserted(() -> assertThat(post.all(application)).hasSize(21).noneMatch(entry -> entry.actor() == 7));
        }
    }

    // ---- what it does not have

    @Test
    void givenALogWhoseEventsAreGone_whenItIsMadeAnew_thenWhatCanBeKnownIsThere_andOnlyOfNewApplicationsItIsWhole() throws Exception {
        final Map<Setting, Object> noEvents = Map.of(Setting.EVENTS_MAX_BYTES, 0);
        final long old;
        final String hold;
        try (TrailPost post = new TrailPost(folder, noEvents).defined()) {
            old = submitted(post, 1_000);
            post.tell(7, OnePost.validate(text(post, old)).toBuilder());
            hold = post.tell(7, OnePost.hold(text(post, old), 0, 0).toBuilder()).getReference();
            post.tell(7, Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(hold)));
        }
        try (TrailPost post = new TrailPost(folder, noEvents).begun()) {
            post.timeGoesOn(Duration.ofSeconds(1));
            final long fresh = submitted(post, 1_001);
            post.caughtUp();
            assertThat(post.all(old)).extracting(Entry::operation).as("nobody knows whose hold was confirmed").containsExactly("hold", "validateLines", "submitApplication");
            assertThat(post.newest(old, ENOUGH).isWhole()).isFalse();
            assertThat(post.all(fresh)).extracting(Entry::operation).containsExactly("submitApplication");
            assertThat(post.newest(fresh, ENOUGH).isWhole()).isTrue();
        }
    }

    @Test
    void givenAFileThatCannotBeUsed_whenAsked_thenTheEndOfTheLogIsTold_andThatThereMayBeMore_untilItCan() throws Exception {
        try (TrailPost post = TrailPost.in(folder).defined()) {
            final long application = submitted(post, 1_000);
            OnePost.validated(post.client, 2_000, 1_500);
            final CommandReply reply = post.tell(7, OnePost.validate(text(post, application)).toBuilder());
            Files.createDirectories(post.file().resolve("in the way"));
            post.begun();
            final AuditTrail.Newest newest = post.newest(application, ENOUGH);
            assertThat(newest.entries()).extracting(Entry::position, Entry::result).containsExactly(tuple(reply.getPosition(), Result.OK));
            assertThat(newest.isWhole()).isFalse();
            Files.delete(post.file().resolve("in the way"));
            Files.delete(post.file());
            await().atMost(TrailPost.PATIENCE).until(() -> post.newest(application, ENOUGH).isWhole());
            assertThat(post.all(application)).extracting(Entry::operation).containsExactly("validateLines", "submitApplication");
        }
    }

    @Test
    void givenApplicationsThatHaveLeftMemory_whenThereIsNothingElseToDo_thenNothingIsLeftOfThem() throws Exception {
        final long gone;
        final long stays;
        final Map<Setting, Object> archiving = Map.of(Setting.RETIRE_EVERY_MS, 20);
        try (TrailPost post = new TrailPost(folder, archiving).defined().begun()) {
            gone = submitted(post, 1_000);
            post.tell(7, OnePost.validate(text(post, gone)).toBuilder());
            post.tell(7, Command.newBuilder().setWithdrawLines(WithdrawLines.newBuilder().setApplication(text(post, gone)).setLines(1)));
            post.caughtUp();
            post.timeGoesOn(Duration.ofDays(400));
            stays = submitted(post, 1_001);
            await().atMost(TrailPost.PATIENCE).until(() -> post.engine.readModel().records().application(gone) == null);
        }
        try (TrailFile file = TrailFile.open(folder.resolve("data/readmodel/trail/trail.mv"))) {
            assertThat(file.newest(gone, Long.MAX_VALUE, ENOUGH)).hasSize(3);
        }
        try (TrailPost post = new TrailPost(folder, archiving).begun()) {
            post.caughtUp();
            assertThat(post.all(stays)).hasSize(1);
            final Records.Application left = new Records.Application(gone, OnePost.POST, 0, 0, List.of(), 0);
            await().atMost(TrailPost.PATIENCE).until(() -> post.trail.newest(left, ENOUGH).entries().isEmpty());
        }
        try (TrailFile file = TrailFile.open(folder.resolve("data/readmodel/trail/trail.mv"))) {
            assertThat(file.newest(gone, Long.MAX_VALUE, ENOUGH)).isEmpty();
            assertThat(file.newest(stays, Long.MAX_VALUE, ENOUGH)).hasSize(1);
        }
    }

    private static long submitted(final TrailPost post, final long person) {
        return post.references.number(ReferenceKind.APPLICATION, post.tell(5, OnePost.submit(person).toBuilder()).getReference());
    }

    private static String text(final TrailPost post, final long application) {
        return post.references.text(ReferenceKind.APPLICATION, application);
    }
}
