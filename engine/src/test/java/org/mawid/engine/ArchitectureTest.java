package org.mawid.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may know whom, and that what decides has no clock, no file, no chance and no thread. */
class ArchitectureTest {
    private static final String[] DETERMINISTIC = {
        "org.mawid.engine.kernel..", "org.mawid.engine.catalogue..", "org.mawid.engine.application..", "org.mawid.engine.allocation..",
        "org.mawid.engine.stamp..", "org.mawid.engine.waiting..", "org.mawid.engine.hall..", "org.mawid.engine.core.."};

    /** Of {@code java.util}: what has one order and knows neither chance nor place nor time. Not HashMap: its order may decide something. */
    private static final String[] ORDERLY = {
        "java.util.ArrayDeque", "java.util.ArrayList", "java.util.Arrays", "java.util.BitSet", "java.util.Collection", "java.util.Comparator",
        "java.util.Iterator", "java.util.LinkedHashMap", "java.util.List", "java.util.Map", "java.util.Objects"};

    private static final JavaClasses ENGINE = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.mawid.engine");

    @Test
    void givenADeterministicRoom_thenItKnowsBuffersCodecsAndItsLikeAndNothingElse() {
        classes().that().resideInAnyPackage(DETERMINISTIC)
                .should().onlyDependOnClassesThat(resideInAnyPackage(DETERMINISTIC)
                        .or(resideInAnyPackage("org.mawid.sbe", "org.agrona..", "java.lang", "java.lang.invoke", "java.util", "java.util.function", "java.nio")))
                .check(ENGINE);
    }

    @Test
    void givenADeterministicRoom_thenItHasNoClockNoChanceNoThread() {
        noClasses().that().resideInAnyPackage(DETERMINISTIC).should().callMethod(System.class, "currentTimeMillis").check(ENGINE);
        noClasses().that().resideInAnyPackage(DETERMINISTIC).should().callMethod(System.class, "nanoTime").check(ENGINE);
        noClasses().that().resideInAnyPackage(DETERMINISTIC).should().callMethod(Math.class, "random").check(ENGINE);
        noClasses().that().resideInAnyPackage(DETERMINISTIC).should().callMethod(System.class, "identityHashCode", Object.class).check(ENGINE);
        noClasses().that().resideInAnyPackage(DETERMINISTIC).should().dependOnClassesThat().areAssignableTo(Thread.class).check(ENGINE);
        noClasses().that().resideInAnyPackage(DETERMINISTIC).should().dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random").check(ENGINE);
        noClasses().that().resideInAnyPackage(DETERMINISTIC).should().dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Locale").check(ENGINE);
    }

    @Test
    void givenADeterministicRoom_thenWhatItTakesFromTheJdkHasOneOrderAndNoPlace() {
        noClasses().that().resideInAnyPackage(DETERMINISTIC).should()
                .dependOnClassesThat(resideInAPackage("java.util").and(not(belongToAnyOf(ORDERLY)))).check(ENGINE);
        noClasses().that().resideInAnyPackage(DETERMINISTIC).should().callMethod(System.class, "getProperty", String.class).check(ENGINE);
        noClasses().that().resideInAnyPackage(DETERMINISTIC).should().callMethod(System.class, "getenv", String.class).check(ENGINE);
        noClasses().that().resideInAnyPackage(DETERMINISTIC).should().dependOnClassesThat().belongToAnyOf(Runtime.class, ProcessHandle.class)
                .check(ENGINE);
        // What the edge's threads ask before they submit has a copy for each of them; it decides nothing by it.
        noClasses().that().resideInAnyPackage(DETERMINISTIC).and().doNotHaveSimpleName("CommandCheck").should().dependOnClassesThat()
                .belongToAnyOf(ThreadLocal.class).check(ENGINE);
        noClasses().that().resideInAnyPackage(DETERMINISTIC).should().callMethod(String.class, "format", String.class, Object[].class).check(ENGINE);
        noClasses().that().resideInAnyPackage(DETERMINISTIC).should().callMethod(Object.class, "hashCode").check(ENGINE);
    }

    private static DescribedPredicate<JavaClass> belongToAnyOf(final String... names) {
        return DescribedPredicate.describe("belong to any of " + List.of(names),
                of -> List.of(names).stream().anyMatch(name -> of.getName().equals(name) || of.getName().startsWith(name + "$")));
    }

    @Test
    void givenTheRoomsBesideEachOther_thenTheyMeetInTheCoreOnly() {
        for (final String room : List.of("application", "allocation", "stamp", "waiting", "hall")) {
            noClasses().that().resideInAPackage("org.mawid.engine." + room + "..").should()
                    .dependOnClassesThat(resideInAPackage("org.mawid.engine..")
                            .and(not(resideInAnyPackage("org.mawid.engine.kernel..", "org.mawid.engine.catalogue..", "org.mawid.engine." + room + ".."))))
                    .check(ENGINE);
        }
    }

    @Test
    void givenTheEngine_thenItKnowsNoEdge() {
        noClasses().should().dependOnClassesThat(resideInAnyPackage("org.mawid.api..", "org.mawid.client..", "org.mawid.bench..", "org.mawid.grpc..",
                "io.grpc..", "io.vertx..", "io.netty..", "com.google.protobuf..")).check(ENGINE);
    }

    @Test
    void givenTheRooms_thenEachKnowsOnlyThoseBelowIt() {
        noClasses().that().resideInAPackage("org.mawid.engine.kernel..").should()
                .dependOnClassesThat(resideInAPackage("org.mawid.engine..").and(not(resideInAPackage("org.mawid.engine.kernel..")))).check(ENGINE);
        noClasses().that().resideInAPackage("org.mawid.engine.catalogue..").should()
                .dependOnClassesThat(resideInAPackage("org.mawid.engine..")
                        .and(not(resideInAnyPackage("org.mawid.engine.kernel..", "org.mawid.engine.catalogue..")))).check(ENGINE);
        noClasses().that().resideInAPackage("org.mawid.engine.journal..").should()
                .dependOnClassesThat(resideInAPackage("org.mawid..")
                        .and(not(resideInAnyPackage("org.mawid.engine.journal..", "org.mawid.engine.kernel")))).check(ENGINE);
        noClasses().that().resideInAnyPackage(DETERMINISTIC).should().dependOnClassesThat()
                .resideInAnyPackage("org.mawid.engine.ring..", "org.mawid.engine.snapshot..", "org.mawid.engine.readmodel..", "org.mawid.engine").check(ENGINE);
        slices().matching("org.mawid.engine.(kernel|catalogue|application|allocation|stamp|waiting|hall|core|journal|readmodel|snapshot|archive|upkeep)..").should().beFreeOfCycles().check(ENGINE);
    }
}
