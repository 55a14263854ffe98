package org.mawid.bench.capacity.demand;

import java.util.SplittableRandom;
import org.mawid.bench.capacity.demand.Temper.Change;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanKey;

/**
 * How people behave. Sources are the pages named in {@code demand.md}; [A] = our assumption, to be replaced by what a journal tells.
 * <ul>
 * <li>Validated after one to four days, evenly (published, Barcelona 2022; {@link PlanKey#VALIDATION}). 15 % of what is sent is rejected, each time anew
 * ({@link PlanKey#REJECTED}): nothing is published for Morocco; 15 % of a passport office's applications are put on hold for wrong details or papers
 * (Ahmedabad, ahmedabadmirror.com, 26 May 2023), 40 % of those in hand at the Irish passport service were incomplete (irishtimes.com, May 2022). Nine in ten
 * send it again, one to seven days later, at most three times [A].
 * <li>They look for a start within ten hours of that, evenly [A].
 * <li>Notice: a third could come at once, the others in one to six days [A].
 * <li>Half have no part of the day that they would rather come; 30 % start before noon, 20 % from noon on. 70 % come on any weekday, the
 * others on two of them [A]. They take the first start that suits, or the first of all when that is more than a week earlier [A].
 * <li>Patience: how far ahead they accept a date is lognormal, median 45 days, sigma 0.6, so that a tenth waits no longer than 21 days
 * and a tenth 97 and more [A], shaped on "more than a month and a half of wait" in Spain 2026 (icipress) and a mean lead of 33 days in Berlin
 * 2022 (tagesspiegel). Nothing within it: they look again each day for 3 to 21 days, evenly [A], then are counted as refused.
 * {@link PlanKey#ELSEWHERE} of these try the nearest other post of the country: none unless it is said, because nothing is published.
 * <li>2 to 8 minutes from hold to confirm; 4 % let the first hold lapse and look again a day later [A].
 * <li>15 % cancel or move (model) at an even moment until the visit [A]; who moves asks for one to eight days later, once [A].
 * <li>12 % do not come (model; 10 to 20 seen). Who cancelled or did not come is not seen again: those who ask anew are in the
 * published number of appointments already [A].
 * <li>56 % of services have their stamps issued with the confirmation (2.8 of 5.0 million, published; {@link PlanKey#STAMPED}), all of a visit or none
 * [A]; the others are paid at the counter.
 * <li>They arrive 20 minutes before to 8 minutes after the start, most some 8 before (triangular) [A].
 * <li>Service takes its nominal time times a lognormal factor of mean 1 and standard deviation 0.5 [A] ({@link PlanKey#SPREAD}).
 * </ul>
 */
public final class Behaviour {
    /** Days that the first start that suits may be later than the first of all. */
    public static final int FLEXIBLE_DAYS = 7;
    private static final int NOON = 720;
    private static final int MOST_REJECTIONS = 3;

    private final Plan plan;
    private final double sigma;
    private final double stampedVisits;

    /** @param paidShare of services that cost something, 0 to 1: only these can have a stamp */
    Behaviour(final Plan plan, final double paidShare) {
        this.plan = plan;
        this.stampedVisits = paidShare == 0 ? 0 : Math.min(1, plan.share(PlanKey.STAMPED) / paidShare);
        final double spread = plan.share(PlanKey.SPREAD);
        this.sigma = StrictMath.sqrt(StrictMath.log(1 + spread * spread));
    }

    /**
     * Always the same number of draws in the same order, so that one that differs changes no other.
     *
     * @param papers draws of its own for rejection and stamps
     */
    Temper draw(final SplittableRandom random, final SplittableRandom papers) {
        final double[] validation = plan.validationDays();
        final double validationDays = validation[0] + random.nextDouble() * (validation[1] - validation[0]);
        final double lookAfterDays = random.nextDouble() * 10 / 24;
        final double notice = random.nextDouble();
        final double noticeDays = notice < 1 / 3.0 ? 0 : 1 + (notice - 1 / 3.0) * 1.5 * 5;
        final double part = random.nextDouble();
        final int fromMinute = part >= 0.8 ? NOON : 0;
        final int untilMinute = part >= 0.5 && part < 0.8 ? NOON : Temper.DAY_MINUTES;
        final int weekdays = weekdays(random.nextDouble());
        final double patienceDays = 45 * StrictMath.exp(0.6 * normal(random));
        final double lookDays = 3 + random.nextDouble() * 18;
        final double confirmMinutes = 2 + random.nextDouble() * 6;
        final boolean letsLapse = random.nextDouble() < 0.04;
        final Change change = change(random.nextDouble());
        final double changeAt = random.nextDouble();
        final double moveDays = 1 + random.nextDouble() * 7;
        final boolean comes = random.nextDouble() >= plan.share(PlanKey.NO_SHOW);
        final double earlyMinutes = -triangular(random.nextDouble(), -20, -8, 8);
        final double serviceFactor = StrictMath.exp(sigma * normal(random) - sigma * sigma / 2);
        return new Temper(validationDays, lookAfterDays, noticeDays, fromMinute, untilMinute, weekdays, patienceDays, lookDays, confirmMinutes, letsLapse,
                change, changeAt, moveDays, comes, earlyMinutes, serviceFactor, times(papers, plan.share(PlanKey.REJECTED)), times(papers, plan.share(PlanKey.RESUBMITTED)),
                1 + papers.nextDouble() * 6, papers.nextDouble() < stampedVisits, papers.nextDouble() < plan.share(PlanKey.ELSEWHERE), random.nextDouble());
    }

    /** How often in a row something happens that has this chance each time. */
    private static int times(final SplittableRandom random, final double chance) {
        int times = 0;
        boolean goesOn = true;
        for (int i = 0; i < MOST_REJECTIONS; i++) {
            goesOn &= random.nextDouble() < chance;
            times += goesOn ? 1 : 0;
        }
        return times;
    }

    private Change change(final double drawn) {
        final double cancel = plan.share(PlanKey.CANCEL);
        return drawn < cancel ? Change.CANCEL : drawn < cancel + plan.share(PlanKey.MOVE) ? Change.MOVE : Change.NONE;
    }

    /** Any in 70 %, otherwise two of Monday to Friday, each pair alike. */
    private static int weekdays(final double drawn) {
        if (drawn < 0.7) {
            return Temper.ANY_WEEKDAY;
        }
        final int pair = Math.min(9, (int) ((drawn - 0.7) / 0.3 * 10));
        int seen = 0;
        for (int one = 0; one < 5; one++) {
            for (int other = one + 1; other < 5; other++) {
                if (seen++ == pair) {
                    return 1 << one | 1 << other;
                }
            }
        }
        throw new IllegalStateException("there are ten pairs of five days");
    }

    /** Box and Muller, strict: the same on any machine. */
    static double normal(final SplittableRandom random) {
        final double one = 1 - random.nextDouble();
        return StrictMath.sqrt(-2 * StrictMath.log(one)) * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }

    private static double triangular(final double drawn, final double least, final double most, final double greatest) {
        final double turn = (most - least) / (greatest - least);
        return drawn < turn ? least + Math.sqrt(drawn * (greatest - least) * (most - least))
                : greatest - Math.sqrt((1 - drawn) * (greatest - least) * (greatest - most));
    }
}
