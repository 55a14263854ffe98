package org.mawid.api.demo;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.command.CommandMapping;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.Lane;
import org.mawid.engine.CommandSource;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.grpc.Channel;
import org.mawid.grpc.Command;
import org.mawid.grpc.DefineTerminal;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Request;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;

/** What a citizen, an officer and an operator would have done before: each waits for its answer. */
final class DemoCommands {
    private static final int FIRST_LINE = 1; // as a set: bit 0
    private static final long PATIENCE_SECONDS = 10;

    private final Gateway gateway;

    DemoCommands(final Gateway gateway) {
        this.gateway = gateway;
    }

    /** A person nobody knows: the key is random, so that each demo has one of its own. */
    static long somebody() {
        return ThreadLocalRandom.current().nextLong() | 1;
    }

    /** @param person who applies, for themselves @return reference of the application */
    String validated(final long person, final CatalogueView.Post post, final CatalogueView.Service service) throws InterruptedException {
        final NewLine line = NewLine.newBuilder().setPersonKey(person).setServiceId(service.serviceId())
                .setRegisteredPostId(post.postId()).setQuantity(1).build();
        final String application = done(Command.newBuilder().setSubmitApplication(
                SubmitApplication.newBuilder().setRequest(request()).setApplicant(person).setPostId(post.postId()).addLines(line)).build()).reference(gateway.references());
        if (service.validationRequired()) {
            done(Command.newBuilder().setValidateLines(
                    ValidateLines.newBuilder().setRequest(request()).setApplication(application).setLines(FIRST_LINE)).build());
        }
        return application;
    }

    /** Registers a terminal at a post, where it is not already. */
    void terminal(final int terminalId, final int postId) throws InterruptedException {
        final MoneyView.Terminal known = gateway.engine().readModel().money().terminal(terminalId);
        if (known == null || known.postId() != postId || !known.enabled()) {
            done(Command.newBuilder().setDefineTerminal(
                    DefineTerminal.newBuilder().setRequest(request()).setTerminalId(terminalId).setPostId(postId).setCode("DEMO-" + terminalId).setEnabled(true)).build());
        }
    }

    private Request request() {
        final UUID id = UUID.randomUUID();
        return Request.newBuilder().setIdHigh(id.getMostSignificantBits()).setIdLow(id.getLeastSignificantBits())
                .setCreatedMs(gateway.nowMs()).setChannel(Channel.CHANNEL_SYSTEM).build();
    }

    /** @throws IllegalStateException when it was refused, or not answered */
    private Answer done(final Command command) throws InterruptedException {
        final ExecutorService thread = Executors.newSingleThreadExecutor();
        final CompletableFuture<Answer> answered = new CompletableFuture<>();
        try {
            final Lane lane = gateway.lane(thread);
            thread.execute(() -> {
                final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CommandSource.MAX_BYTES]);
                final int length = new CommandMapping().encode(new Draft(gateway.references()).begin(buffer, 0, 0), command);
                gateway.submit(lane, CommandTemplate.of(command.getCommandCase().getNumber()), buffer, 0, length, answered::complete);
            });
            final Answer answer = answered.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!answer.isDone()) {
                throw new IllegalStateException(command.getCommandCase() + " was answered " + answer.result());
            }
            return answer;
        } catch (final ExecutionException | TimeoutException e) {
            throw new IllegalStateException(command.getCommandCase() + " was not answered", e);
        } finally {
            thread.shutdown();
        }
    }
}
