package org.mawid.api.terminal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.server.EdgeSetting;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.api.terminal.OpenPayments;
import org.mawid.api.terminal.OpenPayments.OpenPayment;
import org.mawid.api.terminal.TillCommand.AskPerson;
import org.mawid.api.terminal.TillCommand.Failure;
import org.mawid.api.terminal.TillCommand.MarkInDoubt;
import org.mawid.api.terminal.TillCommand.RecordApproval;
import org.mawid.api.terminal.TillCommand.RecordFailure;
import org.mawid.api.terminal.TillPort.Recorded;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.MawidClient;
import org.mawid.engine.Setting;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.grpc.Command;
import org.mawid.grpc.DefineTerminal;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.PaymentMeans;
import org.mawid.grpc.PaymentServiceGrpc;
import org.mawid.grpc.StampServiceGrpc;
import org.mawid.grpc.StartPayment;
import org.mawid.sbe.BreakType;

/** The till's port on a running engine: what the core takes, refuses, and is not told twice. */
class EnginePortTest {
    private static final int TERMINAL = 12;
    private static final long AMOUNT = 4_650;

    @TempDir
    private Path folder;
    private Service service;
    private MawidClient client;
    private ManagedChannel channel;
    private EnginePort port;
    private long persons;

    @BeforeEach
    void start() throws Exception {
        service = Service.start(Settings.of(Map.of(Setting.DATA.key(), folder.resolve("data").toString(), Setting.RECORDS.key(), "false",
                Setting.SEGMENT_BYTES.key(), "1048576", EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0",
                EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000", EdgeSetting.COOLING.key(), "false"), Map.of(), null)); // positions are counted: no era may begin in between
        service.ready();
        client = MawidClient.connect("127.0.0.1", service.grpcPort());
        channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
        OnePost.define(client);
        OnePost.done(client, Command.newBuilder().setDefineTerminal(DefineTerminal.newBuilder().setTerminalId(TERMINAL).setPostId(OnePost.POST).setCode("EPT").setEnabled(true)));
        port = new EnginePort(service.gateway());
    }

    @AfterEach
    void stop() throws Exception {
        port.close();
        client.close();
        channel.shutdownNow();
        service.close();
    }

    @Test
    void givenACommandThatIsUnderWay_whenOpenPaymentsAreAsked_thenTheyAreReadBehindIt() throws Exception {
        final long payment = begun();
        final OpenPayments before = told(port.open(TERMINAL));
        assertThat(before.lastPaymentId()).isEqualTo(payment);
        assertThat(before.payments()).singleElement().satisfies(open -> {
            assertThat(open.inDoubt()).isFalse();
            assertThat(open.started().paymentId()).isEqualTo(payment);
            assertThat(open.started().amountMinor()).isEqualTo(AMOUNT);
            assertThat(open.started().currency()).isEqualTo("EUR");
            assertThat(open.started().terminalId()).isEqualTo(TERMINAL);
        });
        final CountDownLatch goOn = new CountDownLatch(1);
        assertThat(service.engine().query(core -> waitFor(goOn))).isTrue(); // what is given now is answered later
        final CompletionStage<Recorded> approval = port.record(approval(payment));
        final CompletionStage<OpenPayments> open = port.open(TERMINAL);
        final CompletionStage<OpenPayments> other = port.open(TERMINAL + 1);
        goOn.countDown();
        assertThat(told(open)).isEqualTo(new OpenPayments(payment, List.of()));
        assertThat(told(approval)).isEqualTo(Recorded.ACCEPTED);
        assertThat(told(other)).isEqualTo(new OpenPayments(payment, List.of()));
    }

    @Test
    void givenOneThatIsInDoubt_thenItIsOpenUntilItWaitsForAPerson() throws Exception {
        final long payment = begun();
        assertThat(told(port.record(new MarkInDoubt(payment)))).isEqualTo(Recorded.ACCEPTED);
        assertThat(told(port.open(TERMINAL)).payments()).extracting(OpenPayment::inDoubt).containsExactly(true);
        assertThat(told(port.record(new AskPerson(payment, "no clear answer of the terminal in time")))).isEqualTo(Recorded.ACCEPTED);
        assertThat(told(port.open(TERMINAL)).payments()).isEmpty();
        assertThat(breaks()).extracting(MoneyView.OpenBreak::type, MoneyView.OpenBreak::paymentId).containsExactly(tuple(BreakType.PAYMENT_IN_DOUBT, payment));
        assertThat(service.engine().readModel().money().waitingForPerson(0)).singleElement().satisfies(waits -> assertThat(waits.reasonCode()).isEqualTo(100));
    }

    @Test
    void givenWhatAnEarlierLifeHasSaid_whenSaidAgain_thenItsAnswerIsTheFirstAndNothingHappens() throws Exception {
        final long payment = begun();
        assertThat(told(port.record(approval(payment)))).isEqualTo(Recorded.ACCEPTED);
        assertThat(told(port.record(new RecordFailure(payment, Failure.DECLINED, "")))).isEqualTo(Recorded.REFUSED);
        try (EnginePort later = new EnginePort(service.gateway())) {
            final long position = service.engine().status().durablePosition();
            assertThat(told(later.record(new RecordApproval(payment, AMOUNT, "EUR", "VISA", "1111", "other", "SIM-9")))).isEqualTo(Recorded.ACCEPTED);
            assertThat(told(later.record(new RecordFailure(payment, Failure.DECLINED, "")))).isEqualTo(Recorded.REFUSED);
            assertThat(service.engine().status().durablePosition()).isEqualTo(position);
        }
        assertThat(breaks()).isEmpty();
    }

    @Test
    void givenAPaymentThatIsDecided_whenAPersonIsAsked_thenThereIsOneBreak() throws Exception {
        final long payment = begun();
        told(port.open(TERMINAL));
        told(port.record(approval(payment)));
        assertThat(told(port.record(new AskPerson(payment, "charged once more after it was approved")))).isEqualTo(Recorded.ACCEPTED);
        assertThat(told(port.record(new AskPerson(payment, "reversed after it was approved")))).isEqualTo(Recorded.ACCEPTED);
        assertThat(told(port.record(new AskPerson(99, "charged once more after it was approved")))).isEqualTo(Recorded.ACCEPTED);
        assertThat(breaks()).extracting(MoneyView.OpenBreak::type, MoneyView.OpenBreak::paymentId, MoneyView.OpenBreak::postId, MoneyView.OpenBreak::ourMinor,
                MoneyView.OpenBreak::currency).containsExactly(tuple(BreakType.CONTRADICTED, payment, OnePost.POST, AMOUNT, "EUR"), tuple(BreakType.FOREIGN_ANSWER, 99L, 0, 0L, "XXX"));
    }

    @Test
    void givenATransactionOfAnotherPayment_whenApprovedWithIt_thenRefused() throws Exception {
        told(port.record(approval(begun())));
        assertThat(told(port.record(approval(begun())))).isEqualTo(Recorded.REFUSED);
    }

    @Test
    void givenWordsThatTheLogHasNoRoomFor_whenApproved_thenTheyAreCutAndTransactionsStayApart() throws Exception {
        final String most = "t".repeat(60);
        assertThat(told(port.record(new RecordApproval(begun(), AMOUNT, "EUR", "American Express Corporate", "", "A 123 456 789", most + "1")))).isEqualTo(Recorded.ACCEPTED);
        assertThat(told(port.record(new RecordApproval(begun(), AMOUNT, "EUR", "", "", "", most + "2")))).isEqualTo(Recorded.ACCEPTED);
    }

    @Test
    void givenAnEngineThatHasStopped_whenTold_thenItIsNoRefusal() throws Exception {
        final long payment = begun();
        service.close();
        for (final CompletionStage<?> stage : List.of(port.record(approval(payment)), port.open(TERMINAL))) {
            assertThatThrownBy(() -> told(stage)).isInstanceOf(ExecutionException.class);
        }
    }

    private static RecordApproval approval(final long payment) {
        return new RecordApproval(payment, AMOUNT, "EUR", "VISA", "0042", "A1", "SIM-1");
    }

    private long begun() {
        final String application = OnePost.validated(client, ++persons, 1).get(0);
        final List<String> stamps = StampServiceGrpc.newBlockingStub(channel).issueStamps(IssueStamps.newBuilder().setRequest(client.newRequest())
                .setApplication(application).setPostId(OnePost.POST).setLines(1).build()).getStampsList();
        final String payment = PaymentServiceGrpc.newBlockingStub(channel).startPayment(StartPayment.newBuilder().setRequest(client.newRequest())
                .setApplication(application).addAllStamps(stamps).setPostId(OnePost.POST).setMeans(PaymentMeans.PAYMENT_MEANS_TERMINAL).setTerminalId(TERMINAL)
                .setEpochDay((int) (System.currentTimeMillis() / 86_400_000L)).build()).getPayment();
        return service.gateway().references().number(ReferenceKind.PAYMENT, payment);
    }

    private List<MoneyView.OpenBreak> breaks() {
        final long position = service.engine().status().durablePosition();
        await().atMost(30, TimeUnit.SECONDS).until(() -> service.engine().readModel().position() >= position);
        return service.engine().readModel().money().openBreaks(0);
    }

    private static void waitFor(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T told(final CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
