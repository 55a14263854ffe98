package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import org.mawid.sbe.QuotaClass;

/**
 * What is asked of availability, read in one of two ways with the same meaning: by the contract, for every request; and by hand, for
 * the plain ones that are most of the traffic, where the contract's way would cost more than the answer. A test holds one against the
 * other. What the hand does not understand it leaves to the contract, so that it never refuses anything by itself.
 *
 * @param posts    codes or ids; empty when desks are given
 * @param from     first local date, yyyy-mm-dd
 * @param keptFor  whose kept places are looked at beside everybody's, NONE = nobody's
 * @param services code or id, with {@code :quantity} where it is not 1
 */
record AvailabilityQuery(List<String> posts, List<Integer> desks, String from, int days, int persons, List<String> services, int limit, long minPosition, QuotaClass keptFor) {
    private static final int DAYS_DEFAULT = 60;
    private static final int DAYS_MAX = 420;
    private static final int DESKS_MAX = 64;
    private static final int DESK_MAX = 65_000;
    private static final int LIMIT_DEFAULT = 20;
    private static final int LIMIT_MAX = 10_000;
    private static final int PERSONS_MAX = 8;
    private static final int SERVICES_MAX = 8;
    private static final int CODE_MAX = 32;
    private static final int INVALID = -1;

    static AvailabilityQuery of(final Call call) {
        return new AvailabilityQuery(
                call.list("posts").stream().map(String.class::cast).toList(), desks(call.list("desks")), call.text("from"), call.integer("days"),
                call.integer("persons"), call.list("services").stream().map(String.class::cast).toList(),
                call.has("limit") ? call.integer("limit") : LIMIT_DEFAULT, call.number("minPosition"),
                call.has("keptFor") ? QuotaClass.valueOf(call.text("keptFor")) : QuotaClass.NONE);
    }

    private static List<Integer> desks(final JsonArray desks) {
        return desks.stream().map(desk -> ((Long) desk).intValue()).toList();
    }

    /** @param query as it stands in the URI @param withLimit whether there is such a parameter @return null = ask the contract */
    static AvailabilityQuery parse(final String query, final boolean withLimit) {
        return query == null || query.indexOf('%') >= 0 || query.indexOf('+') >= 0 || query.indexOf(';') >= 0 ? null : new Reader().read(query, withLimit);
    }

    private static final class Reader {
        private List<String> posts;
        private List<Integer> desks;
        private String from;
        private List<String> services;
        private int days;
        private int persons;
        private int limit;
        private long minPosition = INVALID;

        AvailabilityQuery read(final String query, final boolean withLimit) {
            int at = 0;
            while (at <= query.length()) {
                final int end = end(query, at);
                final int equals = query.indexOf('=', at);
                if (equals < 0 || equals >= end || !parameter(query.substring(at, equals), query.substring(equals + 1, end), withLimit)) {
                    return null;
                }
                at = end + 1;
            }
            if (from == null || services == null) {
                return null;
            }
            return new AvailabilityQuery(
                    posts == null ? List.of() : posts, desks == null ? List.of() : desks, from, days == 0 ? DAYS_DEFAULT : days,
                    persons == 0 ? 1 : persons, services, limit == 0 ? LIMIT_DEFAULT : limit, Math.max(0, minPosition), QuotaClass.NONE);
        }

        private static int end(final String query, final int from) {
            final int ampersand = query.indexOf('&', from);
            return ampersand < 0 ? query.length() : ampersand;
        }

        /** @return false when it is not plainly right: unknown, twice, out of range */
        private boolean parameter(final String name, final String value, final boolean withLimit) {
            return switch (name) {
                case "posts" -> posts == null && (posts = codes(value, DESKS_MAX, false)) != null;
                case "desks" -> desks == null && (desks = numbers(value)) != null;
                case "from" -> from == null && isDate(from = value);
                case "days" -> days == 0 && (days = number(value, DAYS_MAX)) > 0;
                case "persons" -> persons == 0 && (persons = number(value, PERSONS_MAX)) > 0;
                case "services" -> services == null && (services = codes(value, SERVICES_MAX, true)) != null;
                case "limit" -> withLimit && limit == 0 && (limit = number(value, LIMIT_MAX)) > 0;
                case "minPosition" -> minPosition == INVALID && (minPosition = position(value)) >= 0;
                default -> false;
            };
        }

        private static List<String> codes(final String value, final int max, final boolean withQuantity) {
            final List<String> codes = new ArrayList<>();
            for (final String code : value.split(",", -1)) {
                final int colon = withQuantity ? code.indexOf(':') : -1;
                if (!isCode(colon < 0 ? code : code.substring(0, colon)) || colon >= 0 && !isQuantity(code.substring(colon + 1))) {
                    return null;
                }
                codes.add(code);
            }
            return codes.size() > max ? null : codes;
        }

        private static List<Integer> numbers(final String value) {
            final List<Integer> numbers = new ArrayList<>();
            for (final String text : value.split(",", -1)) {
                final int number = number(text, DESK_MAX);
                if (number < 1) {
                    return null;
                }
                numbers.add(number);
            }
            return numbers.size() > DESKS_MAX ? null : numbers;
        }

        private static boolean isCode(final String code) {
            for (int i = 0; i < code.length(); i++) {
                if (code.charAt(i) <= ' ' || code.charAt(i) > '~') {
                    return false;
                }
            }
            return !code.isEmpty() && code.length() <= CODE_MAX;
        }

        private static boolean isQuantity(final String text) {
            return !text.isEmpty() && text.length() <= 3 && text.charAt(0) != '0' && Call.isNumber(text);
        }

        /** 1 to {@code max}, or {@link #INVALID}. */
        private static int number(final String text, final int max) {
            final int number = Call.isNumber(text) ? Integer.parseInt(text) : INVALID;
            return number >= 1 && number <= max ? number : INVALID;
        }

        private static long position(final String text) {
            boolean digits = !text.isEmpty() && text.length() <= 18;
            for (int i = 0; digits && i < text.length(); i++) {
                digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
            }
            return digits ? Long.parseLong(text) : INVALID;
        }

        /** All but how long a month is: that is met when the date is used, and then the contract says it. */
        private static boolean isDate(final String text) {
            if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
                return false;
            }
            for (int i = 0; i < text.length(); i++) {
                if (i != 4 && i != 7 && (text.charAt(i) < '0' || text.charAt(i) > '9')) {
                    return false;
                }
            }
            final int month = Integer.parseInt(text.substring(5, 7));
            final int day = Integer.parseInt(text.substring(8));
            return month >= 1 && month <= 12 && day >= 1 && day <= 31;
        }
    }
}
