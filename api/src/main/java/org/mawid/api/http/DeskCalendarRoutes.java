package org.mawid.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.ZoneId;
import org.mawid.api.schedule.DeskCalendar;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Result;

/** A desk's days as a calendar, for whoever has the link to it: programs that subscribe to calendars cannot say who they are. */
final class DeskCalendarRoutes {
    private static final CharSequence CALENDAR = HttpHeaders.createOptimized("text/calendar; charset=utf-8");

    private DeskCalendarRoutes() {
    }

    /** Where it is, for whoever may see the day. @return null: it is no desk */
    static String link(final Call call, final int poolId) {
        final CatalogueView.Pool desk = call.loop().catalogue().pool(poolId);
        final CatalogueView.Post post = desk == null || desk.kind() != PoolKind.DESK ? null : call.loop().catalogue().post(desk.postId());
        return post == null ? null : "/v1/posts/" + post.code() + "/desks/" + poolId + "/calendar/" + DeskCalendar.token(call.loop().gateway().references(), poolId);
    }

    /** The agenda is waited for, on a worker thread. With another token there is no such desk. */
    static void feed(final Call call) {
        final CatalogueView.Post post = call.post(call.text("post"));
        final CatalogueView.Pool desk = desk(call, post, call.text("desk"));
        if (!DeskCalendar.isToken(call.loop().gateway().references(), desk.poolId(), call.text("token"))) {
            throw new Fault(Result.POOL_UNKNOWN);
        }
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
