package org.mawid.bench.capacity.result;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What a plan is judged by. More counters never make any of these larger, but for chance. */
public enum Measure {
    THIRD_NEXT("third-next-available", "d", "third next available visit, mean over the days", DeskFigures::thirdNextMeanDays),
    WAIT_HALF("waiting-days-p50", "d", "wait from when they look and could come to the visit, half of the people", of -> of.waitDays.percentile(50)),
    WAIT_MOST("waiting-days-p90", "d", "wait from when they look and could come to the visit, nine in ten", of -> of.waitDays.percentile(90)),
    UTILISATION("utilisation", "%", "of the counters' time somebody was served", DeskFigures::utilisationPercent),
    LOAD("load", "%", "minutes asked for, of the counters' time", DeskFigures::loadPercent),
    REFUSED("refused", "%", "of those who ask found nothing within their patience", DeskFigures::refusedPercent),
    DISPLACED("displaced", "%", "of those who ask came on another day than the first they would have liked", DeskFigures::displacedPercent),
    QUEUE("queue-minutes-p90", "min", "wait at the post, after the start of the visit, nine in ten", of -> of.queueMinutes.percentile(90));

    private final String key;
    private final String unit;
    private final String meaning;
    private final ToDoubleFunction<DeskFigures> value;

    Measure(final String key, final String unit, final String meaning, final ToDoubleFunction<DeskFigures> value) {
        this.key = key;
        this.unit = unit;
        this.meaning = meaning;
        this.value = value;
    }

    public String key() {
        return key;
    }

    String unit() {
        return unit;
    }

    public String meaning() {
        return meaning;
    }

    public double of(final DeskFigures figures) {
        return value.applyAsDouble(figures);
    }

    public String shown(final double figure) {
        return String.format(Locale.ROOT, "%.1f %s", figure, unit);
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(Measure::key).toList();
    }
}
