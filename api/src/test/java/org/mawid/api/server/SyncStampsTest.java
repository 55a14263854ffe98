package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.sync.SyncRig;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.GetStampRequest;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.RecordCounterReceipt;
import org.mawid.grpc.StampServiceGrpc;
import org.mawid.grpc.StampState;

/** Stamps that were used where there was no line, told from the folders of two posts: the first use is done, the second is an incident. */
@Timeout(120)
class SyncStampsTest extends SyncFixture {
    private static final int LYON = 2;
    private static final int AMOUNT_CENTIMES = 50_000;
    private static final int AMOUNT_MINOR = 4_650;
    /** Of a secret code, and of an application; the last sign is that of the check. */
    private static final Pattern CODE = Pattern.compile("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}[0-9A-Z*~$=]");

    private SyncRig paris;
    private SyncRig lyon;

    @BeforeEach
    void twoPosts() {
        done(Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(LYON).setCode("lyon").setCurrency("EUR").setMinorDigits(2).setRoundToMinor(50)));
        paris = rig("paris");
        lyon = new SyncRig(temporary.resolve("lyon"), "lyon");
    }

    @Test
    void givenAStampThatWasPaidAndUsedAtTwoPosts_whenBothTell_thenTheFirstConsumedItAndTheSecondIsRefusedWithItsBreak() throws Exception {
        final String application = application(OnePost.POST);
        final String stamp = issued(application);
        final CommandReply receipt = paid(application, stamp);
        final String secret = readOffThePage(stamp, application, receipt.getPosition());
        paris.record("1.json", consume(stamp, application, secret));
        lyon.record("1.json", consume(stamp, application, secret));
        paris.once(service.grpcPort());
        lyon.once(service.grpcPort());

        final JsonObject used = answer(paris.done());
        assertThat(used.getMap()).containsEntry("result", "OK").containsEntry("detail", AMOUNT_CENTIMES);
        assertThat(paris.refused()).isEmpty();
        assertThat(state(stamp, used.getLong("position"))).isEqualTo(StampState.STAMP_STATE_CONSUMED);
        assertThat(lyon.done()).isEmpty();
        final JsonObject twice = answer(lyon.refused());
        assertThat(twice.getString("result")).isEqualTo("STAMP_ALREADY_CONSUMED");
        assertThat(openBreaks(twice.getLong("position"))).singleElement().satisfies(one -> {
            assertThat(one.getString("break")).isEqualTo(twice.getString("break"));
            assertThat(one.getString("breakType")).isEqualTo("CONSUMED_TWICE");
        });
        assertInStep(paris);
    }

    @Test
    void givenAStampThatIsNotPaid_whenItWasUsed_thenItIsRefusedWithItsBreakAndAMistypedCodeWithNone() throws Exception {
        final String application = application(OnePost.POST);
        final String other = application(OnePost.POST);
        final String paidOne = issued(application);
        final String unpaid = issued(other);
        final String secret = readOffThePage(paidOne, application, paid(application, paidOne).getPosition());
        paris.record("1.json", consume(paidOne, application, secret.substring(0, secret.length() - 1) + (secret.endsWith("0") ? "1" : "0")));
        paris.record("2.json", consume(unpaid, other, secret));
        paris.once(service.grpcPort());
        assertThat(paris.done()).isEmpty();
        assertThat(paris.refused()).extracting(one -> one.getJsonObject("answer").getString("result")).containsOnly("SECRET_WRONG");
        assertThat(paris.refused()).noneMatch(one -> one.getJsonObject("answer").containsKey("break"));
        assertThat(state(paidOne, 0)).isEqualTo(StampState.STAMP_STATE_PAID);
        paris.record("3.json", consume(paidOne, application, secret));
        paris.once(service.grpcPort());
        assertThat(answer(paris.done()).getString("result")).as("what is right goes on behind what was refused").isEqualTo("OK");
    }

    private String issued(final String application) {
        return done(Command.newBuilder().setIssueStamps(IssueStamps.newBuilder().setApplication(application).setLines(1).setPostId(OnePost.POST))).getStamps(0);
    }

    private CommandReply paid(final String application, final String stamp) {
        return done(Command.newBuilder().setRecordCounterReceipt(RecordCounterReceipt.newBuilder().setApplication(application).addStamps(stamp)
                .setPostId(OnePost.POST).setEpochDay(today).setAmountMinor(AMOUNT_MINOR).setCurrency("EUR")));
    }

    /** The code as the citizen has it: on the page, and nowhere else. */
    private String readOffThePage(final String stamp, final String application, final long minPosition) throws Exception {
        try (PDDocument page = Loader.loadPDF(get("/v1/stamps/" + stamp + "/document?minPosition=" + minPosition))) {
            final List<String> codes = CODE.matcher(new PDFTextStripper().getText(page)).results().map(MatchResult::group).filter(code -> !code.equals(application)).distinct().toList();
            assertThat(codes).hasSize(1);
            return codes.get(0);
        }
    }

    private String consume(final String stamp, final String application, final String secret) {
        return new JsonObject().put("do", "consume").put("at", at(1_000)).put("stamp", stamp).put("application", application).put("line", 0)
                .put("date", date(today)).put("secret", secret).encode();
    }

    private static JsonObject answer(final List<JsonObject> records) {
        assertThat(records).hasSize(1);
        return records.get(0).getJsonObject("answer");
    }

    private StampState state(final String stamp, final long minPosition) {
        return StampServiceGrpc.newBlockingStub(channel).getStamp(GetStampRequest.newBuilder().setStamp(stamp).setMinPosition(minPosition).build()).getState();
    }

    private List<JsonObject> openBreaks(final long minPosition) throws Exception {
        return new JsonObject(new String(get("/v1/breaks?minPosition=" + minPosition), StandardCharsets.UTF_8)).getJsonArray("breaks").stream()
                .map(JsonObject.class::cast).toList();
    }

    private byte[] get(final String path) throws IOException, InterruptedException {
        final HttpResponse<byte[]> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path)).build(), BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }
}
