package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import org.mawid.api.stamp.Prices;
import org.mawid.api.stamp.check.CallerLimit;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.Result;

/** What anybody may ask: what a stamp costs, and whether one is valid. */
final class PriceRoutes {
    private static final int TOO_MANY = 429;

    private PriceRoutes() {
    }

    static JsonObject prices(final Call call) {
        final long position = call.loop().readModel().position();
        final CatalogueView catalogue = call.loop().catalogue();
        final CatalogueView.Post post = call.post(call.text("post"));
        final long nowMs = call.loop().gateway().nowMs();
        final JsonArray prices = new JsonArray();
        for (final Prices.Price found : Prices.of(catalogue, post, nowMs).prices()) {
            final JsonObject price = new JsonObject().put("serviceId", found.service().serviceId()).put("service", found.service().code())
                    .put("amountCentimes", found.tariff().unitCentimes()).put("tariffVersion", found.tariff().version());
            if (found.quote() != null) {
                price.put("localMinor", found.quote().localMinor());
            }
            prices.add(price);
        }
        final JsonObject json = new JsonObject().put("postId", post.postId()).put("post", post.code()).put("currency", post.currency())
                .put("minorDigits", post.minorDigits())
                .put("date", LocalDate.ofInstant(Instant.ofEpochMilli(nowMs), call.loop().zone(post.postId())).toString());
        if (post.microMadPerUnit() != 0) {
            json.put("microMadPerUnit", post.microMadPerUnit());
        }
        return json.put("prices", prices).put("position", position);
    }

    static JsonObject validity(final Call call) {
        final long waitMs = call.loop().askers().take(call.loop().client(call.routing().request()));
        if (waitMs > 0) {
            throw new Fault(Problem.of(Result.UNAVAILABLE, TOO_MANY, CallerLimit.TOO_OFTEN).after(waitMs));
        }
        final Records records = call.loop().readModel().records();
        final long position = records.position();
        return new JsonObject().put("standing", call.loop().stampCheck().standing(call.text("stamp")).name())
                .put("position", position);
    }
}
