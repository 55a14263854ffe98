package org.mawid.api.identity;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Locale.IsoCountryCode;
import java.util.Set;
import org.mawid.api.identity.IdentityRefusal.Reason;
import org.mawid.api.sealed.Identity;
import org.mawid.api.sealed.IdentityException;
import org.mawid.api.sealed.IdentityKind;

/** An identity as the edges tell it and as it is sealed: {@code kind} and {@code number}, {@code country} of a passport; of a newborn {@code parent}, {@code dateOfBirth} and {@code rank}. */
public final class IdentityJson {
    static final String NUMBER = "number";
    static final String COUNTRY = "country";
    static final String DATE_OF_BIRTH = "dateOfBirth";
    private static final String KIND = "kind";
    private static final String PARENT = "parent";
    private static final String RANK = "rank";
    /** REGISTER is part of what is hashed; this is how it is called. */
    private static final String REGISTER_NUMBER = "REGISTER_NUMBER";
    private static final String MOROCCO = "MAR";
    private static final int MAX_RANK = 9;
    private static final LocalDate FIRST_BIRTH = LocalDate.of(1880, 1, 1);
    private static final Set<String> COUNTRIES = Locale.getISOCountries(IsoCountryCode.PART1_ALPHA3);
    private static final int SHOWN = 3;

    private IdentityJson() {
    }

    /**
     * @param json  as the contracts have it, of a kind that there is
     * @param today the last date on which somebody may be born
     * @throws IdentityRefusal why it is not taken
     */
    public static Identity read(final JsonObject json, final LocalDate today) throws IdentityRefusal {
        final IdentityKind kind = kind(json.getString(KIND));
        if (kind == IdentityKind.NEWBORN) {
            return newborn(json, today);
        }
        final String typed = json.getString(NUMBER, "");
        if (typed.isEmpty() || json.containsKey(PARENT) || json.containsKey(DATE_OF_BIRTH) || json.containsKey(RANK) || kind == IdentityKind.PASSPORT && !json.containsKey(COUNTRY)) {
            throw new IdentityRefusal(Reason.INCOMPLETE, KIND);
        }
        final String country = country(json.getString(COUNTRY, MOROCCO), COUNTRY);
        if (kind != IdentityKind.PASSPORT && !country.equals(MOROCCO)) {
            throw new IdentityRefusal(Reason.COUNTRY, COUNTRY);
        }
        try {
            return Identity.of(kind, country, typed);
        } catch (final IdentityException no) {
            throw IdentityRefusal.of(no);
        }
    }

    /** Each of them, likewise. */
    public static List<Identity> readAll(final JsonArray array, final LocalDate today) throws IdentityRefusal {
        final List<Identity> identities = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            try {
                identities.add(read(array.getJsonObject(i), today));
            } catch (final IdentityRefusal no) {
                throw new IdentityRefusal(no.reason(), "identities/" + i + '/' + no.field());
            }
        }
        return identities;
    }

    /** Whom a call is about that identifies newborns and nobody else: their parents. Empty when a number is among them, whoever they are. @param array of {@link #read} */
    public static List<Long> parents(final JsonArray array) {
        final List<Long> parents = array.stream().map(identity -> parent((JsonObject) identity)).toList();
        return parents.contains(0L) ? List.of() : parents;
    }

    /** As it was written whole. */
    static Identity sealed(final JsonObject json) throws IdentityException {
        final IdentityKind kind = kind(json.getString(KIND));
        return kind == IdentityKind.NEWBORN ? Identity.newborn(parent(json), LocalDate.parse(json.getString(DATE_OF_BIRTH)), json.getInteger(RANK)) : Identity.of(kind, json.getString(COUNTRY), json.getString(NUMBER));
    }

    private static Identity newborn(final JsonObject json, final LocalDate today) throws IdentityRefusal {
        final long parent = parent(json);
        final int rank = json.getInteger(RANK, 1);
        if (parent == 0 || !json.containsKey(DATE_OF_BIRTH) || rank < 1 || rank > MAX_RANK || json.containsKey(NUMBER) || json.containsKey(COUNTRY)) {
            throw new IdentityRefusal(Reason.INCOMPLETE, KIND);
        }
        return Identity.newborn(parent, dateOfBirth(json.getString(DATE_OF_BIRTH), today), rank);
    }

    /** Key of the parent of a newborn; 0 of another kind, or when it is none. */
    private static long parent(final JsonObject json) {
        final String digits = json.getString(PARENT, "");
        return IdentityKind.NEWBORN.name().equals(json.getString(KIND)) && digits.matches("[0-9A-Fa-f]{16}") ? Long.parseUnsignedLong(digits, 16) : 0;
    }

    /** @param isWhole else the last three characters of a number, and nothing of a newborn */
    public static JsonObject write(final Identity identity, final boolean isWhole) {
        final JsonObject json = new JsonObject().put(KIND, word(identity.kind()));
        if (identity.kind() == IdentityKind.NEWBORN) {
            final String[] known = identity.number().split(" ");
            return isWhole ? json.put(PARENT, known[0]).put(DATE_OF_BIRTH, known[1]).put(RANK, Integer.parseInt(known[2])) : json;
        }
        final String number = identity.number();
        return json.put(COUNTRY, identity.issuer()).put(NUMBER, isWhole ? number : "*".repeat(number.length() - SHOWN) + number.substring(number.length() - SHOWN));
    }

    /** As the contracts call it. */
    public static String word(final IdentityKind kind) {
        return kind == IdentityKind.REGISTER ? REGISTER_NUMBER : kind.name();
    }

    /** @param word one of the contracts' */
    public static IdentityKind kind(final String word) {
        return word.equals(REGISTER_NUMBER) ? IdentityKind.REGISTER : IdentityKind.valueOf(word);
    }

    static String country(final String typed, final String field) throws IdentityRefusal {
        final String country = typed.toUpperCase(Locale.ROOT);
        if (!COUNTRIES.contains(country)) {
            throw new IdentityRefusal(Reason.COUNTRY, field);
        }
        return country;
    }

    static LocalDate dateOfBirth(final String typed, final LocalDate today) throws IdentityRefusal {
        try {
            final LocalDate date = LocalDate.parse(typed);
            if (!date.isBefore(FIRST_BIRTH) && !date.isAfter(today)) {
                return date;
            }
        } catch (final DateTimeException none) {
            throw new IdentityRefusal(Reason.DATE_OF_BIRTH, DATE_OF_BIRTH);
        }
        throw new IdentityRefusal(Reason.DATE_OF_BIRTH, DATE_OF_BIRTH);
    }
}
