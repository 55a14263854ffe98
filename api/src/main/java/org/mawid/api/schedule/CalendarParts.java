package org.mawid.api.schedule;

import com.github.mangstadt.vinnie.VObjectProperty;
import com.github.mangstadt.vinnie.io.Context;
import com.github.mangstadt.vinnie.io.SyntaxRules;
import com.github.mangstadt.vinnie.io.VObjectDataListener;
import com.github.mangstadt.vinnie.io.VObjectReader;
import com.github.mangstadt.vinnie.io.Warning;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** The components of an iCalendar text (RFC 5545), unfolded, each with its line. What is no iCalendar is a mistake. One thread, one text. */
final class CalendarParts implements VObjectDataListener {
    /** VCALENDAR, VAVAILABILITY, AVAILABLE; time zones are as deep. */
    private static final int MOST_NESTED = 3;

    private final Mistakes mistakes;
    private final Deque<Part> open = new ArrayDeque<>();
    private final Part root = new Part("", 0, new ArrayList<>(), new ArrayList<>());
    private String version;

    /** @param name in capitals */
    record Property(String name, int line, VObjectProperty as) {
        String value() {
            return as.getValue().strip();
        }

        /** {@code null} when it is not there. */
        String parameter(final String parameter) {
            return as.getParameters().first(parameter);
        }
    }

    /** One component. @param name in capitals */
    record Part(String name, int line, List<Property> properties, List<Part> parts) {
        /** {@code null} when it is not there. */
        Property first(final String property) {
            return properties.stream().filter(one -> one.name().equals(property)).findFirst().orElse(null);
        }

        List<Property> all(final String property) {
            return properties.stream().filter(one -> one.name().equals(property)).toList();
        }

        boolean has(final String property) {
            return first(property) != null;
        }
    }

    private CalendarParts(final Mistakes mistakes) {
        this.mistakes = mistakes;
        open.push(root);
    }

    /** @return VCALENDAR, or what stands in its place; {@code null} when there is none, which was told */
    static Part read(final String text, final Mistakes mistakes) {
        final CalendarParts reading = new CalendarParts(mistakes);
        try (VObjectReader reader = new VObjectReader(new StringReader(text), SyntaxRules.iCalendar())) {
            reader.parse(reading);
        } catch (final IOException e) {
            throw new UncheckedIOException(e); // of a text
        }
        return reading.whole();
    }

    private Part whole() {
        if (open.size() > 1 && mistakes.isEmpty()) {
            mistakes.add("line " + open.peek().line(), open.peek().name() + " does not end");
        }
        final List<Part> calendars = root.parts();
        if (mistakes.isEmpty() && (calendars.size() != 1 || !calendars.get(0).name().equals("VCALENDAR") || !root.properties().isEmpty())) {
            mistakes.add(calendars.isEmpty() ? "line 1" : "line " + calendars.get(calendars.size() - 1).line(), "there must be one VCALENDAR, and nothing beside it");
        }
        if (mistakes.isEmpty() && version == null) {
            mistakes.add("line " + calendars.get(0).line(), "VERSION:2.0 is missing");
        }
        return mistakes.isEmpty() ? calendars.get(0) : null;
    }

    @Override
    public void onComponentBegin(final String name, final Context context) {
        if (open.size() > MOST_NESTED) {
            stop(context, "components are more than " + MOST_NESTED + " deep");
            return;
        }
        final Part part = new Part(name.toUpperCase(Locale.ROOT), context.getLineNumber(), new ArrayList<>(), new ArrayList<>());
        open.peek().parts().add(part);
        open.push(part);
    }

    @Override
    public void onComponentEnd(final String name, final Context context) {
        if (!context.getUnfoldedLine().strip().toUpperCase(Locale.ROOT).endsWith(':' + name.toUpperCase(Locale.ROOT))) {
            stop(context, name + " does not end before what is around it does"); // the reader ends it by itself
        } else {
            open.pop();
        }
    }

    @Override
    public void onProperty(final VObjectProperty property, final Context context) {
        open.peek().properties().add(new Property(property.getName().toUpperCase(Locale.ROOT), context.getLineNumber(), property));
    }

    @Override
    public void onVersion(final String value, final Context context) {
        version = value;
    }

    @Override
    public void onWarning(final Warning warning, final VObjectProperty property, final Exception thrown, final Context context) {
        stop(context, warning == Warning.UNKNOWN_VERSION ? "only VERSION:2.0 is read" : "no line of iCalendar");
    }

    private void stop(final Context context, final String what) {
        mistakes.add("line " + context.getLineNumber(), what);
        context.stop();
    }
}
