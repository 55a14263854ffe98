package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.network.NetworkFiles;
import org.mawid.api.network.NetworkFolder;
import org.mawid.api.network.NetworkImport.Existing;
import org.mawid.api.network.NetworkImport.Publication;
import org.mawid.api.network.NetworkImportException;
import org.mawid.client.HoldReply;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.GetDayRequest;
import org.mawid.grpc.InventoryServiceGrpc;
import org.mawid.grpc.Leg;
import org.mawid.grpc.ListDeskServicesRequest;
import org.mawid.grpc.ListPostsRequest;
import org.mawid.grpc.ListServicesRequest;
import org.mawid.grpc.ListTariffsRequest;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.SetRules;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;

/** New prices, durations, rates, desks and hours at a running server, with one day that cannot be as the files say. */
class RefusedImportTest extends ServiceFixture {
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
    private static final int SOON = (int) TODAY.toEpochDay() + 3;
    private static final int DAYS = 7;
    private static final int PASSPORT = 1;
    private static final int D1 = 1;

    @TempDir
    private Path files;

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
        final SetRules.Builder rules = client.rules(0).getRules().toBuilder();
        final int inUse = (DAYS + 1) * 4;
        assertThat(client.execute(Command.newBuilder().setSetRules(rules.setMaxDays(inUse + 1)).build()).getResultValue()).isEqualTo(0);
        final List<Object> before = answers();
        assertThatThrownBy(() -> bring(changed())).isInstanceOf(NetworkImportException.class).hasMessageContaining("DAYS_FULL");
        assertThat(answers()).isEqualTo(before);
    }

    private NetworkFolder network() throws Exception {
        return NetworkFolder.write(files, TODAY.getYear(), TODAY.getYear() + 1);
    }

    private NetworkFolder changed() throws Exception {
        return network().line("services.csv", 2, ",20,860,", ",25,960,").line("services.csv", 2, "STAMP:500", "STAMP:600")
                .line("chancery-rates.csv", 2, "10.80", "10.85").line("desks.csv", 3, "LEGALISATION,1", "LEGALISATION;OTHER,2")
                .line("post-services.csv", 4, "PICKUP,D1", "PICKUP,D2");
    }

    private void bring(final NetworkFolder network) throws Exception {
        service.network().bring(NetworkFiles.directory(network.path()), new Publication(TODAY, TODAY.plusDays(DAYS), TODAY, Existing.REPLACE, false),
                (phase, done, total) -> { });
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
        final long position = client.execute(Command.newBuilder().setSetRules(client.rules(0).getRules()).build()).getPosition();
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
