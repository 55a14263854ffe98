package org.mawid.engine.readmodel.availability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of days, however many there are. */
class DayRowsTest {
    /** More than twice what the first pages hold, so that their list grows twice. */
    private static final int MANY = 80_000;

    private final DayRows rows = new DayRows();
    private final byte[] room = new byte[Bits.UNITS];

    @ParameterizedTest
    @ValueSource(ints = {1, 65, 192})
    void givenManyDays_whenTheListOfPagesGrows_thenEachDaySaysWhatWasWritten(final int units) {
        final int[] made = new int[MANY];
        for (int day = 0; day < MANY; day++) {
            made[day] = rows.allocate(units);
            write(made[day], day, units);
        }
        for (int day = 0; day < MANY; day++) {
            assertThat(DayRows.epochDayOf(rows.key(made[day]))).isEqualTo(day);
            assertThat(rows.room(made[day], units - 1)).isEqualTo(day % 200);
            assertThat(rows.open(made[day])).hasSize(day % 3);
        }
        rows.free(made[MANY - 1]);
        assertThat(rows.allocate(units)).as("a freed row is used again").isEqualTo(made[MANY - 1]);
    }

    private void write(final int row, final int day, final int units) {
        room[units - 1] = (byte) (day % 200);
        rows.begin(row, day);
        rows.head(row, DayRows.key(1, day, units, 1), day, day);
        rows.setOpen(row, new byte[day % 3]);
        rows.fill(row, room, room);
        rows.end(row);
    }
}
