package org.mawid.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.network.NetworkImport.Existing;
import org.mawid.api.network.NetworkImport.Others;
import org.mawid.api.network.NetworkImport.Publication;
import org.mawid.engine.CommandSource;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Reply;
import org.mawid.engine.Setting;
import org.mawid.engine.readmodel.Availability;
import org.mawid.sbe.BeginChangeDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.Result;

/** The calendar of a server that runs for days: the real engine, in a simulation that is told what time it is. */
class LiveNetworkTest {
    private static final int AHEAD = 30;
    private static final int LYON = 1;
    private static final int LYON_POOLS = 4;
    private static final LocalDate START = LocalDate.of(2026, 11, 20);

    @TempDir
    private Path folder;
    private EmbeddedEngine engine;
    private LiveNetwork live;
    private long nowMs;

    @BeforeEach
    void start() throws Exception {
        nowMs = at(START, 8);
        open();
    }

    @AfterEach
    void stop() {
        live.close();
        engine.close();
    }

    @Test
    void givenAnImport_whenDaysPass_thenTheCalendarGrowsByADayADayAndNeverTwice() throws Exception {
        bring(2026, 2027);
        assertThat(lastOpen()).isEqualTo(START.plusDays(AHEAD));
        assertThat(live.extend()).as("nothing is missing yet").isZero();

        pass(START.plusDays(1), 3);
        assertThat(live.extend()).isEqualTo(LYON_POOLS);
        assertThat(lastOpen()).isEqualTo(START.plusDays(AHEAD + 1));
        final long position = engine.status().appliedPosition();
        pass(START.plusDays(1), 22);
        assertThat(live.extend()).isZero();
        assertThat(engine.status().appliedPosition()).as("the same day is not even asked about").isEqualTo(position);

        pass(START.plusDays(5), 3);
        assertThat(live.extend()).as("four days at once, after a pause").isEqualTo(4 * LYON_POOLS);
        assertThat(lastOpen()).isEqualTo(START.plusDays(AHEAD + 5));
    }

    @Test
    void givenTheLastYearOfHolidays_whenItComesNear_thenTheCalendarEndsWithIt_andGoesOnWithNewFiles() throws Exception {
        bring(2026, 2026);
        pass(START.plusDays(20), 3);
        live.extend();
        assertThat(lastOpen()).isEqualTo(LocalDate.of(2026, 12, 31));
        pass(START.plusDays(21), 3);
        assertThat(live.extend()).isZero();

        bring(2026, 2027);
        assertThat(lastOpen()).isEqualTo(START.plusDays(21 + AHEAD));
    }

    @Test
    void givenOnePostWithShorterHolidays_whenExtended_thenTheOthersGoOn() throws Exception {
        final NetworkFolder files = NetworkFolder.write(folder.resolve("files"), 2026, 2027)
                .file("host-holidays.csv", List.of("country_iso2,date,name", "FR,2026-07-14,f", "FR,2027-07-14,f", "TN,2026-03-20,i"))
                .line("desks.csv", 3, "MA-CG-LYON,D2", "MA-CG-LYON,D2")
                .line("resources.csv", 3, "RECEPTION_SEAT,24", "RECEPTION_SEAT,24\nMA-EM-TUNIS,RECEPTION_SEAT,4")
                .line("desks.csv", 3, "LEGALISATION,1", "LEGALISATION,1\nMA-EM-TUNIS,D1,LEGALISATION,1")
                .line("post-services.csv", 4, "MA-CG-LYON,PICKUP,D1", "MA-CG-LYON,PICKUP,D1\nMA-EM-TUNIS,LEGALIZATION,D1")
                .line("opening-hours.csv", 8, "14:00", "14:00\nMA-EM-TUNIS,THU,09:00,12:00,09:00,12:00");
        bring(files);
        pass(START.plusDays(40), 3);
        live.extend();

        assertThat(lastOpen()).isEqualTo(START.plusDays(40 + AHEAD));
        final int tunis = engine.readModel().catalogue().pools(2).get(0).poolId();
        assertThat(engine.readModel().availability().day(tunis, (int) LocalDate.of(2026, 12, 31).toEpochDay())).isNotNull();
        assertThat(engine.readModel().availability().day(tunis, (int) LocalDate.of(2027, 1, 7).toEpochDay())).isNull();
    }

    @Test
    void givenARestart_whenDaysHavePassed_thenTheKeptFilesBringThemBack() throws Exception {
        bring(2026, 2027);
        stop();
        nowMs = at(START.plusDays(7), 3);
        open();
        live.follow(NetworkFiles.kept(folder.resolve("network.zip")));

        assertThat(live.names().zone("MA-CG-LYON").getId()).isEqualTo("Europe/Paris");
        assertThat(live.extend()).isEqualTo(7 * LYON_POOLS);
        assertThat(lastOpen()).isEqualTo(START.plusDays(7 + AHEAD));
    }

    @Test
    void givenAnOfficerWhoHasStagedTheSameDay_whenExtended_thenItIsLeftToHimAndTriedAgainLater() throws Exception {
        bring(2026, 2027);
        final LocalDate next = START.plusDays(AHEAD + 1);
        final CommandWriter write = new CommandWriter(77, () -> nowMs);
        final long change = staged(write, next);

        pass(START.plusDays(1), 3);
        assertThat(live.extend()).isZero();
        assertThat(lastOpen()).isEqualTo(START.plusDays(AHEAD));
        send((slot, offset) -> write.abandonChange(slot, offset, change));
        assertThat(live.extend()).as("not at every look").isZero();
        pass(START.plusDays(1), 4);
        assertThat(live.extend()).isEqualTo(LYON_POOLS);
        assertThat(lastOpen()).isEqualTo(next);
    }

    @Test
    void givenAnImportThatWasKilled_whenTheNextOneComes_thenItEndsWhatWasLeftAndPublishesAll() throws Exception {
        killAnImport();
        final LocalDate later = START.plusDays(AHEAD + 1);
        final CommandWriter write = new CommandWriter(77, () -> nowMs);
        final long officers = staged(write, later);

        bring(2026, 2027);
        assertThat(lastOpen()).isEqualTo(START.plusDays(AHEAD));
        assertThat(openChanges()).as("an officer's work is not touched").containsExactly(officers);
        assertThat(folder.resolve("import.unfinished")).doesNotExist();
    }

    @Test
    void givenAnImportThatWasKilled_whenTheServerStarts_thenOthersCanStageItsDays() throws Exception {
        killAnImport();
        live.start();
        await().until(() -> openChanges().isEmpty());
        assertThat(staged(new CommandWriter(77, () -> nowMs), START.plusDays(3))).isPositive();
    }

    @Test
    void givenAnImportThatWasKilledAsItsChangesWereBegun_whenTheServerStartsOrTheNextComes_thenThoseEndAndAnOfficersStays() throws Exception {
        bring(2026, 2027);
        final CommandWriter write = new CommandWriter(77, () -> nowMs);
        final long officers = send((slot, offset) -> write.beginChange(slot, offset, LYON)); // as empty as those
        pass(START.plusDays(1), 3);
        killAnImportAsItsChangesAreBegun();
        live.start();
        await().until(() -> openChanges().size() == 1);
        assertThat(openChanges()).containsExactly(officers);
        await().until(() -> Files.notExists(folder.resolve("import.unfinished")));

        pass(START.plusDays(2), 3);
        killAnImportAsItsChangesAreBegun();
        bring(2026, 2027);
        assertThat(openChanges()).containsExactly(officers);
        assertThat(lastOpen()).isEqualTo(START.plusDays(AHEAD + 2));
    }

    /** The log hears that its changes begin; it does not hear their numbers any more. */
    private void killAnImportAsItsChangesAreBegun() throws Exception {
        final int before = openChanges().size();
        live.close();
        live = new LiveNetwork(deafToWhatItBegins(engine), folder.resolve("network.zip"), AHEAD, () -> nowMs);
        assertThatThrownBy(() -> bring(2026, 2027)).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        stop();
        open();
        assertThat(openChanges()).as("begun").hasSizeGreaterThan(before);
        assertThat(Files.readString(folder.resolve("import.unfinished"))).as("what they are called is not noted").contains("requests ").doesNotContain("change ");
    }

    private static Engine deafToWhatItBegins(final Engine engine) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        return (Engine) Proxy.newProxyInstance(Engine.class.getClassLoader(), new Class<?>[] {Engine.class}, (proxy, method, given) -> {
            if (!method.getName().equals("submit") || given.length != 3) {
                return method.invoke(engine, given);
            }
            final AtomicBoolean begins = new AtomicBoolean();
            final CommandSource source = (index, slot, offset) -> {
                final int length = ((CommandSource) given[0]).write(index, slot, offset);
                begins.set(header.wrap(slot, offset).templateId() == BeginChangeDecoder.TEMPLATE_ID);
                return length;
            };
            final Result admission = engine.submit(source, (tag, outcome, events, offset, length) -> {
                if (!begins.get()) {
                    ((Reply) given[1]).onOutcome(tag, outcome, events, offset, length);
                }
            }, (long) given[2]);
            if (begins.get()) {
                Thread.currentThread().interrupt(); // seen where the answers are waited for, when all are on their way
            }
            return admission;
        });
    }

    @Test
    void givenWhatAnotherLogHadOpen_whenImported_thenChangesOfTheSameNumbersStay() throws Exception {
        bring(2026, 2027);
        final long officers = staged(new CommandWriter(77, () -> nowMs), START.plusDays(AHEAD + 1));
        new Unfinished(folder.resolve("import.unfinished")).note(engine.status().appliedPosition() + 1_000, List.of(officers)); // no Tick gets there meanwhile
        bring(2026, 2027);
        assertThat(openChanges()).containsExactly(officers);
    }

    @Test
    void givenAnOfficerWhoHasStagedADay_whenImported_thenOneLineSaysWhereAndWhatToType() throws Exception {
        bring(2026, 2027);
        final LocalDate next = START.plusDays(AHEAD + 1);
        staged(new CommandWriter(77, () -> nowMs), next);
        pass(START.plusDays(1), 3);
        assertThatThrownBy(() -> bring(2026, 2027)).isInstanceOf(NetworkImportException.class)
                .hasMessage("nothing was published: 1 days are staged in changes that somebody has not finished at MA-CG-LYON, the first MA-CG-LYON D1 on " + next
                        + "; GET /v1/changes tells which: let them finish, or abandon their work by the same command with --take-over");
        assertThat(lastOpen()).isEqualTo(START.plusDays(AHEAD));
    }

    @Test
    void givenAnOfficerWhoHasStagedADay_whenADemoIsStartedOnALaterDay_thenHisChangeStaysAndAppliesAsHeLookedAtIt() throws Exception {
        bring(2026, 2027);
        final LocalDate next = START.plusDays(AHEAD + 1);
        final CommandWriter write = new CommandWriter(77, () -> nowMs);
        final long officers = staged(write, next);
        pass(START.plusDays(2), 3);
        assertThat(bringLeaving().published()).as("all but his").isEqualTo(2 * LYON_POOLS - 1);
        caughtUp();
        assertThat(lastOpen()).isEqualTo(next.plusDays(1));
        assertThat(engine.readModel().availability().day(1, (int) next.toEpochDay())).isNull();
        final long version = engine.readModel().catalogue().post(LYON).calendarVersion();

        assertThat(bringLeaving()).extracting(NetworkImport.Report::published, NetworkImport.Report::kept).as("once more").containsExactly(0, (AHEAD + 1) * LYON_POOLS - 1);
        assertThat(openChanges()).containsExactly(officers);
        assertThat(folder.resolve("import.unfinished")).doesNotExist();
        send((slot, offset) -> write.applyChange(slot, offset, officers, version));
        caughtUp();
        assertThat(engine.readModel().availability().day(1, (int) next.toEpochDay()).open()).hasSize(12).containsOnly(1);
        assertThat(bringLeaving().published()).isZero();
        assertThat(openChanges()).isEmpty();
    }

    /** What is read reflects all that has been answered: that is durable. */
    private void caughtUp() {
        assertThat(engine.readModel().availability().awaitPosition(engine.status().durablePosition(), 20_000)).isTrue();
    }

    /** As a demo does at its start. */
    private NetworkImport.Report bringLeaving() throws Exception {
        final LocalDate today = LocalDate.ofEpochDay(Math.floorDiv(nowMs, 86_400_000L));
        return live.bring(NetworkFiles.directory(folder.resolve("files")), new Publication(today, today.plusDays(AHEAD), today, Existing.KEEP, Others.LEAVE, true),
                (phase, done, total) -> { });
    }

    /** After all changes have been begun and most days staged its thread is gone, and then the process. */
    private void killAnImport() throws Exception {
        assertThatThrownBy(() -> bring(NetworkFolder.write(folder.resolve("files"), 2026, 2027), (phase, done, total) -> {
            if (phase == NetworkImport.Phase.DAYS) {
                throw new IllegalStateException("killed");
            }
        })).hasMessage("killed");
        stop();
        open();
        assertThat(openChanges()).isNotEmpty();
        assertThatThrownBy(() -> staged(new CommandWriter(76, () -> nowMs), START.plusDays(3))).hasMessageContaining("DAY_ALREADY_STAGED");
        for (final long change : openChanges().subList(1, openChanges().size())) {
            send((slot, offset) -> new CommandWriter(75, () -> nowMs).abandonChange(slot, offset, change)); // what was tried just now
        }
    }

    private List<Long> openChanges() {
        return OpenChanges.of(engine, (changeId, postId) -> true, 10_000);
    }

    /** An officer's, at the first desk. @return number of the change */
    private long staged(final CommandWriter write, final LocalDate date) throws Exception {
        final long change = send((slot, offset) -> write.beginChange(slot, offset, LYON));
        send((slot, offset) -> write.addToChange(slot, offset, change, 1, new OpenDay(1, (int) date.toEpochDay(), at(date, 8), 12, 1, 0, 1)));
        return change;
    }

    private void open() throws Exception {
        engine = EmbeddedEngine.start(EngineConfig.at(folder.resolve("data")).with(Setting.SIMULATION, true).with(Setting.RECORDS, false)
                .with(Setting.SEGMENT_BYTES, 4L << 20));
        engine.advanceTo(nowMs);
        live = new LiveNetwork(engine, folder.resolve("network.zip"), AHEAD, () -> nowMs);
    }

    private void bring(final int firstYear, final int lastYear) throws Exception {
        bring(NetworkFolder.write(folder.resolve("files"), firstYear, lastYear));
    }

    private void bring(final NetworkFolder files) throws Exception {
        bring(files, (phase, done, total) -> { });
    }

    private void bring(final NetworkFolder files, final NetworkImport.Progress progress) throws Exception {
        final LocalDate today = LocalDate.ofEpochDay(Math.floorDiv(nowMs, 86_400_000L));
        live.bring(NetworkFiles.directory(files.path()), new Publication(today, today.plusDays(AHEAD), today, Existing.KEEP, Others.REFUSE, true), progress);
    }

    private void pass(final LocalDate date, final int hour) {
        nowMs = at(date, hour);
        engine.advanceTo(nowMs);
    }

    private LocalDate lastOpen() {
        final Availability availability = engine.readModel().availability();
        LocalDate last = null;
        for (LocalDate date = START; date.isBefore(START.plusDays(400)); date = date.plusDays(1)) {
            last = availability.day(1, (int) date.toEpochDay()) == null ? last : date;
        }
        return last;
    }

    private interface Written {
        int into(MutableDirectBuffer slot, int offset);
    }

    private long send(final Written command) throws Exception {
        final CompletableFuture<Long> number = new CompletableFuture<>();
        final Result admitted = engine.submit((index, slot, offset) -> command.into(slot, offset), (tag, outcome, events, offset, length) -> {
            if (outcome.result() == Result.OK) {
                number.complete(outcome.number1());
            } else {
                number.completeExceptionally(new AssertionError(outcome.result()));
            }
        }, 0);
        assertThat(admitted).isEqualTo(Result.OK);
        return number.get();
    }

    private static long at(final LocalDate date, final int hour) {
        return Instant.parse(date + "T00:00:00Z").toEpochMilli() + hour * 3_600_000L;
    }
}
