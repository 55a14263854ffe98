package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Target;
import org.mawid.api.audit.AuditLog;
import org.mawid.api.audit.Entry;
import org.mawid.api.cli.EraseCommand;
import org.mawid.api.cli.ExportCommand;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ConfirmReply;
import org.mawid.client.HoldReply;
import org.mawid.client.SubmitReply;
import org.mawid.engine.Setting;
import org.mawid.grpc.Command;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.Leg;
import org.mawid.grpc.RecordCounterReceipt;
import org.mawid.grpc.ValidateLines;
import org.mawid.grpc.WithdrawLines;
import picocli.CommandLine;

/** Who asks for what is held of them is given all of it, of a server that runs and of one that does not, and nothing of whoever shares a post, a service, an application, a visit and a receipt with them. */
class ExportOfOneTest extends PersonFixture {
    private static final long KARIM = 0x5EC2_E700_0000_0002L;
    private static final long FATIMA = 0x5EC2_E700_0000_0003L;
    private static final int PRICE_MINOR = 4_650;

    private String family;
    private List<String> stamps;
    private String strangers;

    /** What has ended leaves memory soon, once a test lets it. */
    @Override
    Map<String, String> settings() {
        final Map<String, String> settings = super.settings();
        settings.put(Setting.RETIRE_EVERY_MS.key(), "50");
        return settings;
    }

    /** A portal submits for two, who come together and pay together; somebody else applies at the same post. */
    private void lives() {
        OnePost.make(client, 1, 4);
        family = ((SubmitReply.Submitted) client.submitApplication(0, OnePost.POST, List.of(OnePost.line(YASMINE), OnePost.line(KARIM)))).application();
        for (int line = 0; line < 2; line++) {
            OnePost.done(client, Command.newBuilder().setValidateLines(ValidateLines.newBuilder().setApplication(family).setLines(1 << line)));
        }
        strangers = submitted(FATIMA);
        stamps = List.of(stamp(1), stamp(2));
        OnePost.done(client, Command.newBuilder().setRecordCounterReceipt(RecordCounterReceipt.newBuilder().setApplication(family).addAllStamps(stamps).setPostId(OnePost.POST)
                .setEpochDay((int) LocalDate.now(ZoneOffset.UTC).toEpochDay()).setAmountMinor(2 * PRICE_MINOR).setCurrency("EUR")));
        final Leg both = OnePost.leg(0, 0).toBuilder().setLines(3).build();
        final HoldReply held = client.hold(family, List.of(both), false);
        assertThat(client.confirm(((HoldReply.Held) held).hold(), false)).isInstanceOf(ConfirmReply.Confirmed.class);
        json(send("PUT", "/v1/persons/" + hex(YASMINE) + "/contacts", new JsonObject().put("email", "yasmine@example.org").put("language", "fr").put("topics", new JsonArray())), 200);
        json(send("POST", "/v1/applications/" + family + "/callbacks", new JsonObject().put("notBefore", Instant.now().toString()).put("notAfter", Instant.now().plusSeconds(86_400).toString()).put("reasonCode", 7)), 200);
    }

    private String stamp(final int line) {
        return client.execute(Command.newBuilder().setIssueStamps(IssueStamps.newBuilder().setApplication(family).setLines(line).setPostId(OnePost.POST)).build()).getStamps(0);
    }

    @Test
    void givenAServerThatRuns_thenAllOfTheirsIsWritten_andNothingOfTheOther() throws Exception {
        lives();
        final JsonObject hers = exported(YASMINE, "hers");
        assertOfYasmine(hers);
        assertThat(hers.getJsonArray("contacts").getJsonObject(0).getString("email")).isEqualTo("yasmine@example.org");
        assertThat(hers.getJsonArray("applications").getJsonObject(0).getJsonArray("callbacks").getJsonObject(0).getInteger("reasonCode")).as("its texts are hers: she is the first line's").isEqualTo(7);

        final JsonObject his = exported(KARIM, "his");
        assertThat(his.getJsonArray("contacts")).isEmpty();
        final JsonObject application = his.getJsonArray("applications").getJsonObject(0);
        assertThat(application.containsKey("callbacks")).isFalse();
        assertThat(application.getJsonArray("stamps").getJsonObject(0).getString("stamp")).isEqualTo(stamps.get(1));
        assertThat(application.getJsonArray("visits").getJsonObject(0).getJsonArray("lines")).isEqualTo(JsonArray.of(1));
        assertThat(his.encode()).doesNotContain(stamps.get(0), hex(YASMINE), "yasmine");
    }

    @Test
    void givenAServerThatIsStopped_thenItIsTheSame_andThatItWasDoneIsInTheLogOfTheNextOne() throws Exception {
        lives();
        final JsonArray asItRan = exported(YASMINE, "running").getJsonArray("applications");
        stop();
        final JsonObject stopped = exported(YASMINE, "stopped");
        assertThat(stopped.getJsonArray("applications")).isEqualTo(asItRan);
        assertOfYasmine(stopped);
        start();
        final List<Entry> acts = audited(YASMINE).stream().filter(entry -> entry.operation().startsWith("exportPerson")).toList();
        assertThat(acts).extracting(Entry::operation).containsExactly("exportPerson", "exportPersonEnded", "exportPerson", "exportPersonEnded");
        assertThat(acts.get(3).detail()).as("her contacts").isEqualTo(1);
        assertThat(acts).allMatch(entry -> entry.actor() == 0 && entry.channel() == org.mawid.sbe.Channel.SYSTEM && entry.verdict() == org.mawid.sbe.AccessVerdict.ALLOWED);
    }

    @Test
    void givenAPersonWhoWasErased_thenItIsSaid_andWhatTheLogKeepsIsWritten() throws Exception {
        lives();
        assertThat(said(0, new EraseCommand(), hex(YASMINE), "--data", data().toString())).contains("the key is destroyed");
        final Path out = folder.resolve("erased");
        assertThat(said(0, new ExportCommand(), arguments(YASMINE, out))).contains("was erased", "wrote 0 things");
        final JsonObject erased = new JsonObject(Files.readString(out.resolve("export.json")));
        assertThat(erased.getBoolean("erased")).isTrue();
        assertThat(erased.getJsonArray("contacts")).isEmpty();
        assertOfYasmine(erased);
        assertThat(audited(YASMINE)).extracting(Entry::operation).contains("erasePerson", "erasePersonEnded");
        stop();
        assertThat(said(0, new EraseCommand(), hex(YASMINE), "--data", data().toString())).as("again, without a server").contains("destroyed before");
        start();
        assertThat(audited(YASMINE)).extracting(Entry::operation).filteredOn("erasePersonEnded"::equals).hasSize(2);
    }

    @Test
    void givenNobodyWhoIsKnown_thenItIsRefused_nothingIsWritten_andTheLogHasIt() throws Exception {
        lives();
        for (int i = 0; i < 2; i++) {
            assertThat(said(1, new ExportCommand(), arguments(0xFF, folder.resolve("nobody")))).contains("nothing is held of", "nothing was written");
        }
        assertThat(folder.resolve("nobody")).doesNotExist();
        assertThat(audited(0xFF)).hasSize(2).allMatch(entry -> entry.operation().equals("exportPersonEnded") && entry.verdict() == org.mawid.sbe.AccessVerdict.REFUSED);
        Files.createDirectory(folder.resolve("there"));
        assertThat(said(1, new ExportCommand(), arguments(YASMINE, folder.resolve("there")))).contains("is there already");
    }

    @Test
    void givenAnApplicationThatHasLeftMemory_thenItIsToldFromTheArchive() throws Exception {
        lives();
        final JsonObject before = exported(FATIMA, "before").getJsonArray("applications").getJsonObject(0);
        OnePost.done(client, Command.newBuilder().setSetRules(client.rules(0).getRules().toBuilder().setRetainMs(0)));
        OnePost.done(client, Command.newBuilder().setWithdrawLines(WithdrawLines.newBuilder().setApplication(strangers).setLines(1)));
        final long number = service.gateway().references().number(ReferenceKind.APPLICATION, strangers);
        await().atMost(Duration.ofSeconds(60)).until(() -> service.engine().readModel().records().application(number) == null);
        final JsonObject after = exported(FATIMA, "after").getJsonArray("applications").getJsonObject(0);
        assertThat(before.getBoolean("archived")).isFalse();
        assertThat(after.getBoolean("archived")).isTrue();
        assertThat(after.getString("application")).isEqualTo(strangers);
        assertThat(after.getJsonArray("lines").getJsonObject(0).getString("state")).isEqualTo("WITHDRAWN");
        assertOfYasmine(exported(YASMINE, "still"));
    }

    private void assertOfYasmine(final JsonObject hers) {
        assertThat(hers.getString("person")).isEqualTo(hex(YASMINE));
        assertThat(hers.getJsonArray("applications")).hasSize(1);
        final JsonObject application = hers.getJsonArray("applications").getJsonObject(0);
        assertThat(application.getString("application")).isEqualTo(family);
        assertThat(application.getInteger("others")).isEqualTo(1);
        assertThat(application.getString("submittedBy")).isEqualTo("NOBODY");
        assertThat(application.getJsonArray("lines")).hasSize(1);
        assertThat(application.getJsonArray("lines").getJsonObject(0).getMap()).containsAllEntriesOf(Map.of("line", 0, "service", "passport", "quantity", 1, "state", "VALIDATED"));
        assertThat(application.getJsonArray("visits")).hasSize(1);
        assertThat(application.getJsonArray("visits").getJsonObject(0).getMap()).containsAllEntriesOf(Map.of("state", "CONFIRMED", "post", "paris", "lines", List.of(0)));
        assertThat(application.getJsonArray("stamps")).hasSize(1);
        assertThat(application.getJsonArray("stamps").getJsonObject(0).getMap()).containsAllEntriesOf(Map.of("stamp", stamps.get(0), "state", "PAID", "amountCentimes", 50_000, "localMinor", PRICE_MINOR, "currency", "EUR"));
        final JsonObject payment = application.getJsonArray("payments").getJsonObject(0);
        assertThat(payment.getJsonArray("stamps")).isEqualTo(JsonArray.of(stamps.get(0)));
        assertThat(payment.getInteger("stampsOfOthers")).isEqualTo(1);
        assertThat(payment.fieldNames()).as("the sum would tell what the other one paid").doesNotContain("amountMinor", "amountCentimes", "receivedMinor");
        assertThat(hers.getJsonArray("deeds").stream().map(deed -> ((JsonObject) deed).getString("operation")))
                .contains("submitApplication", "hold", "recordCounterReceipt").filteredOn(word -> word.equals("validateLines") || word.equals("issueStamps")).as("of her own line").containsExactly("validateLines", "issueStamps");
        assertThat(hers.encode()).doesNotContain(hex(KARIM), stamps.get(1), strangers, hex(FATIMA));
    }

    /** Read off the log alone: records may still be made anew. */
    private List<Entry> audited(final long person) {
        return new AuditLog(service.engine()).find((position, nowMs, actor, onBehalfOf, operation, targets, command) -> targets.contains(new Target(ObjectKind.PERSON, person)), 0).entries();
    }

    private JsonObject exported(final long person, final String to) throws Exception {
        said(0, new ExportCommand(), arguments(person, folder.resolve(to)));
        return new JsonObject(Files.readString(folder.resolve(to).resolve("export.json")));
    }

    private String[] arguments(final long person, final Path out) {
        return new String[] {hex(person), "--data", data().toString(), "--set", EdgeSetting.PERSON_MASTER_KEY.key() + '=' + master(), "--out", out.toString()};
    }

    private static String said(final int code, final Object command, final String... arguments) {
        final StringWriter said = new StringWriter();
        final PrintWriter writer = new PrintWriter(said);
        assertThat(new CommandLine(command).setOut(writer).setErr(writer).execute(arguments)).as(said::toString).isEqualTo(code);
        return said.toString();
    }

    private static String hex(final long person) {
        return HexFormat.of().toHexDigits(person);
    }
}
