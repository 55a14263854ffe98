package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import org.mawid.api.application.WorkPage;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.WorkView.Work;
import org.mawid.sbe.Result;

/** What the officers of a post have to decide. */
final class WorkRoutes {
    private WorkRoutes() {
    }

    static JsonObject list(final Call call) {
        final ReadModel model = call.loop().readModel();
        final long position = model.position();
        final int postId = call.post(call.text("post")).postId();
        final int serviceId = call.has("service") ? call.service(call.text("service")).serviceId() : 0;
        final WorkPage.Query query = new WorkPage.Query(postId, serviceId, call.has("assignedTo"), call.key("assignedTo"), call.has("after") ? call.text("after") : "", call.integer("limit"));
        if (!query.isWhole(call.loop().references())) {
            throw new Fault(Problem.of(Result.MALFORMED).in("after", "not the end of a page"));
        }
        final WorkPage page = WorkPage.of(model.work(), call.loop().references(), query, call.loop().gateway().nowMs());
        final JsonArray work = new JsonArray();
        page.work().forEach(one -> work.add(work(call, page, one, call.loop().zone(postId))));
        final JsonObject json = new JsonObject().put("work", work).put("waiting", page.totals().waiting()).put("overdue", page.totals().overdue()).put("oldestAgeSeconds", page.oldestAgeSeconds());
        if (!page.next().isEmpty()) {
            json.put("next", page.next());
        }
        return json.put("position", position);
    }

    private static JsonObject work(final Call call, final WorkPage page, final Work one, final ZoneId zone) {
        final JsonObject json = new JsonObject().put("application", call.loop().references().text(ReferenceKind.APPLICATION, one.applicationId())).put("postId", one.postId());
        Times.put(json, "since", one.sinceMs(), zone);
        Times.put(json, "dueAt", one.dueMs(), zone);
        json.put("ageSeconds", page.ageSeconds(one.sinceMs())).put("isOverdue", one.isOverdue(page.nowMs())).put("services", new JsonArray(one.services()))
                .put("submitted", Bodies.lines(one.submitted())).put("documentsNeeded", Bodies.lines(one.needed()));
        if (one.officerAt(page.nowMs()) != 0) {
            Times.put(json.put("assignedTo", Bodies.key(one.officer())), "assignedUntil", one.untilMs(), zone);
        }
        return json;
    }
}
