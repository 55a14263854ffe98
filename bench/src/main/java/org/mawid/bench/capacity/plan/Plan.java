package org.mawid.bench.capacity.plan;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.mawid.api.network.Network.Post;

/** What is to be simulated. Every value was said as a text, in a file or on the command line, or is the usual one. Immutable. */
public final class Plan {
    /** @param where file and line, or the option, or empty for the usual value */
    private record Value(String text, Object meant, String where) {
    }

    private final String name;
    private final LocalDate today;
    private final Map<PlanKey, Value> values;

    private Plan(final String name, final LocalDate today, final Map<PlanKey, Value> values) {
        this.name = name;
        this.today = today;
        this.values = values;
    }

    /** Nothing said. @param today the day of the run, at any post */
    public static Plan usual(final LocalDate today) {
        final Map<PlanKey, Value> values = new EnumMap<>(PlanKey.class);
        for (final PlanKey key : PlanKey.values()) {
            values.put(key, new Value(key.usual(), key.parse(key.usual()), ""));
        }
        return new Plan("as it is", today, values);
    }

    /** @param where for a message: file and line, or the option @throws PlanRefusedException naming where and what would be right */
    public Plan with(final PlanKey key, final String text, final String where) {
        final Map<PlanKey, Value> changed = new EnumMap<>(values);
        try {
            changed.put(key, new Value(text.strip(), key.parse(text), where));
        } catch (final PlanRefusedException e) {
            throw new PlanRefusedException((where.isEmpty() ? key.key() : where) + ": " + e.getMessage());
        }
        return new Plan(name, today, changed);
    }

    /** The same from within: the value is known to be right. */
    public Plan with(final PlanKey key, final String text) {
        return with(key, text, key.key());
    }

    /** Whether somebody said it, even if it is the usual value. */
    public boolean isSaid(final PlanKey key) {
        return !values.get(key).where.isEmpty();
    }

    public Plan named(final String newName) {
        return new Plan(newName, today, values);
    }

    /** How it is called where several stand side by side. */
    public String name() {
        return name;
    }

    /** Refuses something that only shows together with the network. */
    public PlanRefusedException refusal(final PlanKey key, final String why) {
        final String where = values.get(key).where;
        return new PlanRefusedException((where.isEmpty() ? key.key() : where) + ": " + why);
    }

    public boolean isUsual(final PlanKey key) {
        return values.get(key).text.equals(key.usual());
    }

    public String text(final PlanKey key) {
        return key == PlanKey.FROM ? from().toString() : values.get(key).text;
    }

    // ---- what is meant

    @SuppressWarnings("unchecked")
    public List<String> posts() {
        return (List<String>) values.get(PlanKey.POSTS).meant;
    }

    public LocalDate from() {
        return isFromToday() ? today : (LocalDate) values.get(PlanKey.FROM).meant;
    }

    /** Whether the first day is that of the run, whichever that is. */
    public boolean isFromToday() {
        return values.get(PlanKey.FROM).meant.equals(LocalDate.MIN);
    }

    public int weeks() {
        return (Integer) values.get(PlanKey.WEEKS).meant;
    }

    /** The first day that is not looked at any more. */
    public LocalDate to() {
        return from().plusWeeks(weeks());
    }

    public int warmUpWeeks() {
        return (Integer) values.get(PlanKey.WARM_UP).meant;
    }

    public double demand() {
        return (Double) values.get(PlanKey.DEMAND).meant;
    }

    @SuppressWarnings("unchecked")
    List<Shock> shocks() {
        return (List<Shock>) values.get(PlanKey.SHOCK).meant;
    }

    public double shockAt(final Post post, final LocalDate date) {
        double factor = 1;
        for (final Shock shock : shocks()) {
            factor *= shock.at(post, date);
        }
        return factor;
    }

    /** Days, from and to. */
    public double[] validationDays() {
        return ((double[]) values.get(PlanKey.VALIDATION).meant).clone();
    }

    /** Of {@link PlanKey#NO_SHOW} and the others that are shares: 0 to 1. */
    public double share(final PlanKey key) {
        return (Double) values.get(key).meant;
    }

    public Overbooked overbooked() {
        return (Overbooked) values.get(PlanKey.OVERBOOKING).meant;
    }

    public int measuredVisits() {
        return (Integer) values.get(PlanKey.MEASURED).meant;
    }

    @SuppressWarnings("unchecked")
    public Map<String, Integer> counters() {
        return (Map<String, Integer>) values.get(PlanKey.COUNTERS).meant;
    }

    @SuppressWarnings("unchecked")
    public Map<String, Integer> resources() {
        return (Map<String, Integer>) values.get(PlanKey.RESOURCES).meant;
    }

    /** @return null for the hours of the files */
    public LocalTime openUntil() {
        final LocalTime until = (LocalTime) values.get(PlanKey.OPEN_UNTIL).meant;
        return until.equals(LocalTime.MIDNIGHT) ? null : until;
    }

    public long seed() {
        return (Integer) values.get(PlanKey.SEED).meant;
    }

    /** Checks what only shows when all is said. */
    public Plan whole() {
        if (share(PlanKey.CANCEL) + share(PlanKey.MOVE) > 1) {
            throw refusal(PlanKey.CANCEL, "cancel and move are more than 100% together");
        }
        return this;
    }

    /** Every value as text, the first day as a date: what repeats the run. */
    public JsonObject toJson() {
        final JsonObject json = new JsonObject();
        for (final PlanKey key : PlanKey.values()) {
            json.put(key.key(), text(key));
        }
        return json;
    }
}
