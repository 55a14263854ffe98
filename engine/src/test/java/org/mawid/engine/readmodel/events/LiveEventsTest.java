package org.mawid.engine.readmodel.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.readmodel.EventLog.Cursor;
import org.mawid.engine.readmodel.EventLog.Subscription;

/** Following events that are kept in memory only. */
class LiveEventsTest {
    private final Book book = new Book();
    private LiveEvents events;

    @BeforeEach
    void begin() {
        events = Book.open(new FakeDisk(1, true), Book.memoryOnly());
        events.settle(0, 1);
    }

    @Test
    void givenAFollowerFromNow_whenEventsCome_thenItGetsThemInOrderOfItsPostOnceAndNothingBefore() {
        happened(5);
        final Subscription five = events.subscribe(Cursor.NOW, 5);
        final Subscription all = events.subscribe(Cursor.NOW, 0);
        happened(5, 6);
        happened(0);

        assertThat(Book.polled(five)).containsExactly("2.0 post 5", "3.0 post 0");
        assertThat(Book.polled(all)).containsExactly("2.0 post 5", "2.1 post 6", "3.0 post 0");
        assertThat(Book.polled(five)).isEmpty();
        assertThat(five.cursor()).isEqualTo(new Cursor(events.epoch(), 3, Cursor.ALL));
    }

    @Test
    void givenACursorAtEveryEvent_whenItResumes_thenItGetsEverythingAfterItOnce() {
        for (int position = 1; position <= 10; position++) {
            happened(1, 1);
        }
        for (final Book.Event seen : book.events()) {
            final Subscription resumed = events.subscribe(new Cursor(events.epoch(), seen.position(), seen.ordinal()), 1);
            assertThat(Book.polled(resumed)).isEqualTo(book.after(seen.position(), seen.ordinal(), 1));
            assertThat(resumed.isLost()).isFalse();
        }
    }

    @Test
    void givenMoreThanItHolds_whenAnOldCursorOrASlowFollowerComesBack_thenItIsToldToStartAgain() {
        happened(1);
        final Subscription slow = events.subscribe(Cursor.NOW, 0);
        for (int position = 2; position < 500; position++) {
            happened(1);
        }
        assertThat(slow.isLost()).isTrue();
        assertThat(Book.polled(slow)).isEmpty();
        assertThat(events.subscribe(new Cursor(events.epoch(), 2, 0), 0).isLost()).isTrue();
        assertThat(events.subscribe(new Cursor(events.epoch() + 1, 499, 0), 0).isLost()).isTrue();
        assertThat(events.subscribe(new Cursor(events.epoch(), 500, 0), 0).isLost()).as("what has not happened yet").isTrue();
        assertThat(Book.polled(events.subscribe(new Cursor(events.epoch(), 497, 0), 0))).containsExactly("498.0 post 1", "499.0 post 1");
        assertThat(events.keptFrom()).isBetween(300L, 480L);
        assertThat(events.subscribe(Cursor.after(events.epoch(), events.keptFrom()), 0).isLost()).isFalse();
        assertThat(events.subscribe(Cursor.after(events.epoch(), events.keptFrom() - 1), 0).isLost()).isTrue();
    }

    @Test
    void givenAFollowerThatSleeps_whenSomethingIsShown_thenItIsWokenOnceAndAtOnceIfItIsThereAlready() {
        final AtomicInteger woken = new AtomicInteger();
        final Subscription follower = events.subscribe(Cursor.NOW, 0);
        follower.onAvailable(woken::incrementAndGet);
        assertThat(woken).hasValue(0);
        happened(1);
        happened(1);
        assertThat(woken).hasValue(1);
        follower.onAvailable(woken::incrementAndGet);
        assertThat(woken).hasValue(2);
        assertThat(Book.polled(follower)).containsExactly("1.0 post 1", "2.0 post 1");
    }

    @Test
    void givenAFollowerOfAQuietPost_whenMuchHappensElsewhere_thenItSleepsOnAndIsNotLost() {
        final AtomicInteger woken = new AtomicInteger();
        final Subscription quiet = events.subscribe(Cursor.NOW, 7);
        quiet.onAvailable(woken::incrementAndGet);
        for (int position = 1; position < 500; position++) {
            happened(1);
        }
        assertThat(woken).hasValue(0);
        assertThat(quiet.cursor()).as("it can resume from what it passed").isEqualTo(Cursor.after(events.epoch(), 499));
        assertThat(Book.polled(quiet)).as("nobody woke it, it looks all the same").isEmpty();
        assertThat(quiet.isLost()).isFalse();
        quiet.onAvailable(woken::incrementAndGet);
        happened(1);
        happened(7);
        assertThat(woken).hasValue(1);
        assertThat(Book.polled(quiet)).containsExactly("501.0 post 7");
        quiet.onAvailable(woken::incrementAndGet);
        quiet.onAvailable(woken::incrementAndGet);
        happened(0);
        assertThat(woken).as("an event of the network wakes everybody, once").hasValue(2);
        quiet.onAvailable(woken::incrementAndGet);
        assertThat(woken).hasValue(3);
        assertThat(Book.polled(quiet)).containsExactly("502.0 post 0");
        quiet.onAvailable(woken::incrementAndGet);
        quiet.close();
        happened(7);
        assertThat(woken).as("who has left is not woken").hasValue(3);
    }

    @Test
    void givenAPositionOfLargeEvents_whenFollowed_thenTheyComeWhole() {
        final LiveEvents large = Book.open(new FakeDisk(1, true), Book.memoryOnly(1 << 20));
        large.settle(0, 1);
        final Subscription follower = large.subscribe(Cursor.NOW, 0);
        final List<Integer> lengths = new ArrayList<>();
        for (int position = 1; position <= 40; position++) {
            book.happened(large, 30_000, 1, 2);
            large.show(1);
            follower.poll((cursor, buffer, offset, length) -> lengths.add(length), 100);
        }
        assertThat(lengths).hasSize(80).allMatch(length -> length > 30_000);
    }

    private void happened(final int... posts) {
        book.happened(events, 0, posts);
        events.reflects(book.position());
        events.show(1);
    }
}
