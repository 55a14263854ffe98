package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.fake.FakeIssuer;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.grpc.Command;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.GetProfileRequest;
import org.mawid.grpc.IdentifyReply;
import org.mawid.grpc.IdentifyRequest;
import org.mawid.grpc.IdentityKind;
import org.mawid.grpc.IdentityServiceGrpc;
import org.mawid.grpc.IdentityServiceGrpc.IdentityServiceBlockingStub;
import org.mawid.grpc.KnownPerson;
import org.mawid.grpc.LinkIdentityRequest;
import org.mawid.grpc.PersonIdentity;
import org.mawid.grpc.PersonProfile;
import org.mawid.grpc.PutProfileRequest;
import org.mawid.grpc.Sex;
import org.mawid.grpc.UnlinkIdentityRequest;

/** A person is known by their numbers, whoever brings them: a portal, the counter, the call centre; and only some are shown them. */
class IdentitiesOverEdgesTest extends PersonFixture {
    private static final String IDENTIFY = "/v1/persons/identify";
    private static final int ROME = 2;
    private static final String REGISTER = "2024/000123";
    private static final String CNIE = "BK774921";

    private final FakeIssuer issuer = new FakeIssuer();
    private final String portal = issuer.token(List.of("portal"));
    private final String officer = issuer.token(List.of("officer"), "paris");
    private final String agent = issuer.token(List.of("call-centre"));

    @Override
    Map<String, String> settings() {
        final Map<String, String> settings = super.settings();
        settings.put(EdgeSetting.OIDC_ISSUER.key(), issuer.url().toString());
        settings.put(EdgeSetting.OIDC_AUDIENCE.key(), FakeIssuer.AUDIENCE);
        return settings;
    }

    @BeforeEach
    void open() throws Exception {
        try (MawidClient operator = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> issuer.token(List.of("operator"))))) {
            OnePost.define(operator);
            operator.rules(OnePost.done(operator, Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(ROME).setCode("rome").setCurrency("EUR").setMinorDigits(2).setRoundToMinor(50))));
        }
    }

    /** A line of an application is the person's: from then on the post deals with them. */
    private String applied(final String person, final String by, final int postId) {
        return json(as(by, "POST", "/v1/applications", new JsonObject().put("postId", postId).put("lines", JsonArray.of(LifeFixture.line(key(person))))), 201).getString("application");
    }

    @AfterEach
    void end() {
        issuer.close();
    }

    @Test
    void givenAPersonIdentifiedByAPortal_thenTheCounterFindsThem_andTheirPapersAreToldWholeToThemOnly() throws Exception {
        final JsonObject first = json(as(portal, "POST", IDENTIFY, given(register(), cnie())), 200);
        assertThat(first.getBoolean("isNew")).isTrue();
        assertThat(first.getJsonArray("identities")).isEqualTo(JsonArray.of("REGISTER_NUMBER", "CNIE"));
        final String person = first.getString("person");
        restart();
        final IdentifyReply again = stub(officer).identify(IdentifyRequest.newBuilder().addIdentities(message(IdentityKind.IDENTITY_KIND_CNIE, "\u202Ebk 774-\u0669\u0662\u0661")).build());
        assertThat(again).isEqualTo(IdentifyReply.newBuilder().setPerson(key(person)).addIdentities(IdentityKind.IDENTITY_KIND_CNIE).build());

        final String profile = "/v1/persons/" + person + "/profile";
        applied(person, officer, OnePost.POST);
        assertThat(json(as(officer, "PUT", profile, profile()), 200).getJsonObject("profile").getString("familyNameArabic")).isEqualTo("\u0627\u0644\u0641\u0627\u0633\u064A");
        final String yasmine = issuer.applicant(key(person));
        assertThat(json(as(yasmine, "GET", profile, null), 200).encode()).contains("BK774921", "2024000123");
        assertThat(json(as(officer, "GET", profile, null), 200).encode()).contains("BK774921");
        assertThat(json(as(agent, "GET", profile, null, "Mawid-Reason", "7"), 200).encode()).contains("*****921", "El Fassi").doesNotContain("BK7");
        final KnownPerson told = stub(yasmine).getProfile(GetProfileRequest.newBuilder().setPerson(key(person)).build());
        assertThat(told.getProfile().getSex()).isEqualTo(Sex.SEX_F);
        assertThat(told.getIdentitiesList()).extracting(PersonIdentity::getNumber).containsExactly("2024000123", "BK774921");
        assertThat(everyFile()).noneMatch(file -> file.contains("BK774921") || file.contains("2024000123") || file.contains("Fassi"));
    }

    @Test
    void givenAnotherNumber_whenLinkedAndTakenAway_thenBothEdgesSaySo_andTheLastOneStays() {
        final String person = json(as(officer, "POST", IDENTIFY, given(cnie())), 200).getString("person");
        applied(person, officer, OnePost.POST);
        final String path = "/v1/persons/" + person + "/identities";
        final KnownPerson linked = stub(officer).linkIdentity(LinkIdentityRequest.newBuilder().setPerson(key(person)).setIdentity(message(IdentityKind.IDENTITY_KIND_PASSPORT, "24AB12345").toBuilder().setCountry("FRA")).build());
        assertThat(linked.getIdentitiesList()).extracting(PersonIdentity::getCountry).containsExactly("MAR", "FRA");
        assertThat(json(as(officer, "DELETE", path + "/CNIE", null), 200).getJsonArray("identities")).hasSize(1);
        assertThat(json(as(officer, "DELETE", path + "/PASSPORT", null), 409).getString("reason")).isEqualTo("LAST");
        assertThat(refused(() -> stub(officer).unlinkIdentity(UnlinkIdentityRequest.newBuilder().setPerson(key(person)).setKind(IdentityKind.IDENTITY_KIND_PASSPORT).build()))).containsEntry("reason", "LAST");
        final JsonObject other = json(as(portal, "POST", IDENTIFY, given(cnie())), 200);
        assertThat(other.getBoolean("isNew")).isTrue();
        assertThat(other.getString("person")).isNotEqualTo(person);

        final JsonObject both = json(as(portal, "POST", IDENTIFY, given(cnie(), passport())), 409);
        assertThat(both.getString("reason")).isEqualTo("LINKED_TO_OTHERS");
        assertThat(both.encode()).doesNotContain(person, other.getString("person"));
        assertThat(refused(() -> stub(officer).linkIdentity(LinkIdentityRequest.newBuilder().setPerson(key(person)).setIdentity(message(IdentityKind.IDENTITY_KIND_CNIE, CNIE)).build()))).containsEntry("reason", "LINKED_TO_OTHERS");
        assertThat(audited("linkIdentity", person)).as("what was let be done, with what became of it behind it").filteredOn(entry -> "ALLOWED".equals(entry.getString("verdict"))).hasSize(2);
        assertThat(audited("unlinkIdentity", person)).filteredOn(entry -> "ALLOWED".equals(entry.getString("verdict"))).hasSize(3);
    }

    @Test
    void givenWhatIsNoIdentityAndNoName_thenBothEdgesSayWhy() {
        final JsonObject control = json(as(portal, "POST", IDENTIFY, given(register(), cnie().put("number", "BK77\n4921"))), 400);
        assertThat(control.getString("reason")).isEqualTo("NUMBER_CONTROL");
        assertThat(control.encode()).contains("/identities/1/number").doesNotContain("4921");
        assertThat(json(as(portal, "POST", IDENTIFY, given(passport().put("country", "XYZ"))), 400).getString("reason")).isEqualTo("COUNTRY");
        assertThat(as(portal, "POST", IDENTIFY, new JsonObject().put("identities", new JsonArray())).statusCode()).isEqualTo(400);
        final String person = json(as(officer, "POST", IDENTIFY, given(cnie())), 200).getString("person");
        applied(person, officer, OnePost.POST);
        assertThat(json(as(officer, "PUT", "/v1/persons/" + person + "/profile", profile().put("givenNames", "Yas\u202Emine")), 400).getString("reason")).isEqualTo("NAME_DIRECTION");
        final PersonProfile joined = PersonProfile.newBuilder().setFamilyName("El\u200DFassi").setGivenNames("Yasmine").setDateOfBirth("1990-03-02").setNationality("MAR").build();
        assertThat(refused(() -> stub(officer).putProfile(PutProfileRequest.newBuilder().setPerson(key(person)).setProfile(joined).build()))).containsEntry("reason", "NAME_INVISIBLE").containsEntry("field", "familyName");
        assertThat(refused(() -> stub(portal).identify(IdentifyRequest.getDefaultInstance()))).containsEntry("reason", "NOTHING");
        assertThatThrownBy(() -> stub(portal).identify(IdentifyRequest.newBuilder().addIdentities(PersonIdentity.getDefaultInstance()).build())).hasMessageContaining("INVALID_ARGUMENT");
        assertThat(json(as(officer, "GET", "/v1/persons/" + person + "/profile", null), 200).containsKey("profile")).isFalse();
    }

    @Test
    void givenAMother_thenSheIdentifiesHerNewborn_andNobodyElse() {
        final String mother = json(as(officer, "POST", IDENTIFY, given(cnie())), 200).getString("person");
        final String hers = issuer.applicant(key(mother));
        final JsonObject child = new JsonObject().put("kind", "NEWBORN").put("parent", mother).put("dateOfBirth", "2026-01-02");
        final JsonObject identified = json(as(hers, "POST", IDENTIFY, given(child)), 200);
        assertThat(identified.getString("person")).isNotEqualTo(mother);
        final JsonObject withNumber = json(as(officer, "POST", IDENTIFY, given(child, register())), 200);
        assertThat(withNumber.getString("person")).isEqualTo(identified.getString("person"));
        assertThat(withNumber.getJsonArray("notLinked")).isEqualTo(JsonArray.of("REGISTER_NUMBER"));
        assertThat(as(hers, "POST", IDENTIFY, given(register())).statusCode()).isEqualTo(403);
        assertThat(as(hers, "POST", IDENTIFY, given(child, register())).statusCode()).isEqualTo(403);
        assertThat(as(issuer.applicant(key(mother) + 1), "POST", IDENTIFY, given(child)).statusCode()).isEqualTo(403);
        final PersonIdentity strange = PersonIdentity.newBuilder().setKind(IdentityKind.IDENTITY_KIND_NEWBORN).setParent(key(mother) + 1).setDateOfBirth("2026-01-02").build();
        assertThatThrownBy(() -> stub(hers).identify(IdentifyRequest.newBuilder().addIdentities(strange).build())).hasMessageContaining("PERMISSION_DENIED");
        assertThat(stub(hers).identify(IdentifyRequest.newBuilder().addIdentities(strange.toBuilder().setParent(key(mother))).build()).getPerson()).isEqualTo(key(identified.getString("person")));
    }

    @Test
    void givenOthers_thenTheyMayNot() {
        final String person = json(as(officer, "POST", IDENTIFY, given(cnie())), 200).getString("person");
        final String profile = "/v1/persons/" + person + "/profile";
        assertThat(as(agent, "POST", IDENTIFY, given(cnie())).statusCode()).isEqualTo(403);
        assertThat(as(agent, "POST", IDENTIFY, given(cnie()), "Mawid-Reason", "7").statusCode()).isEqualTo(200);
        for (final String other : List.of(portal, issuer.applicant(key(person) + 1), issuer.token(List.of("auditor")), issuer.token(List.of("operator")))) {
            assertThat(as(other, "GET", profile, null).statusCode()).isEqualTo(403);
            assertThat(as(other, "DELETE", "/v1/persons/" + person + "/identities/CNIE", null).statusCode()).isEqualTo(403);
            assertThatThrownBy(() -> stub(other).getProfile(GetProfileRequest.newBuilder().setPerson(key(person)).build())).hasMessageContaining("PERMISSION_DENIED");
        }
        assertThat(send("POST", IDENTIFY, given(cnie())).statusCode()).isEqualTo(401);
    }

    @Test
    void givenAPersonOfAnotherPost_whenAnOfficerReadsThem_thenTheyAreToldWhatIsToldOfANumberThatNobodyHas_untilTheirPostDealsWithThem() {
        final String person = json(as(portal, "POST", IDENTIFY, given(cnie())), 200).getString("person");
        final String ofRome = issuer.token(List.of("officer"), "rome");
        final String managerOfRome = issuer.token(List.of("post-manager"), "rome");
        for (final String rome : List.of(ofRome, managerOfRome)) {
            assertNobody(rome, person);
        }
        applied(person, officer, OnePost.POST);
        assertThat(json(as(officer, "PUT", "/v1/persons/" + person + "/profile", profile()), 200).encode()).contains("BK774921");
        for (final String rome : List.of(ofRome, managerOfRome)) {
            assertNobody(rome, person);
        }
        assertThat(json(as(agent, "GET", "/v1/persons/" + person + "/profile", null, "Mawid-Reason", "7"), 200).encode()).as("with a reason").contains("El Fassi");

        final String yasmine = issuer.applicant(key(person));
        json(as(yasmine, "POST", "/v1/applications", new JsonObject().put("postId", ROME).put("lines", JsonArray.of(LifeFixture.line(0xC0FFEE)))), 201);
        assertThat(json(as(ofRome, "GET", "/v1/persons/" + person + "/profile", null), 200).encode()).as("she submits, for somebody else").contains("El Fassi");
        assertThat(stub(managerOfRome).getProfile(GetProfileRequest.newBuilder().setPerson(key(person)).build()).getProfile().getFamilyName()).isEqualTo("El Fassi");
        assertThat(json(as(officer, "GET", "/v1/persons/" + person + "/profile", null), 200).encode()).contains("El Fassi");
        assertNobody(officer, "0000000000c0ffee");
    }

    /** Over both edges, whatever is asked for, as of a key that nobody has. */
    private void assertNobody(final String token, final String person) {
        final String none = "dead00000000beef";
        final Map<String, JsonObject> all = new LinkedHashMap<>();
        all.put("GET /profile", null);
        all.put("PUT /profile", profile());
        all.put("POST /identities", register());
        all.put("DELETE /identities/CNIE", null);
        all.forEach((call, body) -> {
            final String[] words = call.split(" ");
            final HttpResponse<String> theirs = as(token, words[0], "/v1/persons/" + person + words[1], body);
            final HttpResponse<String> nobodys = as(token, words[0], "/v1/persons/" + none + words[1], body);
            assertThat(theirs.statusCode()).isEqualTo(403).isEqualTo(nobodys.statusCode());
            assertThat(theirs.headers().map().keySet()).isEqualTo(nobodys.headers().map().keySet());
            assertThat(bare(theirs, person)).isEqualTo(bare(nobodys, none));
        });
        final GetProfileRequest request = GetProfileRequest.newBuilder().setPerson(key(person)).build();
        assertThat(refusal(() -> stub(token).getProfile(request))).isEqualTo(refusal(() -> stub(token).getProfile(request.toBuilder().setPerson(key(none)).build())));
    }

    private static JsonObject bare(final HttpResponse<String> answer, final String person) {
        final JsonObject json = new JsonObject(answer.body().replace(person, "PERSON"));
        json.remove("requestId");
        return json;
    }

    private static String refusal(final Runnable call) {
        try {
            call.run();
            throw new AssertionError("it was taken");
        } catch (final StatusRuntimeException e) {
            return e.getStatus() + " " + StatusProto.fromThrowable(e);
        }
    }

    @Test
    void givenSomebodyWhoLinksOneNumberAfterTheOther_thenAfterAFewTheyAreToldNothingMoreThatDay_whateverTheNumberIs() {
        final String other = json(as(portal, "POST", IDENTIFY, given(cnie())), 200).getString("person");
        final String person = json(as(portal, "POST", IDENTIFY, given(register())), 200).getString("person");
        final String yasmine = issuer.applicant(key(person));
        final String path = "/v1/persons/" + person + "/identities";
        assertThat(json(as(yasmine, "POST", path, cnie()), 409).getString("reason")).isEqualTo("LINKED_TO_OTHERS");
        for (int i = 0; i < 4; i++) {
            json(as(yasmine, "POST", path, passport().put("number", "24AB1234" + i)), 200);
        }
        final JsonObject known = json(as(yasmine, "POST", path, cnie()), 429);
        assertThat(known.getString("limit")).isEqualTo("person.links");
        assertThat(known.getLong("retryAfterMs")).isPositive();
        assertThat(known.encode()).doesNotContain(other);
        assertThat(json(as(yasmine, "POST", path, passport().put("number", "24AB12349")), 429).getString("limit")).as("nor of a new one").isEqualTo("person.links");
        final LinkIdentityRequest request = LinkIdentityRequest.newBuilder().setPerson(key(person)).setIdentity(message(IdentityKind.IDENTITY_KIND_CNIE, CNIE)).build();
        assertThat(refused(() -> stub(yasmine).linkIdentity(request))).containsEntry("limit", "person.links");
        assertThat(json(as(yasmine, "GET", "/v1/persons/" + person + "/profile", null), 200).getJsonArray("identities")).as("what was taken stays").hasSize(5);
        applied(person, officer, OnePost.POST);
        assertThat(json(as(officer, "POST", path, cnie()), 429).getString("limit")).as("nor whoever says it for her, and does not say so").isEqualTo("person.links");
        assertThat(refused(() -> stub(officer).linkIdentity(request))).containsEntry("limit", "person.links");
    }

    @Test
    void givenOneWhoMayNot_whenTheySayNumbersOfSomebody_thenItCostsThatPersonNothing() {
        final String person = json(as(portal, "POST", IDENTIFY, given(register())), 200).getString("person");
        final String ofRome = issuer.token(List.of("officer"), "rome");
        for (int i = 0; i < 9; i++) {
            assertThat(as(ofRome, "POST", "/v1/persons/" + person + "/identities", cnie()).statusCode()).isEqualTo(403);
        }
        json(as(issuer.applicant(key(person)), "POST", "/v1/persons/" + person + "/identities", cnie()), 200);
    }

    @Test
    void givenANumberOfSomebodyAndOneThatNobodyHas_whenTheyAreIdentified_thenItIsNotTheirs_andWhoeverAskedIsInTheAudit() {
        final String person = json(as(portal, "POST", IDENTIFY, given(cnie())), 200).getString("person");
        final JsonObject found = json(as(officer, "POST", IDENTIFY, given(cnie(), passport())), 200);
        assertThat(found).isEqualTo(new JsonObject().put("person", person).put("isNew", false).put("identities", JsonArray.of("CNIE", "PASSPORT")).put("notLinked", JsonArray.of("PASSPORT")));
        final IdentifyReply reply = stub(portal).identify(IdentifyRequest.newBuilder().addIdentities(message(IdentityKind.IDENTITY_KIND_PASSPORT, "24AB12345").toBuilder().setCountry("FRA"))
                .addIdentities(message(IdentityKind.IDENTITY_KIND_CNIE, CNIE)).build());
        assertThat(reply.getPerson()).isEqualTo(key(person));
        assertThat(reply.getNotLinkedList()).containsExactly(IdentityKind.IDENTITY_KIND_PASSPORT);
        assertThat(json(as(issuer.applicant(key(person)), "GET", "/v1/persons/" + person + "/profile", null), 200).getJsonArray("identities")).hasSize(1);
        assertThat(audited("identify", person)).as("each of the three, over either edge").hasSize(3).allMatch(entry -> "ALLOWED".equals(entry.getString("verdict")));
        assertThat(audited("identify", person).stream().map(entry -> entry.getString("actor")).distinct()).as("a portal and an officer").hasSize(2);
        assertThat(json(as(portal, "POST", IDENTIFY, given(passport())), 200).getBoolean("isNew")).as("it leads to nobody").isTrue();
    }

    /** What the log has of it. */
    private List<JsonObject> audited(final String operation, final String person) {
        return json(as(issuer.token(List.of("auditor")), "GET", "/v1/audit?operation=" + operation, null), 200).getJsonArray("entries").stream().map(JsonObject.class::cast)
                .filter(entry -> person.equals(entry.getString("object"))).toList();
    }

    private static JsonObject given(final JsonObject... identities) {
        return new JsonObject().put("identities", new JsonArray(Arrays.asList(identities)));
    }

    private static JsonObject register() {
        return new JsonObject().put("kind", "REGISTER_NUMBER").put("number", REGISTER);
    }

    private static JsonObject cnie() {
        return new JsonObject().put("kind", "CNIE").put("number", CNIE);
    }

    private static JsonObject passport() {
        return new JsonObject().put("kind", "PASSPORT").put("country", "FRA").put("number", "24AB12345");
    }

    private static JsonObject profile() {
        return new JsonObject().put("familyName", "El Fassi").put("givenNames", "Yasmine").put("familyNameArabic", "\u0627\u0644\u0641\u0627\u0633\u064A").put("dateOfBirth", "1990-03-02").put("sex", "F").put("nationality", "MAR");
    }

    private static PersonIdentity message(final IdentityKind kind, final String number) {
        return PersonIdentity.newBuilder().setKind(kind).setNumber(number).build();
    }

    private static long key(final String person) {
        return Long.parseUnsignedLong(person, 16);
    }

    private HttpResponse<String> as(final String token, final String method, final String path, final JsonObject body, final String... headers) {
        final String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = "Bearer " + token;
        return send(method, path, body, all);
    }

    private IdentityServiceBlockingStub stub(final String token) {
        final Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return IdentityServiceGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static Map<String, String> refused(final Runnable call) {
        try {
            call.run();
            throw new AssertionError("it was taken");
        } catch (final StatusRuntimeException e) {
            try {
                return StatusProto.fromThrowable(e).getDetails(0).unpack(ErrorInfo.class).getMetadataMap();
            } catch (final InvalidProtocolBufferException other) {
                throw new AssertionError(other);
            }
        }
    }
}
