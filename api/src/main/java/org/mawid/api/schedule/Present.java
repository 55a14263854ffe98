package org.mawid.api.schedule;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.mawid.api.network.PlannedDay;

/** The days of a post that are open. Immutable. @param version of its calendars, not newer than the days */
public record Present(String post, ZoneId zone, long version, List<Day> days) {
    /** @param pool its code */
    public record Day(String pool, LocalDate date, PlannedDay day) {
    }
}
