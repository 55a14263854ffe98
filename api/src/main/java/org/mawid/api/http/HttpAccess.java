package org.mawid.api.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.access.Access;
import org.mawid.api.access.CallHeaders;
import org.mawid.api.access.Caller;
import org.mawid.api.access.CommandAccess;
import org.mawid.api.access.Grounds;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Operation;
import org.mawid.api.access.Target;
import org.mawid.api.access.Verdict;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.References;
import org.mawid.api.limit.Budget;
import org.mawid.api.limit.Limits;
import org.mawid.api.limit.Proxies;
import org.mawid.api.limit.Spent;
import org.mawid.api.oidc.Authentication;
import org.mawid.api.oidc.Entry;
import org.mawid.api.oidc.TokenTrouble;
import org.mawid.api.watch.OwnEvents;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.sbe.Result;

/**
 * Asks of each call over HTTP who makes it and whether they may, before its body is read; and once more when it is known what it names: of a command
 * as it was drafted, of anything else by its parameters. On the event loop, which does not wait: whose something is, is looked up on a worker thread.
 */
final class HttpAccess {
    private static final String CALLER = "mawid-caller";
    private static final String OPERATION = "mawid-operation";
    private static final Map<String, ObjectKind> KINDS = Map.ofEntries(
            Map.entry("post", ObjectKind.POST), Map.entry("posts", ObjectKind.POST), Map.entry("postId", ObjectKind.POST), Map.entry("poolId", ObjectKind.POOL), Map.entry("deskId", ObjectKind.POOL),
            Map.entry("terminalId", ObjectKind.TERMINAL), Map.entry("application", ObjectKind.APPLICATION), Map.entry("hold", ObjectKind.HOLD),
            Map.entry("appointment", ObjectKind.APPOINTMENT), Map.entry("stamp", ObjectKind.STAMP), Map.entry("payment", ObjectKind.PAYMENT), Map.entry("person", ObjectKind.PERSON));

    private final Entry entry;
    private final Access access;
    private final Proxies proxies;

    /** @param proxies who is believed about whom they speak for */
    HttpAccess(final Entry entry, final Proxies proxies) {
        this.proxies = proxies;
        this.entry = entry;
        this.access = entry.access();
    }

    /** Who makes a call that may be answered without all that follows here, and is paid for: its token was seen before, and what it asks for depends on nothing else. Null = it may not. */
    Caller paidDirectly(final HttpServerRequest request, final Operation... operations) {
        final List<String> authorization = request.headers().getAll(CallHeaders.AUTHORIZATION);
        if (authorization.size() > 1 || !(entry.tokens().known(authorization.isEmpty() ? null : authorization.get(0)) instanceof Authentication.Known known)
                || entry.binding().trouble(known, request.sslSession()) != null) {
            return null;
        }
        for (final Operation operation : operations) {
            if (access.dependsOnObjects(known.caller(), operation)) {
                return null;
            }
        }
        final Caller caller = saying(request, known);
        return caller != null && entry.limits().take(caller, Budget.READS, 1) == null ? caller : null;
    }

    /** It goes the usual way after all, and is paid for there. */
    void giveBack(final Caller caller) {
        entry.limits().giveBack(caller, Budget.READS, 1);
    }

    /** Who makes a call, and what it says of that; null = that is no such thing. */
    private Caller saying(final HttpServerRequest request, final Authentication.Known known) {
        return CallHeaders.said(known.caller().from(Forwarding.client(request, proxies)), request.getHeader(CallHeaders.ON_BEHALF_OF), request.getHeader(CallHeaders.REASON));
    }

    /** Goes on with the route, or refuses. @param refuse told with what to answer */
    void ask(final RoutingContext routing, final Contract.Operation operation, final Consumer<Problem> refuse) {
        final HttpServerRequest request = routing.request();
        final List<String> authorization = request.headers().getAll(CallHeaders.AUTHORIZATION);
        final String header = authorization.isEmpty() ? null : authorization.get(0);
        final Authentication known = authorization.size() > 1 ? new Authentication.Refused(TokenTrouble.MALFORMED) : entry.tokens().known(header);
        if (known != null) {
            answered(routing, operation, known, refuse);
            return;
        }
        final String from = Forwarding.client(request, proxies);
        final Spent spent = entry.limits().takeToken(from);
        if (spent != null) {
            access.refuse(Caller.NOBODY.from(from), Operation.called(operation.id()), null);
            refuse.accept(Problem.limited(spent));
            return;
        }
        final Context context = routing.vertx().getOrCreateContext();
        request.pause(); // or its body would come before anybody reads it
        entry.tokens().check(header, checked -> context.runOnContext(nothing -> {
            if (!(checked instanceof Authentication.Refused)) {
                entry.limits().giveBackToken(from);
            }
            if (!routing.response().closed()) {
                answered(routing, operation, checked, refuse);
                request.resume();
            }
        }));
    }

    private void answered(final RoutingContext routing, final Contract.Operation operation, final Authentication known, final Consumer<Problem> refuse) {
        if (known instanceof Authentication.Unchecked) {
            refuse.accept(Problem.of(Cause.TOKENS_UNCHECKED));
            return;
        }
        final HttpServerRequest request = routing.request();
        if (known instanceof Authentication.Refused no) {
            access.refuse(Caller.NOBODY.from(Forwarding.client(request, proxies)), Operation.called(operation.id()), Grounds.ofToken(no.why().name()));
            refuse.accept(Problem.unauthenticated(no.why()));
            return;
        }
        final TokenTrouble unbound = entry.binding().trouble((Authentication.Known) known, request.sslSession());
        if (unbound != null) {
            access.refuse(Caller.NOBODY.from(Forwarding.client(request, proxies)), Operation.called(operation.id()), Grounds.ofToken(unbound.name()));
            refuse.accept(Problem.unauthenticated(unbound));
            return;
        }
        final Caller caller = saying(request, (Authentication.Known) known);
        if (caller == null) {
            access.refuse(((Authentication.Known) known).caller().from(Forwarding.client(request, proxies)), Operation.called(operation.id()), Grounds.MALFORMED);
            refuse.accept(Problem.of(Result.MALFORMED, 0, CallHeaders.SHAPE));
            return;
        }
        final Result may = access.mayCall(caller, Operation.called(operation.id()));
        if (may != Result.OK) {
            access.refuse(caller, Operation.called(operation.id()), may == Result.UNAUTHENTICATED ? caller.isNobody() ? Grounds.TOKEN_MISSING : Grounds.TOKEN_EXPIRED : null);
        }
        if (may == Result.OK) {
            paid(routing, operation, caller, refuse);
        } else if (may == Result.UNAUTHENTICATED) {
            refuse.accept(Problem.unauthenticated(caller.isNobody() ? TokenTrouble.MISSING : TokenTrouble.EXPIRED));
        } else {
            refuse.accept(Problem.of(may));
        }
    }

    /** Goes on with whoever has not done so too often. */
    private void paid(final RoutingContext routing, final Contract.Operation asked, final Caller caller, final Consumer<Problem> refuse) {
        final Operation operation = Operation.called(asked.id());
        final Budget budget = Budget.of(operation);
        final Spent[] spent = {entry.limits().take(caller, budget, budget == Budget.UPLOADS ? bytes(routing.request(), asked) : 1)};
        final Limits.Open open = spent[0] == null && budget == Budget.WATCHES ? entry.limits().open(caller, tooMany -> spent[0] = tooMany) : null;
        if (spent[0] != null) {
            access.refuse(caller, operation, null);
            refuse.accept(Problem.limited(spent[0]));
            return;
        }
        if (open != null) {
            routing.addEndHandler(ended -> open.close());
        }
        routing.put(CALLER, caller);
        routing.put(OPERATION, operation);
        routing.next();
    }

    /** Writes what a call that was let in is refused for at its end, wherever it ends. @param problem as it is answered */
    void ended(final RoutingContext routing, final Problem problem) {
        final Caller caller = routing.get(CALLER);
        final Grounds grounds = caller == null ? null : problem.grounds();
        if (grounds != null) {
            access.ended(caller, routing.get(OPERATION), inPath(routing.pathParams()), grounds);
        }
    }

    /** What a path names, as far as it does. */
    private List<Target> inPath(final Map<String, String> path) {
        final List<Target> targets = new ArrayList<>();
        path.forEach((name, value) -> {
            final ObjectKind kind = KINDS.get(name);
            if (kind == ObjectKind.PERSON ? value.matches("[0-9a-fA-F]{16}") : kind != null && kind.reference() != null) {
                final long number = number(kind, value);
                if (number != References.INVALID && number != 0) {
                    targets.add(new Target(kind, number));
                }
            }
        });
        return targets;
    }

    /** Of a body that does not say how large it is: as large as it may be. */
    private static long bytes(final HttpServerRequest request, final Contract.Operation operation) {
        final String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.matches("[0-9]{1,9}") ? Long.parseLong(length) : operation.bodyBytes();
    }

    /** Null when nobody is asked who they are. */
    static Caller caller(final Call call) {
        return call.routing().get(CALLER);
    }

    /** Key of who calls, 0 = nobody has said. */
    static long actor(final Call call) {
        return caller(call) == null ? 0 : caller(call).key();
    }

    /** Key of who acts in what is no command: who calls, else who the call says. @throws Fault it says somebody else */
    static long acting(final Call call) {
        final Caller caller = caller(call) == null ? Caller.NOBODY : caller(call);
        if (!caller.mayActAs(call.key("Mawid-Actor"))) {
            throw new Fault(Result.FORBIDDEN);
        }
        return caller.acting(call.key("Mawid-Actor"));
    }

    /** Of what is no command: goes on when it is known whose what its parameters name is. @param then may throw a {@link Fault} */
    void judge(final Call call, final Runnable then) {
        final Operation operation = Operation.called(call.operation());
        if (call.isCommand() || !access.dependsOnObjects(caller(call), operation) && !access.isRecorded(caller(call), operation)) {
            then.run();
            return;
        }
        final List<Named> named = named(call);
        if (named == null) { // whoever reads it next says so
            then.run();
            return;
        }
        final List<Target> targets = switch (operation) {
            case SEARCH -> CallCentreRoutes.asked(call).targets(access.references());
            case IDENTIFY -> IdentityRoutes.parents(call);
            default -> named.stream().map(Named::target).toList();
        };
        found(call, () -> access.judge(caller(call), operation, targets), Verdict::result, verdict -> {
            for (int i = 0; i < named.size(); i++) {
                if (verdict.isStrange(i)) {
                    mask(call, named.get(i));
                }
            }
            pay(call, operation, targets);
            record(call, operation, verdict, targets, then);
        });
    }

    /** Of what is said of a person they pay as well, once it is known that whoever says it may: or others could spend what is theirs. */
    private void pay(final Call call, final Operation operation, final List<Target> targets) {
        final Spent spent = operation == Operation.LINK_IDENTITY ? entry.limits().takeAbout(caller(call), targets, Budget.LINKS) : null;
        if (spent != null) {
            access.refuse(caller(call), operation, null);
            throw new Fault(Problem.limited(spent));
        }
    }

    /** Goes on when it is written what is to be. */
    private void record(final Call call, final Operation operation, final Verdict verdict, final List<Target> targets, final Runnable then) {
        goOn(call, access.record(caller(call), operation, verdict, targets, detail(call, operation)), then);
    }

    /** Goes on when it is written whom what the call gave leads to. */
    void found(final Call call, final long person, final Runnable then) {
        goOn(call, access.found(caller(call), Operation.called(call.operation()), person), then);
    }

    private static void goOn(final Call call, final CompletableFuture<Result> written, final Runnable then) {
        if (written.isDone()) {
            refuseUnless(written.join());
            then.run();
            return;
        }
        Future.fromCompletionStage(written, call.loop().vertx().getOrCreateContext()).onComplete(ended -> Reads.guarded(call, () -> {
            refuseUnless(ended.result());
            then.run();
        }));
    }

    /** Which part of what is named: the hash of a text, or of an address that somebody is looked up by, the first 64 bits of a document's name, the number of a callback. 0 = none. */
    private static long detail(final Call call, final Operation operation) {
        if (operation == Operation.SEARCH) {
            return CallCentreRoutes.trace(call);
        }
        if (call.has("callback")) {
            return call.number("callback");
        }
        final Object name = call.has("textHash") ? call.parameter("textHash") : call.parameter("document");
        return name instanceof String text && text.matches("[0-9a-fA-F]{16,}") ? Long.parseUnsignedLong(text.substring(0, 16), 16) : 0;
    }

    /** Of a command as it was drafted. @param then on the event loop, with what may go on; may throw a {@link Fault} */
    void judge(final Call call, final CommandTemplate template, final MutableDirectBuffer command, final int length, final Consumer<MutableDirectBuffer> then) {
        if (!access.dependsOnObjects(caller(call), Operation.of(template))) {
            refuseUnless(access.commands().judge(caller(call), template, command, 0));
            then.accept(command);
            return;
        }
        final MutableDirectBuffer copy = new UnsafeBuffer(new byte[length]); // the next command is drafted meanwhile
        copy.putBytes(0, command, 0, length);
        found(call, () -> access.commands().judge(caller(call), template, copy, 0), result -> result, result -> {
            refuseStrangePost(call, template, copy);
            then.accept(copy);
        });
    }

    /** A post that is named by its code is looked up before there is a command, and so is answered here, with the same words, when it is not theirs. */
    private void refuseStrangePost(final Call call, final CommandTemplate template, final MutableDirectBuffer command) {
        final boolean isByCode = call.has("post") || call.body() != null && call.body().containsKey("post");
        if (isByCode && CommandAccess.named(template, command, 0).stream().anyMatch(target -> target.kind() == ObjectKind.POST && access.catalogue().post((int) target.number()) == null)) {
            throw new Fault(Result.POST_UNKNOWN);
        }
    }

    /** For how long who calls has said who they are, ms. */
    long leftMs(final Call call) {
        return access.leftMs(caller(call));
    }

    /** What happens at a post, as far as who calls may know it. */
    EventLog.Subscription follow(final Call call, final EventLog events, final EventLog.Cursor from, final int postId) {
        return OwnEvents.follow(access, caller(call), events, from, postId);
    }

    /** Whether who calls may do that with it: to be asked on a worker thread. */
    boolean isTheirs(final Call call, final Operation operation, final ObjectKind kind, final long number) {
        return access.isTheirs(caller(call), operation, new Target(kind, number));
    }

    /** Asks on a worker thread, and once more where what is read was behind. @param then on the event loop, with what was found, which is not refused */
    private <T> void found(final Call call, final Supplier<T> judge, final Function<T, Result> result, final Consumer<T> then) {
        Reads.find(call, asked -> judge.get(), first -> {
            if (result.apply(first) != Result.READ_MODEL_BEHIND) {
                refuseUnless(result.apply(first));
                then.accept(first);
                return;
            }
            Reads.whenOpen(call, () -> Reads.whenReached(call, access::position, access.durablePosition(), () -> Reads.find(call, asked -> judge.get(), second -> {
                refuseUnless(result.apply(second));
                then.accept(second);
            })));
        });
    }

    private static void refuseUnless(final Result result) {
        if (result == Result.UNAVAILABLE) {
            throw new Fault(Problem.of(Cause.UNWRITTEN));
        }
        if (result != Result.OK) {
            throw new Fault(result);
        }
    }

    /** What a parameter names. @param index in a list */
    private record Named(String parameter, int index, Target target) {
    }

    /** Null when a reference is none. */
    private List<Named> named(final Call call) {
        final List<Named> named = new ArrayList<>();
        for (final Map.Entry<String, ObjectKind> each : KINDS.entrySet()) {
            final Object value = call.parameter(each.getKey());
            final JsonArray values = value instanceof JsonArray several ? several : value == null ? new JsonArray() : JsonArray.of(value);
            for (int i = 0; i < values.size(); i++) {
                final long number = number(each.getValue(), values.getValue(i));
                if (number == References.INVALID) {
                    return null;
                }
                if (number != 0) {
                    named.add(new Named(each.getKey(), i, new Target(each.getValue(), number)));
                }
            }
        }
        return named;
    }

    private long number(final ObjectKind kind, final Object value) {
        if (kind.reference() != null) {
            return access.references().number(kind.reference(), (String) value);
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        final String codeOrId = (String) value;
        if (kind == ObjectKind.PERSON) {
            return Long.parseUnsignedLong(codeOrId, 16);
        }
        if (Call.isNumber(codeOrId)) {
            return Long.parseLong(codeOrId);
        }
        final CatalogueView.Post post = access.catalogue().post(codeOrId);
        return post == null ? access.nobodys(kind, 0) : post.postId();
    }

    private void mask(final Call call, final Named named) {
        final ObjectKind kind = named.target().kind();
        final Object strange = kind.reference() != null ? access.nobodysReference(kind)
                : call.parameter(named.parameter()) instanceof Number ? (Object) access.nobodys(kind, 0) : Long.toString(access.nobodys(kind, 0));
        call.replace(named.parameter(), named.index(), strange);
    }
}
