package org.mawid.engine.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.readmodel.EventLog.Cursor;
import org.mawid.engine.readmodel.EventLog.Subscription;
import org.mawid.sbe.HoldExpiredEncoder;
import org.mawid.sbe.MessageHeaderEncoder;

class EventTailTest {
    private static final long EPOCH = 77;
    private final EventTail tail = new EventTail(4096, EPOCH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);

    @Test
    void givenAFollowerFromNow_whenEventsCome_thenItGetsThemInOrderOfItsPostOnceAndNothingBefore() {
        happened(1, 0, 5);
        final Subscription five = tail.subscribe(Cursor.NOW, 5);
        final Subscription all = tail.subscribe(Cursor.NOW, 0);
        happened(2, 0, 5);
        happened(2, 1, 6);
        happened(3, 0, 0);

        assertThat(polled(five)).containsExactly("2.0", "3.0");
        assertThat(polled(all)).containsExactly("2.0", "2.1", "3.0");
        assertThat(polled(five)).isEmpty();
    }

    @Test
    void givenACursorAtEveryEvent_whenItResumes_thenItGetsEverythingAfterItOnce() {
        final List<String> every = new ArrayList<>();
        for (int position = 1; position <= 10; position++) {
            happened(position, 0, 1);
            happened(position, 1, 1);
            every.add(position + ".0");
            every.add(position + ".1");
        }
        for (int seen = 0; seen < every.size(); seen++) {
            final String[] cursor = every.get(seen).split("\\.");
            final Subscription resumed = tail.subscribe(new Cursor(EPOCH, Long.parseLong(cursor[0]), Integer.parseInt(cursor[1])), 1);
            assertThat(polled(resumed)).isEqualTo(every.subList(seen + 1, every.size()));
            assertThat(resumed.isLost()).isFalse();
        }
    }

    @Test
    void givenMoreThanItHolds_whenAnOldCursorOrASlowFollowerComesBack_thenItIsToldToStartAgain() {
        happened(1, 0, 1);
        final Subscription slow = tail.subscribe(Cursor.NOW, 0);
        for (int position = 2; position < 500; position++) {
            happened(position, 0, 1);
        }
        assertThat(slow.isLost()).isTrue();
        assertThat(polled(slow)).isEmpty();
        assertThat(tail.subscribe(new Cursor(EPOCH, 2, 0), 0).isLost()).isTrue();
        assertThat(tail.subscribe(new Cursor(EPOCH + 1, 499, 0), 0).isLost()).isTrue();
        assertThat(polled(tail.subscribe(new Cursor(EPOCH, 497, 0), 0))).containsExactly("498.0", "499.0");
        assertThat(tail.keptFrom()).isGreaterThan(2);
    }

    @Test
    void givenAFollowerThatSleeps_whenSomethingIsShown_thenItIsWokenOnceAndAtOnceIfItIsThereAlready() {
        final AtomicInteger woken = new AtomicInteger();
        final Subscription follower = tail.subscribe(Cursor.NOW, 0);
        follower.onAvailable(woken::incrementAndGet);
        assertThat(woken).hasValue(0);
        happened(1, 0, 1);
        happened(2, 0, 1);
        assertThat(woken).hasValue(1);
        follower.onAvailable(woken::incrementAndGet);
        assertThat(woken).hasValue(2);
        assertThat(polled(follower)).containsExactly("1.0", "2.0");
    }

    private void happened(final long position, final int ordinal, final int postId) {
        final HoldExpiredEncoder event = new HoldExpiredEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        event.head().position(position).nowMs(1).ordinal(ordinal).postId(postId).reserved(0);
        event.holdId(position).applicationId(1);
        tail.add(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + event.encodedLength());
        tail.show();
    }

    private static List<String> polled(final Subscription subscription) {
        final List<String> seen = new ArrayList<>();
        subscription.poll((cursor, message, offset, length) -> seen.add(cursor.position() + "." + cursor.ordinal()), 1_000);
        return seen;
    }
}
