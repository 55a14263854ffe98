package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.Batch;
import org.mawid.client.DoneReply;
import org.mawid.client.MawidClient;
import org.mawid.client.MawidException;
import org.mawid.grpc.Application;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.ServiceNeed;
import org.mawid.grpc.SubmitApplication;

/** A disk that is full is an answer; a disk that fails is the end of the process, and of nothing else. */
@Execution(ExecutionMode.CONCURRENT) // each has its own disk and servers; one after another they would end long after all others
class DiskIT {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int BATCH = 2_000;
    private static final String NO_ROOM_FOR_RECORDS = "no room on the disk for the records";
    private static final Executor ON_A_THREAD = task -> new Thread(task).start();
    private static final String WAITS_FOR_A_SNAPSHOT = "mawid-control-0";
    private static final int SLICES = 10;
    /** A segment of the journal and hardly more. */
    private static final int SLICE_BYTES = (1 << 20) + 16_384;

    /** The last who asked: whoever asks again for what he has is refused for that, whatever room there is. */
    private long person = 1_000;

    @Test
    void givenADiskThatFillsUp_whenRoomIsMade_thenWritesWereRefusedReadsWentOnAndNothingIsLost(@TempDir(factory = OnDisk.class) final Path folder)
            throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("small"), 12)) {
            final Path data = disk.folder().resolve("data");
            final Path ballast = disk.folder().resolve("ballast");
            Files.write(ballast, new byte[4 << 20]);
            final List<Request> acknowledged = new ArrayList<>();
            try (Server server = start(data)) {
                OnePost.make(server.client(), 1, 20);
                fill(server, acknowledged);
                assertThat(server.client().perform(OnePost.submit(7))).isEqualTo(new DoneReply.Refused(Result.STORAGE_FULL, 0));
                assertReads(server, acknowledged);

                server.kill();
            }
            try (Server server = start(data)) { // as full as before
                assertReads(server, acknowledged);
                assertThat(server.client().perform(OnePost.submit(7))).isEqualTo(new DoneReply.Refused(Result.STORAGE_FULL, 0));

                Files.delete(ballast);
                await().atMost(Server.PATIENCE).ignoreException(MawidException.class).pollInterval(Duration.ofMillis(100))
                        .until(() -> server.client().perform(OnePost.submit(7)) instanceof DoneReply.Done);
                assertReads(server, acknowledged);
                assertThat(server.terminate().exitCode()).isZero();
            }
            assertThat(Inspected.whole(data).count("applications")).isEqualTo(acknowledged.size() + 1);
        }
    }

    @Test
    void givenADiskThatFillsUpUnderTheRecords_whenRoomIsMade_thenTheProcessLivedAndEveryAcknowledgedOneCanBeReadByReferenceAgain(
            @TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("small"), 196)) {
            final Path data = disk.folder().resolve("data");
            final Path ballast = disk.folder().resolve("ballast");
            Files.write(ballast, new byte[160 << 20]);
            for (int i = 0; i < SLICES; i++) {
                Files.write(disk.folder().resolve("slice" + i), new byte[SLICE_BYTES]);
            }
            final List<Request> acknowledged = new ArrayList<>();
            try (Server server = Server.on(data).set("mawid.records.entries", 300_000).start()) { // more than can come
                OnePost.make(server.client(), 1, 20);
                fill(server, acknowledged);
                for (int i = 0; i < SLICES && !says(server, NO_ROOM_FOR_RECORDS); i++) {
                    fillUp(disk.folder().resolve("rest" + i)); // so that what is freed is for one segment, and its records find nothing
                    Files.delete(disk.folder().resolve("slice" + i));
                    await().atMost(Server.PATIENCE).ignoreException(MawidException.class).pollInterval(Duration.ofMillis(100)).until(() -> server.client().perform(OnePost.submit(++person)) instanceof DoneReply.Done
                            || says(server, NO_ROOM_FOR_RECORDS));
                    fill(server, acknowledged);
                }
                awaitLine(server, NO_ROOM_FOR_RECORDS);
                fill(server, acknowledged); // the records gave theirs back, the journal took it
                assertReads(server, acknowledged);
                final Request last = acknowledged.get(acknowledged.size() - 1);
                assertThatThrownBy(() -> server.client().application(server.client().outcome(last).getReference(), 0)).hasMessageContaining("READ_MODEL_BEHIND");
                Thread.sleep(3_000); // they try again while nothing has changed
                assertThat(server.errorLines()).as("told once").filteredOn(line -> line.contains(NO_ROOM_FOR_RECORDS)).hasSize(1);

                Files.delete(ballast);
                await().atMost(Server.PATIENCE).ignoreException(MawidException.class).pollInterval(Duration.ofMillis(100))
                        .until(() -> server.client().perform(OnePost.submit(++person)) instanceof DoneReply.Done);
                awaitLine(server, "(?s)there is room again for the records.*records: [1-9]\\d* made from the core's state"); // not what a slow start had made before
                assertByReference(server, acknowledged);
                server.kill();
            }
            assertThat(Inspected.whole(data).count("applications")).isBetween(acknowledged.size() + 1L, acknowledged.size() + 1L + SLICES);
        }
    }

    private static boolean says(final Server server, final String regex) throws IOException {
        return Pattern.compile(regex).matcher(String.join("\n", server.errorLines())).find();
    }

    private static void awaitLine(final Server server, final String regex) throws Exception {
        final long dueNanos = System.nanoTime() + Server.PATIENCE.toNanos();
        while (!says(server, regex)) {
            assertThat(System.nanoTime() - dueNanos).as("in time: '%s', of the %s", regex, server).isNegative();
            Thread.sleep(100);
        }
    }

    @Test
    void givenRoomForTheJournalAndNoneForASnapshot_whenOneIsDue_thenWritesAreRefusedAndComeBackWithTheRoom(@TempDir(factory = OnDisk.class) final Path folder)
            throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("small"), 12)) {
            final Path data = disk.folder().resolve("data");
            final Path ballast = disk.folder().resolve("ballast");
            try (Server server = Server.on(data).set("mawid.records", false).set("mawid.snapshot.every.ms", 1_000).start()) {
                OnePost.make(server.client(), 1, 20);
                fillUp(ballast);
                final AtomicLong person = new AtomicLong(1_000);
                await().atMost(Server.PATIENCE).ignoreException(MawidException.class).pollInterval(Duration.ofMillis(100)) // what is done is a reason for the next snapshot
                        .until(() -> server.client().perform(OnePost.submit(person.incrementAndGet())), new DoneReply.Refused(Result.STORAGE_FULL, 0)::equals);
                assertThat(server.errorLines()).filteredOn(line -> line.contains("no room for a snapshot")).hasSize(1);
                assertThat(server.errorLines()).noneMatch(line -> line.contains("no room for the next journal segment"));
                assertThat(server.metric("mawid_storage_full")).isOne();
                assertThat(server.get("/health/live").statusCode()).isEqualTo(200);

                Files.delete(ballast);
                await().atMost(Server.PATIENCE).ignoreException(MawidException.class).pollInterval(Duration.ofMillis(100))
                        .until(() -> server.client().perform(OnePost.submit(person.get())) instanceof DoneReply.Done);
                assertThat(server.metric("mawid_storage_full")).isZero();
                assertThat(server.terminate().exitCode()).isZero();
            }
            Inspected.whole(data);
        }
    }

    @Test
    void givenNoRoomForASnapshot_whenTheOperatorAsksForOne_thenToldWhyAndWhatToDo_andItIsMadeOnceThereIsRoom(@TempDir(factory = OnDisk.class) final Path folder)
            throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("small"), 12)) {
            final Path data = disk.folder().resolve("data");
            final Path ballast = disk.folder().resolve("ballast");
            try (Server server = Server.on(data).set("mawid.records", false).start()) {
                OnePost.make(server.client(), 1, 20);
                fillUp(ballast);
                for (int time = 0; time < 2; time++) { // found out by trying, known already
                    final Ran refused = Ran.mawid("snapshot", "--data", data);
                    assertThat(refused.code()).as("%s", refused).isEqualTo(1);
                    assertThat(refused.said().lines()).singleElement(as(STRING)).startsWith("STORAGE_FULL: no room for a snapshot of ")
                            .contains(data.resolve("snapshots").toString(), "mawid archive", "by itself");
                }
                assertThat(server.get("/health/ready").body()).contains("STORAGE_FULL");

                Files.delete(ballast);
                final Ran taken = Ran.mawid("snapshot", "--data", data);
                assertThat(taken.code()).as("%s", taken).isZero();
                assertThat(taken.said()).startsWith("snapshot at ");
                assertThat(server.client().perform(OnePost.submit(7))).isInstanceOf(DoneReply.Done.class);
                assertThat(server.terminate().exitCode()).isZero();
            }
            Inspected.whole(data);
        }
    }

    @Test
    void givenASnapshotThatIsWaitedFor_whenTheServerGoesAway_thenTheOperatorIsToldAtOnce(@TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        try (Server server = start(data)) {
            OnePost.make(server.client(), 1, 20);
            final CompletableFuture<Ran> asked;
            final CompletableFuture<Void> killed;
            try (HeldThread held = HeldThread.of(server, "mawid-snapshot")) {
                asked = waitsForASnapshot(server, data);
                killed = CompletableFuture.runAsync(() -> quietly(() -> {
                    server.kill();
                    return null;
                }), ON_A_THREAD);
                await().atMost(Server.PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> !HeldThread.isThere(server, WAITS_FOR_A_SNAPSHOT));
            } // whoever holds a thread of it keeps the rest of the process too
            killed.get(Server.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            final Ran gone = asked.get(Server.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(gone.code()).as("%s", gone).isEqualTo(1);
            assertThat(gone.said().lines()).singleElement(as(STRING)).contains("did not answer");
        }
    }

    @Test
    void givenASnapshotThatIsWaitedFor_whenTheServerIsStopped_thenTheOperatorIsToldAndItIsTheServersLastAct(@TempDir(factory = OnDisk.class) final Path folder)
            throws Exception {
        final Path data = folder.resolve("data");
        try (Server server = start(data)) {
            OnePost.make(server.client(), 1, 20);
            final CompletableFuture<Server.End> stopped;
            try (HeldThread held = HeldThread.of(server, "mawid-snapshot")) {
                final CompletableFuture<Ran> asked = waitsForASnapshot(server, data);
                stopped = CompletableFuture.supplyAsync(() -> quietly(server::terminate), ON_A_THREAD);
                final Ran told = asked.get(Server.PATIENCE.toSeconds(), TimeUnit.SECONDS); // while that thread still stands
                assertThat(told.code()).as("%s", told).isEqualTo(1);
                assertThat(told.said().lines()).singleElement(as(STRING)).containsAnyOf("the server is stopping", "did not answer"); // it may be gone before that is said
            }
            assertThat(stopped.get(Server.PATIENCE.toSeconds(), TimeUnit.SECONDS).exitCode()).isZero();
            assertThat(server.publishedHashes()).hasSize(1);
        }
        Inspected.whole(data);
    }

    /** Asked for by the command line, and not there yet. */
    private static CompletableFuture<Ran> waitsForASnapshot(final Server server, final Path data) {
        final CompletableFuture<Ran> asked = CompletableFuture.supplyAsync(() -> quietly(() -> Ran.mawid("snapshot", "--data", data)), ON_A_THREAD);
        await().atMost(Server.PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> HeldThread.isThere(server, WAITS_FOR_A_SNAPSHOT));
        return asked;
    }

    private static <T> T quietly(final Callable<T> action) {
        try {
            return action.call();
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void givenAWriteOfTheJournalThatFails_whenItHappens_thenTheProcessEndsWithOneLineAndTheNextOneIsWhole(
            @TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        failing(folder.resolve("data"), "pwrite64", true);
    }

    @Test
    void givenASyncOfTheJournalThatFails_whenItHappens_thenTheProcessEndsWithOneLineAndTheNextOneIsWhole(
            @TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        failing(folder.resolve("data"), "fsync,fdatasync", false);
    }

    /** @param calls of the system that fail from some moment on, for the first segment of the journal only */
    private static void failing(final Path data, final String calls, final boolean direct) throws Exception {
        Needed.tracing();
        final List<Request> acknowledged = new ArrayList<>();
        try (Server server = Server.on(data).set("mawid.journal.direct", direct).start()) {
            OnePost.make(server.client(), 1, 20);
            server.kill(); // so that all writes of the next one are its journal thread's, or its opening
        }
        long asked = 0;
        final int good = 10 + new Random(SEED).nextInt(40);
        try (Server server = Server.on(data).set("mawid.journal.direct", direct).under("strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null",
                "-P", data.resolve("journal/journal-00000000000000000001.seg").toString(), "-e", "trace=" + calls,
                "-e", "inject=" + calls + ":error=EIO:when=" + good + '+').start()) {
            for (long person = 1; server.isAlive(); person++) {
                final Request request = server.client().newRequest();
                asked++;
                try {
                    if (server.commands().batch(CommandBatch.newBuilder().addCommands(submit(request, person)).build()).getReplies(0).getResult() == Result.OK) {
                        acknowledged.add(request);
                        assertThat(acknowledged).as("the calls before the first that fails, one at least for each answer").hasSizeLessThan(good);
                    }
                } catch (final StatusRuntimeException noAnswer) {
                    // It ends; what was not acknowledged may be there or not
                }
            }
            assertThat(acknowledged).as("seed %s: some were answered before", SEED).isNotEmpty();
            final Server.End end = server.awaitEnd();
            assertThat(end.exitCode()).isEqualTo(1);
            assertHalted(server, "Input/output error");
            assertThat(server.errorLines()).as("no stack trace").noneMatch(line -> line.startsWith("\tat "));
        }
        try (Server server = Server.on(data).set("mawid.journal.direct", direct).start()) {
            assertReads(server, acknowledged);
            server.assertServes();
            server.kill();
        }
        assertThat(Inspected.whole(data).count("applications")).isBetween((long) acknowledged.size(), asked);
    }

    /** One reason, whether it is told by the log, on its own, or both. */
    static void assertHalted(final Server server, final String reason) throws IOException {
        final List<String> lines = server.errorLines().stream().filter(line -> line.contains("halted: "))
                .map(line -> line.substring(line.indexOf("halted: "))).distinct().toList();
        assertThat(lines).as("%s", server).hasSize(1);
        assertThat(lines.get(0)).contains(reason);
    }

    /** Without the records, which would have a share of so small a disk. */
    private static Server start(final Path data) throws Exception {
        return Server.on(data).set("mawid.records", false).start();
    }

    /** To the last byte. */
    private static void fillUp(final Path ballast) throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            final byte[] some = new byte[4_096];
            while (true) {
                out.write(some);
            }
        } catch (final IOException full) {
            assertThat(ballast.toFile().getUsableSpace()).as("%s", full).isZero();
        }
    }

    private void fill(final Server server, final List<Request> acknowledged) {
        final MawidClient client = server.client();
        Result last = Result.OK;
        while (last != Result.STORAGE_FULL) {
            final Batch batch = client.batch();
            final List<Request> requests = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                requests.add(client.newRequest());
                batch.add(submit(requests.get(i), ++person));
            }
            final List<CommandReply> replies = batch.send();
            for (int i = 0; i < BATCH; i++) {
                last = replies.get(i).getResult();
                assertThat(last).isIn(Result.OK, Result.STORAGE_FULL);
                if (last == Result.OK) {
                    acknowledged.add(requests.get(i));
                }
            }
            assertThat(acknowledged).as("a small disk is full some day").hasSizeLessThan(1_000_000);
        }
    }

    private static Command submit(final Request request, final long person) {
        return Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setRequest(request).setPostId(OnePost.POST)
                .addLines(OnePost.line(person))).build();
    }

    /** Availability, health, and what became of some of the acknowledged, the last among them. */
    private static void assertReads(final Server server, final List<Request> acknowledged) throws Exception {
        final MawidClient client = server.client();
        assertThat(client.firstStarts(AvailabilityQuery.newBuilder().addPostIds(OnePost.POST).setFromEpochDay(OnePost.FIRST_DAY).setDays(1)
                .addServices(ServiceNeed.newBuilder().setServiceId(OnePost.SERVICE)).setLimit(1).build()).getSlotsCount()).isEqualTo(1);
        final int step = Math.max(1, acknowledged.size() / 200);
        for (int i = acknowledged.size() - 1; i >= 0; i -= step) {
            assertThat(client.outcome(acknowledged.get(i)).getReference()).as("%s of %s", i, acknowledged.size()).isNotEmpty();
        }
        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    }

    private static void assertByReference(final Server server, final List<Request> acknowledged) {
        final MawidClient client = server.client();
        final int step = Math.max(1, acknowledged.size() / 200);
        for (int i = acknowledged.size() - 1; i >= 0; i -= step) {
            final String reference = client.outcome(acknowledged.get(i)).getReference();
            assertThat(client.application(reference, 0)).as("%s of %s", i, acknowledged.size()).map(Application::getApplication).contains(reference);
        }
    }

    /** A file system in memory of so many MiB, which not everybody may mount. */
    private record SmallDisk(Path folder) implements AutoCloseable {
        static SmallDisk mount(final Path folder, final int mebibytes) throws Exception {
            Files.createDirectories(folder);
            final Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "mawid-it", folder.toString())
                    .redirectErrorStream(true).start();
            final String said = new String(mount.getInputStream().readAllBytes());
            final boolean mounted = mount.waitFor() == 0;
            if (!mounted) {
                Needed.lacking("no small disk can be mounted here: " + said);
            }
            assertThat(mounted).as("a small disk can be mounted: %s", said).isTrue();
            return new SmallDisk(folder);
        }

        @Override
        public void close() throws Exception {
            final Process umount = new ProcessBuilder("umount", folder.toString()).inheritIO().start();
            assertThat(umount.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(umount.exitValue()).isZero();
        }
    }
}
