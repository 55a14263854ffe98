package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.ResultTable;
import org.mawid.api.http.Contract.Operation;
import org.mawid.sbe.Result;
import org.yaml.snakeyaml.Yaml;

/** The OpenAPI file is what it says it is, and its examples are true. */
class ContractTest {
    private static final Contract CONTRACT = Contract.load();
    /** Told before an operation is looked at, or in its place: not declared one by one. */
    private static final Set<Integer> OF_HTTP = Set.of(405, 408, 413, 415, 417, 500);

    @Test
    void givenTheFile_whenVertxOpenApiReadsIt_thenItIsOpenApi31AndHasTheSameOperations() throws Exception {
        final Vertx vertx = Vertx.vertx();
        try {
            final OpenAPIContract parsed = OpenAPIContract.from(vertx, forParser(file())).await(60, TimeUnit.SECONDS);

            assertThat(parsed.operations()).extracting(io.vertx.openapi.contract.Operation::getOperationId)
                    .containsExactlyInAnyOrderElementsOf(CONTRACT.operations().keySet());
        } finally {
            vertx.close().await(30, TimeUnit.SECONDS);
        }
    }

    /** Whoever has changed the one without the build has the other of before. */
    @Test
    void givenTheFileThatIsServed_thenItSaysWhatRequestsAreCheckedAgainst() throws Exception {
        try (InputStream json = Contract.class.getResourceAsStream("/" + Contract.AS_JSON)) {
            assertThat(new JsonObject(Buffer.buffer(json.readAllBytes()))).isEqualTo(file());
        }
    }

    @Test
    void givenEveryExample_whenCheckedAgainstItsSchema_thenItConforms() {
        final List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (final Operation operation : CONTRACT.operations().values()) {
            for (final Map.Entry<String, Object> response : operation.responses()) {
                for (final Map.Entry<String, Object> content : ((JsonObject) response.getValue()).getJsonObject("content", new JsonObject())) {
                    checked += check(operation.id() + ' ' + response.getKey(), (JsonObject) content.getValue(), wrong);
                }
            }
            final JsonObject body = file().getJsonObject("paths").getJsonObject(operation.path())
                    .getJsonObject(operation.method().toLowerCase(Locale.ROOT)).getJsonObject("requestBody");
            if (operation.body() != null) {
                final JsonObject content = body.getJsonObject("content").getJsonObject(Contract.JSON);
                assertThat(content.containsKey("example")).as("an example of " + operation.id()).isTrue();
                checked += check(operation.id() + " body", new JsonObject().put("schema", operation.body()).put("example", content.getValue("example")), wrong);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(checked).isGreaterThan(100);
    }

    @Test
    void givenEveryCommandThatMayComeFromOutside_thenOneOperationHasItsName() {
        final TreeSet<String> missing = new TreeSet<>();
        for (final CommandTemplate template : CommandTemplate.values()) {
            final String[] words = template.name().toLowerCase(Locale.ROOT).split("_");
            final StringBuilder name = new StringBuilder(words[0]);
            for (int i = 1; i < words.length; i++) {
                name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
            }
            if (!CONTRACT.operations().containsKey(name.toString())) {
                missing.add(name.toString());
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void givenEveryResult_thenWritesDeclareItsStatus() {
        final JsonObject responses = CONTRACT.operations().get("hold").responses();
        for (final Result result : Result.values()) {
            if (result != Result.NULL_VAL && result != Result.SBE_UNKNOWN && !List.of(Result.OK, Result.OVERFLOW).contains(result)) {
                final String status = Integer.toString(ResultTable.of(result).http());
                if (status.equals("401") || status.equals("403")) { // who may what: told once for all
                    assertThat(responses.getJsonObject("default").getString("description")).as(result + " is " + status).contains(status);
                } else {
                    assertThat(responses.containsKey(status)).as(result + " is " + status).isTrue();
                }
            }
        }
    }

    @Test
    void givenEveryOperation_thenItDeclaresWhatHttpItselfMaySayAndEveryWriteThatItCameLate() {
        for (final Operation operation : CONTRACT.operations().values()) {
            for (final int status : OF_HTTP) {
                assertThat(operation.responses().getJsonObject("default").getString("description")).as(operation.id()).contains(" " + status + " ");
            }
            assertThat(operation.responses().containsKey("504")).as(operation.id()).isEqualTo(operation.command() != null);
        }
    }

    @Test
    void givenEveryBodyThatComesIn_thenItTakesNoUnknownFields() {
        for (final Operation operation : CONTRACT.operations().values()) {
            if (operation.body() != null) {
                assertThat(operation.body().getValue("additionalProperties")).as(operation.id()).isEqualTo(false);
            }
        }
    }

    private static int check(final String where, final JsonObject content, final List<String> wrong) {
        if (!content.containsKey("example") || "string".equals(content.getJsonObject("schema").getString("type"))) {
            return 0;
        }
        final OutputUnit verdict = validator(content.getJsonObject("schema")).validate(content.getValue("example"));
        if (!verdict.getValid()) {
            verdict.getErrors().forEach(error -> wrong.add(where + ' ' + error.getInstanceLocation() + ": " + error.getError()));
        }
        return 1;
    }

    static Validator validator(final JsonObject schema) {
        return Validator.create(JsonSchema.of(schema.copy()), new JsonSchemaOptions()
                .setDraft(Draft.DRAFT202012).setBaseUri("app://mawid").setOutputFormat(OutputFormat.Basic));
    }

    private static JsonObject file() {
        final Map<String, Object> map = new Yaml().load(CONTRACT.text().toString());
        return new JsonObject(map);
    }

    /** vertx-openapi refuses media types whose content it cannot check; they get the name of one that it can. */
    private static JsonObject forParser(final JsonObject file) {
        for (final String path : file.getJsonObject("paths").fieldNames()) {
            final JsonObject item = file.getJsonObject("paths").getJsonObject(path);
            item.fieldNames().forEach(method -> {
                rename(item.getJsonObject(method).getJsonObject("responses"));
                rename(new JsonObject().put("body", item.getJsonObject(method).getJsonObject("requestBody", new JsonObject())));
            });
        }
        rename(file.getJsonObject("components").getJsonObject("responses"));
        return file;
    }

    private static void rename(final JsonObject responses) {
        for (final String status : responses.fieldNames()) {
            final JsonObject content = responses.getJsonObject(status).getJsonObject("content", new JsonObject());
            for (final String type : List.copyOf(content.fieldNames())) {
                if (!MediaType.isMediaTypeSupported(type)) {
                    content.put(type.endsWith("json") ? MediaType.APPLICATION_JSON : MediaType.TEXT_PLAIN, content.remove(type));
                }
            }
        }
    }

    /** What a test asks of an answer: declared for its status, with its content type, and as its schema says. */
    static void assertDeclared(final String operationId, final int status, final String contentType, final String body) {
        final JsonObject response = CONTRACT.operations().get(operationId).responses()
                .getJsonObject(OF_HTTP.contains(status) ? "default" : Integer.toString(status));
        assertThat(response).as(operationId + " declares " + status + ": " + body).isNotNull();
        final JsonObject content = response.getJsonObject("content");
        if (content == null) {
            assertThat(body).isEmpty();
            return;
        }
        final String bareType = contentType.replaceAll(";.*", "");
        assertThat(content.fieldNames()).as(operationId + ' ' + status).contains(bareType);
        if (bareType.endsWith("json")) {
            final Object json = body.startsWith("[") ? new JsonArray(body) : new JsonObject(body);
            final OutputUnit verdict = validator(content.getJsonObject(bareType).getJsonObject("schema")).validate(json);
            assertThat(verdict.getErrors() == null ? List.of() : verdict.getErrors()).as(operationId + ' ' + body).isEmpty();
        }
    }

    static Map<String, Operation> operations() {
        return CONTRACT.operations();
    }
}
