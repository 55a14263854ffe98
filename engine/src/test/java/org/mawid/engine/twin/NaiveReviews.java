package org.mawid.engine.twin;

import static org.mawid.sbe.Result.ASSIGNED_TO_OTHER;
import static org.mawid.sbe.Result.CORE_VERSION_UNSUPPORTED;
import static org.mawid.sbe.Result.FORBIDDEN;
import static org.mawid.sbe.Result.LINE_STATE;

import java.util.TreeSet;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.DocumentKind;
import org.mawid.sbe.LineState;
import org.mawid.sbe.ScanState;

/** Documents that are asked for and given, who decides about an application for a while, and lines that are validated by rule. */
final class NaiveReviews {
    private final Model model;
    private final NaiveApplications applications;
    private final NaiveEvents events;

    NaiveReviews(final Model model, final NaiveApplications applications, final NaiveEvents events) {
        this.model = model;
        this.applications = applications;
        this.events = events;
    }

    Answer ask(final Command.AskForDocuments c) {
        Refusal.when(model.coreVersion < 9, CORE_VERSION_UNSUPPORTED);
        final Model.Application application = applications.application(c.applicationId());
        Refusal.when(applications.lines(application, c.lines()).stream().anyMatch(line -> !line.isUndecided()), LINE_STATE);
        mustNotBeOfOther(model, application, c.request().actor());

        open(application);
        for (final Model.Line line : applications.lines(application, c.lines())) {
            final TreeSet<Integer> kinds = kinds(c.kinds());
            saw(line.state == LineState.SUBMITTED ? "asked" : "asked for more");
            line.state = LineState.DOCUMENTS_NEEDED;
            line.wanted.addAll(kinds);
            if (line.clean.removeAll(kinds)) {
                saw("wanted anew");
            }
        }
        applications.touch(application);
        events.linesDecided(application, c.lines(), LineState.DOCUMENTS_NEEDED, c.reasonCode());
        applications.giveReason(application, c.lines(), c.reasonCode(), c.textHash());
        events.documentsAsked(application, c);
        return Answer.DONE;
    }

    Answer resubmit(final Command.ResubmitLines c) {
        Refusal.when(model.coreVersion < 9, CORE_VERSION_UNSUPPORTED);
        final Model.Application application = applications.application(c.applicationId());
        Refusal.when(applications.lines(application, c.lines()).stream().anyMatch(line -> line.state != LineState.DOCUMENTS_NEEDED), LINE_STATE);

        open(application);
        if (application.lines.stream().noneMatch(line -> line.state == LineState.SUBMITTED)) {
            application.review.sinceMs = model.nowMs;
        } else {
            saw("kept its place");
        }
        applications.lines(application, c.lines()).forEach(line -> {
            line.state = LineState.SUBMITTED;
            line.reason = null;
        });
        applications.touch(application);
        events.linesDecided(application, c.lines(), LineState.SUBMITTED, 0);
        saw("resubmitted");
        return Answer.DONE;
    }

    Answer assign(final Command.AssignApplication c) {
        Refusal.when(model.coreVersion < 9, CORE_VERSION_UNSUPPORTED);
        final Model.Application application = applications.application(c.applicationId());
        Refusal.when(application.lines.stream().noneMatch(Model.Line::isUndecided), LINE_STATE);
        Refusal.when(c.request().actor() == 0, FORBIDDEN);
        if (!c.takesOver()) {
            mustNotBeOfOther(model, application, c.request().actor());
        } else if (isAssigned(application) && application.review.officer != c.request().actor()) {
            saw("taken over");
        }
        if (c.forMs() == 0 && application.review == null) {
            return Answer.DONE;
        }

        open(application);
        saw(c.forMs() == 0 ? "given back" : application.review.untilMs != 0 && application.review.officer != c.request().actor() ? "assigned after its time" : "assigned");
        application.review.officer = c.forMs() == 0 ? 0 : c.request().actor();
        application.review.untilMs = c.forMs() == 0 ? 0 : model.nowMs + c.forMs();
        applications.touch(application);
        events.applicationAssigned(application);
        return Answer.done(application.review.untilMs, 0, 0);
    }

    Answer recordDocument(final Command.RecordDocument c) {
        Refusal.when(model.coreVersion < 8, CORE_VERSION_UNSUPPORTED);
        final Model.Application application = applications.application(c.applicationId());
        applications.lines(application, c.lines());

        applications.touch(application);
        events.documentRecorded(application, c);
        if (model.coreVersion < 9 || c.kind() == null || c.kind() == DocumentKind.NOT_SAID) {
            return Answer.DONE;
        }
        events.documentKindRecorded(application, c);
        if (c.scan() != ScanState.NOT_SCANNED) {
            count(application, c);
        }
        return Answer.DONE;
    }

    private void count(final Model.Application application, final Command.RecordDocument c) {
        final int kind = c.kind().value();
        final boolean isAssigned = isAssigned(application);
        int complete = 0;
        for (int i = 0; i < application.lines.size(); i++) {
            final Model.Line line = application.lines.get(i);
            if ((c.lines() & 1 << i) == 0 || !line.isUndecided()) {
                continue;
            }
            if (c.scan() == ScanState.CLEAN) {
                open(application);
                line.clean.add(kind);
                if (isComplete(line) && isAssigned) {
                    saw("left to the officer who has it");
                } else if (isComplete(line)) {
                    complete |= 1 << i;
                }
            } else if (line.clean.remove(kind)) {
                saw("infected after all");
            }
        }
        if (complete != 0) {
            saw("validated by rule");
            applications.becomeValidated(application, complete);
        }
    }

    private boolean isComplete(final Model.Line line) {
        final Command.SetServiceDocuments said = model.services.get(line.serviceId).documents;
        if (said == null || !said.validates() || said.kinds() == 0) {
            return false;
        }
        final boolean isThere = line.clean.containsAll(kinds(said.kinds()));
        if (isThere && !line.wanted.isEmpty()) {
            saw("left to the officer who asked");
        }
        return isThere && line.wanted.isEmpty();
    }

    private boolean isAssigned(final Model.Application application) {
        return application.review != null && application.review.untilMs > model.nowMs;
    }

    /** Whoever has an application for themselves decides about it alone. */
    static void mustNotBeOfOther(final Model model, final Model.Application application, final long actor) {
        final Model.Review review = application.review;
        final boolean inForce = review != null && review.untilMs > model.nowMs;
        Refusal.when(inForce && review.officer != actor, ASSIGNED_TO_OTHER, inForce ? review.untilMs : 0);
    }

    /** After lines of it were decided. */
    static void decided(final Model.Application application) {
        for (final Model.Line line : application.lines) {
            if (!line.isUndecided()) {
                line.wanted.clear();
                line.clean.clear();
            }
        }
        if (application.lines.stream().noneMatch(Model.Line::isUndecided)) {
            application.review = null;
        }
    }

    private static void open(final Model.Application application) {
        if (application.review == null) {
            application.review = new Model.Review(application.submittedMs);
        }
    }

    static TreeSet<Integer> kinds(final long set) {
        final TreeSet<Integer> kinds = new TreeSet<>();
        for (int kind = 1; kind < Integer.SIZE; kind++) {
            if ((set & 1L << kind) != 0) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private void saw(final String what) {
        model.reviewsSeen.merge(what, 1, Integer::sum);
    }
}
