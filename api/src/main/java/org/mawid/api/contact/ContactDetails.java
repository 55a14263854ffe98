package org.mawid.api.contact;

import com.google.common.net.InternetDomainName;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.mawid.api.contact.ContactException.Reason;

/**
 * Where and how a person is reached, as it is kept. Immutable. {@link #toString} tells nothing.
 *
 * @param email  the one address, as mail servers compare it but for the capitals of its name; empty = none
 * @param mobile E.164; empty = none
 * @param topics about what; empty = nothing
 */
public record ContactDetails(String email, String mobile, Language language, Set<Topic> topics) {
    /** Characters. Source: RFC 5321 §4.5.3.1.3, a path without its brackets. */
    public static final int MAX_EMAIL = 254;

    private static final int MAX_MOBILE = 40;
    private static final int MAX_NAME = 64;
    private static final String EMAIL = "email";
    private static final String MOBILE = "mobile";
    private static final String LANGUAGE = "language";
    private static final String TOPICS = "topics";
    /** What RFC 5321 calls a dot-string; the quoted form is nobody's address, and opens the door to all that mail programs read into it. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

    public ContactDetails {
        topics = topics.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(topics));
    }

    /**
     * @param email  as it was typed; empty = none
     * @param mobile as it was typed, with its country code; empty = none
     * @throws ContactException why one of them is not taken
     */
    public static ContactDetails of(final String email, final String mobile, final Language language, final Set<Topic> topics) throws ContactException {
        if (email.isEmpty() && mobile.isEmpty()) {
            throw new ContactException(Reason.NOTHING);
        }
        return new ContactDetails(email.isEmpty() ? "" : email(email), mobile.isEmpty() ? "" : mobile(mobile), language, topics);
    }

    /** One address and nothing else, its domain in ASCII. @throws ContactException it is none */
    static String email(final String typed) throws ContactException {
        if (typed.length() > MAX_EMAIL) {
            throw new ContactException(Reason.EMAIL_LENGTH);
        }
        if (typed.chars().anyMatch(Character::isISOControl)) {
            throw new ContactException(Reason.EMAIL_CONTROL);
        }
        final String address = typed.strip();
        final int at = address.indexOf('@');
        if (address.indexOf(',') >= 0 || address.indexOf(';') >= 0 || at != address.lastIndexOf('@')) {
            throw new ContactException(Reason.EMAIL_SEVERAL);
        }
        if (at < 1 || at > MAX_NAME || !NAME.matcher(address.substring(0, at)).matches()) {
            throw new ContactException(Reason.EMAIL_SYNTAX);
        }
        return address.substring(0, at + 1) + domain(address.substring(at + 1));
    }

    private static String domain(final String typed) throws ContactException {
        try {
            final InternetDomainName name = InternetDomainName.from(IDN.toASCII(typed, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT));
            if (name.hasParent()) {
                return name.toString();
            }
        } catch (final IllegalArgumentException none) {
            throw new ContactException(Reason.EMAIL_SYNTAX);
        }
        throw new ContactException(Reason.EMAIL_SYNTAX);
    }

    /** E.164. @throws ContactException nothing can be written to it */
    static String mobile(final String typed) throws ContactException {
        if (typed.length() > MAX_MOBILE || typed.chars().anyMatch(Character::isISOControl)) {
            throw new ContactException(Reason.MOBILE_SYNTAX);
        }
        final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        final PhoneNumber number;
        try {
            number = numbers.parse(typed, null);
        } catch (final NumberParseException none) {
            throw new ContactException(Reason.MOBILE_SYNTAX);
        }
        if (number.hasExtension() || !numbers.isValidNumber(number)) {
            throw new ContactException(Reason.MOBILE_UNKNOWN);
        }
        return switch (numbers.getNumberType(number)) {
            case MOBILE, FIXED_LINE_OR_MOBILE, PERSONAL_NUMBER -> numbers.format(number, PhoneNumberFormat.E164);
            default -> throw new ContactException(Reason.MOBILE_FIXED);
        };
    }

    /** As it is told to whoever may know it. */
    public JsonObject json() {
        final JsonObject json = new JsonObject();
        if (!email.isEmpty()) {
            json.put(EMAIL, email);
        }
        if (!mobile.isEmpty()) {
            json.put(MOBILE, mobile);
        }
        return json.put(LANGUAGE, language.code()).put(TOPICS, new JsonArray(topics.stream().map(Topic::name).toList()));
    }

    byte[] bytes() {
        return json().encode().getBytes(StandardCharsets.UTF_8);
    }

    static ContactDetails of(final byte[] bytes) {
        final JsonObject json = new JsonObject(new String(bytes, StandardCharsets.UTF_8));
        return new ContactDetails(json.getString(EMAIL, ""), json.getString(MOBILE, ""), Language.of(json.getString(LANGUAGE)), topics(json.getJsonArray(TOPICS)));
    }

    /** @param names each of a {@link Topic}; null = all of them */
    public static Set<Topic> topics(final JsonArray names) {
        final Set<Topic> topics = names == null ? EnumSet.allOf(Topic.class) : EnumSet.noneOf(Topic.class);
        (names == null ? List.of() : names).forEach(name -> topics.add(Topic.valueOf((String) name)));
        return topics;
    }

    @Override
    public String toString() {
        return "contacts";
    }
}
