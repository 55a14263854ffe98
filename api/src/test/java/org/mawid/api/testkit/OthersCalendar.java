package org.mawid.api.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.CalendarComponent;

/** A calendar as a program reads it that has nothing to do with the one that wrote it. */
public final class OthersCalendar {
    private final Calendar calendar;

    private OthersCalendar(final Calendar calendar) {
        this.calendar = calendar;
    }

    /** But for who organises it (RFC 5546, which is of calendars that are answered): ours name nobody, for nobody is to answer. @throws AssertionError it is no calendar to others, or one that breaks a rule of theirs */
    public static OthersCalendar read(final String ics) {
        try {
            final OthersCalendar read = new OthersCalendar(new CalendarBuilder().build(new StringReader(ics)));
            assertThat(read.calendar.validate().getEntries()).as(ics).filteredOn(entry -> !entry.getMessage().endsWith(" ORGANIZER")).isEmpty();
            return read;
        } catch (final Exception e) {
            throw new AssertionError(ics, e);
        }
    }

    public String method() {
        return calendar.getMethod().getValue();
    }

    /** What each event has of a property, in its order. */
    public List<String> ofEvents(final String property) {
        return calendar.<CalendarComponent>getComponents(Component.VEVENT).stream().map(event -> event.<Property>getProperty(property).getValue()).toList();
    }
}
