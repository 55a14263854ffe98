package org.mawid.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.engine.testkit.CommandWriter;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.Beneficiary;
import org.mawid.sbe.Channel;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentRecordDecoder;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.Priority;
import org.mawid.sbe.Result;
import org.mawid.sbe.ServiceScope;
import org.mawid.sbe.StampRecordDecoder;

/** Payments leave memory with their application, and whoever keeps it then is told of all of them. */
class RetirableMoneyTest {
    private static final long START_MS = 1_767_225_600_000L;
    private static final long LONG_AFTERWARDS_MS = 40 * 86_400_000L;
    private static final int MOST_PAYMENTS = 256;

    private final EngineCore core = new EngineCore();
    private final Answered.Teller teller = new Answered.Teller(core::apply);
    private final CommandWriter writer = new CommandWriter();
    private long nowMs = START_MS;

    private Answered done(final Command command) {
        final byte[] bytes = new byte[1_024];
        final int length = writer.write(command, new UnsafeBuffer(bytes), 0);
        final Answered answered = teller.tell(core.position() + 1, nowMs, 0, Arrays.copyOf(bytes, length));
        assertThat(answered.result()).as("%s", command).isEqualTo(Result.OK);
        return answered;
    }

    private Request request() {
        return new Request(0, 3, core.position() + 1, nowMs, 0, 1, 0, 0, Channel.COUNTER);
    }

    /** One line with one stamp that was never paid, though it was tried so often. */
    private void endedAfter(final int payments) {
        done(new Command.SetCoreVersion(request(), 3));
        done(new Command.DefinePost(request(), 1, "paris", "EUR", 2, 1));
        done(new Command.SetRate(request(), 1, 10_850_000));
        done(new Command.DefineService(request(), 3, 15, "sample", ServiceScope.ANY_POST, false, true, false, 0, 4));
        done(new Command.SetTariff(request(), 3, 1, 0, List.of(new Command.Component(Beneficiary.STAMP, 15_000))));
        done(new Command.SubmitApplication(request(), 2, 0, List.of(new Command.LineAsked(2, 3, 0, 1, AgeBand.ADULT, Priority.NONE, false))));
        done(new Command.IssueStamps(request(), 1, 1, 1));
        for (int i = 0; i < payments; i++) {
            final long payment = done(new Command.StartPayment(request(), 1, 0, (int) (nowMs / 86_400_000L), 1, PaymentMeans.ONLINE, List.of(1L))).number1();
            done(new Command.RecordFailure(request(), payment, 0, PaymentState.CANCELLED));
        }
        done(new Command.WithdrawLines(request(), 1, 1));
        nowMs += LONG_AFTERWARDS_MS;
        done(new Command.SetRate(request(), 1, 10_850_000));
        core.check();
    }

    private List<String> told(final Bookmark at) {
        final List<String> told = new ArrayList<>();
        core.dumpRetirable(at, 512, 32, (template, buffer, offset, length) -> told.add(switch (template) {
            case ApplicationRecordDecoder.TEMPLATE_ID -> "application ";
            case StampRecordDecoder.TEMPLATE_ID -> "stamp ";
            case PaymentRecordDecoder.TEMPLATE_ID -> "payment ";
            default -> "something else ";
        } + buffer.getLong(offset + MessageHeaderDecoder.ENCODED_LENGTH)));
        return told;
    }

    @Test
    void givenAnApplicationWithPayments_whenItIsToBeRetired_thenTheyAreToldBehindItsStamps_andGoWithIt() {
        endedAfter(2);
        assertThat(told(new Bookmark())).containsExactly("application 1", "stamp 1", "payment 2", "payment 1");
        done(new Command.Retire(request(), List.of(1L)));
        assertThat(core.counts().of("payments")).isZero();
        assertThat(core.dump(RecordKind.PAYMENTS, 0, 10, (template, buffer, offset, length) -> assertThat(template).isZero())).isZero();
        core.check();
    }

    @Test
    void givenMorePaymentsThanAreToldAtOnce_thenTheyComeInPartsAndTheApplicationBehindThem() {
        endedAfter(MOST_PAYMENTS);
        final Bookmark at = new Bookmark();
        final List<String> first = told(at);
        assertThat(first).hasSize(Dump.AT_ONCE).startsWith("stamp 1", "payment 256").endsWith("payment 2");
        assertThat(at.number()).isEqualTo(1);
        assertThat(told(at)).containsExactly("payment 1", "application 1");
        assertThat(at.number()).isZero();
    }

    @Test
    void givenBooksOfSeveralPosts_whenToldByPost_thenThoseOfEachComeTogether() {
        endedAfter(1);
        final List<Long> posts = new ArrayList<>();
        assertThat(core.dumpBooks(1, 1, (template, buffer, offset, length) -> posts.add(1L))).isEqualTo(2);
        assertThat(core.dumpBooks(2, 4_095, (template, buffer, offset, length) -> posts.add(2L))).isZero();
        assertThat(posts).containsExactlyElementsOf(LongStream.of(1).boxed().toList());
    }
}
