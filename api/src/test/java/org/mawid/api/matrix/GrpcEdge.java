package org.mawid.api.matrix;

import com.google.common.collect.ImmutableList;
import com.google.common.reflect.ClassPath;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.mawid.grpc.Command;
import org.mawid.grpc.MessageWriter;
import org.mawid.grpc.Request;
import org.mawid.grpc.Run;
import org.mawid.grpc.SendMessage;

/** Every method of every service, with a request in which every field is filled that it takes to be understood. */
final class GrpcEdge implements Edge, AutoCloseable {
    private static final long DAY_MS = 86_400_000L;
    private static final Map<String, Thing> THINGS = Map.ofEntries(Map.entry("post_id", Thing.POST), Map.entry("at_post_id", Thing.POST), Map.entry("post_ids", Thing.POST), Map.entry("posts", Thing.POST),
            Map.entry("registered_post_id", Thing.POST), Map.entry("pool_id", Thing.DESK), Map.entry("desk_id", Thing.DESK), Map.entry("desk_ids", Thing.DESK), Map.entry("pool_ids", Thing.DESK), Map.entry("desks", Thing.DESK),
            Map.entry("pool", Thing.DESK_CODE), Map.entry("terminal_id", Thing.TERMINAL), Map.entry("ticket_id", Thing.TICKET), Map.entry("closure_id", Thing.CLOSURE), Map.entry("waiter_id", Thing.WAITER), Map.entry("change", Thing.CHANGE), Map.entry("batch", Thing.BATCH),
            Map.entry("break_reference", Thing.BREAK), Map.entry("application", Thing.APPLICATION), Map.entry("reference", Thing.APPLICATION), Map.entry("hold", Thing.HOLD), Map.entry("appointment", Thing.APPOINTMENT), Map.entry("stamp", Thing.STAMP),
            Map.entry("stamps", Thing.STAMP), Map.entry("payment", Thing.PAYMENT), Map.entry("person", Thing.PERSON), Map.entry("applicant", Thing.PERSON), Map.entry("parent", Thing.PERSON));
    /** Called as if they named a thing, and do not. */
    private static final Set<String> NO_THINGS = Set.of("service_id", "service_ids", "cooling_id", "return_id", "client_id");
    /** Left out: what excludes something else, or is more than it takes. */
    private static final Set<String> LEFT_OUT = Set.of("runs", "quotas", "overbooked", "min_position", "packed", "capability", "capabilities", "tag", "deadline_ms");
    /** By the name of the message and the field, or of the field. */
    private static final Map<String, Object> VALUES = new HashMap<>();

    private final ManagedChannel channel;
    private final Map<String, MethodDescriptor<?, ?>> methods = new TreeMap<>();

    GrpcEdge(final int port) throws Exception {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        for (final ClassPath.ClassInfo each : ClassPath.from(Command.class.getClassLoader()).getTopLevelClasses(Command.class.getPackageName())) {
            if (each.getSimpleName().endsWith("ServiceGrpc")) {
                final ServiceDescriptor service = (ServiceDescriptor) each.load().getMethod("getServiceDescriptor").invoke(null);
                service.getMethods().forEach(method -> methods.put(method.getBareMethodName(), method));
            }
        }
    }

    @Override
    public List<String> operations() {
        return List.copyOf(methods.keySet());
    }

    private Message prototype(final String operation) {
        return (Message) ((MethodDescriptor.PrototypeMarshaller<?>) methods.get(operation).getRequestMarshaller()).getMessagePrototype();
    }

    @Override
    public Map<String, Thing> places(final String operation) {
        final Map<String, Thing> places = new LinkedHashMap<>();
        filled(prototype(operation).newBuilderForType(), "", place -> null, places);
        return places;
    }

    @Override
    public Answer call(final String operation, final String cell, final Function<String, Things> named, final List<String> headers) throws Exception {
        final Message request = filled(prototype(operation).newBuilderForType(), "", named, new HashMap<>());
        return answer(methods.get(operation), request instanceof SendMessage message ? message.toBuilder().setWriter(MessageWriter.valueOf("MESSAGE_WRITER_" + Cells.writer(cell))).build() : request, headers);
    }

    /** @param named null = for its places only @param places gets what it names */
    private Message filled(final Message.Builder builder, final String prefix, final Function<String, Things> named, final Map<String, Thing> places) {
        final Descriptor type = builder.getDescriptorForType();
        for (final FieldDescriptor field : type.getFields()) {
            final String name = field.getName();
            final Object general = VALUES.get(name);
            final Object said = VALUES.getOrDefault(type.getName() + '.' + name, general instanceof String && field.getJavaType() != FieldDescriptor.JavaType.STRING ? null : general);
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && field.getMessageType().equals(Request.getDescriptor())) {
                final UUID id = UUID.randomUUID();
                builder.setField(field, Request.newBuilder().setIdHigh(id.getMostSignificantBits()).setIdLow(id.getLeastSignificantBits()).setCreatedMs(System.currentTimeMillis()).build());
            } else if (said == LEAVE_OUT || said == null && LEFT_OUT.contains(name)) {
                continue;
            } else if (said != null) {
                put(builder, field, said);
            } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                put(builder, field, filled(builder.newBuilderForField(field), prefix + name + '.', named, places));
            } else if (name.equals("secret")) {
                final Things stamps = named.apply(prefix + "stamp");
                put(builder, field, stamps == null ? "" : stamps.text(Thing.SECRET));
            } else if (type.getName().equals("OpenBreak") && name.equals("key")) {
                put(builder, field, UUID.randomUUID().getMostSignificantBits()); // a known one is the break that is open already
            } else if (THINGS.containsKey(name)) {
                places.put(prefix + name, THINGS.get(name));
                final Things things = named.apply(prefix + name);
                if (things != null) {
                    put(builder, field, named(field, things, THINGS.get(name)));
                }
            } else if ((name.endsWith("_id") || name.endsWith("_ids") || name.endsWith("_reference")) && !NO_THINGS.contains(name)) {
                throw new AssertionError("what does " + field.getFullName() + " name? It has no value to call it with");
            } else {
                put(builder, field, usual(field));
            }
        }
        return builder.build();
    }

    private static Object named(final FieldDescriptor field, final Things things, final Thing thing) {
        return switch (field.getJavaType()) {
            case INT -> (Object) (int) things.number(thing);
            case LONG -> things.number(thing);
            default -> things.text(thing);
        };
    }

    private static void put(final Message.Builder builder, final FieldDescriptor field, final Object value) {
        final Object whole = field.getJavaType() == FieldDescriptor.JavaType.ENUM && value instanceof Integer number ? field.getEnumType().findValueByNumber(number) : value;
        if (field.isRepeated()) {
            builder.addRepeatedField(field, whole);
        } else {
            builder.setField(field, whole);
        }
    }

    private static Object usual(final FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT -> 1;
            case LONG -> 1L;
            case BOOLEAN -> false;
            case DOUBLE -> 1.0;
            case FLOAT -> 1f;
            case ENUM -> field.getEnumType().getValues().get(1);
            case STRING -> "1";
            default -> throw new AssertionError(field.getFullName() + " has no value to call it with");
        };
    }

    private <Q, A> Answer answer(final MethodDescriptor<Q, A> method, final Message request, final List<String> headers) throws Exception {
        final Metadata metadata = new Metadata();
        for (int i = 0; i < headers.size(); i += 2) {
            metadata.put(Metadata.Key.of(headers.get(i), Metadata.ASCII_STRING_MARSHALLER), headers.get(i + 1));
        }
        final Metadata told = new Metadata();
        final StringBuilder text = new StringBuilder();
        final CompletableFuture<Status> ended = new CompletableFuture<>();
        final ClientCall<Q, A> call = ((Channel) channel).newCall(method, CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS));
        call.start(new ClientCall.Listener<>() {
            @Override
            public void onHeaders(final Metadata first) {
                told.merge(first);
            }

            @Override
            public void onMessage(final A message) {
                text.append(message);
                if (!method.getType().serverSendsOneMessage()) {
                    ended.complete(Status.OK);
                }
                call.request(1);
            }

            @Override
            public void onClose(final Status status, final Metadata trailers) {
                told.merge(trailers);
                ended.complete(status);
            }
        }, metadata);
        call.request(2);
        call.sendMessage(method.parseRequest(request.toByteString().newInput()));
        call.halfClose();
        final Status status = ended.get(60, TimeUnit.SECONDS);
        call.cancel("has seen enough", null);
        return answer(status, told, text.toString());
    }

    private static Answer answer(final Status status, final Metadata told, final String text) throws InvalidProtocolBufferException {
        final Map<String, String> headers = new HashMap<>();
        for (final String key : told.keys()) {
            if (!key.equals("date")) {
                headers.put(key, key.endsWith("-bin") ? "" : ImmutableList.copyOf(told.getAll(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER))).toString());
            }
        }
        String result = "";
        final StringBuilder details = new StringBuilder(text.replaceAll("(position|now_ms): [0-9]+", "$1"));
        final com.google.rpc.Status rich = status.isOk() ? null : StatusProto.fromStatusAndTrailers(status, told);
        for (final Any any : rich == null ? List.<Any>of() : rich.getDetailsList()) {
            if (any.is(ErrorInfo.class)) {
                final ErrorInfo info = any.unpack(ErrorInfo.class);
                result = info.getReason();
                details.append(info.toBuilder().removeMetadata("position").build()); // is another one's with each call
            } else {
                details.append(any.is(RetryInfo.class) ? any.unpack(RetryInfo.class) : any);
            }
        }
        return new Answer(status.getCode().name(), result, headers, details.append(status.getDescription()).toString());
    }

    @Override
    public void close() throws InterruptedException {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    private static final Object LEAVE_OUT = new Object();

    static {
        VALUES.put("epoch_day", TwoPosts.DAY);
        VALUES.put("first_epoch_day", TwoPosts.NO_DAY); // what changes calendars is about one that nothing is booked on
        VALUES.put("last_epoch_day", TwoPosts.NO_DAY);
        VALUES.put("CloseDays.from_ms", TwoPosts.NO_DAY * DAY_MS);
        VALUES.put("CloseDays.to_ms", TwoPosts.NO_DAY * DAY_MS + DAY_MS);
        for (final String calendar : List.of("PublishDay", "SetCapacity", "AddToChange")) {
            VALUES.put(calendar + ".epoch_day", TwoPosts.NO_DAY);
            VALUES.put(calendar + ".start_ms", TwoPosts.NO_DAY * DAY_MS);
            VALUES.put(calendar + ".released_at_ms", LEAVE_OUT);
            VALUES.put(calendar + ".runs", Run.newBuilder().setUnits(96).setCapacity(1).build());
        }
        VALUES.put("RejectLines.text", LEAVE_OUT); // or the hash of one
        VALUES.put("AskForDocuments.text", LEAVE_OUT);
        VALUES.put("RecordFailure.outcome", 4);
        VALUES.put("return_to", "https://example.org/");
        VALUES.put("StartPayment.means", 2); // an applicant has no terminal
        VALUES.put("StartPayment.terminal_id", LEAVE_OUT);
        VALUES.put("JoinWaitlist.appointment", LEAVE_OUT); // one or the other
        VALUES.put("WalkIn.lines", LEAVE_OUT);
        VALUES.put("RecordWalkIn.lines", LEAVE_OUT);
        VALUES.put("RecordSettlement.payment", LEAVE_OUT);
        VALUES.put("RecordVisit.state", 4);
        VALUES.put("SetDeskService.serves", true);
        VALUES.put("not_before_ms", System.currentTimeMillis() + 3_600_000L);
        VALUES.put("not_after_ms", System.currentTimeMillis() + 7_200_000L);
        VALUES.put("ExplainQuery.start_ms", TwoPosts.DAY * DAY_MS + 8 * 3_600_000L);
        VALUES.put("ExplainQuery.at_ms", LEAVE_OUT);
        VALUES.put("ExplainQuery.position", LEAVE_OUT);
        VALUES.put("ExplainQuery.request_id_high", LEAVE_OUT);
        VALUES.put("ExplainQuery.request_id_low", LEAVE_OUT);
        VALUES.put("from_epoch_day", TwoPosts.DAY);
        VALUES.put("to_epoch_day", TwoPosts.DAY);
        VALUES.put("start_ms", TwoPosts.DAY * DAY_MS);
        VALUES.put("from_ms", TwoPosts.DAY * DAY_MS);
        VALUES.put("to_ms", TwoPosts.DAY * DAY_MS + DAY_MS);
        VALUES.put("at_ms", System.currentTimeMillis() - 60_000);
        VALUES.put("fee_time", 0); // or nothing could be confirmed any more
        VALUES.put("RecordConsumption.epoch_day", (int) Math.floorDiv(System.currentTimeMillis() - 60_000, DAY_MS));
        VALUES.put("WalkIn.epoch_day", (int) Math.floorDiv(System.currentTimeMillis(), DAY_MS));
        VALUES.put("currency", "EUR");
        VALUES.put("code", "code");
        VALUES.put("service_id", 21);
        VALUES.put("service_ids", 21);
        VALUES.put("PreviewScheduleRequest.schedule", LEAVE_OUT); // a file says it
        VALUES.put("content_type", "text/calendar");
        VALUES.put("SearchRequest.email", LEAVE_OUT); // one of them
        VALUES.put("SearchRequest.mobile", LEAVE_OUT);
        VALUES.put("ListAuditRequest.operation", LEAVE_OUT);
        VALUES.put("Contacts.email", "yasmine@example.org");
        VALUES.put("Contacts.mobile", "+212 661 44 77 89");
        VALUES.put("language", "fr");
        VALUES.put("from_month", "2026-01");
        VALUES.put("to_month", "2026-01");
        VALUES.put("minor_digits", 2);
        VALUES.put("round_to_minor", 50);
        VALUES.put("units", 3);
        VALUES.put("unit_count", 96);
        VALUES.put("align_units", 3);
        VALUES.put("PersonIdentity.kind", 4); // a newborn: by a parent
        VALUES.put("PersonIdentity.country", LEAVE_OUT);
        VALUES.put("PersonIdentity.number", LEAVE_OUT);
        VALUES.put("date_of_birth", "2025-03-02");
        VALUES.put("nationality", "MAR");
        VALUES.put("family_name", "El Fassi");
        VALUES.put("given_names", "Yasmine");
        VALUES.put("family_name_arabic", LEAVE_OUT);
        VALUES.put("given_names_arabic", LEAVE_OUT);
        VALUES.put("SendMessage.text", LEAVE_OUT);
        VALUES.put("explained", LEAVE_OUT);
        VALUES.put("cursor", LEAVE_OUT);
        VALUES.put("after", LEAVE_OUT);
        VALUES.put("instants", LEAVE_OUT);
        VALUES.put("local_times", LEAVE_OUT);
        VALUES.put("exceptions", LEAVE_OUT);
        VALUES.put("LocalDates.from_date", "2036-03-01");
        VALUES.put("LocalDates.to_date", "2036-03-02");
        VALUES.put("data", ByteString.copyFromUtf8("<Document/>"));
        VALUES.put("content", ByteString.copyFromUtf8("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\nEND:VCALENDAR\r\n"));
    }
}
