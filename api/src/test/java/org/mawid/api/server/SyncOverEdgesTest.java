package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.manifest.ManifestVerifier;
import org.mawid.api.manifest.ManifestVerifier.UntrustedException;
import org.mawid.api.stamp.document.SigningKeys;
import org.mawid.api.sync.KilledFiles;
import org.mawid.api.sync.PostSync;
import org.mawid.api.sync.PostSync.SyncException;
import org.mawid.api.sync.SyncRig;
import org.mawid.api.testkit.OnePost;
import org.mawid.api.testkit.SteadyPort;
import org.mawid.grpc.AddToChange;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.ApplyChange;
import org.mawid.grpc.BeginChange;
import org.mawid.grpc.Call;
import org.mawid.grpc.CheckIn;
import org.mawid.grpc.CloseDays;
import org.mawid.grpc.Command;
import org.mawid.grpc.ConfirmAttendance;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.GetAppointmentRequest;
import org.mawid.grpc.MessageWriter;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.ReopenDays;
import org.mawid.grpc.Reschedule;
import org.mawid.grpc.Run;
import org.mawid.grpc.SendMessage;
import org.mawid.grpc.Serve;
import org.mawid.grpc.SetCapacity;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.WalkIn;

/** A post's folder and the whole server: in step whatever happens to the line between them, to the server or to the post's machine. */
@Timeout(600)
class SyncOverEdgesTest extends SyncFixture {
    private static final int LYON = 2;
    private static final int LYON_DESK = 12;

    /** One of everything that a folder shows. */
    private void aBusyHour() {
        final String served = bookedSoon();
        final String moved = bookedLater(3);
        done(Command.newBuilder().setConfirmAttendance(ConfirmAttendance.newBuilder().setAppointment(moved)));
        done(Command.newBuilder().setConfirmAttendance(ConfirmAttendance.newBuilder().setAppointment(bookedLater(4))));
        cancel(bookedLater(5));
        done(Command.newBuilder().setSendMessage(SendMessage.newBuilder().setApplication(application(0)).setPostId(OnePost.POST).setWriter(MessageWriter.MESSAGE_WRITER_POST)));
        done(Command.newBuilder().setCheckIn(CheckIn.newBuilder().setAppointment(served)));
        done(Command.newBuilder().setCall(Call.newBuilder().setAppointment(served).setCounter(3)));
        done(Command.newBuilder().setServe(Serve.newBuilder().setAppointment(served).setFulfilled(1)));
        done(Command.newBuilder().setReschedule(Reschedule.newBuilder().setAppointment(moved).addLegs(leg(today, NOW_UNIT + 8))));
        client.walkIn(WalkIn.newBuilder().setDeskId(OnePost.DESK).setEpochDay(today).addLines(OnePost.line(900_000 + System.nanoTime() % 100_000)).build());
        done(Command.newBuilder().setSetCapacity(SetCapacity.newBuilder().setPoolId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY).setRun(Run.newBuilder().setStartUnit(60).setUnits(6).setCapacity(CAPACITY - 3).setWithheld(2))));
        OnePost.open(client, 1, CAPACITY);
    }

    /** Staged days come into force at once. */
    private void aNewSchedule(final int capacity) {
        final String change = done(Command.newBuilder().setBeginChange(BeginChange.newBuilder().setPostId(OnePost.POST))).getReference();
        for (int day = 2; day < 5; day++) {
            done(Command.newBuilder().setAddToChange(AddToChange.newBuilder().setChange(change).setPoolId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY + day)
                    .setStartMs((OnePost.FIRST_DAY + day) * 86_400_000L + 7 * 3_600_000L).setUnitCount(OnePost.UNITS).setAlignUnits(3)
                    .addRuns(Run.newBuilder().setUnits(OnePost.UNITS).setCapacity(capacity))));
        }
        final int version = client.openChanges(OnePost.POST, 0).getChanges(0).getCalendarVersion();
        done(Command.newBuilder().setApplyChange(ApplyChange.newBuilder().setChange(change).setExpectedVersion(version)));
    }

    @Test
    void givenAFolder_whenItIsRunAgainAndAgain_thenItIsInStepAndEverythingHasComeOnceAndInOrder() throws Exception {
        final SyncRig rig = rig("paris");
        rig.once(service.grpcPort());
        assertInStep(rig);
        final JsonObject begin = rig.cursor();
        for (int round = 0; round < 3; round++) {
            aBusyHour();
            aNewSchedule(CAPACITY - round);
            final CloseDays strike = CloseDays.newBuilder().setPostId(OnePost.POST).setCapacity(1).setFromMs(OnePost.FIRST_DAY * 86_400_000L + 8 * 3_600_000L)
                    .setToMs(OnePost.FIRST_DAY * 86_400_000L + 12 * 3_600_000L).build();
            done(Command.newBuilder().setCloseDays(strike));
            await().untilAsserted(() -> { // those who lost their visits get offers meanwhile
                rig.once(service.grpcPort());
                assertInStep(rig);
                assertThat(rig.kept().values()).anyMatch(one -> "IN_FORCE".equals(one.getString("state")));
            });
            done(Command.newBuilder().setReopenDays(ReopenDays.newBuilder().setClosureId(Long.parseLong(rig.names("closures").get(0).replace(".json", "")))));
            OnePost.open(client, 0, CAPACITY);
        }
        rig.once(service.grpcPort());
        assertInStep(rig);
        assertThat(rig.log()).isEqualTo(SyncRig.events(channel, OnePost.POST, begin)).doesNotHaveDuplicates();
        assertThat(rig.names("closures")).isEmpty();
        assertThat(rig.notes).containsOnlyOnce("snapshot");

        final SyncRig fresh = rig("second");
        fresh.once(service.grpcPort());
        assertThat(fresh.kept()).isEqualTo(rig.kept());
    }

    @Test
    void givenWhatIsWrittenToAndByThePost_whenTheFolderIsRunNowAndThen_thenEachMessageIsThereOnceAndInItsOrder() throws Exception {
        final SyncRig rig = rig("paris");
        rig.once(service.grpcPort());
        final String application = application(0);
        final List<Long> sent = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (final MessageWriter writer : List.of(MessageWriter.MESSAGE_WRITER_POST, MessageWriter.MESSAGE_WRITER_APPLICANT)) {
                sent.add(done(Command.newBuilder().setSendMessage(SendMessage.newBuilder().setApplication(application).setPostId(OnePost.POST).setWriter(writer)
                        .setTopicCode(round).setTextHash(0xBEEF))).getPosition());
            }
            rig.once(service.grpcPort());
            rig.once(service.grpcPort());
        }
        assertThat(rig.messages()).extracting(one -> one.getLong("number")).isEqualTo(sent);
        assertThat(rig.messages().get(1).getMap()).containsAllEntriesOf(Map.of("application", application, "writer", "APPLICANT", "topicCode", 0, "textHash", "000000000000beef", "textMissing", "NOT_KEPT"));
        assertThat(rig.notes).filteredOn(note -> note.startsWith("the server keeps no texts")).as("said once a run").isNotEmpty();
        assertInStep(rig);
    }

    @Test
    void givenACursorOfAnotherLog_whenItIsRun_thenEverythingIsReadAnewAndItGoesOnFromThere() throws Exception {
        final SyncRig rig = rig("paris");
        rig.once(service.grpcPort());
        aBusyHour();
        rig.makeCursorForeign();
        rig.once(service.grpcPort());
        assertInStep(rig);
        aBusyHour();
        rig.once(service.grpcPort());
        assertInStep(rig);
        assertThat(rig.notes).filteredOn("snapshot"::equals).hasSize(2);
    }

    @Test
    void givenSomebodyWhoIsTheFirstOfADateAndCancels_whenBothComeInOneMessage_thenThatDateIsEmpty() throws Exception {
        final SyncRig rig = rig("paris");
        rig.once(service.grpcPort());
        cancel(bookedLater(3));
        rig.once(service.grpcPort());
        assertInStep(rig);
        assertThat(rig.names("days/" + date(OnePost.FIRST_DAY))).isEmpty();
    }

    @Test
    void givenAVisitThatMovesToAnotherPost_whenBothFollow_thenItIsInOneFolderOnly() throws Exception {
        done(Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(LYON).setCode("lyon").setCurrency("EUR").setMinorDigits(2).setRoundToMinor(50)));
        done(Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(LYON_DESK).setPostId(LYON).setKind(PoolKind.POOL_KIND_DESK).setCode("lyon/1")));
        done(Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(LYON_DESK).setServiceId(OnePost.SERVICE).setServes(true)));
        done(Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(LYON_DESK).setEpochDay(OnePost.FIRST_DAY).setStartMs(OnePost.FIRST_DAY * 86_400_000L)
                .setUnitCount(OnePost.UNITS).setAlignUnits(1).addRuns(Run.newBuilder().setUnits(OnePost.UNITS).setCapacity(2))));
        final SyncRig paris = rig("paris");
        final SyncRig lyon = new SyncRig(temporary.resolve("lyon"), "lyon");
        final String appointment = booked(application(0), OnePost.leg(0, 2));
        paris.once(service.grpcPort());
        lyon.once(service.grpcPort());
        assertThat(paris.names("days/" + date(OnePost.FIRST_DAY))).containsExactly(appointment + ".json");

        done(Command.newBuilder().setReschedule(Reschedule.newBuilder().setAppointment(appointment).addLegs(OnePost.leg(0, 2).toBuilder().setDeskId(LYON_DESK))));
        paris.once(service.grpcPort());
        lyon.once(service.grpcPort());
        assertInStep(paris);
        assertThat(lyon.kept()).isEqualTo(SyncRig.told(channel, LYON));
        assertThat(paris.names("days/" + date(OnePost.FIRST_DAY))).isEmpty();
        assertThat(lyon.names("days/" + date(OnePost.FIRST_DAY))).containsExactly(appointment + ".json");
        assertThatThrownBy(() -> new SyncRig(temporary.resolve("lyon"), POST_CODE).once(service.grpcPort())).isInstanceOf(SyncException.class).hasMessageContaining("of its own");
    }

    // ---- the way up

    private AppointmentState state(final String appointment) {
        return AppointmentServiceGrpc.newBlockingStub(channel).getAppointment(GetAppointmentRequest.newBuilder().setAppointment(appointment)
                .setMinPosition(service.engine().status().durablePosition()).build()).getState();
    }

    private static String visit(final String what, final String appointment, final String more) {
        return "{\"do\":\"" + what + "\",\"at\":\"" + at(1_000) + "\",\"appointment\":\"" + appointment + "\"" + more + "}";
    }

    @Test
    void givenADayWithoutALink_whenItIsTold_thenEachRecordIsMergedByItsRuleAndTheAnswerIsBesideIt() throws Exception {
        final SyncRig rig = rig("paris");
        final String came = bookedSoon();
        final String cancelledMeanwhile = bookedSoon();
        rig.once(service.grpcPort());
        cancel(cancelledMeanwhile);
        rig.record("001.json", visit("check-in", came, ",\"ticket\":7"));
        rig.record("002.json", visit("call", came, ",\"counter\":2"));
        rig.record("003.json", visit("serve", came, ",\"served\":[0],\"counter\":2"));
        rig.record("004.json", visit("serve", cancelledMeanwhile, ",\"served\":[0]"));
        rig.record("005.json", "{\"do\":\"walk-in\",\"at\":\"" + at(1_000) + "\",\"ticket\":8,\"served\":[0],\"lines\":[{\"person\":\"00000000000bad01\",\"serviceId\":" + OnePost.SERVICE + "}]}");
        rig.record("006.json", visit("check-in", came, ""));
        rig.once(service.grpcPort());

        assertThat(rig.names("outbox")).isEmpty();
        assertThat(rig.done()).as("%s", rig.notes).hasSize(5).extracting(one -> one.getJsonObject("answer").getString("result")).containsOnly("OK");
        assertThat(rig.refused()).singleElement().satisfies(one -> {
            assertThat(one.getJsonObject("answer").getString("result")).isEqualTo("SUPERSEDED");
            assertThat(one.getJsonObject("record").getString("appointment")).isEqualTo(came);
        });
        assertThat(state(came)).isEqualTo(AppointmentState.APPOINTMENT_STATE_SERVED);
        assertThat(state(cancelledMeanwhile)).isEqualTo(AppointmentState.APPOINTMENT_STATE_CANCELLED);
        final String own = rig.done().get(3).getJsonObject("answer").getString("reference");
        assertThat(state(own)).as("who was served was served").isEqualTo(AppointmentState.APPOINTMENT_STATE_SERVED);
        assertInStep(rig);
    }

    @Test
    void givenFilesThatCannotBeTold_whenRun_thenEachIsRefusedWithWhatIsWrongAndTheOthersAreTold() throws Exception {
        final SyncRig rig = rig("paris");
        final String appointment = bookedSoon();
        rig.record("1.json", "not json");
        rig.record("2.json", "{\"do\":\"dance\",\"at\":\"" + at(0) + "\"}");
        rig.record("3.json", visit("check-in", appointment, ",\"tiket\":7"));
        rig.record("4.json", visit("check-in", appointment, "").replace(at(0).substring(0, 4) + "-", "yesterday-"));
        rig.record("5.json", visit("check-in", "0000-0000-00000", ""));
        rig.record("6.json", "{\"do\":\"call\",\"at\":\"" + at(120_000) + "\",\"appointment\":\"" + appointment + "\",\"counter\":1}");
        rig.record("7.json", visit("no-show", appointment, ""));
        rig.record("8.json", visit("check-in", appointment, ",\"ticket\":7"));
        rig.record("notes.txt", "is none");
        rig.once(service.grpcPort());
        assertThat(rig.refused()).extracting(one -> one.getJsonObject("answer").getString("result"))
                .containsExactlyInAnyOrder("UNREADABLE", "UNREADABLE", "UNREADABLE", "UNREADABLE", "MALFORMED", "TOO_LATE", "SUPERSEDED");
        assertThat(rig.refused()).filteredOn(one -> one.getJsonObject("answer").containsKey("why")).extracting(one -> one.getJsonObject("answer").getString("why"))
                .anyMatch(why -> why.contains("\"tiket\"")).anyMatch(why -> why.contains("no JSON object")).anyMatch(why -> why.contains("one of check-in"))
                .anyMatch(why -> why.contains("mistyped"));
        assertThat(rig.done()).singleElement().satisfies(one -> assertThat(one.getJsonObject("answer").getLong("detail")).isEqualTo(7));
        assertThat(rig.names("outbox")).containsExactly("notes.txt");
        assertInStep(rig);
    }

    @Test
    void givenTwoClientsOfAPost_whenBothTellAndFollow_thenBothAreInStepAndEachHasItsOwnNumbers() throws Exception {
        final SyncRig one = rig("one");
        final SyncRig two = rig("two");
        final List<String> appointments = List.of(bookedSoon(), bookedSoon(), bookedSoon(), bookedSoon());
        for (int i = 0; i < 4; i++) {
            (i % 2 == 0 ? one : two).record("r" + i + ".json", visit("check-in", appointments.get(i), ",\"ticket\":" + (10 + i)));
        }
        one.once(service.grpcPort());
        two.once(service.grpcPort());
        one.once(service.grpcPort());
        assertThat(one.done()).hasSize(2);
        assertThat(two.done()).hasSize(2);
        assertInStep(one);
        assertInStep(two);
    }

    @Test
    void givenAFolderThatCameBackFromABackUp_whenItTells_thenItsOldNumbersAreNotTakenForDone() throws Exception {
        final SyncRig rig = rig("paris");
        rig.record("1.json", visit("check-in", bookedSoon(), ""));
        rig.once(service.grpcPort());
        final Path numbers = rig.folder.resolve("state").resolve("numbers.json");
        Files.writeString(numbers, new JsonObject(Files.readString(numbers)).put("next", 1).encode());
        final String second = bookedSoon();
        rig.record("2.json", visit("check-in", second, ""));
        rig.once(service.grpcPort());
        assertThat(state(second)).isEqualTo(AppointmentState.APPOINTMENT_STATE_CHECKED_IN);
        Files.writeString(numbers, new JsonObject(Files.readString(numbers)).put("next", 99).encode());
        final String third = bookedSoon();
        rig.record("3.json", visit("check-in", third, ""));
        rig.once(service.grpcPort());
        assertThat(state(third)).isEqualTo(AppointmentState.APPOINTMENT_STATE_CHECKED_IN);
        assertThat(rig.done()).hasSize(3);
    }

    // ---- trouble

    /** Two records, one of which opens something each time that it is done. */
    private void records(final SyncRig rig, final String appointment, final long person) throws Exception {
        rig.record("1.json", visit("check-in", appointment, ""));
        rig.record("2.json", "{\"do\":\"walk-in\",\"at\":\"" + at(1_000) + "\",\"lines\":[{\"person\":\"" + String.format("%016x", person) + "\",\"serviceId\":" + OnePost.SERVICE + "}]}");
    }

    private void assertToldOnce(final SyncRig rig, final String appointment, final long walkInsBefore) throws Exception {
        assertThat(rig.names("outbox")).isEmpty();
        assertThat(rig.refused()).as("%s", rig.notes).isEmpty();
        assertThat(rig.done()).hasSize(2);
        assertThat(state(appointment)).isEqualTo(AppointmentState.APPOINTMENT_STATE_CHECKED_IN);
        assertThat(walkIns()).isEqualTo(walkInsBefore + 1);
    }

    private long walkIns() {
        return SyncRig.told(channel, OnePost.POST).values().stream().filter(one -> Boolean.TRUE.equals(one.getBoolean("overflow"))).count();
    }

    @Test
    void givenALineThatIsCutBehindAnyFrame_whenThereIsAnother_thenTheFolderIsInStepAndRecordsAreToldOnce() throws Exception {
        aBusyHour();
        for (final boolean towardsServer : new boolean[] {true, false}) {
            int frames = 0;
            boolean isCut = true;
            while (isCut) {
                final SyncRig rig = rig("cut-" + towardsServer + "-" + frames);
                final String appointment = bookedSoon();
                final long before = walkIns();
                records(rig, appointment, 5_000_000 + (towardsServer ? 0 : 100_000) + frames);
                try (CuttingProxy line = new CuttingProxy(service.grpcPort(), towardsServer, frames)) {
                    try {
                        rig.once(line.port());
                    } catch (final StatusRuntimeException | SyncException lost) {
                        assertThat(line.isCut()).as("%s", lost).isTrue();
                    }
                    isCut = line.isCut();
                }
                cancel(bookedLater(6)); // the world goes on
                rig.once(service.grpcPort());
                assertInStep(rig);
                assertToldOnce(rig, appointment, before);
                frames++;
            }
            assertThat(frames).as("a run has messages enough to be cut").isGreaterThan(15);
        }
    }

    @Test
    void givenAMachineThatStopsAtAnyStep_whenItRunsAgain_thenTheFolderIsInStepAndRecordsAreToldOnce() throws Exception {
        aBusyHour();
        final SyncRig rig = rig("paris");
        rig.once(service.grpcPort());
        final JsonObject begin = rig.cursor();
        final List<Long> sent = new ArrayList<>();
        int step = 1;
        boolean isKilled = true;
        int done = 0;
        while (isKilled) {
            final String appointment = bookedSoon();
            final long before = walkIns();
            records(rig, appointment, 6_000_000 + step);
            final String moved = bookedLater(7);
            done(Command.newBuilder().setReschedule(Reschedule.newBuilder().setAppointment(moved).addLegs(leg(today, NOW_UNIT + 20))));
            cancel(bookedLater(8));
            sent.add(done(Command.newBuilder().setSendMessage(SendMessage.newBuilder().setApplication(application(0)).setPostId(OnePost.POST)
                    .setWriter(MessageWriter.MESSAGE_WRITER_APPLICANT))).getPosition());
            final KilledFiles files = new KilledFiles(step);
            try {
                rig.once(service.grpcPort(), files);
            } catch (final KilledFiles.Killed stopped) {
                assertThat(files.isKilled()).isTrue();
            }
            isKilled = files.isKilled();
            cancel(moved);
            rig.once(service.grpcPort());
            assertInStep(rig);
            done += 2;
            assertThat(rig.done()).as("step %d, %s", step, rig.notes).hasSize(done);
            assertThat(rig.refused()).isEmpty();
            assertThat(rig.names("outbox")).isEmpty();
            assertThat(walkIns()).isEqualTo(before + 1);
            step++;
        }
        assertThat(step).as("a run has steps enough to stop at").isGreaterThan(40);
        assertThat(rig.messages()).extracting(one -> one.getLong("number")).isEqualTo(sent);
        assertThat(rig.log()).isEqualTo(SyncRig.events(channel, OnePost.POST, begin)).doesNotHaveDuplicates();
    }

    @Test
    void givenAMachineThatStopsWhileEverythingIsRead_whenItRunsAgain_thenTheFolderIsInStep() throws Exception {
        aBusyHour();
        int step = 1;
        for (boolean isKilled = true; isKilled; step++) {
            isKilled = runTo(step, rig("first-" + step));
        }
        assertThat(step).as("a run has steps enough to stop at").isGreaterThan(20);
    }

    @Test
    void givenAMachineThatStopsWhileEverythingIsReadAnew_whenItRunsAgain_thenTheFolderIsInStep() throws Exception {
        aBusyHour();
        final SyncRig rig = rig("paris");
        rig.once(service.grpcPort());
        String visitor = bookedLater(10);
        int step = 1;
        for (boolean isKilled = true; isKilled; step++) {
            rig.makeCursorForeign();
            cancel(visitor);
            visitor = bookedLater(10 + step % 3);
            isKilled = runTo(step, rig);
        }
        assertThat(step).as("a run has steps enough to stop at").isGreaterThan(10);
    }

    /** Stops at a step, and runs again. @return whether there was such a step */
    private boolean runTo(final int step, final SyncRig rig) throws Exception {
        final KilledFiles files = new KilledFiles(step);
        try {
            rig.once(service.grpcPort(), files);
        } catch (final KilledFiles.Killed stopped) {
            assertThat(files.isKilled()).isTrue();
        }
        rig.once(service.grpcPort());
        assertInStep(rig);
        return files.isKilled();
    }

    @Test
    void givenAFolderThatFollows_whenTheWorldGoesOn_thenItIsSoonInStepAndWhatIsRecordedIsTold() throws Exception {
        final SyncRig rig = rig("paris");
        try (AutoCloseable following = rig.follow(service.grpcPort())) {
            aBusyHour();
            final String came = bookedSoon();
            rig.record("1.json", visit("check-in", came, ""));
            await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
                assertThat(rig.done()).hasSize(1);
                assertInStep(rig);
            });
        }
    }

    @Test
    void givenAFolderThatFollows_whenTheServerIsAwayForAWhile_thenThatIsToldOnceAndItsComingBackToo() throws Exception {
        final SyncRig rig = rig("paris");
        try (SteadyPort line = new SteadyPort(service.grpcPort()); AutoCloseable following = rig.follow(line.port())) {
            await().until(() -> rig.notes.contains("snapshot"));
            stop();
            await().atMost(60, TimeUnit.SECONDS).until(() -> rig.notes.stream().anyMatch(note -> note.startsWith("no connection")));
            serve();
            final String came = bookedSoon();
            line.leadTo(service.grpcPort());
            rig.record("1.json", visit("check-in", came, ""));
            await().atMost(60, TimeUnit.SECONDS).until(() -> rig.done().size() == 1 && rig.notes.contains("connected again"));
            await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> assertInStep(rig));
        }
        assertThat(rig.notes).filteredOn(note -> note.startsWith("no connection")).as("%s", rig.notes).hasSize(1);
    }

    @Test
    void givenCertificatesThatAreNone_whenRun_thenItSaysSo() throws Exception {
        final Path pem = Files.writeString(temporary.resolve("ca.pem"), "none");
        assertThatThrownBy(() -> new PostSync(new PostSync.Server("127.0.0.1", service.grpcPort(), pem, null, POST_CODE), temporary.resolve("paris"), rig("paris")))
                .isInstanceOf(IOException.class).hasMessageContaining("no certificates");
        final SyncRig wrong = rig("http");
        assertThatThrownBy(() -> wrong.once(service.httpPort())).isInstanceOfSatisfying(StatusRuntimeException.class,
                lost -> assertThat(PostSync.said(lost)).contains("no gRPC that answers there"));
    }

    @Test
    void givenAServerThatIsStartedAgain_whenTheFolderGoesOn_thenNothingIsReadAnew() throws Exception {
        final SyncRig rig = rig("paris");
        rig.once(service.grpcPort());
        aBusyHour();
        final int port = service.grpcPort();
        stop();
        assertThatThrownBy(() -> rig.once(port)).isInstanceOf(StatusRuntimeException.class);
        serve();
        aBusyHour();
        rig.once(service.grpcPort());
        assertInStep(rig);
        assertThat(rig.notes).containsOnlyOnce("snapshot");
    }

    // ---- manifest

    private String overHttp(final String path) throws Exception {
        final HttpResponse<String> response = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    @Test
    void givenTodaysVisits_whenTheManifestIsRead_thenItSaysWhoComesAndIsGenuine() throws Exception {
        final String appointment = bookedSoon();
        final SyncRig rig = rig("paris");
        rig.once(service.grpcPort());
        assertThat(rig.names("manifest")).hasSize(4).contains(date(today) + ".json", date(today + 1) + ".json");
        final JsonObject manifest = new JsonObject(Files.readString(rig.folder.resolve("manifest").resolve(date(today) + ".json")));
        assertThat(manifest.getInteger("expectedPersons")).isEqualTo(1);
        assertThat(manifest.getString("post")).isEqualTo(POST_CODE);
        final JsonObject visit = manifest.getJsonArray("appointments").getJsonObject(0);
        assertThat(visit.getString("appointment")).isEqualTo(appointment);
        assertThat(visit.getJsonArray("legs").getJsonObject(0).getString("desk")).isEqualTo("paris/1");
        assertThat(visit.getJsonArray("lines").getJsonObject(0).getString("service")).isEqualTo("passport");

        final ManifestVerifier verifier = ManifestVerifier.of(overHttp("/v1/stamp-keys"));
        final String jws = overHttp("/v1/posts/paris/manifests/" + date(today));
        final long nowMs = System.currentTimeMillis();
        assertThat(verifier.verify(jws, OnePost.POST, date(today), nowMs).getJsonArray("appointments")).isEqualTo(manifest.getJsonArray("appointments"));
        assertUntrusted(verifier, jws, OnePost.POST, date(today + 1), nowMs, "another post or date");
        assertUntrusted(verifier, jws, LYON, date(today), nowMs, "another post or date");
        assertUntrusted(verifier, jws, OnePost.POST, date(today), nowMs + 3 * 86_400_000L, "its time is over");
        assertUntrusted(ManifestVerifier.of(SigningKeys.passing().publicKeys()), jws, OnePost.POST, date(today), nowMs, "not known here");
        assertUntrusted(verifier, "no", OnePost.POST, date(today), nowMs, "no JWS");
        final String[] parts = jws.split("\\.");
        final String changed = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).replace("\"expectedPersons\":1", "\"expectedPersons\":2");
        assertUntrusted(verifier, parts[0] + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(changed.getBytes(StandardCharsets.UTF_8)) + '.' + parts[2],
                OnePost.POST, date(today), nowMs, "somebody has changed it");
    }

    private static void assertUntrusted(final ManifestVerifier verifier, final String jws, final int postId, final String date, final long nowMs, final String why) {
        assertThatThrownBy(() -> verifier.verify(jws, postId, date, nowMs)).isInstanceOf(UntrustedException.class).hasMessageContaining(why);
    }

    @Test
    void givenKeysThatThePostTrusts_whenTheServerSignsWithOthers_thenTheOldManifestStaysAndSomebodyIsTold() throws Exception {
        final SyncRig rig = rig("paris");
        rig.once(service.grpcPort());
        final List<String> before = new ArrayList<>(rig.names("manifest"));
        final String kept = Files.readString(rig.folder.resolve("manifest").resolve(date(today) + ".json"));
        Files.writeString(rig.folder.resolve("keys.jwks"), SigningKeys.passing().publicKeys());
        bookedSoon();
        rig.once(service.grpcPort());
        assertThat(rig.names("manifest")).isEqualTo(before);
        assertThat(Files.readString(rig.folder.resolve("manifest").resolve(date(today) + ".json"))).isEqualTo(kept);
        assertThat(rig.notes).anyMatch(note -> note.contains("the day manifest is not kept"));
        assertInStep(rig);
    }
}
