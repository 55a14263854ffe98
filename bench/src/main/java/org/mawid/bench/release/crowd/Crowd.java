package org.mawid.bench.release.crowd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mawid.bench.release.ground.Asks;
import org.mawid.bench.release.ground.Batches;
import org.mawid.bench.release.visit.Applicant;
import org.mawid.client.MawidClient;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;

/** Brings everybody's application and has it validated, in batches, before the clock starts. */
public final class Crowd {
    private static final int BATCH = 4_000;

    private final MawidClient client;
    /** Of those whose submission is under way; nobody else knows the requests. */
    private final Map<Applicant, Request> submitting = new LinkedHashMap<>();
    private final List<Applicant> brought = new ArrayList<>();
    private final long startedNs = System.nanoTime();
    private final Progress progress;
    private long commands;
    private long tookNs;

    public Crowd(final MawidClient client, final Progress progress) {
        this.client = client;
        this.progress = progress;
    }

    /** @throws IllegalStateException one of them is refused */
    public void bring(final List<Applicant> all) {
        for (int from = 0; from < all.size(); from += BATCH) {
            final List<Applicant> some = all.subList(from, Math.min(all.size(), from + BATCH));
            progress.at(org.mawid.bench.load.Output.leftNs(startedNs, from, all.size()), String.format("applications: %,d of %,d", from, all.size()));
            submit(some);
            validate(some.stream().filter(applicant -> applicant.linesToValidate() != 0).toList());
        }
        tookNs = System.nanoTime() - startedNs;
    }

    /** What each command took, one after the other in batches. Nanoseconds. */
    public long commandNs() {
        return tookNs / Math.max(1, commands);
    }

    /** Those whose application is at the server, also when bringing them failed midway: what nobody was told about is asked for. */
    public List<Applicant> brought(final Asks asks) throws InterruptedException {
        final List<Applicant> inDoubt = List.copyOf(submitting.keySet());
        final List<CommandReply> replies = asks.outcomes(List.copyOf(submitting.values()));
        submitting.clear();
        for (int i = 0; i < inDoubt.size(); i++) {
            if (replies.get(i) != null && replies.get(i).getResult() == Result.OK) {
                brought(inDoubt.get(i), replies.get(i));
            }
        }
        return List.copyOf(brought);
    }

    private void brought(final Applicant applicant, final CommandReply reply) {
        applicant.application(reply.getReference());
        brought.add(applicant);
    }

    private void submit(final List<Applicant> some) {
        some.forEach(applicant -> submitting.put(applicant, client.newRequest()));
        final List<CommandReply> replies = done(some.stream().map(applicant -> submission(applicant, submitting.get(applicant))).toList());
        for (int i = 0; i < some.size(); i++) {
            brought(some.get(i), replies.get(i));
        }
        submitting.clear();
    }

    private static Command submission(final Applicant applicant, final Request request) {
        final SubmitApplication.Builder submit = SubmitApplication.newBuilder().setRequest(request).setApplicant(applicant.personKey()).setPostId(applicant.post().id());
        for (final Applicant.Line line : applicant.lines()) {
            submit.addLines(NewLine.newBuilder().setPersonKey(applicant.personKey(line.person())).setServiceId(line.service().id()).setQuantity(1)
                    .setRegisteredPostId(applicant.post().id()));
        }
        return Command.newBuilder().setSubmitApplication(submit).build();
    }

    private void validate(final List<Applicant> some) {
        done(some.stream().map(applicant -> Command.newBuilder().setValidateLines(
                ValidateLines.newBuilder().setApplication(applicant.application()).setLines(applicant.linesToValidate())).build()).toList());
    }

    private List<CommandReply> done(final List<Command> some) {
        commands += some.size();
        return Batches.done(client, some, "an application was refused before the clock started");
    }
}
