package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.Records.Payment;
import org.mawid.engine.snapshot.OtherSnapshot;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.engine.testkit.CommandWriter;
import org.mawid.engine.upkeep.Inspection;
import org.mawid.sbe.Account;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.Beneficiary;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.Channel;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.Priority;
import org.mawid.sbe.Result;
import org.mawid.sbe.ServiceScope;
import org.mawid.sbe.StampMatter;

/** What is pending is in the log: whoever begins anew is told of it. */
@Timeout(60)
class MoneyStoryTest {
    private static final int POST = 7;
    private static final int SERVICE = 3;
    private static final int TERMINAL = 9;
    private static final int TODAY = (int) (Rig.START_MS / 86_400_000L);
    private static final long CASHIER = 50;
    private static final long OFFICER = 60;

    private final CommandWriter writer = new CommandWriter();
    private long requests;

    private Request by(final long actor) {
        return new Request(0, 5, ++requests, Rig.START_MS, 0, actor, 0, 0, Channel.COUNTER);
    }

    private long done(final Rig rig, final Command command) {
        final Rig.Answer answer = Rig.get(rig.send((index, slot, offset) -> writer.write(command, slot, offset)));
        assertThat(answer.result()).as("%s", command).isEqualTo(Result.OK);
        return answer.number1();
    }

    private long start(final Rig rig, final PaymentMeans means, final long stamp) {
        return done(rig, new Command.StartPayment(by(CASHIER), 1, means == PaymentMeans.TERMINAL ? TERMINAL : 0, TODAY, POST, means, List.of(stamp)));
    }

    private void approve(final Rig rig, final long payment, final String transaction) {
        done(rig, new Command.RecordApproval(by(CASHIER), payment, 1_382, transaction, "A1", "VISA", 1_234, "EUR"));
    }

    /** Six stamps, and each goes another way. */
    private Rig withMoneyUnderWay(final Rig rig) {
        done(rig, new Command.SetCoreVersion(by(1), 3));
        done(rig, new Command.DefinePost(by(1), POST, "paris", "EUR", 2, 1));
        done(rig, new Command.SetRate(by(1), POST, 10_850_000));
        done(rig, new Command.DefineService(by(1), SERVICE, 15, "sample", ServiceScope.ANY_POST, false, true, false, 0, 4));
        done(rig, new Command.SetTariff(by(1), SERVICE, 1, 0, List.of(new Command.Component(Beneficiary.STAMP, 15_000))));
        done(rig, new Command.DefineTerminal(by(1), TERMINAL, POST, "ept-9", true));
        final List<Command.LineAsked> lines = IntStream.rangeClosed(1, 6)
                .mapToObj(person -> new Command.LineAsked(person, SERVICE, 0, 1, AgeBand.ADULT, Priority.NONE, false)).toList();
        done(rig, new Command.SubmitApplication(by(2), 2, 0, lines));
        done(rig, new Command.IssueStamps(by(CASHIER), 1, 0b11_1111, POST));
        start(rig, PaymentMeans.TERMINAL, 1);
        done(rig, new Command.AskPerson(by(CASHIER), start(rig, PaymentMeans.ONLINE, 2), 4));
        final long failed = start(rig, PaymentMeans.ONLINE, 3);
        done(rig, new Command.RecordFailure(by(CASHIER), failed, 5, PaymentState.NOT_MADE));
        approve(rig, failed, "late");
        approve(rig, start(rig, PaymentMeans.ONLINE, 4), "paid");
        done(rig, new Command.Propose(by(CASHIER), 4, 8, TODAY, 1, StampMatter.REFUND));
        done(rig, new Command.Decide(by(OFFICER), 4, 9, TODAY, 1, StampMatter.REFUND, true));
        start(rig, PaymentMeans.ONLINE, 5);
        done(rig, new Command.Propose(by(CASHIER), 6, 8, TODAY, 1, StampMatter.WAIVER));
        done(rig, new Command.AssignBreak(by(OFFICER), 1, CASHIER));
        done(rig, new Command.AssignBreak(by(OFFICER), 1, OFFICER));
        return rig;
    }

    private static Rig live() throws Exception {
        final Rig rig = new Rig();
        rig.live = true;
        return rig.start();
    }

    private static MoneyView money(final Rig rig) {
        return rig.engine.readModel().money();
    }

    private static List<String> underWay(final Rig rig) {
        return money(rig).underWay(POST).stream().map(MoneyStoryTest::text).toList();
    }

    private static String text(final Payment one) {
        return one.paymentId() + " " + one.state() + " " + one.means() + " " + one.terminalId() + " " + one.amountMinor() + " " + one.receivedMinor() + " "
                + one.currency() + " '" + one.transaction() + "' " + one.waitsForPerson() + " " + one.stampIds();
    }

    private static void isToldOfAllThatIsUnderWay(final Rig rig) throws Exception {
        await().untilAsserted(() -> assertThat(underWay(rig)).containsExactly(
                "1 PENDING TERMINAL 9 1382 0 EUR '' false [1]",
                "2 IN_DOUBT ONLINE 0 1382 0 EUR '' true [2]",
                "3 UNALLOCATED ONLINE 0 1382 1382 EUR 'late' false []",
                "5 PENDING ONLINE 0 1382 0 EUR '' false [5]"));
        final MoneyView money = money(rig);
        assertThat(money.pending(TERMINAL)).extracting(Payment::paymentId).containsExactly(1L);
        assertThat(money.pending(TERMINAL + 1)).isEmpty();
        assertThat(money.pendingOnline()).extracting(Payment::paymentId).containsExactly(2L, 5L);
        assertThat(money.inDoubt(0)).extracting(Payment::paymentId).containsExactly(2L);
        assertThat(money.waitingForPerson(POST)).extracting(Payment::paymentId).containsExactly(2L);
        assertThat(money.unallocated()).extracting(Payment::paymentId).containsExactly(3L);
        assertThat(money.underWay(POST + 1)).isEmpty();
        assertThat(money.terminal(TERMINAL)).isEqualTo(new MoneyView.Terminal(TERMINAL, POST, "ept-9", true, 1));
        assertThat(money.payableRefunds()).containsExactly(new MoneyView.Refund(4, 1, 4, POST, 1_382, "EUR"));
        assertThat(money.proposals(POST)).extracting(MoneyView.Proposal::stampId, MoneyView.Proposal::matter, MoneyView.Proposal::actor)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(6L, StampMatter.WAIVER, CASHIER));
        assertThat(money.openBreaks(POST)).extracting(MoneyView.OpenBreak::breakId, MoneyView.OpenBreak::type, MoneyView.OpenBreak::owner)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(1L, BreakType.PAYMENT_IN_DOUBT, OFFICER),
                        org.assertj.core.groups.Tuple.tuple(2L, BreakType.UNALLOCATED_MONEY, 0L));
        assertThat(money.openBreak(1).ageMs(Rig.START_MS + 5)).isEqualTo(5);
        assertThat(money.books(POST)).singleElement().satisfies(book -> {
            assertThat(book.balances()).isTrue();
            assertThat(book.accounts()).contains(new MoneyView.AccountSums(Account.ONLINE_RECEIVABLE, 2_764, 0), new MoneyView.AccountSums(Account.UNALLOCATED, 0, 1_382));
        });
        final MoneyView.TrialBalance all = money.trialBalance(0).get(20, TimeUnit.SECONDS);
        assertThat(all.books()).extracting(MoneyView.Book::currency).containsExactly("EUR", "MAD");
        assertThat(all.books().get(0)).isEqualTo(money.books(POST).get(0));
        assertThat(all.books().get(1).accounts()).contains(new MoneyView.AccountSums(Account.PAID_HELD, 15_000, 0));
        assertThat(money.trialBalance(POST).get(20, TimeUnit.SECONDS).books()).isEqualTo(all.books());
        assertThat(money.batches(POST).get(20, TimeUnit.SECONDS).batches()).containsExactly(
                new MoneyView.Batch(1, POST, PaymentMeans.ONLINE, 0, "EUR", BatchState.OPEN, 2_764, 2, 0, 0, 0, 0, 0));
    }

    @Test
    void givenMoneyUnderWay_whenTheServerIsKilledAndStartedAgain_thenTheSameIsPending() throws Exception {
        final Rig rig = withMoneyUnderWay(live());
        isToldOfAllThatIsUnderWay(rig);
        assertThat(money(rig).openBreak(1).assignments()).extracting(MoneyView.Assignment::owner).containsExactly(CASHIER, OFFICER);
        rig.kill();
        rig.start();
        isToldOfAllThatIsUnderWay(rig);
        rig.close();
        try (rig) {
            rig.start(); // from a snapshot
            isToldOfAllThatIsUnderWay(rig);
            done(rig, new Command.RecordFailure(by(CASHIER), 1, 0, PaymentState.CANCELLED));
            await().untilAsserted(() -> assertThat(money(rig).terminal(TERMINAL).paymentId()).isZero());
            assertThat(money(rig).pending(TERMINAL)).isEmpty();
        }
    }

    @Test
    void givenMoneyInTheBooks_whenInspected_thenTheTrialBalanceIsToldAndABookThatDoesNotBalanceIsDamage() throws Exception {
        final Rig rig = withMoneyUnderWay(live());
        final List<MoneyView.Book> books = money(rig).trialBalance(0).get(20, TimeUnit.SECONDS).books();
        final Path folder = new DataDirectory(Rig.DATA).snapshots();
        final List<Exception> trouble = new ArrayList<>();
        final long position = rig.onCore(core -> {
            try {
                OtherSnapshot.unbalanced(rig.files, folder, core, new JournalId(7, 301), Account.SUSPENSE);
            } catch (final java.io.IOException e) {
                trouble.add(e);
            }
            return core.position();
        });
        assertThat(trouble).isEmpty();
        rig.kill();

        final Inspection.Report report = Inspection.of(rig.disk, new DataDirectory(Rig.DATA));
        assertThat(report.books()).isEqualTo(books).allMatch(MoneyView.Book::balances);
        assertThat(report.isWhole()).isFalse();
        assertThat(report.damages()).extracting(Inspection.Damage::what)
                .contains("at position " + position + ": the book of post 7 in MAD does not balance");
        rig.disk.delete(folder.resolve("snapshot-" + String.format("%020d", position) + ".snap"));
        assertThat(Inspection.of(rig.disk, new DataDirectory(Rig.DATA)).isWhole()).isTrue();
    }
}
