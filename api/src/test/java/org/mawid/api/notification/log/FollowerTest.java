package org.mawid.api.notification.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.contact.ContactDetails;
import org.mawid.api.contact.Contacts;
import org.mawid.api.contact.Language;
import org.mawid.api.contact.Topic;
import org.mawid.api.fake.FakeReadModel;
import org.mawid.api.notification.notice.Channel;
import org.mawid.api.notification.notice.Notice;
import org.mawid.api.person.Owners;
import org.mawid.api.person.PersonalData;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.sealed.Seals;
import org.mawid.api.sealed.store.FolderStore;
import org.mawid.engine.readmodel.EventLog.Cursor;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.MessageSentEncoder;
import org.mawid.sbe.MessageWriter;

/** The log is gone through from where it was left, each event once, and whom it concerns is told by each way that they want. */
class FollowerTest {
    private final FakeReadModel model = new FakeReadModel();
    private final long person = Owners.of(model.records().application(FakeReadModel.KNOWN)).personKey();
    @TempDir
    private Path folder;
    private Contacts contacts;

    @BeforeEach
    void open() throws Exception {
        final PersonalData data = new PersonalData(folder.resolve("persons"), Seals.open(folder.resolve("keys"), List.of(MasterKey.passing())), new FolderStore(folder.resolve("persons/sealed")), () -> 5);
        contacts = new Contacts(folder.resolve("persons"), data, () -> 5);
        contacts.put(person, new ContactDetails("y@example.org", "+212661447789", Language.FRENCH, EnumSet.allOf(Topic.class)));
    }

    @Test
    void givenEvents_thenEachIsGivenOnce_byEachWayThatThereIs_andTheNextLifeGoesOnBehindThem() throws Exception {
        message(101);
        message(102);
        final Follower.Turn turn;
        try (Follower follower = follower(100, EnumSet.allOf(Channel.class))) {
            turn = follower.next();
            assertThat(turn.notices()).extracting(Notice::channel).containsExactly(Channel.EMAIL, Channel.SMS, Channel.EMAIL, Channel.SMS);
            assertThat(turn.notices()).extracting(Notice::person).containsOnly(person);
            assertThat(follower.next()).isNull();
        }
        message(103);
        try (Follower follower = new Follower(model, new Addressees(model.records(), contacts, Set.of(Channel.SMS)), turn.cursor())) {
            assertThat(follower.next().notices()).singleElement().satisfies(notice -> assertThat(notice.what().position()).isEqualTo(103));
        }
    }

    @Test
    void givenRecordsAreBehind_thenTheyAreWaitedFor() throws Exception {
        message(101);
        model.position(100);
        try (Follower follower = follower(100, Set.of(Channel.EMAIL))) {
            assertThat(follower.next()).isNull();
            assertThat(follower.next()).isNull();
            model.position(101);
            assertThat(follower.next().notices()).hasSize(1);
        }
    }

    @Test
    void givenWhoWantsNothingOrOtherThings_thenNobodyIsTold() throws Exception {
        contacts.put(person, new ContactDetails("y@example.org", "", Language.FRENCH, Set.of(Topic.REMINDER)));
        message(101);
        try (Follower follower = follower(100, EnumSet.allOf(Channel.class))) {
            assertThat(follower.next().notices()).isEmpty();
        }
        contacts.delete(person);
        message(102);
        try (Follower follower = follower(101, EnumSet.allOf(Channel.class))) {
            assertThat(follower.next().notices()).isEmpty();
        }
    }

    private Follower follower(final long position, final Set<Channel> ways) {
        return new Follower(model, new Addressees(model.records(), contacts, ways), Cursor.after(1, position));
    }

    private void message(final long position) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        final MessageSentEncoder sent = new MessageSentEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        sent.head().position(position).nowMs(50).ordinal(0).postId(FakeReadModel.POST);
        sent.applicationId(FakeReadModel.KNOWN).textHash(1).topicCode(2).writer(MessageWriter.POST);
        model.append(position, 0, buffer);
        model.position(position);
    }
}
