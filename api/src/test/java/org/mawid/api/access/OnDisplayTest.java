package org.mawid.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.reflect.ClassPath;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mawid.grpc.Command;
import org.yaml.snakeyaml.Yaml;

/** Whoever says nothing of themselves is told of free room by date, and no finer: there is nothing to scrape. */
class OnDisplayTest {
    /** Somebody who may see it was told of it: nobody guesses its path. */
    private static final String BY_LINK = "for whoever has the link";
    /** What anybody is told that has a time of a day, a unit or places in it, and why nothing that is free follows from it. */
    private static final Map<String, String> HARMLESS = Map.ofEntries(
            Map.entry("countStarts starts", "how many, of a date"), Map.entry("countStarts units", "how long a visit is, as it was asked for"), Map.entry("countStarts age_ms", "of the counts"),
            Map.entry("getHall called", "tickets of people who are there"), Map.entry("getHall called_ms", "when one of them was called"), Map.entry("getHall pace_ms", "how fast they are served now"),
            Map.entry("getTicket pace_ms", "likewise"), Map.entry("getTicket wait_ms", "of whoever has that ticket"),
            Map.entry("listServices duration_minutes", "how long a visit is, whenever"), Map.entry("listServices cooling_min_ms", "rules"), Map.entry("listServices cooling_max_ms", "rules"), Map.entry("listServices fee_time", "of paying"),
            Map.entry("listDeskServices align_units", "rules"), Map.entry("listDeskServices duration_minutes", "how long a visit is, whenever"), Map.entry("listDeskServices cooling_min_ms", "rules"),
            Map.entry("listDeskServices cooling_max_ms", "rules"), Map.entry("listDeskServices fee_time", "of paying"),
            Map.entry("listTariffs valid_from_ms", "of prices"), Map.entry("listTariffs created_ms", "of prices"), Map.entry("listTariffs deadline_ms", "of prices"), Map.entry("listPrices now_ms", "the time"),
            Map.entry("getPost micro_mad_per_unit", "money"), Map.entry("listPosts micro_mad_per_unit", "money"), Map.entry("listPrices micro_mad_per_unit", "money"), Map.entry("quote micro_mad_per_unit", "money"));
    /** What anybody is answered in another form than that of the contract's objects, likewise. */
    private static final Map<String, String> OTHER_FORMS = Map.ofEntries(
            Map.entry("getDeskCalendar text/calendar", BY_LINK), Map.entry("getAppointmentCalendar text/calendar", BY_LINK),
            Map.entry("getContract application/yaml", "this contract"), Map.entry("getStampKeys application/jwk-set+json", "keys"),
            Map.entry("getHallPage text/html", "shows getHall"), Map.entry("watchHall text/event-stream", "tells getHall"));
    /** Last words of names of what is finer. */
    private static final Set<String> FINER = Set.of("ms", "at", "until", "start", "starts", "unit", "units", "minutes", "seconds", "time", "times", "room", "open", "free", "places", "capacity", "withheld", "booked", "slot", "slots",
            "visits", "runs", "left", "taken", "kept", "called", "pace", "wait");
    private static final Set<String> TIMES = Set.of("#/components/schemas/Instant", "#/components/schemas/EpochMs");

    private final Map<String, Object> contract;

    OnDisplayTest() throws Exception {
        try (InputStream file = Operation.class.getResourceAsStream("/openapi.yaml")) {
            contract = new Yaml().load(file);
        }
    }

    @Test
    void givenAllThatAnybodyMayAskFor_overBothEdges_thenNothingInItIsFinerThanADateButWhatIsKnownToTellNothing() throws Exception {
        final Set<String> told = new TreeSet<>();
        final Set<String> forms = new TreeSet<>();
        overHttp(told, forms);
        overGrpc(told);
        assertThat(told).as("operation and field: what is told finer than by date").containsExactlyInAnyOrderElementsOf(HARMLESS.keySet());
        assertThat(forms).as("operation and media type: what no schema describes").containsExactlyInAnyOrderElementsOf(OTHER_FORMS.keySet());
    }

    @Test
    void givenWhatIsForWhoeverHasTheLink_thenItsPathHasATokenThatNobodyGuesses() {
        final Set<String> byLink = new TreeSet<>();
        OTHER_FORMS.forEach((row, why) -> byLink.addAll(why.equals(BY_LINK) ? Set.of(row.substring(0, row.indexOf(' '))) : Set.of()));
        final Set<String> withToken = new TreeSet<>();
        object(contract, "paths").forEach((path, methods) -> asObject(methods).values().forEach(operation -> withToken.addAll(path.endsWith("/{token}") ? Set.of((String) asObject(operation).get("operationId")) : Set.of())));
        assertThat(withToken).isEqualTo(byLink).isNotEmpty();
    }

    @Test
    void givenWhatTellsOfRoomByTime_thenNobodyIsToldOfItWithoutSayingWhoTheyAre() {
        final Matrix matrix = Matrix.read();
        for (final Operation operation : List.of(Operation.GET_DAY, Operation.WATCH, Operation.FIRST_STARTS, Operation.EXPLAIN, Operation.GET_SCHEDULE, Operation.PREVIEW_SCHEDULE, Operation.LIST_CHANGES, Operation.GET_DAY_MANIFEST)) {
            assertThat(matrix.cell(operation.word(), Role.NOBODY)).as(operation.word()).isEqualTo("-");
        }
    }

    private void overHttp(final Set<String> told, final Set<String> forms) {
        object(contract, "paths").values().forEach(path -> asObject(path).forEach((method, each) -> {
            final Map<String, Object> operation = asObject(each);
            final String id = (String) operation.get("operationId");
            if (isForAnybody(id)) {
                object(operation, "responses").forEach((status, response) -> {
                    if (status.startsWith("2") && asObject(response).containsKey("content")) {
                        object(asObject(response), "content").forEach((type, content) -> {
                            if (type.equals("application/json")) {
                                walk(id, "", asObject(content).get("schema"), new ArrayDeque<>(), told);
                            } else {
                                forms.add(id + ' ' + type);
                            }
                        });
                    }
                });
            }
        }));
    }

    /** All properties below a schema, through what it refers to. @param refs on the way to it */
    private void walk(final String operation, final String name, final Object schema, final Deque<String> refs, final Set<String> told) {
        if (schema instanceof List<?> several) {
            several.forEach(each -> walk(operation, name, each, refs, told));
        }
        if (!(schema instanceof Map<?, ?>)) {
            return;
        }
        final Map<String, Object> json = asObject(schema);
        if (json.get("$ref") instanceof String ref && !refs.contains(ref)) {
            if (TIMES.contains(ref)) {
                told.add(row(operation, name));
            }
            refs.push(ref);
            walk(operation, name, object(object(contract, "components"), "schemas").get(ref.substring(ref.lastIndexOf('/') + 1)), refs, told);
            refs.pop();
        }
        if (json.get("properties") instanceof Map<?, ?> properties) {
            asObject(properties).forEach((property, each) -> {
                if (isFiner(property)) {
                    told.add(row(operation, property));
                }
                walk(operation, property, each, refs, told);
            });
        }
        for (final String within : List.of("items", "additionalProperties", "oneOf", "anyOf", "allOf")) {
            walk(operation, name, json.get(within), refs, told);
        }
    }

    private static void overGrpc(final Set<String> told) throws Exception {
        for (final ClassPath.ClassInfo each : ClassPath.from(Command.class.getClassLoader()).getTopLevelClasses(Command.class.getPackageName())) {
            if (each.getSimpleName().endsWith("ServiceGrpc")) {
                final ServiceDescriptor service = (ServiceDescriptor) each.load().getMethod("getServiceDescriptor").invoke(null);
                for (final MethodDescriptor<?, ?> method : service.getMethods()) {
                    if (isForAnybody(method.getBareMethodName())) {
                        walk(method.getBareMethodName(), ((ProtoMethodDescriptorSupplier) method.getSchemaDescriptor()).getMethodDescriptor().getOutputType(), new ArrayDeque<>(), told);
                    }
                }
            }
        }
    }

    private static void walk(final String method, final Descriptor message, final Deque<Descriptor> way, final Set<String> told) {
        if (way.contains(message)) {
            return;
        }
        way.push(message);
        for (final FieldDescriptor field : message.getFields()) {
            if (isFiner(field.getName())) {
                told.add(row(method, field.getName()));
            }
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                walk(method, field.getMessageType(), way, told);
            }
        }
        way.pop();
    }

    private static boolean isFiner(final String name) {
        final String bare = bare(name);
        return FINER.contains(bare.substring(bare.lastIndexOf('_') + 1));
    }

    /** The same over both edges. */
    private static String row(final String operation, final String name) {
        return Operation.called(operation).word() + ' ' + bare(name);
    }

    private static String bare(final String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static boolean isForAnybody(final String operation) {
        return Operation.called(operation) != null && Matrix.read().cell(operation, Role.NOBODY).equals("any");
    }

    private static Map<String, Object> object(final Map<String, Object> in, final String name) {
        return asObject(in.get(name));
    }

    @SuppressWarnings("unchecked") // as the file is
    private static Map<String, Object> asObject(final Object json) {
        final Map<String, Object> object = new TreeMap<>();
        ((Map<Object, Object>) json).forEach((key, value) -> object.put(key.toString(), value));
        return object;
    }
}
