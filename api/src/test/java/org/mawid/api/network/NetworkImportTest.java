package org.mawid.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.network.NetworkImport.Existing;
import org.mawid.api.network.NetworkImport.Others;
import org.mawid.api.network.NetworkImport.Publication;
import org.mawid.api.network.NetworkImport.Report;
import org.mawid.engine.readmodel.Availability.DayView;
import org.mawid.sbe.AbandonChangeDecoder;
import org.mawid.sbe.AddToChangeDecoder;
import org.mawid.sbe.ApplyChangeDecoder;
import org.mawid.sbe.DefinePoolDecoder;
import org.mawid.sbe.DefinePostDecoder;
import org.mawid.sbe.DefineServiceDecoder;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Result;
import org.mawid.sbe.SetRateDecoder;

/** From files to commands, and what a second import sends. */
class NetworkImportTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 6, 1);
    private static final long NOW_MS = Instant.parse("2026-05-01T08:00:00Z").toEpochMilli();

    /** Patience with the fake engine, which is never this slow unless told to. */
    private static final long STALL_MS = 1_500;

    private final FakeEngine engine = new FakeEngine();
    private long importIds;

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void givenAnEmptyEngine_whenANetworkIsImported_thenItKnowsCatalogueAndDaysUnderTheNumbersOfTheFiles() {
        final Report report = run(new SmallNetwork().read(), 7, Existing.KEEP);
        assertThat(engine.posts.values()).extracting(post -> post.postId() + " " + post.code() + " " + post.currency() + " " + post.minorDigits() + " "
                + post.roundToMinor() + " " + post.microMadPerUnit()).containsExactly("1 MA-CG-LYON EUR 2 1 10800000", "2 MA-EM-TUNIS TND 3 1 3190000");
        assertThat(engine.pools.values()).extracting(pool -> pool.poolId() + " " + pool.postId() + " " + pool.kind() + " " + pool.code()).containsExactly(
                "1 1 DESK D1", "2 1 DESK D2", "3 1 BIOMETRIC_STATION BIOMETRIC_STATION", "4 1 RECEPTION_SEAT RECEPTION_SEAT");
        assertThat(engine.serves).containsExactly("1 1", "1 3", "2 2");
        assertThat(engine.services.get(1).resourceKinds()).isEqualTo(1 << PoolKind.BIOMETRIC_STATION.value());
        assertThat(engine.services.get(2).quantityMax()).isEqualTo(10);
        assertThat(engine.services.get(3).appointmentRequired()).isFalse();
        assertThat(engine.tariffs.get(1).unitCentimes()).isEqualTo(86_000);
        assertThat(engine.tariffs.get(3).unitCentimes()).isZero();

        // Monday, Friday and the exceptional Sunday, of four pools.
        assertThat(engine.days).hasSize(3 * 4);
        assertThat(report.published()).isEqualTo(12);
        assertThat(report.kept()).isZero();
        assertThat(report.commands()).isEqualTo(engine.templates.size());
        assertThat(report.position()).isEqualTo(engine.position());
        assertThat(engine.changes).isEmpty();
        final DayView monday = engine.days.get(FakeEngine.key(4, (int) MONDAY.toEpochDay()));
        assertThat(Instant.ofEpochMilli(monday.startMs())).isEqualTo("2026-06-01T07:00:00Z");
        assertThat(monday.open()).hasSize(72).containsOnly(24);
        assertThat(Instant.ofEpochMilli(monday.releasedAtMs())).isEqualTo("2026-04-02T07:01:00Z");
    }

    @Test
    void givenTheSameFilesAgain_thenNotOneCommand() {
        final Network network = new SmallNetwork().read();
        run(network, 7, Existing.KEEP);
        final int sent = engine.templates.size();
        final Report second = run(network, 7, Existing.KEEP);
        assertThat(second).isEqualTo(new Report(0, 0, 12, 0, 0));
        assertThat(run(network, 7, Existing.REPLACE)).isEqualTo(new Report(0, 0, 12, 0, 0));
        assertThat(engine.templates).hasSize(sent);
    }

    @Test
    void givenTheWholeNetworkTwice_thenAYearOfDaysAndThenNothing() {
        final Network network = Network.bundled();
        final Report first = run(network, 366, Existing.KEEP);
        int days = 0;
        for (OpenDay day : new Schedule(network).openDays(MONDAY, MONDAY.plusDays(365), MONDAY)) days++;
        assertThat(first.published()).isEqualTo(days);
        assertThat(engine.days).hasSize(days);
        assertThat(engine.pools).hasSize(737);
        assertThat(engine.serves).hasSize(6_690);
        assertThat(run(network, 366, Existing.KEEP)).isEqualTo(new Report(0, 0, days, 0, 0));
    }

    @Test
    void givenARollingCalendar_whenADayPasses_thenOnlyTheNewestDayIsPublished() {
        final Network network = new SmallNetwork().read();
        run(network, 4, Existing.KEEP); // Monday to Thursday
        final Report next = importer(engine).publish(new Schedule(network), new Publication(MONDAY, MONDAY.plusDays(4), MONDAY, Existing.KEEP, Others.REFUSE));
        assertThat(next.published()).isEqualTo(4);
        assertThat(next.kept()).isEqualTo(4);
        assertThat(engine.posts.get(1).calendarVersion()).isEqualTo(2);
    }

    @Test
    void givenADeskInTheMiddleOfTheFile_whenImportedAgain_thenOldNumbersStayAndTheNewDeskGetsTheNext() {
        run(new SmallNetwork().read(), 1, Existing.KEEP);
        final SmallNetwork files = new SmallNetwork()
                .file("desks.csv", "post_code,desk_code,group,counters", "MA-CG-LYON,D0,LEGALISATION,1", "MA-CG-LYON,D1,PASSPORT;OTHER,3", "MA-CG-LYON,D2,LEGALISATION,1")
                .line("post-services.csv", 3, "D2", "D0")
                .line("services.csv", 5, "VISA_SINGLE,n,n,n,n,15,0,false,true,,,ANY_POST,LEGALISATION,false,,false,1,")
                .line("post-services.csv", 5, "MA-CG-LYON,VISA_SINGLE,D2");
        files.line("posts.csv", 2, "MA-CG-NICE,CONSULATE_GENERAL,Nice,FR,n,Europe/Paris,EUR,SAT_SUN,n,n,n")
                .line("posts.csv", 4, "MA-CG-LYON,CONSULATE_GENERAL,Lyon,FR,n,Europe/Paris,EUR,SAT_SUN,n,n,n")
                .line("posts.csv", 5, "MA-EM-TUNIS,EMBASSY,Tunis,TN,n,Africa/Tunis,TND,SAT_SUN,n,n,n");
        files.line("posts.csv", 3, "MA-CG-LILLE,CONSULATE_GENERAL,Lille,FR,n,Europe/Paris,EUR,SAT_SUN,n,n,n");
        engine.templates.clear();
        final Report second = run(files.read(), 1, Existing.KEEP);
        assertThat(engine.posts.values()).extracting(post -> post.postId() + " " + post.code())
                .containsExactly("1 MA-CG-LYON", "2 MA-EM-TUNIS", "3 MA-CG-NICE", "4 MA-CG-LILLE");
        assertThat(engine.pools.values()).extracting(pool -> pool.poolId() + " " + pool.code())
                .containsExactly("1 D1", "2 D2", "3 BIOMETRIC_STATION", "4 RECEPTION_SEAT", "5 D0");
        assertThat(engine.serves).containsExactly("1 1", "1 3", "2 4", "5 2"); // D2 gave legalisation to D0
        assertThat(second.published()).isEqualTo(1); // the Monday of D0
        assertThat(second.kept()).isEqualTo(4);
        assertThat(engine.templates).containsOnlyOnce(DefinePoolDecoder.TEMPLATE_ID).containsOnlyOnce(DefineServiceDecoder.TEMPLATE_ID);
    }

    @Test
    void givenAPostWithAnotherCurrency_thenItsRateFollowsAtOnceAndNothingElseIsSaid() {
        run(new SmallNetwork().read(), 1, Existing.KEEP);
        engine.templates.clear();
        run(new SmallNetwork().line("posts.csv", 2, ",EUR,", ",TND,").read(), 1, Existing.KEEP);
        assertThat(engine.templates).containsExactly(DefinePostDecoder.TEMPLATE_ID, SetRateDecoder.TEMPLATE_ID);
        engine.templates.clear();
        run(new SmallNetwork().read(), 1, Existing.KEEP);
        assertThat(engine.templates).as("back again").containsExactly(DefinePostDecoder.TEMPLATE_ID, SetRateDecoder.TEMPLATE_ID);
    }

    @Test
    void givenANewFeeAndANewRate_thenTheTariffGetsAVersionAndThePostItsRate() {
        run(new SmallNetwork().read(), 1, Existing.KEEP);
        engine.templates.clear();
        run(new SmallNetwork().line("services.csv", 3, "60,false", "70,false").line("services.csv", 3, "CHANCERY:60", "CHANCERY:70")
                .line("chancery-rates.csv", 2, "10.80", "10.85").read(), 1, Existing.KEEP);
        assertThat(engine.tariffs.get(2).version()).isEqualTo(2);
        assertThat(engine.tariffs.get(2).unitCentimes()).isEqualTo(7_000);
        assertThat(engine.tariffs.get(2).validFromMs()).isEqualTo(NOW_MS);
        assertThat(engine.posts.get(1).microMadPerUnit()).isEqualTo(10_850_000);
        assertThat(engine.templates).hasSize(2);
    }

    @Test
    void givenDaysThatAnOfficerChanged_whenKeptTheyStay_andWhenReplacedTheyBecomeTheFiles() {
        final Network network = new SmallNetwork().read();
        run(network, 7, Existing.KEEP);
        final String key = FakeEngine.key(1, (int) MONDAY.toEpochDay());
        final DayView old = engine.days.get(key);
        final int[] fewer = old.open().clone();
        fewer[10] = 1;
        final DayView changed = new DayView(1, old.epochDay(), old.startMs(), old.releasedAtMs(), old.alignUnits(), fewer, fewer, new int[0], old.position());
        engine.days.put(key, changed);
        assertThat(run(network, 7, Existing.KEEP).published()).isZero();
        assertThat(engine.days.get(key)).isSameAs(changed);
        assertThat(run(network, 7, Existing.REPLACE)).satisfies(report -> {
            assertThat(report.published()).isEqualTo(1);
            assertThat(report.kept()).isEqualTo(11);
        });
        assertThat(engine.days.get(key).open()).containsOnly(3);

        final int[] kept = new int[fewer.length];
        kept[10] = 1;
        engine.days.put(key, new DayView(1, old.epochDay(), old.startMs(), old.releasedAtMs(), old.alignUnits(), old.room(), old.open(), kept, old.position()));
        assertThat(run(network, 7, Existing.REPLACE).published()).as("as many open, but one more there is withheld").isEqualTo(1);
        assertThat(engine.days.get(key).withheld()).isEmpty();
    }

    @Test
    void givenAHolidayThatIsNew_whenReplaced_thenThePublishedDayStaysOpenAndIsCounted() {
        run(new SmallNetwork().read(), 7, Existing.KEEP);
        final Network withHoliday = new SmallNetwork().line("holidays-ma.csv", 4, "2026-06-01,Nouvelle fête").read();
        final Report report = run(withHoliday, 7, Existing.REPLACE);
        assertThat(report).isEqualTo(new Report(0, 0, 8, 4, 0));
        assertThat(engine.days).hasSize(12);
    }

    @Test
    void givenADayBeyondTheCalendars_thenNothingIsSent() {
        assertThatThrownBy(() -> run(new SmallNetwork().read(), 366, Existing.KEEP)).isInstanceOf(ScheduleRefusedException.class);
        assertThat(engine.templates).isEmpty();
    }

    @Test
    void givenOneDayRefused_thenAllChangesAreAbandonedAndNoDayIsThere() {
        final AtomicInteger adds = new AtomicInteger();
        engine.refusal = (number, template) -> template == AddToChangeDecoder.TEMPLATE_ID && adds.incrementAndGet() == 7 ? Result.BEYOND_HORIZON : Result.OK;
        assertThatThrownBy(() -> run(new SmallNetwork().read(), 7, Existing.KEEP)).isInstanceOf(NetworkImportException.class)
                .hasMessage("the engine refused 1 of the commands\n  MA-CG-LYON BIOMETRIC_STATION on 2026-06-05: BEYOND_HORIZON");
        assertThat(engine.days).isEmpty();
        assertThat(engine.changes).isEmpty();
        assertThat(engine.templates).contains(AbandonChangeDecoder.TEMPLATE_ID).doesNotContain(ApplyChangeDecoder.TEMPLATE_ID);
        engine.refusal = (number, template) -> Result.OK;
        assertThat(run(new SmallNetwork().read(), 7, Existing.KEEP).published()).isEqualTo(12);
    }

    @Test
    void givenADayThatEndsWhileItIsStaged_thenTheOthersArePublished() {
        final AtomicInteger adds = new AtomicInteger();
        engine.refusal = (number, template) -> template == AddToChangeDecoder.TEMPLATE_ID && adds.incrementAndGet() == 1 ? Result.IN_THE_PAST : Result.OK;
        assertThat(run(new SmallNetwork().read(), 7, Existing.KEEP).published()).isEqualTo(11);
        assertThat(engine.days).hasSize(11);
    }

    @Test
    void givenADayThatIsOver_thenItIsNotSent() {
        final LocalDate longAgo = LocalDate.of(2026, 4, 27); // a Monday before NOW_MS
        final Report report = importer(engine).run(new Schedule(new SmallNetwork().read()), new Publication(longAgo, longAgo.plusDays(7), longAgo, Existing.KEEP, Others.REFUSE));
        assertThat(engine.days).hasSize(2 * 4); // Sunday and the next Monday; Friday is a holiday
        assertThat(report.published()).isEqualTo(8);
    }

    @Test
    void givenSomebodyPublishesInBetween_thenTheChangeIsAppliedOnTheNewVersion() {
        final AtomicInteger applies = new AtomicInteger();
        engine.refusal = (number, template) -> {
            if (template == ApplyChangeDecoder.TEMPLATE_ID && applies.incrementAndGet() == 1) engine.bumpVersion(1);
            return Result.OK;
        };
        run(new SmallNetwork().read(), 7, Existing.KEEP);
        assertThat(applies).hasValue(2);
        assertThat(engine.days).hasSize(12);
        assertThat(engine.posts.get(1).calendarVersion()).isEqualTo(2);
    }

    @Test
    void givenSomebodyAlwaysPublishesInBetween_thenItIsSaidSoAndTheChangeStaysToBeFinished() {
        engine.refusal = (number, template) -> {
            if (template == ApplyChangeDecoder.TEMPLATE_ID) engine.bumpVersion(1);
            return Result.OK;
        };
        assertThatThrownBy(() -> run(new SmallNetwork().read(), 7, Existing.KEEP)).hasMessageContaining("change of MA-CG-LYON: CONFLICT");
        assertThat(engine.changes).hasSize(1);
        assertThat(engine.days).isEmpty();
    }

    @Test
    void givenACommandOfTheCatalogueIsRefused_thenNoDayIsStaged() {
        engine.refusal = (number, template) -> template == DefinePoolDecoder.TEMPLATE_ID ? Result.CATALOGUE_CONFLICT : Result.OK;
        assertThatThrownBy(() -> run(new SmallNetwork().read(), 7, Existing.KEEP)).isInstanceOf(NetworkImportException.class)
                .hasMessageContaining("MA-CG-LYON D1: CATALOGUE_CONFLICT").hasMessageContaining("MA-CG-LYON RECEPTION_SEAT: CATALOGUE_CONFLICT");
        assertThat(engine.changes).isEmpty();
        assertThat(engine.days).isEmpty();
    }

    @Test
    void givenAnEngineTooBusyForAWhile_thenTheImportWaitsAndLosesNothing() {
        engine.unavailable = 50;
        assertThat(run(new SmallNetwork().read(), 7, Existing.KEEP).published()).isEqualTo(12);
    }

    @Test
    void givenAnEngineThatStopsOrFallsSilent_thenTheImportEndsAndSaysWhy() {
        engine.silent = true;
        assertThatThrownBy(() -> run(new SmallNetwork().read(), 7, Existing.KEEP)).isInstanceOf(NetworkImportException.class).hasMessage("the engine does not answer, for 1 s");
        engine.running = false;
        assertThatThrownBy(() -> run(new SmallNetwork().read(), 7, Existing.KEEP)).hasMessage("the engine has stopped");
        engine.running = true;
        engine.silent = false;
        engine.unavailable = Integer.MAX_VALUE;
        assertThatThrownBy(() -> run(new SmallNetwork().read(), 7, Existing.KEEP)).hasMessage("the engine takes no commands: UNAVAILABLE, for 1 s");
    }

    @Test
    void givenANetworkThatIsNotInTheCatalogue_whenOnlyDaysArePublished_thenRefused() {
        assertThatThrownBy(() -> importer(engine).publish(new Schedule(new SmallNetwork().read()), new Publication(MONDAY, MONDAY, MONDAY, Existing.KEEP, Others.REFUSE)))
                .hasMessage("MA-CG-LYON is not in the catalogue");
    }

    @Test
    void progressGrowsToItsTotal() {
        final List<String> seen = new ArrayList<>();
        final NetworkImport importer = new NetworkImport(engine.engine(), ++importIds, () -> NOW_MS, (phase, done, total) -> seen.add(phase + " " + done + "/" + total), new Unfinished(null), STALL_MS);
        importer.run(new Schedule(new SmallNetwork().read(), new Release.Monthly(LocalTime.of(9, 0)), 3), new Publication(MONDAY, MONDAY, MONDAY, Existing.KEEP, Others.TAKE_OVER));
        assertThat(seen).containsExactly("CATALOGUE 1/2", "CATALOGUE 2/2", "DAYS 1/1");
        assertThat(engine.days.values()).extracting(DayView::alignUnits).containsOnly(3);
    }

    private Report run(Network network, int days, Existing existing) {
        return importer(engine).run(new Schedule(network), new Publication(MONDAY, MONDAY.plusDays(days - 1), MONDAY, existing, Others.REFUSE));
    }

    private NetworkImport importer(FakeEngine engine) {
        return new NetworkImport(engine.engine(), ++importIds, () -> NOW_MS, (phase, done, total) -> {}, new Unfinished(null), STALL_MS);
    }
}
