package org.mawid.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.mawid.api.http.Contract.Operation;
import org.mawid.api.http.Contract.Parameter;
import org.mawid.api.http.Contract.Place;
import org.mawid.sbe.Result;

/**
 * Checks requests against the contract: parameters, body, and that there is nothing it does not name. One for each event loop, since
 * the validators are made when first needed.
 */
final class RequestCheck {
    private static final Pattern END = Pattern.compile("\\$\\z");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,19}");
    private static final double TWO_TO_63 = 0x1p63;
    private static final Set<String> WRAPPERS = Set.of("properties", "items", "prefixItems", "allOf", "$ref");
    private static final JsonSchemaOptions OPTIONS = new JsonSchemaOptions()
            .setDraft(Draft.DRAFT202012).setBaseUri("app://mawid").setOutputFormat(OutputFormat.Basic);

    /** The largest command, sixteen legs of sixteen lines each, has about 600. What is wrong with each costs the validator tens of microseconds. */
    private static final int MOST_TOKENS = 2_048;
    private static final int MOST_NESTED = 32;
    /** Of a name that is given twice we would take the last, and whoever looked before us the first. */
    private static final JsonFactory STRICT = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).maxNestingDepth(MOST_NESTED).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** By schema: equal parameters of different operations share one. */
    private final Map<JsonObject, Validator> validators = new HashMap<>();

    /**
     * The parameters by name, as the schema has them: Long, Boolean, String or a JsonArray of them. What is absent and has a default
     * has the default.
     *
     * @throws Fault that names each parameter that is wrong
     */
    Map<String, Object> parameters(final Operation operation, final Map<String, String> path, final MultiMap query, final MultiMap headers) {
        final Map<String, Object> values = new HashMap<>();
        final Problem problem = Problem.of(Result.MALFORMED);
        for (final Parameter parameter : operation.parameters()) {
            final List<String> given = switch (parameter.place()) {
                case PATH -> List.of(path.getOrDefault(parameter.name(), ""));
                case QUERY -> query.getAll(parameter.name());
                case HEADER -> headers.getAll(parameter.name());
            };
            if (given.size() > 1) {
                problem.in(parameter.name(), "given more than once");
            } else if (given.isEmpty()) {
                absent(parameter, values, problem);
            } else {
                present(parameter, given.get(0), values, problem);
            }
        }
        refuseUnknown(operation, query, problem);
        if (problem.hasErrors()) {
            throw new Fault(problem);
        }
        return values;
    }

    /**
     * The body.
     *
     * @return null when there is none and none is needed
     * @throws Fault with the JSON pointer of each field that is wrong
     */
    JsonObject body(final Operation operation, final String contentType, final Buffer body) {
        if (body == null || body.length() == 0) {
            if (operation.needsBody()) {
                throw new Fault(Problem.of(Result.MALFORMED).at("", "a JSON body is needed"));
            }
            return operation.body() == null ? null : new JsonObject();
        }
        if (operation.body() == null) {
            throw new Fault(Problem.of(Result.MALFORMED).at("", "no body belongs here"));
        }
        if (contentType == null || !isJson(contentType)) {
            throw new Fault(Problem.of(Result.MALFORMED, 415, "The body must be " + Contract.JSON + "."));
        }
        final Object json = decode(body);
        final OutputUnit verdict = validator(operation.body()).validate(json);
        if (!verdict.getValid()) {
            throw new Fault(located(verdict, operation.body()));
        }
        return (JsonObject) json;
    }

    private void absent(final Parameter parameter, final Map<String, Object> values, final Problem problem) {
        if (parameter.isRequired()) {
            problem.in(parameter.name(), "is needed");
        } else if (parameter.schema().containsKey("default")) {
            values.put(parameter.name(), widened(parameter.schema().getValue("default")));
        }
    }

    private void present(final Parameter parameter, final String text, final Map<String, Object> values, final Problem problem) {
        final Object value = typed(parameter.schema(), text);
        final OutputUnit verdict = validator(parameter.schema()).validate(value);
        if (verdict.getValid()) {
            values.put(parameter.name(), value);
        } else {
            problem.in(parameter.name(), told(last(verdict), parameter.schema()));
        }
    }

    private static void refuseUnknown(final Operation operation, final MultiMap query, final Problem problem) {
        for (final String name : query.names()) {
            if (operation.parameters().stream().noneMatch(known -> known.place() == Place.QUERY && known.name().equals(name))) {
                problem.in(name, "no such parameter");
            }
        }
    }

    /** What stays a String where the schema wants something else is then refused by the schema. */
    private static Object typed(final JsonObject schema, final String text) {
        switch (schema.getString("type")) {
            case "integer":
                return INTEGER.matcher(text).matches() ? number(text) : text;
            case "boolean":
                return "true".equals(text) ? Boolean.TRUE : "false".equals(text) ? Boolean.FALSE : text;
            case "array":
                final JsonArray values = new JsonArray();
                for (final String item : text.split(",", -1)) {
                    values.add(typed(schema.getJsonObject("items"), item));
                }
                return values;
            default:
                return text;
        }
    }

    private static Object number(final String text) {
        try {
            return Long.valueOf(text);
        } catch (final NumberFormatException tooLong) {
            return text;
        }
    }

    private static Object widened(final Object value) {
        return value instanceof Integer number ? Long.valueOf(number) : value;
    }

    private static boolean isJson(final String contentType) {
        final int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters)).trim().equalsIgnoreCase(Contract.JSON);
    }

    private static Object decode(final Buffer body) {
        try {
            final Object json = JacksonCodec.fromParser(STRICT.createParser(body.getBytes()), Object.class);
            if (json != null) {
                return json;
            }
        } catch (final DecodeException | IOException notJson) {
            // told below: the parser's message may quote what came in
        }
        throw new Fault(Problem.of(Result.MALFORMED).at("", "not JSON, or a name in it is given twice, or more in it than any command has"));
    }

    private Validator validator(final JsonObject schema) {
        return validators.computeIfAbsent(schema, made -> Validator.create(JsonSchema.of(toTheEnd(made)), OPTIONS, RequestCheck::misfit));
    }

    /** A copy whose patterns mean what they mean in JSON Schema, where {@code $} is the very end: in Java it is also before a last newline. */
    private static JsonObject toTheEnd(final JsonObject schema) {
        final JsonObject copy = new JsonObject();
        for (final Map.Entry<String, Object> entry : schema) {
            final boolean isPattern = entry.getKey().equals("pattern") && entry.getValue() instanceof String;
            copy.put(entry.getKey(), isPattern ? END.matcher((String) entry.getValue()).replaceFirst("\\\\z") : inside(entry.getValue()));
        }
        return copy;
    }

    private static Object inside(final Object value) {
        if (value instanceof JsonObject schema) {
            return toTheEnd(schema);
        }
        return value instanceof JsonArray several ? new JsonArray(several.stream().map(RequestCheck::inside).toList()) : value;
    }

    /** Of formats, what the validator leaves open: a number beyond 64 bits would be cut without a word. @return null when it fits */
    private static String misfit(final String type, final String format, final Object value) {
        return "int64".equals(format) && value instanceof Number number && !(number instanceof Integer) && !(number instanceof Long)
                && (number instanceof BigInteger || Math.abs(number.doubleValue()) >= TWO_TO_63) ? "does not fit into 64 bits" : null;
    }

    /** Each fault once, at its innermost place: the validator also tells of everything around it. No more of them than are told: a body can have thousands. */
    private static Problem located(final OutputUnit verdict, final JsonObject schema) {
        final Problem problem = Problem.of(Result.MALFORMED);
        if (verdict.getErrors() == null || verdict.getErrors().isEmpty()) {
            return problem.at("", String.valueOf(verdict.getError()));
        }
        final Set<String> told = new HashSet<>();
        for (final OutputUnit error : verdict.getErrors()) {
            if (problem.isFull()) {
                return problem;
            }
            final String keyword = keyword(error);
            if (!WRAPPERS.contains(keyword) && !keyword.equals("additionalProperties") && told.add(error.getInstanceLocation())) {
                problem.at(error.getInstanceLocation().substring(1), told(error, schema));
            }
        }
        for (final OutputUnit error : verdict.getErrors()) {
            if (problem.isFull()) {
                return problem;
            }
            final String place = error.getInstanceLocation();
            if (keyword(error).equals("additionalProperties") && told.stream().noneMatch(at -> at.equals(place) || at.startsWith(place + "/"))) {
                told.add(place);
                problem.at(place.substring(1), "no such field");
            }
        }
        return problem;
    }

    /** What the validator says; and, as it keeps that to itself, the pattern that was not met. */
    private static String told(final OutputUnit error, final JsonObject schema) {
        final String keyword = keyword(error);
        JsonObject at = schema;
        for (final String step : error.getKeywordLocation().split("/")) {
            if (at.getValue(step) instanceof JsonObject inner) {
                at = inner;
            }
        }
        if (!keyword.equals("pattern") && !keyword.equals("format") || !(at.getValue("pattern") instanceof String pattern)) {
            return error.getError();
        }
        return "must look like " + pattern + ("date".equals(at.getValue("format")) ? " and be in the calendar" : "");
    }

    private static OutputUnit last(final OutputUnit verdict) {
        return verdict.getErrors() == null || verdict.getErrors().isEmpty() ? verdict : verdict.getErrors().get(verdict.getErrors().size() - 1);
    }

    private static String keyword(final OutputUnit error) {
        final String location = error.getKeywordLocation();
        return location == null ? "" : location.substring(location.lastIndexOf('/') + 1);
    }
}
