package org.mawid.api.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.contact.ContactDetails;
import org.mawid.api.contact.Contacts;
import org.mawid.api.contact.Language;
import org.mawid.api.contact.Topic;
import org.mawid.api.fake.FakeReadModel;
import org.mawid.api.gateway.References;
import org.mawid.api.network.NetworkNames;
import org.mawid.api.notification.Figures.Count;
import org.mawid.api.notification.log.Addressees;
import org.mawid.api.notification.log.Standing;
import org.mawid.api.notification.notice.Channel;
import org.mawid.api.notification.notice.Happening;
import org.mawid.api.notification.notice.Kind;
import org.mawid.api.notification.notice.Notice;
import org.mawid.api.notification.outbox.Outbox;
import org.mawid.api.notification.outbox.Progress;
import org.mawid.api.notification.send.Letter;
import org.mawid.api.notification.send.Outcome;
import org.mawid.api.notification.send.Sender;
import org.mawid.api.notification.text.LetterWriter;
import org.mawid.api.notification.text.Places;
import org.mawid.api.person.PersonalData;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.sealed.Seals;
import org.mawid.api.sealed.store.FolderStore;
import org.mawid.engine.readmodel.EventLog.Cursor;
import org.mawid.engine.readmodel.Records;

/** A letter goes out until somebody has taken it, and not once more; how often and how soon is bounded. The clock is the test's. */
class DeliveryTest {
    private static final long YASMINE = 0x5EC2_E700_0000_0001L;
    private static final Progress GONE = new Progress("a-log", Cursor.after(1, 1), 0);

    @TempDir
    private Path folder;
    private final List<Letter> sent = new ArrayList<>();
    private final List<Promise<Outcome>> answers = new ArrayList<>();
    private final Figures figures = new Figures();
    private Contacts contacts;
    private Outbox outbox;
    private Delivery delivery;
    private long nowMs = 1_000;

    @BeforeEach
    void open() throws Exception {
        final PersonalData data = new PersonalData(folder.resolve("persons"), Seals.open(folder.resolve("keys"), List.of(MasterKey.passing())), new FolderStore(folder.resolve("persons/sealed")), () -> nowMs);
        contacts = new Contacts(folder.resolve("persons"), data, () -> nowMs);
        contacts.put(YASMINE, details("y@example.org"));
        outbox = Outbox.open(folder.resolve("notifications/outbox.mv"));
        delivery = delivery(new Rules(1_000, 1_000, 3, 100, 1_000, 0));
    }

    @AfterEach
    void close() {
        outbox.close();
    }

    @Test
    void givenAServerKilledBetweenSendingAndRemembering_thenTheNextLifeSendsTheSameLetterUnderTheSameId() throws Exception {
        tell(1);
        delivery.round();
        assertThat(sent).hasSize(1);
        final Path left = Files.copy(folder.resolve("notifications/outbox.mv"), folder.resolve("left.mv")); // accepted, and nobody knows
        answer(0, Outcome.ACCEPTED);
        delivery.write(outbox);
        assertThat(outbox.entries()).isEmpty();

        final Delivery next = delivery(new Rules(1_000, 1_000, 3, 100, 1_000, 0));
        try (Outbox found = Outbox.open(left)) {
            next.begin(found.entries());
            next.round();
            assertThat(sent).hasSize(2);
            assertThat(sent.get(1).id()).isEqualTo(sent.get(0).id());
            answer(1, Outcome.ACCEPTED);
            next.write(found);
            assertThat(found.entries()).isEmpty();
        }
    }

    @Test
    void givenItWasAccepted_whenTheOutboxCannotBeWritten_thenThisLifeDoesNotSendItAgain() throws Exception {
        tell(1);
        delivery.round();
        answer(0, Outcome.ACCEPTED);
        outbox.close();
        assertThatThrownBy(() -> delivery.write(outbox)).isInstanceOf(IOException.class);
        outbox = Outbox.open(folder.resolve("notifications/outbox.mv"));
        delivery.begin(outbox.entries());
        delivery.round();
        assertThat(sent).hasSize(1);
        delivery.write(outbox);
        assertThat(outbox.entries()).isEmpty();
        assertThat(delivery.count()).isZero();
    }

    @Test
    void givenNobodyTakesIt_thenItIsTriedAgainLaterAndLater_andThenGivenUp() throws Exception {
        tell(1);
        for (int attempt = 0; attempt < 3; attempt++) {
            delivery.round();
            assertThat(sent).hasSize(attempt + 1);
            answer(attempt, Outcome.LATER);
            delivery.write(outbox);
            delivery.round();
            assertThat(sent).as("not at once").hasSize(attempt + 1);
            nowMs += 100L << attempt;
        }
        delivery.round();
        assertThat(sent).extracting(Letter::id).hasSize(3).containsOnly(sent.get(0).id());
        assertThat(outbox.entries()).isEmpty();
        assertThat(figures.of(Channel.EMAIL, Count.GIVEN_UP)).isEqualTo(1);
        assertThat(figures.of(Channel.EMAIL, Count.RETRIED)).isEqualTo(2);
    }

    @Test
    void givenAnAddressThatIsRefused_thenItIsNotTriedAgain() throws Exception {
        tell(1);
        delivery.round();
        answer(0, Outcome.REFUSED);
        delivery.write(outbox);
        assertThat(outbox.entries()).isEmpty();
        assertThat(figures.of(Channel.EMAIL, Count.REFUSED)).isEqualTo(1);
    }

    @Test
    void givenAttemptsThatHaveFailed_thenTheNextLifeKnowsOfThem() throws Exception {
        tell(1);
        delivery.round();
        answer(0, Outcome.LATER);
        delivery.write(outbox);
        assertThat(outbox.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.attempts()).isEqualTo(1);
            assertThat(entry.dueMs()).isEqualTo(nowMs + 100);
        });
    }

    @Test
    void givenMoreThanOnePersonIsToBeTold_thenTheRestWaits_andOthersDoNot() throws Exception {
        delivery = delivery(new Rules(1_000, 2, 3, 100, 1_000, 0));
        contacts.put(YASMINE + 1, details("b@example.org"));
        tell(5);
        delivery.add(outbox.add(List.of(new Notice(message(9), Channel.EMAIL, YASMINE + 1)), nowMs, GONE));
        delivery.round();
        assertThat(sent).extracting(Letter::to).containsExactly("y@example.org", "y@example.org", "b@example.org");
        delivery.write(outbox);
        assertThat(outbox.entries()).filteredOn(entry -> entry.dueMs() > nowMs).hasSize(3).allMatch(entry -> entry.attempts() == 0);
        nowMs += 12 * 3_600_000L;
        delivery.round();
        assertThat(sent).as("one more after half a day").hasSize(4);
    }

    @Test
    void givenASlowServer_thenOnlySoManyLettersAreUnderWay() throws Exception {
        tell(20);
        delivery.round();
        delivery.round();
        assertThat(sent).hasSize(8);
        answer(0, Outcome.ACCEPTED);
        delivery.round();
        assertThat(sent).hasSize(9);
        assertThat(delivery.count()).isEqualTo(20);
        delivery.write(outbox);
        assertThat(delivery.count()).isEqualTo(19);
    }

    @Test
    void givenAllIsToGoSlowly_thenNoMoreThanThatGoesOut() throws Exception {
        delivery = delivery(new Rules(2, 1_000, 3, 100, 1_000, 0));
        tell(6);
        delivery.round();
        delivery.round();
        assertThat(sent).hasSize(2);
        nowMs += 500;
        delivery.round();
        assertThat(sent).hasSize(3);
        assertThat(outbox.entries()).hasSize(6);
    }

    @Test
    void givenWhoItWasForWantsItNoMore_orItIsNoLongerSo_thenItIsNotSent() throws Exception {
        tell(1);
        contacts.put(YASMINE, new ContactDetails("y@example.org", "", Language.FRENCH, Set.of(Topic.REMINDER)));
        final Happening gone = new Happening(Kind.REMINDER, 3, 0, FakeReadModel.POST, 7, 9, nowMs + 10, 0);
        delivery.add(outbox.add(List.of(new Notice(gone, Channel.EMAIL, YASMINE)), nowMs, GONE));
        delivery.round();
        assertThat(sent).isEmpty();
        assertThat(figures.of(Channel.EMAIL, Count.UNWANTED)).isEqualTo(1);
        assertThat(figures.of(Channel.EMAIL, Count.SUPERSEDED)).isEqualTo(1);
        delivery.write(outbox);
        assertThat(outbox.entries()).isEmpty();
    }

    @Test
    void givenWhatIsKeptOfAPersonCannotBeRead_thenTheyWait_andOthersDoNot() throws Exception {
        contacts.put(YASMINE + 1, details("b@example.org"));
        tell(1);
        delivery.add(outbox.add(List.of(new Notice(message(9), Channel.EMAIL, YASMINE + 1)), nowMs, GONE));
        final Path book = folder.resolve("persons/book/5ec/5ec2e70000000001");
        final byte[] whole = Files.readAllBytes(book);
        Files.writeString(book, "damaged\n");
        delivery.round();
        assertThat(sent).extracting(Letter::to).containsExactly("b@example.org");
        delivery.write(outbox);
        Files.write(book, whole);
        nowMs += 100;
        delivery.round();
        assertThat(sent).extracting(Letter::to).containsExactly("b@example.org", "y@example.org");
    }

    @Test
    void givenALetterThatNobodyCanWrite_thenTheOthersGoOut() throws Exception {
        final Happening whole = message(2);
        delivery.add(outbox.add(List.of(new Notice(new Happening(Kind.CANCELLED, 1, 0, FakeReadModel.POST, -7, 9, nowMs + 10, 0), Channel.EMAIL, YASMINE), new Notice(whole, Channel.EMAIL, YASMINE)), nowMs, GONE));
        delivery.round();
        assertThat(sent).hasSize(1);
        assertThat(figures.of(Channel.EMAIL, Count.RETRIED)).isEqualTo(1);
    }

    private void tell(final int count) throws IOException {
        final List<Notice> notices = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            notices.add(new Notice(message(i), Channel.EMAIL, YASMINE));
        }
        delivery.add(outbox.add(notices, nowMs, GONE));
    }

    private static Happening message(final long position) {
        return new Happening(Kind.MESSAGE_SENT, position, 0, FakeReadModel.POST, 7, 0, 0, 0);
    }

    private void answer(final int index, final Outcome outcome) {
        answers.get(index).complete(outcome);
    }

    private static ContactDetails details(final String email) {
        return new ContactDetails(email, "", Language.FRENCH, EnumSet.allOf(Topic.class));
    }

    private Delivery delivery(final Rules rules) {
        final Records records = (Records) Proxy.newProxyInstance(DeliveryTest.class.getClassLoader(), new Class<?>[] {Records.class}, (proxy, method, arguments) -> null); // nothing is there any more
        final Sender sender = new Sender() {
            @Override
            public Channel channel() {
                return Channel.EMAIL;
            }

            @Override
            public Future<Outcome> send(final Letter letter) {
                sent.add(letter);
                answers.add(Promise.promise());
                return answers.get(answers.size() - 1).future();
            }

            @Override
            public void close() {
                // nothing
            }
        };
        return new Delivery(Map.of(Channel.EMAIL, sender), new Addressees(records, contacts, Set.of(Channel.EMAIL)), new Standing(records),
                new LetterWriter(References.of(1, new byte[32]), new Places(new FakeReadModel(), () -> NetworkNames.NONE), new LetterWriter.Links("", "")), rules, figures, () -> nowMs, Runnable::run);
    }
}
