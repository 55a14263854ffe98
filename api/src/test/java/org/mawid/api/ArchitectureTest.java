package org.mawid.api;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mawid.engine.core.CommandCheck;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.core.UnderWay;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.kernel.Outcome;

/** The edge sees the engine's doors and nothing behind them; the client sees the contracts and nothing of ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    /** Read once, as that is what takes long, and let go with the test: they take a large part of the heap that other tests have after it. */
    private final JavaClasses api = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.mawid.api", "org.mawid.client");

    private static final DescribedPredicate<JavaClass> BEHIND_THE_DOORS = resideInAnyPackage(
            "org.mawid.engine.kernel..", "org.mawid.engine.core..", "org.mawid.engine.journal..", "org.mawid.engine.ring..", "org.mawid.engine.snapshot..",
            "org.mawid.engine.catalogue..", "org.mawid.engine.application..", "org.mawid.engine.allocation..", "org.mawid.engine.stamp..");

    /** What lies behind the doors and the edge needs all the same, and who there may: nothing else, and nobody else. */
    private static final Map<Class<?>, List<String>> EXCEPTIONS = Map.of(
            // What an engine's reply and its questions hand over: a copy of it for each command would cost more than the edge's work on it.
            Outcome.class, List.of("audit.PastAudit", "command.BatchCall", "command.OutcomeSlab", "command.StreamCall", "cutover.EngineDoor", "cutover.RehearsalDoor", "gateway.OwnCommands", "gateway.PendingAnswer", "gateway.RememberedQuestion",
                    "gateway.WalkInTicket", "network.CommandPipe", "network.OpenChanges"),
            // What a question is put to. It is the door's own type: whoever asks sees the core, between two commands.
            EngineCore.class, List.of("application.StandingQuestion", "audit.PastAudit", "audit.trail.ApplicationSlice", "callcentre.WholeQuestion", "gateway.CreatedQuestion", "gateway.LastPaymentQuestion", "gateway.PendingAnswer", "gateway.RememberedQuestion", "gateway.ReturnsQuestion", "network.OpenChanges", "person.trace.CoreSlice"),
            // A word of such a question.
            RecordKind.class, List.of("audit.PastAudit", "audit.trail.ApplicationSlice", "cutover.Earlier", "cutover.Planning", "network.OpenChanges", "person.trace.CoreSlice", "person.trace.Traces"),
            UnderWay.class, List.of("application.StandingQuestion"),
            // One check for both sides: what is malformed is refused before the log by the rule that the core has; and what another program has logged is read by it.
            CommandCheck.class, List.of("audit.LoggedCommand", "command.Frames", "gateway.Draft"));

    @Test
    void givenTheEdge_thenItSeesTheEnginesDoorsOnly() {
        doorsOnly().check(api);
    }

    @Test
    void givenWhatLiesBehindADoorAndIsNeeded_thenThoseSeeItThatHaveAReason() {
        EXCEPTIONS.keySet().forEach(exception -> seenByThoseNamed(exception).check(api));
    }

    @Test
    void givenAnEdgeThatLooksBehindADoor_thenTheRuleSaysSo() {
        final JavaClasses peeping = new ClassFileImporter().importClasses(Peeping.class);
        assertThatThrownBy(() -> doorsOnly().check(peeping)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("Peeping.disk").hasMessageNotContaining("Peeping.outcome");
        assertThatThrownBy(() -> seenByThoseNamed(Outcome.class).check(peeping)).isInstanceOf(AssertionError.class).hasMessageContaining(Peeping.class.getName());
    }

    private static ArchRule doorsOnly() {
        return noClasses().that().resideInAPackage("org.mawid.api..").should()
                .dependOnClassesThat(BEHIND_THE_DOORS.and(not(belongToAnyOf(EXCEPTIONS.keySet().toArray(Class<?>[]::new)))));
    }

    private static ArchRule seenByThoseNamed(final Class<?> exception) {
        final List<String> names = EXCEPTIONS.get(exception).stream().map(name -> "org.mawid.api." + name).toList();
        return noClasses().that().resideInAPackage("org.mawid.api..").and(not(describe("are named", (JavaClass one) -> names.stream()
                .anyMatch(name -> one.getName().equals(name) || one.getName().startsWith(name + '$')))))
                .should().dependOnClassesThat().belongToAnyOf(exception);
    }

    /** As no edge may be. */
    @SuppressWarnings("unused")
    private static final class Peeping {
        private Disk disk;
        private Outcome outcome;
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
    void givenThePostsClient_thenItSpeaksTheContractsOnly() {
        noClasses().that().resideInAPackage("org.mawid.api.sync..").should().dependOnClassesThat(
                resideInAnyPackage("org.mawid.engine..", "org.mawid.sbe..", "org.mawid.api.gateway..", "org.mawid.api.rpc..", "org.mawid.api.server..", "org.mawid.api.cli..")).check(api);
    }

    @Test
    void givenTheOperatorsSocket_thenItKnowsNothingOfWhatIsDone() {
        noClasses().that().resideInAPackage("org.mawid.api.control..").should().dependOnClassesThat(
                resideInAnyPackage("org.mawid.engine..", "org.mawid.api.server..", "org.mawid.api.network..", "org.mawid.api.http..", "org.mawid.api.cli.."))
                .check(api);
    }

    @Test
    void givenTheTerminals_thenTillAndSimulatorKnowNothingOfEachOther() {
        noClasses().that().resideInAPackage("org.mawid.api.terminal..").should().dependOnClassesThat(
                resideInAnyPackage("org.mawid.api.sandbox..", "org.mawid.api.server..", "org.mawid.api.http..", "org.mawid.api.cli..")).check(api);
        noClasses().that().resideInAnyPackage("org.mawid.api.terminal", "org.mawid.api.terminal.nexo..").should().dependOnClassesThat(
                resideInAnyPackage("org.mawid.engine..", "org.mawid.api.gateway..", "org.mawid.api.terminal.engine..")).check(api);
        noClasses().that().resideInAPackage("org.mawid.api.sandbox.terminal..").should().dependOnClassesThat(
                resideInAPackage("org.mawid..").and(not(resideInAPackage("org.mawid.api.sandbox.terminal..")))).check(api);
    }

    @Test
    void givenWhatIsKeptOfPersons_thenEachRoomKnowsThoseBeforeItOnly_andNoneAnEdge() {
        noClasses().that().resideInAPackage("org.mawid.api.sealed..").should().dependOnClassesThat(
                resideInAnyPackage("io.vertx..", "org.mawid.api.person..", "org.mawid.api.contact..", "org.mawid.api.identity..", "org.mawid.api.message..", "org.mawid.api.document..")).check(api);
        noClasses().that().resideInAPackage("org.mawid.api.person").should().dependOnClassesThat(
                resideInAnyPackage("org.mawid.api.contact..", "org.mawid.api.identity..", "org.mawid.api.message..", "org.mawid.api.document..", "org.mawid.api.person.desk..")).check(api);
        noClasses().that().resideInAnyPackage("org.mawid.api.sealed..", "org.mawid.api.person..", "org.mawid.api.contact", "org.mawid.api.identity", "org.mawid.api.message..", "org.mawid.api.document..").should().dependOnClassesThat(
                resideInAnyPackage("org.mawid.api.http..", "org.mawid.api.rpc..", "org.mawid.api.server..", "org.mawid.api.cli..")).check(api);
    }

    @Test
    void givenNotifications_thenTheyKnowNoEdge_andWhatIsKeptOfThemKnowsNobody() {
        noClasses().that().resideInAPackage("org.mawid.api.notification..").should().dependOnClassesThat(
                resideInAnyPackage("org.mawid.api.http..", "org.mawid.api.rpc..", "org.mawid.api.server..", "org.mawid.api.cli..")).check(api);
        noClasses().that().resideInAnyPackage("org.mawid.api.notification.notice..", "org.mawid.api.notification.outbox..").should().dependOnClassesThat(
                resideInAnyPackage("org.mawid.api.person..", "org.mawid.api.sealed..").or(describe("have addresses", (JavaClass one) -> one.getName().matches("org\\.mawid\\.api\\.contact\\.Contact.*"))))
                .check(api);
    }

    @Test
    void givenTheProtocolOfTerminals_thenItKnowsNoSocket() {
        noClasses().that().resideInAPackage("org.mawid.api.terminal.nexo..").should().dependOnClassesThat(
                resideInAnyPackage("io.vertx..", "io.netty..").or(resideInAPackage("org.mawid..").and(not(resideInAPackage("org.mawid.api.terminal.nexo.."))))).check(api);
    }
}
