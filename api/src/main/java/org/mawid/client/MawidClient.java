package org.mawid.client;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.mawid.grpc.Application;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.Appointment;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.AvailabilityServiceGrpc;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandBatchReply;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.CountStartsReply;
import org.mawid.grpc.FirstStartsReply;
import org.mawid.grpc.GetApplicationRequest;
import org.mawid.grpc.GetAppointmentRequest;
import org.mawid.grpc.GetHoldRequest;
import org.mawid.grpc.GetOutcomeRequest;
import org.mawid.grpc.GetRulesReply;
import org.mawid.grpc.GetRulesRequest;
import org.mawid.grpc.GetStampRequest;
import org.mawid.grpc.Hold;
import org.mawid.grpc.InventoryServiceGrpc;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.Leg;
import org.mawid.grpc.ListChangesReply;
import org.mawid.grpc.ListChangesRequest;
import org.mawid.grpc.ListDeskServicesReply;
import org.mawid.grpc.ListDeskServicesRequest;
import org.mawid.grpc.ListTariffsReply;
import org.mawid.grpc.ListTariffsRequest;
import org.mawid.grpc.LiveHold;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.Stamp;
import org.mawid.grpc.StampServiceGrpc;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.WalkIn;

/**
 * A portal's way in. Every command gets a request id and is repeated with it when there was no answer, so that it is done once
 * or not at all. Calls block until the answer; any thread. A refusal is a value, trouble is a {@link MawidException}, which tells the request.
 * <p>Many commands: {@link #stream}, {@link #batch}, {@link #packedBatch}. What changes: {@link #watch}.
 */
public final class MawidClient implements AutoCloseable {
    private static final long CLOSE_MS = 5_000;
    private static final Metadata.Key<String> CAPABILITY = Metadata.Key.of("mawid-capability", Metadata.ASCII_STRING_MARSHALLER);

    private final ClientOptions options;
    private final Connections connections;
    private final HostTime time;
    private final RetryBudget budget = new RetryBudget();

    private MawidClient(final ClientOptions options, final Connections connections, final HostTime time) {
        this.options = options;
        this.connections = connections;
        this.time = time;
    }

    /** Connects when first used. @throws IOException when the certificates to trust cannot be read */
    public static MawidClient connect(final ClientOptions options) throws IOException {
        return connect(options, HostTime.REAL);
    }

    static MawidClient connect(final ClientOptions options, final HostTime time) throws IOException {
        return new MawidClient(options, new Connections(options), time);
    }

    /** Without TLS, defaults throughout. */
    public static MawidClient connect(final String host, final int port) {
        try {
            return connect(ClientOptions.of(host, port));
        } catch (final IOException noFileIsRead) {
            throw new IllegalStateException(noFileIsRead);
        }
    }

    /** A new request: a random id, made now. For whoever builds commands for streams and batches. */
    public Request newRequest() {
        final ThreadLocalRandom random = ThreadLocalRandom.current();
        return Request.newBuilder()
                .setIdHigh(random.nextLong())
                .setIdLow(random.nextLong() | 1) // never all zeros
                .setCreatedMs(System.currentTimeMillis())
                .setActor(options.actor())
                .setOnBehalfOf(options.onBehalfOf())
                .setChannel(options.channel())
                .build();
    }

    /** @param postId the chosen post, 0 = any @param lines 1 to 16 */
    public SubmitReply submitApplication(final long applicant, final int postId, final List<NewLine> lines) {
        final SubmitApplication command = SubmitApplication.newBuilder().setRequest(newRequest()).setApplicant(applicant).setPostId(postId)
                .addAllLines(lines).build();
        return command(command.getRequest(), ApplicationServiceGrpc::newBlockingStub, stub -> stub.submitApplication(command),
                reply -> new SubmitReply.Submitted(reply.getApplication(), reply.getPosition()), SubmitReply.Refused::new);
    }

    /** As below, of who works for the state, or where none is asked for. */
    public HoldReply hold(final String application, final List<Leg> legs, final boolean issueStamps) {
        return hold(application, legs, issueStamps, "");
    }

    /**
     * Keeps a visit.
     *
     * @param legs        1 to 16, all at one post on one date
     * @param issueStamps issue the stamps of the lines too, all or nothing
     * @param capability  token of the application's {@link Application#getCapability}; empty = none
     */
    public HoldReply hold(final String application, final List<Leg> legs, final boolean issueStamps, final String capability) {
        final Hold command = Hold.newBuilder().setRequest(newRequest()).setApplication(application).addAllLegs(legs)
                .setIssueStamps(issueStamps).build();
        return command(command.getRequest(), AppointmentServiceGrpc::newBlockingStub, stub -> bringing(capability, stub).hold(command),
                reply -> new HoldReply.Held(reply.getHold(), Instant.ofEpochMilli(reply.getUntilMs()), reply.getStampsList(), reply.getPosition()),
                HoldReply.Refused::new);
    }

    public ConfirmReply confirm(final String hold, final boolean issueStamps) {
        final Confirm command = Confirm.newBuilder().setRequest(newRequest()).setHold(hold).setIssueStamps(issueStamps).build();
        return command(command.getRequest(), AppointmentServiceGrpc::newBlockingStub, stub -> stub.confirm(command),
                reply -> new ConfirmReply.Confirmed(reply.getAppointment(), Instant.ofEpochMilli(reply.getStartMs()), reply.getStampsList(),
                        reply.getPosition()),
                ConfirmReply.Refused::new);
    }

    /** @param walkIn all but the request */
    public WalkInReply walkIn(final WalkIn walkIn) {
        final WalkIn command = walkIn.toBuilder().setRequest(newRequest()).build();
        return command(command.getRequest(), AppointmentServiceGrpc::newBlockingStub, stub -> stub.walkIn(command),
                reply -> reply.getResult() == Result.OVERFLOW
                        ? new WalkInReply.Overflow(reply.getAppointment(), reply.getTicket(), reply.getStampsList(), reply.getPosition())
                        : new WalkInReply.CheckedIn(reply.getAppointment(), reply.getTicket(), reply.getStampsList(), reply.getPosition()),
                WalkInReply.Refused::new);
    }

    /** @param lines bit i = line i @param postId whose currency and rate */
    public StampsReply issueStamps(final String application, final int lines, final int postId) {
        final IssueStamps command = IssueStamps.newBuilder().setRequest(newRequest()).setApplication(application).setLines(lines)
                .setPostId(postId).build();
        return command(command.getRequest(), StampServiceGrpc::newBlockingStub, stub -> stub.issueStamps(command),
                reply -> new StampsReply.Issued(reply.getStampsList(), reply.getPosition()), StampsReply.Refused::new);
    }

    /**
     * Any command, such as release, reschedule, cancel, check in, serve or publish a day. One without a request id gets one.
     *
     * @return the reply, done or refused, never PENDING; see {@link CommandReply#getResult()}
     * @throws MawidException when it is not known what became of it
     */
    public CommandReply execute(final Command command) {
        final Batch one = batch().add(command);
        final List<Request> requests = one.requests();
        final CommandReply reply = one.send().get(0);
        if (reply.getResult() == Result.PENDING) {
            throw new MawidException("no answer in time", null).of(requests);
        }
        return reply;
    }

    /** As {@link #execute}, for commands that make nothing with a reference. */
    public DoneReply perform(final Command command) {
        final CommandReply reply = execute(command);
        return reply.getResult() == Result.OK
                ? new DoneReply.Done(reply.getDetail(), reply.getPosition()) : new DoneReply.Refused(reply.getResult(), reply.getDetail());
    }

    /** What became of a request: its reply as it was, or REQUEST_UNKNOWN, when nothing has been done by it so far. */
    public CommandReply outcome(final Request request) {
        final GetOutcomeRequest question = GetOutcomeRequest.newBuilder().setIdHigh(request.getIdHigh()).setIdLow(request.getIdLow()).build();
        return read(CommandServiceGrpc::newBlockingStub, stub -> stub.getOutcome(question));
    }

    /** As below, of who works for the state, or where none is asked for. */
    public FirstStartsReply firstStarts(final AvailabilityQuery query) {
        return firstStarts(query, "");
    }

    /** @param capability as of {@link #hold(String, List, boolean, String)} */
    public FirstStartsReply firstStarts(final AvailabilityQuery query, final String capability) {
        return read(AvailabilityServiceGrpc::newBlockingStub, stub -> bringing(capability, stub).firstStarts(query));
    }

    public CountStartsReply countStarts(final AvailabilityQuery query) {
        return read(AvailabilityServiceGrpc::newBlockingStub, stub -> stub.countStarts(query));
    }

    /** Both versions of each tariff, with all parts. @param serviceId 0 = of all services @param minPosition as in {@link #rules} */
    public ListTariffsReply tariffs(final int serviceId, final long minPosition) {
        final ListTariffsRequest question = ListTariffsRequest.newBuilder().setServiceId(serviceId).setMinPosition(minPosition).build();
        return read(CatalogueServiceGrpc::newBlockingStub, stub -> stub.listTariffs(question));
    }

    /** What a desk serves, for how long, with what, and where its visits may start. @param minPosition as in {@link #rules} @return empty when there is no such desk */
    public Optional<ListDeskServicesReply> deskServices(final int deskId, final long minPosition) {
        final ListDeskServicesRequest question = ListDeskServicesRequest.newBuilder().setDeskId(deskId).setMinPosition(minPosition).build();
        return find(CatalogueServiceGrpc::newBlockingStub, stub -> stub.listDeskServices(question));
    }

    /**
     * Staged changes that were neither applied nor abandoned, in the order in which they were begun.
     *
     * @param postId      0 = of all posts
     * @param minPosition as in {@link #rules}
     */
    public ListChangesReply openChanges(final int postId, final long minPosition) {
        final ListChangesRequest question = ListChangesRequest.newBuilder().setPostId(postId).setMinPosition(minPosition).build();
        return read(InventoryServiceGrpc::newBlockingStub, stub -> stub.listChanges(question));
    }

    /** The rules in force: to change one, {@link #perform} them with that one changed. @param minPosition waits for the catalogue to reflect it, 0 = as it is */
    public GetRulesReply rules(final long minPosition) {
        final GetRulesRequest question = GetRulesRequest.newBuilder().setMinPosition(minPosition).build();
        return read(CatalogueServiceGrpc::newBlockingStub, stub -> stub.getRules(question));
    }

    /** @param minPosition waits for the records to reflect it, 0 = as they are @return empty when there is none, or none any more */
    public Optional<Application> application(final String reference, final long minPosition) {
        final GetApplicationRequest question = GetApplicationRequest.newBuilder().setApplication(reference).setMinPosition(minPosition).build();
        return find(ApplicationServiceGrpc::newBlockingStub, stub -> stub.getApplication(question));
    }

    /** As {@link #application}. */
    public Optional<Appointment> appointment(final String reference, final long minPosition) {
        final GetAppointmentRequest question = GetAppointmentRequest.newBuilder().setAppointment(reference).setMinPosition(minPosition).build();
        return find(AppointmentServiceGrpc::newBlockingStub, stub -> stub.getAppointment(question));
    }

    /** As {@link #application}. A hold that has ended is none. */
    public Optional<LiveHold> liveHold(final String reference, final long minPosition) {
        final GetHoldRequest question = GetHoldRequest.newBuilder().setHold(reference).setMinPosition(minPosition).build();
        return find(AppointmentServiceGrpc::newBlockingStub, stub -> stub.getHold(question));
    }

    /** As {@link #application}. */
    public Optional<Stamp> stamp(final String reference, final long minPosition) {
        final GetStampRequest question = GetStampRequest.newBuilder().setStamp(reference).setMinPosition(minPosition).build();
        return find(StampServiceGrpc::newBlockingStub, stub -> stub.getStamp(question));
    }

    /** From a submission to a decision. */
    public Reviews reviews() {
        return new Reviews(this);
    }

    /** Up to 8 190 commands in one message; repeats those that were not admitted. */
    public Batch batch() {
        return new Batch(this);
    }

    /** Up to 8 190 commands as SBE: the fastest way in; repeats as {@link #batch} does. @param bytes room for them, grows when needed */
    public PackedBatch packedBatch(final int bytes) {
        return new PackedBatch(this, bytes);
    }

    /** @param onReply called in the order of the commands, on a thread of the connection: return at once */
    public CommandStream stream(final Consumer<CommandReply> onReply) {
        return new CommandStream(this, onReply);
    }

    /**
     * Follows a post: a snapshot of its days, then every event; goes on where it was when the connection is lost.
     *
     * @param postId       0 = all, without a snapshot
     * @param fromEpochDay first date of the snapshot
     * @param days         of the snapshot, 0 to 500
     */
    public Watch watch(final int postId, final int fromEpochDay, final int days, final WatchListener listener) {
        return Watch.begin(connections, postId, fromEpochDay, days, listener);
    }

    @Override
    public void close() {
        connections.close(CLOSE_MS);
    }

    ManagedChannel nextChannel() {
        return connections.next();
    }

    CommandBatchReply send(final CommandBatch batch, final Attempts attempts) {
        return read(CommandServiceGrpc::newBlockingStub, stub -> stub.batch(batch), attempts);
    }

    ByteString sendPacked(final ByteString packed, final List<String> capabilities, final Attempts attempts) {
        return send(CommandBatch.newBuilder().setPacked(packed).addAllCapabilities(capabilities).build(), attempts).getPacked();
    }

    ClientOptions options() {
        return options;
    }

    RetryBudget budget() {
        return budget;
    }

    HostTime time() {
        return time;
    }

    /** When the time of what begins now is over. */
    long dueNanos() {
        return time.nanos() + options.timeout().toNanos();
    }

    long leftMs(final long dueNanos) {
        return TimeUnit.NANOSECONDS.toMillis(dueNanos - time.nanos());
    }

    void pause(final long delayMs, final Throwable because) {
        final Object lock = new Object();
        try {
            synchronized (lock) {
                time.pause(lock, delayMs);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MawidException("interrupted while waiting to repeat", because);
        }
    }

    private static <S extends AbstractStub<S>> S bringing(final String capability, final S stub) {
        if (capability.isEmpty()) {
            return stub;
        }
        final Metadata headers = new Metadata();
        headers.put(CAPABILITY, capability);
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    <S extends AbstractStub<S>, R, A> A command(final Request request, final Function<io.grpc.Channel, S> stub, final Function<S, R> call,
                                               final Function<R, A> done, final BiFunction<Result, Long, A> refused) {
        final Attempts attempts = new Attempts(this, dueNanos());
        final R reply;
        try {
            reply = attempts.call(stub, call);
        } catch (final StatusRuntimeException failure) {
            final Refusal refusal = Refusal.of(failure);
            if (refusal == null || attempts.mayBeDone() && Refusal.isOfOneAttempt(refusal.reason())) {
                throw new MawidException("no answer: " + failure.getStatus(), failure).of(List.of(request));
            }
            return refused.apply(refusal.reason(), refusal.detail());
        } catch (final MawidException interrupted) {
            throw interrupted.of(List.of(request));
        }
        return done.apply(reply);
    }

    <S extends AbstractStub<S>, R> R read(final Function<io.grpc.Channel, S> stub, final Function<S, R> call) {
        return read(stub, call, new Attempts(this, dueNanos()));
    }

    private static <S extends AbstractStub<S>, R> R read(final Function<io.grpc.Channel, S> stub, final Function<S, R> call, final Attempts attempts) {
        try {
            return attempts.call(stub, call);
        } catch (final StatusRuntimeException failure) {
            final Refusal refusal = lastSaid(failure);
            throw refusal == null ? new MawidException("no answer: " + failure.getStatus(), failure) : new MawidException(refusal, failure);
        }
    }

    private <S extends AbstractStub<S>, R> Optional<R> find(final Function<io.grpc.Channel, S> stub, final Function<S, R> call) {
        try {
            return Optional.of(read(stub, call));
        } catch (final MawidException failure) {
            if (failure.reason() != null && Status.fromThrowable(failure.getCause()).getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Of a read whose time was over in the middle of an attempt: why the attempt before it was refused. */
    private static Refusal lastSaid(final StatusRuntimeException failure) {
        Refusal refusal = Refusal.of(failure);
        for (int i = failure.getSuppressed().length - 1; i >= 0 && refusal == null; i--) {
            refusal = Refusal.of(failure.getSuppressed()[i]);
        }
        return refusal;
    }
}
