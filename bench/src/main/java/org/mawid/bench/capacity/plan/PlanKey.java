package org.mawid.bench.capacity.plan;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.mawid.bench.load.Meant;

/**
 * Everything that a plan can say: its name in a plan file (and, with two dashes, on the command line), what holds when nothing is said,
 * and how it is understood. [A] = our assumption, as in {@code demand.md}.
 */
public enum PlanKey {
    POSTS("posts", "CODE,…", "MA-CG-BARCELONE", "Codes of posts as in posts.csv, with commas between, or all: every post with public slots.", PlanKey::posts),
    FROM("from", "DATE", "today", "First day, as 2026-11-30, or today.", text -> text.equals("today") ? LocalDate.MIN : date(text)),
    WEEKS("weeks", "N", "12", "How many weeks are looked at, 1 to 104; of all posts 52 when nothing is said.", text -> whole(text, 1, 104)),
    WARM_UP("warm-up-weeks", "N", "8", "Weeks that are lived under this plan before, from an empty calendar, and not counted; 0 to 26.", text -> whole(text, 0, 26)),
    DEMAND("demand", "FACTOR", "1.0", "Demand as a multiple of appointments_per_year in posts-load.csv, above 0 to 100.", PlanKey::factor),
    SHOCK("shock", "SHOCK,…", "none", "Demand of a country or post for some weeks, as ES=4:2027-02-01:4w; several with commas between.", PlanKey::shocks),
    VALIDATION("validation-days", "FROM-TO", "1-4", "Days until a request is validated, from-to (published: one to four).", PlanKey::range),
    REJECTED("rejected", "SHARE", "15%", "Share of requests that the post rejects, each time they are sent [A]; comparators 15 % (Ahmedabad passport office, 2023), 40 % (Ireland, 2022).", PlanKey::share),
    RESUBMITTED("resubmitted", "SHARE", "90%", "Share of rejected requests that are sent again, one to seven days later, at most three times [A].", PlanKey::share),
    STAMPED("stamped", "SHARE", "56%", "Share of services whose stamp is issued with the confirmation (2.8 of 5.0 million published); others pay at the counter.", PlanKey::share),
    NO_SHOW("no-show", "SHARE", "12%", "Share of appointments whose people do not come (model: 12 %, seen 10 to 20).", PlanKey::share),
    CANCEL("cancel", "SHARE", "8%", "Share that is cancelled [A]; with those that move 15 % (model).", PlanKey::share),
    MOVE("move", "SHARE", "7%", "Share that is moved to a later day, once [A].", PlanKey::share),
    WALK_IN("walk-in", "SHARE", "3%", "Share of people who come without an appointment [A]; people with urgent services always do, and with those that need none.", PlanKey::share),
    ACROSS_DESKS("across-desks", "SHARE", "100%", "Share of visits for several services that take them as they come, at several desks if need be; the others want services of one desk only [A].", PlanKey::share),
    ELSEWHERE("elsewhere", "SHARE", "0%", "Share of people who find nothing at a post and try the nearest other post of the plan in that country [A]: nothing is published, so nobody unless it is said.", PlanKey::share),
    SPREAD("service-spread", "SHARE", "50%", "Standard deviation of a service's time as a share of its nominal one [A]; 0% = always as planned.", PlanKey::share),
    COUNTERS("counters", "DESK=N,…", "none", "Counters of desks, as D1=8,D2=6; with several posts MA-CG-BARCELONE/D1=8. Others as in desks.csv.", text -> numbers(text, "D1=8")),
    RESOURCES("resources", "KIND=N,…", "none",
            "Shared places, as BIOMETRIC_STATION=8. Others as in resources.csv, and as many more as counters that need them were added.",
            text -> numbers(text, "BIOMETRIC_STATION=8")),
    ABSENCE("absence", "SHARE", "0%", "Share of counters and days that nobody staffs [A]: half known before (leave: fewer places are offered), half on the morning (visits are moved). Of several counters one always stays; a desk with one is closed.", PlanKey::share),
    OPEN_UNTIL("open-until", "HH:MM", "none", "Closing time on regular days outside Ramadan, as 18:00; none = as in opening-hours.csv.", PlanKey::time),
    OVERBOOKING("overbooking", "SHARE|MIN", "0%",
            "Places offered above the counters there are: by a share, 0% to 100%, a part of a place on some days only; or by the rule that posts may have, as 10min: as many at each start as leave those who come with that mean wait, and as are surely missed; 10min,20% adds no more than 20% to the counters, 50% otherwise.",
            Overbooked::parse),
    MEASURED("measured-visits", "N", "1000", "For overbooking by rule: of how many visits of each desk it was measured whether anybody came; of fewer than 200 nothing is concluded. With the share of no-shows as it is.", text -> whole(text, 0, 1_000_000)),
    SEED("seed", "N", "1", "The same seed gives the same result, to the byte; a whole number from 0.", text -> whole(text, 0, Integer.MAX_VALUE));

    private final String key;
    private final String form;
    private final String usual;
    private final String meaning;
    private final Function<String, Object> parse;

    PlanKey(final String key, final String form, final String usual, final String meaning, final Function<String, Object> parse) {
        this.key = key;
        this.form = form;
        this.usual = usual;
        this.meaning = meaning;
        this.parse = parse;
    }

    public String key() {
        return key;
    }

    /** What a value looks like, in a word. */
    public String form() {
        return form;
    }

    /** As text, when nothing is said. */
    public String usual() {
        return usual;
    }

    /** Whether something holds when nothing is said, other than what the files say. */
    public boolean hasUsual() {
        return !isNone(usual);
    }

    public String meaning() {
        return meaning;
    }

    /** @throws PlanRefusedException with what would be right */
    Object parse(final String text) {
        return parse.apply(text.strip());
    }

    /** @return null when there is none of that name */
    static PlanKey named(final String name) {
        return Arrays.stream(values()).filter(key -> key.key.equals(name)).findFirst().orElse(null);
    }

    /** What to say to somebody who wrote a name that there is not. */
    static String instead(final String name) {
        final List<String> all = Arrays.stream(values()).map(PlanKey::key).toList();
        final List<String> near = Meant.near(all, name);
        return (near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? ") + "There are " + String.join(", ", all);
    }

    // ---- how values are understood

    static boolean isNone(final String text) {
        return text.isEmpty() || text.equals("none");
    }

    static LocalDate date(final String text) {
        try {
            return LocalDate.parse(text);
        } catch (final DateTimeException e) {
            throw new PlanRefusedException("'" + text + "' is not a day like 2026-11-30");
        }
    }

    private static Integer whole(final String text, final int least, final int most) {
        if (text.matches("[0-9]{1,10}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most) {
            return Integer.valueOf(text);
        }
        throw new PlanRefusedException("'" + text + "' is not a whole number from " + least + " to " + most);
    }

    private static Double factor(final String text) {
        if (text.matches("[0-9]{1,3}(\\.[0-9]{1,6})?") && Double.parseDouble(text) > 0 && Double.parseDouble(text) <= 100) {
            return Double.valueOf(text);
        }
        throw new PlanRefusedException("'" + text + "' is not a factor like 1.2, above 0 and up to 100");
    }

    static Double share(final String text) {
        if (text.matches("[0-9]{1,3}(\\.[0-9]{1,4})?\\s?%")) {
            final double percent = Double.parseDouble(text.replace("%", "").strip());
            if (percent <= 100) {
                return percent / 100;
            }
        }
        final String meant = text.matches("0?\\.[0-9]{1,4}") ? ": did you mean " + new BigDecimal(text).movePointRight(2).stripTrailingZeros().toPlainString() + "%?"
                : text.matches("[0-9]{1,2}") ? ": did you mean " + text + "%?" : "";
        throw new PlanRefusedException("'" + text + "' is not a share like 12%, from 0% to 100%" + meant);
    }

    private static List<String> posts(final String text) {
        if (text.equals("all")) {
            return List.of();
        }
        final List<String> codes = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        for (final String code : codes) {
            if (!code.matches("[A-Z0-9]+(-[A-Z0-9]+)*")) {
                throw new PlanRefusedException("'" + code + "' is not the code of a post, as MA-CG-BARCELONE, nor 'all'");
            }
        }
        return codes;
    }

    private static List<Shock> shocks(final String text) {
        return isNone(text) ? List.of() : Arrays.stream(text.split(",")).map(String::strip).map(Shock::parse).toList();
    }

    private static double[] range(final String text) {
        if (text.matches("[0-9]{1,2}(\\.[0-9]+)?-[0-9]{1,2}(\\.[0-9]+)?")) {
            final double from = Double.parseDouble(text.split("-")[0]);
            final double to = Double.parseDouble(text.split("-")[1]);
            if (from <= to) {
                return new double[] {from, to};
            }
        }
        throw new PlanRefusedException("'" + text + "' is not a range of days like 1-4");
    }

    private static LocalTime time(final String text) {
        if (isNone(text)) {
            return LocalTime.MIDNIGHT; // as the files say
        }
        if (text.matches("[0-2][0-9]:[0-5][05]") && text.compareTo("24") < 0 && !text.equals("00:00")) {
            return LocalTime.parse(text);
        }
        throw new PlanRefusedException("'" + text + "' is not a time of day like 18:00, in steps of five minutes");
    }

    private static Map<String, Integer> numbers(final String text, final String example) {
        final Map<String, Integer> numbers = new LinkedHashMap<>();
        if (isNone(text)) {
            return numbers;
        }
        for (final String part : List.of(text.split(",", -1))) {
            final String[] sides = part.strip().split("=", -1);
            if (sides.length != 2 || !sides[0].strip().matches("[A-Z0-9_/-]+")) {
                throw new PlanRefusedException("'" + part.strip() + "' is not like " + example);
            }
            final int number;
            try {
                number = whole(sides[1].strip(), 1, 255);
            } catch (final PlanRefusedException e) {
                throw new PlanRefusedException(sides[0].strip() + ": " + e.getMessage());
            }
            if (numbers.put(sides[0].strip(), number) != null) {
                throw new PlanRefusedException(sides[0].strip() + " is said twice");
            }
        }
        return numbers;
    }
}
