package org.mawid.api.terminal.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.sandbox.terminal.SimulatorSettings;
import org.mawid.api.sandbox.terminal.TerminalSimulator;
import org.mawid.api.server.EdgeSetting;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.api.terminal.Incident;
import org.mawid.api.terminal.OpenPayments;
import org.mawid.api.terminal.TerminalRegistration;
import org.mawid.api.terminal.TerminalState;
import org.mawid.api.terminal.TerminalTimes;
import org.mawid.api.terminal.TerminalTotals;
import org.mawid.api.terminal.Terminals;
import org.mawid.api.terminal.TillCommand;
import org.mawid.api.terminal.TillPort;
import org.mawid.api.terminal.Transport;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.MawidClient;
import org.mawid.engine.Setting;
import org.mawid.engine.readmodel.MoneyView.Batch;
import org.mawid.grpc.Command;
import org.mawid.grpc.DefineTerminal;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.PaymentMeans;
import org.mawid.grpc.PaymentServiceGrpc;
import org.mawid.grpc.RecordApproval;
import org.mawid.grpc.StampServiceGrpc;
import org.mawid.grpc.StartPayment;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.Channel;
import org.mawid.sbe.Result;

/** Closings that die at each of their steps, on a running engine and with a simulated terminal: before and after a question, a page, and a word to the core. */
class CrashingClosingTest {
    private static final int TERMINAL = 12;
    private static final long AMOUNT = 4_650;
    private static final int MOST_STEPS = 60;
    private static final int TODAY = (int) (System.currentTimeMillis() / 86_400_000L);

    @TempDir
    private Path folder;
    private final Vertx vertx = Vertx.vertx();
    private final TerminalSimulator simulator = TerminalSimulator.start(vertx, SimulatorSettings.of("SIM-1", "EUR", 2));
    private final Terminals terminals = new Terminals(vertx, TerminalTimes.defaults(), "TILL-1", new Quiet());
    private Service service;
    private MawidClient client;
    private ManagedChannel channel;
    private long persons;
    private long orders;

    /** Payments are not what is looked at: they are told to ledger and terminal by the test. */
    private static final class Quiet implements TillPort {
        @Override
        public CompletionStage<OpenPayments> open(final int terminalId) {
            return CompletableFuture.completedFuture(new OpenPayments(0, List.of()));
        }

        @Override
        public CompletionStage<Recorded> record(final TillCommand command) {
            return CompletableFuture.failedFuture(new AssertionError("nobody pays"));
        }

        @Override
        public void incident(final Incident incident) {
        }

        @Override
        public CompletionStage<Void> totals(final TerminalTotals totals) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** As a process that is killed: from that step on nothing happens any more. */
    private static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** What one life does, up to a step. */
    private final class Life implements Pages {
        private final PageFiles files;
        private final int last;
        private int steps;

        Life(final Path pages, final int last) {
            this.files = new PageFiles(pages);
            this.last = last;
        }

        synchronized void step() {
            if (++steps >= last) {
                throw new Died();
            }
        }

        synchronized boolean isDead() {
            return steps >= last;
        }

        @Override
        public Page read(final int terminalId) throws IOException {
            return files.read(terminalId);
        }

        @Override
        public void write(final Page page) throws IOException {
            step();
            files.write(page);
            step();
        }

        @Override
        public List<Integer> terminals() throws IOException {
            return files.terminals();
        }

        Closings closings() {
            return new Closings(service.gateway(), this, answer -> {
                step();
                return CoreLine.isAskedAgain(answer);
            }, new Periods() {
                @Override
                public CompletionStage<TerminalTotals> reconcile(final int terminalId, final String period) {
                    step();
                    return terminals.reconcile(terminalId, period).thenApply(totals -> {
                        step();
                        return totals;
                    });
                }

                @Override
                public String poiId(final int terminalId) {
                    return terminals.poiId(terminalId);
                }
            });
        }
    }

    @BeforeEach
    void start() throws Exception {
        service = Service.start(Settings.of(Map.of(Setting.DATA.key(), folder.resolve("data").toString(), Setting.RECORDS.key(), "false",
                Setting.SEGMENT_BYTES.key(), "1048576", EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0",
                EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000"), Map.of(), null));
        service.ready();
        client = MawidClient.connect("127.0.0.1", service.grpcPort());
        channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
        OnePost.define(client);
        OnePost.done(client, Command.newBuilder().setDefineTerminal(DefineTerminal.newBuilder().setTerminalId(TERMINAL).setPostId(OnePost.POST).setCode("EPT").setEnabled(true)));
        terminals.register(new TerminalRegistration(TERMINAL, OnePost.POST, "127.0.0.1", simulator.tcpPort(), Transport.TCP, "SIM-1", "EUR", 2, null));
        await().atMost(Duration.ofSeconds(30)).until(() -> terminals.states().stream().allMatch(TerminalState::isReady));
    }

    @AfterEach
    void stop() throws Exception {
        terminals.close();
        client.close();
        channel.shutdownNow();
        service.close();
        simulator.close();
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void givenAClosingDiesAtAnyStep_thenTheNextLifeBooksItOnceAndNothingIsLost() throws Exception {
        int stories = 0;
        boolean hasDied = true;
        while (hasDied && stories < MOST_STEPS) {
            stories++;
            final Path pages = Files.createDirectories(folder.resolve("pages-" + stories)); // as of a terminal that was never closed
            paid();
            simulator.refundByHand(new BigDecimal("7.00"), "EUR"); // a break, once
            final Life first = new Life(pages, stories);
            final ClosingOrder order = order();
            try (Closings closings = first.closings()) {
                assertThat(closings.close(order).toCompletableFuture().handle((closed, died) -> closed != null || first.isDead()).get(60, TimeUnit.SECONDS)).isTrue();
            }
            hasDied = first.isDead();
            try (Closings closings = new Life(pages, Integer.MAX_VALUE).closings()) {
                closings.finish();
                paid(); // of the next period, unless the terminal's answer was lost: then of the same batch
                final Closed closed = closings.close(order()).toCompletableFuture().get(60, TimeUnit.SECONDS);
                assertThat(closed.batchId()).as("died at step %d", stories).isNotZero();
                assertThat(closings.close(order()).toCompletableFuture().get(60, TimeUnit.SECONDS).isNothing()).as("died at step %d", stories).isTrue();
            }
            final List<Batch> batches = service.engine().readModel().money().batches(OnePost.POST).get(30, TimeUnit.SECONDS).batches();
            assertThat(batches).as("died at step %d", stories).allMatch(batch -> batch.state() == BatchState.CLOSED);
            assertThat(batches.stream().mapToInt(Batch::paidCount).sum()).as("died at step %d", stories).isEqualTo(2 * stories);
            final int expected = stories;
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(service.engine().readModel().money().openBreaks(0)).as("died at step %d", expected)
                    .hasSize(expected).allMatch(open -> open.theirMinor() == 700 && open.ourMinor() == 0));
        }
        assertThat(stories).as("steps that it has, and one more").isBetween(12, MOST_STEPS - 1);
    }

    private ClosingOrder order() {
        return new ClosingOrder(TERMINAL, TODAY, false, 1, ++orders, 9, 0, Channel.COUNTER);
    }

    /** In the ledger, and at the terminal. */
    private void paid() {
        final String application = OnePost.validated(client, ++persons, 1).get(0);
        final List<String> stamps = StampServiceGrpc.newBlockingStub(channel).issueStamps(IssueStamps.newBuilder().setRequest(client.newRequest())
                .setApplication(application).setPostId(OnePost.POST).setLines(1).build()).getStampsList();
        final PaymentServiceGrpc.PaymentServiceBlockingStub payments = PaymentServiceGrpc.newBlockingStub(channel);
        final String payment = payments.startPayment(StartPayment.newBuilder().setRequest(client.newRequest()).setApplication(application).addAllStamps(stamps)
                .setPostId(OnePost.POST).setMeans(PaymentMeans.PAYMENT_MEANS_TERMINAL).setTerminalId(TERMINAL).setEpochDay(TODAY).build()).getPayment();
        payments.recordApproval(RecordApproval.newBuilder().setRequest(client.newRequest()).setPayment(payment).setAmountMinor(AMOUNT).setCurrency("EUR")
                .setTransaction("T-" + persons).build());
        simulator.chargeByHand(new BigDecimal("46.50"), "EUR");
    }
}
