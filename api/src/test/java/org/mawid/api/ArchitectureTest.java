package org.mawid.api;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The edge sees the engine's doors and nothing behind them; the client sees the contracts and nothing of ours. */
class ArchitectureTest {
    private final JavaClasses api = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.mawid.api", "org.mawid.client");

    @Test
    void givenTheEdge_thenItSeesTheEnginesDoorsOnly() {
        noClasses().that().resideInAPackage("org.mawid.api..").should().dependOnClassesThat(
                resideInAnyPackage("org.mawid.engine.ring..", "org.mawid.engine.snapshot..", "org.mawid.engine.catalogue..",
                        "org.mawid.engine.application..", "org.mawid.engine.allocation..", "org.mawid.engine.stamp..")).check(api);
    }

    @Test
    void givenTheGateway_thenItKnowsNoWire() {
        noClasses().that().resideInAPackage("org.mawid.api.gateway..").should().dependOnClassesThat(
                resideInAnyPackage("io.vertx..", "io.netty..", "org.mawid.api.http..", "org.mawid.api.rpc..", "org.mawid.api.cli..")).check(api);
    }

    @Test
    void givenTheClient_thenItKnowsNothingOfTheServer() {
        noClasses().that().resideInAPackage("org.mawid.client..").should().dependOnClassesThat(
                resideInAPackage("org.mawid.engine..").or(resideInAPackage("org.mawid.api..")).or(resideInAPackage("io.vertx.."))).check(api);
    }

    @Test
    void givenTheOperatorsSocket_thenItKnowsNothingOfWhatIsDone() {
        noClasses().that().resideInAPackage("org.mawid.api.control..").should().dependOnClassesThat(
                resideInAnyPackage("org.mawid.engine..", "org.mawid.api.server..", "org.mawid.api.network..", "org.mawid.api.http..", "org.mawid.api.cli.."))
                .check(api);
    }
}
