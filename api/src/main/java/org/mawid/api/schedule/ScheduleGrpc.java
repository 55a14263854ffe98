package org.mawid.api.schedule;

import com.google.protobuf.MessageLite;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.mawid.api.gateway.Cause;
import org.mawid.api.network.NetworkImportException;
import org.mawid.api.rpc.CallBytes;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Refusals;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.grpc.ApplyScheduleReply;
import org.mawid.grpc.ApplyScheduleRequest;
import org.mawid.grpc.GetScheduleReply;
import org.mawid.grpc.GetScheduleRequest;
import org.mawid.grpc.PreviewScheduleRequest;
import org.mawid.grpc.ScheduleDifference;
import org.mawid.grpc.ScheduleFile;
import org.mawid.grpc.ScheduleServiceGrpc;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Schedules over gRPC. On the server's event loops, to which the desk's thread hands over. */
public final class ScheduleGrpc extends ScheduleServiceGrpc.ScheduleServiceImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleGrpc.class);
    private static final Runnable NOTHING = () -> { };
    /** Trailers are small: so many mistakes are told, each of so many characters. */
    private static final int MOST_TOLD = 10;
    private static final int LONGEST_TOLD = 200;

    private final Calls calls;
    private final ScheduleDesk desk;

    /** @param desk null = no schedules are taken */
    public ScheduleGrpc(final Calls calls, final ScheduleDesk desk) {
        this.calls = calls;
        this.desk = desk;
    }

    @Override
    public void previewSchedule(final PreviewScheduleRequest message, final StreamObserver<ScheduleDifference> observer) {
        final CatalogueView.Post post = post(message.getPostId(), observer);
        if (post != null) {
            answer(observer, desk.difference(post.code(), zone -> written(message, post.code(), zone)), ScheduleMapping::difference);
        }
    }

    @Override
    public void applySchedule(final ApplyScheduleRequest message, final StreamObserver<ApplyScheduleReply> observer) {
        final CatalogueView.Post post = post(message.getWanted().getPostId(), observer);
        if (post != null) {
            answer(observer, desk.apply(post.code(), zone -> written(message.getWanted(), post.code(), zone),
                    message.hasExpectedVersion() ? Integer.toUnsignedLong(message.getExpectedVersion()) : Schedules.ANY_VERSION), ScheduleGrpc::reply);
        }
    }

    @Override
    public void getSchedule(final GetScheduleRequest message, final StreamObserver<GetScheduleReply> observer) {
        final CatalogueView.Post post = post(message.getPostId(), observer);
        if (post != null) {
            answer(observer, desk.present(post.code(), LocalDate.ofEpochDay(message.getFirstEpochDay()), LocalDate.ofEpochDay(message.getLastEpochDay())), ScheduleMapping::present);
        }
    }

    private static WrittenSchedule written(final PreviewScheduleRequest message, final String post, final ZoneId zone) {
        final WrittenSchedule.Period period = new WrittenSchedule.Period(post, LocalDate.ofEpochDay(message.getFirstEpochDay()), LocalDate.ofEpochDay(message.getLastEpochDay()));
        final Mistakes mistakes = new Mistakes();
        switch (message.getSaidCase()) {
            case SCHEDULE -> {
                return WrittenSchedule.of(period, ScheduleMapping.tree(message.getSchedule()));
            }
            case FILE -> {
                final ScheduleFile file = message.getFile();
                final ScheduleForm form = ScheduleForm.of(file.getContentType());
                if (form != null) {
                    return WrittenSchedule.read(period, zone, form, file.getContent().toByteArray(), new WrittenSchedule.Unsaid(file.getPool().isEmpty() ? null : file.getPool(), file.getPlaces()));
                }
                mistakes.add("file.content_type", "is none of application/json, text/csv, text/calendar");
            }
            default -> mistakes.add("said", "neither a schedule nor a file is there");
        }
        mistakes.throwIfAny();
        throw new IllegalStateException("a mistake was told");
    }

    private static ApplyScheduleReply reply(final Schedules.Outcome outcome) {
        final ApplyScheduleReply.Builder reply = ApplyScheduleReply.newBuilder().setDifference(ScheduleMapping.difference(outcome.difference()));
        if (outcome instanceof Schedules.Outcome.Applied applied) {
            return reply.setResult(org.mawid.grpc.Result.OK).setCalendarVersion((int) applied.version()).build();
        }
        final Result why = outcome instanceof Schedules.Outcome.Refused refused ? refused.why() : Result.CONFLICT;
        return reply.setResult(ScheduleMapping.result(why)).setCalendarVersion((int) outcome.difference().version()).build();
    }

    /** Null when there is none, or nobody to hand it to, and the call has been refused. */
    private CatalogueView.Post post(final int postId, final StreamObserver<?> observer) {
        ((ServerCallStreamObserver<?>) observer).setOnCancelHandler(NOTHING);
        final CatalogueView.Post post = calls.readModel().catalogue().post(postId);
        if (post == null || desk == null) {
            observer.onError(post == null ? Refusals.of(Result.POST_UNKNOWN) : Refusals.of(Cause.SCHEDULE_NOT_TAKEN));
            return null;
        }
        return post;
    }

    private <T, R extends MessageLite> void answer(final StreamObserver<R> observer, final CompletableFuture<T> asked, final Function<T, R> reply) {
        if (asked == null) {
            observer.onError(Refusals.of(Cause.SCHEDULE_NOT_TAKEN));
            return;
        }
        final CallBytes bytes = CallBytes.ofCall();
        // The reply is made on the desk's thread: a year of a large post has thousands of days.
        asked.thenApply(reply).whenCompleteAsync((made, trouble) -> {
            if (trouble == null) {
                Calls.give(bytes, observer, made);
            } else {
                observer.onError(refusal(trouble instanceof CompletionException wrapped ? wrapped.getCause() : trouble));
            }
        }, calls.worker().eventLoop());
    }

    private static RuntimeException refusal(final Throwable trouble) {
        if (trouble instanceof ScheduleMistakenException mistaken) {
            return told(mistaken);
        } else if (trouble instanceof UnknownPostException) {
            return Refusals.of(Result.POST_UNKNOWN);
        } else if (trouble instanceof NetworkImportException) {
            LOG.warn("a schedule was not taken: {}", trouble.getMessage());
            return Refusals.of(Cause.SCHEDULE_NOT_TAKEN);
        }
        LOG.error("a schedule met an accident of ours", trouble);
        return Status.INTERNAL.withDescription("a schedule met an accident of ours; the server's log says which").asRuntimeException();
    }

    private static RuntimeException told(final ScheduleMistakenException mistaken) {
        final Map<String, String> told = new HashMap<>();
        final List<ScheduleMistakenException.Mistake> all = mistaken.mistakes();
        for (int i = 0; i < Math.min(all.size(), MOST_TOLD); i++) {
            final String text = all.get(i).toString();
            told.put("mistake" + (i + 1), text.length() <= LONGEST_TOLD ? text : text.substring(0, LONGEST_TOLD));
        }
        return Refusals.of(Result.MALFORMED, "The schedule has " + mistaken.total() + " mistakes; the first are told as mistake1 and so on.", told);
    }
}
