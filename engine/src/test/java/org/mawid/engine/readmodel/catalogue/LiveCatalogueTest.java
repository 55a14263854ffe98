package org.mawid.engine.readmodel.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.engine.readmodel.CatalogueView.OpenChange;
import org.mawid.engine.readmodel.CatalogueView.Pool;
import org.mawid.engine.readmodel.CatalogueView.Quote;
import org.mawid.engine.readmodel.CatalogueView.Rules;
import org.mawid.engine.readmodel.CatalogueView.Tariff;
import org.mawid.engine.readmodel.CatalogueView.TariffPart;
import org.mawid.engine.readmodel.SearchPlan;
import org.mawid.engine.readmodel.SearchPlan.Need;
import org.mawid.sbe.Beneficiary;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.ChangeAbandonedEncoder;
import org.mawid.sbe.ChangeAppliedEncoder;
import org.mawid.sbe.ChangeBegunEncoder;
import org.mawid.sbe.ChangeRecordEncoder;
import org.mawid.sbe.DayPublishedEncoder;
import org.mawid.sbe.DayRecordEncoder;
import org.mawid.sbe.DayStagedEncoder;
import org.mawid.sbe.DeskServiceSetEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.PoolDefinedEncoder;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.PostDefinedEncoder;
import org.mawid.sbe.RateSetEncoder;
import org.mawid.sbe.RulesSetEncoder;
import org.mawid.sbe.ServiceDefinedEncoder;
import org.mawid.sbe.ServiceScope;
import org.mawid.sbe.TariffSetEncoder;

class LiveCatalogueTest {
    private static final int PARIS = 1;
    private static final int PASSPORT = 1;
    private static final int IDENTITY_CARD = 2;
    private static final int LAST_SERVICE = 128;

    private final LiveCatalogue catalogue = new LiveCatalogue();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private long nowMs = 1_000;

    @BeforeEach
    void aPostWithTwoDesks() {
        post("EUR", 2, 1);
        service(PASSPORT, "PASSPORT", 15, 1 << PoolKind.BIOMETRIC_STATION.value());
        service(IDENTITY_CARD, "IDENTITY_CARD", 12, 1 << PoolKind.BIOMETRIC_STATION.value());
        service(LAST_SERVICE, "LEGALISATION", 6, 0);
        pool(11, PoolKind.DESK);
        pool(10, PoolKind.DESK);
        pool(12, PoolKind.BIOMETRIC_STATION);
        serves(10, PASSPORT);
        serves(10, LAST_SERVICE);
        serves(11, PASSPORT);
        catalogue.onBatchEnd();
    }

    @Test
    void givenServices_whenDesksAreAskedFor_thenThoseThatServeThemAll() {
        assertThat(catalogue.desksFor(PARIS, PASSPORT)).extracting(Pool::poolId).containsExactly(10, 11);
        assertThat(catalogue.desksFor(PARIS, PASSPORT, LAST_SERVICE)).extracting(Pool::poolId).containsExactly(10);
        assertThat(catalogue.desksFor(PARIS, IDENTITY_CARD)).isEmpty();
        assertThat(catalogue.desksFor(PARIS, 129)).isEmpty();
        assertThat(catalogue.desksFor(2, PASSPORT)).isEmpty();
        assertThat(catalogue.pools(PARIS)).extracting(Pool::poolId).containsExactly(10, 11, 12);
        assertThat(catalogue.service("PASSPORT")).isEqualTo(catalogue.service(PASSPORT));
        assertThat(catalogue.post("PARIS")).isEqualTo(catalogue.post(PARIS)).isEqualTo(catalogue.posts().get(0));
        assertThat(catalogue.pool(99)).isNull();
    }

    @Test
    void givenAFamily_whenTheirVisitIsPlanned_thenTheLongestDecidesAndOnlyThoseWhoNeedAStationTakeOne() {
        final SearchPlan plan = catalogue.plan(List.of(new Need(7, PASSPORT, 1), new Need(7, IDENTITY_CARD, 1), new Need(8, LAST_SERVICE, 2), new Need(9, PASSPORT, 1)));
        assertThat(plan.persons()).isEqualTo(3);
        assertThat(plan.units()).as("27 minutes").isEqualTo(6);
        assertThat(plan.placesOf(PoolKind.BIOMETRIC_STATION)).isEqualTo(2);
        assertThat(plan.placesOf(PoolKind.ADOUL_PAIR)).isZero();
        assertThat(plan.resourceKinds()).isEqualTo(1 << PoolKind.BIOMETRIC_STATION.value());
        assertThat(plan.query(catalogue.desksFor(PARIS, PASSPORT), 20_500, 60, 10, nowMs).deskIds()).containsExactly(10, 11);
        assertThat(catalogue.plan(List.of(new Need(7, 77, 1)))).isNull();
    }

    @Test
    void givenATariffAndARate_whenQuoted_thenInDirhamsAndInTheCurrencyOfThePost() {
        tariff(PASSPORT, 1, 0, 30_000, 20_000);
        catalogue.onBatchEnd();
        assertThat(catalogue.quote(PARIS, PASSPORT, 1, nowMs)).as("no rate yet").isNull();
        rate(10_850_000);
        catalogue.onBatchEnd();
        assertThat(catalogue.quote(PARIS, PASSPORT, 1, nowMs)).isEqualTo(new Quote(50_000, 4_608, "EUR", 10_850_000, 1));
        assertThat(catalogue.tariff(PASSPORT, nowMs).beneficiaryCentimes()).containsExactly(0, 30_000, 0, 20_000, 0, 0);
        post("EUR", 2, 50);
        catalogue.onBatchEnd();
        assertThat(catalogue.quote(PARIS, PASSPORT, 1, nowMs)).as("only rounded otherwise").isEqualTo(new Quote(50_000, 4_600, "EUR", 10_850_000, 1));
        post("XOF", 0, 1);
        rate(0);
        catalogue.onBatchEnd();
        assertThat(catalogue.quote(PARIS, PASSPORT, 1, nowMs)).as("the rate has gone with the euro").isNull();
        post("EUR", 2, 1);
        rate(10_850_000);
        catalogue.onBatchEnd();
        assertThat(catalogue.quote(2, PASSPORT, 1, nowMs)).isNull();
        assertThat(catalogue.quote(PARIS, LAST_SERVICE, 1, nowMs)).as("no tariff").isNull();
        tariff(LAST_SERVICE, 1, 0, 0, 0);
        catalogue.onBatchEnd();
        assertThat(catalogue.quote(PARIS, LAST_SERVICE, 3, nowMs).amountCentimes()).as("free").isZero();
    }

    @Test
    void givenANewTariffFromNextYear_whenAskedBeforeAndAfter_thenEachHasItsTime() {
        tariff(PASSPORT, 1, 0, 100, 0);
        tariff(PASSPORT, 2, 5_000, 200, 0);
        tariff(PASSPORT, 3, 6_000, 300, 0); // replaces what never came into force
        catalogue.onBatchEnd();
        assertThat(catalogue.tariff(PASSPORT, 1_000).version()).isEqualTo(1);
        assertThat(catalogue.tariff(PASSPORT, 5_999).version()).isEqualTo(1);
        assertThat(catalogue.tariff(PASSPORT, 6_000).version()).isEqualTo(3);
        nowMs = 7_000;
        tariff(PASSPORT, 4, 9_000, 400, 0);
        catalogue.onBatchEnd();
        assertThat(catalogue.tariff(PASSPORT, 8_000).version()).isEqualTo(3);
        assertThat(catalogue.tariff(PASSPORT, 5_000)).as("before what is kept").isNull();
    }

    @Test
    void givenATariffWithPartsInAnyOrder_whenListed_thenBothVersionsThatAreKeptWithThePartsAsTheyWereSaid() {
        assertThat(catalogue.tariffs(PASSPORT)).isEmpty();
        tariff(PASSPORT, 1, 0, 100, 0);
        tariff(PASSPORT, 2, 5_000, 200, 0);
        new TariffSetEncoder().wrapAndApplyHeader(buffer, 0, header).serviceId(PASSPORT).version(4_000_000_000L).validFromMs(6_000).componentsCount(3)
                .next().beneficiary(Beneficiary.STAMP).amountCentimes(7).next().beneficiary(Beneficiary.ADOUL).amountCentimes(0)
                .next().beneficiary(Beneficiary.STAMP).amountCentimes(5);
        say();
        catalogue.onBatchEnd();
        assertThat(catalogue.tariffs(PASSPORT)).as("what never came into force is not kept").containsExactly(
                new Tariff(PASSPORT, 1, 0, 100, List.of(new TariffPart(Beneficiary.RECEIPT, 100), new TariffPart(Beneficiary.STAMP, 0))),
                new Tariff(PASSPORT, 4_000_000_000L, 6_000, 12, List.of(new TariffPart(Beneficiary.STAMP, 7), new TariffPart(Beneficiary.ADOUL, 0),
                        new TariffPart(Beneficiary.STAMP, 5))));
        assertThat(catalogue.tariffs(PASSPORT).get(1).beneficiaryCentimes()).containsExactly(0, 0, 0, 12, 0, 0);
    }

    @Test
    void givenADesk_whenAskedWhatItDoes_thenItsServicesAndThePoolsOfItsPostThatTheyNeed() {
        pool(13, PoolKind.ADOUL_PAIR);
        pool(14, PoolKind.RECEPTION_SEAT);
        catalogue.onBatchEnd();
        assertThat(catalogue.desk(10).pool()).isEqualTo(catalogue.pool(10));
        assertThat(catalogue.desk(10).services()).containsExactly(catalogue.service(PASSPORT), catalogue.service(LAST_SERVICE));
        assertThat(catalogue.desk(10).resources()).as("no pair for them, but seats for all").extracting(Pool::poolId).containsExactly(12, 14);
        assertThat(catalogue.desk(12)).as("no desk").isNull();
        assertThat(catalogue.desk(99)).isNull();
        new DeskServiceSetEncoder().wrapAndApplyHeader(buffer, 0, header).deskId(11).serviceId(PASSPORT).serves(BooleanType.NO);
        say();
        catalogue.onBatchEnd();
        assertThat(catalogue.desk(11).services()).isEmpty();
        assertThat(catalogue.desk(11).resources()).as("nothing is needed for nothing").isEmpty();
    }

    @Test
    void givenChanges_whenDaysAreStagedAndSomeEnd_thenThoseThatAreOpenAndHowMuchWaitsInEach() {
        begun(7, PARIS, 90);
        begun(8, PARIS, 91);
        begun(9, 2, 92);
        staged(7, 20_510);
        staged(7, 20_500);
        staged(7, 20_500);
        staged(9, 20_600);
        assertThat(catalogue.openChanges()).as("also while its batch goes on, but not of a post that is not shown yet").containsExactly(
                new OpenChange(7, PARIS, 3, 20_500, 20_510, 90, nowMs), new OpenChange(8, PARIS, 0, 0, 0, 91, nowMs));
        new ChangeAppliedEncoder().wrapAndApplyHeader(buffer, 0, header).changeId(7).version(2).head().postId(PARIS);
        say();
        assertThat(catalogue.openChanges()).extracting(OpenChange::changeId).containsExactly(8L);
        new ChangeAbandonedEncoder().wrapAndApplyHeader(buffer, 0, header).changeId(8).head().postId(PARIS);
        say();
        assertThat(catalogue.openChanges()).isEmpty();
    }

    @Test
    void givenARebuild_whenChangesAreTold_thenWithTheirDaysAndWhenTheyWereBegunAndTheOldUntilItIsShown() {
        begun(7, PARIS, 90);
        catalogue.beginRebuild();
        post("EUR", 2, 1);
        new ChangeRecordEncoder().wrapAndApplyHeader(buffer, 0, header).changeId(8).postId(PARIS).begunPosition(91).begunMs(nowMs - 1);
        say();
        for (final long change : new long[] {8, 0, 8}) {
            new DayRecordEncoder().wrapAndApplyHeader(buffer, 0, header).poolId(10).postId(PARIS).epochDay(20_500).changeId(change).startMs(0).releasedAtMs(0)
                    .alignUnits((short) 1).unitsCount(0);
            say();
        }
        assertThat(catalogue.openChanges()).extracting(OpenChange::changeId).containsExactly(7L);
        catalogue.onBatchEnd();
        assertThat(catalogue.openChanges()).containsExactly(new OpenChange(8, PARIS, 2, 20_500, 20_500, 91, nowMs - 1));
    }

    @Test
    void givenADayIsPublished_whenThePostIsAsked_thenItsCalendarVersionIsThere_andTheRestOnlyWhenShown() {
        final DayPublishedEncoder day = new DayPublishedEncoder().wrapAndApplyHeader(buffer, 0, header);
        day.head().position(9).nowMs(nowMs).ordinal(0).postId(PARIS);
        day.poolId(10).epochDay(1).startMs(1).releasedAtMs(0).unitCount((short) 1).alignUnits((short) 1).version(42).runsCount(0);
        say();
        assertThat(catalogue.post(PARIS).calendarVersion()).isEqualTo(42);
        rate(5);
        assertThat(catalogue.post(PARIS).microMadPerUnit()).isZero();
        catalogue.onBatchEnd();
        assertThat(catalogue.post(PARIS).microMadPerUnit()).isEqualTo(5);
        catalogue.beginRebuild();
        assertThat(catalogue.posts()).hasSize(1);
        catalogue.onBatchEnd();
        assertThat(catalogue.posts()).isEmpty();
    }

    @Test
    void givenRulesAreSet_whenTheyAreShown_thenEachIsWhatWasSaidAndARebuildForgetsThem() {
        assertThat(catalogue.rules()).as("nobody has told").isNull();
        new RulesSetEncoder().wrapAndApplyHeader(buffer, 0, header)
                .holdTtlMs(1).holdBudgetRefillMs(2).validationTtlMs(3).rememberMs(4).createdSkewMs(5).checkInEarlyMs(6).noShowGraceMs(7).retainMs(8)
                .maxApplications(9).maxLines(10).maxPersons(11).maxAppointments(12).maxHolds(13).maxLegs(14).maxStamps(15).maxDays(16).maxRequests(17)
                .maxClients(18).maxChanges(19).horizonDays(20).expiredPerTick(21).holdsPerPerson((short) 22).holdBudget((short) 23)
                .openLinesPerPerson((short) 24).reschedulesPerAppointment((short) 25);
        say();
        assertThat(catalogue.rules()).as("not shown yet").isNull();
        catalogue.onBatchEnd();
        assertThat(catalogue.rules()).isEqualTo(new Rules(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25));
        rate(5);
        catalogue.onBatchEnd();
        assertThat(catalogue.rules()).as("another change leaves them").isNotNull();
        catalogue.beginRebuild();
        catalogue.onBatchEnd();
        assertThat(catalogue.rules()).isNull();
    }

    private void post(final String currency, final int digits, final int round) {
        new PostDefinedEncoder().wrapAndApplyHeader(buffer, 0, header).postId(PARIS).code("PARIS").currency(currency).minorDigits((short) digits).roundToMinor(round);
        say();
    }

    private void service(final int id, final String code, final int minutes, final int kinds) {
        new ServiceDefinedEncoder().wrapAndApplyHeader(buffer, 0, header).serviceId(id).durationMinutes(minutes).code(code).scope(ServiceScope.ANY_POST)
                .validationRequired(BooleanType.YES).appointmentRequired(BooleanType.YES).urgent(BooleanType.NO).resourceKinds((short) kinds).quantityMax((short) 4);
        say();
    }

    private void pool(final int id, final PoolKind kind) {
        new PoolDefinedEncoder().wrapAndApplyHeader(buffer, 0, header).poolId(id).postId(PARIS).kind(kind).code("D" + id);
        say();
    }

    private void serves(final int desk, final int service) {
        new DeskServiceSetEncoder().wrapAndApplyHeader(buffer, 0, header).deskId(desk).serviceId(service).serves(BooleanType.YES);
        say();
    }

    private void begun(final long change, final int post, final long position) {
        new ChangeBegunEncoder().wrapAndApplyHeader(buffer, 0, header).changeId(change).head().position(position).nowMs(nowMs).postId(post);
        say();
    }

    private void staged(final long change, final int epochDay) {
        new DayStagedEncoder().wrapAndApplyHeader(buffer, 0, header).changeId(change).poolId(10).epochDay(epochDay).startMs(0).releasedAtMs(0)
                .unitCount((short) 1).alignUnits((short) 1).runsCount(0);
        say();
    }

    private void rate(final long micro) {
        new RateSetEncoder().wrapAndApplyHeader(buffer, 0, header).postId(PARIS).microMadPerUnit(micro);
        say();
    }

    private void tariff(final int service, final long version, final long validFromMs, final long receipt, final long stamp) {
        new TariffSetEncoder().wrapAndApplyHeader(buffer, 0, header).serviceId(service).version(version).validFromMs(validFromMs).componentsCount(2)
                .next().beneficiary(Beneficiary.RECEIPT).amountCentimes(receipt).next().beneficiary(Beneficiary.STAMP).amountCentimes(stamp);
        say();
    }

    private void say() {
        catalogue.onMessage(nowMs, buffer, 0);
    }
}
