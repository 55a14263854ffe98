package org.mawid.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Peers can be told apart, taken away and added. */
class ArchitectureTest {
    private final JavaClasses peers = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.mawid.bench.peer");

    @Test
    void givenTheRoomsOfThePeers_thenNoneNeedsAnotherThatNeedsIt() {
        slices().matching("org.mawid.bench.(peer..)").should().beFreeOfCycles().check(peers);
    }

    @Test
    void givenOnePeer_thenItKnowsNothingOfTheOthers() {
        final String[] each = {"postgres", "redis", "mawid"};
        for (final String one : each) {
            for (final String other : each) {
                if (!one.equals(other)) {
                    noClasses().that().resideInAPackage("org.mawid.bench.peer." + one).should().dependOnClassesThat().resideInAPackage("org.mawid.bench.peer." + other).check(peers);
                }
            }
        }
    }

    @Test
    void givenTheWork_thenItKnowsNoServerAndNoWire() {
        noClasses().that().resideInAPackage("org.mawid.bench.peer.work").should().dependOnClassesThat()
                .resideInAnyPackage("org.mawid.bench.peer", "org.mawid.bench.peer.foreign", "io.grpc..", "java.sql..", "redis.clients..").check(peers);
    }
}
