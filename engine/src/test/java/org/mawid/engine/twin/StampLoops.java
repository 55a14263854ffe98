package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.sbe.LineState;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.StampState;

/** Stamps of one application issued and made void again and again, up to the most that there may be and beyond: by every way that issues. */
final class StampLoops {
    private static final int LIMIT = 256;
    private static final int FAR_BEYOND = LIMIT + 40;
    private static final int REFUSALS = 60;

    private final Dice dice;
    private final Model model;
    private final TrafficCommands traffic;
    private long chosen;
    private int atTheLimit;

    StampLoops(final Dice dice, final Model model, final TrafficCommands traffic) {
        this.dice = dice;
        this.model = model;
        this.traffic = traffic;
    }

    /** Only core version 1 lets it come so far. */
    boolean areBeyondTheLimit() {
        final Model.Application one = model.applications.get(chosen);
        return model.coreVersion == 1 && one != null && NaiveStamps.everOf(one) > LIMIT + 4;
    }

    Command next(final Request request) {
        final Predicate<Model.Line> priced = line -> line.state == LineState.VALIDATED && isPriced(line);
        Model.Application one = model.applications.get(chosen);
        if (one == null || TrafficCommands.lines(one, priced) == 0 || atTheLimit > REFUSALS) {
            one = traffic.some(each -> Integer.bitCount(TrafficCommands.lines(each, priced)) >= 3);
            if (one == null) {
                return traffic.validate(request);
            }
            chosen = one.id;
            atTheLimit = 0;
        }
        final int wanting = TrafficCommands.lines(one, line -> priced.test(line) && !line.hasLiveStamp());
        final int ever = NaiveStamps.everOf(one);
        if (ever > LIMIT - Integer.bitCount(wanting) && wanting != 0) {
            atTheLimit += model.coreVersion > 1 ? 1 : 0;
            return ever > FAR_BEYOND ? traffic.hold(request) : anyWay(request, one, wanting);
        }
        final List<Long> issued = new ArrayList<>();
        one.lines.forEach(line -> line.stamps.stream().filter(stamp -> stamp.state == StampState.ISSUED).forEach(stamp -> issued.add(stamp.id)));
        if (wanting == 0 || !issued.isEmpty() && dice.percent(80)) {
            return issued.isEmpty() ? traffic.voidStamp(request) : new Command.VoidStamp(request, dice.of(issued));
        }
        return issue(request, one, wanting);
    }

    private Command anyWay(final Request request, final Model.Application one, final int wanting) {
        final int free = Integer.lowestOneBit(TrafficCommands.lines(one, Model.Line::isFree) & wanting);
        final Model.Hold held = model.holds.values().stream().filter(hold -> hold.application == one).findFirst().orElse(null);
        final int choice = dice.below(10);
        if (choice < 4 && held != null) {
            return new Command.Confirm(request, held.id, true);
        }
        if (choice < 7 && free != 0) {
            final List<Command.Leg> legs = traffic.legs(one, free);
            return legs.isEmpty() ? issue(request, one, free) : new Command.Hold(request, one.id, choice % 2 == 0, legs);
        }
        if (choice < 8 && free != 0) {
            final int service = one.lines.get(Integer.numberOfTrailingZeros(free)).serviceId;
            final List<Integer> desks = new ArrayList<>();
            model.pools.values().stream().filter(pool -> pool.kind == PoolKind.DESK && pool.serves.contains(service)
                    && (one.postId == 0 || one.postId == pool.post.id)).forEach(pool -> desks.add(pool.id));
            return desks.isEmpty() ? issue(request, one, free) : new Command.WalkIn(request, one.id, 1, dice.of(desks), model.today(), free, true, List.of());
        }
        return issue(request, one, dice.percent(50) ? Integer.lowestOneBit(wanting) : wanting);
    }

    private Command issue(final Request request, final Model.Application one, final int lines) {
        return new Command.IssueStamps(request, one.id, dice.percent(70) ? lines : dice.partOf(lines), post(dice.percent(90)));
    }

    private int post(final boolean withRate) {
        final List<Integer> posts = new ArrayList<>();
        model.posts.values().stream().filter(post -> !withRate || post.microMadPerUnit != 0).forEach(post -> posts.add(post.id));
        return posts.isEmpty() ? 1 : dice.of(posts);
    }

    private boolean isPriced(final Model.Line line) {
        final Model.Tariff tariff = model.services.get(line.serviceId).tariffAt(model.nowMs);
        return tariff != null && tariff.unitCentimes() > 0;
    }
}
