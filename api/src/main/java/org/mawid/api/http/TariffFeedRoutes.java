package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.mawid.api.gateway.Cause;
import org.mawid.api.treasury.tariff.TariffDifference;
import org.mawid.api.treasury.tariff.TariffRound;

/** The treasury's prices beside ours. */
final class TariffFeedRoutes {
    private TariffFeedRoutes() {
    }

    static JsonObject feed(final Call call) {
        final OnlinePayments treasury = call.loop().payments();
        if (treasury == null) {
            throw new Fault(Problem.of(Cause.NO_TREASURY));
        }
        final TariffRound.Seen seen = treasury.tariffs().seen();
        final JsonArray differences = new JsonArray();
        for (final TariffDifference one : seen.differences()) {
            differences.add(new JsonObject().put("serviceId", one.service().serviceId()).put("service", one.service().code()).put("date", Times.date(one.fromDay()))
                    .put("feedCentimes", one.feedCentimes()).put("catalogueCentimes", one.catalogueCentimes()));
        }
        return new JsonObject().put("version", seen.version()).put("applies", treasury.tariffs().isApplying()).put("refused", new JsonArray(seen.refused())).put("differences", differences);
    }
}
