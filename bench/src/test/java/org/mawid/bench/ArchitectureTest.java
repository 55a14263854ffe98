package org.mawid.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Benches that are in rooms: each room can be read without those that need it. Peers can be told apart, taken away and added. */
class ArchitectureTest {
    private static final String[] CAPACITY = {"plan", "result", "demand", "post"};
    private static final String[] RELEASE = {"ground", "visit", "wire", "history", "loop", "books", "crowd"};
    private static final String[] WIRE = {"loop", "grpc", "http", "server", "watch"};

    /** Read once: that is what takes long. */
    private static final JavaClasses BENCHES = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.mawid.bench.capacity", "org.mawid.bench.peer", "org.mawid.bench.release", "org.mawid.bench.wire");

    @Test
    void givenTheRoomsOfEachBench_thenNoneNeedsAnotherThatNeedsIt() {
        for (final String bench : new String[] {"capacity", "peer", "release", "wire"}) {
            slices().matching("org.mawid.bench.(" + bench + "..)").should().beFreeOfCycles().check(BENCHES);
        }
    }

    /** The orders are those that {@code package-info} of each bench tells. */
    @Test
    void givenTheOrderOfTheRooms_thenNoneKnowsALaterOneNorTheBenchItself() {
        noneKnowsALaterOne("capacity", CAPACITY);
        noneKnowsALaterOne("release", RELEASE);
        noneKnowsALaterOne("wire", WIRE);
    }

    private static void noneKnowsALaterOne(final String bench, final String... rooms) {
        final String home = "org.mawid.bench." + bench;
        for (int room = 0; room < rooms.length; room++) {
            final String[] later = Arrays.stream(rooms, room + 1, rooms.length).map(one -> home + "." + one).toArray(String[]::new);
            noClasses().that().resideInAPackage(home + "." + rooms[room]).should().dependOnClassesThat().resideInAPackage(home)
                    .orShould().dependOnClassesThat().resideInAnyPackage(later).check(BENCHES);
        }
    }

    @Test
    void givenLoadsOverHttp_thenTheyKnowNothingOfThoseOverGrpc() {
        noClasses().that().resideInAPackage("org.mawid.bench.wire.http").should().dependOnClassesThat()
                .resideInAnyPackage("org.mawid.bench.wire.grpc", "io.grpc..", "org.mawid.grpc..").check(BENCHES);
    }

    @Test
    void givenTheReportOfAPlan_thenItKnowsOnlyWhatWasAskedAndWhatItCameTo() {
        noClasses().that().resideInAPackage("org.mawid.bench.capacity.report").should().dependOnClassesThat()
                .resideInAnyPackage("org.mawid.bench.capacity", "org.mawid.bench.capacity.demand", "org.mawid.bench.capacity.post").check(BENCHES);
    }

    @Test
    void givenOnePeer_thenItKnowsNothingOfTheOthers() {
        final String[] each = {"postgres", "redis", "mawid"};
        for (final String one : each) {
            for (final String other : each) {
                if (!one.equals(other)) {
                    noClasses().that().resideInAPackage("org.mawid.bench.peer." + one).should().dependOnClassesThat().resideInAPackage("org.mawid.bench.peer." + other).check(BENCHES);
                }
            }
        }
    }

    @Test
    void givenTheWork_thenItKnowsNoServerAndNoWire() {
        noClasses().that().resideInAPackage("org.mawid.bench.peer.work").should().dependOnClassesThat()
                .resideInAnyPackage("org.mawid.bench.peer", "org.mawid.bench.peer.foreign", "io.grpc..", "java.sql..", "redis.clients..").check(BENCHES);
    }
}
