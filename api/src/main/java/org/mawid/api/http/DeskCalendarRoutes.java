package org.mawid.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.ZoneId;
import org.mawid.api.schedule.DeskCalendar;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Result;

/** A desk's days as a calendar that programs subscribe to. */
final class DeskCalendarRoutes {
    private static final CharSequence CALENDAR = HttpHeaders.createOptimized("text/calendar; charset=utf-8");

    private DeskCalendarRoutes() {
    }

    /** The agenda is waited for, on a worker thread. */
    static void feed(final Call call) {
        final CatalogueView.Post post = call.post(call.text("post"));
        final CatalogueView.Pool desk = desk(call, post, call.text("desk"));
        final ReadModel model = call.loop().readModel();
        final ZoneId zone = call.loop().zone(post.postId());
        final String place = call.loop().place(desk.poolId());
        Reads.whenReached(call, model::position, () -> Reads.find(call, asked -> DeskCalendar.of(model, desk, post.code(), zone, place, asked.loop().gateway().nowMs()), feed -> give(call, feed.tag(), feed.ics())));
    }

    /** Unless the program has it as it is. @param version of it @param ics in UTF-8 */
    static void give(final Call call, final String version, final byte[] ics) {
        final String tag = '"' + version + '"';
        final String known = call.text("If-None-Match");
        if (known != null && (known.equals("*") || known.contains(tag))) {
            call.notModified(tag);
        } else {
            call.tagged(CALENDAR, tag, Buffer.buffer(ics));
        }
    }

    private static CatalogueView.Pool desk(final Call call, final CatalogueView.Post post, final String codeOrId) {
        return call.loop().catalogue().pools(post.postId()).stream().filter(one -> one.kind() == PoolKind.DESK)
                .filter(one -> Call.isNumber(codeOrId) ? one.poolId() == Integer.parseInt(codeOrId) : one.code().equals(codeOrId))
                .findFirst().orElseThrow(() -> new Fault(Result.POOL_UNKNOWN));
    }
}
