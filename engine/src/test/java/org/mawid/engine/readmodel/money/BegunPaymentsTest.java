package org.mawid.engine.readmodel.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.readmodel.Records.Payment;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentStartedDecoder;
import org.mawid.sbe.PaymentStartedEncoder;

class BegunPaymentsTest {
    private static final int STAMPS = 16;

    private final BegunPayments begun = new BegunPayments();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);

    @Test
    void givenMoreThanAreAskedFor_whenSomeHaveEnded_thenTheFirstByNumberAreThere() {
        LongStream.rangeClosed(1, 2_000).forEach(this::begin);
        LongStream.rangeClosed(1, 1_500).filter(number -> number % 3 != 0).forEach(begun::remove);
        begin(2_001); // in a row that was used

        assertThat(numbers(begun.those(event -> event.terminalId() % 2 == 0, 3).values())).containsExactly(6L, 12L, 18L);
        assertThat(numbers(begun.those(event -> true, 10_000).values()))
                .isEqualTo(LongStream.rangeClosed(1, 2_001).filter(number -> number > 1_500 || number % 3 == 0).boxed().toList());
        assertThat(begun.has(2_001)).isTrue();
        assertThat(begun.has(1)).isFalse();
        assertThat(begun.terminalOf(2_001)).isEqualTo(2_001);
        assertThat(begun.payment(2_001)).isEqualTo(begun.those(event -> event.paymentId() == 2_001, 1).get(2_001L));
    }

    @Test
    void givenPaymentsThatComeAndGo_whenOthersReadMeanwhile_thenEachThatIsReadIsWhole() throws Exception {
        final AtomicBoolean over = new AtomicBoolean();
        final AtomicLong whole = new AtomicLong();
        final CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
            while (!over.get() || whole.get() == 0) {
                begun.those(event -> true, 10_000).forEach((paymentId, payment) -> {
                    assertWhole(paymentId, payment);
                    whole.incrementAndGet();
                });
            }
        });
        for (long number = 1; number <= 300_000 && !reader.isDone(); number++) {
            begin(number);
            if (number > 40) {
                begun.remove(number - 40);
            }
        }
        over.set(true);
        reader.get(1, TimeUnit.MINUTES);
        assertThat(whole.get()).isPositive();
    }

    /** Everything in it follows from its number. */
    private static void assertWhole(final long paymentId, final Payment payment) {
        assertThat(payment.paymentId()).isEqualTo(paymentId);
        assertThat(payment.applicationId()).isEqualTo(paymentId * 3);
        assertThat(payment.amountMinor()).isEqualTo(paymentId * 5);
        assertThat(payment.position()).isEqualTo(paymentId * 7);
        assertThat(payment.stampIds()).isEqualTo(stamps(paymentId));
    }

    private void begin(final long number) {
        final PaymentStartedEncoder event = new PaymentStartedEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        event.head().position(number * 7).nowMs(1).postId(9);
        event.paymentId(number).applicationId(number * 3).amountMinor(number * 5).amountCentimes(1).deadlineMs(1).origin(0).collector(0).terminalId(number)
                .epochDay(1).means(PaymentMeans.TERMINAL).currency("EUR");
        final List<Long> stamps = stamps(number);
        final PaymentStartedEncoder.StampsEncoder group = event.stampsCount(stamps.size());
        stamps.forEach(stamp -> group.next().stampId(stamp));
        begun.add(new PaymentStartedDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder()));
    }

    private static List<Long> stamps(final long number) {
        return LongStream.range(number, number + 1 + number % STAMPS).boxed().toList();
    }

    private static List<Long> numbers(final Collection<Payment> payments) {
        return payments.stream().map(Payment::paymentId).toList();
    }
}
