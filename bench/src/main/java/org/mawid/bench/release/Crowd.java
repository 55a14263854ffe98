package org.mawid.bench.release;

import java.util.ArrayList;
import java.util.List;
import org.mawid.client.Batch;
import org.mawid.client.MawidClient;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Result;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;

/** Brings everybody's application and has it validated, in batches, before the clock starts. */
final class Crowd {
    static final int BATCH = 4_000;

    private final MawidClient client;
    private final long startedNs = System.nanoTime();
    private final Progress progress;
    private long commands;
    private long tookNs;

    Crowd(final MawidClient client, final Progress progress) {
        this.client = client;
        this.progress = progress;
    }

    /** @throws IllegalStateException one of them is refused */
    void bring(final List<Applicant> all) {
        for (int from = 0; from < all.size(); from += BATCH) {
            final List<Applicant> some = all.subList(from, Math.min(all.size(), from + BATCH));
            progress.at(org.mawid.bench.load.Output.leftNs(startedNs, from, all.size()), String.format("applications: %,d of %,d", from, all.size()));
            submit(some);
            validate(some.stream().filter(applicant -> applicant.linesToValidate() != 0).toList());
        }
        tookNs = System.nanoTime() - startedNs;
    }

    /** What each command took, one after the other in batches. Nanoseconds. */
    long commandNs() {
        return tookNs / Math.max(1, commands);
    }

    private void submit(final List<Applicant> some) {
        final Batch batch = client.batch();
        for (final Applicant applicant : some) {
            final SubmitApplication.Builder submit = SubmitApplication.newBuilder().setApplicant(applicant.personKey()).setPostId(applicant.post().id());
            for (final int serviceId : applicant.serviceIds()) {
                submit.addLines(NewLine.newBuilder().setPersonKey(applicant.personKey()).setServiceId(serviceId).setQuantity(1)
                        .setRegisteredPostId(applicant.post().id()));
            }
            batch.add(Command.newBuilder().setSubmitApplication(submit).build());
        }
        final List<CommandReply> replies = done(batch);
        for (int i = 0; i < some.size(); i++) {
            some.get(i).application(replies.get(i).getReference());
        }
    }

    private void validate(final List<Applicant> some) {
        final Batch batch = client.batch();
        some.forEach(applicant -> batch.add(Command.newBuilder().setValidateLines(
                ValidateLines.newBuilder().setApplication(applicant.application()).setLines(applicant.linesToValidate())).build()));
        if (batch.size() > 0) {
            done(batch);
        }
    }

    private List<CommandReply> done(final Batch batch) {
        commands += batch.size();
        final List<CommandReply> replies = new ArrayList<>(batch.send());
        for (final CommandReply reply : replies) {
            if (reply.getResult() != Result.OK) {
                throw new IllegalStateException("an application was refused before the clock started: " + reply.getResult());
            }
        }
        return replies;
    }
}
