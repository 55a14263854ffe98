package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.fake.FakeIssuer;
import org.mawid.grpc.ContactLanguage;
import org.mawid.grpc.ContactServiceGrpc;
import org.mawid.grpc.ContactServiceGrpc.ContactServiceBlockingStub;
import org.mawid.grpc.ContactTopic;
import org.mawid.grpc.Contacts;
import org.mawid.grpc.DeleteContactsRequest;
import org.mawid.grpc.GetContactsRequest;
import org.mawid.grpc.PutContactsRequest;

/** Where a person is reached: theirs to say, the call centre's to help with, and nobody else's to know. */
class ContactsOverEdgesTest extends PersonFixture {
    private static final String PATH = "/v1/persons/" + String.format("%016x", YASMINE) + "/contacts";
    private static final String EMAIL = "yasmine@example.org";
    private static final String MOBILE = "+212661447789";

    private final FakeIssuer issuer = new FakeIssuer();
    private final String yasmine = issuer.applicant(YASMINE);

    @Override
    Map<String, String> settings() {
        final Map<String, String> settings = super.settings();
        settings.put(EdgeSetting.OIDC_ISSUER.key(), issuer.url().toString());
        settings.put(EdgeSetting.OIDC_AUDIENCE.key(), FakeIssuer.AUDIENCE);
        return settings;
    }

    @AfterEach
    void end() {
        issuer.close();
    }

    @Test
    void givenContactsOverHttp_thenBothEdgesTellThem_alsoAfterARestart_untilTheyAreDeleted() throws Exception {
        final JsonObject none = json(as(yasmine, "GET", null), 200);
        assertThat(none).isEqualTo(new JsonObject().put("person", String.format("%016x", YASMINE)));
        final JsonObject put = json(as(yasmine, "PUT", body().put("mobile", "+212 (0)6 61 44 77 89")), 200);
        assertThat(put.getString("mobile")).isEqualTo(MOBILE);
        assertThat(put.getJsonArray("topics")).hasSize(6);
        restart();
        assertThat(json(as(yasmine, "GET", null), 200)).isEqualTo(put);
        final Contacts told = stub(yasmine).getContacts(GetContactsRequest.newBuilder().setPerson(YASMINE).build());
        assertThat(told.getEmail()).isEqualTo(EMAIL);
        assertThat(told.getLanguage()).isEqualTo(ContactLanguage.CONTACT_LANGUAGE_FRENCH);
        assertThat(everyFile()).noneMatch(file -> file.contains(EMAIL) || file.contains("661447789"));
        assertThat(json(as(yasmine, "DELETE", null), 200)).isEqualTo(none);
        assertThat(stub(yasmine).getContacts(GetContactsRequest.newBuilder().setPerson(YASMINE).build())).isEqualTo(Contacts.getDefaultInstance());
    }

    @Test
    void givenContactsOverGrpc_thenTheyAreThoseThatHttpTells() throws Exception {
        final Contacts wanted = Contacts.newBuilder().setMobile(MOBILE).setLanguage(ContactLanguage.CONTACT_LANGUAGE_ARABIC).addTopics(ContactTopic.CONTACT_TOPIC_REMINDER).build();
        assertThat(stub(yasmine).putContacts(PutContactsRequest.newBuilder().setPerson(YASMINE).setContacts(wanted).build())).isEqualTo(wanted);
        final JsonObject told = json(as(yasmine, "GET", null), 200);
        assertThat(told.getString("language")).isEqualTo("ar");
        assertThat(told.getJsonArray("topics")).isEqualTo(JsonArray.of("REMINDER"));
        assertThat(told.containsKey("email")).isFalse();
        assertThat(stub(yasmine).deleteContacts(DeleteContactsRequest.newBuilder().setPerson(YASMINE).build())).isEqualTo(Contacts.getDefaultInstance());
    }

    @Test
    void givenAddressesThatAreNone_thenBothEdgesSayWhy_andNothingIsKept() throws Exception {
        final JsonObject several = json(as(yasmine, "PUT", body().put("email", EMAIL + "\r\nBcc: b@example.com")), 400);
        assertThat(several.getString("reason")).isEqualTo("EMAIL_CONTROL");
        assertThat(several.encode()).contains("/email").doesNotContain("Bcc");
        assertThat(json(as(yasmine, "PUT", body().put("email", EMAIL + ", b@example.com")), 400).getString("reason")).isEqualTo("EMAIL_SEVERAL");
        assertThat(json(as(yasmine, "PUT", body().put("mobile", "0661447789")), 400).getString("reason")).isEqualTo("MOBILE_SYNTAX");
        assertThat(json(as(yasmine, "PUT", new JsonObject().put("language", "fr")), 400).getString("reason")).isEqualTo("NOTHING");
        assertThat(as(yasmine, "PUT", body().put("language", "de")).statusCode()).isEqualTo(400);
        final Contacts fixed = Contacts.newBuilder().setMobile("+212537761234").setLanguage(ContactLanguage.CONTACT_LANGUAGE_FRENCH).build();
        assertThat(refused(yasmine, fixed).getMetadataMap()).containsEntry("reason", "MOBILE_FIXED").containsEntry("field", "mobile");
        assertThat(refused(yasmine, fixed.toBuilder().clearLanguage().build()).getReason()).isEqualTo("MALFORMED");
        assertThat(refused(yasmine, fixed.toBuilder().addTopicsValue(77).build()).getReason()).isEqualTo("MALFORMED");
        assertThat(data().resolve("persons/book")).isEmptyDirectory();
    }

    @Test
    void givenOthers_thenOnlyTheCallCentreMay_andSaysWhy() throws Exception {
        json(as(yasmine, "PUT", body()), 200);
        final String agent = issuer.token(List.of("call-centre"));
        assertThat(as(agent, "GET", null).statusCode()).isEqualTo(403);
        assertThat(json(as(agent, "GET", null, "Mawid-Reason", "20261234"), 200).getString("email")).isEqualTo(EMAIL);
        assertThat(json(as(agent, "PUT", body().put("language", "ar"), "Mawid-Reason", "20261234"), 200).getString("language")).isEqualTo("ar");
        final List<String> others = List.of(issuer.applicant(YASMINE + 1), issuer.token(List.of("officer"), "paris"), issuer.token(List.of("auditor")), issuer.token(List.of("operator")), issuer.token(List.of("portal")));
        for (final String other : others) {
            assertThat(as(other, "GET", null).statusCode()).isEqualTo(403);
            assertThat(as(other, "DELETE", null).statusCode()).isEqualTo(403);
            assertThatThrownBy(() -> stub(other).getContacts(GetContactsRequest.newBuilder().setPerson(YASMINE).build())).hasMessageContaining("PERMISSION_DENIED");
        }
        assertThat(send("GET", PATH, null).statusCode()).isEqualTo(401);
        assertThat(json(as(yasmine, "GET", null), 200).getString("language")).isEqualTo("ar");
    }

    private static JsonObject body() {
        return new JsonObject().put("email", EMAIL).put("language", "fr");
    }

    private java.net.http.HttpResponse<String> as(final String token, final String method, final JsonObject body, final String... headers) {
        final String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = "Bearer " + token;
        return send(method, PATH, body, all);
    }

    private ContactServiceBlockingStub stub(final String token) {
        final Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return ContactServiceGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private ErrorInfo refused(final String token, final Contacts contacts) throws Exception {
        try {
            stub(token).putContacts(PutContactsRequest.newBuilder().setPerson(YASMINE).setContacts(contacts).build());
            throw new AssertionError("it was taken");
        } catch (final StatusRuntimeException e) {
            return StatusProto.fromThrowable(e).getDetails(0).unpack(ErrorInfo.class);
        }
    }
}
