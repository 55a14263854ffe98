package org.mawid.api.server;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.mawid.api.control.Control;
import org.mawid.api.control.ControlException;
import org.mawid.api.http.PostZones;
import org.mawid.api.network.LiveNetwork;
import org.mawid.api.report.Activity;
import org.mawid.api.report.Report;
import org.mawid.api.report.ReportSpan;
import org.mawid.api.report.ReportText;
import org.mawid.api.report.Reports;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Setting;
import org.mawid.engine.readmodel.CatalogueView;

/** The sums of a server that keeps records; without records there are none. */
final class Reporting implements Reports, AutoCloseable {
    private final EmbeddedEngine engine;
    private final LiveNetwork network;
    private final Path edge;
    private final boolean keepsRecords;
    private volatile Activity activity; // null = not yet, or never

    Reporting(final EmbeddedEngine engine, final LiveNetwork network, final Path edge, final boolean keepsRecords) {
        this.engine = engine;
        this.network = network;
        this.edge = edge;
        this.keepsRecords = keepsRecords;
    }

    /** The zone of each post, as the files in force say it: the log does not know zones. */
    PostZones zones() {
        return postId -> {
            final CatalogueView.Post post = engine.readModel().catalogue().post(postId);
            return post == null ? ZoneOffset.UTC : network.names().zone(post.code());
        };
    }

    /** Once, when the files in force are known. */
    Reports start() {
        if (keepsRecords) {
            activity = Activity.start(engine.readModel(), zones()::of, edge);
        }
        return this;
    }

    @Override
    public Report days(final int postId, final LocalDate from, final LocalDate to) {
        return activity.days(postId, from, to);
    }

    @Override
    public Report months(final int postId, final YearMonth from, final YearMonth to) {
        return activity.months(postId, from, to);
    }

    @Override
    public long position() {
        final Activity following = activity;
        return following == null ? -1 : following.position();
    }

    /** For the operator: as much as is asked for, of all that was durable when it was asked for if that can be had in a few seconds. */
    JsonObject report(final Control.ReportOf wanted) {
        final Activity following = activity;
        if (following == null || !following.awaitPosition(engine.status().durablePosition())) {
            throw new ControlException(keepsRecords ? "what happened is not counted yet up to now, for the records are being made: ask again in a minute"
                    : "nothing is counted: this server keeps no records (" + Setting.RECORDS.key() + ")");
        }
        final CatalogueView.Post post = wanted.post() == null ? null : engine.readModel().catalogue().post(wanted.post());
        if (wanted.post() != null && post == null) {
            throw new ControlException("there is no post " + wanted.post());
        }
        try {
            return ReportText.json(ReportSpan.of(wanted.days(), wanted.from(), wanted.to(), engine.nowMs()).ask(following, post == null ? 0 : post.postId()));
        } catch (final IllegalArgumentException e) {
            throw new ControlException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        final Activity following = activity;
        if (following != null) {
            following.close(engine.status().durablePosition());
        }
    }
}
