package org.mawid.api.application;

import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.agrona.MutableDirectBuffer;
import org.mawid.api.access.Caller;
import org.mawid.api.capability.Capability;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.message.Messages;
import org.mawid.api.person.Held;
import org.mawid.api.person.Owners;
import org.mawid.api.person.desk.PersonalDesk;
import org.mawid.api.rpc.CallBytes;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.PersonalCalls;
import org.mawid.api.rpc.Refusals;
import org.mawid.api.rpc.Worker;
import org.mawid.api.sealed.Owner;
import org.mawid.api.sealed.store.ContentName;
import org.mawid.engine.readmodel.Records;
import org.mawid.engine.readmodel.WorkView;
import org.mawid.grpc.AcceptPosts;
import org.mawid.grpc.Application;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.AskForDocuments;
import org.mawid.grpc.AssignApplication;
import org.mawid.grpc.AssignApplicationReply;
import org.mawid.grpc.Done;
import org.mawid.grpc.GetApplicationRequest;
import org.mawid.grpc.GetMessageTextRequest;
import org.mawid.grpc.HistoryMessage;
import org.mawid.grpc.Line;
import org.mawid.grpc.ListMessagesReply;
import org.mawid.grpc.ListMessagesRequest;
import org.mawid.grpc.ListWorkReply;
import org.mawid.grpc.ListWorkRequest;
import org.mawid.grpc.MessageText;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.RecordDocument;
import org.mawid.grpc.RejectLines;
import org.mawid.grpc.Request;
import org.mawid.grpc.ResubmitLines;
import org.mawid.grpc.SendMessage;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.SubmitApplicationReply;
import org.mawid.grpc.ValidateLines;
import org.mawid.grpc.WithdrawLines;
import org.mawid.sbe.Result;

/** Applications over gRPC. On the server's event loops. */
public final class ApplicationGrpc extends ApplicationServiceGrpc.ApplicationServiceImplBase {
    private static final int MOST_MESSAGES = 100;

    private final Calls calls;
    private final ThreadLocal<ApplicationMapping> mapping = ThreadLocal.withInitial(ApplicationMapping::new);

    private final PersonalCalls persons;

    /** @param desk null = no texts are kept */
    public ApplicationGrpc(final Calls calls, final PersonalDesk desk) {
        this.calls = calls;
        persons = new PersonalCalls(calls, desk);
    }

    @Override
    public void submitApplication(final SubmitApplication message, final StreamObserver<SubmitApplicationReply> observer) {
        final Worker worker = calls.worker();
        final Caller caller = calls.caller();
        calls.command(worker, CommandTemplate.SUBMIT_APPLICATION, mapping.get().submitApplication(worker.draft(), message), observer,
                answer -> submitted(caller, message, answer));
    }

    private SubmitApplicationReply submitted(final Caller caller, final SubmitApplication message, final Answer answer) {
        final SubmitApplicationReply.Builder reply = SubmitApplicationReply.newBuilder().setApplication(answer.reference(calls.references()))
                .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated());
        if (calls.capabilities() != null) {
            give(calls.capabilities().ofSubmitted(caller, answer.number1(), message.getPostId(), message.getLinesList().stream().map(NewLine::getServiceId).toList()), reply::setCapability);
        }
        return reply.build();
    }

    /** @param capability null = none */
    private static void give(final Capability capability, final Consumer<org.mawid.grpc.Capability> to) {
        if (capability != null) {
            to.accept(org.mawid.grpc.Capability.newBuilder().setToken(capability.token()).setUntilMs(capability.untilMs()).build());
        }
    }

    @Override
    public void validateLines(final ValidateLines message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.VALIDATE_LINES, mapping.get().validateLines(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void rejectLines(final RejectLines message, final StreamObserver<Done> observer) {
        final RejectLines sealed = message.getText().isEmpty() ? message : message.toBuilder().clearText().build();
        sealing(message.getText(), message.getReasonHash(), observer, before -> submit(CommandTemplate.REJECT_LINES, worker -> mapping.get().rejectLines(worker.draft(), sealed), observer, before),
                (command, then) -> sealReason(UnsealedText.REJECTION, message.getRequest(), message.getApplication(), message.getText(), message.getReasonCode(), observer, command, then));
    }

    @Override
    public void withdrawLines(final WithdrawLines message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.WITHDRAW_LINES, mapping.get().withdrawLines(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void acceptPosts(final AcceptPosts message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.ACCEPT_POSTS, mapping.get().acceptPosts(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void sendMessage(final SendMessage message, final StreamObserver<Done> observer) {
        final SendMessage sealed = message.getText().isEmpty() ? message : message.toBuilder().clearText().build();
        sealing(message.getText(), message.getTextHash(), observer, before -> submit(CommandTemplate.SEND_MESSAGE, worker -> mapping.get().sendMessage(worker.draft(), sealed), observer, before),
                (command, then) -> sealMessage(message, observer, command, then));
    }

    @Override
    public void recordDocument(final RecordDocument message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.RECORD_DOCUMENT, mapping.get().recordDocument(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void askForDocuments(final AskForDocuments message, final StreamObserver<Done> observer) {
        final AskForDocuments sealed = message.getText().isEmpty() ? message : message.toBuilder().clearText().build();
        sealing(message.getText(), message.getTextHash(), observer, before -> submit(CommandTemplate.ASK_FOR_DOCUMENTS, worker -> mapping.get().askForDocuments(worker.draft(), sealed), observer, before),
                (command, then) -> sealReason(UnsealedText.REQUEST, message.getRequest(), message.getApplication(), message.getText(), message.getReasonCode(), observer, command, then));
    }

    @Override
    public void resubmitLines(final ResubmitLines message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.RESUBMIT_LINES, mapping.get().resubmitLines(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void assignApplication(final AssignApplication message, final StreamObserver<AssignApplicationReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.ASSIGN_APPLICATION, mapping.get().assignApplication(worker.draft(), message), observer,
                answer -> AssignApplicationReply.newBuilder().setUntilMs(answer.number1()).setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void listWork(final ListWorkRequest message, final StreamObserver<ListWorkReply> observer) {
        final int limit = message.getLimit() == 0 ? WorkPage.USUAL : message.getLimit();
        if (limit < 0 || limit > WorkPage.MOST) {
            observer.onError(Refusals.of(Result.OUT_OF_RANGE));
            return;
        }
        final long nowMs = calls.gateway().nowMs();
        final WorkPage.Query query = new WorkPage.Query(message.getPostId(), message.getServiceId(), message.hasAssignedTo(), message.getAssignedTo(), message.getAfter(), limit);
        if (!query.isWhole(calls.references())) {
            observer.onError(Refusals.of(Result.MALFORMED));
            return;
        }
        calls.read(message.getMinPosition(), observer, Result.POST_UNKNOWN, () -> {
            final long position = calls.readModel().position();
            return calls.readModel().catalogue().post(message.getPostId()) == null ? null : reply(WorkPage.of(calls.readModel().work(), calls.references(), query, nowMs), position);
        });
    }

    private ListWorkReply reply(final WorkPage page, final long position) {
        final ListWorkReply.Builder reply = ListWorkReply.newBuilder().setWaiting(page.totals().waiting()).setOverdue(page.totals().overdue())
                .setOldestAgeSeconds(page.oldestAgeSeconds()).setNext(page.next()).setPosition(position);
        for (final WorkView.Work one : page.work()) {
            final org.mawid.grpc.Work.Builder work = reply.addWorkBuilder().setApplication(calls.references().text(ReferenceKind.APPLICATION, one.applicationId())).setPostId(one.postId())
                    .setSinceMs(one.sinceMs()).setDueMs(one.dueMs()).setAgeSeconds(page.ageSeconds(one.sinceMs())).setIsOverdue(one.isOverdue(page.nowMs()))
                    .addAllServices(one.services()).setSubmitted(one.submitted()).setDocumentsNeeded(one.needed());
            if (one.officerAt(page.nowMs()) != 0) {
                work.setOfficer(one.officer()).setUntilMs(one.untilMs());
            }
        }
        return reply.build();
    }

    /** A text is sealed on the way, unless there is none. @param hash of one that was sealed elsewhere: not both @param submit with what is done before, null = nothing */
    private static void sealing(final String text, final long hash, final StreamObserver<Done> observer, final Consumer<BiConsumer<MutableDirectBuffer, Runnable>> submit,
                                final BiConsumer<MutableDirectBuffer, Runnable> seal) {
        if (text.isEmpty()) {
            submit.accept(null);
        } else if (hash != 0) {
            observer.onError(Refusals.of(Result.MALFORMED));
        } else {
            final Context call = Context.current();
            submit.accept((command, then) -> call.run(() -> seal.accept(command, then)));
        }
    }

    private void submit(final CommandTemplate template, final ToIntFunction<Worker> draft, final StreamObserver<Done> observer, final BiConsumer<MutableDirectBuffer, Runnable> before) {
        final Worker worker = calls.worker();
        Calls.answeredLater(observer);
        calls.submit(worker, template, draft.applyAsInt(worker), observer, Calls::done, before);
    }

    private void sealMessage(final SendMessage message, final StreamObserver<Done> observer, final MutableDirectBuffer command, final Runnable then) {
        if (!UnsealedText.isAt(command, message.getPostId())) {
            then.run();
            return;
        }
        seal(UnsealedText.MESSAGE, CommandTemplate.SEND_MESSAGE, message.getApplication(), observer, command, then,
                owner -> persons.desk().messages().seal(owner, repeatable(message.getRequest()), message.getText(), Messages.about(message.getWriterValue(), message.getTopicCode())));
    }

    private void sealReason(final UnsealedText what, final Request request, final String application, final String text, final int code, final StreamObserver<Done> observer,
                            final MutableDirectBuffer command, final Runnable then) {
        seal(what, what == UnsealedText.REJECTION ? CommandTemplate.REJECT_LINES : CommandTemplate.ASK_FOR_DOCUMENTS, application, observer, command, then,
                owner -> persons.desk().reasons().seal(owner, repeatable(request), text, Messages.aboutReason(code)));
    }

    private interface Sealing {
        long seal(Owner owner) throws Exception;
    }

    /** A text is looked at for whoever may send it, and durable before the command that names it. */
    private void seal(final UnsealedText what, final CommandTemplate template, final String application, final StreamObserver<Done> observer, final MutableDirectBuffer command,
                      final Runnable then, final Sealing sealing) {
        final long number = calls.references().number(ReferenceKind.APPLICATION, application);
        if (!what.isFor(command, number)) {
            then.run();
            return;
        }
        if (persons.desk() == null) {
            calls.gateway().localAnswers().count(template, Result.UNAVAILABLE, Cause.NO_PERSONAL_DATA.number());
            observer.onError(Refusals.of(Cause.NO_PERSONAL_DATA));
            return;
        }
        calls.findRecordLater(0, observer, Result.APPLICATION_UNKNOWN, () -> owner(number), owner -> persons.run(observer, () -> sealing.seal(owner), hash -> {
            what.seal(command, hash);
            then.run();
        }));
    }

    /** By what a request is known that comes again; empty when it cannot. */
    private static String repeatable(final Request request) {
        if (request.getIdHigh() != 0 || request.getIdLow() != 0) {
            return new UUID(request.getIdHigh(), request.getIdLow()).toString();
        }
        return request.getClientId() == 0 ? "" : request.getClientId() + "/" + request.getSequence();
    }

    private void ofApplication(final String reference, final long minPosition, final StreamObserver<?> observer, final Consumer<Owner> then) {
        final long number = calls.numberToRead(ReferenceKind.APPLICATION, reference, observer);
        if (number != 0) {
            calls.findRecord(minPosition, observer, Result.APPLICATION_UNKNOWN, () -> owner(number), then);
        }
    }

    /** Null when there is no such application. */
    private Owner owner(final long number) {
        final Records.Application application = calls.readModel().records().application(number);
        return application == null ? null : Owners.of(application);
    }

    @Override
    public void listMessages(final ListMessagesRequest message, final StreamObserver<ListMessagesReply> observer) {
        if (persons.desk() == null) {
            observer.onError(Refusals.of(Cause.NO_PERSONAL_DATA));
            return;
        }
        final CallBytes bytes = CallBytes.ofCall();
        ofApplication(message.getApplication(), message.getMinPosition(), observer,
                owner -> persons.run(observer, () -> messages(persons.desk().messages(), owner), reply -> Calls.give(bytes, observer, reply)));
    }

    /** Those of an application. On a thread that may wait. */
    public static ListMessagesReply messages(final Messages messages, final Owner owner) throws IOException {
        final ListMessagesReply.Builder reply = ListMessagesReply.newBuilder();
        messages.newest(owner, MOST_MESSAGES).forEach(held -> reply.addMessages(message(held)));
        return reply.build();
    }

    /** What is known of a message beside its text. */
    public static HistoryMessage message(final Held message) {
        return HistoryMessage.newBuilder().setTextHash(ContentName.hash(message.name())).setSentMs(message.atMs()).setWriterValue(Messages.writer(message)).setTopicCode(Messages.topicCode(message)).build();
    }

    @Override
    public void getMessageText(final GetMessageTextRequest message, final StreamObserver<MessageText> observer) {
        if (persons.desk() == null) {
            observer.onError(Refusals.of(Cause.NO_PERSONAL_DATA));
            return;
        }
        final CallBytes bytes = CallBytes.ofCall();
        ofApplication(message.getApplication(), message.getMinPosition(), observer, owner -> persons.run(observer, () -> persons.desk().text(owner, message.getTextHash()), text -> {
            if (text == null) {
                observer.onError(PersonalCalls.unknown("TEXT_UNKNOWN"));
            } else {
                Calls.give(bytes, observer, MessageText.newBuilder().setTextHash(message.getTextHash()).setText(text).build());
            }
        }));
    }

    @Override
    public void getApplication(final GetApplicationRequest message, final StreamObserver<Application> observer) {
        final long number = calls.numberToRead(ReferenceKind.APPLICATION, message.getApplication(), observer);
        if (number != 0) {
            final Caller caller = calls.caller();
            calls.readRecord(message.getMinPosition(), observer, Result.APPLICATION_UNKNOWN, () -> {
                final Records.Application application = calls.readModel().records().application(number);
                return application == null ? null : withCapability(caller, application);
            });
        }
    }

    private Application withCapability(final Caller caller, final Records.Application record) {
        final Application.Builder application = message(calls.gateway(), record).toBuilder();
        if (calls.capabilities() != null) {
            give(calls.capabilities().of(caller, record), application::setCapability);
        }
        return application.build();
    }

    /** As it stands, without a capability. On a thread that may wait. */
    public static Application message(final Gateway gateway, final Records.Application record) {
        final References references = gateway.references();
        final StandingQuestion.Standing standing = StandingQuestion.of(gateway.engine(), record);
        final Application.Builder application = Application.newBuilder()
                .setApplication(references.text(ReferenceKind.APPLICATION, record.applicationId())).setPostId(record.postId())
                .setApplicant(record.applicant()).setSubmittedMs(record.submittedMs()).setPosition(record.position()).setValidUntilMs(standing.validUntilMs());
        for (int i = 0; i < record.lines().size(); i++) {
            final Records.Line line = record.lines().get(i);
            application.addLines(Line.newBuilder().setPersonKey(line.personKey()).setServiceId(line.serviceId())
                    .setRegisteredPostId(line.registeredPostId()).setQuantity(line.quantity()).setAgeBandValue(line.ageBand().value())
                    .setPriorityValue(line.priority().value()).setRepresentative(line.representative())
                    .setStateValue(line.state().value())
                    .setStamp(references.text(ReferenceKind.STAMP, line.stampId()))
                    .setHold(references.text(ReferenceKind.HOLD, line.holdId()))
                    .setAppointment(references.text(ReferenceKind.APPOINTMENT, line.appointmentId()))
                    .addAllWanted(DocumentKinds.list(standing.wanted().get(i))).setReasonCode(line.reasonCode()).setReasonHash(line.reasonHash()));
        }
        return application.build();
    }
}
