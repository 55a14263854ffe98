package org.mawid.api.server;

import com.google.protobuf.Message;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.mawid.api.access.Access;
import org.mawid.api.access.CallHeaders;
import org.mawid.api.access.Caller;
import org.mawid.api.access.CommandAccess;
import org.mawid.api.access.Grounds;
import org.mawid.api.access.Operation;
import org.mawid.api.access.Target;
import org.mawid.api.access.Verdict;
import org.mawid.api.callcentre.Asked;
import org.mawid.api.callcentre.CallCentre;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.identity.grpc.IdentityGrpc;
import org.mawid.api.limit.Budget;
import org.mawid.api.limit.Limits;
import org.mawid.api.limit.Spent;
import org.mawid.api.oidc.Authentication;
import org.mawid.api.oidc.Binding;
import org.mawid.api.oidc.Entry;
import org.mawid.api.oidc.TokenTrouble;
import org.mawid.api.oidc.Tokens;
import org.mawid.api.rpc.CallBytes;
import org.mawid.api.rpc.Callers;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Refusals;
import org.mawid.grpc.IdentifyRequest;
import org.mawid.grpc.SearchRequest;
import org.mawid.sbe.Result;

/**
 * Asks of each call over gRPC who makes it and whether they may, before its service sees it. Commands are judged once more, each by itself, when it is
 * known what they name (see {@link org.mawid.api.access.CommandAccess}); what else names something is judged here. On the call's event loop; while a
 * token is looked at, or whose something is comes to be known, nothing waits.
 */
final class GrpcAccess implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of(CallHeaders.AUTHORIZATION, Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> ON_BEHALF_OF = Metadata.Key.of(CallHeaders.ON_BEHALF_OF, Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> REASON = Metadata.Key.of(CallHeaders.REASON, Metadata.ASCII_STRING_MARSHALLER);

    private final Tokens tokens;
    private final Limits limits;
    private final Binding binding;
    private final Calls calls;
    private final Access access;
    private final RefusedCalls refused;
    private final CallCentre callCentre;
    private final Map<String, Method> methods = new HashMap<>();

    /** @param isCommand it is judged when it has been drafted */
    private record Method(String name, Operation operation, boolean isCommand, RequestTargets targets) {
    }

    /** @param calls with the access that they have @param callCentre null = there is none */
    GrpcAccess(final Entry entry, final Calls calls, final RefusedCalls refused, final CallCentre callCentre) {
        this.callCentre = callCentre;
        this.tokens = entry.tokens();
        this.limits = entry.limits();
        this.binding = entry.binding();
        this.calls = calls;
        this.access = calls.access();
        this.refused = refused;
    }

    /** The same service, whose calls are asked. Before any call. */
    BindableService in(final BindableService service) {
        final ServerServiceDefinition definition = service.bindService();
        definition.getMethods().forEach(method -> add(method.getMethodDescriptor()));
        return () -> ServerInterceptors.intercept(definition, this);
    }

    private void add(final MethodDescriptor<?, ?> method) {
        final Object request = method.getRequestMarshaller() instanceof MethodDescriptor.PrototypeMarshaller<?> marshaller ? marshaller.getMessagePrototype() : null;
        final Operation operation = Operation.called(method.getBareMethodName());
        methods.put(method.getFullMethodName(), new Method(method.getFullMethodName(), operation, operation != null && CommandTemplate.called(method.getBareMethodName()) != null,
                new RequestTargets(request instanceof Message message ? message.getDescriptorForType() : null)));
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(final ServerCall<Q, A> call, final Metadata headers, final ServerCallHandler<Q, A> next) {
        final Method method = methods.get(call.getMethodDescriptor().getFullMethodName());
        final Iterable<String> several = headers.getAll(AUTHORIZATION);
        final Iterator<String> each = several == null ? null : several.iterator();
        final String authorization = each == null ? null : each.next();
        final Authentication known = each != null && each.hasNext() ? new Authentication.Refused(TokenTrouble.MALFORMED) : tokens.known(authorization);
        if (known != null) {
            return begun(known, method, call, headers, next);
        }
        final String from = CallBytes.ofCall().caller();
        final Spent spent = limits.takeToken(from);
        if (spent != null) {
            return limited(method, call, Caller.NOBODY.from(from), spent);
        }
        final Later<Q> later = new Later<>();
        final Context context = Context.current(); // with the call's deadline
        final Executor eventLoop = calls.worker().eventLoop();
        tokens.check(authorization, checked -> eventLoop.execute(context.wrap(() -> {
            if (!(checked instanceof Authentication.Refused)) {
                limits.giveBackToken(from);
            }
            if (!later.isCancelled) {
                later.goOn(begun(checked, method, call, headers, next));
            }
        })));
        return later;
    }

    private <Q, A> ServerCall.Listener<Q> begun(final Authentication known, final Method method, final ServerCall<Q, A> call, final Metadata headers, final ServerCallHandler<Q, A> next) {
        if (known instanceof Authentication.Unchecked) {
            return refuse(method, call, Refusals.of(Cause.TOKENS_UNCHECKED), Result.UNAVAILABLE, Cause.TOKENS_UNCHECKED.number());
        }
        final String from = CallBytes.ofCall().caller();
        if (known instanceof Authentication.Refused no) {
            access.refuse(Caller.NOBODY.from(from), method.operation(), Grounds.ofToken(no.why().name()));
            return unauthenticated(method, call, no.why());
        }
        final TokenTrouble unbound = binding.trouble((Authentication.Known) known, call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
        if (unbound != null) {
            access.refuse(Caller.NOBODY.from(from), method.operation(), Grounds.ofToken(unbound.name()));
            return unauthenticated(method, call, unbound);
        }
        final Caller caller = CallHeaders.said(((Authentication.Known) known).caller().from(from), headers.get(ON_BEHALF_OF), headers.get(REASON));
        if (caller == null) {
            access.refuse(((Authentication.Known) known).caller().from(from), method.operation(), Grounds.MALFORMED);
            return refuse(method, call, Refusals.of(Result.MALFORMED, CallHeaders.SHAPE, Map.of()), Result.MALFORMED, 0);
        }
        final Result may = access.mayCall(caller, method.operation());
        if (may != Result.OK) {
            access.refuse(caller, method.operation(), may == Result.UNAUTHENTICATED ? caller.isNobody() ? Grounds.TOKEN_MISSING : Grounds.TOKEN_EXPIRED : null);
        }
        if (may == Result.UNAUTHENTICATED) {
            return unauthenticated(method, call, caller.isNobody() ? TokenTrouble.MISSING : TokenTrouble.EXPIRED);
        }
        if (may != Result.OK) {
            return refuse(method, call, Refusals.of(may), may, 0);
        }
        final Budget budget = method.isCommand() ? null : Budget.of(method.operation()); // commands are paid for one by one, see Judge
        final Spent spent = limits.take(caller, budget, 1);
        if (spent != null) {
            return limited(method, call, caller, spent);
        }
        final boolean staysOpen = budget == Budget.WATCHES || method.operation() == Operation.STREAM;
        final Spent[] tooMany = new Spent[1];
        final Limits.Open open = staysOpen ? limits.open(caller, which -> tooMany[0] = which) : null;
        if (staysOpen && open == null) {
            return limited(method, call, caller, tooMany[0]);
        }
        final ServerCall.Listener<Q> listener = answered(method, caller, call, headers, next);
        return open == null ? listener : new Opened<>(listener, open);
    }

    private <Q, A> ServerCall.Listener<Q> answered(final Method method, final Caller caller, final ServerCall<Q, A> call, final Metadata headers, final ServerCallHandler<Q, A> next) {
        final Ending<Q, A> ending = new Ending<>(call, method, caller);
        final ServerCall.Listener<Q> listener = ending.heard(Contexts.interceptCall(Callers.in(Context.current(), caller), ending, headers, next));
        final boolean isJudged = !method.isCommand() && (access.dependsOnObjects(caller, method.operation()) || access.isRecorded(caller, method.operation()));
        return isJudged ? new Judged<>(listener, call, method, caller) : listener;
    }

    private <Q> ServerCall.Listener<Q> limited(final Method method, final ServerCall<Q, ?> call, final Caller caller, final Spent spent) {
        access.refuse(caller, method.operation(), null);
        return refuse(method, call, Refusals.limited(spent), Result.UNAVAILABLE, Cause.LIMIT_SPENT.number());
    }

    private <Q> ServerCall.Listener<Q> unauthenticated(final Method method, final ServerCall<Q, ?> call, final TokenTrouble why) {
        return refuse(method, call, Refusals.of(why), Result.UNAUTHENTICATED, 0);
    }

    private <Q> ServerCall.Listener<Q> refuse(final Method method, final ServerCall<Q, ?> call, final StatusRuntimeException refusal, final Result result, final long number1) {
        refused.count(method.name(), result, number1);
        call.close(refusal.getStatus(), refusal.getTrailers());
        return new ServerCall.Listener<>() { };
    }

    /** Writes what a call that was let in is refused for at its end, whoever ends it. Its event loop. */
    private final class Ending<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final Method method;
        private final Caller caller;
        /** The only one, or the last one. */
        private Q request;

        Ending(final ServerCall<Q, A> call, final Method method, final Caller caller) {
            super(call);
            this.method = method;
            this.caller = caller;
        }

        ServerCall.Listener<Q> heard(final ServerCall.Listener<Q> listener) {
            return new SimpleForwardingServerCallListener<>(listener) {
                @Override
                public void onMessage(final Q message) {
                    request = message;
                    super.onMessage(message);
                }
            };
        }

        @Override
        public void close(final Status status, final Metadata trailers) {
            final Grounds grounds = status.isOk() ? null : Refusals.grounds(trailers);
            if (grounds != null) {
                final List<Target> targets = request instanceof Message message ? method.targets().read(message, access.references()) : null;
                access.ended(caller, method.operation(), targets == null ? List.of() : targets, grounds);
            }
            super.close(status, trailers);
        }
    }

    /** A call that counts for as long as it is open. */
    private static final class Opened<Q> extends SimpleForwardingServerCallListener<Q> {
        private final Limits.Open open;

        Opened(final ServerCall.Listener<Q> listener, final Limits.Open open) {
            super(listener);
            this.open = open;
        }

        @Override
        public void onCancel() {
            open.close();
            super.onCancel();
        }

        @Override
        public void onComplete() {
            open.close();
            super.onComplete();
        }
    }

    /** A call with one request, which is handed on when it is known whose what it names is. */
    private final class Judged<Q> extends SimpleForwardingServerCallListener<Q> {
        private final ServerCall<Q, ?> call;
        private final Method method;
        private final Caller caller;
        private Q request;
        private boolean isOver;

        Judged(final ServerCall.Listener<Q> listener, final ServerCall<Q, ?> call, final Method method, final Caller caller) {
            super(listener);
            this.call = call;
            this.method = method;
            this.caller = caller;
        }

        @Override
        public void onMessage(final Q message) {
            request = message;
        }

        @Override
        public void onHalfClose() {
            if (request == null) {
                super.onHalfClose(); // which is told that it misses one
            } else {
                judge(true);
            }
        }

        private void judge(final boolean mayWait) {
            final List<Target> targets = targets();
            final Verdict verdict = targets == null ? null : access.judge(caller, method.operation(), targets);
            if (verdict == null) {
                handOn(request);
            } else if (verdict.result() == Result.READ_MODEL_BEHIND && mayWait) {
                calls.whenReadable(reached -> {
                    if (!isOver) {
                        judge(false);
                    }
                });
            } else if (verdict.result() != Result.OK) {
                refuse(verdict.result());
            } else {
                final Spent spent = method.operation() == Operation.LINK_IDENTITY ? limits.takeAbout(caller, targets, Budget.LINKS) : null; // by whom it is about, once it is known that whoever says it may
                if (spent == null) {
                    record(verdict, targets);
                } else {
                    isOver = true;
                    limited(method, call, caller, spent);
                }
            }
        }

        private List<Target> targets() {
            if (request instanceof SearchRequest search) {
                return Asked.of(search).targets(access.references());
            }
            return request instanceof IdentifyRequest identify ? IdentityGrpc.parents(identify) : method.targets().read((Message) request, access.references());
        }

        /** Goes on when it is written what is to be. */
        private void record(final Verdict verdict, final List<Target> targets) {
            final CompletableFuture<Result> written = access.record(caller, method.operation(), verdict, targets, detail());
            if (written.isDone()) {
                goOn(written.join(), verdict);
                return;
            }
            written.thenAcceptAsync(result -> {
                if (!isOver) {
                    goOn(result, verdict);
                }
            }, calls.worker().eventLoop());
        }

        private long detail() {
            if (request instanceof SearchRequest search) {
                return callCentre == null ? 0 : callCentre.trace(Asked.of(search));
            }
            return method.targets().detail((Message) request);
        }

        private void goOn(final Result written, final Verdict verdict) {
            if (written == Result.OK) {
                handOn(masked(verdict));
            } else {
                refuse(written);
            }
        }

        private void refuse(final Result why) {
            isOver = true;
            GrpcAccess.this.refuse(method, call, Refusals.of(why, CommandAccess.detail(why), 0), why, CommandAccess.detail(why));
        }

        @SuppressWarnings("unchecked") // of the same type
        private Q masked(final Verdict verdict) {
            return (Q) method.targets().masked((Message) request, verdict, access);
        }

        private void handOn(final Q message) {
            super.onMessage(message);
            super.onHalfClose();
        }

        @Override
        public void onCancel() {
            isOver = true;
            super.onCancel();
        }
    }
}
