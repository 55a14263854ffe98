package org.mawid.engine.twin;

import java.util.function.Predicate;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.sbe.DocumentKind;
import org.mawid.sbe.DocumentType;
import org.mawid.sbe.LineState;
import org.mawid.sbe.ScanState;

/** Officers who ask for documents and take applications for themselves, applicants who give what is asked for, and services that say what that is. */
final class ReviewTraffic {
    private static final int SHARE = 7;
    private static final long OFFICERS = 3;
    private static final DocumentKind[] KINDS = {DocumentKind.PASSPORT, DocumentKind.PHOTO, DocumentKind.FAMILY_BOOK, DocumentKind.OTHER};

    private final Dice dice;
    private final Model model;
    private final TrafficCommands traffic;

    ReviewTraffic(final Dice dice, final Model model, final TrafficCommands traffic) {
        this.dice = dice;
        this.model = model;
        this.traffic = traffic;
    }

    boolean isTheirTurn() {
        return dice.percent(SHARE);
    }

    Command next(final Request request) {
        final int choice = dice.below(100);
        if (choice < 18) {
            return ask(request);
        } else if (choice < 30) {
            return resubmit(request);
        } else if (choice < 45) {
            return assign(request);
        } else if (choice < 80) {
            return document(request);
        } else if (choice < 86) {
            return serviceDocuments(request);
        } else if (choice < 96) {
            return decide(request);
        }
        return mischief(request);
    }

    /** With a line of which that is so, mostly; of the newest ones, so that some are met again. */
    private Model.Application application(final Predicate<Model.Line> wanted) {
        Model.Application found = null;
        int looked = 0;
        for (final Model.Application each : model.applications.descendingMap().values()) {
            if (++looked > 400) {
                break;
            }
            if (TrafficCommands.lines(each, wanted) != 0) {
                found = each;
                if (dice.percent(15)) {
                    break;
                }
            }
        }
        return found == null || dice.percent(3) ? traffic.some(each -> true) : found;
    }

    private int lines(final Model.Application application, final Predicate<Model.Line> wanted) {
        final int lines = TrafficCommands.lines(application, wanted);
        return lines == 0 || dice.percent(4) ? dice.oneOf(application.allLines(), 1, dice.below(65_536)) : dice.partOf(lines);
    }

    /** Whoever has it, mostly. */
    private Request officer(final Request request, final Model.Application application) {
        final boolean has = application.review != null && application.review.officer != 0;
        return request.withActor(has && dice.percent(70) ? application.review.officer : dice.between(1, (int) OFFICERS));
    }

    private long kinds() {
        long kinds = 0;
        for (int i = dice.between(1, 2); i > 0; i--) {
            kinds |= 1L << dice.oneOf(KINDS).value();
        }
        return kinds;
    }

    private Command ask(final Request request) {
        final Model.Application application = application(Model.Line::isUndecided);
        return application == null ? traffic.submit(request)
                : new Command.AskForDocuments(officer(request, application), application.id, dice.oneOf(0L, dice.any()), kinds(), lines(application, Model.Line::isUndecided), dice.percent(30) ? 0 : dice.below(500));
    }

    private Command resubmit(final Request request) {
        final Predicate<Model.Line> needed = line -> line.state == LineState.DOCUMENTS_NEEDED;
        final Model.Application application = application(needed);
        return application == null ? traffic.submit(request) : new Command.ResubmitLines(request, application.id, lines(application, needed));
    }

    private Command assign(final Request request) {
        final Model.Application application = application(Model.Line::isUndecided);
        return application == null ? traffic.submit(request)
                : new Command.AssignApplication(officer(request, application), application.id, dice.oneOf(0L, 20_000L, 3_600_000L, Model.DAY_MS, Model.DAY_MS, Model.DAY_MS), dice.percent(40));
    }

    /** What is missing yet, mostly. */
    private Command document(final Request request) {
        final Model.Application application = application(Model.Line::isUndecided);
        if (application == null) {
            return traffic.submit(request);
        }
        final int lines = lines(application, Model.Line::isUndecided);
        DocumentKind kind = dice.oneOf(KINDS);
        for (final Model.Line line : NaiveApplications.linesOf(application, lines)) {
            final Command.SetServiceDocuments said = model.services.get(line.serviceId).documents;
            for (final int asked : said == null ? line.wanted : NaiveReviews.kinds(said.kinds())) {
                kind = line.clean.contains(asked) || dice.percent(20) ? kind : DocumentKind.get((short) asked);
            }
        }
        return new Command.RecordDocument(request, application.id, dice.any(), dice.between(1, 10_000_000), lines, dice.between(1, 9), DocumentType.PDF,
                dice.oneOf(ScanState.CLEAN, ScanState.CLEAN, ScanState.CLEAN, ScanState.INFECTED, ScanState.NOT_SCANNED), dice.percent(5) ? null : dice.percent(5) ? DocumentKind.NOT_SAID : kind);
    }

    private Command serviceDocuments(final Request request) {
        return new Command.SetServiceDocuments(request, WorldCommands.SERVICES[dice.below(WorldCommands.SERVICES.length)], dice.percent(10) ? 0 : kinds(), dice.percent(75));
    }

    /** As the officer who has it, or another one. */
    private Command decide(final Request request) {
        final Model.Application application = application(Model.Line::isUndecided);
        if (application == null) {
            return traffic.submit(request);
        }
        final int lines = lines(application, Model.Line::isUndecided);
        return dice.percent(60) ? new Command.ValidateLines(officer(request, application), application.id, lines)
                : new Command.RejectLines(officer(request, application), application.id, lines, dice.any(), dice.below(500));
    }

    private Command mischief(final Request request) {
        final long last = model.lastApplication;
        return switch (dice.below(8)) {
            case 0 -> new Command.AskForDocuments(request, last, 0, dice.oneOf(0L, 1L, 1L << 30), 1, 0);
            case 1 -> new Command.AskForDocuments(request, last + 1, 0, 2, 1, 0);
            case 2 -> new Command.ResubmitLines(request, dice.oneOf(last + 1, -1L), 1);
            case 3 -> new Command.AssignApplication(request.withActor(0), last, 60_000, false);
            case 4 -> new Command.AssignApplication(request, last, dice.oneOf(-1L, Model.DAY_MS + 1), false);
            case 5 -> new Command.AssignApplication(request, last + 1, 60_000, true);
            case 6 -> new Command.SetServiceDocuments(request, dice.oneOf(0, 99, 129), 2, true);
            default -> new Command.SetServiceDocuments(request, 1, dice.oneOf(1L, 1L << 29), false);
        };
    }
}
