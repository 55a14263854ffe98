package org.mawid.bench.capacity.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mawid.api.overbooking.OverbookingRule;

/**
 * How far a plan offers more places than counters: by a share of all of them, or by the rule that posts may have.
 *
 * @param share of every pool's places that are added, 0 to 1; 0 where there is a rule
 * @param rule  null = none
 */
public record Overbooked(double share, OverbookingRule rule) {
    private static final Pattern RULE = Pattern.compile("([0-9]{1,2})\\s?min(?:\\s*,\\s*([0-9]{1,2})\\s?%)?");

    static Overbooked parse(final String text) {
        final Matcher said = RULE.matcher(text);
        if (!said.matches()) {
            if (text.endsWith("%") && !text.contains("min")) {
                return new Overbooked(PlanKey.share(text), null);
            }
            throw new PlanRefusedException("'" + text + "' is neither a share like 10% nor a mean wait like 10min, or 10min,20% with the most that is added to the counters");
        }
        try {
            return new Overbooked(0, new OverbookingRule(Integer.parseInt(said.group(1)), said.group(2) == null ? OverbookingRule.MOST_SHARE : Integer.parseInt(said.group(2)) / 100.0));
        } catch (final IllegalArgumentException e) {
            throw new PlanRefusedException("'" + text + "' is not a mean wait of 1 to 60 minutes, with 1% to 50% added to the counters at most");
        }
    }
}
