package org.mawid.api.contact;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.mawid.api.person.Deletion;
import org.mawid.api.person.Findings;
import org.mawid.api.person.Held;
import org.mawid.api.person.PersonalData;
import org.mawid.api.sealed.Kind;
import org.mawid.api.sealed.Owner;
import org.mawid.api.sealed.SealException;

/** Contacts of persons, sealed; each has the last that were put. Any thread that may wait. */
public final class Contacts {
    /** Where names are found by, in the folder of what is kept of persons. */
    public static final String FOLDER = "find";
    private static final String EMAIL = "EMAIL";
    private static final String MOBILE = "MOBILE";
    /** Of the book: keyed hashes of the addresses. */
    private static final String FOUND_BY = "foundBy";
    private static final int STRIPES = 64;
    private static final int TRACE_DIGITS = 16;

    private final PersonalData data;
    private final Findings findings;
    private final LongSupplier nowMs;
    private final Object[] stripes = new Object[STRIPES];

    /**
     * @param folder {@link PersonalData#FOLDER}
     * @param nowMs  log time
     * @throws IOException the folder cannot be used
     */
    public Contacts(final Path folder, final PersonalData data, final LongSupplier nowMs) throws IOException {
        this.data = data;
        this.nowMs = nowMs;
        findings = new Findings(folder.resolve(FOLDER));
        Arrays.setAll(stripes, i -> new Object());
    }

    /** In the place of those of before, durably. Whoever was erased and gives some anew is somebody new. */
    public void put(final long person, final ContactDetails details) throws IOException, SealException {
        synchronized (stripe(person)) {
            final List<Held> before = held(person);
            final List<String> names = names(details);
            for (final String name : names) { // first: what is found and is not so is passed over, what is not found is lost
                findings.add(name, person);
            }
            data.keep(new Owner(person, 0, nowMs.getAsLong()), Kind.CONTACTS, details.bytes(), new JsonObject().put(FOUND_BY, new JsonArray(names)));
            for (final Held old : before) {
                drop(old, names);
            }
        }
    }

    /** Null when there are none. @throws SealException the person was erased, or they are damaged */
    public ContactDetails get(final long person) throws IOException, SealException {
        final List<Held> held = held(person);
        return held.isEmpty() ? null : ContactDetails.of(data.read(held.get(held.size() - 1)));
    }

    /** Also of who was erased meanwhile. @return false when there were none */
    public boolean delete(final long person) throws IOException {
        synchronized (stripe(person)) {
            final List<Held> held = held(person);
            for (final Held each : held) {
                drop(each, List.of());
            }
            return !held.isEmpty();
        }
    }

    /** Deletes what is kept of a person as {@code deletion} does it, unless others have come in its place meanwhile. @param old of one person, not none */
    public void retire(final List<Held> old, final Deletion deletion) throws IOException {
        final long person = old.get(0).owner().personKey();
        synchronized (stripe(person)) {
            if (old.containsAll(held(person))) {
                forget(person);
                deletion.of(old);
            }
        }
    }

    /** Before the person is erased: by what they are found. May be done again. */
    public void forget(final long person) throws IOException {
        for (final Held held : held(person)) {
            unfind(held, List.of());
        }
    }

    /** Whose e-mail address it is, by key. @throws ContactException it is none */
    public List<Long> byEmail(final String typed) throws IOException, ContactException {
        return found(name(EMAIL, ContactDetails.email(typed)));
    }

    /** Whose mobile number it is, likewise. */
    public List<Long> byMobile(final String typed) throws IOException, ContactException {
        return found(name(MOBILE, ContactDetails.mobile(typed)));
    }

    /** By what the audit knows that somebody has looked for an address: the first 64 bits of its keyed hash. 0 = neither is one. Does not wait. */
    public long trace(final String email, final String mobile) {
        try {
            final String name = !email.isBlank() ? name(EMAIL, ContactDetails.email(email)) : mobile.isBlank() ? "" : name(MOBILE, ContactDetails.mobile(mobile));
            return name.isEmpty() ? 0 : HexFormat.fromHexDigitsToLong(name, 0, TRACE_DIGITS);
        } catch (final ContactException none) {
            return 0;
        }
    }

    private List<Long> found(final String name) throws IOException {
        final List<Long> persons = new ArrayList<>();
        for (final long person : findings.of(name)) {
            final List<Held> held = held(person);
            if (!held.isEmpty() && foundBy(held.get(held.size() - 1)).contains(name)) {
                persons.add(person);
            }
        }
        return persons;
    }

    /** @param kept by what the person is still found */
    private void drop(final Held held, final List<String> kept) throws IOException {
        unfind(held, kept);
        data.drop(held);
    }

    private void unfind(final Held held, final List<String> kept) throws IOException {
        for (final String name : foundBy(held)) {
            if (!kept.contains(name)) {
                findings.remove(name, held.owner().personKey());
            }
        }
    }

    private List<Held> held(final long person) throws IOException {
        return data.held(person).stream().filter(held -> held.kind() == Kind.CONTACTS).collect(Collectors.toList());
    }

    private static List<String> foundBy(final Held held) {
        return held.facts().getJsonArray(FOUND_BY).stream().map(String.class::cast).toList();
    }

    private List<String> names(final ContactDetails details) {
        final List<String> names = new ArrayList<>();
        if (!details.email().isEmpty()) {
            names.add(name(EMAIL, details.email()));
        }
        if (!details.mobile().isEmpty()) {
            names.add(name(MOBILE, details.mobile()));
        }
        return names;
    }

    private String name(final String kind, final String address) {
        return data.nameOf(kind, address.toLowerCase(Locale.ROOT));
    }

    private Object stripe(final long person) {
        return stripes[Math.floorMod(Long.hashCode(person), STRIPES)];
    }
}
