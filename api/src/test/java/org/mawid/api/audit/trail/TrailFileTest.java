package org.mawid.api.audit.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Operation;
import org.mawid.api.access.Target;
import org.mawid.api.audit.Entry;
import org.mawid.api.audit.LoggedCommand;
import org.mawid.sbe.AccessVerdict;
import org.mawid.sbe.Channel;
import org.mawid.sbe.Result;

/** Rows are what they were, or are said not to be; and what is forgotten leaves no room behind. */
class TrailFileTest {
    @TempDir
    private Path folder;
    private final Random random = new Random(Long.getLong("seed", 1));

    @Test
    void givenEntriesOfAnyKind_whenReadBack_thenTheyAreTheSame() {
        for (int i = 0; i < 10_000; i++) {
            final Place place = new Place(1 + random.nextInt(1_000_000), 1 + (random.nextLong() >>> 20));
            final int operation = any(List.of(30, 41, Operation.GET_HISTORY.code(), 1_200));
            final Entry entry = entry(place.position(), LoggedCommand.name(operation));
            final byte[] row = Row.of(place, entry, operation);
            assertThat(Row.read(place, row)).isEqualTo(entry);
            assertThat(row.length).isLessThan(90);
        }
    }

    @Test
    void givenARowThatHasChanged_orStandsElsewhere_whenRead_thenItIsSaid() {
        final Place place = new Place(7, 1_234);
        final byte[] row = Row.of(place, entry(1_234, LoggedCommand.name(41)), 41);
        for (int bit = 0; bit < row.length * 8; bit++) {
            final byte[] other = row.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> Row.read(place, other)).isInstanceOf(DamagedException.class);
        }
        assertThatThrownBy(() -> Row.read(new Place(8, 1_234), row)).isInstanceOf(DamagedException.class);
        assertThatThrownBy(() -> Row.read(place, new byte[2])).isInstanceOf(DamagedException.class);
    }

    @Test
    void givenSomeApplicationsHaveLeft_whenForgottenInPieces_thenNoPieceIsLargerThanItMayBe_andTheOthersStay() throws Exception {
        try (TrailFile file = TrailFile.open(folder.resolve("trail.mv"))) {
            for (long application = 1; application <= 30; application++) {
                for (long position = 1; position <= 25; position++) {
                    file.put(new Place(application, position), Row.of(new Place(application, position), entry(position, LoggedCommand.name(41)), 41));
                }
                file.put(application << 1, application);
            }
            Place from = null;
            int left = rows(file);
            do {
                from = file.forget(application -> application % 3 != 0, from, 10);
                final int now = rows(file);
                assertThat(left - now).isBetween(0, 10);
                left = now;
            } while (from != null);
            long thing = 0;
            do {
                thing = file.forgetThings(application -> application % 3 != 0, thing, 7);
            } while (thing != 0);
            for (long application = 1; application <= 30; application++) {
                assertThat(file.newest(application, 25, 100)).hasSize(application % 3 == 0 ? 25 : 0);
                assertThat(file.applicationOf(application << 1)).isEqualTo(application % 3 == 0 ? application : 0);
            }
        }
    }

    private static int rows(final TrailFile file) {
        int rows = 0;
        for (long application = 1; application <= 30; application++) {
            rows += file.newest(application, Long.MAX_VALUE, 100).size();
        }
        return rows;
    }

    @Test
    void givenYearsOfComingAndGoing_whenTidied_thenTheFileIsAsLargeAsWhatIsInIt() throws Exception {
        try (TrailFile file = TrailFile.open(folder.resolve("trail.mv"))) {
            long largest = 0;
            for (int month = 1; month <= 60; month++) {
                for (long application = month * 1_000L; application < month * 1_000L + 300; application++) {
                    for (int i = 0; i < 20; i++) {
                        final Place place = new Place(application, month * 100_000L + random.nextInt(100_000));
                        file.put(place, Row.of(place, entry(place.position(), LoggedCommand.name(41)), 41));
                    }
                }
                file.sync();
                final long old = (month - 2) * 1_000L;
                Place from = null;
                do {
                    from = file.forget(application -> application < old, from, 200);
                } while (from != null);
                file.sync();
                file.tidy();
                file.sync();
                if (month <= 10) {
                    largest = Math.max(largest, file.bytes());
                }
            }
            assertThat(file.bytes()).as("after sixty months as after ten").isLessThan(2 * largest);
        }
    }

    private Entry entry(final long position, final String operation) {
        final Target target = random.nextBoolean() ? null : new Target(any(List.of(ObjectKind.values())), random.nextLong() >>> 24, random.nextBoolean());
        final Result result = random.nextBoolean() ? null : any(List.of(Result.OK, Result.LIMIT_REACHED, Result.HELD_BY_OTHER));
        return new Entry(position, 1_767_225_600_000L + random.nextInt(), random.nextLong(), orNone(random.nextLong()), any(List.of(Channel.ONLINE, Channel.CALL_CENTRE, Channel.SYSTEM)), operation, target, orNone(random.nextLong()), result,
                random.nextBoolean(), random.nextBoolean() ? null : any(List.of(AccessVerdict.ALLOWED, AccessVerdict.REFUSED, AccessVerdict.UNKNOWN)), orNone(random.nextInt() & 0xFFFF_FFFFL), orNone(random.nextLong()), orNone(random.nextInt() & 0xFFFF_FFFFL));
    }

    private long orNone(final long number) {
        return random.nextBoolean() ? 0 : number;
    }

    private <T> T any(final List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
