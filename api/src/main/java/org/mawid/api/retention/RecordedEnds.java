package org.mawid.api.retention;

import org.mawid.engine.Engine;
import org.mawid.engine.readmodel.PersonsView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.LineState;

/** As the records have it. */
final class RecordedEnds implements ApplicationEnds {
    private static final long PATIENCE_MS = 30_000;

    private final Engine engine;
    private final ReadModel model;
    private long position;

    RecordedEnds(final Engine engine) {
        this.engine = engine;
        model = engine.readModel();
    }

    @Override
    public void begin() {
        position = engine.status().appliedPosition();
        model.records().awaitOpen(PATIENCE_MS);
        if (!model.availability().awaitPosition(position, PATIENCE_MS)) {
            throw new ReadModelBehindException("what is known of persons is behind the core");
        }
        records();
    }

    @Override
    public boolean isEnded(final long application, final long submittedMs) {
        final Records.Application found = records().application(application); // one that is not in them is older than what they are behind of: it was retired
        return found == null || (submittedMs == 0 || found.submittedMs() == submittedMs) && found.lines().stream().allMatch(line -> isEnded(line.state()));
    }

    @Override
    public long[] of(final long person) {
        final long[] applications = model.persons().applicationsOf(person);
        return applications.length < PersonsView.MOST ? applications : null;
    }

    private Records records() {
        if (!model.records().awaitPosition(position, PATIENCE_MS)) {
            throw new ReadModelBehindException("records are behind the core");
        }
        return model.records();
    }

    static boolean isEnded(final LineState state) {
        return switch (state) {
            case FULFILLED, REJECTED, WITHDRAWN, EXPIRED -> true;
            default -> false;
        };
    }
}
