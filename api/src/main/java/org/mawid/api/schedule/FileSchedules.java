package org.mawid.api.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mawid.api.network.Calendars;
import org.mawid.api.network.Network;
import org.mawid.api.network.Release;

/** What the network's files say of a post, said as the post would: where a post begins that has never said anything itself. */
public final class FileSchedules {
    private FileSchedules() {
    }

    /** @param post one of the network's that has desks */
    public static WantedSchedule of(final Network network, final Network.Post post, final LocalDate from, final LocalDate to) {
        final Calendars calendars = network.calendars();
        final List<WantedSchedule.PoolHours> pools = new ArrayList<>();
        final List<WantedSchedule.ExceptionalDays> exceptions = new ArrayList<>();
        for (final Network.Pool pool : network.poolsOf(post.id())) {
            final String code = pool instanceof Network.Desk desk ? desk.code() : ((Network.Resource) pool).kind().name();
            final List<WantedSchedule.Opening> weekly = new ArrayList<>();
            final List<WantedSchedule.Opening> ramadan = new ArrayList<>();
            calendars.weeks().getOrDefault(post.id(), Map.of()).forEach((day, hours) -> {
                weekly.add(new WantedSchedule.Opening(Set.of(day), hours.open(), hours.close(), pool.capacity(), Map.of()));
                ramadan.add(new WantedSchedule.Opening(Set.of(day), hours.ramadanOpen(), hours.ramadanClose(), pool.capacity(), Map.of()));
            });
            pools.add(new WantedSchedule.PoolHours(code, 5, null, weekly, ramadan));
            for (final Calendars.ExceptionalHours hours : calendars.exceptional().getOrDefault(post.id(), List.of())) {
                exceptions.add(new WantedSchedule.ExceptionalDays(hours.from(), hours.to(), EnumSet.of(hours.weekday()), Set.of(code),
                        List.of(new WantedSchedule.Opening(EnumSet.allOf(DayOfWeek.class), hours.open(), hours.close(), pool.capacity(), Map.of())), "longer hours"));
            }
        }
        return new WantedSchedule(post.code(), from, to, Release.DEFAULT, WantedSchedule.Holidays.ALL, pools, exceptions);
    }
}
