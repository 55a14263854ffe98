package org.mawid.api.treasury;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The adapter's rooms know only those before them, and adapter and sandbox know nothing of each other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomsTest {
    private static final String[] ORDER = {"port", "wire", "rest", "order", "callback", "statement", "matching", "closing", "engine", "tariff"};

    /** Read once: that is what takes long. */
    private final JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.mawid.api.treasury", "org.mawid.api.sandbox.treasury");

    @Test
    void givenTheRooms_thenNoneKnowsALaterOneNorTheDoor() {
        for (int i = 0; i < ORDER.length; i++) {
            final String[] later = Arrays.stream(ORDER, i + 1, ORDER.length).map(room -> "org.mawid.api.treasury." + room).toArray(String[]::new);
            noClasses().that().resideInAPackage("org.mawid.api.treasury." + ORDER[i]).should().dependOnClassesThat().resideInAPackage("org.mawid.api.treasury")
                    .orShould().dependOnClassesThat().resideInAnyPackage(later).check(classes);
        }
    }

    @Test
    void givenAdapterAndSandbox_thenNeitherKnowsTheOther() {
        noClasses().that().resideInAPackage("org.mawid.api.treasury..").should().dependOnClassesThat().resideInAPackage("org.mawid.api.sandbox..").check(classes);
        noClasses().that().resideInAPackage("org.mawid.api.sandbox..").should().dependOnClassesThat().resideInAPackage("org.mawid.api.treasury..").check(classes);
    }

    @Test
    void givenStatementsAndMatching_thenTheyKnowNoWireAndNoEngine() {
        noClasses().that().resideInAnyPackage("org.mawid.api.treasury.statement", "org.mawid.api.treasury.matching").should().dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "org.mawid.engine..", "org.mawid.sbe..").check(classes);
    }
}
