package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.api.network.NetworkFiles;
import org.mawid.api.network.NetworkFolder;
import org.mawid.api.network.NetworkImport;
import org.mawid.api.network.NetworkImport.Existing;
import org.mawid.api.network.NetworkImport.Others;
import org.mawid.api.network.NetworkImport.Publication;
import org.mawid.api.network.NetworkImportException;
import org.mawid.client.HoldReply;
import org.mawid.grpc.AddToChange;
import org.mawid.grpc.BeginChange;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.Day;
import org.mawid.grpc.GetDayRequest;
import org.mawid.grpc.InventoryServiceGrpc;
import org.mawid.grpc.Leg;
import org.mawid.grpc.ListChangesRequest;
import org.mawid.grpc.ListDeskServicesRequest;
import org.mawid.grpc.ListPostsRequest;
import org.mawid.grpc.ListServicesRequest;
import org.mawid.grpc.ListTariffsRequest;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.OpenChange;
import org.mawid.grpc.Run;
import org.mawid.grpc.SetRules;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;

/** New prices, durations, rates, desks and hours at a running server, with one day that cannot be as the files say. */
class RefusedImportTest extends ServiceFixture {
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
    /** The post is open then and two days later. */
    private static final int SOON = (int) TODAY.plusDays(3).datesUntil(TODAY.plusDays(9))
            .filter(date -> !NetworkFolder.isHoliday(date) && !NetworkFolder.isHoliday(date.plusDays(2))).findFirst().orElseThrow().toEpochDay();
    private static final int DAYS = 7;
    private static final int PASSPORT = 1;
    private static final int D1 = 1;

    @TempDir
    private Path files;

    /** Only what is imported is open: the calendar would be extended at any moment after the start. */
    @Override
    Map<String, String> settings() {
        return Map.of(EdgeSetting.CALENDAR_DAYS.key(), "0");
    }

    @Test
    void givenMoreHeldThanTheFilesHaveCountersFor_whenImported_thenNothingIsOtherThanBefore() throws Exception {
        bring(network());
        hold(1);
        hold(2);
        final List<Object> before = answers();
        assertThatThrownBy(() -> bring(changed().line("desks.csv", 2, "PASSPORT;OTHER,3", "PASSPORT;OTHER,1"))).isInstanceOf(NetworkImportException.class)
                .hasMessageContaining("MA-CG-LYON D1 on " + LocalDate.ofEpochDay(SOON) + ": CAPACITY_BELOW_TAKEN");
        assertThat(answers()).isEqualTo(before);

        bring(changed());
        assertThat(answers()).isNotEqualTo(before);
    }

    @Test
    void givenNoRoomForFurtherDays_whenImported_thenNothingIsOtherThanBefore() throws Exception {
        bring(network());
        final SetRules.Builder rules = client.rules(service.engine().status().durablePosition()).getRules().toBuilder();
        final int inUse = (DAYS + 1) * 4;
        assertThat(client.execute(Command.newBuilder().setSetRules(rules.setMaxDays(inUse + 1)).build()).getResultValue()).isEqualTo(0);
        final List<Object> before = answers();
        assertThatThrownBy(() -> bring(changed())).isInstanceOf(NetworkImportException.class).hasMessageContaining("DAYS_FULL");
        assertThat(answers()).isEqualTo(before);
    }

    /** Of two days one is held by as many as the files have no counters for; the other is the officer's, or it is that day itself. */
    @ParameterizedTest
    @ValueSource(ints = {2, 0})
    void givenAnOfficersChange_whenAnImportThatWouldTakeItOverIsRefused_thenItIsAsItWas_andTakenOverByOneThatIsNot(final int later) throws Exception {
        bring(network());
        hold(1);
        hold(2);
        final String officers = staged(SOON + later);
        final List<Object> before = answers();
        assertThatThrownBy(() -> takeOver(changed().line("desks.csv", 2, "PASSPORT;OTHER,3", "PASSPORT;OTHER,1"))).isInstanceOf(NetworkImportException.class)
                .hasMessageContaining("MA-CG-LYON D1 on " + LocalDate.ofEpochDay(SOON) + ": CAPACITY_BELOW_TAKEN");
        assertStays(officers, SOON + later);
        assertThatThrownBy(() -> takeOver(openedLater())).isInstanceOf(NetworkImportException.class)
                .hasMessageContaining("MA-CG-LYON D1 on " + LocalDate.ofEpochDay(SOON) + ": GRID_MISMATCH");
        assertStays(officers, SOON + later);
        assertThat(answers()).isEqualTo(before);

        takeOver(changed().line("desks.csv", 2, "PASSPORT;OTHER,3", "PASSPORT;OTHER,2"));
        assertThat(open()).isEmpty();
        assertThat(answers()).isNotEqualTo(before);
        assertThat(day(SOON).getOpenList()).containsOnly(2);
        assertThat(day(SOON + later).getOpenList()).containsOnly(2);
    }

    @Test
    void givenNoRoomForFurtherDays_whenAnImportThatWouldTakeOverIsRefused_thenTheOfficersChangeIsAsItWas() throws Exception {
        bring(network());
        final String officers = staged(SOON);
        final SetRules.Builder rules = client.rules(service.engine().status().durablePosition()).getRules().toBuilder();
        assertThat(client.execute(Command.newBuilder().setSetRules(rules.setMaxDays(4 * openDates() + 2)).build()).getResultValue()).isEqualTo(0);
        assertThatThrownBy(() -> takeOver(changed())).isInstanceOf(NetworkImportException.class).hasMessageContaining("DAYS_FULL");
        assertStays(officers, SOON);
    }

    @Test
    void givenAnImportThatWasKilledWhenAllWasAccepted_whenTheServerStarts_thenItsFirstAnswerIsNew() throws Exception {
        bring(network());
        final NetworkFolder wanted = changed().line("desks.csv", 2, "PASSPORT;OTHER,3", "PASSPORT;OTHER,2");
        assertThatThrownBy(() -> bring(wanted, Others.REFUSE, (phase, done, total) -> {
            if (phase == NetworkImport.Phase.DAYS && done == total) {
                throw new IllegalStateException("killed");
            }
        })).hasMessage("killed");
        final Path unfinished = folder.resolve("data").resolve("edge").resolve("import.unfinished");
        Files.writeString(unfinished, "applying network\n", StandardOpenOption.APPEND); // what comes next there, once all is accepted
        assertThat(day(SOON).getOpenList()).containsOnly(3);
        stop();
        listen();
        final CountDownLatch refused = new CountDownLatch(1);
        final CompletableFuture<Day> first = CompletableFuture.supplyAsync(() -> {
            while (true) {
                try {
                    return day(SOON);
                } catch (final StatusRuntimeException starting) {
                    refused.countDown();
                }
            }
        });
        assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();
        service.ready();
        assertThat(first.get(30, TimeUnit.SECONDS).getOpenList()).containsOnly(2);
        assertThat(unfinished).doesNotExist();
        assertThat(open()).isEmpty();
    }

    private static int openDates() {
        return (int) TODAY.datesUntil(TODAY.plusDays(DAYS + 1)).filter(date -> !NetworkFolder.isHoliday(date)).count();
    }

    private NetworkFolder network() throws Exception {
        return NetworkFolder.write(files, TODAY.getYear(), TODAY.getYear() + 1);
    }

    private NetworkFolder changed() throws Exception {
        return network().line("services.csv", 2, ",20,860,", ",25,960,").line("services.csv", 2, "STAMP:500", "STAMP:600")
                .line("chancery-rates.csv", 2, "10.80", "10.85").line("desks.csv", 3, "LEGALISATION,1", "LEGALISATION;OTHER,2")
                .line("post-services.csv", 4, "PICKUP,D1", "PICKUP,D2");
    }

    private NetworkFolder openedLater() throws Exception {
        final NetworkFolder later = network();
        for (int weekday = 2; weekday <= 8; weekday++) {
            later.line("opening-hours.csv", weekday, "09:00,15:00,09:00", "10:00,15:00,10:00");
        }
        return later;
    }

    private void bring(final NetworkFolder network) throws Exception {
        bring(network, Others.REFUSE);
    }

    private void takeOver(final NetworkFolder network) throws Exception {
        bring(network, Others.TAKE_OVER);
    }

    private void bring(final NetworkFolder network, final Others others) throws Exception {
        bring(network, others, (phase, done, total) -> { });
    }

    private void bring(final NetworkFolder network, final Others others, final NetworkImport.Progress progress) throws Exception {
        service.network().bring(NetworkFiles.directory(network.path()), new Publication(TODAY, TODAY.plusDays(DAYS), TODAY, Existing.REPLACE, others), progress);
    }

    /** An officer's, of one day at the first desk. @return its name */
    private String staged(final int day) {
        final String change = client.execute(Command.newBuilder().setBeginChange(BeginChange.newBuilder().setPostId(1)).build()).getReference();
        final Day there = day(day);
        client.perform(Command.newBuilder().setAddToChange(AddToChange.newBuilder().setChange(change).setPoolId(D1).setEpochDay(day).setStartMs(there.getStartMs())
                .setUnitCount(12).setAlignUnits(there.getAlignUnits()).addRuns(Run.newBuilder().setUnits(12).setCapacity(7))).build());
        return change;
    }

    private Day day(final int day) {
        return InventoryServiceGrpc.newBlockingStub(channel).getDay(GetDayRequest.newBuilder().setPoolId(D1).setEpochDay(day).build());
    }

    private void assertStays(final String change, final int day) {
        assertThat(open()).singleElement().satisfies(stays -> {
            assertThat(stays.getChange()).isEqualTo(change);
            assertThat(stays.getStagedDays()).isEqualTo(1);
            assertThat(stays.getLastEpochDay()).isEqualTo(day);
        });
    }

    private List<OpenChange> open() {
        final long position = service.engine().status().durablePosition();
        return InventoryServiceGrpc.newBlockingStub(channel).listChanges(ListChangesRequest.newBuilder().setMinPosition(position).build()).getChangesList();
    }

    private void hold(final long person) {
        final String application = client.execute(Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setPostId(1)
                .addLines(NewLine.newBuilder().setPersonKey(person).setServiceId(PASSPORT).setQuantity(1))).build()).getReference();
        client.perform(Command.newBuilder().setValidateLines(ValidateLines.newBuilder().setApplication(application).setLines(1)).build());
        assertThat(client.hold(application, List.of(Leg.newBuilder().setDeskId(D1).setLines(1).setEpochDay(SOON).setStartUnit(0).setUnits(4).build()), false))
                .isInstanceOf(HoldReply.Held.class);
    }

    /** All that an import changes, as anybody is told. */
    private List<Object> answers() {
        final var catalogue = CatalogueServiceGrpc.newBlockingStub(channel);
        final var inventory = InventoryServiceGrpc.newBlockingStub(channel);
        final long position = service.engine().status().durablePosition();
        final List<Object> answers = new ArrayList<>();
        answers.add(catalogue.listPosts(ListPostsRequest.newBuilder().setMinPosition(position).build()).getPostsList());
        answers.add(catalogue.listServices(ListServicesRequest.newBuilder().setMinPosition(position).build()).getServicesList());
        for (int service = 1; service <= 3; service++) {
            answers.add(catalogue.listTariffs(ListTariffsRequest.newBuilder().setServiceId(service).build()).getTariffsList());
        }
        for (int desk = D1; desk <= 2; desk++) {
            answers.add(catalogue.listDeskServices(ListDeskServicesRequest.newBuilder().setDeskId(desk).build()).toBuilder().clearPosition().build());
            for (int day = SOON - 2; day <= SOON + 2; day++) {
                answers.add(inventory.getDay(GetDayRequest.newBuilder().setPoolId(desk).setEpochDay(day).build()).toBuilder().clearPosition().build());
            }
        }
        return answers;
    }
}
