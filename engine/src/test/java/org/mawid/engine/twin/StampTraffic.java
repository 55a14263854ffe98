package org.mawid.engine.twin;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.sbe.LineState;
import org.mawid.sbe.StampMatter;
import org.mawid.sbe.StampState;

/** What is asked of stamps beside their payment: used, given back, waived, used again. */
final class StampTraffic {
    private final Dice dice;
    private final Model model;
    private final TrafficCommands traffic;

    StampTraffic(final Dice dice, final Model model, final TrafficCommands traffic) {
        this.dice = dice;
        this.model = model;
        this.traffic = traffic;
    }

    Command next(final Request request) {
        final int choice = dice.below(100);
        if (choice < 26) {
            return consume(request);
        } else if (choice < 44) {
            return reuse(request);
        } else if (choice < 52) {
            return endLine(request);
        } else if (choice < 72) {
            return propose(request);
        } else if (choice < 88) {
            return decide(request);
        } else if (choice < 96) {
            return refund(request);
        }
        return issue(request);
    }

    Command issue(final Request request) {
        return traffic.issueStamps(request);
    }

    Command consume(final Request request) {
        final Model.Stamp stamp = dice.percent(86) ? some(each -> (each.state == StampState.PAID || each.state == StampState.WAIVED && !each.isUsed())
                && (each.ofLine().state == LineState.VALIDATED || each.ofLine().state == LineState.FULFILLED)) : some(each -> each.state != StampState.VOID);
        if (stamp == null) {
            return issue(request);
        }
        return new Command.ConsumeStamp(request, stamp.id, dice.percent(98) ? stamp.application.id : 1, model.today() + (dice.percent(90) ? 0
                : dice.between(-2, 2)), dice.percent(70) ? stamp.post.id : dice.percent(90) ? dice.between(1, WorldCommands.POSTS) : 9,
                dice.percent(97) ? stamp.line : dice.below(16));
    }

    /** A line for which somebody has paid ends without an act. */
    private Command endLine(final Request request) {
        final Model.Stamp stamp = some(each -> each.state == StampState.PAID && each.ofLine().isOpen() && !each.ofLine().isTaken());
        if (stamp == null) {
            return consume(request);
        }
        return dice.percent(50) ? new Command.RejectLines(request, stamp.application.id, 1 << stamp.line, 7, 7)
                : new Command.WithdrawLines(request, stamp.application.id, 1 << stamp.line);
    }

    /** On the way to using a stamp again: another line of the same kind is asked for, validated, and then gets it. */
    private Command reuse(final Request request) {
        final Model.Stamp stamp = some(each -> each.state == StampState.PAID && MoneyTraffic.hasEndedWithoutService(each.ofLine()));
        if (stamp == null) {
            return endLine(request);
        }
        final Model.Line old = stamp.ofLine();
        final boolean careless = dice.percent(8);
        final Predicate<Model.Line> fits = line -> careless ? line.state == LineState.VALIDATED : line.isOpen() && !line.hasLiveStamp()
                && line.personKey == old.personKey && line.serviceId == old.serviceId && line.quantity == old.quantity;
        final Model.Application application = traffic.some(each -> TrafficCommands.lines(each, fits) != 0);
        if (application == null) {
            return new Command.SubmitApplication(request, 0, 0, List.of(old.asked));
        }
        final int line = Integer.numberOfTrailingZeros(TrafficCommands.lines(application, fits));
        if (application.lines.get(line).state != LineState.VALIDATED && dice.percent(95)) {
            return new Command.ValidateLines(request, application.id, 1 << line);
        }
        return new Command.ReuseStamp(request, stamp.id, application.id, dice.percent(97) ? line : dice.below(16));
    }

    private Command propose(final Request request) {
        final StampMatter matter = dice.oneOf(StampMatter.REFUND, StampMatter.WAIVER, StampMatter.CONSUMPTION_REVERSAL);
        final Model.Stamp stamp = dice.percent(90) ? some(each -> each.matter == null && switch (matter) {
            case REFUND -> each.state == StampState.PAID;
            case WAIVER -> each.state == StampState.ISSUED;
            default -> each.isUsed() && each.consumedDay >= model.today() - 1 && each.state != StampState.CHARGED_BACK;
        }) : some(each -> true);
        if (stamp == null) {
            return consume(request);
        }
        return new Command.Propose(request, stamp.id, dice.any(), dice.percent(92) && stamp.isUsed() ? stamp.consumedDay : model.today(),
                dice.below(100), matter);
    }

    private Command decide(final Request request) {
        final Model.Stamp stamp = dice.percent(95) ? some(each -> each.matter != null && !each.refundApproved) : some(each -> true);
        if (stamp == null) {
            return propose(request);
        }
        final StampMatter matter = stamp.matter == null || dice.percent(4) ? StampMatter.WAIVER : stamp.matter;
        final Request by = request.actor() == stamp.proposer && dice.percent(60) ? request.withActor(6) : request;
        return new Command.Decide(by, stamp.id, dice.any(), dice.percent(92) && stamp.isUsed() ? stamp.consumedDay : model.today(), dice.below(100),
                matter, dice.percent(70));
    }

    private Command refund(final Request request) {
        final Model.Stamp stamp = dice.percent(90) ? some(each -> each.refundApproved) : some(each -> each.state == StampState.REFUNDED);
        if (stamp == null) {
            return decide(request);
        }
        return new Command.RecordRefund(request, stamp.id, Math.min(NaivePayments.MOST_MINOR, stamp.localMinor + (dice.percent(5) ? 1 : 0)),
                dice.oneOf("", "R" + stamp.id), dice.percent(95) ? stamp.currency : "XXX");
    }

    /** The first stamp of that kind after a random one, or null. */
    Model.Stamp some(final Predicate<Model.Stamp> wanted) {
        final long start = 1 + dice.upTo(model.lastStamp);
        for (final Map<Long, Model.Stamp> part : List.of(model.stamps.tailMap(start), model.stamps.headMap(start))) {
            for (final Model.Stamp stamp : part.values()) {
                if (wanted.test(stamp)) {
                    return stamp;
                }
            }
        }
        return null;
    }
}
