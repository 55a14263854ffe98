package org.mawid.bench.capacity.plan;

import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mawid.api.network.Network.Post;

/**
 * Demand that is a multiple of the usual for some weeks, in a country or at one post.
 *
 * @param where  ISO 3166 alpha-2, or the code of a post
 * @param factor of the usual demand, 0 to 100
 * @param weeks  1 to 104
 */
record Shock(String where, double factor, LocalDate from, int weeks) {
    private static final Pattern FORM = Pattern.compile("([A-Z]{2}|[A-Z]+(?:-[A-Z0-9]+)+)=([0-9]{1,3}(?:\\.[0-9]+)?):([0-9]{4}-[0-9]{2}-[0-9]{2}):([0-9]{1,3})w");

    /** @param text as in {@code ES=4:2027-02-01:4w} */
    static Shock parse(final String text) {
        final Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new PlanRefusedException("'" + text + "' is not like ES=4:2027-02-01:4w: country or post, factor, first day, weeks");
        }
        final Shock shock = new Shock(parts.group(1), Double.parseDouble(parts.group(2)), PlanKey.date(parts.group(3)), Integer.parseInt(parts.group(4)));
        if (shock.factor > 100 || shock.weeks < 1 || shock.weeks > 104) {
            throw new PlanRefusedException("'" + text + "' must have a factor up to 100 and 1 to 104 weeks");
        }
        return shock;
    }

    /** What it makes of the demand of a post on a date: 1 = nothing. */
    double at(final Post post, final LocalDate date) {
        return isAt(post) && !date.isBefore(from) && date.isBefore(to()) ? factor : 1;
    }

    boolean isAt(final Post post) {
        return where.equals(post.country()) || where.equals(post.code());
    }

    /** The first day that is as usual again. */
    LocalDate to() {
        return from.plusWeeks(weeks);
    }
}
